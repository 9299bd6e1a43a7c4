/* Figures of two files compared: what belongs together, what differs, and files that are none. */
#include "base/buf.h"
#include "batch/difference.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COLUMNS "\"columns\":[{\"id\":\"area\",\"label\":[\"Thôn\"],\"unit\":\"\"},{\"id\":\"poor\",\"label\":[\"Hộ nghèo\",\"đầu năm\"],\"unit\":\"hộ\"}]"
#define CELL(column, state, value, text) \
	"{\"column\":\"" column "\",\"state\":\"" state "\",\"value\":" value ",\"text\":\"" text "\",\"from\":[]}"
#define ROW(key, state, value, text) \
	"{\"key\":\"" key "\",\"label\":\"Thôn " key "\",\"kind\":\"area\",\"cells\":[" CELL("area", "ok", "null", "Thôn " key) "," CELL("poor", state, value, text) "]}"
#define TABLE(id, rows) "{\"id\":\"" id "\",\"title\":\"Bảng\"," COLUMNS ",\"rows\":[" rows "]}"
#define TEXT(expression, value, text) "{\"at\":\"plan.xml:1:1\",\"expression\":\"" expression "\",\"value\":" value ",\"text\":\"" text "\",\"from\":[]}"
#define FILE_OF(tables, texts) "{\"job\":\"mau\",\"tables\":[" tables "],\"texts\":[" texts "],\"audit\":[]}"

struct heard {
	struct buf said;
	struct arena arena;
};

static void hear(void *ctx, const struct figure_change *c)
{
	struct heard *h = ctx;

	if (c->kind == CHANGE_HEADING) {
		buf_printf(&h->said, "heading %s/%s %s>%s\n", c->table->id, c->column->id, c->old_label, c->column->label);
		return;
	}
	buf_printf(&h->said, "%s %s/%s/%s %s>%s %s\n", change_name(c->kind), c->table->id, c->row->key, c->column->id,
		c->old ? (c->old->value ? c->old->value : figure_state_name(c->old->state)) : "",
		c->now ? (c->now->value ? c->now->value : figure_state_name(c->now->state)) : "", difference_text(c, &h->arena));
}

static bool parse(const char *json, struct arena *a, struct kept_figures *figures, struct diags *d)
{
	return figures_parse((struct bytes){ json, strlen(json) }, "figures.json", a, figures, d);
}

static void says(const char *old, const char *now, bool words, const char *want)
{
	struct arena a = { 0 };
	struct heard h = { 0 };
	struct diags d = { 0 };
	struct kept_figures was, is;
	struct change_sink sink = { .ctx = &h, .found = hear, .words = words };

	assert_true(parse(old, &a, &was, &d));
	assert_true(parse(now, &a, &is, &d));
	buf_puts(&h.said, "");
	figures_compare(&was, &is, &sink, &a);
	assert_string_equal(h.said.text, want);
	buf_clear(&h.said);
	arena_clear(&h.arena);
	arena_clear(&a);
}

static void test_values(void **unused)
{
	(void)unused;
	says(FILE_OF(TABLE("t", ROW("1", "ok", "\"5\"", "05") "," ROW("2", "ok", "\"1/3\"", "0,33")), ""),
		FILE_OF(TABLE("t", ROW("1", "ok", "\"7.5\"", "7,5") "," ROW("2", "ok", "\"0.5\"", "0,50")), ""), false,
		"value t/1/poor 5>7.5 +2,5\nvalue t/2/poor 1/3>0.5 ≈ +0,17\n");
	says(FILE_OF(TABLE("t", ROW("1", "ok", "\"1000000/3000001\"", "0,33")), ""), FILE_OF(TABLE("t", ROW("1", "ok", "\"1/3\"", "0,33")), ""), false,
		"value t/1/poor 1000000/3000001>1/3 ≈ +0,0000001\n");
	says(FILE_OF(TABLE("t", ROW("1", "ok", "\"9223372036854775807\"", "x")), ""),
		FILE_OF(TABLE("t", ROW("1", "ok", "\"-9223372036854775807\"", "y")), ""), false,
		"value t/1/poor 9223372036854775807>-9223372036854775807 \n"); /* does not fit */
}

static void test_missing_is_not_zero(void **unused)
{
	(void)unused;
	says(FILE_OF(TABLE("t", ROW("1", "missing", "null", "") "," ROW("2", "ok", "\"0\"", "0")), ""),
		FILE_OF(TABLE("t", ROW("1", "ok", "\"0\"", "0") "," ROW("2", "not-applicable", "null", "-")), ""), false,
		"value t/1/poor missing>0 \nvalue t/2/poor 0>not-applicable \n");
	says(FILE_OF(TABLE("t", ROW("1", "missing", "null", "")), ""), FILE_OF(TABLE("t", ROW("1", "missing", "null", "")), ""), true, "");
	says(FILE_OF(TABLE("t", ROW("1", "confidential", "null", "[c]")), ""), FILE_OF(TABLE("t", ROW("1", "not-applicable", "null", "-")), ""), false,
		"value t/1/poor confidential>not-applicable \n");
}

static void test_printed(void **unused)
{
	(void)unused;
	says(FILE_OF(TABLE("t", ROW("1", "ok", "\"5\"", "05")), TEXT("a", "\"2\"", "hai")),
		FILE_OF(TABLE("t", ROW("1", "ok", "\"5\"", "5")), TEXT("a", "\"2\"", "02")), false,
		"printed t/1/poor 5>5 0\nprinted /a/ 2>2 0\n");
}

static void test_rows_by_key(void **unused)
{
	(void)unused;
	says(FILE_OF(TABLE("t", ROW("1", "ok", "\"5\"", "5") "," ROW("2", "ok", "\"6\"", "6") "," ROW("3", "missing", "null", "")), ""),
		FILE_OF(TABLE("t", ROW("2", "ok", "\"6\"", "6") "," ROW("4", "ok", "\"8\"", "8")), ""), false,
		"removed t/1/poor 5> \nrow-removed t/3/ > \nadded t/4/poor >8 \n");
	says(FILE_OF(TABLE("t", ROW("1", "ok", "\"5\"", "5") "," ROW("1", "ok", "\"6\"", "6")), ""),
		FILE_OF(TABLE("t", ROW("1", "ok", "\"5\"", "5") "," ROW("1", "ok", "\"7\"", "7")), ""), false, "value t/1/poor 6>7 +1\n");
	says(FILE_OF(TABLE("t", ROW("1", "ok", "\"5\"", "5")), ""), FILE_OF(TABLE("u", ROW("1", "ok", "\"5\"", "5")), ""), true,
		"removed t/1/area ok> \nremoved t/1/poor 5> \nadded u/1/area >ok \nadded u/1/poor >5 \n");
}

static void test_columns_by_id(void **unused)
{
#define OTHER(text) "{\"id\":\"t\",\"title\":\"\",\"columns\":[{\"id\":\"new\",\"label\":[],\"unit\":null},{\"id\":\"poor\",\"label\":[],\"unit\":null}],\"rows\":[{" \
	"\"key\":\"1\",\"label\":\"\",\"cells\":[" CELL("new", "ok", "\"1\"", text) "," CELL("poor", "ok", "\"5\"", "5") "]}]}"
	(void)unused;
	says(FILE_OF(TABLE("t", ROW("1", "ok", "\"5\"", "5")), ""), FILE_OF(OTHER("1"), ""), false,
		"column-removed t//area > \nheading t/poor Hộ nghèo, đầu năm>\nunit t/1/poor 5>5 \nadded t/1/new >1 \n");
	says(FILE_OF(TABLE("t", ROW("1", "ok", "\"5\"", "5")), ""), FILE_OF(OTHER("1"), ""), true,
		"heading t/poor Hộ nghèo, đầu năm>\nremoved t/1/area ok> \nunit t/1/poor 5>5 \nadded t/1/new >1 \n");
}

/* What no figure tells of. */
#define LABELLED(key, label) "{\"key\":\"" key "\",\"label\":\"" label "\",\"kind\":\"area\",\"cells\":[" CELL("a", "ok", "\"1\"", "1") "," CELL("b", "ok", "\"1\"", "1") "," CELL("c", "ok", "\"1\"", "1") "]}"
#define COLUMN(id, label) "{\"id\":\"" id "\",\"label\":[\"" label "\"],\"unit\":\"\"}"

static void test_labels_of_several(void **unused)
{
	static const char *const rows[] = { "Thôn 1 [x/1]", "Thôn 2", "Thôn 1 [y/1]", "Thôn 1 [x/1]", "total", "sum", "Thôn 3", "Thôn 3" };
	static const char *const columns[] = { "Hộ [a]", "Hộ nghèo", "Hộ [c]" };
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct kept_figures f;

	(void)unused;
	assert_true(parse(FILE_OF("{\"id\":\"t\",\"title\":\"\",\"columns\":[" COLUMN("a", "Hộ") "," COLUMN("b", "Hộ nghèo") "," COLUMN("c", "Hộ") "],\"rows\":[" LABELLED(
				  "x/1", "Thôn 1") "," LABELLED("2", "Thôn 2") "," LABELLED("y/1", "Thôn 1") "," LABELLED("x/1", "Thôn 1") "," LABELLED("total",
				  "") "," LABELLED("sum", "") "," LABELLED("3", "Thôn 3") "," LABELLED("3", "Thôn 3") "]}", ""), &a, &f, &d));
	assert_int_equal(f.table[0].n_row, 8);
	for (size_t i = 0; i < f.table[0].n_row; i++)
		assert_string_equal(f.table[0].row[i].told, rows[i]);
	for (size_t i = 0; i < f.table[0].n_column; i++)
		assert_string_equal(f.table[0].column[i].told, columns[i]);
	assert_string_equal(f.table[0].row[0].label, "Thôn 1");
	arena_clear(&a);
}

static void test_around(void **unused)
{
#define HEADED(label, rows) "{\"id\":\"t\",\"title\":\"\",\"columns\":[{\"id\":\"area\",\"label\":[],\"unit\":null},{\"id\":\"poor\",\"label\":[\"" label "\"],\"unit\":null}],\"rows\":[" rows "]}"
#define ONE(column, rows) "{\"id\":\"t\",\"title\":\"\",\"columns\":[{\"id\":\"" column "\",\"label\":[],\"unit\":null}],\"rows\":[" rows "]}"
#define ONLY(column, state, value) "{\"key\":\"1\",\"label\":\"\",\"cells\":[" CELL(column, state, value, "") "]}"
	(void)unused;
	says(FILE_OF(HEADED("Hộ", ROW("1", "ok", "\"5\"", "5")), ""), FILE_OF(HEADED("Nghìn hộ", ROW("1", "ok", "\"5\"", "5")), ""), false,
		"heading t/poor Hộ>Nghìn hộ\n");
	says(FILE_OF(HEADED("Hộ", ""), ""), FILE_OF(HEADED("Hộ", ROW("1", "missing", "null", "")), ""), false, "row-added t/1/ > \n");
	says(FILE_OF(HEADED("Hộ", ""), ""), FILE_OF(HEADED("Hộ", ROW("1", "missing", "null", "")), ""), true, "added t/1/area >ok \n");
	says(FILE_OF(ONE("a", ONLY("a", "missing", "null")), ""), FILE_OF(ONE("b", ONLY("b", "missing", "null")), ""), false,
		"column-removed t//a > \ncolumn-added t//b > \n");
	says(FILE_OF(ONE("a", ONLY("a", "missing", "null")), ""), FILE_OF(ONE("b", ONLY("b", "not-applicable", "null")), ""), false,
		"column-removed t//a > \nadded t/1/b >not-applicable \n");
	says(FILE_OF(ONE("a", ONLY("a", "missing", "null")), ""), FILE_OF("", ""), false, "row-removed t/1/ > \n");
	says(FILE_OF("", TEXT("a", "null", "x")), FILE_OF("", ""), false, "row-removed /a/ > \n");
}

static void test_sentences(void **unused)
{
	(void)unused;
	says(FILE_OF("", TEXT("a", "\"1\"", "1") "," TEXT("a", "\"2\"", "2") "," TEXT("b", "null", "Thôn 1")),
		FILE_OF("", TEXT("b", "null", "Thôn 2") "," TEXT("a", "\"1\"", "1") "," TEXT("a", "\"3\"", "3") "," TEXT("a", "\"4\"", "4")), false,
		"value /a/ 2>3 +1\nadded /a/ >4 \n");
}

static void test_no_figures(void **unused)
{
	static const char *const wrong[] = {
		"", "[]", "{}", "nonsense", "{\"job\":\"x\",\"job\":\"x\"}", "{\"job\":\"x\",\"tables\":[],\"texts\":{}}",
		FILE_OF("7", ""), FILE_OF("{\"id\":\"t\"}", ""), FILE_OF("", "{}"), FILE_OF(TABLE("", ""), ""),
		FILE_OF(TABLE("t", ROW("1", "fine", "\"5\"", "5")), ""),
		FILE_OF(TABLE("t", ROW("1", "missing", "\"5\"", "5")), ""),
		FILE_OF(TABLE("t", ROW("1", "ok", "5", "5")), ""),
		FILE_OF(TABLE("t", ROW("1", "ok", "\"2/4\"", "5")), ""),
		FILE_OF(TABLE("t", ROW("1", "ok", "\"1/0\"", "5")), ""),
		FILE_OF(TABLE("t", ROW("1", "ok", "\"1/-3\"", "5")), ""),
		FILE_OF(TABLE("t", ROW("1", "ok", "\"05\"", "5")), ""),
		FILE_OF(TABLE("t", ROW("1", "ok", "\"5.0\"", "5")), ""),
		FILE_OF(TABLE("t", ROW("1", "ok", "\"99999999999999999999\"", "5")), ""),
		FILE_OF(TABLE("t", "{\"key\":\"1\",\"label\":\"\",\"cells\":[]}"), ""),
		FILE_OF(TABLE("t", "{\"key\":\"1\",\"label\":\"\",\"cells\":[" CELL("poor", "ok", "null", "") "," CELL("area", "ok", "null", "") "]}"), ""),
	};

	(void)unused;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct arena a = { 0 };
		struct diags d = { 0 };
		struct kept_figures figures;

		assert_false(parse(wrong[i], &a, &figures, &d));
		assert_int_equal(d.n_error, 1);
		assert_string_equal(d.finding[0].rule, "format");
		diags_clear(&d);
		arena_clear(&a);
	}
}

static void test_exact(void **unused)
{
	static const char *const good[] = { "0", "-5", "25.5", "-0.001", "1/3", "-156/41", "9223372036854775807", "1/9223372036854775807" };
	static const char *const bad[] = { "", "-0", "/", "1/", "/3", "1/1", "3/6", "1/2", "0/7", "1/3/5", "1/3 ", "+1", "1e5", "1.5/7" };
	struct ratio x;
	struct arena a = { 0 };

	(void)unused;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_true(ratio_read_exact(good[i], &x));
		assert_string_equal(ratio_exact(x, &a), good[i]);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(ratio_read_exact(bad[i], &x));
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_missing_is_not_zero),
		cmocka_unit_test(test_printed),
		cmocka_unit_test(test_rows_by_key),
		cmocka_unit_test(test_columns_by_id),
		cmocka_unit_test(test_labels_of_several),
		cmocka_unit_test(test_around),
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_no_figures),
		cmocka_unit_test(test_exact),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
