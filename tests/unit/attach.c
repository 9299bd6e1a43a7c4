#include "cmd/attach.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { LARGE = 40 << 20 }; /* [bytes] two are more than may be attached */

struct sample {
	char dir[64];
	struct arena arena;
	struct diags diags;
	struct source source[4];
	struct job job;
};

static void sample_init(struct sample *s)
{
	*s = (struct sample){ .dir = "/tmp/kehoach-attach-XXXXXX" };
	assert_non_null(mkdtemp(s->dir));
	s->job.source = s->source;
}

/* A source whose file has that content; a hole of n bytes where there is none. */
static void sample_source(struct sample *s, const char *id, const char *href, const char *content, size_t n)
{
	char *path = arena_printf(&s->arena, "%s/%s", s->dir, href);
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	if (content)
		fputs(content, file);
	fflush(file);
	if (!content)
		assert_int_equal(ftruncate(fileno(file), (off_t)n), 0);
	fclose(file);
	s->source[s->job.n_source++] = (struct source){ .id = id, .path = path, .shown = href, .href = href, .at = { "job.xml", NULL, 4, 3 } };
}

static void sample_clear(struct sample *s)
{
	for (size_t i = 0; i < s->job.n_source; i++)
		remove(s->source[i].path);
	remove(s->dir);
	diags_clear(&s->diags);
	arena_clear(&s->arena);
}

/* Two sources of one file are one attachment. */
static void test_sources(void **state)
{
	static const struct {
		const char *name, *mime, *content, *description;
	} want[] = {
		{ "chi-tieu.csv", "text/csv", "a;b\n", "targets" },
		{ "so-lieu.XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK", "people, previous" },
	};
	struct pdf_options options = { 0 };
	struct sample s;

	(void)state;
	sample_init(&s);
	sample_source(&s, "targets", "./chi-tieu.csv", "a;b\n", 0);
	sample_source(&s, "people", "so-lieu.XLSX", "PK", 0);
	sample_source(&s, "previous", "so-lieu.XLSX", "PK", 0);
	assert_true(attach_sources(&s.job, &s.arena, &options, &s.diags));
	assert_int_equal(options.n_attachment, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct attachment *a = &options.attachment[i];

		assert_string_equal(a->name, want[i].name);
		assert_string_equal(a->mime, want[i].mime);
		assert_string_equal(a->bytes.data, want[i].content);
		assert_int_equal(a->bytes.n, strlen(want[i].content));
		assert_string_equal(a->relationship, "Source");
		assert_string_equal(a->description, want[i].description);
	}
	sample_clear(&s);
}

static void test_too_large(void **state)
{
	struct pdf_options options = { 0 };
	struct sample s;

	(void)state;
	sample_init(&s);
	sample_source(&s, "a", "a.csv", NULL, LARGE);
	sample_source(&s, "b", "b.csv", NULL, LARGE);
	assert_false(attach_sources(&s.job, &s.arena, &options, &s.diags));
	assert_int_equal(s.diags.n_finding, 1);
	assert_string_equal(s.diags.finding[0].rule, "limit");
	sample_clear(&s);
}

static void test_gone(void **state)
{
	struct pdf_options options = { 0 };
	struct sample s;

	(void)state;
	sample_init(&s);
	sample_source(&s, "a", "a.csv", "a", 0);
	remove(s.source[0].path);
	assert_false(attach_sources(&s.job, &s.arena, &options, &s.diags));
	assert_int_equal(options.n_attachment, 0);
	sample_clear(&s);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sources),
		cmocka_unit_test(test_too_large),
		cmocka_unit_test(test_gone),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
