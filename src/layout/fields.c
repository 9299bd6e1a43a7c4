/* Form fields: places that the finished file leaves to those who sign it and to the clerk. A field stands in the open slab until
 * the pages are cut. */
#include "layout/layout.h"

enum {
	NUMBER_CHARS = 7, /* as many as a job's number has at most, and a letter */
	DAY_CHARS = 2,
};

/* What the kinds are called in the file, and what may be typed there. */
static const struct {
	const char *name;
	int max_chars;
} kinds[] = {
	[FORM_SIGNER] = { "signer", 0 },
	[FORM_SEAL] = { "seal", 0 },
	[FORM_ISSUE] = { "issue", 0 },
	[FORM_NUMBER] = { "number", NUMBER_CHARS },
	[FORM_DATE] = { "date", DAY_CHARS },
	[FORM_MONTH] = { "month", DAY_CHARS },
	[FORM_TIMESTAMP] = { "timestamp", 0 },
};

#define NO_SLAB SIZE_MAX /* its place counts from the top of the part's first page */

/* "signer", then "signer2". */
static const char *name_of(const struct flow *f, enum form_field_kind kind)
{
	size_t n = 1;

	for (size_t i = 0; i < f->pages->n_field; i++)
		n += f->pages->field[i].kind == kind;
	return n == 1 ? kinds[kind].name : arena_printf(f->arena, "%s%zu", kinds[kind].name, n);
}

struct form_field *field_new(struct flow *f, enum form_field_kind kind, int element, const char *tooltip)
{
	const char *name = name_of(f, kind);
	struct form_field *field = ARENA_PUSH(f->arena, f->pages->field, f->pages->n_field, &f->cap_field);

	*SCRATCH_PUSH(f->field_slab, f->n_field_slab, &f->cap_field_slab) = f->n_slab ? f->n_slab - 1 : NO_SLAB;
	*field = (struct form_field){
		.kind = kind,
		.name = name,
		.tooltip = tooltip,
		.element = element,
		.max_chars = kinds[kind].max_chars,
	};
	return field;
}

void fields_put(struct flow *f, size_t first_page)
{
	size_t first = f->pages->n_field - f->n_field_slab;

	for (size_t i = 0; i < f->n_field_slab; i++) {
		struct form_field *field = &f->pages->field[first + i];
		const struct slab *slab;

		field->page = first_page;
		if (f->field_slab[i] == NO_SLAB)
			continue;
		slab = &f->slab[f->field_slab[i]];
		field->page = slab->page;
		field->y += (float)slab->y;
		field->y2 += (float)slab->y;
		field->baseline += (float)slab->y;
	}
	f->n_field_slab = 0;
}

/* ---- blanks in a line ---- */

/* The words beside a blank. */
struct beside {
	const struct item *before, *behind; /* their items, or NULL */
	float x, x2; /* from the end of the one to the start of the other */
};

static float glyphs_end(const struct flow *f, const struct item *item, const struct glyphs *g)
{
	return g->x + (float)units_pt(f, g->word->advance, (double)item->size_pt);
}

/* Walks along the string and the words it was set in: spaces at the end of a line are no words. */
static struct beside find_beside(const struct flow *f, const char *s, const struct blank *blank, size_t first_item)
{
	struct beside b = { 0 };
	size_t at = 0;

	for (size_t i = first_item; i < f->n_item; i++)
		for (size_t k = 0; k < f->item[i].n_glyphs; k++) {
			const struct glyphs *g = &f->item[i].glyphs[k];

			if (g->word->text[0] == ' ')
				continue;
			while (s[at] && (unsigned char)s[at] <= ' ')
				at++;
			if (at == blank->end) {
				b.behind = &f->item[i];
				b.x2 = g->x;
			}
			at += g->word->n_text;
			if (at == blank->start) {
				b.before = &f->item[i];
				b.x = glyphs_end(f, &f->item[i], g);
			}
		}
	return b;
}

void blank_set(struct flow *f, const char *s, const struct blank *blank, enum form_field_kind kind, size_t first_item)
{
	struct beside beside = { 0 };
	struct form_field *field;
	const struct item *line;
	int element;

	if (blank->name)
		beside = find_beside(f, s, blank, first_item);
	line = beside.before;
	if (!line)
		return;
	if (!beside.behind || beside.behind->y > line->y) /* the line ends in the blank */
		beside.x2 = beside.x + (float)units_pt(f, (int64_t)(blank->end - blank->start) *
			f->space[line->face]->advance, (double)line->size_pt);
	element = element_new(f, ROLE_FORM, f->parent);
	field = field_new(f, kind, element, blank->name);
	field->face = line->face;
	field->size_pt = line->size_pt;
	field->baseline = line->y;
	field->x = beside.x;
	field->x2 = beside.x2;
	field->y = line->y - (float)f->ascent * line->size_pt;
	field->y2 = line->y + (float)f->descent * line->size_pt;
}

/* ---- what nobody sees ---- */

void timestamp_set(struct flow *f)
{
	const char *name = f->document->stamping;

	if (name)
		field_new(f, FORM_TIMESTAMP, element_new(f, ROLE_FORM, f->parent), name);
}

/* ---- a separate appendix ---- */

void issue_set(struct flow *f, const char *tooltip)
{
	const struct style *s = f->style;
	double height = line_height(s->issue_pt, 1);
	double top = s->issue_from_top_mm * PT_PER_MM;
	double right = f->left + f->width;
	double width = s->issue_width_mm * PT_PER_MM;
	int element = element_new(f, ROLE_FORM, f->parent);
	struct form_field *field;

	field = field_new(f, FORM_ISSUE, element, tooltip);
	field->face = FACE_REGULAR;
	field->size_pt = (float)s->issue_pt;
	field->x = (float)(right - (width < f->width ? width : f->width));
	field->x2 = (float)right;
	field->y = (float)top;
	field->y2 = (float)(top + ISSUE_LINES * height);
	field->baseline = (float)(top + baseline_in(f, s->issue_pt, height));
	timestamp_set(f);
}
