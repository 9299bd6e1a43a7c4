#include "base/sax.h"
#include "ingest/xlsxparts.h"

#include <stdlib.h>
#include <string.h>

static const uint32_t marked = (uint32_t)1 << 31;

struct reading {
	struct xlsx_strings *strings;
	struct xlsx_text text;
	unsigned depth; /* 2: in <si> */
};

static bool begin_string(struct reading *r, const struct sax_element *e, struct diags *d)
{
	struct xlsx_strings *s = r->strings;

	if (s->n == STRINGS_MAX)
		return diag_error(d, e->at, "limit", "the workbook has more than %d different texts; divide it", STRINGS_MAX);
	if (s->n + 1 >= s->cap) {
		s->cap = s->cap ? 2 * s->cap : 1024;
		s->start = memory_resize(s->start, s->cap, sizeof *s->start);
	}
	s->start[s->n++] = (uint32_t)s->text.n;
	xlsx_text_begin(&r->text, &s->text);
	return true;
}

static bool several_values(const struct reading *r, const struct sax_element *e, struct diags *d)
{
	return diag_error(d, e->at, "format",
		"the shared text number %zu has more than one value in the file; open and save the file in a spreadsheet program", r->strings->n - 1);
}

static bool on_start(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct reading *r = ctx;

	if (!r->depth && !xlsx_check_root(e, "sst", d))
		return false;
	if (r->depth >= 2) {
		xlsx_text_start(&r->text, e);
		if (r->text.is_wrong)
			return several_values(r, e, d);
	} else if (r->depth == 1 && (!xlsx_is_ours(e->space) || strcmp(e->name, "si") != 0)) {
		xlsx_text_begin(&r->text, &r->strings->text);
		r->text.skip = 1; /* all that is inside */
	} else if (r->depth == 1 && !begin_string(r, e, d)) {
		return false;
	}
	r->depth++;
	return true;
}

static bool on_end(void *ctx, const char *name, struct diags *d)
{
	struct reading *r = ctx;

	(void)name;
	(void)d;
	if (--r->depth >= 2)
		xlsx_text_end(&r->text);
	else if (r->depth == 1 && r->text.is_marked)
		r->strings->start[r->strings->n - 1] |= marked;
	return true;
}

static bool on_text(void *ctx, const char *s, size_t n, struct origin at, struct diags *d)
{
	struct reading *r = ctx;

	if (r->depth < 3)
		return true;
	if (r->strings->text.n + n > STRINGS_TEXT_MAX)
		return diag_error(d, at, "limit", "the texts of the workbook have more than %d bytes; divide it", STRINGS_TEXT_MAX);
	xlsx_text_take(&r->text, s, n);
	return true;
}

bool xlsx_strings_read(struct container *c, size_t part, struct xlsx_strings *s, struct diags *d)
{
	struct reading r = { .strings = s };
	struct sax_handler handler = { .ctx = &r, .start = on_start, .end = on_end, .text = on_text };
	bool ok = container_parse(c, part, &handler, d);

	if (s->n)
		s->start[s->n] = (uint32_t)s->text.n;
	return ok;
}

void xlsx_strings_clear(struct xlsx_strings *s)
{
	buf_clear(&s->text);
	free(s->start);
	*s = (struct xlsx_strings){ 0 };
}

const char *xlsx_string(const struct xlsx_strings *s, size_t i, size_t *n, bool *is_marked)
{
	uint32_t start = s->start[i] & ~marked;

	*n = (s->start[i + 1] & ~marked) - start;
	*is_marked = s->start[i] & marked;
	return s->text.text ? s->text.text + start : "";
}
