/* Pages made by hand, painted, and looked at in the bytes and through poppler. */
#include "base/file.h"
#include "render/backend.h"
#include "render/pdf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ITEMS = 32, ELEMENTS = 16 };

#define VIETNAMESE "KẾ HOẠCH: Đường ở Bắc Sơn (tỷ lệ 25,28% – “hộ nghèo”);"
#define MARKS "ẵ Ỹ ợ đ Ð µ μ Ω Ω ² ‰ ₫ ‑ ‐ - – — … office, fi-nal, AV To" /* look-alikes stay apart */

struct scene {
	struct arena arena;
	struct diags diags;
	struct fonts *fonts;
	struct document document;
	struct pages pages;
	struct page page[2];
	struct item item[2][ITEMS];
	struct element element[ELEMENTS];
	struct bookmark bookmark[2];
	struct anchor anchor[1];
	struct block target;
};

static void put_text(struct scene *s, size_t i_page, int element, float y, const char *text)
{
	struct page *page = &s->page[i_page];
	struct glyphs *glyphs = ARENA_ARRAY(&s->arena, strlen(text) + 1, struct glyphs);
	size_t n = 0;
	double x = 85;

	while (*text) {
		size_t length = *text == ' ' ? 1 : strcspn(text, " ");
		const struct word *word = fonts_word(s->fonts, FACE_REGULAR, text, length,
			(struct origin){ 0 }, &s->diags);

		assert_non_null(word);
		glyphs[n++] = (struct glyphs){ word, (float)x };
		x += word->advance * 14.0 / fonts_units_per_em(s->fonts);
		text += length;
	}
	assert_true(page->n_item < ITEMS);
	page->item[page->n_item++] = (struct item){
		.kind = ITEM_TEXT,
		.element = element,
		.x = 85,
		.y = y,
		.size_pt = 14,
		.glyphs = glyphs,
		.n_glyphs = n,
	};
}

static int add_element(struct scene *s, enum role role, int parent)
{
	size_t i = s->pages.n_element++;

	assert_true(i < ELEMENTS);
	s->element[i] = (struct element){ .role = role, .parent = parent, .level = 1 };
	return (int)i;
}

static void put_table(struct scene *s)
{
	int table = add_element(s, ROLE_TABLE, 0);
	int row = add_element(s, ROLE_ROW, table);
	int head = add_element(s, ROLE_HEADER_CELL, row);
	int row2 = add_element(s, ROLE_ROW, table);
	int cell;

	add_element(s, ROLE_DATA_CELL, row2); /* blank */
	cell = add_element(s, ROLE_DATA_CELL, row2);
	put_text(s, 1, head, 300, "Số hộ");
	put_text(s, 1, cell, 320, "2.737");
}

static void put_pages(struct scene *s)
{
	int root = add_element(s, ROLE_DOCUMENT, -1);
	int heading = add_element(s, ROLE_HEADING, root);
	int paragraph = add_element(s, ROLE_PARAGRAPH, root);
	int long_paragraph;
	int link;

	put_text(s, 0, heading, 100, "I. MỤC TIÊU");
	put_text(s, 0, paragraph, 120, VIETNAMESE);
	put_text(s, 0, paragraph, 130, MARKS);
	link = add_element(s, ROLE_LINK, paragraph);
	put_text(s, 0, link, 140, "Phụ lục I");
	s->item[0][s->page[0].n_item++] = (struct item){
		.kind = ITEM_LINK, .element = link, .x = 85, .y = 128, .x2 = 140, .y2 = 144, .target = &s->target,
	};
	put_text(s, 0, paragraph, 140, " kèm theo Kế hoạch này."); /* goes on behind its link */
	put_text(s, 0, ARTIFACT, 50, "1");
	s->item[0][s->page[0].n_item++] = (struct item){
		.kind = ITEM_RULE, .element = ARTIFACT, .x = 85, .y = 150, .x2 = 400, .y2 = 150, .thickness_pt = 0.5F,
	};
	long_paragraph = add_element(s, ROLE_PARAGRAPH, root);
	put_text(s, 0, long_paragraph, 780, "đoạn văn sang");
	put_text(s, 1, ARTIFACT, 50, "2");
	put_text(s, 1, long_paragraph, 80, "trang sau.");
	put_table(s);
	s->bookmark[0] = (struct bookmark){ "I. MỤC TIÊU", 1, 0, 90, &s->target };
	s->bookmark[1] = (struct bookmark){ "1. Chung", 2, 1, 70, &s->target };
	s->anchor[0] = (struct anchor){ &s->target, 1, 85, 290 };
}

static int open_scene(void **state)
{
	struct scene *s = calloc(1, sizeof *s);

	assert_non_null(s);
	s->fonts = fonts_open(NULL, &s->diags);
	assert_non_null(s->fonts);
	s->document = (struct document){
		.job = "thu",
		.title = "Kế hoạch thử",
		.author = "UBND phường Bắc Sơn",
		.date = { 2023, 3, 9 },
	};
	for (size_t i = 0; i < 2; i++)
		s->page[i] = (struct page){ .width_pt = 595.28F, .height_pt = 841.89F, .item = s->item[i] };
	s->pages = (struct pages){
		.document = &s->document,
		.title = "Kế hoạch thử",
		.page = s->page,
		.n_page = 2,
		.element = s->element,
		.bookmark = s->bookmark,
		.n_bookmark = 2,
		.anchor = s->anchor,
		.n_anchor = 1,
	};
	put_pages(s);
	*state = s;
	return 0;
}

static int close_scene(void **state)
{
	struct scene *s = *state;

	fonts_close(s->fonts);
	diags_clear(&s->diags);
	arena_clear(&s->arena);
	free(s);
	return 0;
}

static struct buf paint(struct scene *s, bool untagged)
{
	struct pdf_options options = { .untagged = untagged };
	struct buf out = { 0 };

	assert_true(pdf_paint(&s->pages, s->fonts, &options, "plan.pdf", &out, &s->diags));
	return out;
}

/* What a program of poppler says about the painted file. */
static char *ask(struct scene *s, const char *program, const char *behind)
{
	char path[] = "/tmp/kehoach-pdf-XXXXXX";
	int fd = mkstemp(path);
	struct buf file = paint(s, false);
	char *answer = arena_array(&s->arena, 1, 65536);
	FILE *pipe;

	assert_true(fd >= 0);
	assert_true(file_write(path, file.text, file.n, &s->diags));
	pipe = popen(arena_printf(&s->arena, "%s %s %s 2>&1", program, path, behind), "r");
	assert_non_null(pipe);
	answer[fread(answer, 1, 65535, pipe)] = '\0';
	assert_int_equal(pclose(pipe), 0);
	close(fd);
	file_remove(path);
	buf_clear(&file);
	return answer;
}

static bool holds(struct buf b, const char *text)
{
	size_t n = strlen(text);

	for (size_t i = 0; i + n <= b.n; i++)
		if (!memcmp(b.text + i, text, n))
			return true;
	return false;
}

static void test_same_bytes(void **state)
{
	struct buf a = paint(*state, false);
	struct buf b = paint(*state, false);

	assert_memory_equal(a.text, "%PDF-1.", 7);
	assert_int_equal(a.n, b.n);
	assert_memory_equal(a.text, b.text, a.n);
	assert_true(holds(a, "20230309000000"));
	buf_clear(&a);
	buf_clear(&b);
}

static void test_untagged_has_no_structure(void **state)
{
	struct buf tagged = paint(*state, false);
	struct buf untagged = paint(*state, true);

	assert_true(holds(tagged, "/StructTreeRoot"));
	assert_false(holds(untagged, "/StructTreeRoot"));
	assert_true(untagged.n < tagged.n);
	buf_clear(&tagged);
	buf_clear(&untagged);
}

static void test_text_copies_out(void **state)
{
	const char *text = ask(*state, "pdftotext -layout", "-");

	assert_non_null(strstr(text, VIETNAMESE));
	assert_non_null(strstr(text, MARKS));
	assert_non_null(strstr(text, "I. MỤC TIÊU"));
	assert_non_null(strstr(text, "trang sau."));
}

/* The tags of the tree as pdfinfo indents them; text is left out. */
static void test_structure(void **state)
{
	static const char want[] =
		"Document\n"
		"  H1 (block)\n"
		"  P (block)\n"
		"    Span (inline)\n"
		"    Link (inline)\n"
		"    Span (inline)\n"
		"  P (block)\n"
		"    Span (inline)\n"
		"    Span (inline)\n"
		"  Table (block)\n"
		"    TR\n"
		"      TH\n"
		"    TR\n"
		"      TD\n"
		"      TD\n";

	assert_string_equal(ask(*state, "pdfinfo -struct", "| sed 's/^  *Object.*//;s/:$//' | grep -v '^$'"), want);
}

static void test_link_among_words(void **state)
{
	const char *raw = ask(*state, "pdftotext -raw", "- | tr '\\n' ' '");
	const char *tree = ask(*state, "pdfinfo -struct-text",
		"| grep -v Object | tr -d '\\n' | sed 's/  */ /g'");

	assert_non_null(strstr(raw, "AV To Phụ lục I kèm theo Kế hoạch này."));
	assert_non_null(strstr(tree,
		"Link (inline) \"Phụ lục I\" Span (inline) \" kèm theo Kế hoạch này.\" P (block)"));
}

static void test_structure_text(void **state)
{
	const char *text = ask(*state, "pdfinfo -struct-text", "| tr -d '\\n' | sed 's/  */ /g'");

	assert_non_null(strstr(text, "Span (inline) \"đoạn văn sang\" Span (inline) \"trang sau.\""));
	assert_non_null(strstr(text, "TD \"\" TD \"2.737\""));
	assert_null(strstr(text, "\"1\"")); /* the page number is no content */
}

static const struct item *item_at(const struct scene *s, size_t page, size_t i)
{
	assert_true(i < s->page[page].n_item);
	return &s->page[page].item[i];
}

/* Items may come in another order than the elements; the tree does not change. */
static void test_order_of_elements(void **state)
{
	struct scene *s = *state;
	struct buf before = paint(s, false);
	struct buf after;
	struct item item = *item_at(s, 0, 0);

	s->item[0][0] = s->item[0][1];
	s->item[0][1] = item;
	after = paint(s, false);
	assert_int_equal(before.n, after.n);
	assert_memory_equal(before.text, after.text, before.n);
	s->item[0][1] = s->item[0][0];
	s->item[0][0] = item;
	buf_clear(&before);
	buf_clear(&after);
}

static void test_folder_that_is_not_there(void **state)
{
	struct scene *s = *state;

	assert_false(backend_pdf.paint(&s->pages, s->fonts, &(struct pdf_options){ 0 }, "/nowhere/plan.pdf", &s->diags));
	assert_int_equal(s->diags.n_fault, 1);
	assert_string_equal(s->diags.finding[0].rule, "io");
	assert_string_equal(s->diags.finding[0].at.file, "/nowhere/plan.pdf");
}

static void test_pictures(void **state)
{
	struct scene *s = *state;
	char dir[] = "/tmp/kehoach-png-XXXXXX";
	struct bytes picture;

	assert_non_null(mkdtemp(dir));
	assert_true(backend_png.paint(&s->pages, s->fonts, &(struct pdf_options){ 0 },
		file_join(dir, "plan.png", &s->arena), &s->diags));
	for (size_t i = 1; i <= 2; i++) {
		const char *path = file_join(dir, arena_printf(&s->arena, "plan-%zu.png", i), &s->arena);

		assert_true(file_read(path, path, 1 << 20, &s->arena, &picture, &s->diags));
		assert_memory_equal(picture.data, "\x89PNG", 4);
		file_remove(path);
	}
	assert_int_equal(rmdir(dir), 0); /* and no other file */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_same_bytes, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_untagged_has_no_structure, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_text_copies_out, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_structure, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_link_among_words, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_structure_text, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_order_of_elements, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_folder_that_is_not_there, open_scene, close_scene),
		cmocka_unit_test_setup_teardown(test_pictures, open_scene, close_scene),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
