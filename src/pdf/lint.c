#include "pdf/linting.h"

#include "base/utf8.h"

#include <string.h>

static void (*const checks[])(struct lint *) = {
	lint_bytes,	lint_values,	  lint_catalog,	 lint_pages, lint_tree,	   lint_structure, lint_tables,	 lint_ids,
	lint_annotations, lint_contents, lint_marks, lint_targets, lint_fonts, lint_colours,
};

bool lint_is_dict(const struct pdf_object *o)
{
	return o->kind == PDF_DICT || o->kind == PDF_STREAM;
}

struct lint_object *lint_object(struct lint *l, const struct pdf_object *reference)
{
	bool known = reference->kind == PDF_REFERENCE && reference->number >= 0 && reference->number < l->n_object;

	return known ? &l->object[reference->number] : NULL;
}

bool lint_mark_seen(struct lint *l, const struct pdf_object *reference, enum lint_seen seen)
{
	struct lint_object *o = lint_object(l, reference);

	if (!o || o->seen & seen)
		return false;
	o->seen = (uint8_t)(o->seen | seen);
	return true;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Of 2 to 8 letters (1 to 8 letters and digits behind the first), divided by '-'. */
bool lint_language(const struct pdf_object *o)
{
	size_t length = 0;
	bool first = true;

	if (o->kind != PDF_STRING)
		return false;
	for (uint32_t i = 0; i <= o->n; i++) {
		char c = i < o->n ? o->text[i] : '-';

		if (c == '-') {
			if (length < (first ? 2 : 1) || length > 8)
				return false;
			first = false;
			length = 0;
		} else if (is_letter(c) || (!first && c >= '0' && c <= '9')) {
			length++;
		} else {
			return false;
		}
	}
	return true;
}

bool lint_text_valid(struct lint *l, const struct pdf_object *o)
{
	const char *text = o->kind == PDF_STRING ? pdf_text_utf8(o, &l->arena) : NULL;
	uint32_t code;

	return text && utf8_find_refused(text, strlen(text), &code) == strlen(text);
}

bool lint_says(struct lint *l, const struct pdf_object *o)
{
	const char *text = lint_text_valid(l, o) ? pdf_text_utf8(o, &l->arena) : "";
	size_t n = strlen(text);

	utf8_trim(&text, &n);
	return n > 0;
}

/* One more than the highest number that was ever written. */
static uint32_t count_objects(const struct pdf_file *file)
{
	uint32_t n = 0;

	for (size_t i = 0; i < pdf_n_revision(file); i++) {
		const struct pdf_revision *r = pdf_revision(file, i);

		if (r->n_written && r->written[r->n_written - 1]->number >= n)
			n = r->written[r->n_written - 1]->number + 1;
	}
	return n;
}

static void require_claims(struct lint *l)
{
	unsigned lacking = (CLAIM_A | CLAIM_UA) & ~l->claims;

	if (lacking & CLAIM_A)
		lint_found(l, LINT_CLAIM, LINT_FILE, "pdfaid:part null");
	if (lacking & CLAIM_UA)
		lint_found(l, LINT_CLAIM, LINT_FILE, "pdfuaid:part null");
	l->claims = CLAIM_A | CLAIM_UA;
	l->part = l->part ? l->part : 2;
}

static void lint_file(struct lint *l, enum lint_wanted wanted)
{
	l->view = pdf_last(l->file);
	l->n_object = count_objects(l->file);
	l->object = ARENA_ARRAY(&l->arena, l->n_object, struct lint_object);
	lint_claims(l);
	if (wanted == LINT_REQUIRED)
		require_claims(l);
	if (!l->claims)
		diag_note(l->d, pdf_origin(l->file), "claims-nothing",
			"the PDF claims neither PDF/A nor PDF/UA, so only what holds for every file was checked");
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
		checks[i](l);
}

bool pdf_lint(struct bytes data, const char *shown, enum lint_wanted wanted, struct diags *d)
{
	size_t n_error = d->n_error;
	struct lint l = { .d = d, .file = pdf_open(data, shown, d) };

	if (!l.file)
		return false;
	lint_file(&l, wanted);
	arena_clear(&l.arena);
	pdf_close(l.file);
	return d->n_error == n_error;
}
