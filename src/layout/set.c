#include "layout/layout.h"

/* [of a space] A justified line whose gaps would grow by more has holes. */
static const double growth_max = 2;

double units_pt(const struct flow *f, int64_t units, double size_pt)
{
	return (double)units * size_pt / f->em;
}

double line_height(double size_pt, double spacing)
{
	return SINGLE_SPACING * size_pt * spacing;
}

double baseline_in(const struct flow *f, double size_pt, double height)
{
	return (height - (f->ascent + f->descent) * size_pt) / 2 + f->ascent * size_pt;
}

struct glyphs *glyphs_new(struct flow *f, const struct text *t)
{
	return ARENA_ARRAY(f->arena, t->n + t->n_space + 1, struct glyphs);
}

void rule_set(struct flow *f, double x, double y, double x2, double y2, double thickness_pt)
{
	*item_new(f) = (struct item){
		.kind = ITEM_RULE,
		.element = ARTIFACT,
		.x = (float)x,
		.y = (float)y,
		.x2 = (float)x2,
		.y2 = (float)y2,
		.thickness_pt = (float)thickness_pt,
	};
}

/* The box of a link around the text item that ends at x. */
static void link_set(struct flow *f, const struct item *text, const struct block *target, double x)
{
	struct item box = {
		.kind = ITEM_LINK,
		.element = text->element,
		.x = text->x,
		.y = text->y - (float)(f->ascent * (double)text->size_pt),
		.x2 = (float)x,
		.y2 = text->y + (float)(f->descent * (double)text->size_pt),
		.target = target,
	};

	*item_new(f) = box;
}

/* Where the pen stands in a line. */
struct pen {
	double x;
	double scale; /* points of a font unit */
	double extra; /* further width of each gap */
	struct glyphs *next;
};

static void word_put(struct pen *pen, const struct word *word)
{
	*pen->next++ = (struct glyphs){ word, (float)pen->x };
	pen->x += word->advance * pen->scale;
}

/* The spaces before an atom, which belong to the text before it. */
static void gap_put(struct pen *pen, const struct atom *atom, const struct word *space)
{
	double end = pen->x + (double)(atom->start - atom[-1].end) * pen->scale + pen->extra;

	for (unsigned i = 0; i < atom->spaces; i++)
		word_put(pen, space);
	pen->x = end;
}

/* The item ends with the glyphs before `next`, at x. */
static void item_close(struct flow *f, struct item *item, const struct glyphs *next,
	const struct block *target, double x)
{
	item->n_glyphs = (size_t)(next - item->glyphs);
	*item_new(f) = *item;
	if (target)
		link_set(f, item, target, x);
}

/* What a gap grows by. A line that would have holes is left short instead. */
static double extra_of(const struct flow *f, const struct line *line, double slack,
	const struct pen *pen)
{
	double extra = line->n_gap ? slack / (double)line->n_gap : 0;

	if (line->last && extra > 0)
		return 0;
	return extra <= growth_max * f->space[FACE_REGULAR]->advance * pen->scale ? extra : 0;
}

static double start_of(const struct flow *f, const struct line *line, const struct measure *m,
	double indent, struct pen *pen)
{
	double slack = m->width - indent - (double)line->natural * pen->scale;

	switch (m->setting) {
	case SET_JUSTIFIED:
		pen->extra = extra_of(f, line, slack, pen);
		break;
	case SET_LEFT:
		break;
	case SET_CENTRED:
		return m->left + indent + slack / 2;
	case SET_RIGHT:
		return m->left + indent + slack;
	}
	return m->left + indent;
}

/* Whether a new word begins behind the line. */
static bool ends_word(const struct text *t, const struct line *line)
{
	const struct atom *next;

	if (line->end == t->n)
		return t->goes_on;
	next = &t->atom[line->end];
	return next->spaces || next->joint == JOINT_FORCED;
}

double line_set(struct flow *f, const struct text *t, const struct line *line,
	const struct measure *m, double indent, double y, struct glyphs **glyphs)
{
	struct pen pen = { .scale = m->size_pt / f->em, .next = *glyphs };
	struct item item = { .kind = ITEM_TEXT, .y = (float)y, .size_pt = (float)m->size_pt,
		.colour = m->colour & 0xFFFFFFU };
	const struct block *target = NULL;
	double end_x;

	pen.x = start_of(f, line, m, indent, &pen);
	for (size_t i = line->first; i < line->end; i++) {
		const struct atom *atom = &t->atom[i];
		bool first = i == line->first;
		bool same = !first && item.face == (enum face)atom->face &&
			item.element == atom->element;
		double end = pen.x;

		if (!first && atom->spaces)
			gap_put(&pen, atom, f->space[item.face]);
		if (!same) {
			if (!first)
				item_close(f, &item, pen.next, target, end);
			item.element = atom->element;
			item.face = (enum face)atom->face;
			item.x = (float)pen.x;
			item.glyphs = pen.next;
			target = atom->target;
		}
		word_put(&pen, atom->word);
	}
	end_x = pen.x;
	if (line->first < line->end && ends_word(t, line))
		word_put(&pen, f->space[item.face]);
	if (line->first < line->end)
		item_close(f, &item, pen.next, target, end_x);
	*glyphs = pen.next;
	return end_x;
}

double lines_set(struct flow *f, const struct text *t, const struct lines *lines,
	const struct measure *m, double y)
{
	double height = line_height(m->size_pt, 1);
	double baseline = baseline_in(f, m->size_pt, height);
	struct glyphs *glyphs = glyphs_new(f, t);

	for (size_t i = 0; i < lines->n; i++)
		line_set(f, t, &f->line[lines->first + i], m, i ? 0 : m->indent,
			y + (double)i * height + baseline, &glyphs);
	return (double)lines->n * height;
}

double text_set(struct flow *f, const struct measure *m, double y, double *last_width)
{
	struct text t = text_end(&f->galley);
	struct lines lines;

	lines_forget(f);
	lines = lines_break(f, &t, m);
	if (last_width)
		*last_width = lines.n ? units_pt(f, f->line[f->n_line - 1].natural, m->size_pt) : 0;
	return lines_set(f, &t, &lines, m, y);
}

double string_set(struct flow *f, const char *s, enum face face, const struct measure *m,
	int element, const struct origin *at, double y, double *last_width)
{
	galley_clear(&f->galley);
	text_put(f, &f->galley, s, face, element, at);
	return text_set(f, m, y, last_width);
}
