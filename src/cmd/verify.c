/* kehoach verify: what holds of the signatures of files, and of a folder of results. */
#include "cmd/cmd.h"
#include "cmd/results.h"
#include "pdf/limits.h"
#include "seal/cert.h"
#include "seal/report.h"

#include <string.h>
#include <sys/stat.h>

struct verify_options {
	const char *trust, *crl, *at, *revocation;
};

static const struct option verify_command_options[] = {
	{ "--trust", "FILE", "certificates of the CAs you trust", offsetof(struct verify_options, trust) },
	{ "--crl", "FILE", "lists of revoked certificates", offsetof(struct verify_options, crl) },
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
	return s->is_timestamp || s->level < 0 ? NULL : pades_level_name((enum pades_level)s->level);
}

static const struct cms_party *party_of(const struct signature_report *s)
{
	return s->is_timestamp ? &s->stamp.tsa : &s->cms.signer;
}

/* The time that a service proves, or NULL. */
static const char *proven_time(const struct signature_report *s, struct arena *a)
{
	const struct cms_timestamp *stamp = s->is_timestamp ? &s->stamp : &s->cms.timestamp;

	return stamp->ok ? moment_text(stamp->time, a) : NULL;
}

static void put_pair(struct buf *b, const char *name, const char *value)
{
	buf_printf(b, ",\"%s\":", name);
	buf_json(b, value);
}

static void put_later(struct buf *b, const struct later *l)
{
	buf_puts(b, "{\"kind\":");
	buf_json(b, later_kind_name(l->kind));
	buf_printf(b, ",\"revision\":%zu,\"objects\":[", l->revision + 1);
	for (size_t i = 0; i < l->n_object; i++)
		buf_printf(b, "%s%u", i ? "," : "", (unsigned)l->object[i]);
	buf_puts(b, "]}");
}

static void put_signature(struct buf *b, const struct signature_report *s, struct arena *a)
{
	const struct cms_party *party = party_of(s);

	buf_puts(b, "{\"field\":");
	buf_json(b, s->field);
	put_pair(b, "kind", s->is_timestamp ? "timestamp" : "signature");
	buf_printf(b, ",\"ok\":%s", s->ok ? "true" : "false");
	put_pair(b, "signer", party->name);
	put_pair(b, "time", proven_time(s, a));
	put_pair(b, "said_time", s->said_time);
	put_pair(b, "level", level_text(s));
	buf_printf(b, ",\"integrity\":%s", (s->is_timestamp ? s->stamp.ok : s->cms.integrity) ? "true" : "false");
	put_pair(b, "chain", chain_status_name(party->chain));
	put_pair(b, "revocation", revocation_status_name(party->revocation));
	buf_printf(b, ",\"covers\":{\"revision\":%zu,\"bytes\":%zu,\"whole_file\":%s},\"later\":[", s->revision + 1, s->bytes,
		s->is_last ? "true" : "false");
	for (size_t i = 0; i < s->n_later; i++) {
		buf_puts(b, i ? "," : "");
		put_later(b, &s->later[i]);
	}
	buf_puts(b, "]}");
}

static void put_json(struct buf *b, const char *path, const struct file_report *report, const struct diags *d, struct arena *a)
{
	buf_puts(b, "{\"file\":");
	buf_json(b, path);
	buf_printf(b, ",\"ok\":%s,\"signatures\":[", report->ok && !d->n_error ? "true" : "false");
	for (size_t i = 0; i < report->n; i++) {
		buf_puts(b, i ? "," : "");
		put_signature(b, &report->signature[i], a);
	}
	buf_puts(b, "],\"findings\":[");
	for (size_t i = 0; i < d->n_finding; i++) {
		buf_puts(b, i ? ",{\"severity\":" : "{\"severity\":");
		buf_json(b, severity_name(d->finding[i].severity));
		put_pair(b, "rule", d->finding[i].rule);
		put_pair(b, "field", d->finding[i].at.sheet);
		put_pair(b, "message", d->finding[i].message);
		buf_puts(b, "}");
	}
	buf_puts(b, "]}\n");
}

static void put_text_later(struct buf *b, const struct verifier *v, const struct signature_report *s)
{
	for (size_t i = 0; i < s->n_later; i++) {
		buf_printf(b, "    %s %zu: %s", diag_say(v->d, "revision"), s->later[i].revision + 1,
			diag_say(v->d, later_kind_name(s->later[i].kind)));
		for (size_t k = 0; s->later[i].kind == LATER_CHANGE && k < s->later[i].n_object; k++)
			buf_printf(b, " %u", (unsigned)s->later[i].object[k]);
		buf_putc(b, '\n');
	}
}

static void put_text(struct buf *b, const struct verifier *v, const char *path, const struct file_report *report, struct arena *a)
{
	for (size_t i = 0; i < report->n; i++) {
		const struct signature_report *s = &report->signature[i];
		const struct cms_party *party = party_of(s);
		const char *time = proven_time(s, a);
		const char *level = level_text(s);

		buf_printf(b, "%s: %s: %s: %s", path, s->field, diag_say(v->d, s->ok ? "VALID" : "INVALID"),
			party->name ? party->name : "-");
		buf_printf(b, "; %s %s", diag_say(v->d, "level"), level ? level : "-");
		buf_printf(b, "; %s %s", diag_say(v->d, "time"), time ? time : diag_say(v->d, "not proved"));
		buf_printf(b, "; %s %s; %s %s", diag_say(v->d, "chain"), diag_say(v->d, chain_status_name(party->chain)),
			diag_say(v->d, "revocation"), diag_say(v->d, revocation_status_name(party->revocation)));
		buf_printf(b, "; %s\n", diag_say(v->d, s->is_last ? "covers the whole file" : "covers an earlier revision"));
		put_text_later(b, v, s);
	}
}

/* ---- files and folders ---- */

/* What is found of a file goes into its JSON object, or among the findings. */
static int verify_file(struct verifier *v, const char *path, const char *begins_with)
{
	struct arena tmp = { 0 };
	struct file_report report = { 0 };
	struct diags own = { .catalog = v->d->catalog };
	struct diags *d = v->around->json ? &own : v->d;
	size_t errors = d->n_error;
	struct bytes bytes;
	int code;

	if (file_read(path, path, PDF_FILE_MAX, &tmp, &bytes, d)) {
		report_read(bytes, path, &v->policy, &tmp, &report, d);
		if (begins_with)
			results_check_beginning(path, bytes, begins_with, &tmp, d);
	}
	report.ok = report.ok && d->n_error == errors;
	if (v->around->json)
		put_json(v->around->out, path, &report, d, &tmp);
	else
		put_text(v->around->out, v, path, &report, &tmp);
	code = diags_exit_code(d);
	diags_clear(&own);
	arena_clear(&tmp);
	return code;
}

static int worse(int a, int b)
{
	return a > b ? a : b;
}

static int verify_folder(struct verifier *v, const char *dir)
{
	struct results results;
	int code = EXIT_DONE;

	if (!results_read(dir, &v->arena, &results, v->d))
		return diags_exit_code(v->d);
	for (size_t i = 0; i < results.n_signed; i++)
		code = worse(code, verify_file(v, results.signed_file[i].path, results.signed_file[i].plain));
	return worse(code, diags_exit_code(v->d));
}

static bool is_folder(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

static bool open_policy(struct verifier *v, const struct verify_options *o)
{
	v->policy.at = v->around->now;
	if (!o->trust)
		return usage(v, "name whom you trust: --trust CA.pem");
	if (o->at && !date_instant(o->at, &v->policy.at))
		return usage(v, "--at is a day and a time, as 2023-03-09T08:30:00+07:00");
	if (o->revocation && strcmp(o->revocation, "required") != 0)
		return usage(v, "--revocation is required, or not given");
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
		code = worse(code, is_folder(argv[i]) ? verify_folder(v, argv[i]) : verify_file(v, argv[i], NULL));
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
