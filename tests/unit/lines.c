#include "documents.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

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

		all = arena_printf(&s.arena, "%s%s", all, item_words(item, &s.arena));
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

/* All lines of the page: one that ends between words ends with a space. */
static const char *all_lines(struct sheaf *s, const struct page *page)
{
	const char *all = "";

	for (size_t i = 0; i < page->n_item; i++)
		all = arena_printf(&s->arena, "%s%s", all, item_words(&page->item[i], &s->arena));
	return all;
}

enum { SHIFTS = 60 };

/* With the text at every place in the line: how often a line begins so; all words stay whole. */
static size_t count_begins(struct fonts *fonts, const char *text, const char *begin)
{
	size_t n = 0;

	for (size_t shift = 1; shift <= SHIFTS; shift++) {
		struct sheaf s;
		char *whole = memory_new(1, shift + strlen(text) + 1);
		const struct page *page;

		for (size_t i = 0; i < shift; i++)
			whole[i] = i % 4 == 2 && i + 1 < shift ? ' ' : 'a';
		strcpy(whole + shift, text);
		page = one(&s, fonts, whole);
		n += begins(&s, page, begin);
		assert_string_equal(all_lines(&s, page), whole);
		sheaf_clear(&s);
		free(whole);
	}
	return n;
}

/* What never begins a line. */
static void test_never(void **state)
{
	static const struct {
		const char *text;
		const char *begin;
	} cases[] = {
		{ " về phát triển kinh tế - xã hội của Ủy ban nhân dân phường Bắc Sơn trong năm",
			"-" },
		{ " về phát triển kinh tế – xã hội của Ủy ban nhân dân phường Bắc Sơn trong năm",
			"–" },
		{ " về phát triển kinh tế — xã hội của Ủy ban nhân dân phường Bắc Sơn trong năm",
			"—" },
		{ " phấn đấu tỷ lệ hộ nghèo của phường giảm 5 % so với cuối năm trước đó nữa",
			"%" },
		{ " phấn đấu tỷ lệ hộ nghèo của phường giảm (5 %), so với cuối năm trước đó nữa",
			"%" },
		{ " về giảm nghèo bền vững giai đoạn 2021 - 2025 trên địa bàn phường Bắc Sơn này",
			"2025" },
		{ " về giảm nghèo bền vững giai đoạn (2021 – 2025); trên địa bàn phường Bắc Sơn",
			"2025" },
		{ " về giảm nghèo bền vững giai đoạn 2021- 2025 trên địa bàn phường Bắc Sơn này",
			"2025" },
		{ " về giảm nghèo bền vững giai đoạn 2021 -2025 trên địa bàn phường Bắc Sơn này",
			"-2025" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(count_begins(*state, cases[i].text, cases[i].begin), 0);
	/* but behind a dash between words a line may end */
	assert_true(count_begins(*state, cases[0].text, "xã hội") > 1);
}

/* What stays with its number wherever lines do not get loose, and what does not. */
static void test_bound(void **state)
{
	static const struct {
		const char *text;
		const char *begin;
	} cases[] = {
		{ " theo Kế hoạch số 45 của Ủy ban nhân dân phường Bắc Sơn về giảm nghèo", "45" },
		{ " và họp Ban Chỉ đạo (ngày 11) của Ủy ban nhân dân phường Bắc Sơn", "11)" },
		{ " theo khoản và điểm a) của Nghị định, theo hướng dẫn của Bộ và của tỉnh", "a)" },
		{ " đã nêu tại Mục II. của Kế hoạch, theo hướng dẫn của Bộ và của tỉnh", "II." },
		{ " có diện tích sử dụng tối thiểu 30 m², bảo đảm tiêu chuẩn và bền chắc", "m²," },
	};
	static const char free_text[] =
		" có diện tích sử dụng của hộ 45 người ở, bảo đảm tiêu chuẩn và bền chắc";

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(count_begins(*state, cases[i].text, cases[i].begin), 0);
	assert_true(count_begins(*state, free_text, "45") > 2);
	assert_true(count_begins(*state, free_text, "người") > 2);
}

/* Numbers of documents, dates, periods and measures stay whole. */
static void test_whole_words(void **state)
{
	assert_int_equal(count_begins(*state,
				 " theo 1728/QĐ-UBND, 24/2021/NQ-CP, 51-CTr/HU, 05-CT/TW, đến 20/10/2024 và "
				 "2021-2025: 8 m²/người, LĐTB&XH-VP, Kinh-tế/xã-hội, hộ/khẩu",
				 "CP"),
		0);
}

/* Plain words may be broken behind their dashes. */
static void test_plain_words(void **state)
{
	static const char *const parts[] = { "nghèo-", "thoát–", "triển/" };
	char text[1000] = "";
	struct sheaf s;
	struct page *page;

	for (size_t i = 0; i < 40; i++)
		strcat(text, parts[i % 3]);
	page = one(&s, *state, strcat(text, "nghèo"));
	assert_in_range(page->n_item, 3, 4);
	for (size_t i = 0; i < page->n_item; i++) {
		const char *first = page->item[i].glyphs[0].word->text;

		assert_true(!strncmp(first, "ngh", 3) || !strncmp(first, "tho", 3) ||
			!strncmp(first, "tri", 3));
	}
	sheaf_clear(&s);
}

/* A number of a document that is wider than the line is broken behind its marks only. */
static void test_wide_number(void **state)
{
	char text[1000] = "theo ";
	struct sheaf s;
	struct page *page;

	for (size_t i = 0; i < 20; i++)
		strcat(text, "39/2022/NQ-HĐND-");
	page = one(&s, *state, text);
	assert_in_range(page->n_item, 4, 6);
	for (size_t i = 0; i + 1 < page->n_item; i++) {
		const char *words = item_words(&page->item[i], &s.arena);
		char last = words[strlen(words) - 1];

		assert_true(last == '-' || last == '/' || !strcmp(words, "theo"));
	}
	sheaf_clear(&s);
}

/* A line that would have holes is left short. */
static void test_holes(void **state)
{
	char text[200] = "Một hai ";
	struct sheaf s;
	struct page *page;

	memset(text + strlen(text), 'm', 38);
	page = one(&s, *state, text);
	assert_int_equal(page->n_item, 2);
	assert_true(item_end(&page->item[0], *state) < right_pt / 2);
	sheaf_clear(&s);
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
	assert_string_equal(item_words(&page->item[2], &s.arena), ", ba ");
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
		cmocka_unit_test(test_never),
		cmocka_unit_test(test_bound),
		cmocka_unit_test(test_whole_words),
		cmocka_unit_test(test_plain_words),
		cmocka_unit_test(test_wide_number),
		cmocka_unit_test(test_holes),
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
