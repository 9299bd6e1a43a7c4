#include "layout/layout.h"

#include <string.h>

/* [pt] */
static const double foot_gap = 14;
static const double heading_drop = 2;  /* its type is smaller than the signer's beside it */
static const double left_share = 0.46; /* of the text width */

struct side {
	struct measure measure;
	double y;
};

/* "- Text;" with its following lines below the text. */
static void recipient_set(struct flow *f, const struct recipient *r, int list, struct side *side,
	const struct origin *at)
{
	int element = element_new(f, ROLE_LIST_ITEM, list);
	int label = element_new(f, ROLE_LABEL, element);
	int body = element_new(f, ROLE_LIST_BODY, element);
	const char *text = r->text;
	struct measure m = side->measure;
	double hang = fonts_width_pt(f->fonts, FACE_REGULAR, m.size_pt, "- ");

	galley_clear(&f->galley);
	if (!strncmp(text, "- ", 2)) {
		text_put(f, &f->galley, "- ", FACE_REGULAR, label, at);
		text += 2;
		m.left += hang;
		m.width -= hang;
		m.indent = -hang;
	}
	text_put(f, &f->galley, text, FACE_REGULAR, body, at);
	side->y += text_set(f, &m, side->y, NULL);
}

/* The recipients from i on that fit into the height; at least one. Returns the first that does
 * not. */
static size_t recipients_set(struct flow *f, const struct block *b, size_t i, int list,
	struct side *side, double height)
{
	const struct foot *foot = b->foot;

	do
		recipient_set(f, &foot->recipient[i++], list, side, &b->at);
	while (i < foot->n_recipient &&
		side->y + line_height(side->measure.size_pt, 1) <= height);
	return i;
}

/* The lines above one signature, in its column; returns their height. */
static double authority_set(struct flow *f, const struct signature *s, const struct measure *m,
	const struct origin *at)
{
	int title = element_new(f, ROLE_PARAGRAPH, f->parent);
	double y = 0;

	for (size_t i = 0; i < s->n_line; i++)
		y += string_set(f, s->line[i], FACE_BOLD, m, title, at, y, NULL);
	return y;
}

static struct measure signature_box(const struct flow *f, size_t i, size_t n, double left, double width)
{
	return (struct measure){
		.left = left + (double)i * width / (double)n,
		.width = width / (double)n,
		.size_pt = f->style->signer_pt,
		.setting = SET_CENTRED,
	};
}

/* Side by side, the names on one line; returns the height. */
static double signatures_set(struct flow *f, const struct block *b, double left, double width)
{
	const struct foot *foot = b->foot;
	double above = 0;
	double height = 0;

	for (size_t i = 0; i < foot->n_signature; i++) {
		struct measure m = signature_box(f, i, foot->n_signature, left, width);
		double y = authority_set(f, &foot->signature[i], &m, &b->at);

		above = y > above ? y : above;
	}
	above += f->style->signature_space_mm * PT_PER_MM;
	for (size_t i = 0; i < foot->n_signature; i++) {
		struct measure m = signature_box(f, i, foot->n_signature, left, width);
		double y = foot->signature[i].name
			? string_set(f, foot->signature[i].name, FACE_BOLD, &m,
				element_new(f, ROLE_PARAGRAPH, f->parent), &b->at, above, NULL)
			: 0;

		height = y > height ? y : height;
	}
	return above + height;
}

/* Recipients left, signatures right, whole on one page; recipients beyond a page go on below. */
void foot_set(struct flow *f, const struct block *b)
{
	const struct foot *foot = b->foot;
	bool two_sides = foot->n_recipient > 0 || (foot->heading && foot->heading[0]);
	double share = two_sides ? f->width * left_share : foot->n_signature > 1 ? 0 : f->width / 2;
	struct side side = { .measure = { .left = f->left, .width = share, .setting = SET_LEFT } };
	double page = f->bottom - f->top;
	double height;
	size_t i = 0;
	int list = 0;

	if (f->n_slab)
		f->slab[f->n_slab - 1].keep = true;
	slab_open(f, foot_gap);
	side.y = heading_drop;
	if (two_sides && foot->heading) {
		side.measure.size_pt = f->style->recipients_heading_pt;
		side.y += string_set(f, foot->heading, FACE_BOLD_ITALIC, &side.measure,
			element_new(f, ROLE_PARAGRAPH, f->parent), &b->at, side.y, NULL);
	}
	side.measure.size_pt = f->style->recipients_pt;
	if (foot->n_recipient) {
		list = element_new(f, ROLE_LIST, f->parent);
		i = recipients_set(f, b, 0, list, &side, page);
	}
	height = signatures_set(f, b, f->left + share, f->width - share);
	slab_close(f, height > side.y ? height : side.y, false);
	while (i < foot->n_recipient) {
		slab_open(f, 0);
		side.y = 0;
		i = recipients_set(f, b, i, list, &side, page);
		slab_close(f, side.y, false);
	}
}
