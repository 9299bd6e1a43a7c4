#include "base/file.h"
#include "render/backend.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const struct origin place[] = {
	{ "chi-tieu.csv", NULL, 2, 3 },
	{ "so-lieu.xlsx", "Biểu 1", 7, 3 },
};
static const char *const label[] = { "Hộ nghèo đầu năm", "Tỷ lệ (%)" };
static const struct fact_column column[] = {
	{ "area", label, 1, NULL, false },
	{ "rate", label, 2, "%", true },
};
static const struct figure name = { 0 };
static const struct figure rate = { .state = FIGURE_OK, .x = { 7, 12 }, .from = place, .n_from = 2 };
static const struct figure no_rate = { .state = FIGURE_NOT_APPLICABLE };
static const struct fact_cell first[] = {
	{ &name, "Tổ dân phố 1" },
	{ &rate, "0,58" },
};
static const struct fact_cell total[] = {
	{ &name, "Cộng" },
	{ &no_rate, "-" },
};
static const struct fact_row row[] = {
	{ "tdp 1", "Tổ dân phố 1", "area", first },
	{ "total", "Cộng", "total", total },
};
static const struct table_facts table = { "poor", "Hộ \"nghèo\"", column, 2, row, 2 };
static const struct table_facts *const tables[] = { &table };
static const struct text_figure text[] = {
	{ { "plan.xml", NULL, 12, 5 }, "{total(exits):02}", { .state = FIGURE_OK, .x = { 51, 2 }, .from = place, .n_from = 1 },
		"25,5" },
	{ { "plan.xml", NULL, 13, 1 }, "{previous.exits}", { .state = FIGURE_MISSING }, "" },
};

static const char want[] =
	"{\"job\":\"thu\",\n"
	"\"tables\":[\n"
	"{\"id\":\"poor\",\"title\":\"Hộ \\\"nghèo\\\"\",\"columns\":[\n"
	"{\"id\":\"area\",\"label\":[\"Hộ nghèo đầu năm\"],\"unit\":null},\n"
	"{\"id\":\"rate\",\"label\":[\"Hộ nghèo đầu năm\",\"Tỷ lệ (%)\"],\"unit\":\"%\"}],\n"
	"\"rows\":[\n"
	"{\"key\":\"tdp 1\",\"label\":\"Tổ dân phố 1\",\"kind\":\"area\",\"cells\":["
	"{\"column\":\"area\",\"state\":\"ok\",\"value\":null,\"text\":\"Tổ dân phố 1\",\"from\":[]},"
	"{\"column\":\"rate\",\"state\":\"ok\",\"value\":\"7/12\",\"text\":\"0,58\","
	"\"from\":[\"chi-tieu.csv:2:3\",\"so-lieu.xlsx[Biểu 1]:7:3\"]}]},\n"
	"{\"key\":\"total\",\"label\":\"Cộng\",\"kind\":\"total\",\"cells\":["
	"{\"column\":\"area\",\"state\":\"ok\",\"value\":null,\"text\":\"Cộng\",\"from\":[]},"
	"{\"column\":\"rate\",\"state\":\"not-applicable\",\"value\":null,\"text\":\"-\",\"from\":[]}]}]}],\n"
	"\"texts\":[\n"
	"{\"at\":\"plan.xml:12:5\",\"expression\":\"{total(exits):02}\",\"value\":\"25.5\",\"text\":\"25,5\","
	"\"from\":[\"chi-tieu.csv:2:3\"]},\n"
	"{\"at\":\"plan.xml:13:1\",\"expression\":\"{previous.exits}\",\"value\":null,\"text\":\"\",\"from\":[]}],\n"
	"\"audit\":[]}\n";

static const char *written(const struct document *doc, struct arena *a)
{
	char path[] = "/tmp/kehoach-json-XXXXXX";
	int fd = mkstemp(path);
	struct diags d = { 0 };
	struct bytes file;

	assert_true(fd >= 0);
	assert_true(backend_json.write(doc, NULL, path, &d));
	assert_true(file_read(path, path, 1 << 20, a, &file, &d));
	close(fd);
	file_remove(path);
	return file.data;
}

static void test_exact_text(void **state)
{
	const struct document doc = { .job = "thu", .table = tables, .n_table = 1, .figure = text, .n_figure = 2 };
	struct arena a = { 0 };

	(void)state;
	assert_string_equal(written(&doc, &a), want);
	arena_clear(&a);
}

static void test_nothing_computed(void **state)
{
	const struct document doc = { .job = "thu" };
	struct arena a = { 0 };

	(void)state;
	assert_string_equal(written(&doc, &a), "{\"job\":\"thu\",\n\"tables\":[],\n\"texts\":[],\n\"audit\":[]}\n");
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exact_text),
		cmocka_unit_test(test_nothing_computed),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
