#include "layout/layout.h"

/* [pt] */
static const double gutter = 6;	    /* between the columns, and beside the longest line */
static const double rule_gap = 2.5; /* from the descenders to the rule */
static const double row_gap = 10;   /* from the rules to number and date */
static const double place_min_pt = 13; /* the norm's smallest size of place and date */
static const double step_pt = 0.5;

struct columns {
	struct measure left;
	struct measure right;
	double place_pt;
};

static double larger(double a, double b)
{
	return a > b ? a : b;
}

/* The right column holds the nation on one line and, if it can, place and date; the left one at
 * least the number. */
static struct columns columns_of(struct flow *f, const struct letterhead *h)
{
	const struct style *s = f->style;
	struct columns c = { .place_pt = s->place_pt };
	double nation = larger(fonts_width_pt(f->fonts, FACE_BOLD, s->nation_pt, h->nation),
		fonts_width_pt(f->fonts, FACE_BOLD, s->motto_pt, h->motto));
	double number = fonts_width_pt(f->fonts, FACE_REGULAR, s->number_pt, h->number);
	double most = f->width - number - 2 * gutter;
	double place = fonts_width_pt(f->fonts, FACE_ITALIC, 1, h->place_date);
	double right;

	while (place * c.place_pt > most && c.place_pt - step_pt >= place_min_pt)
		c.place_pt -= step_pt;
	right = larger(nation, place * c.place_pt) + gutter;
	if (right > f->width - gutter)
		right = f->width - gutter;
	c.left = (struct measure){
		.left = f->left, .width = f->width - right - gutter, .setting = SET_CENTRED
	};
	c.right = (struct measure){
		.left = f->left + f->width - right, .width = right, .setting = SET_CENTRED
	};
	return c;
}

static double put(struct flow *f, const char *s, enum face face, struct measure m, double size_pt,
	const struct origin *at, double y, double *last_width)
{
	m.size_pt = size_pt;
	return string_set(f, s, face, &m, element_new(f, ROLE_PARAGRAPH, f->parent), at, y,
		last_width);
}

static void rule_below(struct flow *f, const struct measure *m, double length, double y)
{
	double x = m->left + (m->width - length) / 2;

	rule_set(f, x, y, x + length, y, f->style->rule_pt);
}

/* Parent, issuer and their rule; returns where they end. */
static double issuer_set(struct flow *f, const struct block *b, const struct columns *c)
{
	const struct letterhead *h = b->letterhead;
	double pt = f->style->issuer_pt;
	double y = 0;
	double last = 0;

	if (h->parent)
		y += put(f, h->parent, FACE_REGULAR, c->left, pt, &b->at, y, &last);
	for (size_t i = 0; i < h->n_issuer; i++)
		y += put(f, h->issuer[i], FACE_BOLD, c->left, pt, &b->at, y, &last);
	rule_below(f, &c->left, last * f->style->issuer_rule, y + rule_gap);
	return y + rule_gap;
}

static double nation_set(struct flow *f, const struct block *b, const struct columns *c)
{
	const struct letterhead *h = b->letterhead;
	double y = 0;
	double last;

	y += put(f, h->nation, FACE_BOLD, c->right, f->style->nation_pt, &b->at, y, NULL);
	y += put(f, h->motto, FACE_BOLD, c->right, f->style->motto_pt, &b->at, y, &last);
	rule_below(f, &c->right, last, y + rule_gap);
	return y + rule_gap;
}

void letterhead_set(struct flow *f, const struct block *b)
{
	const struct letterhead *h = b->letterhead;
	struct columns c = columns_of(f, h);
	double number_pt = f->style->number_pt;
	double number_line = baseline_in(f, number_pt, line_height(number_pt, 1));
	double place_line = baseline_in(f, c.place_pt, line_height(c.place_pt, 1));
	double line = larger(number_line, place_line);
	double y;
	double number_end;
	double place_end;
	size_t first;

	slab_open(f, 0);
	y = issuer_set(f, b, &c);
	y = larger(y, nation_set(f, b, &c)) + row_gap;
	first = f->n_item;
	number_end = y + line - number_line;
	number_end += put(f, h->number, FACE_REGULAR, c.left, number_pt, &b->at, number_end, NULL);
	blank_set(f, h->number, &h->number_blank, FORM_NUMBER, first);
	first = f->n_item;
	place_end = y + line - place_line;
	place_end += put(f, h->place_date, FACE_ITALIC, c.right, c.place_pt, &b->at, place_end,
		NULL);
	blank_set(f, h->place_date, &h->day_blank, FORM_DATE, first);
	blank_set(f, h->place_date, &h->month_blank, FORM_MONTH, first);
	slab_close(f, larger(number_end, place_end), true);
}
