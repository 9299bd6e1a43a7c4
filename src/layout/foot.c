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

/* A signature while it is set. */
struct signing {
	const struct signature *signature;
	struct measure box;
	int title, signer, seal, name; /* elements, in reading order */
	double above; /* height of its title lines */
};

static struct measure signature_box(const struct flow *f, size_t i, size_t n, double left, double width)
{
	return (struct measure){
		.left = left + (double)i * width / (double)n,
		.width = width / (double)n,
		.size_pt = f->style->signer_pt,
		.setting = SET_CENTRED,
	};
}

static int element_if(struct flow *f, enum role role, bool needed)
{
	return needed ? element_new(f, role, f->parent) : ARTIFACT;
}

static void elements_new(struct flow *f, struct signing *s)
{
	const struct signature *signature = s->signature;

	s->title = element_new(f, ROLE_PARAGRAPH, f->parent);
	s->signer = element_if(f, ROLE_FORM, signature->signing);
	s->seal = element_if(f, ROLE_FORM, signature->sealing);
	s->name = element_if(f, ROLE_PARAGRAPH, signature->name);
}

/* The lines above one signature, in its column. */
static void authority_set(struct flow *f, struct signing *s, const struct origin *at)
{
	for (size_t i = 0; i < s->signature->n_line; i++) {
		const char *line = s->signature->line[i];

		if (i + 1 < s->signature->n_line)
			line = arena_printf(f->arena, "%s ", line);
		s->above += string_set(f, line, FACE_BOLD, &s->box, s->title, at, s->above, NULL);
	}
}

static void box_field(struct flow *f, enum form_field_kind kind, int element, const char *tooltip,
	const float box[4])
{
	struct form_field *field;

	if (element == ARTIFACT)
		return;
	field = field_new(f, kind, element, tooltip);
	field->x = box[0];
	field->y = box[1];
	field->x2 = box[2];
	field->y2 = box[3];
}

/* The signer's picture between title and name, in the middle of the column; the seal in its real size over the left part of it. */
static void signing_set(struct flow *f, const struct signing *s, double bottom)
{
	double width = f->style->signature_width_mm * PT_PER_MM;
	double seal = f->style->seal_mm * PT_PER_MM;
	double middle = (s->above + bottom) / 2;
	double left, right;

	width = width < s->box.width ? width : s->box.width;
	left = s->box.left + (s->box.width - width) / 2;
	right = left + f->style->seal_cover * width;
	box_field(f, FORM_SIGNER, s->signer, s->signature->signing,
		(float[]){ (float)left, (float)s->above, (float)(left + width), (float)bottom });
	box_field(f, FORM_SEAL, s->seal, s->signature->sealing,
		(float[]){ (float)(right - seal), (float)(middle - seal / 2), (float)right, (float)(middle + seal / 2) });
}

/* One for each field that is signed: what is kept for long has a timestamp behind each of its signatures. */
static void timestamps_set(struct flow *f, const struct foot *foot)
{
	for (size_t i = 0; i < foot->n_signature; i++) {
		if (foot->signature[i].signing)
			timestamp_set(f);
		if (foot->signature[i].sealing)
			timestamp_set(f);
	}
}

/* Side by side, the names on one line; returns the height. */
static double signatures_set(struct flow *f, const struct block *b, double left, double width)
{
	size_t n = b->foot->n_signature;
	struct signing *signing = ARENA_ARRAY(f->arena, n, struct signing);
	double above = 0;
	double height = 0;

	for (size_t i = 0; i < n; i++) {
		struct signing *s = &signing[i];

		s->signature = &b->foot->signature[i];
		s->box = signature_box(f, i, n, left, width);
		elements_new(f, s);
		authority_set(f, s, &b->at);
		above = s->above > above ? s->above : above;
	}
	above += f->style->signature_space_mm * PT_PER_MM;
	for (size_t i = 0; i < n; i++) {
		const struct signing *s = &signing[i];
		double y = s->signature->name
			? string_set(f, s->signature->name, FACE_BOLD, &s->box, s->name, &b->at, above, NULL)
			: 0;

		signing_set(f, s, above);
		height = y > height ? y : height;
	}
	timestamps_set(f, b->foot);
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
