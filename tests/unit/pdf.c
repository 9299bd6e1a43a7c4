/* Pages made by hand, painted, and looked at in the bytes and through poppler. */
#include "scene.h"

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

static struct buf paint(struct scene *s, bool untagged)
{
	struct pdf_options options = { .untagged = untagged };
	struct painted painted = { 0 };
	struct buf out;

	assert_true(pdf_paint(&s->pages, s->fonts, &options, "plan.pdf", &painted, &s->diags));
	out = painted.bytes;
	painted.bytes = (struct buf){ 0 };
	painted_clear(&painted);
	return out;
}

/* What a program of poppler says about the finished file: a draft, since the colour profile of the scene is none. */
static char *ask(struct scene *s, const char *program, const char *behind)
{
	char path[] = "/tmp/kehoach-pdf-XXXXXX";
	int fd = mkstemp(path);
	struct pdf_options options = { 0 };
	struct buf file = { 0 };
	char *answer = arena_array(&s->arena, 1, 65536);
	FILE *pipe;

	assert_true(fd >= 0);
	s->document.draft = "DỰ THẢO";
	assert_true(pdf_make(&s->pages, s->fonts, &options, "plan.pdf", &file, &s->diags));
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
		"    Link (inline)\n"
		"  P (block)\n"
		"  Table (block)\n"
		"    TR\n"
		"      TH <c00000007>\n"
		"         /Scope /Column\n"
		"         /ColSpan 2\n"
		"    TR\n"
		"      TD\n"
		"         /Headers [(c00000007)]\n"
		"      TD\n"
		"         /Headers [(c00000007)]\n";

	assert_string_equal(ask(*state, "pdfinfo -struct", "| sed 's/^  *Object.*//;s/:$//' | grep -v '^$'"), want);
}

static void test_link_among_words(void **state)
{
	const char *raw = ask(*state, "pdftotext -raw", "- | tr '\\n' ' '");
	const char *tree = ask(*state, "pdfinfo -struct-text",
		"| grep -v Object | tr -d '\\n' | sed 's/  */ /g'");

	assert_non_null(strstr(raw, "AV To Phụ lục I kèm theo Kế hoạch này."));
	assert_non_null(strstr(tree,
		"Link (inline) \"Phụ lục I\" \" kèm theo Kế hoạch này.\" P (block)"));
}

static void test_structure_text(void **state)
{
	const char *text = ask(*state, "pdfinfo -struct-text", "| tr -d '\\n' | sed 's/  */ /g'");

	assert_non_null(strstr(text, "P (block) \"đoạn văn sang\" \"trang sau.\" Table (block)"));
	assert_non_null(strstr(text, "TD: /Headers [(c00000007)] \"2.737\""));
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
