/* kehoach verify: what holds of the signatures of files, and of a folder of results. */
#include "cmd/cmd.h"
#include "cmd/unlisted.h"
#include "cmd/verifytext.h"
#include "pdf/limits.h"

#include <string.h>

struct verify_options {
	const char *trust, *crl, *at, *revocation;
};

static const struct option verify_command_options[] = {
	{ "--trust", "FILE", "certificates of the CAs you trust", offsetof(struct verify_options, trust) },
	{ "--crl", "FILE", "lists of revoked certificates, all in one file", offsetof(struct verify_options, crl) },
	{ "--at", "TIME", "when signatures without a timestamp must hold, as 2023-03-09T08:30:00+07:00 (now)",
		offsetof(struct verify_options, at) },
	{ "--revocation", "required", "a certificate of which revocation is not known does not hold",
		offsetof(struct verify_options, revocation) },
	{ 0 },
};

struct verifier {
	const struct surroundings *around;
	struct arena arena;
	struct diags *d;
	struct trust *trust;
	struct report_policy policy;
};

static bool usage(struct verifier *v, const char *text)
{
	return diag_error(v->d, (struct origin){ 0 }, "usage", "%s", diag_say(v->d, text));
}

/* ---- what is said of a file ---- */

static const char *level_text(const struct signature_report *s)
{
	if (s->is_timestamp || !s->cms.integrity)
		return NULL;
	return s->level < 0 ? "cms" : pades_level_name((enum pades_level)s->level);
}

static void put_pair(struct buf *b, const char *name, const char *value)
{
	buf_printf(b, ",\"%s\":", name);
	buf_json(b, value);
}

static const char *truth(bool is)
{
	return is ? "true" : "false";
}

static void put_later(struct buf *b, const struct later *l, const struct file_report *report)
{
	buf_puts(b, "{\"kind\":");
	buf_json(b, later_kind_name(l->kind));
	buf_printf(b, ",\"revision\":%zu,\"signed\":%s,\"objects\":[", l->revision + 1, truth(l->revision < report->n_signed_revision));
	for (size_t i = 0; i < l->n_object; i++)
		buf_printf(b, "%s%u", i ? "," : "", (unsigned)l->object[i]);
	buf_puts(b, "]}");
}

static void put_shown(struct buf *b, const struct signature_report *s)
{
	if (s->page)
		buf_printf(b, ",\"shown\":{\"page\":%zu,\"over\":%s}", s->page, truth(s->over));
	else
		put_pair(b, "shown", NULL);
}

static void put_cover(struct buf *b, const struct signature_report *s)
{
	buf_printf(b, ",\"covers\":{\"revision\":%zu,\"bytes\":%zu,\"whole_file\":%s}", s->revision + 1, s->bytes, truth(s->is_last && s->covered));
}

static void put_signature(struct buf *b, const struct signature_report *s, const struct file_report *report, struct arena *a)
{
	const struct cms_party *party = verify_party(s);

	buf_puts(b, "{\"field\":");
	buf_json(b, s->field);
	put_pair(b, "kind", s->is_timestamp ? "timestamp" : "signature");
	buf_printf(b, ",\"ok\":%s", truth(s->ok));
	put_pair(b, "signer", party->name);
	put_pair(b, "time", verify_time(s, a));
	put_pair(b, "said_time", s->said_time);
	put_pair(b, "level", level_text(s));
	put_pair(b, "level_why", s->level_why);
	buf_printf(b, ",\"integrity\":%s", truth(s->is_timestamp ? s->stamp.ok : s->cms.integrity));
	put_pair(b, "chain", chain_status_name(party->chain));
	put_pair(b, "revocation", revocation_status_name(party->revocation));
	buf_printf(b, ",\"before_signer\":%s,\"over_blank\":%s", truth(s->before_signer), truth(s->over_blank));
	put_shown(b, s);
	put_cover(b, s);
	buf_puts(b, ",\"later\":[");
	for (size_t i = 0; i < s->n_later; i++) {
		buf_puts(b, i ? "," : "");
		put_later(b, &s->later[i], report);
	}
	buf_puts(b, "]}");
}

static void put_findings(struct buf *b, const struct diags *d)
{
	buf_puts(b, ",\"findings\":[");
	for (size_t i = 0; i < d->n_finding; i++) {
		buf_puts(b, i ? ",{\"severity\":" : "{\"severity\":");
		buf_json(b, severity_name(d->finding[i].severity));
		put_pair(b, "rule", d->finding[i].rule);
		put_pair(b, "file", d->finding[i].at.file);
		put_pair(b, "field", d->finding[i].at.sheet);
		put_pair(b, "message", d->finding[i].message);
		buf_puts(b, "}");
	}
	buf_puts(b, "]}\n");
}

static void put_json(struct buf *b, const char *path, const struct file_report *report, const struct diags *d, struct arena *a)
{
	buf_puts(b, "{\"file\":");
	buf_json(b, path);
	buf_printf(b, ",\"ok\":%s,\"signatures\":[", truth(report->ok && !d->n_error));
	for (size_t i = 0; i < report->n; i++) {
		buf_puts(b, i ? "," : "");
		put_signature(b, &report->signature[i], report, a);
	}
	buf_printf(b, "],\"revisions\":%zu,\"unsigned_fields\":[", report->n_revision);
	for (size_t i = 0; i < report->n_unsigned_text; i++) {
		buf_puts(b, i ? "," : "");
		buf_json(b, report->unsigned_text[i]);
	}
	buf_puts(b, "]");
	put_findings(b, d);
}

/* Of a folder: as of a file without signatures of its own. */
static void put_folder_json(struct buf *b, const char *dir, bool ok, const struct unlisted *unlisted, const struct diags *d)
{
	buf_puts(b, "{\"file\":");
	buf_json(b, dir);
	buf_printf(b, ",\"ok\":%s,\"signatures\":[],\"unlisted\":[", truth(ok));
	for (size_t i = 0; i < unlisted->n; i++) {
		buf_puts(b, i ? ",{\"file\":" : "{\"file\":");
		buf_json(b, unlisted->file[i].shown);
		buf_printf(b, ",\"signed\":%s}", truth(unlisted->file[i].is_signed));
	}
	buf_puts(b, "]");
	put_findings(b, d);
}

/* ---- files and folders ---- */

/* What is found of a file or folder goes into its JSON object, or among the findings. */
static struct diags *begin_findings(const struct verifier *v, struct diags *own)
{
	*own = (struct diags){ .catalog = v->d->catalog };
	return v->around->json ? own : v->d;
}

/* begins_with: a file, or NULL. unlisted: in the folder that it lies in nothing vouches for it; or NULL. */
static int verify_file(struct verifier *v, const char *path, const char *begins_with, const struct unlisted_file *unlisted)
{
	struct arena tmp = { 0 };
	struct file_report report = { 0 };
	struct diags own;
	struct diags *d = begin_findings(v, &own);
	size_t errors = d->n_error;
	struct bytes bytes;
	int code;

	if (file_read(path, path, PDF_FILE_MAX, &tmp, &bytes, d)) {
		report_read(bytes, path, &v->policy, &tmp, &report, d);
		if (begins_with)
			results_check_beginning(path, bytes, begins_with, &tmp, d);
	}
	if (unlisted && v->around->json)
		unlisted_tell(unlisted, d); /* among people it is said of the folder */
	report.ok = report.ok && d->n_error == errors && !unlisted;
	if (v->around->json)
		put_json(v->around->out, path, &report, d, &tmp);
	else
		verify_put_text(v->around->out, path, &report, &tmp, d);
	code = diags_exit_code(d);
	diags_clear(&own);
	arena_clear(&tmp);
	return code;
}

static int worse(int a, int b)
{
	return a > b ? a : b;
}

static void put_folder(struct verifier *v, const char *dir, bool ok, const struct unlisted *unlisted, const struct diags *d)
{
	struct buf *out = v->around->out;

	if (v->around->json)
		put_folder_json(out, dir, ok, unlisted, d);
	else if (ok)
		buf_printf(out, diag_say(d, "%s: the results are those that the manifest lists\n"), dir);
	else
		buf_printf(out, diag_say(d, "%s: the results are NOT those that the manifest lists, or are not signed; see the errors\n"), dir);
}

/* What lies there signed is judged too, whoever put it there. */
static int verify_folder(struct verifier *v, const char *dir)
{
	struct unlisted unlisted = { .n = 0 };
	struct results results;
	struct diags own;
	struct diags *d = begin_findings(v, &own);
	size_t errors = d->n_error;
	int code;

	if (results_read(dir, &v->arena, &results, d))
		unlisted_read(dir, &results, &v->arena, &unlisted, d);
	put_folder(v, dir, d->n_error == errors, &unlisted, d);
	code = diags_exit_code(d);
	diags_clear(&own);
	for (size_t i = 0; i < results.n_signed; i++)
		code = worse(code, verify_file(v, results.signed_file[i].path, results.signed_file[i].plain, NULL));
	for (size_t i = 0; i < unlisted.n; i++)
		if (unlisted.file[i].is_signed && unlisted.file[i].is_readable)
			code = worse(code, verify_file(v, unlisted.file[i].path, NULL, &unlisted.file[i]));
	return code;
}

static bool open_policy(struct verifier *v, const struct verify_options *o)
{
	v->policy.at = v->around->now;
	if (!o->trust)
		return usage(v, "name whom you trust: --trust CA.pem");
	if (o->at && !date_instant(o->at, &v->policy.at))
		return usage(v, "--at is a day and a time, as 2023-03-09T08:30:00+07:00");
	if (o->revocation && strcmp(o->revocation, "required") != 0)
		return usage(v, "--revocation takes one word, required: write --revocation required, or leave it out");
	v->policy.revocation_required = o->revocation != NULL;
	return true;
}

static int verify_all(struct verifier *v, int argc, char *argv[], const struct verify_options *o)
{
	int code = EXIT_DONE;

	v->trust = trust_open();
	v->policy.trust = v->trust;
	if (!trust_add_anchors(v->trust, o->trust, v->d) || (o->crl && !trust_add_crls(v->trust, o->crl, v->d)))
		return diags_exit_code(v->d);
	for (int i = 0; i < argc; i++)
		code = worse(code, file_is_folder(argv[i]) ? verify_folder(v, argv[i]) : verify_file(v, argv[i], NULL, NULL));
	return code;
}

static int verify_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	struct verify_options options = { 0 };
	struct verifier v = { .around = around, .d = d };
	int code = EXIT_USAGE;

	if (!options_read(&argc, argv, verify_command_options, &options, d))
		return EXIT_USAGE;
	if (argc < 1)
		usage(&v, "name what to verify: kehoach verify FILE.pdf... --trust CA.pem");
	else if (open_policy(&v, &options))
		code = verify_all(&v, argc, argv, &options);
	trust_close(v.trust);
	arena_clear(&v.arena);
	return code;
}

const struct command command_verify = {
	.name = "verify",
	.args = "FILE.pdf|DIR... --trust CA.pem",
	.what = "what holds of the signatures, and what was changed after them",
	.option = verify_command_options,
	.run = verify_run,
};
