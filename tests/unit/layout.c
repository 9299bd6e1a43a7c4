#include "documents.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const double near = 0.05; /* [pt] */

static const struct letterhead letterhead = {
	.parent = "UBND TỈNH GIA LAI",
	.issuer = { "SỞ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI" },
	.n_issuer = 2,
	.number = "Số:           /KH-SLĐTBXH",
	.nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
	.motto = "Độc lập - Tự do - Hạnh phúc",
	.place_date = "Gia Lai, ngày      tháng      năm 2026",
};

static const struct recipient recipients[] = {
	{ "- UBND tỉnh (b/c);" },
	{ "- Phòng Lao động - Thương binh và Xã hội các huyện, thị xã, thành phố;" },
	{ "- Lưu: VT, KH." },
};

static const struct signature signature = { .line = { "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH" }, .n_line = 2,
	.name = "Nguyễn Văn A" };

static const struct foot foot = { "Nơi nhận:", recipients, 3, &signature, 1 };

/* n words, about seven of which make a centimetre of text. */
static const char *words(struct arena *a, size_t n)
{
	static const char *const some[] = { "hộ", "nghèo", "phường", "và", "giảm", "thôn", "của" };
	const char *s = "Từ";

	for (size_t i = 0; i < n; i++)
		s = arena_printf(a, "%s %s", s, some[i % 7]);
	return s;
}

static const struct item *find(struct sheaf *s, size_t page, const char *text)
{
	const struct item *item = page_find(&s->file[0].page[page], text, &s->arena);

	if (!item)
		fail_msg("'%s' is not on page %zu", text, page + 1);
	return item;
}

static double width_of(const struct item *item, const struct fonts *fonts)
{
	return item_end(item, fonts) - (double)item->x;
}

static double middle(const struct item *item, const struct fonts *fonts)
{
	return (item_end(item, fonts) + (double)item->x) / 2;
}

/* The rule nearest below an item, at most 8 pt below its baseline. */
static const struct item *rule_below(const struct page *page, const struct item *text)
{
	for (size_t i = 0; i < page->n_item; i++) {
		const struct item *item = &page->item[i];

		if (item->kind == ITEM_RULE && item->y > text->y && item->y < text->y + 8 &&
			item->x2 > text->x && item->x < text->x + 200)
			return item;
	}
	fail_msg("no rule below");
	return NULL;
}

static void test_letterhead(void **state)
{
	struct sheaf s;
	const struct page *page;
	const struct item *nation;
	const struct item *motto;
	const struct item *issuer;
	const struct item *number;
	const struct item *place;
	const struct item *rule;

	sheaf_init(&s, *state);
	sheaf_block(&s, BLOCK_LETTERHEAD)->letterhead = &letterhead;
	assert_true(sheaf_layout(&s));
	page = &s.file[0].page[0];
	nation = find(&s, 0, letterhead.nation);
	motto = find(&s, 0, letterhead.motto);
	issuer = find(&s, 0, "VÀ XÃ HỘI");
	number = find(&s, 0, letterhead.number);
	place = find(&s, 0, letterhead.place_date);
	assert_int_equal(nation->face, FACE_BOLD);
	assert_int_equal(find(&s, 0, letterhead.parent)->face, FACE_REGULAR);
	assert_int_equal(place->face, FACE_ITALIC);
	assert_true(item_end(nation, *state) < right_pt + near);
	assert_true(fabs(middle(nation, *state) - middle(motto, *state)) < near);
	assert_true(fabs(middle(place, *state) - middle(motto, *state)) < near);
	assert_true(fabs(middle(number, *state) - middle(issuer, *state)) < near);
	assert_true(fabs((double)(number->y - place->y)) < near);
	rule = rule_below(page, motto);
	assert_true(fabs((double)(rule->x2 - rule->x) - width_of(motto, *state)) < near);
	assert_true(fabs((double)rule->x - (double)motto->x) < near);
	rule = rule_below(page, issuer);
	assert_true(fabs((double)(rule->x2 - rule->x) - 0.4 * width_of(issuer, *state)) < near);
	sheaf_clear(&s);
}

/* The longest place stays beside the number: the column grows, then the type shrinks to 13. */
static void test_long_place(void **state)
{
	struct letterhead h = letterhead;
	struct style style = nd30;
	struct sheaf s;
	const struct item *place;

	h.place_date = "Thành phố Hồ Chí Minh, ngày 29 tháng 12 năm 2026";
	style.place_pt = 14;
	sheaf_init(&s, *state);
	s.document.style = &style;
	sheaf_block(&s, BLOCK_LETTERHEAD)->letterhead = &h;
	assert_true(sheaf_layout(&s));
	place = find(&s, 0, h.place_date);
	assert_true(item_end(place, *state) < right_pt + near);
	assert_true((double)place->x > item_end(find(&s, 0, h.number), *state) + 5);
	assert_in_range(place->size_pt, 13, 14);
	style.portrait.right_mm = 40;
	assert_true(sheaf_layout(&s));
	assert_true(find(&s, 0, h.place_date)->size_pt < 13.6F);
	sheaf_clear(&s);
}

static void test_title(void **state)
{
	struct sheaf s;
	struct title title = { .kind = "KẾ HOẠCH" };
	struct block *b;
	const struct item *kind;
	const struct item *rule;
	const struct item *line;

	sheaf_init(&s, *state);
	title.name = sheaf_runs(&s,
		"Thực hiện công tác giảm nghèo bền vững năm 2023 trên địa bàn phường nhà", 0);
	b = sheaf_block(&s, BLOCK_TITLE);
	b->head = &title;
	assert_true(sheaf_layout(&s));
	kind = find(&s, 0, "KẾ HOẠCH");
	line = find(&s, 0, "năm 2023 trên địa bàn phường nhà"); /* of about half the text */
	rule = rule_below(&s.file[0].page[0], line);
	assert_true(fabs(middle(kind, *state) - (left_pt + right_pt) / 2) < near);
	assert_true(fabs((double)(rule->x2 - rule->x) - 0.4 * width_of(line, *state)) < near);
	assert_int_equal(s.file[0].element[kind->element].role, ROLE_HEADING);
	assert_int_equal(kind->element, line->element);
	sheaf_clear(&s);
}

/* ---- pages ---- */

/* The last text item of a page whose element is not an artifact. */
static const struct item *last_text(const struct page *page)
{
	for (size_t i = page->n_item; i-- > 0;)
		if (page->item[i].kind == ITEM_TEXT && page->item[i].element != ARTIFACT)
			return &page->item[i];
	return NULL;
}

static size_t count_lines(const struct page *page, int element)
{
	size_t n = 0;
	float y = -1;

	for (size_t i = 0; i < page->n_item; i++) {
		const struct item *item = &page->item[i];

		if (item->kind != ITEM_TEXT || item->element != element || fabsf(item->y - y) < 1)
			continue;
		y = item->y;
		n++;
	}
	return n;
}

/* On each page: inside the margins, no heading at the end, no single line of a longer paragraph. */
static void check_pages(const struct pages *pages)
{
	for (size_t i = 0; i < pages->n_page; i++) {
		const struct page *page = &pages->page[i];
		const struct item *last = last_text(page);

		assert_non_null(last);
		assert_true((double)last->y < bottom_pt);
		assert_true(pages->element[last->element].role != ROLE_HEADING);
		for (size_t k = 0; k < page->n_item && i > 0; k++) {
			size_t here = count_lines(page, page->item[k].element);
			size_t before = count_lines(page - 1, page->item[k].element);

			if (page->item[k].element != ARTIFACT && before)
				assert_true(here >= 2 && before >= 2);
		}
	}
}

static void test_breaks(void **state)
{
	for (size_t shift = 0; shift < 60; shift++) {
		struct sheaf s;

		sheaf_init(&s, *state);
		sheaf_paragraph(&s, words(&s.arena, shift * 5));
		for (size_t i = 0; i < 30; i++) {
			sheaf_paragraph(&s, words(&s.arena, (i * 37 + shift) % 90));
			if (i % 3 == 0)
				sheaf_heading(&s, 1 + (int)i % 4, "1.", "Tiêu đề");
			if (i % 6 == 0)
				sheaf_heading(&s, 2, "a)", "Tiêu đề hai");
			sheaf_item(&s, 1 + (int)i % 3, "-", words(&s.arena, (i * 11 + shift) % 50));
		}
		sheaf_paragraph(&s, "Hết./.");
		assert_true(sheaf_layout(&s));
		assert_in_range(s.file[0].n_page, 2, 6);
		check_pages(&s.file[0]);
		sheaf_clear(&s);
	}
}

/* A heading with text behind it stays whole above a deeper one; alone it may go over a page. */
static void test_run_in(void **state)
{
	size_t n_split[2] = { 0, 0 };

	for (size_t n = 0; n < 90; n++) {
		struct sheaf s;
		struct block *b;
		int element = -1;

		sheaf_init(&s, *state);
		for (size_t i = 0; i < n / 2; i++)
			sheaf_paragraph(&s, "Một dòng.");
		b = sheaf_heading(&s, 1, "2.", "Thực hiện các dự án thuộc Chương trình");
		b->runs = sheaf_runs(&s, words(&s.arena, 60), 0);
		sheaf_heading(&s, n % 2 ? 2 : 1, "2.1.", "Dự án");
		sheaf_paragraph(&s, "Hết./.");
		assert_true(sheaf_layout(&s));
		for (int i = 0; i < (int)s.file[0].n_element; i++)
			if (s.file[0].element[i].role == ROLE_HEADING && element < 0)
				element = i + 1; /* the text */
		assert_int_equal(s.file[0].element[element].role, ROLE_PARAGRAPH);
		for (size_t i = 1; i < s.file[0].n_page; i++)
			n_split[n % 2] += count_lines(&s.file[0].page[i - 1], element) &&
				count_lines(&s.file[0].page[i], element);
		sheaf_clear(&s);
	}
	assert_true(n_split[0] > 0);
	assert_int_equal(n_split[1], 0);
}

static void test_numbers(void **state)
{
	struct sheaf s;
	const struct item *number;
	size_t n_turned = 0;

	sheaf_init(&s, *state);
	for (size_t i = 0; i < 40; i++)
		sheaf_paragraph(&s, words(&s.arena, 60));
	sheaf_part(&s, true, false);
	for (size_t i = 0; i < 40; i++)
		sheaf_paragraph(&s, words(&s.arena, 60));
	assert_true(sheaf_layout(&s));
	assert_null(s.file[0].page[0].number);
	assert_string_equal(s.file[0].page[1].number, "2");
	number = find(&s, 1, "2");
	assert_int_equal(number->element, ARTIFACT);
	assert_true(fabs(middle(number, *state) - (left_pt + right_pt) / 2) < near);
	assert_true((double)number->y < top_pt);
	for (size_t i = 1; i < s.file[0].n_page; i++) {
		bool turned = s.file[0].page[i].width_pt > s.file[0].page[i].height_pt;
		bool first = turned &&
			s.file[0].page[i - 1].width_pt < s.file[0].page[i - 1].height_pt;

		assert_int_equal(!s.file[0].page[i].number, first);
		n_turned += turned;
	}
	assert_in_range(n_turned, 3, 9);
	assert_string_equal(s.file[0].page[s.file[0].n_page - 1].number,
		arena_printf(&s.arena, "%zu", n_turned));
	sheaf_clear(&s);
}

/* Never alone on a page: at least the last two lines of the text stand above it. */
static void test_foot(void **state)
{
	for (size_t n = 0; n < 60; n++) {
		struct sheaf s;
		const struct pages *p;
		const struct page *page;
		const struct item *head;
		const struct item *line;
		size_t lines;

		sheaf_init(&s, *state);
		for (size_t i = 0; i < n; i++)
			sheaf_paragraph(&s, "Một dòng.");
		sheaf_paragraph(&s, words(&s.arena, 40));
		sheaf_block(&s, BLOCK_FOOT)->foot = &foot;
		assert_true(sheaf_layout(&s));
		p = &s.file[0];
		page = &p->page[p->n_page - 1];
		head = find(&s, p->n_page - 1, "Nơi nhận:");
		line = find(&s, p->n_page - 1, "TM. ỦY BAN NHÂN DÂN");
		find(&s, p->n_page - 1, "Nguyễn Văn A");
		assert_true(fabs((double)(head->y - line->y)) < 0.5);
		assert_true(fabs((double)head->x - left_pt) < near);
		lines = 0;
		for (size_t i = 0; i < page->n_item; i++)
			lines += page->item[i].element != ARTIFACT &&
				page->item[i].y < head->y - 14;
		assert_true(lines >= 2);
		sheaf_clear(&s);
	}
}

/* More recipients than a page has lines. */
static void test_long_foot(void **state)
{
	struct recipient many[200];
	struct foot long_foot = foot;
	struct sheaf s;

	for (size_t i = 0; i < 200; i++)
		many[i].text = "- Các ban, ngành;";
	long_foot.recipient = many;
	long_foot.n_recipient = 200;
	sheaf_init(&s, *state);
	sheaf_paragraph(&s, words(&s.arena, 40));
	sheaf_block(&s, BLOCK_FOOT)->foot = &long_foot;
	assert_true(sheaf_layout(&s));
	assert_in_range(s.file[0].n_page, 4, 5);
	for (size_t i = 0; i < s.file[0].n_page; i++)
		assert_true((double)last_text(&s.file[0].page[i])->y < bottom_pt);
	sheaf_clear(&s);
}

/* ---- structure ---- */

static void test_lists(void **state)
{
	static const enum role want[] = { ROLE_DOCUMENT, ROLE_LIST, ROLE_LIST_ITEM, ROLE_LABEL,
		ROLE_LIST_BODY, ROLE_LIST, ROLE_LIST_ITEM, ROLE_LABEL, ROLE_LIST_BODY,
		ROLE_LIST_ITEM, ROLE_LABEL, ROLE_LIST_BODY, ROLE_PARAGRAPH, ROLE_LIST,
		ROLE_LIST_ITEM, ROLE_LABEL, ROLE_LIST_BODY };
	static const int parent[] = { -1, 0, 1, 2, 2, 4, 5, 6, 6, 1, 9, 9, 0, 0, 13, 14, 14 };
	struct sheaf s;
	const struct item *nested;

	sheaf_init(&s, *state);
	sheaf_item(&s, 1, "-", "Một");
	sheaf_item(&s, 2, "+", "Hai");
	sheaf_item(&s, 1, "-", "Ba");
	sheaf_paragraph(&s, "Bốn");
	sheaf_item(&s, 1, "a)", "Năm");
	assert_true(sheaf_layout(&s));
	assert_int_equal(s.file[0].n_element, sizeof want / sizeof *want);
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		assert_int_equal(s.file[0].element[i].role, want[i]);
		assert_int_equal(s.file[0].element[i].parent, parent[i]);
	}
	nested = find(&s, 0, "+ ");
	assert_true(fabs((double)nested->x - left_pt - first_line_pt - 6 * 72 / 25.4) < near);
	sheaf_clear(&s);
}

static void test_headings(void **state)
{
	struct title title = { .kind = "KẾ HOẠCH" };
	struct sheaf s;
	struct block *b;
	const struct item *run_in;

	sheaf_init(&s, *state);
	b = sheaf_block(&s, BLOCK_TITLE);
	b->head = &title;
	b->bookmark = "KẾ HOẠCH";
	sheaf_heading(&s, 1, "I.", "MỤC TIÊU");
	sheaf_heading(&s, 3, "a)", "Sâu"); /* no level is skipped */
	b = sheaf_heading(&s, 2, "1.", "Tên:");
	b->runs = sheaf_runs(&s, "chữ thường.", 0);
	b = sheaf_heading(&s, 2, "2.", "");
	b->title.n_run = 0;
	b->bookmark = NULL;
	b->runs = sheaf_runs(&s, "Không tên.", 0);
	assert_true(sheaf_layout(&s));
	assert_int_equal(s.file[0].element[find(&s, 0, "I. MỤC TIÊU")->element].level, 2);
	assert_int_equal(s.file[0].element[find(&s, 0, "a) Sâu")->element].level, 3);
	assert_int_equal(find(&s, 0, "1. Tên: ")->face, FACE_BOLD);
	run_in = find(&s, 0, "chữ thường.");
	assert_int_equal(run_in->face, FACE_REGULAR);
	assert_int_equal(s.file[0].element[run_in->element].role, ROLE_PARAGRAPH);
	assert_int_equal(find(&s, 0, "2. Không tên.")->face, FACE_REGULAR);
	assert_int_equal(s.file[0].n_bookmark, 4);
	assert_int_equal(s.file[0].bookmark[0].level, 1);
	assert_int_equal(s.file[0].bookmark[1].level, 1);
	assert_int_equal(s.file[0].bookmark[2].level, 2);
	assert_int_equal(s.file[0].bookmark[3].level, 2);
	sheaf_clear(&s);
}

static void test_files(void **state)
{
	struct title title = { .kind = "Phụ lục I",
		.attached = "(Kèm theo Kế hoạch số 45/KH-UBND)" };
	struct sheaf s;
	struct block *target;
	struct run run = { .text = "Phụ lục I", .flags = RUN_LINK };

	sheaf_init(&s, *state);
	sheaf_paragraph(&s, "")->runs = (struct runs){ &run, 1 };
	sheaf_part(&s, true, true);
	s.part[1].title = "Phụ lục I";
	title.name = sheaf_runs(&s, "CHỈ TIÊU", 0);
	target = sheaf_block(&s, BLOCK_APPENDIX);
	target->head = &title;
	target->bookmark = "Phụ lục I";
	run.target = target;
	s.document.draft = "DỰ THẢO";
	assert_true(sheaf_layout(&s));
	assert_int_equal(s.n_file, 2);
	assert_string_equal(s.file[0].title, "Kế hoạch");
	assert_string_equal(s.file[1].title, "Phụ lục I");
	assert_int_equal(s.file[0].n_anchor, 0);
	assert_int_equal(s.file[1].n_anchor, 1);
	assert_int_equal(s.file[1].n_bookmark, 1);
	assert_int_equal(s.file[1].element[1].role, ROLE_PART);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(s.file[i].page[0].item[0].kind, ITEM_DRAFT);
		assert_string_equal(item_words(&s.file[i].page[0].item[0], &s.arena), "DỰ THẢO");
	}
	s.part[1].separate = false;
	assert_true(sheaf_layout(&s));
	assert_int_equal(s.n_file, 1);
	assert_int_equal(s.file[0].n_page, 2);
	assert_int_equal(s.file[0].n_anchor, 1);
	sheaf_clear(&s);
}

static void test_text(void **state)
{
	static const char want[] =
		"file: Kế hoạch\n"
		"page 1 595x842 number=-\n"
		"text 121.0 69.5 14.0 bold H1: I. MỤC TIÊU\n"
		"text 121.0 91.6 14.0 regular L/LI/Lbl: - \n"
		"text 129.2 91.6 14.0 regular L/LI/LBody: Giảm nghèo.\n"
		"bookmark 1 page 1 y 56.7: MỤC TIÊU\n";
	struct sheaf s;

	sheaf_init(&s, *state);
	sheaf_heading(&s, 1, "I.", "MỤC TIÊU");
	sheaf_item(&s, 1, "-", "Giảm nghèo.");
	assert_true(sheaf_layout(&s));
	assert_string_equal(pages_text(&s.file[0], &s.arena), want);
	sheaf_clear(&s);
}

/* An empty part still has a page; texts and margins of any size end. */
static void test_odd(void **state)
{
	struct style style = nd30;
	struct sheaf s;

	sheaf_init(&s, *state);
	assert_true(sheaf_layout(&s));
	assert_int_equal(s.file[0].n_page, 1);
	style.portrait = (struct page_style){ 100, 100, 60, 60, 60, 60 };
	s.document.style = &style;
	sheaf_block(&s, BLOCK_LETTERHEAD)->letterhead = &letterhead;
	sheaf_paragraph(&s, words(&s.arena, 20));
	sheaf_paragraph(&s, "");
	sheaf_item(&s, 9, "", "");
	sheaf_item(&s, -1, "", " x ");
	sheaf_block(&s, BLOCK_FOOT)->foot = &foot;
	assert_true(sheaf_layout(&s));
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

/* An item whose level has no item above it: no list without items stands around it. */
static void test_lists_without_items(void **state)
{
	static const enum role want[] = { ROLE_DOCUMENT, ROLE_LIST, ROLE_LIST_ITEM, ROLE_LABEL, ROLE_LIST_BODY, ROLE_LIST,
		ROLE_LIST_ITEM, ROLE_LABEL, ROLE_LIST_BODY, ROLE_LIST, ROLE_LIST_ITEM, ROLE_LABEL, ROLE_LIST_BODY,
		ROLE_LIST, ROLE_LIST_ITEM, ROLE_LABEL, ROLE_LIST_BODY };
	static const int parent[] = { -1, 0, 1, 2, 2, 0, 5, 6, 6, 8, 9, 10, 10, 8, 13, 14, 14 };
	struct sheaf s;

	sheaf_init(&s, *state);
	sheaf_item(&s, 2, "+", "Một");
	sheaf_item(&s, 1, "-", "Hai");
	sheaf_item(&s, 3, "*", "Ba");
	sheaf_item(&s, 2, "+", "Bốn");
	assert_true(sheaf_layout(&s));
	assert_int_equal(s.file[0].n_element, sizeof want / sizeof *want);
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		assert_int_equal(s.file[0].element[i].role, want[i]);
		assert_int_equal(s.file[0].element[i].parent, parent[i]);
	}
	sheaf_clear(&s);
}

/* The record tells the pages of all files, in each of them; a number that is too long is an error. */
static void test_record(void **state)
{
	static const struct record_property agency = { NULL, 0, "OrganName", "Ủy ban nhân dân xã Mẫu" };
	struct sheaf s;

	sheaf_init(&s, *state);
	for (size_t i = 0; i < 60; i++)
		sheaf_paragraph(&s, words(&s.arena, 100));
	sheaf_part(&s, false, true);
	sheaf_paragraph(&s, "Phụ lục");
	s.document.record = &agency;
	s.document.n_record = 1;
	s.document.page_property = "PageAmount";
	s.document.page_digits = 2;
	assert_true(sheaf_layout(&s));
	assert_int_equal(s.n_file, 2);
	assert_true(s.file[0].n_page > 9);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(s.file[i].n_record, 2);
		assert_string_equal(s.file[i].record[0].name, "OrganName");
		assert_string_equal(s.file[i].record[1].name, "PageAmount");
		assert_int_equal(atoi(s.file[i].record[1].text), s.file[0].n_page + 1);
	}
	s.document.page_digits = 1;
	assert_false(sheaf_layout(&s));
	assert_string_equal(s.diags.finding[0].rule, "record");
	sheaf_clear(&s);
}

/* All that an element says, in the order it is read. */
static const char *element_words(struct sheaf *s, size_t element)
{
	const char *all = "";

	for (size_t i = 0; i < s->file[0].n_page; i++)
		for (size_t k = 0; k < s->file[0].page[i].n_item; k++) {
			const struct item *item = &s->file[0].page[i].item[k];

			if (item->element == (int)element)
				all = arena_printf(&s->arena, "%s%s", all, item_words(item, &s->arena));
		}
	return all;
}

/* The lines of an element are words apart, also where each is a text of its own. */
static void test_words_apart(void **state)
{
	struct sheaf s;
	struct title head = { .kind = "KẾ HOẠCH" };
	const char *title;
	const char *authority = NULL;

	sheaf_init(&s, *state);
	head.name = sheaf_runs(&s, words(&s.arena, 40), 0);
	title = arena_printf(&s.arena, "KẾ HOẠCH %s", words(&s.arena, 40));
	sheaf_block(&s, BLOCK_TITLE)->head = &head;
	sheaf_block(&s, BLOCK_FOOT)->foot = &foot;
	assert_true(sheaf_layout(&s));
	for (size_t i = 0; i < s.file[0].n_element; i++)
		if (s.file[0].element[i].role == ROLE_HEADING)
			assert_string_equal(element_words(&s, i), title);
		else if (strstr(element_words(&s, i), "ỦY BAN"))
			authority = element_words(&s, i);
	assert_non_null(authority);
	assert_string_equal(authority, "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH");
	sheaf_clear(&s);
}

/* ---- items ---- */

static void put_in(struct block *b, int item)
{
	b->item = item;
}

/* What stands in an item hangs from its body, and the list goes on behind it. */
static void test_items(void **state)
{
	static const char *const want[] = { "L/LI/LBody: mot", "L/LI/LBody/P: hai", "L/LI/LBody/L/LI/LBody: ba", "L/LI/LBody/L/LI/LBody/P: bon",
		"L/LI/LBody/P: nam", "L/LI/LBody: sau", " P: bay", "L/LI/LBody: tam", " P: chin" };
	struct sheaf s;
	const char *text;
	int list;

	sheaf_init(&s, *state);
	sheaf_item(&s, 1, "-", "mot");
	put_in(sheaf_paragraph(&s, "hai"), 1);
	sheaf_item(&s, 2, "+", "ba");
	put_in(sheaf_paragraph(&s, "bon"), 2);
	put_in(sheaf_item(&s, 1, "", "nam"), 1);
	sheaf_item(&s, 1, "-", "sau");
	sheaf_paragraph(&s, "bay");
	put_in(sheaf_item(&s, 2, "+", "tam"), 0);
	put_in(sheaf_paragraph(&s, "chin"), 1); /* there is no item of that level */
	assert_true(sheaf_layout(&s));
	text = pages_text(&s.file[0], &s.arena);
	for (size_t i = 0; i < sizeof want / sizeof *want; i++)
		if (!strstr(text, want[i]))
			fail_msg("%s: %s", want[i], text);
	list = 0;
	for (size_t i = 0; i < s.file[0].n_element; i++)
		list += s.file[0].element[i].role == ROLE_LIST;
	assert_int_equal(list, 3);
	sheaf_clear(&s);
}

/* An item of no item's hangs from none. */
static void test_item_alone(void **state)
{
	struct sheaf s;
	const char *text;

	sheaf_init(&s, *state);
	sheaf_item(&s, 1, "-", "mot");
	put_in(sheaf_item(&s, 2, "+", "hai"), 0);
	put_in(sheaf_item(&s, 2, "+", "ba"), 0);
	sheaf_item(&s, 1, "-", "bon");
	assert_true(sheaf_layout(&s));
	text = pages_text(&s.file[0], &s.arena);
	assert_null(strstr(text, "LBody/L"));
	assert_int_equal(s.file[0].n_element, 1 + 3 + 4 * 3);
	sheaf_clear(&s);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_letterhead),
		cmocka_unit_test(test_long_place),
		cmocka_unit_test(test_title),
		cmocka_unit_test(test_breaks),
		cmocka_unit_test(test_run_in),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_foot),
		cmocka_unit_test(test_long_foot),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_lists_without_items),
		cmocka_unit_test(test_headings),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_odd),
		cmocka_unit_test(test_words_apart),
		cmocka_unit_test(test_record),
		cmocka_unit_test(test_items),
		cmocka_unit_test(test_item_alone),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
