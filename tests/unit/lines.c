#include "documents.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const prose = "Tăng cường sự lãnh đạo của Đảng ủy, sự điều hành của Ủy ban nhân "
				 "dân phường đối với công tác giảm nghèo; "
				 "xác định giảm nghèo là nhiệm vụ chính trị thường xuyên, đưa chỉ "
				 "tiêu giảm nghèo vào chương trình công tác và "
				 "vào nội dung đánh giá mức độ hoàn thành nhiệm vụ của tập thể, cá "
				 "nhân được phân công.";

static const double near = 0.05; /* [pt] */

/* One page with one paragraph. */
static struct page *one(struct sheaf *s, struct fonts *fonts, const char *text)
{
	sheaf_init(s, fonts);
	sheaf_paragraph(s, text);
	assert_true(sheaf_layout(s));
	assert_int_equal(s->n_file, 1);
	return &s->file[0].page[0];
}

static void test_justified(void **state)
{
	struct sheaf s;
	struct page *page = one(&s, *state, prose);

	assert_in_range(page->n_item, 3, 5);
	for (size_t i = 0; i < page->n_item; i++) {
		const struct item *item = &page->item[i];
		double end = item_end(item, *state);
		double wanted = left_pt + (i ? 0 : first_line_pt);

		assert_true(fabs((double)item->x - wanted) < near);
		assert_true(fabs((double)item->glyphs[0].x - wanted) < near);
		if (i + 1 < page->n_item)
			assert_true(fabs(end - right_pt) < near);
		else
			assert_true(end < right_pt + near);
		if (i)
			assert_true(fabs((double)(item->y - page->item[i - 1].y) - 16.1) < near);
	}
	sheaf_clear(&s);
}

/* The words come out in order, and no space is over 2.5 or below 0.75 times its width. */
static void test_spaces(void **state)
{
	struct sheaf s;
	struct page *page = one(&s, *state, prose);
	const char *all = "";

	for (size_t i = 0; i < page->n_item; i++) {
		const struct item *item = &page->item[i];

		all = arena_printf(&s.arena, "%s%s%s", all, i ? " " : "", item_words(item,
			&s.arena));
		for (size_t k = 0; k + 1 < item->n_glyphs; k++) {
			double space = (double)(item->glyphs[k + 1].x - item->glyphs[k].x) / 3.5;

			if (!strcmp(item->glyphs[k].word->text, " "))
				assert_true(space > 0.75 && space < 2.5);
		}
	}
	assert_string_equal(all, prose);
	sheaf_clear(&s);
}

/* Whether a line of the paragraph begins with the text. */
static bool begins(struct sheaf *s, const struct page *page, const char *text)
{
	for (size_t i = 0; i < page->n_item; i++)
		if (!strncmp(item_words(&page->item[i], &s->arena), text, strlen(text)))
			return true;
	return false;
}

/* At every place in the line: numbers of documents stay whole, a dash between words ends a line. */
static void test_whole_words(void **state)
{
	char text[600];

	for (size_t n = 1; n < 60; n++) {
		struct sheaf s;
		struct page *page;

		memset(text, 'a', n);
		strcpy(text + n,
			" theo Nghị định số 07/2021/NĐ-CP ngày 27 tháng 01 năm 2021 về kinh tế - "
			"xã hội giai đoạn "
			"2021-2025 – 2030 và 5 % của Ủy ban nhân dân phường Bắc Sơn trong năm nay");
		page = one(&s, *state, text);
		assert_false(begins(&s, page, "NĐ"));
		assert_false(begins(&s, page, "-"));
		assert_false(begins(&s, page, "–"));
		assert_false(begins(&s, page, "%"));
		assert_false(begins(&s, page, "CP"));
		assert_false(begins(&s, page, "2025 "));
		sheaf_clear(&s);
	}
}

static void test_wide_word(void **state)
{
	struct sheaf s;
	char text[1500];
	struct page *page;
	size_t letters = 0;

	for (size_t i = 0; i < 400; i++)
		memcpy(text + 3 * i, "ệ", 3);
	text[1200] = '\0';
	page = one(&s, *state, text);
	assert_true(page->n_item > 4);
	for (size_t i = 0; i < page->n_item; i++) {
		assert_true(item_end(&page->item[i], *state) < right_pt + near);
		letters += page->item[i].n_glyphs;
	}
	assert_int_equal(letters, 400);
	sheaf_clear(&s);
}

static void test_blanks(void **state)
{
	struct sheaf s;
	struct page *page = one(&s, *state, "ngày      tháng      năm\u00a02026");

	assert_string_equal(item_words(&page->item[0], &s.arena),
		"ngày      tháng      năm\u00a02026");
	assert_true(fabs(item_end(&page->item[0], *state) - (double)page->item[0].x -
			    fonts_width_pt(*state, FACE_REGULAR, 14,
				    "ngày      tháng      năm\u00a02026")) < near);
	sheaf_clear(&s);
}

static void test_forced(void **state)
{
	struct sheaf s;
	struct block *b;
	struct run run[] = {
		{ .text = "Một " },
		{ .text = "hai", .flags = RUN_BOLD },
		{ .text = ", ba" },
		{ .text = "bốn", .flags = RUN_BREAK | RUN_ITALIC },
	};
	const struct page *page;

	sheaf_init(&s, *state);
	b = sheaf_paragraph(&s, "");
	b->runs = (struct runs){ run, 4 };
	assert_true(sheaf_layout(&s));
	page = &s.file[0].page[0];
	assert_int_equal(page->n_item, 4);
	assert_string_equal(item_words(&page->item[0], &s.arena), "Một ");
	assert_string_equal(item_words(&page->item[1], &s.arena), "hai");
	assert_string_equal(item_words(&page->item[2], &s.arena), ", ba");
	assert_string_equal(item_words(&page->item[3], &s.arena), "bốn");
	assert_int_equal(page->item[1].face, FACE_BOLD);
	assert_int_equal(page->item[3].face, FACE_ITALIC);
	assert_true(page->item[3].y > page->item[2].y);
	assert_true(fabs((double)page->item[3].x - left_pt) < near);
	assert_true(fabs(item_end(&page->item[1], *state) - (double)page->item[2].x) < near);
	sheaf_clear(&s);
}

/* A bold comma directly behind a word does not begin a line. */
static void test_run_borders(void **state)
{
	char text[200];

	for (size_t n = 1; n < 90; n++) {
		struct sheaf s;
		struct run run[3] = { { .text = text }, { .text = ",", .flags = RUN_BOLD },
			{ .text = " và thôn khác" } };
		struct block *b;

		memset(text, 0, sizeof text);
		for (size_t i = 0; i < n; i++)
			strcat(text, i % 5 == 4 ? " " : "n");
		sheaf_init(&s, *state);
		b = sheaf_paragraph(&s, "");
		b->runs = (struct runs){ run, 3 };
		assert_true(sheaf_layout(&s));
		for (size_t i = 0; n % 5 && i < s.file[0].page[0].n_item; i++) {
			const struct item *item = &s.file[0].page[0].item[i];

			assert_false(
				item->face == FACE_BOLD && fabs((double)item->x - left_pt) < near);
		}
		sheaf_clear(&s);
	}
}

/* A link over two lines has two boxes and one element; to another file it is plain text. */
static void test_links(void **state)
{
	struct sheaf s;
	struct header_cell header = { "TT", 0, 0, 1, 1 };
	struct grid_column column = { .align = ALIGN_CENTRE };
	struct grid_table table = { .id = "t",
		.title = "T",
		.n_header = 1,
		.header = &header,
		.n_header_cell = 1,
		.column = &column,
		.n_column = 1 };
	struct run run[2] = { { .text = prose, .flags = RUN_LINK }, { .text = "." } };
	size_t boxes = 0;
	struct block *b;

	sheaf_init(&s, *state);
	b = sheaf_paragraph(&s, "");
	b->runs = (struct runs){ run, 2 };
	run[0].target = sheaf_table(&s, &table);
	assert_true(sheaf_layout(&s));
	for (size_t i = 0; i < s.file[0].page[0].n_item; i++) {
		const struct item *item = &s.file[0].page[0].item[i];

		if (item->kind != ITEM_LINK)
			continue;
		boxes++;
		assert_int_equal(s.file[0].element[item->element].role, ROLE_LINK);
		assert_ptr_equal(item->target, run[0].target);
		assert_true(item->x2 > item->x && item->y2 > item->y);
	}
	assert_in_range(boxes, 3, 5);
	assert_int_equal(s.file[0].n_anchor, 1);
	assert_ptr_equal(s.file[0].anchor[0].block, run[0].target);
	s.part[0].n_block = 1; /* the table is nowhere now */
	assert_true(sheaf_layout(&s));
	for (size_t i = 0; i < s.file[0].page[0].n_item; i++)
		assert_int_equal(s.file[0].page[0].item[i].kind, ITEM_TEXT);
	sheaf_clear(&s);
}

static void test_missing(void **state)
{
	struct sheaf s;

	sheaf_init(&s, *state);
	sheaf_paragraph(&s, "Một 😀 hai 😀 中");
	sheaf_paragraph(&s, "ba 😀");
	assert_false(sheaf_layout(&s));
	assert_int_equal(s.diags.n_error, 3);
	assert_string_equal(s.diags.finding[0].rule, "glyph");
	assert_int_equal(s.diags.finding[2].at.row, 2);
	sheaf_clear(&s);
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
		cmocka_unit_test(test_justified),
		cmocka_unit_test(test_spaces),
		cmocka_unit_test(test_whole_words),
		cmocka_unit_test(test_wide_word),
		cmocka_unit_test(test_blanks),
		cmocka_unit_test(test_forced),
		cmocka_unit_test(test_run_borders),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_missing),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
