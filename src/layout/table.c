#include "layout/table.h"

#include <string.h>

/* [pt] */
static const double caption_gap = 2;	/* below caption and unit line */
static const double bare_gap = 4;	/* further, before a table without a caption */
static const double note_gap = 3;
static const double below_gap = 4;
static const double beside_min_pt = 11; /* least type size of unit line and notes */
static const double head_share_max = 0.6; /* of the page; a higher head is not repeated */

struct text measured_text(const struct flow *f, const struct cell *cell)
{
	return (struct text){
		.atom = cell->n_atom ? f->cells.atom + cell->atom : NULL,
		.n = cell->n_atom,
		.n_space = cell->n_space,
		.widest = cell->widest,
		.whole = cell->whole,
	};
}

void text_belongs(struct text *t, int element)
{
	for (size_t i = 0; i < t->n; i++)
		t->atom[i].element = element;
}

/* What a column is called when the table is cut: "4" of the numbering "4=3/1*100", else its
 * place. */
static const char *column_name(const struct flow *f, const struct grid_table *t, size_t column)
{
	const char *s = t->numbering ? t->numbering[column] : NULL;
	size_t n = s ? strcspn(s, " =") : 0;

	return n ? arena_slice(f->arena, s, n) : arena_printf(f->arena, "%zu", column + 1);
}

static const char *column_range(const struct flow *f, const struct grid_table *t, size_t first,
	size_t last)
{
	const char *from = column_name(f, t, first);

	return first == last ? from
			     : arena_printf(f->arena, "%s-%s", from, column_name(f, t, last));
}

/* "Cột A-B, 1-8 trong 20 cột", or NULL for a table that is whole. */
static const char *block_name(const struct flow *f, const struct table_block *b)
{
	const struct grid_table *t = b->measure->table;
	size_t stub = t->stub < t->n_column ? t->stub : 0;
	const char *own;

	if (b->n_block < 2)
		return NULL;
	own = column_range(f, t, b->column[stub], b->column[b->n - 1]);
	if (!stub)
		return arena_printf(f->arena, "Cột %s trong %zu cột", own, t->n_column);
	return arena_printf(f->arena, "Cột %s, %s trong %zu cột", column_range(f, t, 0, stub - 1),
		own, t->n_column);
}

/* ---- caption ---- */

enum caption_flags {
	CAPTION_CONTINUED = 1, /* with "(tiếp theo)" */
	CAPTION_TITLE = 2,     /* the title where there is no caption */
};

/* The caption's words into f->galley; false when there are none. */
static bool caption_text(struct flow *f, const struct grid_table *t, unsigned flags, int element)
{
	struct galley *g = &f->galley;

	galley_clear(g);
	if (!(flags & CAPTION_CONTINUED)) {
		text_runs(f, g, &t->caption, RUN_BOLD, element);
		return g->n > 0;
	}
	for (size_t i = 0; i < t->caption.n_run; i++) {
		const struct run *run = &t->caption.run[i];

		text_put(f, g, run->text, face_of(run->flags | RUN_BOLD), element, &run->at);
	}
	if (!g->n && (flags & CAPTION_TITLE))
		text_put(f, g, t->title, FACE_BOLD, element, &t->at);
	if (t->continued) {
		text_put(f, g, " ", FACE_ITALIC, element, &t->at);
		text_put(f, g, t->continued, FACE_ITALIC, element, &t->at);
	}
	return g->n > 0;
}

static double beside_pt(const struct flow *f, const struct table_block *b)
{
	double least = f->style->table_pt < beside_min_pt ? f->style->table_pt : beside_min_pt;

	return b->size_pt > least ? b->size_pt : least;
}

/* What stands above a block, from the top of the open slab; returns its height. */
static double caption_set(struct flow *f, const struct table_block *b, unsigned flags, int element)
{
	const struct grid_table *t = b->measure->table;
	struct measure m = measure_of(f, SET_CENTRED, f->style->body_pt);
	const char *name = block_name(f, b);
	double y = 0;

	if (name && t->continued && flags == CAPTION_CONTINUED && !t->caption.n_run)
		name = arena_printf(f->arena, "%s %s", name, t->continued);
	else if (caption_text(f, t, flags, element))
		y += text_set(f, &m, y, NULL);
	m = measure_of(f, SET_CENTRED, beside_pt(f, b));
	if (name)
		y += string_set(f, name, FACE_ITALIC, &m, element, &t->at, y, NULL);
	m = measure_of(f, SET_RIGHT, beside_pt(f, b));
	if (t->unit_line && t->unit_line[0])
		y += string_set(f, t->unit_line, FACE_ITALIC, &m, element, &t->at, y, NULL);
	return y > 0 ? y + caption_gap : 0;
}

/* ---- the whole ---- */

/* What is repeated on pages that go on with the block; its head is set into a slab of its own. */
static void head_set(struct flow *f, struct table_block *b, struct table_frame *frame)
{
	double page = f->bottom - f->top;

	slab_open(f, 0);
	frame->head = f->n_item;
	frame->head_height = table_head_set(f, b);
	frame->n_head = f->n_item - frame->head;
	slab_close(f, frame->head_height, b->measure->table->n_row > 0);
	frame->repeats = frame->continued_height + frame->head_height < page * head_share_max;
}

static void block_of_columns(struct flow *f, const struct block *block, struct table_block *b)
{
	const struct grid_table *t = b->measure->table;
	struct table_frame *frame = ARENA_NEW(f->arena, struct table_frame);
	bool captioned = t->caption.n_run || (t->unit_line && t->unit_line[0]) || b->n_block > 1;
	double gap = f->style->paragraph_gap_pt;

	b->element = element_new(f, ROLE_TABLE, f->parent);
	f->pages->element[b->element].table = t;
	frame->edge = b->edge;
	frame->n_edge = b->n + 1;
	frame->continued = f->n_item;
	frame->continued_height = caption_set(f, b, CAPTION_CONTINUED | CAPTION_TITLE, ARTIFACT);
	frame->n_continued = f->n_item - frame->continued;
	if (!b->i_block)
		mark_new(f, block, f->left, f->section_level + 1);
	slab_open(f, captioned ? gap : gap + bare_gap);
	if (captioned) {
		unsigned flags = b->i_block ? CAPTION_CONTINUED : 0;

		slab_close(f, caption_set(f, b, flags, element_new(f, ROLE_CAPTION, b->element)),
			true);
	} else {
		slab_close(f, 0, true);
	}
	head_set(f, b, frame);
	table_body_set(f, b, frame);
}

static void notes_set(struct flow *f, const struct grid_table *t, double size_pt)
{
	for (size_t i = 0; i < t->n_note; i++) {
		struct paragraph p = {
			.measure = measure_of(f, SET_LEFT, size_pt),
			.spacing = 1,
			.gap = note_gap,
		};

		galley_clear(&f->galley);
		text_put(f, &f->galley, t->note[i], FACE_ITALIC,
			element_new(f, ROLE_PARAGRAPH, f->parent), &t->at);
		paragraph_set(f, &p);
	}
}

void table_set(struct flow *f, const struct block *block)
{
	struct table_measure measure;
	struct table_block *blocks;
	size_t n;

	table_measure(f, block->table, &measure);
	blocks = table_blocks(f, &measure, &n);
	for (size_t i = 0; i < n; i++)
		block_of_columns(f, block, &blocks[i]);
	notes_set(f, block->table, n ? beside_pt(f, &blocks[0]) : f->style->table_pt);
	f->gap_below = block->table->n_note ? 0 : below_gap;
}
