#include "cmd/verifytext.h"

#include "base/date.h"
#include "base/utf8.h"
#include "seal/cert.h"

#include <string.h>

enum { LABEL_WIDTH = 13 };

struct printer {
	struct buf *out;
	const struct file_report *report;
	struct arena *arena;
	const struct diags *d; /* for its language */
};

const struct cms_party *verify_party(const struct signature_report *s)
{
	return s->is_timestamp ? &s->stamp.tsa : &s->cms.signer;
}

const char *verify_time(const struct signature_report *s, struct arena *a)
{
	const struct cms_timestamp *stamp = s->is_timestamp ? &s->stamp : s->cms.timestamp.ok ? &s->cms.timestamp : s->kept;

	return stamp && stamp->ok ? moment_text(stamp->time, a) : NULL;
}

static const char *say(const struct printer *p, const char *text)
{
	return diag_say(p->d, text);
}

/* "D:20230309013000Z" and "D:20230309083000+07'00'" as 2023-03-09T08:30:00+07:00. */
static const char *said_time(const char *text, struct arena *a)
{
	const char *zone;
	int64_t instant;

	if (strncmp(text, "D:", 2) != 0 || strspn(text + 2, "0123456789") < 14)
		return utf8_harmless(text, strlen(text), a);
	zone = text + 16;
	zone = strlen(zone) >= 6 && zone[3] == '\'' ? arena_printf(a, "%.3s:%.2s", zone, zone + 4) : zone;
	text = arena_printf(a, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2s%s", text + 2, text + 6, text + 8, text + 10, text + 12, text + 14, zone);
	return date_instant(text, &instant) ? moment_text(instant, a) : utf8_harmless(text, strlen(text), a);
}

/* A label, padded so that what follows stands in one column. */
static void put_label(const struct printer *p, const char *label)
{
	buf_printf(p->out, "    %s%s", label, *label ? ":" : " ");
	for (size_t n = utf8_length(label, strlen(label)); n < LABEL_WIDTH; n++)
		buf_putc(p->out, ' ');
}

static void put_line(const struct printer *p, const char *label, const char *text)
{
	put_label(p, label);
	buf_printf(p->out, "%s\n", text);
}

static void put_signer(const struct printer *p, const struct signature_report *s)
{
	const struct cms_party *party = verify_party(s);
	const char *label = s->is_timestamp ? say(p, "stamped by") : say(p, "signed by");

	if (!party->name || !party->issuer) {
		put_line(p, label, party->name ? party->name : say(p, "not known"));
		return;
	}
	put_label(p, label);
	buf_printf(p->out, say(p, "%s (certificate issued by %s)\n"), party->name, party->issuer);
}

static void put_time(const struct printer *p, const struct signature_report *s)
{
	const char *time = verify_time(s, p->arena);

	put_label(p, say(p, "time"));
	if (time && s->is_timestamp)
		buf_printf(p->out, "%s\n", time);
	else if (time && s->cms.timestamp.ok)
		buf_printf(p->out, say(p, "%s, proved by the timestamp service %s\n"), time, s->cms.timestamp.tsa.name);
	else if (time)
		buf_printf(p->out, say(p, "before %s, proved by a document timestamp of %s\n"), time, s->kept->tsa.name);
	else if (s->said_time)
		buf_printf(p->out, say(p, "not proved; the signer's own clock said %s\n"), said_time(s->said_time, p->arena));
	else
		buf_printf(p->out, "%s\n", say(p, "not proved"));
}

static bool is_whole(const struct signature_report *s)
{
	return s->covered && (s->is_timestamp ? s->stamp.ok : s->cms.integrity);
}

/* What was signed, not what came later. */
static void put_document(const struct printer *p, const struct signature_report *s)
{
	put_label(p, say(p, "document"));
	if (!s->covered)
		buf_printf(p->out, "%s\n", say(p, "the signature does NOT cover the whole file as it was then"));
	else if (!is_whole(s))
		buf_printf(p->out, "%s\n", say(p, "CHANGED, or the signature is damaged: see the errors"));
	else if (s->is_last)
		buf_printf(p->out, "%s\n", say(p, "the whole file, as it was signed"));
	else
		buf_printf(p->out, say(p, "the file as it was then (version %zu of %zu), as it was signed\n"), s->revision + 1,
			p->report->n_revision);
}

static void put_trust(const struct printer *p, const struct cms_party *party)
{
	static const char *const chain_text[] = {
		[CHAIN_UNKNOWN] = "not looked at, as the signature does not hold",
		[CHAIN_GOOD] = "of a CA that you trust",
		[CHAIN_UNTRUSTED] = "of no CA that you trust",
		[CHAIN_EXPIRED] = "not valid at that time",
		[CHAIN_USAGE] = "not issued for this use",
	};
	static const char *const revocation_text[] = {
		[REVOCATION_UNKNOWN] = "whether it was revoked is not known",
		[REVOCATION_GOOD] = "not revoked",
		[REVOCATION_REVOKED] = "REVOKED",
	};

	put_label(p, say(p, "certificate"));
	buf_puts(p->out, say(p, chain_text[party->chain]));
	if (party->chain != CHAIN_UNKNOWN)
		buf_printf(p->out, say(p, ", valid until %s"), moment_text(party->not_after, p->arena));
	if (party->chain == CHAIN_GOOD)
		buf_printf(p->out, "; %s", say(p, revocation_text[party->revocation]));
	buf_putc(p->out, '\n');
}

/* Why it is no higher is of use to who asked for more: where there are proofs or a document timestamp, or it is below PAdES. */
static bool asks_for_more(const struct printer *p, const struct signature_report *s)
{
	if (s->level < 0 || p->report->has_proofs)
		return true;
	for (size_t i = 0; i < p->report->n; i++)
		if (p->report->signature[i].is_timestamp)
			return true;
	return false;
}

static void put_level(const struct printer *p, const struct signature_report *s)
{
	static const char *const text[] = {
		[PADES_B] = "PAdES B-B: holds as long as its certificate is valid",
		[PADES_T] = "PAdES B-T: its time is proved",
		[PADES_LT] = "PAdES B-LT: with proofs that its certificates were not revoked",
		[PADES_LTA] = "PAdES B-LTA: with proofs, kept by a document timestamp",
	};

	if (s->is_timestamp || !is_whole(s))
		return;
	put_label(p, say(p, "level"));
	buf_puts(p->out, s->level >= 0 ? say(p, text[s->level]) : say(p, "CMS, below PAdES"));
	if (s->level_why && asks_for_more(p, s))
		buf_printf(p->out, say(p, "; not higher, as %s"), s->level_why);
	buf_putc(p->out, '\n');
}

static void put_over(const struct printer *p, const struct signature_report *s)
{
	if (!s->over)
		return;
	put_label(p, say(p, "shown"));
	buf_printf(p->out, say(p, "on page %zu, over what was signed before\n"), s->page);
}

static const char *objects_of(const struct printer *p, const struct later *l)
{
	const char **number = ARENA_ARRAY(p->arena, l->n_object, const char *);

	for (size_t i = 0; i < l->n_object && i <= LISTED_MAX; i++)
		number[i] = arena_printf(p->arena, "%u", (unsigned)l->object[i]);
	return word_list(number, l->n_object, p->arena);
}

static void put_later(const struct printer *p, const struct later *l)
{
	static const char *const text[LATER_KINDS] = {
		[LATER_SIGNATURE] = "another signature",
		[LATER_TIMESTAMP] = "document timestamp",
		[LATER_DSS] = "proofs added (certificates, answers whether they were revoked)",
		[LATER_FORM] = "form fields filled in, as allowed",
		[LATER_UNUSED] = "parts that nothing shows, signed along",
		[LATER_NOTHING] = "changes nothing",
		[LATER_CHANGE] = "CHANGED what was signed",
	};

	buf_printf(p->out, say(p, "version %zu: %s"), l->revision + 1, say(p, text[l->kind]));
	if (l->kind == LATER_FORM && l->revision >= p->report->n_signed_revision)
		buf_puts(p->out, say(p, ", but signed by NOBODY"));
	if (l->kind == LATER_CHANGE)
		buf_printf(p->out, ": %s", later_why_text(l->why, p->d));
	if (l->kind == LATER_CHANGE && l->n_object)
		buf_printf(p->out, say(p, " (objects %s)"), objects_of(p, l));
	buf_putc(p->out, '\n');
}

static void put_verdict(const struct printer *p, bool ok)
{
	buf_printf(p->out, "%s\n", ok ? say(p, "VALID") : say(p, "INVALID"));
}

static void put_signature(const struct printer *p, const struct signature_report *s)
{
	buf_printf(p->out, s->is_timestamp ? say(p, "  document timestamp (field %s): ") : say(p, "  signature (field %s): "),
		utf8_harmless(s->field, strlen(s->field), p->arena));
	put_verdict(p, s->ok);
	put_signer(p, s);
	put_time(p, s);
	put_document(p, s);
	put_trust(p, verify_party(s));
	put_level(p, s);
	put_over(p, s);
	for (size_t i = 0; i < s->n_later; i++) {
		put_label(p, i ? "" : say(p, "then"));
		put_later(p, &s->later[i]);
	}
}

void verify_put_text(struct buf *out, const char *path, const struct file_report *report, struct arena *a, const struct diags *d)
{
	const struct printer p = { out, report, a, d };

	buf_printf(out, "%s: ", utf8_harmless(path, strlen(path), a));
	put_verdict(&p, report->ok);
	for (size_t i = 0; i < report->n; i++)
		put_signature(&p, &report->signature[i]);
}
