#include "cmd/signedfields.h"

#include "base/file.h"
#include "pdf/limits.h"
#include "seal/report.h"

#include <string.h>

static bool is_whole(const struct signature_report *s)
{
	bool whole = s->covered && s->cms.integrity;

	for (size_t i = 0; whole && i < s->n_later; i++)
		whole = later_is_permitted(s->later[i].kind);
	return whole;
}

static void take(const struct file_report *report, struct arena *a, struct signed_fields *to)
{
	struct signed_field *field = ARENA_ARRAY(a, report->n, struct signed_field);

	to->whole = true;
	for (size_t i = 0; i < report->n; i++) {
		const struct signature_report *s = &report->signature[i];

		if (s->is_timestamp)
			continue;
		if (is_whole(s))
			field[to->n++] = (struct signed_field){ arena_text(a, s->field), arena_text(a, s->cms.signer.name),
				arena_text(a, s->cms.signer.sha256), s->cms.timestamp.present };
		else
			to->whole = false;
	}
	to->field = field;
}

void signed_fields_read(const char *path, struct arena *a, struct signed_fields *to)
{
	struct trust *nobody = trust_open();
	struct report_policy policy = { .trust = nobody };
	struct file_report report = { 0 };
	struct diags quiet = { .quiet = true };
	struct arena tmp = { 0 };
	struct bytes bytes;

	*to = (struct signed_fields){ 0 };
	to->readable = nobody && file_read(path, path, PDF_FILE_MAX, &tmp, &bytes, &quiet)
		&& report_read(bytes, path, &policy, &tmp, &report, &quiet);
	if (to->readable)
		take(&report, a, to);
	trust_close(nobody);
	diags_clear(&quiet);
	arena_clear(&tmp);
}

static bool has(const struct signed_fields *f, const char *name, bool stamped)
{
	for (size_t i = 0; i < f->n; i++)
		if (!strcmp(f->field[i].name, name))
			return f->field[i].stamped || !stamped;
	return false;
}

bool signed_fields_have(const struct signed_fields *f, const struct job_sign *sign, size_t n_sign)
{
	bool all = f->readable && f->whole;

	for (size_t i = 0; all && i < n_sign; i++)
		all = has(f, sign[i].field, strcmp(sign[i].level, "b") != 0);
	return all;
}

/* By the same certificate. */
static bool has_signature(const struct signed_fields *f, const struct signed_field *field)
{
	for (size_t i = 0; i < f->n; i++)
		if (!strcmp(f->field[i].name, field->name))
			return !strcmp(f->field[i].sha256, field->sha256);
	return false;
}

enum signed_loss signed_fields_loss(const char *path, const char *other, struct arena *a)
{
	struct signed_fields old, now;

	signed_fields_read(path, a, &old);
	if (!old.readable || !old.whole)
		return SIGNED_LOSS_UNKNOWN;
	signed_fields_read(other, a, &now);
	for (size_t i = 0; i < old.n; i++)
		if (!has_signature(&now, &old.field[i]))
			return SIGNED_LOSS_SIGNATURES;
	return SIGNED_LOSS_NONE;
}
