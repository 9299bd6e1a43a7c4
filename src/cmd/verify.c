/* kehoach verify: what holds of the signatures of files, and of a folder of results. */
#include "cmd/cmd.h"
#include "base/utf8.h"
#include "cmd/results.h"
#include "pdf/limits.h"
#include "seal/cert.h"
#include "seal/report.h"

#include <string.h>
#include <sys/stat.h>

enum { LABEL_WIDTH = 13 };

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

/* ---- the same for people ---- */

/* What a stranger wrote, without what would steer a terminal. */
static const char *harmless(const char *text, struct arena *a)
{
	char *copy = arena_text(a, text);
	size_t n = strlen(copy);
	uint32_t code;

	for (size_t i = 0; i < n; i++)
		if (copy[i] == '\n' || copy[i] == '\t')
			copy[i] = ' ';
	for (size_t i = utf8_find_refused(copy, n, &code); i < n; i = utf8_find_refused(copy, n, &code))
		for (size_t k = 0; k == 0 || ((unsigned char)copy[i + k] & 0xC0) == 0x80; k++)
			copy[i + k] = '?';
	return copy;
}

/* "D:20230309083000+07'00'" as 2023-03-09T08:30:00+07:00. */
static const char *said_time(const char *text, struct arena *a)
{
	const char *zone;

	if (strncmp(text, "D:", 2) != 0 || strspn(text + 2, "0123456789") < 14)
		return harmless(text, a);
	zone = text + 16;
	zone = strlen(zone) == 7 && zone[3] == '\'' ? arena_printf(a, "%.3s:%.2s", zone, zone + 4) : zone;
	return arena_printf(a, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2s%s", text + 2, text + 6, text + 8, text + 10, text + 12, text + 14,
		harmless(zone, a));
}

/* A label, padded so that what follows stands in one column. */
static void put_label(struct buf *b, const char *label)
{
	buf_printf(b, "    %s%s", label, *label ? ":" : " ");
	for (size_t n = utf8_length(label, strlen(label)); n < LABEL_WIDTH; n++)
		buf_putc(b, ' ');
}

static void put_signer(struct buf *b, const struct verifier *v, const struct signature_report *s)
{
	const struct cms_party *party = party_of(s);

	put_label(b, s->is_timestamp ? diag_say(v->d, "stamped by") : diag_say(v->d, "signed by"));
	if (!party->name)
		buf_printf(b, "%s\n", diag_say(v->d, "not known"));
	else
		buf_printf(b, diag_say(v->d, "%s (certificate issued by %s)\n"), party->name, party->issuer);
}

static void put_time(struct buf *b, const struct verifier *v, const struct signature_report *s, struct arena *a)
{
	const char *time = proven_time(s, a);

	put_label(b, diag_say(v->d, "time"));
	if (time && s->is_timestamp)
		buf_printf(b, "%s\n", time);
	else if (time)
		buf_printf(b, diag_say(v->d, "%s, proved by the timestamp service %s\n"), time, s->cms.timestamp.tsa.name);
	else if (s->said_time)
		buf_printf(b, diag_say(v->d, "not proved; the signer's own clock said %s\n"), said_time(s->said_time, a));
	else
		buf_printf(b, "%s\n", diag_say(v->d, "not proved"));
}

static void put_trust(struct buf *b, const struct verifier *v, const struct cms_party *party)
{
	static const char *const chain_text[] = {
		[CHAIN_UNKNOWN] = "not looked at",
		[CHAIN_GOOD] = "of a CA that you trust",
		[CHAIN_UNTRUSTED] = "of no CA that you trust",
		[CHAIN_EXPIRED] = "not valid at that time",
		[CHAIN_USAGE] = "not issued for this use",
	};
	static const char *const revocation_text[] = {
		[REVOCATION_UNKNOWN] = "whether it was revoked is not known",
		[REVOCATION_GOOD] = "not revoked",
		[REVOCATION_REVOKED] = "revoked",
	};

	put_label(b, diag_say(v->d, "certificate"));
	buf_printf(b, "%s; %s\n", diag_say(v->d, chain_text[party->chain]), diag_say(v->d, revocation_text[party->revocation]));
}

static void put_level(struct buf *b, const struct verifier *v, const struct signature_report *s)
{
	static const char *const text[] = {
		[PADES_B] = "PAdES B-B: holds as long as its certificate",
		[PADES_T] = "PAdES B-T: its time is proved",
		[PADES_LT] = "PAdES B-LT: with proofs that its certificates were not revoked",
		[PADES_LTA] = "PAdES B-LTA: with proofs, kept by a document timestamp",
	};

	if (s->is_timestamp)
		return;
	put_label(b, diag_say(v->d, "level"));
	buf_printf(b, "%s\n", s->level >= 0 ? diag_say(v->d, text[s->level]) : diag_say(v->d, "none of PAdES"));
}

static void put_cover(struct buf *b, const struct verifier *v, const struct signature_report *s)
{
	put_label(b, diag_say(v->d, "covers"));
	if (!s->covered)
		buf_printf(b, "%s\n", diag_say(v->d, "not the whole file"));
	else if (s->is_last)
		buf_printf(b, "%s\n", diag_say(v->d, "the whole file"));
	else
		buf_printf(b, diag_say(v->d, "the file as it was then: version %zu, its first %zu bytes\n"), s->revision + 1, s->bytes);
}

static void put_text_later(struct buf *b, const struct verifier *v, const struct signature_report *s)
{
	static const char *const text[LATER_KINDS] = {
		[LATER_SIGNATURE] = "another signature",
		[LATER_TIMESTAMP] = "document timestamp",
		[LATER_DSS] = "certificates and lists of revoked ones added",
		[LATER_FORM] = "form fields filled in, as allowed",
		[LATER_CHANGE] = "CHANGED what was signed",
	};

	for (size_t i = 0; i < s->n_later; i++) {
		const struct later *l = &s->later[i];

		put_label(b, i ? "" : diag_say(v->d, "then"));
		buf_printf(b, diag_say(v->d, "version %zu: %s"), l->revision + 1, diag_say(v->d, text[l->kind]));
		if (l->kind == LATER_CHANGE)
			buf_printf(b, ": %s", later_why_text(l->why, v->d));
		buf_putc(b, '\n');
	}
}

static void put_verdict(struct buf *b, const struct verifier *v, bool ok)
{
	buf_printf(b, "%s\n", ok ? diag_say(v->d, "VALID") : diag_say(v->d, "INVALID"));
}

static void put_text(struct buf *b, const struct verifier *v, const char *path, const struct file_report *report, struct arena *a)
{
	buf_printf(b, "%s: ", path);
	put_verdict(b, v, report->ok);
	for (size_t i = 0; i < report->n; i++) {
		const struct signature_report *s = &report->signature[i];

		buf_printf(b, s->is_timestamp ? diag_say(v->d, "  document timestamp %s: ") : diag_say(v->d, "  signature %s: "),
			harmless(s->field, a));
		put_verdict(b, v, s->ok);
		put_signer(b, v, s);
		put_time(b, v, s, a);
		put_level(b, v, s);
		put_trust(b, v, party_of(s));
		put_cover(b, v, s);
		put_text_later(b, v, s);
	}
}

/* ---- files and folders ---- */

/* What is found of a file or folder goes into its JSON object, or among the findings. */
static struct diags *begin_findings(const struct verifier *v, struct diags *own)
{
	*own = (struct diags){ .catalog = v->d->catalog };
	return v->around->json ? own : v->d;
}

static int verify_file(struct verifier *v, const char *path, const char *begins_with)
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
	struct file_report report = { 0 };
	struct results results;
	struct diags own;
	struct diags *d = begin_findings(v, &own);
	size_t errors = d->n_error;
	int code;

	results_read(dir, &v->arena, &results, d);
	report.ok = d->n_error == errors;
	if (v->around->json)
		put_json(v->around->out, dir, &report, d, &v->arena);
	else if (report.ok)
		buf_printf(v->around->out, diag_say(d, "%s: the results are those that the manifest lists\n"), dir);
	code = diags_exit_code(d);
	diags_clear(&own);
	for (size_t i = 0; i < results.n_signed; i++)
		code = worse(code, verify_file(v, results.signed_file[i].path, results.signed_file[i].plain));
	return code;
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
