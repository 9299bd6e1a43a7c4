#include "audited.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define FIELDS                                                                                     \
	"<field id=\"area\" type=\"area\" key=\"yes\"><name>Thôn</name></field>"                  \
	"<field id=\"region\" type=\"text\"><name>Vùng</name></field>"                            \
	"<field id=\"poor\" type=\"number\" unit=\"hộ\" signed=\"yes\"><name>Hộ nghèo</name></field>" \
	"<field id=\"given\" type=\"count\" unit=\"hộ\"><name>Giao</name></field>"
#define LABEL "<column id=\"area\" label=\"Thôn\" is=\"label\"/>"
#define SHARE(whole, more)                                                                         \
	"<column id=\"share\" label=\"Giao\" unit=\"hộ\" allocate=\"" whole "\" by=\"poor\"" more "/>"
#define TOTAL "<total label=\"Tổng\"/>"

static const struct {
	const char *rows;  /* attributes of <table> */
	const char *table; /* columns behind the label */
	const char *data;  /* area; region; poor; given */
	const char *want;  /* the shares, in the order of the table */
} shared[] = {
	/* 10 / 3 = 3,33...: the larger rests first */
	{ "", SHARE("10", "") TOTAL, "A;;1;\nB;;1;\nC;;1;\n", "4 | 3 | 3 | 10" },
	{ "", SHARE("7", "") TOTAL, "A;;50;\nB;;30;\nC;;20;\n", "4 | 2 | 1 | 7" },
	{ "", SHARE("round(total(poor) * 35 / 100, 0)", "") TOTAL, "A;;21;\nB;;13;\nC;;6;\n", "7 | 5 | 2 | 14" },
	/* the same rest: the larger weight (2,5 and 7,5), then the earlier row */
	{ "", SHARE("10", "") TOTAL, "A;;1;\nB;;3;\n", "2 | 8 | 10" },
	{ "", SHARE("10", "") TOTAL, "A;;3;\nB;;1;\n", "8 | 2 | 10" },
	{ "", SHARE("1", "") TOTAL, "A;;2;\nB;;2;\nC;;2;\n", "1 | 0 | 0 | 1" },
	{ "", SHARE("2", "") TOTAL, "A;;2;\nB;;2;\nC;;2;\n", "1 | 1 | 0 | 2" },
	/* the earlier row is the one of the source, whatever the order of the table */
	{ " order=\"share\"", SHARE("2", "") TOTAL, "C;;2;\nB;;2;\nA;;2;\n", "0 | 1 | 1 | 2" },
	{ " order=\"share desc\"", SHARE("7", "") TOTAL, "A;;1;\nB;;3;\nC;;3;\n", "3 | 3 | 1 | 7" },
	{ " order=\"poor desc\"", "<column id=\"poor\" label=\"Nghèo\"/>" SHARE("4", "") TOTAL,
		"A;;2;\nB;;2;\nC;;3;\n", "2 | 1 | 1 | 4" },
	{ " order=\"label\"", SHARE("1", "") TOTAL, "B;;2;\nA;;2;\n", "0 | 1 | 1" },
	/* nothing to share out, weights of 0, weights with decimals */
	{ "", SHARE("0", "") TOTAL, "A;;1;\nB;;2;\n", "0 | 0 | 0" },
	{ "", SHARE("0", "") TOTAL, "A;;0;\nB;;0;\n", "0 | 0 | 0" },
	{ "", SHARE("5", "") TOTAL, "A;;0;\nB;;2;\n", "0 | 5 | 5" },
	{ "", SHARE("3", "") TOTAL, "A;;0,5;\nB;;1,5;\nC;;0,25;\n", "1 | 2 | 0 | 3" },
	/* exact shares, which a total adds up again */
	{ "", SHARE("10", " mode=\"proportional\"") TOTAL, "A;;1;\nB;;2;\n", "10/3 | 20/3 | 10" },
	{ "", SHARE("2.5", " mode=\"proportional\"") TOTAL, "A;;1;\nB;;4;\n", "0.5 | 2 | 2.5" },
	{ "", SHARE("1", " mode=\"largest-remainder\"") TOTAL, "A;;1;\n", "1 | 1" },
	/* what the source gives */
	{ "", "<column id=\"given\" label=\"Giao\" unit=\"hộ\" allocate=\"total(poor)\" mode=\"given\"/>" TOTAL,
		"A;;1;2\nB;;2;1\n", "2 | 1 | 3" },
	/* groups and the total add up; the groups change no share */
	{ " groups=\"region\"", SHARE("7", "") "<subtotal label=\"{group}\"/>" TOTAL,
		"A;X;1;\nB;Y;1;\nC;X;1;\nD;Y;1;\n", "4 | 2 | 2 | 3 | 2 | 1 | 7" },
	{ " groups=\"region\"", SHARE("7", " total=\"none\"") "<subtotal label=\"{group}\"/>" TOTAL, "A;X;1;\nB;Y;1;\n",
		"? | 4 | ? | 3 | ?" },
	/* a whole that is not there, or divides by zero */
	{ "", SHARE("total(given)", "") TOTAL, "A;;1;2\nB;;1;\n", "? | ? | ?" },
	{ "", SHARE("total(given)", " mode=\"proportional\"") TOTAL, "A;;1;2\nB;;1;\n", "? | ? | ?" },
	{ "", SHARE("total(given * poor / (poor - poor))", "") TOTAL, "A;;1;2\nB;;1;3\n", "- | - | -" },
	/* 4,2 tỷ of 12: the products do not fit 64 bits, the shares do */
	{ "", SHARE("12000000000", "") TOTAL, "A;;3500000000;\nB;;6500000000;\n",
		"4200000000 | 7800000000 | 12000000000" },
};

static const char *data_of(const char *rows, struct arena *a)
{
	return arena_printf(a, "Thôn;Vùng;Hộ nghèo;Giao\n%s", rows);
}

static struct computed *computed_of(const char *rows, const char *table, const char *data, struct arena *a)
{
	struct audited f = { .dataset = FIELDS,
		.rows = rows,
		.table = arena_printf(a, LABEL "%s", table),
		.current = data_of(data, a) };

	return audited_new(&f);
}

static void test_shared(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
		struct arena a = { 0 };
		struct computed *c = computed_of(shared[i].rows, shared[i].table, shared[i].data, &a);
		const char *id = strstr(shared[i].table, "id=\"given\"") ? "given" : "share";

		if (strcmp(audited_findings(c), "") != 0 || strcmp(computed_cells(c, id), shared[i].want) != 0)
			fail_msg("%s%s: %s, not %s\n%s", shared[i].table, shared[i].data, computed_cells(c, id), shared[i].want,
				audited_findings(c));
		assert_true(c->ok);
		computed_free(c);
		arena_clear(&a);
	}
}

static const struct {
	const char *table;
	const char *data;
	const char *want;
} wrong[] = {
	/* every weight that is wrong, at its cell */
	{ SHARE("10", ""), "A;;;\nB;;2;\nC;;-1;\nD;;-2,5;\n",
		"error allocation current.csv:2:3 A: the weight of 'share' (poor) is missing; fill it in, 0 for no share\n"
		"error allocation current.csv:4:3 C: the weight of 'share' (poor) is negative: -1\n"
		"error allocation current.csv:5:3 D: the weight of 'share' (poor) is negative: -2,5\n" },
	{ SHARE("10", " mode=\"proportional\""), "A;;[c];\nB;;-2;\n",
		"error allocation current.csv:2:3 A: the weight of 'share' (poor) is confidential, so nothing can be shared out by it; "
		"share out by another column\n"
		"error allocation current.csv:3:3 B: the weight of 'share' (poor) is negative: -2\n" },
	{ SHARE("10", ""), "A;;0;\nB;;0;\n",
		"error allocation current.csv:2:3 'share' cannot be shared out: all weights (poor) are 0, this is the first; fill in those of the rows that have a share\n" },
	{ SHARE("5 / 2", ""), "A;;1;\n",
		"error allocation t.xml:2:96 'share' shares out 2,5, which is not whole; round it: round(..., 0)\n" },
	{ SHARE("total(poor) / 3", ""), "A;;1;\nB;;1;\n",
		"error allocation t.xml:2:96 'share' shares out 2/3, which is not whole; round it: round(..., 0)\n" },
	{ SHARE("0 - 3", ""), "A;;1;\n",
		"error allocation t.xml:2:96 'share' shares out -3; a negative whole has no shares\n" },
	{ SHARE("0 - 3", " mode=\"proportional\""), "A;;1;\n",
		"error allocation t.xml:2:96 'share' shares out -3; a negative whole has no shares\n" },
	/* what a template may not say */
	{ "<column id=\"share\" label=\"x\" allocate=\"3\"/>", "A;;1;\n",
		"error missing-attribute t.xml:2:44 <column> needs the attribute 'by'\n" },
	{ "<column id=\"share\" label=\"x\" allocate=\"3\" mode=\"given\"/>", "A;;1;\n",
		"error unknown-name t.xml:2:56 mode='given' takes the shares from the dataset, which has no field 'share'\n" },
	{ "<column id=\"share\" label=\"x\" unit=\"đồng\" allocate=\"total(poor)\" by=\"poor\"/>", "A;;1;\n",
		"error unit t.xml:2:95 'share' has the unit 'đồng', but its value gives 'hộ'; correct one of the two\n" },
	{ "<column id=\"share\" label=\"x\" allocate=\"3\" by=\"share\"/>", "A;;1;\n",
		"error cycle t.xml:2:83 columns are computed from each other: share -> share; give one of them a value of its "
		"own\n" },
	{ "<column id=\"share\" label=\"x\" allocate=\"3\" by=\"poor\" value=\"poor\"/>", "A;;1;\n",
		"error value t.xml:2:83 a column has allocate=\"...\" alone, without value or is\n" },
};

static void test_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct arena a = { 0 };
		struct computed *c = computed_of("", wrong[i].table, wrong[i].data, &a);

		assert_string_equal(audited_findings(c), wrong[i].want);
		assert_false(c->ok);
		assert_int_equal(c->tables.n_table, 0);
		computed_free(c);
		arena_clear(&a);
	}
}

#define GIVEN "<column id=\"given\" label=\"Giao\" unit=\"hộ\" allocate=\"%s\" mode=\"given\""

static const struct {
	const char *whole;
	const char *more; /* attributes, then what stands behind the column */
	const char *data;
	const char *want;
} given[] = {
	{ "3", "/>" TOTAL, "A;;1;2\nB;;2;1\n", "" },
	{ "4", "/>" TOTAL, "A;;1;2\nB;;2;1\n",
		"warning allocation current.csv:2:4 Tổng, Giao: the shares add up to 3, the whole is 4\n" },
	{ "3.5", "/>" TOTAL, "A;;1;2\nB;;2;1\n",
		"warning allocation current.csv:2:4 Tổng, Giao: the shares add up to 3, the whole is 3,5\n" },
	/* whether or not the total is printed */
	{ "4", "/>", "A;;1;2\nB;;2;1\n", "warning allocation current.csv:2:4 Giao: the shares add up to 3, the whole is 4\n" },
	{ "4", " total=\"none\"/>" TOTAL, "A;;1;2\nB;;2;1\n",
		"warning allocation current.csv:2:4 Tổng, Giao: the shares add up to 3, the whole is 4\n" },
	/* of an unknown whole nothing is known */
	{ "total(poor)", "/>" TOTAL, "A;;1;2\nB;;;1\n", "" },
	{ "4", "/>" TOTAL, "A;;1;2\nB;;2;[c]\n", "" },
};

static void test_given(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
		struct arena a = { 0 };
		struct computed *c = computed_of("", arena_printf(&a, GIVEN "%s", given[i].whole, given[i].more),
			given[i].data, &a);

		assert_string_equal(audited_findings(c), given[i].want);
		assert_true(c->ok);
		assert_string_equal(computed_cell(c, 0, "given"), "2");
		if (*given[i].want) {
			assert_int_equal(c->audit.n_finding, 1);
			assert_string_equal(c->audit.finding[0].place, "t/total/given");
		}
		computed_free(c);
		arena_clear(&a);
	}
}

static void test_given_holes(void **state)
{
	static const struct {
		const char *whole;
		const char *data;
		const char *want;
	} holes[] = {
		{ "4", "A;;1;2\nB;;2;\nC;;3;-\n",
			"warning share current.csv:3:4 B, Giao: the share is missing, so nobody knows whether the whole 4 is shared out; "
			"fill it in, 0 for no share\n"
			"warning share current.csv:4:4 C, Giao: the share is missing, so nobody knows whether the whole 4 is shared out; "
			"fill it in, 0 for no share\n" },
		{ "total(poor)", "A;;1;2\nB;;;\n",
			"warning share current.csv:3:4 B, Giao: the share is missing, so nobody knows whether the whole ? is shared out; "
			"fill it in, 0 for no share\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof holes / sizeof *holes; i++) {
		struct arena a = { 0 };
		struct computed *c = computed_of("", arena_printf(&a, GIVEN "/>" TOTAL, holes[i].whole), holes[i].data, &a);

		assert_string_equal(audited_findings(c), holes[i].want);
		assert_string_equal(c->audit.finding[0].place, "t/b/given");
		computed_free(c);
		arena_clear(&a);
	}
}

/* ---- where shares come from ---- */

/* "3:3 4:3": rows and columns of the places of a cell. */
static const char *places(struct computed *c, size_t row)
{
	const struct table *t = c->tables.table[0];
	const struct figure figure = figure_listed(table_cell(t, row, computed_column(t, "share"))->figure, &c->arena);
	const char *text = "";

	for (unsigned i = 0; i < figure.n_from; i++)
		text = arena_printf(&c->arena, "%s%s%u:%u", text, i ? " " : "", figure.from[i].row, figure.from[i].col);
	return text;
}

static const struct {
	const char *table;
	const char *data;
	const char *want;
} from[] = {
	{ SHARE("5", ""), "A;;1;7\nB;;2;8\nC;;0;9\n", "2:3 3:3 4:3" },
	{ SHARE("total(given)", ""), "A;;1;7\nB;;2;8\n", "2:3 2:4 3:3 3:4" },
	{ SHARE("total(given)", " mode=\"proportional\""), "A;;1;7\nB;;2;8\n", "2:3 2:4 3:3 3:4" },
	/* as of every figure that is missing, the holes and not the cells that are fine */
	{ SHARE("total(given)", ""), "A;;1;7\nB;;2;\n", "3:4" },
};

static void test_from(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
		struct arena a = { 0 };
		struct computed *c = computed_of("", from[i].table, from[i].data, &a);

		assert_true(c->ok);
		for (size_t row = 0; row < c->tables.table[0]->n_row; row++)
			if (strcmp(places(c, row), from[i].want) != 0)
				fail_msg("%s%s: row %zu is from %s, not %s", from[i].table, from[i].data, row, places(c, row),
					from[i].want);
		computed_free(c);
		arena_clear(&a);
	}
}

/* ---- many tables against a routine that does without fractions ---- */

enum { N_SHARE = 8, N_SWEEP = 2000 / N_SHARE, ROWS_MAX = 9 };

struct sweep {
	uint64_t seed;
	size_t n_row;
	int64_t whole[N_SHARE];
	int64_t weight[N_SHARE][ROWS_MAX]; /* tenths */
};

static uint64_t next(struct sweep *s, uint64_t n)
{
	s->seed = s->seed * 6364136223846793005U + 1442695040888963407U;
	return (s->seed >> 33) % n;
}

/* Few different weights, so that many rests are the same; now and then large ones. */
static void fill_sweep(struct sweep *s)
{
	s->n_row = 1 + next(s, ROWS_MAX);
	for (size_t k = 0; k < N_SHARE; k++) {
		uint64_t kinds = next(s, 4) ? 1 + next(s, 6) : 100000;
		int64_t step = next(s, 3) ? 10 : 1;

		s->whole[k] = (int64_t)next(s, next(s, 2) ? 20 : 100000);
		for (size_t row = 0; row < s->n_row; row++)
			s->weight[k][row] = step * (int64_t)next(s, kinds);
		s->weight[k][next(s, s->n_row)] += 10;
	}
}

/* The share of the row: whole parts first, then one more for whoever is among the first by rest, weight and row. */
static int64_t wanted(const struct sweep *s, size_t k, size_t row)
{
	const int64_t *w = s->weight[k];
	int64_t sum = 0;
	int64_t left = s->whole[k];
	int64_t n_before = 0;

	for (size_t i = 0; i < s->n_row; i++)
		sum += w[i];
	for (size_t i = 0; i < s->n_row; i++) {
		int64_t mine = s->whole[k] * w[row] % sum;
		int64_t other = s->whole[k] * w[i] % sum;

		left -= s->whole[k] * w[i] / sum;
		n_before += other > mine || (other == mine && (w[i] > w[row] || (w[i] == w[row] && i < row)));
	}
	return s->whole[k] * w[row] / sum + (n_before < left);
}

static const char *sweep_data(const struct sweep *s, struct arena *a)
{
	struct buf b = { 0 };
	const char *text;

	buf_puts(&b, "area");
	for (size_t k = 0; k < N_SHARE; k++)
		buf_printf(&b, ";w%zu", k);
	for (size_t row = 0; row < s->n_row; row++) {
		buf_printf(&b, "\nThôn %zu", row + 1);
		for (size_t k = 0; k < N_SHARE; k++)
			buf_printf(&b, ";%lld,%lld", (long long)(s->weight[k][row] / 10), (long long)(s->weight[k][row] % 10));
	}
	text = arena_printf(a, "%s\n", b.text);
	buf_clear(&b);
	return text;
}

static void sweep_files(const struct sweep *s, struct audited *f, struct arena *a)
{
	f->dataset = "<field id=\"area\" type=\"area\" key=\"yes\"/>";
	f->table = LABEL;
	f->current = sweep_data(s, a);
	for (size_t k = 0; k < N_SHARE; k++) {
		f->dataset = arena_printf(a, "%s<field id=\"w%zu\" type=\"number\"/>", f->dataset, k);
		f->table = arena_printf(a, "%s<column id=\"s%zu\" label=\"S\" allocate=\"%lld\" by=\"w%zu\"/>", f->table, k,
			(long long)s->whole[k], k);
	}
}

static void check_sweep(struct computed *c, const struct sweep *s)
{
	const struct table *t = c->tables.table[0];

	for (size_t k = 0; k < N_SHARE; k++) {
		const char *id = arena_printf(&c->arena, "s%zu", k);
		int64_t sum = 0;
		size_t at;

		for (size_t row = 0; row < s->n_row; row++) {
			assert_true(table_find_row(t, arena_printf(&c->arena, "Thôn %zu", row + 1), &at));
			sum += table_cell(t, at, computed_column(t, id))->figure.x.num;
			assert_string_equal(computed_cell(c, at, id), ratio_exact(ratio_whole(wanted(s, k, row)), &c->arena));
		}
		assert_int_equal(sum, s->whole[k]);
		assert_string_equal(computed_cell(c, t->total, id), ratio_exact(ratio_whole(s->whole[k]), &c->arena));
	}
}

static void test_sweep(void **state)
{
	static const char *const orders[] = { "", " order=\"s0 desc\"", " order=\"s1\"", " order=\"label\"" };
	struct sweep s = { .seed = 20240201 };

	(void)state;
	for (size_t i = 0; i < N_SWEEP; i++) {
		struct arena a = { 0 };
		struct audited f = { .rows = orders[i % 4] };
		struct computed *c;

		fill_sweep(&s);
		sweep_files(&s, &f, &a);
		c = audited_new(&f);
		assert_string_equal(audited_findings(c), "");
		check_sweep(c, &s);
		computed_free(c);
		arena_clear(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shared),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_given),
		cmocka_unit_test(test_given_holes),
		cmocka_unit_test(test_from),
		cmocka_unit_test(test_sweep),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
