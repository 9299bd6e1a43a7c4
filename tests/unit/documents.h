/* documents: small documents made by hand, for the tests of layout. */
#ifndef UNIT_DOCUMENTS_H
#define UNIT_DOCUMENTS_H

#include "layout/pages.h"

#include <string.h>

static const char *const before_number[] = { "số", "ngày", "tháng", "năm", "Điều", "điểm", "Mục", NULL };
static const char *const after_number[] = { "m²", "km", NULL };

/* As templates/forms/nd30.xml. */
static const struct style nd30 = {
	.portrait = { 210, 297, 20, 20, 30, 15 },
	.landscape = { 297, 210, 20, 20, 30, 20 },
	.nation_pt = 12,
	.motto_pt = 13,
	.issuer_pt = 12,
	.number_pt = 13,
	.place_pt = 13,
	.kind_pt = 14,
	.subject_pt = 14,
	.body_pt = 14,
	.first_line_mm = 12.7,
	.item_indent_mm = 6,
	.paragraph_gap_pt = 6,
	.line_spacing = 1,
	.recipients_heading_pt = 12,
	.recipients_pt = 11,
	.signer_pt = 14,
	.signature_space_mm = 25,
	.signature_width_mm = 60,
	.seal_mm = 36,
	.seal_cover = 0.333,
	.issue_pt = 10,
	.issue_from_top_mm = 9,
	.issue_width_mm = 80,
	.page_number_pt = 13,
	.page_number_from_top_mm = 10,
	.rule_pt = 0.75,
	.issuer_rule = 0.4,
	.subject_rule = 0.4,
	.table_pt = 13,
	.table_min_pt = 7,
	.table_step_pt = 0.5,
	.table_rule_pt = 0.5,
	.table_pad_pt = 3,
	.table_header_pad_pt = 2,
	.draft_pt = 72,
	.chart = { 2, 60, 6, 12, 9, 1.2, 0.4, 4, 9, 60, 60 },
	.keep_before_number = before_number,
	.keep_after_number = after_number,
};

static const double first_line_pt = 12.7 * 72 / 25.4;
static const double left_pt = 30 * 72 / 25.4;
static const double right_pt = (210 - 15) * 72 / 25.4;
static const double top_pt = 20 * 72 / 25.4;
static const double bottom_pt = (297 - 20) * 72 / 25.4;

/* A document with room for blocks, one part to begin with. */
struct sheaf {
	struct arena arena;
	struct diags diags;
	struct fonts *fonts;
	struct document document;
	struct part part[4];
	struct block *block;
	size_t n_block; /* of the last part */
	struct pages *file;
	size_t n_file;
};

enum { SHEAF_BLOCKS = 1000 };

static inline void sheaf_part(struct sheaf *s, bool landscape, bool separate)
{
	s->block = ARENA_ARRAY(&s->arena, SHEAF_BLOCKS, struct block);
	s->n_block = 0;
	s->part[s->document.n_part++] = (struct part){
		.landscape = landscape, .separate = separate, .block = s->block
	};
}

static inline void sheaf_init(struct sheaf *s, struct fonts *fonts)
{
	memset(s, 0, sizeof *s);
	s->fonts = fonts;
	s->document = (struct document){
		.job = "job", .title = "Kế hoạch", .style = &nd30, .part = s->part
	};
	sheaf_part(s, false, false);
}

static inline void sheaf_clear(struct sheaf *s)
{
	diags_clear(&s->diags);
	arena_clear(&s->arena);
}

static inline struct block *sheaf_block(struct sheaf *s, enum block_kind kind)
{
	struct block *b = &s->block[s->n_block++];

	s->part[s->document.n_part - 1].n_block = s->n_block;
	*b = (struct block){ .kind = kind,
		.level = 1,
		.number = "",
		.at = { "plan.xml", NULL, (unsigned)s->n_block, 1 } };
	return b;
}

static inline struct runs sheaf_runs(struct sheaf *s, const char *text, unsigned flags)
{
	struct run *run = ARENA_NEW(&s->arena, struct run);

	*run = (struct run){
		.text = text, .flags = flags, .at = { "plan.xml", NULL, (unsigned)s->n_block, 1 }
	};
	return (struct runs){ run, 1 };
}

static inline struct block *sheaf_paragraph(struct sheaf *s, const char *text)
{
	struct block *b = sheaf_block(s, BLOCK_PARAGRAPH);

	b->runs = sheaf_runs(s, text, 0);
	return b;
}

static inline struct block *sheaf_heading(struct sheaf *s, int level, const char *number,
	const char *title)
{
	struct block *b = sheaf_block(s, BLOCK_HEADING);

	b->level = level;
	b->number = number;
	b->title = sheaf_runs(s, title, 0);
	b->bookmark = title;
	return b;
}

static inline struct block *sheaf_item(struct sheaf *s, int level, const char *mark,
	const char *text)
{
	struct block *b = sheaf_block(s, BLOCK_ITEM);

	b->level = level;
	b->item = level - 1;
	b->number = mark;
	b->runs = sheaf_runs(s, text, 0);
	return b;
}

static inline bool sheaf_layout(struct sheaf *s)
{
	return layout(&s->document, s->fonts, &s->arena, &s->file, &s->n_file, &s->diags);
}

/* The glyphs of an item without a space at the end of a line. */
static inline size_t item_length(const struct item *item)
{
	size_t n = item->n_glyphs;

	return n && !strcmp(item->glyphs[n - 1].word->text, " ") ? n - 1 : n;
}

/* The words of an item. */
static inline const char *item_words(const struct item *item, struct arena *a)
{
	const char *s = "";

	for (size_t i = 0; i < item->n_glyphs; i++)
		s = arena_printf(a, "%s%s", s, item->glyphs[i].word->text);
	return s;
}

/* Whether the item has these words, or them and the space at the end of a line. */
static inline bool has_words(const struct item *item, const char *words, struct arena *a)
{
	const char *s = item_words(item, a);
	size_t n = strlen(words);

	return !strncmp(s, words, n) && (!s[n] || !strcmp(s + n, " "));
}

/* The first text item of the page with these words, or NULL. */
static inline const struct item *page_find(const struct page *page, const char *words,
	struct arena *a)
{
	for (size_t i = 0; i < page->n_item; i++)
		if (page->item[i].kind == ITEM_TEXT &&
			has_words(&page->item[i], words, a))
			return &page->item[i];
	return NULL;
}

static inline double item_end(const struct item *item, const struct fonts *fonts)
{
	const struct glyphs *last = &item->glyphs[item_length(item) - 1];

	return (double)last->x +
		last->word->advance * (double)item->size_pt / fonts_units_per_em(fonts);
}

/* A table of n_column columns: "TT", a name, numbers; each cell from text(row, column). */
struct grid_shape {
	size_t n_row, n_column, stub;
	bool has_total;
	const char *(*text)(struct arena *, size_t row, size_t column);
	const char *(*label)(struct arena *, size_t column);
};

static inline struct grid_table *grid_new(struct arena *a, const struct grid_shape *shape)
{
	struct grid_table *t = ARENA_NEW(a, struct grid_table);
	struct header_cell *header = ARENA_ARRAY(a, shape->n_column, struct header_cell);
	struct grid_column *column = ARENA_ARRAY(a, shape->n_column, struct grid_column);
	struct grid_cell *cell = ARENA_ARRAY(a, shape->n_row * shape->n_column, struct grid_cell);
	enum grid_row_kind *kind = ARENA_ARRAY(a, shape->n_row, enum grid_row_kind);

	for (size_t i = 0; i < shape->n_column; i++) {
		bool number = i >= shape->stub;

		header[i] = (struct header_cell){ shape->label(a, i), 0, (unsigned)i, 1, 1 };
		column[i].align = number ? ALIGN_DECIMAL : i ? ALIGN_LEFT : ALIGN_CENTRE;
		column[i].is_number = number;
	}
	for (size_t row = 0; row < shape->n_row; row++)
		for (size_t i = 0; i < shape->n_column; i++)
			cell[row * shape->n_column + i].text = shape->text(a, row, i);
	if (shape->has_total)
		kind[shape->n_row - 1] = GRID_TOTAL;
	*t = (struct grid_table){
		.id = "table",
		.title = "Biểu chỉ tiêu",
		.continued = "(tiếp theo)",
		.n_header = 1,
		.header = header,
		.n_header_cell = shape->n_column,
		.column = column,
		.n_column = shape->n_column,
		.stub = shape->stub,
		.cell = cell,
		.row_kind = kind,
		.n_row = shape->n_row,
		.at = { "plan.xml", NULL, 7, 1 },
	};
	return t;
}

static inline struct block *sheaf_table(struct sheaf *s, const struct grid_table *t)
{
	struct block *b = sheaf_block(s, BLOCK_TABLE);

	b->table = t;
	return b;
}

#endif
