#include "computed.h"

#include "base/buf.h"
#include "compute/progress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define ROOT(name, rest) "<" name " xmlns=\"urn:kehoach:" name ":1\" " rest "</" name ">"
#define FIELD(id, type, more) "<field id=\"" id "\" type=\"" type "\"" more "><name>" id "</name></field>"
#define NUMBER(id) FIELD(id, "number", " signed=\"yes\"")
#define TEXT(id, more) FIELD(id, "text", more)

/* Two areas; one of them has the larger part of its plan in the last quarter. */
static const char plan_csv[] = "area;exits;q1;q2;q3;q4;poor\nA;10;1;2;3;4;100\nB;2;0;0;0;2;\n";

/* more: elements behind the sources. */
#define JOB(more)                                                                                  \
	ROOT("job", "id=\"j\" period=\"2024\"><agency name=\"Ủy ban nhân dân xã Mẫu\" area=\"xã Mẫu\"/>"  \
		"<document number=\"5\" symbol=\"KH-UBND\" place=\"Mẫu\" date=\"2024-02-01\"/>"           \
		"<source id=\"plan\" dataset=\"d\" href=\"plan.csv\"/>" \
		more "<plan href=\"plan.xml\"/><signer authority=\"UBND\" title=\"CHỦ TỊCH\" name=\"Nguyễn Văn A\"/>")

static const struct {
	const char *name;
	const char *text;
} files[] = {
	{ "templates/datasets/d.xml",
		ROOT("dataset", "id=\"d\" title=\"D\">" FIELD("area", "area", " key=\"yes\"") FIELD("exits", "count", " unit=\"hộ\"")
			FIELD("q1", "count", " unit=\"hộ\"") FIELD("q2", "count", " unit=\"hộ\"") FIELD("q3", "count", " unit=\"hộ\"")
			FIELD("q4", "count", " unit=\"hộ\"") FIELD("poor", "count", " unit=\"hộ\"")) },
	{ "templates/datasets/r.xml",
		ROOT("dataset", "id=\"r\" title=\"R\">" FIELD("area", "area", " key=\"yes\"") FIELD("month", "month", " key=\"yes\"")
			FIELD("received", "date", " time=\"yes\"") FIELD("out", "count", " unit=\"hộ\"") FIELD("back", "count", " unit=\"hộ\"")
			FIELD("out_dtts", "count", " unit=\"hộ\"") FIELD("sum", "count", " unit=\"hộ\" cumulative=\"yes\"")) },
	{ "templates/datasets/progress.xml",
		ROOT("dataset", "id=\"progress\" title=\"P\">" FIELD("area", "area", " key=\"yes\"") TEXT("indicator", " key=\"yes\"")
			TEXT("name", "") NUMBER("plan") NUMBER("plan_to_date") NUMBER("done") NUMBER("done_period") NUMBER("reported")
			NUMBER("due") NUMBER("returned") NUMBER("returns") NUMBER("period_reported") NUMBER("period_due") NUMBER("planned") NUMBER("change")
			TEXT("coverage", "") TEXT("status", "") TEXT("status_id", "")) },
	{ "templates/datasets/progress-totals.xml",
		ROOT("dataset", "id=\"progress-totals\" title=\"P\">" TEXT("indicator", " key=\"yes\"") TEXT("name", "")
			NUMBER("plan") NUMBER("plan_to_date") NUMBER("done") NUMBER("done_period") NUMBER("done_previous") NUMBER("change")
			NUMBER("months_left") NUMBER("awaited") NUMBER("reported") NUMBER("due") NUMBER("returned") NUMBER("returns")
			NUMBER("period_reported") NUMBER("period_due") NUMBER("planned") TEXT("coverage", "")) },
	{ "templates/datasets/progress-months.xml",
		ROOT("dataset", "id=\"progress-months\" title=\"P\">" TEXT("indicator", " key=\"yes\"") TEXT("series", " key=\"yes\"")
			NUMBER("m01") NUMBER("m02") NUMBER("m03") NUMBER("m04") NUMBER("m05") NUMBER("m13")) },
	{ "templates/datasets/progress-returns.xml",
		ROOT("dataset", "id=\"progress-returns\" title=\"P\">" FIELD("area", "area", " key=\"yes\"") FIELD("m01", "date", "")
			TEXT("s01", "") FIELD("m02", "date", "") TEXT("s02", "") FIELD("m12", "date", "") TEXT("s12", "") TEXT("s99", "") TEXT("d01", "") TEXT("d12", "")
			NUMBER("reported") NUMBER("due") NUMBER("late") NUMBER("late_days") NUMBER("corrections")) },
	{ "templates/datasets/progress-corrections.xml",
		ROOT("dataset", "id=\"progress-corrections\" title=\"P\">" FIELD("area", "area", " key=\"yes\"") NUMBER("month")
			TEXT("name", "") TEXT("unit", "") NUMBER("before") NUMBER("after") TEXT("received_before", "")
			TEXT("received_after", "") TEXT("place_before", "") TEXT("place_after", "")) },
	{ "templates/tables/t.xml",
		ROOT("table", "id=\"t\" over=\"d\" rows=\"area\" title=\"T\"><column id=\"area\" label=\"A\" is=\"label\"/>"
			"<column id=\"exits\" label=\"X\"/>") },
	{ "plan.xml", "<plan xmlns=\"urn:kehoach:plan:1\"/>" },
	{ "plan.csv", plan_csv },
	{ "job.xml", JOB("") },
};

#define TEMPLATE(more)                                                                             \
	ROOT("progress", "id=\"p\" over=\"r\" tables=\"t\" brief=\"b\">"             \
		"<sheet name=\"Tổng hợp\" tables=\"t\"/><base id=\"poor\" label=\"Nghèo\" unit=\"hộ\"><target table=\"t\" value=\"poor\"/></base>" more)
#define EXITS(target)                                                                              \
	"<indicator id=\"exits\" group=\"g\" label=\"Thoát nghèo\" unit=\"hộ\" value=\"out - back\">" target "</indicator>"
#define QUARTERS "<target table=\"u\" value=\"no\"/><target table=\"t\" value=\"exits\" quarters=\"q1 q2 q3 q4\"/>"

struct progressed {
	struct computed c;
	char dir[64];
	struct progress_input input;
	struct model derived;
	const struct indicator_plan *plans;
};

/* r.csv as returns. */
static const struct returns *returned(struct computed *c)
{
	struct source *source = ARENA_NEW(&c->arena, struct source);
	const char *path = arena_printf(&c->arena, "%s/r.csv", c->dir);
	struct reader_options options = { .path = path, .shown = "r.csv" };
	const struct dataset *dataset = dataset_read(&c->library, "r", (struct origin){ 0 }, &c->arena, &c->diags);
	struct data_sink *sink;
	struct returns *returns = ARENA_NEW(&c->arena, struct returns);
	struct return_file file = { .said = ARENA_NEW(&c->arena, struct job_returns) };
	const struct area *const *area;
	size_t n_area;

	*source = (struct source){ .id = "returns", .dataset = "r", .path = path, .href = "r.csv", .shown = "r.csv", .period_year = 2024, .repeats = true };
	sink = data_sink_new(source, dataset, NULL, &c->arena);
	assert_true(ingest(&options, data_sink_rows(sink), &c->diags) && data_sink_finish(sink, &file.data, &c->diags));
	assert_true(returns_areas(&c->model, &c->arena, &area, &n_area, &c->diags));
	assert_true(returns_read(&c->model, area, n_area, &file, 1, &c->arena, returns, &c->diags));
	return returns;
}

/* The data of progress of a job at the end of a month; date: of the report. */
static void progress_dated(struct progressed *p, const char *job_xml, const char *template, const char *returns, struct period period, struct date date)
{
	static const char *const names[] = { "t" };
	const struct progress_template *t;
	struct computed *c = &p->c;
	const struct job *job;

	memset(p, 0, sizeof *p);
	strcpy(p->dir, "/tmp/kehoach-progress-XXXXXX");
	assert_non_null(mkdtemp(p->dir));
	c->dir = p->dir;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		c->n_file = 0;
		computed_write(c, files[i].name, files[i].text);
	}
	c->n_file = 0;
	computed_write(c, "job.xml", job_xml);
	c->n_file = 0;
	computed_write(c, "r.csv", returns);
	computed_write(c, "templates/progress/p.xml", template);
	library_init(&c->library, &c->arena);
	job = job_read(arena_printf(&c->arena, "%s/job.xml", c->dir), &c->library, &c->arena, &c->diags);
	assert_non_null(job);
	((struct job *)job)->period = period;
	assert_true(computed_read(c, job));
	assert_true(compute(&c->model, &c->library, names, 1, NULL, &c->arena, &c->tables, &c->diags));
	t = progress_read(job, "p", &c->library, &c->arena, &c->diags);
	p->input = (struct progress_input){ .template = t, .model = &c->model, .tables = &c->tables, .returns = returned(c), .date = date };
	c->ok = t && progress_derive(&p->input, &c->library, &c->arena, &c->arena, &p->derived, &p->plans, &c->diags);
}

static void progress_of_job(struct progressed *p, const char *job_xml, const char *template, const char *returns, struct period period)
{
	progress_dated(p, job_xml, template, returns, period, (struct date){ 0 });
}

static void progress_new(struct progressed *p, const char *template, const char *returns, struct period period)
{
	progress_of_job(p, JOB(""), template, returns, period);
}

static void progress_free(struct progressed *p)
{
	struct computed *c = &p->c;

	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		remove(file_join(c->dir, files[i].name, &c->arena));
	remove(file_join(c->dir, "r.csv", &c->arena));
	remove(file_join(c->dir, "templates/progress/p.xml", &c->arena));
	for (const char *const *folder = (const char *const[]){ "templates/datasets", "templates/tables", "templates/progress",
		     "templates", NULL }; *folder; folder++)
		rmdir(file_join(c->dir, *folder, &c->arena));
	rmdir(c->dir);
	arena_clear(&c->arena);
	diags_clear(&c->diags);
}

/* A field in all rows of a dataset: "5 | ? | 1/3". */
static const char *field_texts(struct progressed *p, const char *dataset, const char *field)
{
	const struct data *data = model_find(&p->derived, dataset, SOURCE_CURRENT);
	const struct field *f = dataset_field(data->dataset, field);
	const char *text = "";

	for (size_t i = 0; i < data->n_row; i++) {
		const struct datum *datum = &data->row[i].datum[f - data->dataset->field];

		text = arena_printf(&p->c.arena, "%s%s%s", text, i ? " | " : "",
			datum->figure.state == FIGURE_MISSING          ? "?"
			: datum->figure.state == FIGURE_NOT_APPLICABLE ? "-"
			: datum->text                                  ? datum->text
							               : ratio_exact(datum->figure.x, &p->c.arena));
	}
	return text;
}

static const struct {
	const char *returns; /* area;month;out;back */
	int first, last;     /* months */
	const char *dataset, *field, *want;
} figures[] = {
	/* of one month, and to date */
	{ "A;1;2;0\nA;2;3;1\nB;1;1;0\nB;2;0;0\n", 0, 2, "progress", "done", "4 | 1" },
	{ "A;1;2;0\nA;2;3;1\nB;1;1;0\nB;2;0;0\n", 0, 2, "progress", "done_period", "2 | 0" },
	{ "A;1;2;0\nA;2;3;1\nB;1;1;0\nB;2;0;0\n", 0, 2, "progress-totals", "done", "5" },
	{ "A;1;2;0\nA;2;3;1\nB;1;1;0\nB;2;0;0\n", 0, 2, "progress-totals", "done_previous", "3" },
	{ "A;1;2;0\nA;2;3;1\nB;1;1;0\nB;2;0;0\n", 0, 1, "progress-totals", "done_previous", "?" },
	{ "A;1;2;0\nA;2;3;1\nB;1;1;0\nB;2;0;0\n", 0, 2, "progress-totals", "change", "-1" },
	{ "A;1;2;0\nA;2;3;1\nB;1;1;0\nB;2;0;0\n", 0, 1, "progress-totals", "change", "?" },
	{ "A;1;2;0\nA;2;3;1\nB;1;1;0\nB;2;0;0\n", 0, 1, "progress-totals", "months_left", "11" },
	/* a return that did not come is no zero: sums are of what is known, and say of how much */
	{ "A;1;2;0\nA;2;3;0\nB;1;1;0\n", 0, 2, "progress", "done", "5 | 1" },
	{ "A;1;2;0\nA;2;3;0\nB;1;1;0\n", 0, 2, "progress", "done_period", "3 | ?" },
	{ "A;1;2;0\nA;2;3;0\nB;1;1;0\n", 0, 2, "progress", "reported", "2 | 1" },
	{ "A;1;2;0\nA;2;3;0\nB;1;1;0\n", 0, 2, "progress", "due", "2 | 2" },
	{ "A;1;2;0\nA;2;3;0\nB;1;1;0\n", 0, 2, "progress", "returned", "1 | 0" },
	{ "A;1;2;0\nA;2;3;0\nB;1;1;0\n", 0, 2, "progress-totals", "reported", "1" },
	{ "A;1;2;0\nA;2;3;0\nB;1;1;0\n", 0, 2, "progress-totals", "due", "2" },
	{ "A;1;2;0\n", 0, 1, "progress", "done", "2 | ?" },
	/* nor is a blank cell */
	{ "A;1;2;0\nA;2;;0\nB;1;1;0\nB;2;1;0\n", 0, 2, "progress", "reported", "1 | 2" },
	{ "A;1;;0\n", 0, 1, "progress", "done", "? | ?" },
	/* a figure of several fields counts where all of them are known: of one return and of all */
	{ "A;1;5;1\nB;1;4;\n", 0, 1, "progress", "done", "4 | ?" },
	{ "A;1;5;1\nB;1;4;\n", 0, 1, "progress-totals", "done", "4" },
	{ "A;1;5;1\nA;2;4;\nA;3;2;2\n", 0, 3, "progress", "done", "4 | ?" },
	/* two sets of returns are not compared */
	{ "A;1;2;0\nA;2;3;0\nB;1;1;0\n", 0, 2, "progress-totals", "done_previous", "3" },
	{ "A;1;2;0\nA;2;3;0\nB;1;1;0\n", 0, 2, "progress-totals", "change", "?" },
	{ "A;1;2;0\nA;2;3;0\nB;1;1;0\n", 0, 2, "progress", "change", "1 | ?" },
	{ "A;1;2;0\nA;2;3;0\nB;2;1;0\n", 0, 2, "progress-totals", "change", "?" },
	{ "A;1;2;0\nA;2;3;0\nB;1;1;0\nB;2;1;\n", 0, 2, "progress-totals", "change", "?" },
	{ "A;3;2;0\nA;4;3;0\nB;1;1;0\n", 3, 4, "progress", "change", "? | ?" },
	{ "A;1;1;0\nA;2;1;0\nA;3;2;0\nA;4;3;0\n", 3, 4, "progress", "change", "3 | ?" },
	/* how much is known */
	{ "A;1;2;0\nA;2;3;0\nB;1;1;0\n", 0, 2, "progress-totals", "coverage", "1/2" },
	{ "A;1;2;0\nA;2;3;0\nB;1;1;0\n", 0, 2, "progress", "coverage", "2/2 | 1/2" },
	{ "A;1;2;0\nA;2;3;0\nA;3;1;0\nB;3;1;0\n", 2, 3, "progress", "returns", "2 | 1" },
	{ "A;1;2;0\nA;2;3;0\nA;3;1;0\nB;3;1;0\n", 2, 3, "progress-totals", "returns", "3" },
	/* how much the figure of the period is of: not what came, but what has it */
	{ "A;1;2;0\nA;2;3;0\nA;3;1;0\nB;3;1;\n", 2, 3, "progress-totals", "period_reported", "2" },
	{ "A;1;2;0\nA;2;3;0\nA;3;1;0\nB;3;1;\n", 2, 3, "progress-totals", "period_due", "4" },
	{ "A;1;2;0\nA;2;3;0\nA;3;1;0\nB;3;1;\n", 0, 3, "progress-totals", "period_reported", "1" },
	{ "A;1;2;0\nA;2;3;0\nA;3;1;0\nB;3;1;\n", 0, 3, "progress-totals", "period_due", "2" },
	{ "A;1;2;0\nA;2;3;0\nA;3;1;0\nB;3;1;\n", 2, 3, "progress", "period_reported", "2 | 0" },
	{ "A;1;2;0\nA;2;3;0\nA;3;1;0\nB;3;1;\n", 2, 3, "progress", "period_due", "2 | 2" },
	/* the target to date: quarters that are over, and thirds of the one at hand */
	{ "A;1;2;0\n", 0, 1, "progress", "plan_to_date", "1/3 | 0" },
	{ "A;1;2;0\n", 0, 3, "progress", "plan_to_date", "1 | 0" },
	{ "A;1;2;0\n", 0, 5, "progress", "plan_to_date", "7/3 | 0" },
	{ "A;1;2;0\n", 0, 11, "progress", "plan_to_date", "26/3 | 4/3" },
	{ "A;1;2;0\n", 0, 12, "progress-totals", "plan_to_date", "12" },
	{ "A;1;2;0\n", 0, 1, "progress-totals", "plan", "12" },
	/* longer periods */
	{ "A;1;1;0\nA;2;2;0\nA;3;3;0\nA;4;4;0\n", 4, 6, "progress-totals", "done_period", "4" },
	{ "A;1;1;0\nA;2;2;0\nA;3;3;0\nA;4;4;0\n", 4, 6, "progress-totals", "done_previous", "6" },
	{ "A;4;1;0\nA;5;2;0\nA;6;3;0\nB;4;4;0\n", 4, 6, "progress", "returned", "1 | 0" },
	/* a return that is missing between others */
	{ "A;1;2;0\nA;3;3;0\nB;1;1;0\nB;2;1;0\nB;3;1;0\n", 0, 3, "progress", "done", "5 | 3" },
	{ "A;1;2;0\nA;3;3;0\nB;1;1;0\nB;2;1;0\nB;3;1;0\n", 0, 3, "progress", "reported", "2 | 3" },
	{ "A;1;2;0\nA;3;3;0\nB;1;1;0\nB;2;1;0\nB;3;1;0\n", 0, 3, "progress", "returned", "1 | 1" },
	{ "A;1;2;0\nA;3;3;0\nB;1;1;0\nB;2;1;0\nB;3;1;0\n", 0, 3, "progress", "change", "? | 0" },
	{ "A;1;2;0\nA;3;3;0\nB;1;1;0\nB;2;1;0\nB;3;1;0\n", 0, 3, "progress-totals", "reported", "1" },
	{ "A;1;2;0\nA;3;3;0\nB;1;1;0\nB;2;1;0\nB;3;1;0\n", 0, 3, "progress-totals", "change", "?" },
	{ "A;1;2;0\nA;3;3;0\nB;1;1;0\nB;2;1;0\nB;3;1;0\n", 0, 3, "progress-months", "m02", "1 | 4 | 2/3 | 1 | 2" },
	{ "A;1;2;0\nA;3;3;0\nB;1;1;0\nB;2;1;0\nB;3;1;0\n", 0, 3, "progress-months", "m03", "4 | 8 | 1 | 2 | 2" },
	/* a quarter with a month that nobody, or not everybody, reported of */
	{ "A;1;2;0\nA;3;3;0\nB;1;1;0\nB;3;1;0\n", 1, 3, "progress", "done_period", "5 | 2" },
	{ "A;1;2;0\nA;3;3;0\nB;1;1;0\nB;3;1;0\n", 1, 3, "progress", "returned", "0 | 0" },
	{ "A;1;2;0\nA;3;3;0\nB;1;1;0\nB;3;1;0\n", 1, 3, "progress", "returns", "2 | 2" },
	{ "A;1;2;0\nA;3;3;0\nB;1;1;0\nB;3;1;0\n", 1, 3, "progress-totals", "returned", "0" },
	{ "A;1;2;0\nA;3;3;0\nB;1;1;0\nB;3;1;0\n", 1, 3, "progress-totals", "coverage", "0/2" },
	{ "A;1;2;0\nA;3;3;0\nB;1;1;0\nB;2;1;0\nB;3;1;0\n", 1, 3, "progress", "returned", "0 | 1" },
	{ "A;1;2;0\nA;2;1;0\nA;3;3;0\nA;4;1;0\nA;6;1;0\n", 4, 6, "progress", "change", "? | ?" },
	/* by month: none behind the period */
	{ "A;1;1;0\nB;1;1;0\nA;2;2;0\n", 0, 2, "progress-months", "m01", "2 | 2 | 1/3 | 2 | 2" },
	{ "A;1;1;0\nB;1;1;0\nA;2;2;0\n", 0, 2, "progress-months", "m02", "2 | 4 | 2/3 | 1 | 2" },
	{ "A;1;1;0\nB;1;1;0\nA;2;2;0\n", 0, 2, "progress-months", "m03", "? | ? | 1 | ? | ?" },
	{ "A;1;1;0\nB;1;1;0\nA;2;2;0\n", 0, 2, "progress-months", "m13", "? | ? | ? | ? | ?" }, /* no month */
	/* nor of a month that nobody reported of, or whose returns all lack the figure: the line has no point there, and goes on behind it */
	{ "A;1;2;0\nA;3;3;0\nB;1;1;0\nB;3;1;0\n", 0, 3, "progress-months", "m02", "? | ? | 2/3 | 0 | 2" },
	{ "A;1;2;0\nA;3;3;0\nB;1;1;0\nB;3;1;0\n", 0, 3, "progress-months", "m03", "4 | 7 | 1 | 2 | 2" },
	{ "A;1;2;0\nA;3;3;0\nB;1;1;0\nB;3;1;0\n", 0, 4, "progress-months", "m04", "? | ? | 5/3 | 0 | 2" },
	{ "A;1;2;0\nA;3;3;0\nB;1;1;0\nB;3;1;0\n", 0, 4, "progress-totals", "done", "7" },
	{ "A;1;2;0\nA;2;3;\n", 0, 2, "progress-months", "m02", "? | ? | 2/3 | 1 | 2 | 0" },
	/* a return that came without the figure is one that came; how many have the figure is told beside it */
	{ "A;1;1;0\nB;1;1;\nA;2;2;0\nB;2;1;0\n", 0, 2, "progress-months", "m01", "1 | 1 | 1/3 | 2 | 2 | 1" },
	{ "A;1;1;0\nB;1;1;\nA;2;2;0\nB;2;1;0\n", 0, 2, "progress-months", "m02", "3 | 4 | 2/3 | 2 | 2 | 2" },
	{ "A;1;1;0\nB;1;1;\nA;2;2;0\nB;2;1;0\n", 0, 2, "progress-months", "series", "month | done | plan | reported | due | known" },
	{ "A;1;1;0\nB;1;1;\nA;2;2;0\nB;2;1;0\n", 0, 2, "progress-returns", "reported", "2 | 2" },
};

static void test_figures(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
		struct progressed p;
		struct arena text = { 0 };

		progress_new(&p, TEMPLATE(EXITS(QUARTERS)), arena_printf(&text, "area;month;out;back\n%s", figures[i].returns),
			(struct period){ 2024, figures[i].last, figures[i].first });
		assert_string_equal(computed_findings(&p.c), "");
		assert_true(p.c.ok);
		assert_string_equal(field_texts(&p, figures[i].dataset, figures[i].field), figures[i].want);
		progress_free(&p);
		arena_clear(&text);
	}
}

#define TERMED(terms) "<target table=\"t\" value=\"exits\">" terms "</target>"

/* Sums since the year began: behind a month without one, the sum to date is known and the month is not. */
static const struct {
	const char *returns; /* area;month;sum */
	int first, last;     /* months */
	const char *dataset, *field, *want;
} spans[] = {
	{ "A;1;2\nA;2;3\nA;4;6\nB;1;1\nB;2;1\nB;3;1\nB;4;2\n", 0, 4, "progress", "done", "6 | 2" },
	{ "A;1;2\nA;2;3\nA;4;6\nB;1;1\nB;2;1\nB;3;1\nB;4;2\n", 0, 4, "progress", "done_period", "? | 1" },
	{ "A;1;2\nA;2;3\nA;4;6\nB;1;1\nB;2;1\nB;3;1\nB;4;2\n", 0, 4, "progress", "coverage", "3/4 | 4/4" },
	{ "A;1;2\nA;2;3\nA;4;6\nB;1;1\nB;2;1\nB;3;1\nB;4;2\n", 0, 4, "progress-totals", "done", "8" },
	{ "A;1;2\nA;2;3\nA;4;6\nB;1;1\nB;2;1\nB;3;1\nB;4;2\n", 0, 4, "progress-totals", "done_period", "1" },
	{ "A;1;2\nA;2;3\nA;4;6\nB;1;1\nB;2;1\nB;3;1\nB;4;2\n", 0, 4, "progress-totals", "period_reported", "1" },
	{ "A;1;2\nA;2;3\nA;4;6\nB;1;1\nB;2;1\nB;3;1\nB;4;2\n", 0, 4, "progress-months", "m03", "0 | 4 | ? | 1 | 2 | 1" },
	{ "A;1;2\nA;2;3\nA;4;6\nB;1;1\nB;2;1\nB;3;1\nB;4;2\n", 0, 4, "progress-months", "m04", "1 | 8 | ? | 2 | 2 | 1" },
	/* months that lie in the period together are of the period */
	{ "A;1;2\nA;2;3\nA;4;6\nB;1;1\nB;2;1\nB;3;1\nB;4;2\n", 3, 4, "progress", "done_period", "3 | 1" },
	{ "A;1;2\nA;2;3\nA;4;6\nB;1;1\nB;2;1\nB;3;1\nB;4;2\n", 4, 5, "progress", "done_period", "? | 1" },
	/* what came before is not compared with what is of both */
	{ "A;1;2\nA;3;4\nA;4;6\n", 0, 4, "progress", "change", "? | ?" },
	{ "A;1;2\nA;2;3\nA;3;4\nA;4;6\n", 0, 4, "progress", "change", "1 | ?" },
	/* the first return of the year, a return without the figure */
	{ "A;3;4\nA;4;6\n", 0, 3, "progress", "done", "4 | ?" },
	{ "A;3;4\nA;4;6\n", 0, 3, "progress", "done_period", "? | ?" },
	{ "A;3;4\nA;4;6\n", 0, 4, "progress", "done_period", "2 | ?" },
	{ "A;1;1\nA;2;\nA;3;4\n", 0, 3, "progress", "done_period", "? | ?" },
	{ "A;1;1\nA;2;\nA;3;4\n", 0, 3, "progress-months", "m03", "? | 4 | ? | 1 | 2 | 0" },
};

static void test_spans(void **state)
{
	static const char template[] = TEMPLATE("<indicator id=\"exits\" group=\"g\" label=\"Thoát nghèo\" unit=\"hộ\" value=\"sum\"/>");

	(void)state;
	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
		struct progressed p;
		struct arena text = { 0 };

		progress_new(&p, template, arena_printf(&text, "area;month;sum\n%s", spans[i].returns),
			(struct period){ 2024, spans[i].last, spans[i].first });
		assert_string_equal(computed_findings(&p.c), "");
		assert_true(p.c.ok);
		assert_string_equal(field_texts(&p, spans[i].dataset, spans[i].field), spans[i].want);
		progress_free(&p);
		arena_clear(&text);
	}
}

/* ---- areas whose own areas report ---- */

static const char *kept_of(struct progressed *p)
{
	struct buf kept = { 0 };
	const char *text;

	p->input.kept = &kept;
	assert_true(progress_derive(&p->input, &p->c.library, &p->c.arena, &p->c.arena, &p->derived, &p->plans, &p->c.diags));
	text = arena_text(&p->c.arena, kept.text);
	buf_clear(&kept);
	p->input.kept = NULL;
	return text;
}

/* The job again: its areas are areas above now, of which this was kept. */
static bool derive_above(struct progressed *p, const char *first, const char *second)
{
	const char *below[] = { first, second };
	bool ok;

	p->input.below = below;
	ok = progress_derive(&p->input, &p->c.library, &p->c.arena, &p->c.arena, &p->derived, &p->plans, &p->c.diags);
	p->input.below = NULL;
	return ok;
}

/* What is said of all areas together is what is said of them as one area above. */
static void check_above(const char *template, const char *columns, const char *returns, struct period period)
{
	static const char *const fields[] = { "done", "done_period", "change", "plan", "plan_to_date", "period_reported", "period_due", "planned" };
	enum { N = sizeof fields / sizeof *fields };
	struct progressed p;
	struct arena text = { 0 };
	const char *own[N], *kept;

	progress_new(&p, template, arena_printf(&text, "%s\n%s", columns, returns), period);
	kept = kept_of(&p);
	for (size_t i = 0; i < N; i++)
		own[i] = field_texts(&p, "progress-totals", fields[i]);
	assert_true(derive_above(&p, kept, kept));
	for (size_t i = 0; i < N; i++)
		assert_string_equal(field_texts(&p, "progress", fields[i]), arena_printf(&text, "%s | %s", own[i], own[i]));
	assert_true(derive_above(&p, NULL, kept));
	for (size_t i = 0; i < N - 1; i++)
		if (strcmp(fields[i], "change") != 0)
			assert_string_equal(field_texts(&p, "progress-totals", fields[i]), own[i]);
	assert_string_equal(field_texts(&p, "progress-totals", "change"), "?");
	assert_string_equal(computed_findings(&p.c), "");
	progress_free(&p);
	arena_clear(&text);
}

static void test_above(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
		check_above(TEMPLATE(EXITS(QUARTERS)), "area;month;out;back", figures[i].returns,
			(struct period){ 2024, figures[i].last, figures[i].first });
	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
		check_above(TEMPLATE("<indicator id=\"exits\" group=\"g\" label=\"X\" unit=\"hộ\" value=\"sum\"/>"), "area;month;sum", spans[i].returns,
			(struct period){ 2024, spans[i].last, spans[i].first });
}

/* Of one area that has sent a part, and one that could not be made. */
static void test_above_missing(void **state)
{
	static const struct {
		const char *dataset, *field, *want;
	} wants[] = {
		{ "progress", "reported", "1 | 0" },
		{ "progress", "returned", "0 | 0" },
		{ "progress", "coverage", "1/2 | 0/2" },
		{ "progress", "plan", "12 | ?" },
		{ "progress-totals", "coverage", "0/2" },
		{ "progress-totals", "awaited", "2" },
		{ "progress-months", "series", "month | done | plan | whole | due" },
		{ "progress-months", "m01", "3 | 3 | 1/3 | 1 | 2" },
		{ "progress-months", "m02", "3 | 6 | 2/3 | 0 | 2" },
		{ "progress-returns", "s01", "unsaid | unmade" },
		{ "progress-returns", "s02", "partial | unmade" },
		{ "progress-returns", "reported", "3 | ?" },
		{ "progress-returns", "due", "4 | ?" },
	};
	struct progressed p;
	size_t n, due;

	(void)state;
	progress_new(&p, TEMPLATE(EXITS(QUARTERS)), "area;month;out;back\nA;1;2;0\nA;2;3;0\nB;1;1;0\n", (struct period){ 2024, 2, 0 });
	assert_true(derive_above(&p, kept_of(&p), NULL));
	for (size_t i = 0; i < sizeof wants / sizeof *wants; i++)
		assert_string_equal(field_texts(&p, wants[i].dataset, wants[i].field), wants[i].want);
	p.input.below = (const char *const[]){ kept_of(&p), NULL };
	progress_count_returns(&p.input, 2, &n, &due);
	assert_int_equal(n, 3);
	assert_int_equal(due, 4);
	progress_free(&p);
}

/* What was kept is read as it was written, or not at all. */
static void test_above_damaged(void **state)
{
	struct progressed p;
	const char *kept;

	(void)state;
	progress_new(&p, TEMPLATE(EXITS(QUARTERS)), "area;month;out;back\nA;1;2;0\nA;2;3;0\nB;1;1;0\n", (struct period){ 2024, 2, 0 });
	kept = kept_of(&p);
	for (size_t n = 0; n + 1 < strlen(kept); n++)
		assert_false(derive_above(&p, arena_slice(&p.c.arena, kept, n), NULL));
	for (size_t i = 0; kept[i]; i++) {
		char *other = (char *)arena_text(&p.c.arena, kept);

		other[i] = '\n';
		derive_above(&p, other, NULL);
		other[i] = 'x';
		derive_above(&p, other, kept);
	}
	assert_false(derive_above(&p, arena_printf(&p.c.arena, "%sm 1\n", kept), NULL));
	assert_false(derive_above(&p, "q r 2 2 0\n", NULL));
	progress_free(&p);
}

static const struct {
	const char *target;
	const char *dataset, *field, *want;
} targets[] = {
	{ "", "progress", "planned", "0 | 0" },
	{ "", "progress", "plan", "? | ?" },
	{ "", "progress", "plan_to_date", "? | ?" },
	{ "<target table=\"u\" value=\"no\"/>", "progress-totals", "planned", "0" },
	/* a straight line */
	{ "<target table=\"t\" value=\"exits\"/>", "progress", "plan_to_date", "5/3 | 1/3" },
	/* by months of its own: the first two */
	{ "<target table=\"t\" value=\"exits\" months=\"q4 q2 q3 q1 0 0 0 0 0 0 0 0\"/>", "progress", "plan_to_date", "6 | 2" },
	/* rows by a condition; the total is theirs */
	{ "<target table=\"t\" value=\"exits\" where=\"exits &gt; 5\"/>", "progress", "plan", "10 | ?" },
	{ "<target table=\"t\" value=\"exits\" where=\"exits &gt; 5\"/>", "progress-totals", "plan", "10" },
	/* who has no plan is not waited for, unless nobody has one */
	{ "<target table=\"t\" value=\"exits\"/>", "progress-totals", "awaited", "2" },
	{ "<target table=\"t\" value=\"exits\" where=\"exits &gt; 5\"/>", "progress-totals", "awaited", "1" },
	{ "", "progress-totals", "awaited", "2" },
	/* of all areas together */
	{ "<target table=\"t\" total=\"total.exits * 2\"/>", "progress", "plan", "? | ?" },
	{ "<target table=\"t\" total=\"total.exits * 2\"/>", "progress-totals", "plan", "24" },
	/* by terms: equal in their quarters; of the first row where it holds, of the first term of a row; else a straight line */
	{ TERMED("<term table=\"t\" from=\"q1\" to=\"q2\"/>"), "progress", "plan_to_date", "10/3 | 2/3" },
	{ TERMED("<term table=\"t\" from=\"q3\" to=\"q4\" of=\"exits &gt; 5\"/>"), "progress", "plan_to_date", "0 | 1/3" },
	{ TERMED("<term table=\"t\" from=\"q1\" to=\"q1\" of=\"exits &gt; 5\"/><term table=\"t\" from=\"q2\" to=\"q3\"/>"), "progress", "plan_to_date",
		"20/3 | 0" },
	{ TERMED("<term table=\"t\" from=\"q1\" to=\"q2\"/>"), "progress-months", "m04", "? | ? | 8 | ? | ?" },
	{ TERMED("<term table=\"t\" from=\"q1\" to=\"q2\" where=\"exits &gt; 50\"/>"), "progress", "plan_to_date", "5/3 | 1/3" },
	{ TERMED("<term table=\"u\" from=\"q1\" to=\"q2\"/>"), "progress", "plan_to_date", "5/3 | 1/3" },
	/* a row that is not known leaves the total unknown */
	{ "<target table=\"t\" value=\"poor\"/>", "progress-totals", "plan", "?" },
};

static void test_targets(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
		struct progressed p;
		struct arena text = { 0 };

		progress_new(&p, arena_printf(&text, TEMPLATE(EXITS("%s")), targets[i].target), "area;month;out;back\nA;1;1;0\n",
			(struct period){ .year = 2024, .month = 2 });
		assert_string_equal(computed_findings(&p.c), "");
		assert_string_equal(field_texts(&p, targets[i].dataset, targets[i].field), targets[i].want);
		progress_free(&p);
		arena_clear(&text);
	}
}

#define AS_EXITS(total)                                                                              \
	"<indicator id=\"all\" group=\"g\" label=\"O\" unit=\"hộ\" value=\"back\" areas=\"no\">" \
		"<target table=\"t\" total=\"" total "\" phased-as=\"exits\"/></indicator>"

/* What was done for the last indicator, not what its template has: the plan of A is 10, of B 2. */
static const struct {
	const char *indicators;
	bool has_target;
	enum phasing want;
} phased[] = {
	{ EXITS("<target table=\"t\" value=\"exits\"/>"), true, PHASED_LINE },
	{ EXITS(QUARTERS), true, PHASED_QUARTERS },
	{ EXITS("<target table=\"t\" value=\"exits\" months=\"q1 q2 q3 q4 0 0 0 0 0 0 0 0\"/>"), true, PHASED_MONTHS },
	{ EXITS("<target table=\"u\" value=\"no\"/>"), false, PHASED_LINE },
	{ EXITS("<target table=\"t\" value=\"exits\" where=\"exits &gt; 50\"/>"), false, PHASED_LINE },
	{ EXITS(TERMED("<term table=\"t\" from=\"q1\" to=\"q2\"/>")), true, PHASED_TERMS },
	{ EXITS(TERMED("<term table=\"t\" from=\"q3\" to=\"q4\" of=\"exits &gt; 5\"/>")), true, PHASED_TERMS_REST },
	{ EXITS(TERMED("<term table=\"t\" from=\"q1\" to=\"q2\" of=\"exits &gt; 50\"/>")), true, PHASED_LINE },
	{ EXITS(TERMED("<term table=\"t\" from=\"q1\" to=\"q2\" where=\"exits &gt; 50\"/>")), true, PHASED_LINE }, /* no row says it */
	{ EXITS(TERMED("<term table=\"u\" from=\"q1\" to=\"q2\"/>")), true, PHASED_LINE },
	{ EXITS(QUARTERS) AS_EXITS("total.exits * 2"), true, PHASED_JOINTLY_REST },
	{ EXITS(QUARTERS) AS_EXITS("total.exits"), true, PHASED_JOINTLY },
};

static void test_phased(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof phased / sizeof *phased; i++) {
		struct progressed p;
		struct arena text = { 0 };
		size_t last = strstr(phased[i].indicators, "\"all\"") != NULL;

		progress_new(&p, arena_printf(&text, TEMPLATE("%s"), phased[i].indicators), "area;month;out;back\nA;1;1;0\n",
			(struct period){ .year = 2024, .month = 2 });
		assert_string_equal(computed_findings(&p.c), "");
		assert_true(p.plans[last].is_told);
		assert_int_equal(p.plans[last].target != NULL, phased[i].has_target);
		assert_int_equal(p.plans[last].phasing, phased[i].want);
		progress_free(&p);
		arena_clear(&text);
	}
}

/* Neither the plan nor any return has a figure of it. */
static void test_untold(void **state)
{
	struct progressed p;

	(void)state;
	progress_new(&p, TEMPLATE(EXITS("") "<indicator id=\"other\" group=\"g\" label=\"O\" unit=\"hộ\" value=\"back\"/>"),
		"area;month;out;back\nA;1;1;\n", (struct period){ .year = 2024, .month = 2 });
	assert_false(p.plans[0].is_told);
	assert_false(p.plans[1].is_told);
	progress_free(&p);
	progress_new(&p, TEMPLATE(EXITS("") "<indicator id=\"other\" group=\"g\" label=\"O\" unit=\"hộ\" value=\"back\"/>"),
		"area;month;out;back\nA;1;;3\n", (struct period){ .year = 2024, .month = 2 });
	assert_false(p.plans[0].is_told);
	assert_true(p.plans[1].is_told);
	assert_null(p.plans[1].target);
	progress_free(&p);
}

/* What the job itself says goes before its template, and only for the indicator it names. */
static void test_own_targets(void **state)
{
	static const char job[] = JOB("<progress template=\"p\"><target of=\"other\" table=\"t\" value=\"q1\"/><target of=\"exits\" table=\"u\" value=\"no\"/>"
		"<target of=\"exits\" table=\"t\" value=\"q4\"/></progress>");
	struct progressed p;

	(void)state;
	progress_of_job(&p, job, TEMPLATE(EXITS(QUARTERS) "<indicator id=\"other\" group=\"g\" label=\"O\" unit=\"hộ\" value=\"back\">"
		"<target table=\"t\" value=\"exits\"/></indicator>"), "area;month;out;back\nA;1;1;0\n", (struct period){ .year = 2024, .month = 3 });
	assert_string_equal(computed_findings(&p.c), "");
	assert_string_equal(field_texts(&p, "progress", "plan"), "4 | 2 | 1 | 0");
	assert_string_equal(field_texts(&p, "progress", "plan_to_date"), "1 | 0.5 | 0.25 | 0"); /* a straight line: the quarters are the template's */
	progress_free(&p);
}

/* What others have of a plan is phased as theirs, the rest is a straight line. */
static void test_joint_target(void **state)
{
	struct progressed p;

	(void)state;
	progress_new(&p, TEMPLATE(EXITS(QUARTERS) "<indicator id=\"all\" group=\"g\" label=\"O\" unit=\"hộ\" value=\"back\" areas=\"no\">"
		"<target table=\"t\" total=\"total.exits * 2\" phased-as=\"exits\"/></indicator>"), "area;month;out;back\nA;1;1;0\n",
		(struct period){ .year = 2024, .month = 2 });
	assert_string_equal(computed_findings(&p.c), "");
	assert_string_equal(field_texts(&p, "progress-totals", "plan"), "12 | 24");
	assert_string_equal(field_texts(&p, "progress-totals", "plan_to_date"), "2/3 | 8/3");
	progress_free(&p);
}

static const struct {
	const char *target, *finding;
} bad_phasings[] = {
	{ TERMED("<term table=\"t\" from=\"poor\" to=\"q2\"/>"), "value plan.csv:2:7 'poor' of a term is 100; expected" },
	{ TERMED("<term table=\"t\" from=\"q1 / 2\" to=\"q2\"/>"), "value plan.csv:2:3 'q1 / 2' of a term is 0.5; expected" },
	{ TERMED("<term table=\"t\" from=\"q4\" to=\"q1\"/>"), "value plan.csv:2:6 a term begins in quarter 4 and ends in quarter 1;" },
	{ "<target table=\"t\" value=\"exits\" quarters=\"q1 q2 q3 q3\"/>",
		"phasing plan.csv:2:2 'Thoát nghèo' of A: its 4 parts add up to 9, the plan of the year is 10;" },
	{ "<target table=\"t\" total=\"total.exits\" phased-as=\"other\"/>", "unknown-name p.xml:1:" },
	{ "<target table=\"t\" total=\"total.exits\" phased-as=\"exits\"/>", "unknown-name p.xml:1:" },
};

static void test_bad_phasings(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad_phasings / sizeof *bad_phasings; i++) {
		struct progressed p;
		struct arena text = { 0 };

		progress_new(&p, arena_printf(&text, TEMPLATE(EXITS("%s")), bad_phasings[i].target), "area;month;out;back\nA;1;1;0\n",
			(struct period){ .year = 2024, .month = 2 });
		assert_false(p.c.ok);
		if (strncmp(computed_findings(&p.c), bad_phasings[i].finding, strlen(bad_phasings[i].finding)) != 0)
			fail_msg("found: %s", computed_findings(&p.c));
		progress_free(&p);
		arena_clear(&text);
	}
}

#define STATUSES                                                                                   \
	"<status id=\"none\" word=\"chưa\" when=\"returned = 0\"/><status id=\"done\" word=\"đạt\" when=\"done &gt;= plan\"/>" \
	"<status id=\"late\" word=\"chậm\"/>"

/* The first condition that holds; what is not known holds for none. */
static void test_statuses(void **state)
{
	struct progressed p;

	(void)state;
	progress_new(&p, TEMPLATE(EXITS(QUARTERS) STATUSES), "area;month;out;back\nA;1;1;0\nB;1;2;0\n",
		(struct period){ .year = 2024, .month = 1 });
	assert_string_equal(computed_findings(&p.c), "");
	assert_string_equal(field_texts(&p, "progress", "status"), "chậm | đạt");
	assert_string_equal(field_texts(&p, "progress", "status_id"), "late | done");
	progress_free(&p);
	progress_new(&p, TEMPLATE(EXITS(QUARTERS) STATUSES), "area;month;out;back\nA;2;1;0\nB;1;2;0\n",
		(struct period){ .year = 2024, .month = 2 });
	assert_string_equal(field_texts(&p, "progress", "status"), "chậm | chưa");
	progress_free(&p);
	progress_new(&p, TEMPLATE(EXITS("") "<status id=\"done\" word=\"đạt\" when=\"done &gt;= plan\"/>"),
		"area;month;out;back\nA;1;1;0\n", (struct period){ .year = 2024, .month = 1 });
	assert_string_equal(field_texts(&p, "progress", "status"), "? | ?");
	progress_free(&p);
}

/* Of what should not happen, little is good. */
static void test_ceiling(void **state)
{
	static const char *const wants[] = { "ít | nhiều", "ít | ít" };
	static const char *const less[] = { " less=\"better\"", "" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct progressed p;
		struct arena text = { 0 };

		progress_new(&p, arena_printf(&text, TEMPLATE("<indicator id=\"exits\" group=\"g\" label=\"X\" unit=\"hộ\" value=\"out - back\"%s>" QUARTERS
				"</indicator><status id=\"much\" word=\"nhiều\" when=\"ceiling = 1 and done &gt; plan\"/><status id=\"few\" word=\"ít\"/>"), less[i]),
			"area;month;out;back\nA;1;10;0\nB;1;3;0\n", (struct period){ .year = 2024, .month = 1 });
		assert_string_equal(computed_findings(&p.c), "");
		assert_string_equal(field_texts(&p, "progress", "status"), wants[i]);
		progress_free(&p);
		arena_clear(&text);
	}
}

/* Looks: just dark enough; a sheet of what no table has; a name as long as programs allow. */
static void test_looks(void **state)
{
	struct progressed p;
	const struct progress_template *t;
	static const char text[] = TEMPLATE(EXITS("") "<status id=\"s\" word=\"x\" fill=\"FFFFFF\" ink=\"767676\"/><status id=\"u\" word=\"y\"/>"
		"<sheet name=\"Một tên dài đúng ba mươi mốt tờ\" is=\"remarks\"/><sheet name=\"B\" tables=\"t t\" brief=\"yes\" page=\"one\"/>");

	(void)state;
	progress_new(&p, text, "area;month;out;back\nA;1;1;0\n", (struct period){ .year = 2024, .month = 1 });
	assert_string_equal(computed_findings(&p.c), "");
	t = progress_read(p.derived.job, "p", &p.c.library, &p.c.arena, &p.c.diags);
	assert_non_null(t);
	assert_true(t->status[0].has_look && !t->status[1].has_look);
	assert_int_equal(t->status[0].fill, 0xFFFFFF);
	assert_int_equal(t->status[0].ink, 0x767676);
	assert_int_equal(t->n_sheet, 3);
	assert_string_equal(t->sheet[1].is, "remarks");
	assert_null(t->sheet[1].tables[0]);
	assert_null(t->sheet[2].is);
	assert_string_equal(t->sheet[2].tables[1], "t");
	assert_true(t->sheet[2].brief && t->sheet[2].one_page && !t->sheet[2].filters);
	progress_free(&p);
}

/* What neither the plan nor any return speaks of is left out. */
static void test_left_out(void **state)
{
	struct progressed p;

	(void)state;
	progress_new(&p, TEMPLATE(EXITS("") "<indicator id=\"back\" group=\"g\" label=\"B\" unit=\"hộ\" value=\"back\"/>"),
		"area;month;out;back\nA;1;;1\nA;2;3;\n", (struct period){ .year = 2024, .month = 1 });
	assert_string_equal(computed_findings(&p.c), "");
	assert_string_equal(field_texts(&p, "progress-totals", "indicator"), "back");
	progress_free(&p);
	/* nor what would be a share of something that the plan does not have */
	progress_new(&p,
		TEMPLATE("<base id=\"land\" label=\"L\" unit=\"hộ\"/><indicator id=\"x\" group=\"g\" label=\"X\" unit=\"%\" value=\"out / land * 100\"/>"
			 EXITS("")), "area;month;out;back\nA;1;1;1\n", (struct period){ .year = 2024, .month = 1 });
	assert_string_equal(computed_findings(&p.c), "");
	assert_string_equal(field_texts(&p, "progress-totals", "indicator"), "exits");
	progress_free(&p);
}

/* A share of what the plan has: of an area's, and of all, where one is not known. */
static void test_bases(void **state)
{
	static const char rate[] = TEMPLATE("<indicator id=\"rate\" group=\"g\" label=\"Tỷ lệ\" unit=\"%\" value=\"out / poor * 100\"/>");
	struct progressed p;

	(void)state;
	progress_new(&p, rate, "area;month;out;back\nA;1;1;0\nB;1;1;0\nA;2;3;0\n", (struct period){ .year = 2024, .month = 2 });
	assert_string_equal(computed_findings(&p.c), "");
	assert_string_equal(field_texts(&p, "progress", "done"), "4 | ?");
	assert_string_equal(field_texts(&p, "progress-totals", "done"), "?");
	assert_string_equal(field_texts(&p, "progress", "name"), "Tỷ lệ | Tỷ lệ");
	progress_free(&p);
}

static const struct {
	const char *rows; /* area;month;received;out */
	int last;
	const char *field, *want;
} arrivals[] = {
	/* the day, and whether it is behind the fifth of the month behind; a month not due yet says nothing */
	{ "A;1;2024-02-05;1\nB;1;2024-02-06T08:00;1\n", 1, "m01", "2024-02-05 | 2024-02-06" },
	{ "A;1;2024-02-05;1\nB;1;2024-02-06T08:00;1\n", 1, "s01", "received | late" },
	{ "A;1;2024-02-05;1\nA;2;2024-03-09;1\n", 1, "s02", "? | ?" },
	{ "A;1;2024-02-05;1\nA;2;2024-03-09;1\n", 1, "m02", "? | ?" },
	{ "A;1;2024-02-05;1\nA;2;2024-03-09;1\n", 2, "s02", "late | missing" },
	{ "A;1;2024-02-05;1\nA;2;2024-03-09;1\n", 2, "late_days", "4 | 29" },
	{ "A;1;2024-02-07;1\nA;2;2024-03-09;1\n", 2, "late", "2 | 1" },
	{ "A;1;2024-02-07;1\nA;2;2024-03-09;1\n", 2, "reported", "2 | 0" },
	{ "A;1;2024-02-07;1\nA;2;2024-03-09;1\n", 2, "due", "2 | 2" },
	{ "A;1;2024-02-07;1\n", 1, "corrections", "0 | 0" },
	{ "A;1;;1\n", 1, "s01", "unsaid | missing" },
	{ "A;1;;1\n", 1, "m01", "? | ?" },
	{ "A;12;2025-01-05;1\nB;12;2025-01-31;1\n", 12, "s12", "received | late" },
	{ "A;12;2025-01-05;1\nB;12;2025-01-31;1\n", 12, "late_days", "2018 | 2044" },
	{ "A;1;2024-02-05;1\n", 1, "s99", "? | ?" },
	/* a day in short has its year where that is not the year of the due day */
	{ "A;1;2024-02-05;1\nB;1;2025-02-05;1\n", 1, "d01", "05/02 | 05/02/2025" },
	{ "A;12;2025-01-05;1\nB;12;2024-12-31;1\n", 12, "d12", "05/01 | 31/12/2024" },
};

static const char due_template[] = ROOT("progress", "id=\"p\" over=\"r\" tables=\"t\" brief=\"b\" due-day=\"5\">" EXITS("") "<sheet name=\"S\" tables=\"t\"/>");

/* Who reported when. */
static void test_arrivals(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof arrivals / sizeof *arrivals; i++) {
		struct progressed p;
		struct arena text = { 0 };

		progress_new(&p, due_template, arena_printf(&text, "area;month;received;out\n%s", arrivals[i].rows),
			(struct period){ .year = 2024, .month = arrivals[i].last });
		assert_string_equal(computed_findings(&p.c), "");
		assert_string_equal(field_texts(&p, "progress-returns", arrivals[i].field), arrivals[i].want);
		progress_free(&p);
		arena_clear(&text);
	}
}

static const struct {
	struct date date; /* of the report */
	const char *late, *days;
} overdue[] = {
	{ { 0 }, "0 | 0", "0 | 0" }, /* as if on the day that they are due */
	{ { 2024, 2, 5 }, "0 | 0", "0 | 0" },
	{ { 2024, 2, 6 }, "0 | 1", "0 | 1" },
	{ { 2024, 2, 29 }, "0 | 1", "0 | 24" },
	{ { 2025, 1, 5 }, "0 | 1", "0 | 335" },
	{ { 2024, 1, 31 }, "0 | 0", "0 | 0" },
};

/* What did not come until the day of the report. */
static void test_overdue(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof overdue / sizeof *overdue; i++) {
		struct progressed p;

		progress_dated(&p, JOB(""), due_template, "area;month;received;out\nA;1;2024-02-05;1\n", (struct period){ .year = 2024, .month = 1 },
			overdue[i].date);
		assert_string_equal(field_texts(&p, "progress-returns", "late"), overdue[i].late);
		assert_string_equal(field_texts(&p, "progress-returns", "late_days"), overdue[i].days);
		progress_free(&p);
	}
}

static const struct {
	struct date date; /* of the report */
	const char *findings;
} dated[] = {
	{ { 0 }, "" },
	{ { 2024, 2, 0 }, "" },
	{ { 2024, 2, 7 }, "" },
	{ { 2024, 2, 6 }, "date r.csv:3:3 the report is dated 2024-02-06, but counts the return of 'B' for 2024-01, received 2024-02-07: "
			  "returns received after its day: 1; date it 2024-02-07 or later, or leave them out of the job\n" },
	{ { 2024, 2, 4 }, "date r.csv:2:3 the report is dated 2024-02-04, but counts the return of 'A' for 2024-01, received 2024-02-05: "
			  "returns received after its day: 2; date it 2024-02-07 or later, or leave them out of the job\n" },
};

/* A report does not tell what came after its day; what is not of its months does not count. */
static void test_dated(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof dated / sizeof *dated; i++) {
		struct progressed p;

		progress_dated(&p, JOB(""), due_template, "area;month;received;out\nA;1;2024-02-05;1\nB;1;2024-02-07T14:30;1\nA;2;2024-03-01;1\n",
			(struct period){ .year = 2024, .month = 1 }, dated[i].date);
		assert_true(p.c.ok);
		assert_string_equal(computed_findings(&p.c), dated[i].findings);
		progress_free(&p);
	}
}

static const struct {
	const char *rows; /* area;month;received;out;back;out_dtts */
	int last;
	const char *dataset, *field, *want;
} corrected[] = {
	/* of months in the period only, each with the latest return in place */
	{ "A;1;2024-02-01;1;;\nA;1;2024-02-02;2;;\nA;3;2024-04-01;1;;\nA;3;2024-04-02;4;;\n", 2, "progress-corrections", "after", "2" },
	{ "A;1;2024-02-01;1;;\nA;1;2024-02-02;2;;\nA;3;2024-04-01;1;;\nA;3;2024-04-02;4;;\n", 2, "progress-returns", "corrections", "1 | 0" },
	{ "A;1;2024-02-01;1;;\nA;1;2024-02-02;2;;\nA;3;2024-04-01;1;;\nA;3;2024-04-02;4;;\n", 3, "progress-corrections", "month", "1 | 3" },
	{ "A;1;2024-02-01;1;;\nA;1;2024-02-02;2;;\nA;3;2024-04-01;1;;\nA;3;2024-04-02;4;;\n", 3, "progress-corrections", "after", "2 | 4" },
	{ "A;1;2024-02-01;1;;\nA;1;2024-02-02;2;;\nA;3;2024-04-01;1;;\nA;3;2024-04-02;4;;\n", 3, "progress-returns", "corrections", "2 | 0" },
	{ "A;1;2024-02-01;1;;\nA;1;2024-02-02;2;;\nA;3;2024-04-01;1;;\nA;3;2024-04-02;4;;\nB;2;2024-03-01;1;;\nB;2;2024-03-02;0;;\n", 3, "progress-returns",
		"corrections", "2 | 1" },
	/* what comes late for an early month belongs to that month */
	{ "A;1;2024-02-01;1;;\nA;1;2024-12-31;2;;\n", 1, "progress-corrections", "after", "2" },
	/* several of one figure have a number each; a field whose name begins alike is another, so are another month and area */
	{ "A;1;2024-02-01;1;;1\nA;1;2024-02-02;2;;2\nA;1;2024-02-03;3;;2\nA;1;2024-02-04;3;;3\nA;2;2024-03-01;1;;\nA;2;2024-03-02;2;;\n"
		"B;1;2024-02-01;1;;\nB;1;2024-02-02;2;;\n", 2, "progress-corrections", NULL,
		"a/01/out a/01/out_dtts a/01/out/2 a/01/out_dtts/2 a/02/out b/01/out" },
};

static const char *row_keys(struct progressed *p, const char *dataset)
{
	const struct data *data = model_find(&p->derived, dataset, SOURCE_CURRENT);
	const char *text = "";

	for (size_t i = 0; i < data->n_row; i++)
		text = arena_printf(&p->c.arena, "%s%s%s", text, i ? " " : "", data->row[i].key);
	return text;
}

static void test_corrections(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof corrected / sizeof *corrected; i++) {
		struct progressed p;
		struct arena text = { 0 };

		progress_new(&p, TEMPLATE(EXITS("")), arena_printf(&text, "area;month;received;out;back;out_dtts\n%s", corrected[i].rows),
			(struct period){ .year = 2024, .month = corrected[i].last });
		assert_string_equal(computed_findings(&p.c), "");
		assert_string_equal(corrected[i].field ? field_texts(&p, corrected[i].dataset, corrected[i].field) : row_keys(&p, corrected[i].dataset),
			corrected[i].want);
		progress_free(&p);
		arena_clear(&text);
	}
}

/* Every figure knows the cells it is of. */
static void test_places(void **state)
{
	struct progressed p;
	const struct data *data;
	struct figure done;

	(void)state;
	progress_new(&p, TEMPLATE(EXITS(QUARTERS)), "area;month;out;back\nA;1;2;0\nA;2;3;1\nB;1;1;0\n",
		(struct period){ .year = 2024, .month = 2 });
	data = model_find(&p.derived, "progress-totals", SOURCE_CURRENT);
	done = figure_listed(data->row[0].datum[dataset_field(data->dataset, "done") - data->dataset->field].figure, &p.c.arena);
	assert_int_equal(done.n_from, 6);
	assert_string_equal(file_name(done.from[0].file), "r.csv");
	assert_int_equal(done.from[0].row, 2);
	assert_int_equal(done.from[0].col, 3);
	assert_string_equal(data->row[0].key, "exits");
	assert_string_equal(file_name(data->row[0].at.file), "p.xml"); /* of its indicator */
	progress_free(&p);
}

static const struct {
	const char *template;
	const char *want;
} bad[] = {
	{ TEMPLATE("<indicator id=\"x\" group=\"g\" label=\"X\" unit=\"hộ\" value=\"outt\"/>"), "unknown-name" },
	{ TEMPLATE("<indicator id=\"x\" group=\"g\" label=\"X\" unit=\"đồng\" value=\"out\"/>"), "unit" },
	{ TEMPLATE(EXITS("<target table=\"t\" value=\"exit\"/>")), "unknown-name" },
	{ TEMPLATE(EXITS("<target table=\"t\" value=\"exits\" quarters=\"q1 q2\"/>")), "value" },
	{ TEMPLATE(EXITS("<target table=\"t\" value=\"exits\" months=\"q1 q2 q3 q4\"/>")), "value" },
	{ TEMPLATE(EXITS("<target table=\"t\" value=\"exits\" quarters=\"q1 q2 q3 q4\" months=\"q1 q2 q3 q4 q1 q2 q3 q4 q1 q2 q3 q4\"/>")), "value" },
	{ TEMPLATE(EXITS("<target table=\"t\"/>")), "missing-attribute" },
	{ TEMPLATE(EXITS("<target table=\"t\" total=\"total.exits\" where=\"exits = 1\"/>")), "value" },
	{ TEMPLATE(EXITS("") EXITS("")), "duplicate" },
	{ TEMPLATE(""), "missing-element" },
	{ TEMPLATE(EXITS("") "<status id=\"s\" word=\"x\" when=\"doen = 1\"/>"), "unknown-name" },
	{ TEMPLATE("<indicators/>"), "unknown-element" },
	{ TEMPLATE(EXITS("") "<status id=\"s\" word=\"x\" fill=\"ffffff\" ink=\"#000000\"/>"), "value" },
	{ TEMPLATE(EXITS("") "<status id=\"s\" word=\"x\" fill=\"ffffff\"/>"), "missing-attribute" },
	{ TEMPLATE(EXITS("") "<status id=\"s\" word=\"x\" fill=\"ffffff\" ink=\"777777\"/>"), "contrast" },
	{ TEMPLATE(EXITS("") "<sheet name=\"tổng HỢP\" tables=\"t\"/>"), "duplicate" },
	{ TEMPLATE(EXITS("") "<sheet name=\"a/b\" tables=\"t\"/>"), "name" },
	{ TEMPLATE(EXITS("") "<sheet name=\"Một tên dài hơn ba mươi mốt chữ!\" tables=\"t\"/>"), "name" },
	{ TEMPLATE(EXITS("") "<sheet name=\"S\" tables=\"u\"/>"), "unknown-name" },
	{ TEMPLATE(EXITS("") "<sheet name=\"S\"/>"), "missing-attribute" },
	{ TEMPLATE(EXITS("") "<sheet name=\"S\" tables=\"t t\" filters=\"yes\"/>"), "value" },
	{ TEMPLATE(EXITS("") "<sheet name=\"S\" is=\"anything\"/>"), "value" },
	{ ROOT("progress", "id=\"p\" over=\"r\" tables=\"t\" brief=\"b\">" EXITS("")), "missing-element" },
	{ ROOT("progress", "id=\"p\" over=\"r\" tables=\"t\" brief=\"b\" due-day=\"29\">" EXITS("")), "value" },
	{ ROOT("progress", "id=\"p\" over=\"r\" tables=\"t\" brief=\"b\" due-day=\"0\">" EXITS("")), "value" },
	{ ROOT("progress", "id=\"p\" over=\"r\" tables=\"t\" brief=\"b\" due-day=\"5a\">" EXITS("")), "value" },
};

static void test_bad_templates(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct progressed p;

		progress_new(&p, bad[i].template, "area;month;out;back\nA;1;1;0\n", (struct period){ .year = 2024, .month = 2 });
		assert_false(p.c.ok);
		assert_true(p.c.diags.n_finding);
		assert_string_equal(p.c.diags.finding[0].rule, bad[i].want);
		assert_non_null(p.c.diags.finding[0].at.file);
		progress_free(&p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_figures),
		cmocka_unit_test(test_spans),
		cmocka_unit_test(test_targets),
		cmocka_unit_test(test_phased),
		cmocka_unit_test(test_untold),
		cmocka_unit_test(test_own_targets),
		cmocka_unit_test(test_joint_target),
		cmocka_unit_test(test_bad_phasings),
		cmocka_unit_test(test_statuses),
		cmocka_unit_test(test_ceiling),
		cmocka_unit_test(test_looks),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_bases),
		cmocka_unit_test(test_arrivals),
		cmocka_unit_test(test_overdue),
		cmocka_unit_test(test_dated),
		cmocka_unit_test(test_corrections),
		cmocka_unit_test(test_above),
		cmocka_unit_test(test_above_missing),
		cmocka_unit_test(test_above_damaged),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_bad_templates),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
