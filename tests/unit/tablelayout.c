#include "documents.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const double near = 0.05; /* [pt] */

static const char *short_label(struct arena *a, size_t column)
{
	return column ? arena_printf(a, "Cột %zu", column) : "TT";
}

static const char *long_label(struct arena *a, size_t column)
{
	return column ? arena_printf(a, "Thoátnghèo %zu", column) : "TT";
}

/* "TT", a name, then numbers of different lengths. */
static const char *figures(struct arena *a, size_t row, size_t column)
{
	if (!column)
		return arena_printf(a, "%zu", row + 1);
	if (column == 1)
		return arena_printf(a, "Khu phố %zu", row + 1);
	if (column == 2)
		return row % 4 == 3 ? "-"
				    : arena_printf(a, "%zu,%02zu", row * 37 % 1000, row % 100);
	return arena_printf(a, "%02zu", row * 3);
}

static const char *tall(struct arena *a, size_t row, size_t column)
{
	const char *s = "từ";

	for (size_t i = 0; column == 1 && row == 1 && i < 900; i++)
		s = arena_printf(a, "%s chữ", s);
	return s;
}

static const char *item_text(struct sheaf *s, const struct item *item)
{
	return item_words(item, &s->arena);
}

static const struct element *element_of(const struct sheaf *s, const struct item *item)
{
	return &s->file[0].element[item->element];
}

/* The item of that body or header cell, or NULL when it is not on the page. */
static const struct item *cell_item(const struct sheaf *s, size_t i_page, unsigned row,
	unsigned column)
{
	const struct page *page = &s->file[0].page[i_page];

	for (size_t i = 0; i < page->n_item; i++) {
		const struct element *e;

		if (page->item[i].kind != ITEM_TEXT || page->item[i].element == ARTIFACT)
			continue;
		e = element_of(s, &page->item[i]);
		if ((e->role == ROLE_DATA_CELL || e->role == ROLE_HEADER_CELL) && e->row == row &&
			e->column == column)
			return &page->item[i];
	}
	return NULL;
}

static struct page *only_table(struct sheaf *s, struct fonts *fonts, const struct grid_table *t)
{
	sheaf_table(s, t);
	assert_true(sheaf_layout(s));
	(void)fonts;
	return &s->file[0].page[0];
}

/* Where a decimal comma is, or would be. */
static double units_end(const struct item *item, const struct fonts *fonts)
{
	const struct word *word = item->glyphs[0].word;
	const char *comma = strchr(word->text, ',');
	size_t n = comma ? (size_t)(comma - word->text) : word->n_text;
	int32_t x = n < word->n_glyph ? word->x[n] : word->advance;

	return (double)item->x + x * (double)item->size_pt / fonts_units_per_em(fonts);
}

static void test_alignment(void **state)
{
	static const struct grid_shape shape = { 20, 5, 2, false, figures, short_label };
	struct sheaf s;
	double comma;
	double units;

	sheaf_init(&s, *state);
	only_table(&s, *state, grid_new(&s.arena, &shape));
	comma = units_end(cell_item(&s, 0, 1, 2), *state);
	units = units_end(cell_item(&s, 0, 1, 3), *state);
	for (unsigned row = 1; row <= 20; row++) {
		assert_true(fabs(units_end(cell_item(&s, 0, row, 2), *state) - comma) < near);
		assert_true(fabs(units_end(cell_item(&s, 0, row, 3), *state) - units) < near);
	}
	sheaf_clear(&s);
}

/* The table is as wide as the text; all upright rules of its body are as long. */
static void test_rules(void **state)
{
	static const struct grid_shape shape = { 5, 4, 2, false, figures, short_label };
	struct sheaf s;
	struct page *page;
	size_t upright = 0;
	size_t level = 0;

	sheaf_init(&s, *state);
	page = only_table(&s, *state, grid_new(&s.arena, &shape));
	for (size_t i = 0; i < page->n_item; i++) {
		const struct item *item = &page->item[i];

		if (item->kind != ITEM_RULE)
			continue;
		assert_int_equal(item->element, ARTIFACT);
		upright += item->x == item->x2;
		level += item->y == item->y2;
		if (item->y != item->y2)
			continue;
		assert_true(fabs((double)item->x - left_pt) < near);
		assert_true(fabs((double)item->x2 - right_pt) < near);
	}
	assert_int_equal(upright, 5 + 5); /* header, body */
	assert_int_equal(level, 1 + 1 + 5);
	sheaf_clear(&s);
}

/* Cells with a word that has a look: a box behind all of the cell, as an artifact, and letters in its ink. No cell of numbers has one. */
static void test_looks(void **state)
{
	static const struct grid_shape shape = { 3, 4, 2, false, figures, short_label };
	static const struct word_look looks[] = { { "chậm", 0xF8D3D3, 0x7A1212 }, { "7", 0x112233, 0x445566 } };
	struct sheaf s;
	struct page *page;
	struct grid_table *t;
	const struct item *box = NULL;
	const struct item *word;
	size_t n_box = 0;

	sheaf_init(&s, *state);
	t = grid_new(&s.arena, &shape);
	((struct grid_cell *)t->cell)[1 * t->n_column + 1].text = "chậm";
	((struct grid_cell *)t->cell)[2 * t->n_column + 2].text = "7";
	s.document.look = looks;
	s.document.n_look = 2;
	page = only_table(&s, *state, t);
	for (size_t i = 0; i < page->n_item; i++) {
		const struct item *item = &page->item[i];

		if (item->kind == ITEM_BOX) {
			box = item;
			n_box++;
		} else if (item->kind == ITEM_TEXT) {
			assert_int_equal(item->colour, has_words(item, "chậm", &s.arena) ? 0x7A1212 : 0);
		}
	}
	assert_int_equal(n_box, 1);
	assert_int_equal(box->colour, 0xF8D3D3);
	assert_int_equal(box->element, ARTIFACT);
	word = page_find(page, "chậm", &s.arena);
	assert_non_null(word);
	assert_true(box->x < word->x && item_end(word, *state) < (double)box->x2 && box->y < word->y && word->y < box->y2);
	sheaf_clear(&s);
}

/* No rule crosses a merged header cell, and no two rules lie on each other. */
static void test_merged(void **state)
{
	static const struct grid_shape shape = { 3, 5, 2, false, figures, short_label };
	static const struct header_cell header[] = {
		{ "TT", 0, 0, 2, 1 },	   { "Đơn vị", 0, 1, 2, 1 }, { "Hộ nghèo", 0, 2, 1, 2 },
		{ "Ghi chú", 0, 4, 2, 1 }, { "Số hộ", 1, 2, 1, 1 },  { "Tỷ lệ", 1, 3, 1, 1 },
	};
	static const char *const numbering[] = { "A", "B", "1", "2=1/3*100", "3" };
	struct sheaf s;
	struct grid_table *t;
	struct page *page;
	const struct item *merged;
	const struct element *e;

	sheaf_init(&s, *state);
	t = grid_new(&s.arena, &shape);
	t->header = header;
	t->n_header_cell = 6;
	t->n_header = 2;
	t->numbering = numbering;
	page = only_table(&s, *state, t);
	merged = cell_item(&s, 0, 0, 2);
	assert_string_equal(item_text(&s, merged), "Hộ nghèo");
	e = element_of(&s, merged);
	assert_int_equal(e->role, ROLE_HEADER_CELL);
	assert_int_equal(e->columns, 2);
	assert_int_equal(element_of(&s, cell_item(&s, 0, 0, 0))->rows, 2);
	assert_string_equal(item_text(&s, cell_item(&s, 0, 2, 0)), "A");
	assert_int_equal(cell_item(&s, 0, 2, 0)->face, FACE_ITALIC);
	assert_string_equal(item_text(&s, cell_item(&s, 0, 3, 1)), "Khu phố 1");
	for (size_t i = 0; i < page->n_item; i++) {
		const struct item *a = &page->item[i];
		double x = (item_end(merged, *state) + (double)merged->x) / 2;

		if (a->kind != ITEM_RULE)
			continue;
		assert_false(a->x == a->x2 && fabs((double)a->x - x) < 5 && a->y < merged->y &&
			a->y2 > merged->y);
		for (size_t k = i + 1; k < page->n_item; k++) {
			const struct item *b = &page->item[k];

			if (b->kind == ITEM_RULE && a->x == b->x && a->x2 == b->x2 && a->x == a->x2)
				assert_true(a->y2 <= b->y + 0.01F || b->y2 <= a->y + 0.01F);
			if (b->kind == ITEM_RULE && a->y == b->y && a->y2 == b->y2 && a->y == a->y2)
				assert_true(a->x2 <= b->x + 0.01F || b->x2 <= a->x + 0.01F);
		}
	}
	sheaf_clear(&s);
}

/* ---- over pages ---- */

static size_t body_rows(const struct sheaf *s, size_t i_page, unsigned n_row)
{
	size_t n = 0;

	for (unsigned row = 1; row <= n_row; row++)
		n += cell_item(s, i_page, row, 1) != NULL;
	return n;
}

static void check_pages(struct sheaf *s, unsigned n_row)
{
	size_t all = 0;

	for (size_t i = 0; i < s->file[0].n_page; i++) {
		const struct page *page = &s->file[0].page[i];
		const struct item *head = page_find(page, "TT", &s->arena);
		size_t n = body_rows(s, i, n_row);

		all += n;
		for (size_t k = 0; k < page->n_item; k++)
			assert_true((double)page->item[k].y < bottom_pt + near &&
				(double)page->item[k].y2 < bottom_pt + near);
		if (!n)
			continue;
		assert_non_null(head);
		assert_true(n >= 2);
		if (!cell_item(s, i, 1, 1)) {
			assert_int_equal(head->element, ARTIFACT);
			assert_non_null(page_find(page, "Biểu chỉ tiêu (tiếp theo)", &s->arena)
					? page_find(page, "Biểu chỉ tiêu (tiếp theo)", &s->arena)
					: page_find(page, "(tiếp theo)", &s->arena));
			assert_non_null(page_find(page, "Đơn vị tính: hộ", &s->arena));
		} else {
			assert_true(head->element != ARTIFACT);
		}
	}
	assert_int_equal(all, n_row);
}

/* Wherever the table begins: its head has two rows with it, the total is not alone, each row is
 * there once. */
static void test_pages(void **state)
{
	for (size_t before = 0; before < 40; before++) {
		struct grid_shape shape = { 25 + before, 4, 2, true, figures, short_label };
		struct sheaf s;
		struct grid_table *t;

		sheaf_init(&s, *state);
		for (size_t i = 0; i < before; i++)
			sheaf_paragraph(&s, "Một dòng.");
		sheaf_heading(&s, 1, "I.", "MỤC TIÊU");
		t = grid_new(&s.arena, &shape);
		t->unit_line = "Đơn vị tính: hộ";
		sheaf_table(&s, t);
		assert_true(sheaf_layout(&s));
		assert_in_range(s.file[0].n_page, 1, 4);
		check_pages(&s, (unsigned)shape.n_row);
		sheaf_clear(&s);
	}
}

static void test_tall_row(void **state)
{
	static const struct grid_shape shape = { 4, 3, 2, false, tall, short_label };
	struct sheaf s;
	size_t words = 0;
	size_t n_note = 0;

	sheaf_init(&s, *state);
	only_table(&s, *state, grid_new(&s.arena, &shape));
	for (size_t i = 0; i < s.diags.n_finding; i++) {
		n_note += !strcmp(s.diags.finding[i].rule, "tall-row");
		assert_int_equal(s.diags.finding[i].severity, DIAG_NOTE);
		assert_int_equal(s.diags.finding[i].at.row, 7);
	}
	assert_int_equal(n_note, 1);
	assert_true(s.file[0].n_page >= 2);
	for (size_t i = 0; i < s.file[0].n_page; i++)
		for (size_t k = 0; k < s.file[0].page[i].n_item; k++) {
			const struct item *item = &s.file[0].page[i].item[k];

			assert_true((double)item->y < bottom_pt + near);
			if (item->kind == ITEM_TEXT && item->element != ARTIFACT &&
				element_of(&s, item)->row == 2 && element_of(&s, item)->column == 1)
				words += (item->n_glyphs + 1) / 2;
		}
	assert_int_equal(words, 901);
	sheaf_clear(&s);
}

/* ---- width ---- */

static void test_size(void **state)
{
	struct sheaf s;
	float before = 13.5F;

	for (size_t n = 4; n <= 20; n += 4) {
		struct grid_shape shape = { 3, n, 2, false, figures, short_label };
		const struct item *item;

		sheaf_init(&s, *state);
		only_table(&s, *state, grid_new(&s.arena, &shape));
		item = cell_item(&s, 0, 1, 0);
		assert_true(item->size_pt >= 7 && item->size_pt <= before);
		if (n == 4)
			assert_true(item->size_pt == 13);
		before = item->size_pt;
		sheaf_clear(&s);
	}
	assert_true(before < 13);
}

/* A table too wide is cut into blocks of columns; each column is there once, the first two in
 * each block. */
static void test_blocks(void **state)
{
	static const struct grid_shape shape = { 6, 40, 2, true, figures, long_label };
	struct sheaf s;
	struct page *page;
	size_t tables = 0;
	size_t n_stub = 0;
	size_t seen[40] = { 0 };

	sheaf_init(&s, *state);
	page = only_table(&s, *state, grid_new(&s.arena, &shape));
	for (size_t i = 0; i < s.file[0].n_element; i++) {
		const struct element *e = &s.file[0].element[i];

		tables += e->role == ROLE_TABLE;
		if ((e->role == ROLE_DATA_CELL || e->scope == SCOPE_ROW) && e->row == 1)
			seen[e->column]++;
	}
	n_stub = seen[0];
	assert_int_equal(tables, n_stub);
	assert_true(tables >= 2);
	for (size_t i = 0; i < 40; i++)
		assert_int_equal(seen[i], i < 2 ? n_stub : 1);
	assert_string_equal(item_text(&s, &page->item[0]), "Cột 1-2, 3-10 trong 40 cột");
	assert_non_null(page_find(page, "Cột 1-2, 11-18 trong 40 cột (tiếp theo)", &s.arena));
	for (size_t i = 0; i < page->n_item; i++)
		if (page->item[i].kind == ITEM_TEXT)
			assert_true(item_end(&page->item[i], *state) < right_pt + near);
	sheaf_clear(&s);
}

static const char *note(struct arena *a, size_t row, size_t column)
{
	const char *s = "Thôn có nhiều hộ cần được hỗ trợ về nhà ở, nước sạch và việc làm trong năm";

	return column == 3 ? (row % 5 ? "" : s) : figures(a, row, column);
}

static const char *note_label(struct arena *a, size_t column)
{
	static const char *const label[] = { "TT", "Thôn", "Số hộ", "Ghi chú" };

	return arena_text(a, label[column]);
}

/* The x of the rules beside an item, from the level rules of the body: left, right. */
static void rules_beside(const struct page *page, const struct item *item, double *left,
	double *right)
{
	*left = 0;
	*right = 1e6;
	for (size_t i = 0; i < page->n_item; i++) {
		const struct item *rule = &page->item[i];
		double x = (double)rule->x;

		if (rule->kind != ITEM_RULE || rule->x != rule->x2)
			continue;
		if (x <= (double)item->x && x > *left)
			*left = x;
		if (x > (double)item->x && x < *right)
			*right = x;
	}
}

/* Beside a column of long texts, numbers and names do not touch their rules. */
static void test_air(void **state)
{
	static const struct grid_shape shape = { 12, 4, 2, false, note, note_label };
	struct sheaf s;
	const struct page *page;

	sheaf_init(&s, *state);
	page = only_table(&s, *state, grid_new(&s.arena, &shape));
	for (unsigned row = 1; row <= 12; row++)
		for (unsigned column = 0; column < 3; column++) {
			const struct item *item = cell_item(&s, 0, row, column);
			double left;
			double right;

			rules_beside(page, item, &left, &right);
			assert_true((double)item->x - left + right - item_end(item, *state) > 14);
		}
	sheaf_clear(&s);
}

static const char *same_label(struct arena *a, size_t column)
{
	static const char *const label[] = { "TT", "Tổ dân phố", "Trong đó: hộ DTTS", "Tổng số hộ" };

	return arena_text(a, label[column < 2 ? column : 2 + column % 2]);
}

/* Headers alike above figures alike are broken alike. */
static void test_alike(void **state)
{
	for (size_t n = 6; n <= 20; n += 2) {
		const struct grid_shape shape = { 2, n, 2, false, figures, same_label };
		struct sheaf s;
		const struct page *page;
		const struct item *first;
		size_t alike = 0;

		sheaf_init(&s, *state);
		page = only_table(&s, *state, grid_new(&s.arena, &shape));
		first = cell_item(&s, 0, 0, 4);
		for (size_t i = 0; i < page->n_item; i++)
			alike += page->item[i].kind == ITEM_TEXT && page->item[i].y == first->y &&
				!strcmp(item_text(&s, &page->item[i]), item_text(&s, first));
		assert_in_range(alike, (n - 4) / 2, (n - 2) / 2);
		sheaf_clear(&s);
	}
}

static const char *endless(struct arena *a, size_t row, size_t column)
{
	char *s = arena_array(a, 301, 1);

	(void)row;
	(void)column;
	memset(s, 'm', 300);
	return s;
}

/* Words wider than the page are broken inside their cells. */
static void test_wide_words(void **state)
{
	static const struct grid_shape shape = { 2, 3, 2, false, endless, short_label };
	struct sheaf s;
	size_t letters = 0;

	sheaf_init(&s, *state);
	only_table(&s, *state, grid_new(&s.arena, &shape));
	for (size_t i = 0; i < s.file[0].n_page; i++)
		for (size_t k = 0; k < s.file[0].page[i].n_item; k++) {
			const struct item *item = &s.file[0].page[i].item[k];

			if (item->kind == ITEM_TEXT) {
				assert_true(item_end(item, *state) < right_pt + near);
				letters += item->element != ARTIFACT &&
						element_of(&s, item)->row >= 1
					? item->n_glyphs
					: 0;
			}
		}
	assert_int_equal(letters, 2 * 3 * 300);
	sheaf_clear(&s);
}

/* ---- what stands around ---- */

static void test_around(void **state)
{
	static const struct grid_shape shape = { 3, 4, 2, false, figures, short_label };
	static const char *const notes[] = { "Ghi chú: tạm tính." };
	struct sheaf s;
	struct grid_table *t;
	struct block *b;
	const struct item *caption;
	const struct item *unit;
	const struct page *page;

	sheaf_init(&s, *state);
	t = grid_new(&s.arena, &shape);
	t->caption = sheaf_runs(&s, "Biểu 1. Chỉ tiêu", 0);
	t->unit_line = "Đơn vị tính: hộ";
	t->note = notes;
	t->n_note = 1;
	b = sheaf_table(&s, t);
	b->bookmark = "Biểu 1";
	assert_true(sheaf_layout(&s));
	page = &s.file[0].page[0];
	caption = page_find(page, "Biểu 1. Chỉ tiêu", &s.arena);
	unit = page_find(page, t->unit_line, &s.arena);
	assert_int_equal(element_of(&s, caption)->role, ROLE_CAPTION);
	assert_int_equal(s.file[0].element[element_of(&s, caption)->parent].role, ROLE_TABLE);
	assert_ptr_equal(s.file[0].element[element_of(&s, caption)->parent].table, t);
	assert_true(fabs(item_end(unit, *state) - right_pt) < near);
	assert_int_equal(element_of(&s, page_find(page, notes[0], &s.arena))->role, ROLE_PARAGRAPH);
	assert_int_equal(s.file[0].n_anchor, 1);
	assert_int_equal(s.file[0].n_bookmark, 1);
	assert_true((double)s.file[0].anchor[0].y < (double)caption->y);
	sheaf_clear(&s);
}

/* What follows a table stands off it somewhat more than off a paragraph. */
static void test_below(void **state)
{
	static const struct grid_shape shape = { 3, 4, 2, false, figures, short_label };
	struct sheaf s;
	const struct page *page;
	const struct item *last;
	const struct item *text;

	sheaf_init(&s, *state);
	sheaf_table(&s, grid_new(&s.arena, &shape));
	sheaf_paragraph(&s, "Hết./.");
	assert_true(sheaf_layout(&s));
	page = &s.file[0].page[0];
	text = page_find(page, "Hết./.", &s.arena);
	last = cell_item(&s, 0, 3, 0);
	assert_true((double)(text->y - last->y) > 16.1 + 6 + 4);
	sheaf_clear(&s);
}

/* Tables without rows, without a header, without columns. */
static void test_empty(void **state)
{
	static const struct grid_shape shape = { 3, 4, 2, false, figures, short_label };
	struct sheaf s;

	for (int kind = 0; kind < 4; kind++) {
		struct grid_table *t;

		sheaf_init(&s, *state);
		t = grid_new(&s.arena, &shape);
		t->n_row = kind & 1 ? 0 : t->n_row;
		t->n_header = t->n_header && kind & 2 ? 0 : 1;
		t->n_header_cell = kind & 2 ? 0 : t->n_header_cell;
		t->n_column = kind == 3 ? 0 : t->n_column;
		t->stub = 9;
		only_table(&s, *state, t);
		assert_int_equal(s.file[0].n_page, 1);
		sheaf_clear(&s);
	}
}

static int open_fonts(void **state)
{
	struct diags d = { 0 };

	*state = fonts_open(NULL, &d);
	diags_clear(&d);
	return *state ? 0 : -1;
}

static int close_fonts(void **state)
{
	fonts_close(*state);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_alignment),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_looks),
		cmocka_unit_test(test_merged),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_tall_row),
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_air),
		cmocka_unit_test(test_alike),
		cmocka_unit_test(test_wide_words),
		cmocka_unit_test(test_around),
		cmocka_unit_test(test_below),
		cmocka_unit_test(test_empty),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
