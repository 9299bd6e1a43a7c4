/* model/returns.c and its parts: files of monthly returns as one row for each area and month; cmd/returns.c on the fixtures. */
#include "base/buf.h"
#include "cmd/returns.h"
#include "ingest/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NAMES(...) \
	.name = (const char *const[]){ __VA_ARGS__ }, \
	.n_name = sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *)

static const struct field plan_fields[] = {
	{ .id = "area", .type = FIELD_AREA, .unit = "", NAMES("area"), .label = "Địa bàn", .key = true },
	{ .id = "parent", .type = FIELD_AREA, .unit = "", NAMES("parent"), .label = "Xã" },
	{ .id = "n", .type = FIELD_COUNT, .unit = "", NAMES("n"), .label = "Số" },
};

static const struct field fields[] = {
	{ .id = "area", .type = FIELD_AREA, .unit = "", NAMES("area"), .label = "Địa bàn", .key = true },
	{ .id = "month", .type = FIELD_MONTH, .unit = "", NAMES("month"), .label = "Tháng", .key = true },
	{ .id = "received", .type = FIELD_DATE, .unit = "", NAMES("received"), .label = "Nhận", .has_time = true },
	{ .id = "exits", .type = FIELD_COUNT, .unit = "hộ", NAMES("exits"), .label = "Thoát nghèo" },
	{ .id = "money", .type = FIELD_MONEY, .unit = "đồng", NAMES("money"), .label = "Giải ngân {period}", .is_cumulative = true },
	{ .id = "note", .type = FIELD_TEXT, .unit = "", NAMES("note"), .label = "Ghi chú" },
};

static const char *const totals[] = { "cộng", NULL };
static const struct dataset plan_set = { .id = "plan", .field = plan_fields, .n_field = 3, .total = totals };
static const struct dataset returns_set = { .id = "r", .field = fields, .n_field = sizeof fields / sizeof *fields, .total = totals };

#define FILES_MAX 4

struct file {
	const char *name;
	const char *text;
	unsigned month;
	const char *received;
};

static bool read_csv(const struct source *source, const struct dataset *set, const char *text, struct arena *a, struct data *data,
	struct diags *d)
{
	struct reader_options options = { .shown = source->shown };
	struct csv_sizes sizes = { READER_HEAD, CSV_BLOCK };
	struct data_sink *sink = data_sink_new(source, set, NULL, a);
	FILE *file = fmemopen((void *)text, strlen(text), "rb");
	bool ok;

	assert_non_null(file);
	ok = csv_read_file(file, sizes, &options, data_sink_rows(sink), d) && data_sink_finish(sink, data, d);
	fclose(file);
	return ok;
}

static const struct job job = { .area = "phường Một", .period = { 2024, 0 } };

/* before: of a source of the year before, or NULL. */
static void make_models(const char *text, const char *before, struct arena *a, struct model *m, struct diags *d)
{
	static const struct source source = { .id = "p", .shown = "p.csv", .period_year = 2024 };
	static const struct source previous = { .id = "q", .shown = "q.csv", .role = SOURCE_PREVIOUS, .period_year = 2023 };
	struct data *data = ARENA_ARRAY(a, 2, struct data);
	size_t n = before ? 2 : 1;

	if (before)
		assert_true(read_csv(&previous, &plan_set, before, a, &data[0], d));
	assert_true(read_csv(&source, &plan_set, text, a, &data[n - 1], d));
	assert_true(model_build(&job, NULL, data, n, a, m, d));
}

static void make_model(const char *text, struct arena *a, struct model *m, struct diags *d)
{
	make_models(text, NULL, a, m, d);
}

static void put_findings(struct buf *b, const struct diags *d)
{
	for (size_t i = 0; i < d->n_finding; i++)
		buf_printf(b, "%s:%u:%u %s\n", d->finding[i].at.file, d->finding[i].at.row, d->finding[i].at.col, d->finding[i].rule);
}

static const char *shown(const struct figure *x, struct arena *a)
{
	return x->state == FIGURE_OK ? ratio_exact(x->x, a) : "";
}

static void put_returns(struct buf *b, const struct returns *r, struct arena *a)
{
	for (size_t i = 0; i < r->data->n_row; i++) {
		const struct data_row *row = &r->data->row[i];

		buf_printf(b, "%s %u: %s %s %s\n", row->label, row->month, shown(&row->datum[3].figure, a), shown(&row->datum[4].figure, a),
			row->datum[5].text ? row->datum[5].text : "");
	}
	for (size_t i = 0; i < r->n_area; i++)
		for (unsigned m = 1; m <= RETURNS_MONTHS; m++) {
			const struct report *x = returns_of(r, i, m);

			assert_true(!x->row == !x->n_return);
			assert_true(!x->row || (x->row->area == r->area[i] && x->row->month == m));
			if (x->n_return > 1)
				buf_printf(b, "%s %u: %zu, %s to %s\n", r->area[i]->name, m, x->n_return, x->first_received, x->received);
		}
	for (size_t i = 0; i < r->n_correction; i++) {
		const struct correction *c = &r->correction[i];

		buf_printf(b, "%s %u %s: %s (%s:%u) -> %s (%s:%u)\n", c->area->name, c->month, c->field->id, shown(&c->before, a),
			c->at_before.file, c->at_before.row, shown(&c->after, a), c->at_after.file, c->at_after.row);
	}
}

#define AREAS "area;n\nA;1\nB;2\nC;3\n"

static const struct {
	const char *what;
	struct file file[FILES_MAX];
	const char *want;
} cases[] = {
	{ "a long table, in any order", { { "x.csv", "area;month;exits\nB;2;5\nA;2;4\nB;1;3\nA;2024-01;2\n", 0, NULL } },
		"A 1: 2  \nA 2: 4  \nB 1: 3  \nB 2: 5  \n" },
	{ "a file a month by its name, one by the job",
		{ { "r/2024-02.csv", "area;exits\nA;1\n", 0, NULL }, { "r/b-2024-03-b.csv", "area;exits\nA;2\n", 0, NULL },
			{ "r/a.csv", "area;exits\nC;3\nCộng;3\n", 12, NULL } },
		"A 2: 1  \nA 3: 2  \nC 12: 3  \n" },
	{ "the column where it says a month, else the name", { { "2024-02.csv", "area;month;exits\nA;2;1\nB;;2\n", 0, NULL } }, "A 2: 1  \nB 2: 2  \n" },
	{ "a day in a name is no month, nor are longer numbers", { { "2024-03-05.csv", "area;exits\nA;1\n", 0, NULL },
		{ "12024-03.csv", "area;exits\nA;1\n", 0, NULL }, { "2024-031.csv", "area;exits\nA;1\n", 0, NULL },
		{ "2024-13.csv", "area;exits\nA;1\n", 0, NULL } },
		"2024-03-05.csv:2:1 month\n12024-03.csv:2:1 month\n2024-031.csv:2:1 month\n2024-13.csv:2:1 month\n" },
	{ "several months in a name", { { "2024-03-2024-04.csv", "area;exits\nA;1\nB;1\n", 0, NULL } }, "2024-03-2024-04.csv:2:1 month\n" },
	{ "the same one twice", { { "2024-03-2024-03.csv", "area;exits\nA;1\n", 0, NULL } }, "A 3: 1  \n" },
	{ "years that are not the plan's", { { "2023-03.csv", "area;exits\nA;1\n", 0, NULL }, { "x.csv", "area;month;exits\nA;2025-01;1\n", 0, NULL } },
		"x.csv:2:2 month\n" },
	{ "a name of another year", { { "2023-03.csv", "area;exits\nA;1\n", 0, NULL } }, "2023-03.csv:0:0 month\n" },
	{ "what contradicts", { { "2024-03.csv", "area;month;exits\nA;3;1\nB;4;1\nC;5;1\n", 0, NULL }, { "a.csv", "area;month;exits\nA;6;1\n", 7, NULL },
		{ "2024-09.csv", "area;exits\nA;1\n", 8, NULL } },
		"2024-03.csv:3:2 month\n2024-03.csv:4:2 month\na.csv:2:2 month\njob.xml:9:9 month\n" },
	{ "corrections", { { "a.csv", "area;month;received;exits;note\nA;1;2024-02-05;3;x\nB;1;;1;\n", 0, NULL },
		{ "b.csv", "area;month;received;exits;note\nA;1;2024-02-03;4;y\n", 0, NULL },
		{ "c.csv", "area;month;exits\nA;1;5\n", 0, "2024-02-06T10:00" }, { "d.csv", "area;month;received;note\nA;1;6/2/2024 10:01;z\n", 0, NULL } },
		"A 1:   z\nB 1: 1  \nA 1: 4, 2024-02-03 to 2024-02-06T10:01\nA 1 exits: 4 (b.csv:2) -> 3 (a.csv:2)\n"
		"A 1 exits: 3 (a.csv:2) -> 5 (c.csv:2)\nA 1 exits: 5 (c.csv:2) ->  (d.csv:2)\n" },
	{ "the day of the row goes before that of the job", { { "a.csv", "area;month;received;exits\nA;1;2024-02-08;3\nA;1;;4\nB;1;;1\n", 0, "2024-02-06" } },
		"A 1: 3  \nB 1: 1  \nA 1: 2, 2024-02-06 to 2024-02-08\nA 1 exits: 4 (a.csv:3) -> 3 (a.csv:2)\n" },
	{ "a later return that changes nothing", { { "a.csv", "area;month;received;exits\nA;1;2024-02-05;3\nA;1;2024-02-06;3\n", 0, NULL } },
		"A 1: 3  \nA 1: 2, 2024-02-05 to 2024-02-06\n" },
	{ "nobody knows which came last", { { "a.csv", "area;month;received;exits\nA;1;2024-02-05;3\nA;1;2024-02-05;4\nB;1;2024-02-05;1\nB;1;;1\n"
		"C;1;2024-02-05;1\nC;1;2024-02-05T08:00;1\nA;2;;1\nA;2;;1\n", 0, NULL } },
		"a.csv:3:1 received\na.csv:9:1 received\na.csv:4:1 received\na.csv:7:1 received\n" },
	{ "sums since the year began", { { "a.csv", "area;month;money\nA;1;10\nA;2;10\nA;5;25\nA;4;\nB;3;7\nB;4;9\n", 0, NULL } },
		"A 1:  10 \nA 2:  0 \nA 4:   \nA 5:  15 \nB 3:  7 \nB 4:  2 \n" },
	{ "a sum that falls", { { "a.csv", "area;month;money\nA;1;10\nA;2;9\nA;3;8\nA;4;8\n", 0, NULL } },
		"a.csv:3:3 cumulative\na.csv:4:3 cumulative\n" },
	{ "a sum that falls where the earlier figure was corrected", { { "a.csv", "area;month;received;money\nA;1;2024-02-01;10\nA;2;2024-03-01;9\n"
		"A;1;2024-03-02;8\n", 0, NULL } },
		"A 1:  8 \nA 2:  1 \nA 1: 2, 2024-02-01 to 2024-03-02\nA 1 money: 10 (a.csv:2) -> 8 (a.csv:4)\n" },
	{ "unknown areas, the plan's own", { { "a.csv", "area;month;exits\nD;1;1\nphường Một;1;1\nA;1;1\n", 0, NULL } },
		"a.csv:2:1 unknown-area\na.csv:3:1 area\n" },
	{ "a total that is none", { { "a.csv", "area;month;exits;money\nA;1;1;1\nB;1;2;1\nCộng;;4;2\n", 0, NULL } },
		"a.csv:4:3 asserted\nA 1: 1 1 \nB 1: 2 1 \n" },
};

static bool read_all(const struct model *m, const struct file *file, struct arena *a, struct returns *r, struct diags *d)
{
	struct return_file *f = ARENA_ARRAY(a, FILES_MAX, struct return_file);
	const struct area *const *area;
	size_t n_area;
	size_t n = 0;
	bool ok = true;

	assert_true(returns_areas(m, a, &area, &n_area, d));
	for (; n < FILES_MAX && file[n].name; n++) {
		struct source *source = ARENA_NEW(a, struct source);
		struct job_returns *said = ARENA_NEW(a, struct job_returns);

		*source = (struct source){ .id = "returns", .shown = file[n].name, .period_year = 2024, .repeats = true };
		*said = (struct job_returns){ .source = *source, .month = file[n].month, .received = file[n].received,
			.month_at = { .file = "job.xml", .row = 9, .col = 9 } };
		f[n].said = said;
		ok = read_csv(source, &returns_set, file[n].text, a, &f[n].data, d) && ok;
	}
	return ok && returns_read(m, area, n_area, f, n, a, r, d);
}

static void test_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena a = { 0 };
		struct diags d = { 0 };
		struct buf out = { 0 };
		struct model m;
		struct returns r;
		bool ok;

		make_model(AREAS, &a, &m, &d);
		ok = read_all(&m, cases[i].file, &a, &r, &d);
		assert_int_equal(ok, d.n_error == 0);
		put_findings(&out, &d);
		if (ok)
			put_returns(&out, &r, &a);
		if (strcmp(out.n ? out.text : "", cases[i].want) != 0)
			fail_msg("%s: got\n%s", cases[i].what, out.n ? out.text : "");
		assert_int_equal(m.areas.n_area, 4);
		buf_clear(&out);
		diags_clear(&d);
		arena_clear(&a);
	}
}

/* Areas above others do not report; a name that several have needs the area above. */
static void test_areas(void **state)
{
	static const struct file file[FILES_MAX] = { { "a.csv", "area;month;exits\nA;1;1\nX;1;1\n", 0, NULL } };
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct buf out = { 0 };
	const struct area *const *area;
	struct model m;
	struct returns r;
	size_t n;

	(void)state;
	make_model("area;parent;n\nA;X;1\nB;X;2\nA;Y;3\n", &a, &m, &d);
	assert_true(returns_areas(&m, &a, &area, &n, &d));
	assert_int_equal(n, 3);
	for (size_t i = 0; i < n; i++)
		buf_printf(&out, "%s/%s ", area[i]->parent->name, area[i]->name);
	assert_string_equal(out.text, "X/A X/B Y/A ");
	assert_false(read_all(&m, file, &a, &r, &d));
	out.n = 0;
	put_findings(&out, &d);
	assert_string_equal(out.text, "a.csv:2:1 ambiguous-area\n");
	buf_clear(&out);
	diags_clear(&d);
	arena_clear(&a);
}

/* An area that only the year before has reports no more. */
static void test_previous_areas(void **state)
{
	static const struct file file[FILES_MAX] = { { "a.csv", "area;month;exits\nA;1;1\nD;1;1\n", 0, NULL } };
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct buf out = { 0 };
	const struct area *const *area;
	struct model m;
	struct returns r;
	size_t n;

	(void)state;
	make_models(AREAS, "area;n\nD;1\nA;1\nE;1\n", &a, &m, &d);
	assert_true(returns_areas(&m, &a, &area, &n, &d));
	for (size_t i = 0; i < n; i++)
		buf_printf(&out, "%s ", area[i]->name);
	assert_string_equal(out.text, "A B C ");
	assert_false(read_all(&m, file, &a, &r, &d));
	out.n = 0;
	put_findings(&out, &d);
	assert_string_equal(out.text, "a.csv:3:1 unknown-area\n");
	buf_clear(&out);
	diags_clear(&d);
	arena_clear(&a);
}

/* ---- the fixtures, run where they are ---- */

static void put_all(struct buf *b, const struct returns *r, struct arena *a)
{
	for (size_t i = 0; i < r->data->n_row; i++) {
		const struct data_row *row = &r->data->row[i];

		buf_printf(b, "%s %u", row->label, row->month);
		for (size_t k = 0; k < r->dataset->n_field; k++)
			if (r->dataset->field[k].type == FIELD_COUNT || r->dataset->field[k].type == FIELD_MONEY)
				buf_printf(b, " %s", shown(&row->datum[k].figure, a));
		buf_printf(b, " %s\n", row->datum[dataset_field(r->dataset, "received") - r->dataset->field].text);
	}
	for (size_t i = 0; i < r->n_correction; i++) {
		const struct correction *c = &r->correction[i];

		buf_printf(b, "%s %u %s: %s (%s) -> %s (%s)\n", c->area->name, c->month, c->field->id, shown(&c->before, a), c->received_before,
			shown(&c->after, a), c->received_after);
	}
}

static const struct returns *read_job(const char *path, struct arena *a, struct buf *out)
{
	static const struct surroundings around = { .templates_dir = { "templates" } };
	struct pipeline_options options = { .unchecked = true };
	struct made *made = ARENA_NEW(a, struct made);
	struct returns_made *returns = ARENA_NEW(a, struct returns_made);
	struct diags d = { 0 };
	bool ok = pipeline_tables(path, &options, &around, a, made, &d) && pipeline_returns(made, NULL, a, a, returns, &d);

	put_findings(out, &d);
	diags_clear(&d);
	if (!ok)
		fail_msg("%s: %s", path, out->text);
	assert_int_equal(out->n, 0);
	assert_int_equal(returns->n_returns, 1);
	put_all(out, returns->returns, a);
	return returns->returns;
}

/* Sums of a field over all rows. */
static int64_t sum_of(const struct returns *r, const char *id)
{
	size_t field = (size_t)(dataset_field(r->dataset, id) - r->dataset->field);
	int64_t sum = 0;

	for (size_t i = 0; i < r->data->n_row; i++)
		sum += r->data->row[i].datum[field].figure.x.num;
	return sum;
}

static void test_forms(void **state)
{
	static const char *const jobs[] = { "fixtures/lao-cai-2021/job.xml", "fixtures/lao-cai-2021/job-returns-csv.xml",
		"fixtures/lao-cai-2021/job-returns-xml.xml" };
	struct arena a = { 0 };
	struct buf first = { 0 };
	const struct returns *r = read_job(jobs[0], &a, &first);

	(void)state;
	for (size_t i = 1; i < sizeof jobs / sizeof *jobs; i++) {
		struct buf out = { 0 };

		read_job(jobs[i], &a, &out);
		assert_string_equal(out.text, first.text);
		buf_clear(&out);
	}
	assert_int_equal(r->n_area, 7);
	assert_string_equal(r->area[6]->name, "Vạn Hoà");
	assert_int_equal(r->data->n_row, 83);
	assert_null(returns_of(r, 6, 8)->row);
	assert_string_equal(returns_of(r, 0, 5)->received, "2021-06-11T16:45");
	assert_string_equal(returns_of(r, 1, 5)->first_received, "2021-06-02");
	assert_int_equal(r->n_correction, 4);
	assert_string_equal(r->correction[0].field->id, "exits");
	assert_true(r->correction[0].before.x.num == 2 && r->correction[0].after.x.num == 1);
	assert_int_equal(sum_of(r, "exits"), 89);
	assert_int_equal(sum_of(r, "relapsed"), 1);
	assert_int_equal(sum_of(r, "money_local"), 314500000);
	buf_clear(&first);
	arena_clear(&a);
}

static void test_long_table(void **state)
{
	struct arena a = { 0 };
	struct buf out = { 0 };
	const struct returns *r = read_job("fixtures/kong-chro-2024/job.xml", &a, &out);

	(void)state;
	assert_int_equal(r->n_area, 7);
	assert_int_equal(r->data->n_row, 83);
	assert_null(returns_of(r, 4, 10)->row);
	assert_int_equal(r->n_correction, 2);
	assert_string_equal(r->correction[1].received_after, "2024-04-15T09:20");
	assert_int_equal(sum_of(r, "exits"), 131);
	buf_clear(&out);
	arena_clear(&a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_areas),
		cmocka_unit_test(test_previous_areas),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_long_table),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
