#include "audited.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* ---- what an area was made of ---- */

enum { CHANGES = 6 };

struct change_text {
	const char *from;
	const char *to;
	struct date since;
	int64_t num;
	int64_t den;
};

static const struct {
	struct change_text change[CHANGES]; /* as many as have a name */
	const char *name;
	const char *code;
	int after;
	struct date before;
	const char *want; /* "a*1/2 b*1" by name, with "?" behind what may be new */
} traces[] = {
	/* nothing changed, or others did */
	{ { { 0 } }, "a", NULL, 2023, { 2025, 1, 1 }, "a*1" },
	{ { { "b", "c", { 2024, 7, 1 }, 1, 1 } }, "a", NULL, 2023, { 2025, 1, 1 }, "a*1" },
	/* merged, split, renamed; what took over others may have been there before, unless somebody says where it went */
	{ { { "b", "c", { 2024, 7, 1 }, 1, 1 }, { "a", "c", { 2024, 7, 1 }, 1, 1 } }, "c", NULL, 2023, { 2025, 1, 1 },
		"a*1 b*1 c*1?" },
	{ { { "a", "b", { 2024, 7, 1 }, 3, 5 }, { "a", "c", { 2024, 7, 1 }, 2, 5 } }, "b", NULL, 2023, { 2025, 1, 1 }, "a*0.6 b*1?" },
	{ { { "a", "b", { 2024, 7, 1 }, 3, 5 }, { "a", "c", { 2024, 7, 1 }, 2, 5 } }, "c", NULL, 2023, { 2025, 1, 1 }, "a*0.4 c*1?" },
	{ { { "a", "b", { 2024, 7, 1 }, 1, 1 } }, "b", NULL, 2023, { 2025, 1, 1 }, "a*1 b*1?" },
	{ { { "a", "c", { 2024, 7, 1 }, 1, 3 }, { "a", "d", { 2024, 7, 1 }, 2, 3 }, { "b", "c", { 2024, 7, 1 }, 1, 1 } }, "c", NULL,
		2023, { 2025, 1, 1 }, "a*1/3 b*1 c*1?" },
	/* a weight of 0 is nothing */
	{ { { "a", "b", { 2024, 7, 1 }, 1, 1 }, { "a", "c", { 2024, 7, 1 }, 0, 1 } }, "c", NULL, 2023, { 2025, 1, 1 }, "c*1?" },
	/* a part of an area keeps its name; two swap theirs */
	{ { { "a", "a", { 2024, 7, 1 }, 3, 5 }, { "a", "b", { 2024, 7, 1 }, 2, 5 } }, "a", NULL, 2023, { 2025, 1, 1 }, "a*0.6" },
	{ { { "a", "a", { 2024, 7, 1 }, 1, 1 }, { "b", "a", { 2024, 7, 1 }, 1, 1 } }, "a", NULL, 2023, { 2025, 1, 1 }, "a*1 b*1" },
	{ { { "a", "b", { 2024, 7, 1 }, 1, 1 }, { "b", "a", { 2024, 7, 1 }, 1, 1 } }, "a", NULL, 2023, { 2025, 1, 1 }, "b*1" },
	/* what is gone by then was made of nothing */
	{ { { "a", "b", { 2024, 7, 1 }, 1, 1 } }, "a", NULL, 2023, { 2025, 1, 1 }, "" },
	/* one change after another, over two years */
	{ { { "a", "b", { 2023, 5, 1 }, 1, 1 }, { "b", "d", { 2024, 5, 1 }, 1, 1 }, { "c", "d", { 2024, 5, 1 }, 1, 1 } }, "d", NULL,
		2022, { 2025, 1, 1 }, "a*1 b*1? c*1 d*1?" },
	{ { { "a", "b", { 2023, 5, 1 }, 1, 1 }, { "b", "d", { 2024, 5, 1 }, 1, 1 }, { "c", "d", { 2024, 5, 1 }, 1, 1 } }, "d", NULL,
		2023, { 2025, 1, 1 }, "b*1 c*1 d*1?" },
	{ { { "b", "c", { 2024, 5, 1 }, 1, 4 }, { "b", "d", { 2024, 5, 1 }, 3, 4 }, { "a", "b", { 2024, 2, 1 }, 1, 2 },
		  { "a", "x", { 2024, 2, 1 }, 1, 2 } },
		"d", NULL, 2023, { 2025, 1, 1 }, "a*0.375 b*0.75? d*1?" },
	/* one that takes over others again and again */
	{ { { "b", "a", { 2023, 5, 1 }, 1, 1 }, { "c", "a", { 2024, 5, 1 }, 1, 1 } }, "a", NULL, 2022, { 2025, 1, 1 },
		"a*1? b*1 c*1" },
	{ { { "b", "a", { 2023, 5, 1 }, 1, 1 }, { "c", "a", { 2024, 5, 1 }, 1, 1 }, { "a", "a", { 2023, 5, 1 }, 1, 2 } }, "a", NULL,
		2022, { 2025, 1, 1 }, "a*0.5 b*1 c*1" },
	/* apart and together again */
	{ { { "a", "b", { 2023, 5, 1 }, 1, 3 }, { "a", "c", { 2023, 5, 1 }, 2, 3 }, { "b", "d", { 2024, 5, 1 }, 1, 1 },
		  { "c", "d", { 2024, 5, 1 }, 1, 1 } },
		"d", NULL, 2022, { 2025, 1, 1 }, "a*1 b*1? c*1? d*1?" },
	/* a name that is taken again */
	{ { { "a", "b", { 2023, 5, 1 }, 1, 1 }, { "c", "a", { 2024, 5, 1 }, 1, 1 } }, "a", NULL, 2022, { 2025, 1, 1 }, "c*1" },
	/* only behind the year and before the day */
	{ { { "a", "b", { 2023, 12, 31 }, 1, 1 } }, "b", NULL, 2023, { 2025, 1, 1 }, "b*1" },
	{ { { "a", "b", { 2024, 1, 1 }, 1, 1 } }, "b", NULL, 2023, { 2025, 1, 1 }, "a*1 b*1?" },
	{ { { "a", "b", { 2024, 12, 31 }, 1, 1 } }, "b", NULL, 2023, { 2025, 1, 1 }, "a*1 b*1?" },
	{ { { "a", "b", { 2025, 1, 1 }, 1, 1 } }, "b", NULL, 2023, { 2025, 1, 1 }, "b*1" },
	{ { { "a", "b", { 2024, 7, 1 }, 1, 1 } }, "b", NULL, 2023, { 2024, 7, 1 }, "b*1" },
	{ { { "a", "b", { 2024, 7, 1 }, 1, 1 } }, "b", NULL, 2023, { 2024, 7, 2 }, "a*1 b*1?" },
	/* by the code, where the crosswalk has it, else by the name */
	{ { { "001", "101", { 2024, 7, 1 }, 1, 1 } }, "b", "101", 2023, { 2025, 1, 1 }, "001*1 101*1?" },
	{ { { "a", "b", { 2024, 7, 1 }, 1, 1 } }, "b", "101", 2023, { 2025, 1, 1 }, "a*1 b*1?" },
	{ { { "c", "b", { 2024, 7, 1 }, 1, 1 }, { "001", "101", { 2025, 7, 1 }, 1, 1 } }, "b", "101", 2023, { 2025, 1, 1 },
		"b*1? c*1" },
	{ { { "c", "d", { 2024, 7, 1 }, 1, 1 } }, "b", "101", 2023, { 2025, 1, 1 }, "b*1" },
};

static struct crosswalk crosswalk_new(const struct change_text *text, struct arena *a)
{
	struct change *change = ARENA_ARRAY(a, CHANGES, struct change);
	size_t n = 0;

	for (; n < CHANGES && text[n].from; n++)
		change[n] = (struct change){ text[n].from, text[n].to, "", "", text[n].since,
			figure_of((struct ratio){ text[n].num, text[n].den }), { "x.csv", NULL, (unsigned)n + 2, 1 } };
	return crosswalk_of(change, n, a);
}

static int by_name(const void *a, const void *b)
{
	const struct predecessor *p = a;
	const struct predecessor *q = b;

	return strcmp(p->area, q->area);
}

static const char *predecessors_text(struct predecessors *p, struct arena *a)
{
	const char *text = "";

	if (p->n_area)
		qsort(p->area, p->n_area, sizeof *p->area, by_name);
	for (size_t i = 0; i < p->n_area; i++)
		text = arena_printf(a, "%s%s%s*%s%s", text, i ? " " : "", p->area[i].area, ratio_exact(p->area[i].weight.x, a),
			p->area[i].may_be_new ? "?" : "");
	return text;
}

static void test_traces(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof traces / sizeof *traces; i++) {
		struct arena a = { 0 };
		struct diags d = { 0 };
		struct crosswalk c = crosswalk_new(traces[i].change, &a);
		struct predecessors found;

		assert_true(crosswalk_trace(&c, traces[i].name, traces[i].code, traces[i].after, traces[i].before, &a, &found, &d));
		assert_int_equal(d.n_finding, 0);
		if (strcmp(predecessors_text(&found, &a), traces[i].want) != 0)
			fail_msg("%zu: %s of %s, not %s", i, traces[i].name, predecessors_text(&found, &a), traces[i].want);
		diags_clear(&d);
		arena_clear(&a);
	}
}

/* A chain of renamings that is too long is an error at one of its changes; a long one is fine. */
static void test_long_chain(void **state)
{
	enum { STEPS = 1200, FINE = 300, MONTHS = 12, FIRST_YEAR = 1901 };
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct change *change = ARENA_ARRAY(&a, STEPS, struct change);
	struct predecessors found;
	struct crosswalk c;

	(void)state;
	for (int i = 0; i < STEPS; i++)
		change[i] = (struct change){ arena_printf(&a, "a%d", i), arena_printf(&a, "a%d", i + 1), "", "",
			{ FIRST_YEAR + i / MONTHS, 1 + i % MONTHS, 1 }, figure_of(ratio_whole(1)), { "x.csv", NULL, (unsigned)i + 2, 1 } };
	c = crosswalk_of(change, STEPS, &a);
	assert_true(crosswalk_trace(&c, "a300", NULL, FIRST_YEAR - 1, change[FINE].since, &a, &found, &d));
	for (size_t i = 0; i < found.n_area; i++) {
		assert_int_equal(found.area[i].may_be_new, strcmp(found.area[i].area, "a0") != 0);
		assert_string_equal(ratio_exact(found.area[i].weight.x, &a), "1");
	}
	assert_int_equal(found.n_area, FINE + 1);
	assert_false(crosswalk_trace(&c, "a1200", NULL, FIRST_YEAR - 1, (struct date){ 2025, 1, 1 }, &a, &found, &d));
	assert_int_equal(d.n_finding, 1);
	assert_string_equal(d.finding[0].rule, "crosswalk");
	assert_string_equal(d.finding[0].at.file, "x.csv");
	diags_clear(&d);
	arena_clear(&a);
}

/* ---- previous.x through it ---- */

#define AREA "<field id=\"area\" type=\"area\" key=\"yes\"><name>Thôn</name></field>"
#define PARENT "<field id=\"parent\" type=\"area\"><name>Xã</name></field>"
#define CODE "<field id=\"code\" type=\"text\"/>"
#define SINCE "<field id=\"since\" type=\"date\"/>"
#define POOR "<field id=\"poor\" type=\"count\" unit=\"hộ\"/>"
#define TABLE                                                                                      \
	"<column id=\"area\" label=\"Thôn\" is=\"label\"/>"                                       \
	"<column id=\"before\" label=\"Trước\" unit=\"hộ\" value=\"previous.poor\"/><total label=\"Cộng\"/>"
#define LEFT_OUT(line, area)                                                                       \
	"warning no-previous previous.csv:" line ":1 no area of the table 't' goes on with '" area "', so totals of the year before are " \
	"missing; say in <crosswalk> where it went\n"
#define CHANGES_HEAD "Đơn vị cũ;Đơn vị mới;Ngày hiệu lực;Tỷ lệ\n"
#define CHANGE(line, text) "warning crosswalk x.csv:" line ":1 " text "\n"
#define MOVED(line, area)                                                                          \
	"warning no-previous current.csv:" line ":1 " area                                         \
	": by the crosswalk nothing of the year before became this area, so its figures of that year are missing\n"
#define NO_PREVIOUS(line, area, part)                                                              \
	"warning no-previous current.csv:" line ":1 " area ": the source of the year before has no figures of '" part  \
	"', so they are missing; if the area merged, split or was renamed, say so in <crosswalk>\n"

static const struct {
	const char *dataset;
	const char *job; /* attributes, or NULL */
	const char *current;
	const char *previous;
	const char *changes; /* behind CHANGES_HEAD, or NULL */
	const char *cells;   /* previous.poor in each row and the total */
	const char *findings;
} jobs[] = {
	{ AREA POOR, NULL, "area;poor\nA;1\nB;2\n", "area;poor\nB;20\nA;10\n", NULL, "10 | 20 | 30", "" },
	/* in other letters */
	{ AREA POOR, NULL, "area;poor\nThôn  A;1\n", "area;poor\nTHÔN A;10\n", NULL, "10 | 10", "" },
	/* in other spellings, in all three */
	{ AREA POOR, NULL, "area;poor\nTDP số 1;1\nKP. IV;2\n", "area;poor\nTổ 01;10\nKhu phố 3;20\n",
		"khu phố III;Khu phố 04;2024-07-01;\n", "10 | 20 | 30", "" },
	/* merged, split, renamed */
	{ AREA POOR, NULL, "area;poor\nC;1\nD;2\n", "area;poor\nA;10\nB;20\nD;3\n", "A;C;2024-07-01;\nB;C;01/07/2024;1\n",
		"30 | 3 | 33", "" },
	{ AREA POOR, NULL, "area;poor\nB;1\nC;2\n", "area;poor\nA;10\n", "A;B;2024-07-01;0,6\nA;C;2024-07-01;0,4\n",
		"6 | 4 | 10", "" },
	{ AREA POOR, NULL, "area;poor\nB;1\nC;2\n", "area;poor\nA;10\n", "A;B;2024-07-01;0,25\nA;C;2024-07-01;0,75\n",
		"2.5 | 7.5 | 10", "" },
	{ AREA POOR, NULL, "area;poor\nA;1\nB;2\n", "area;poor\nA;10\nB;5\n",
		"A;A;2024-07-01;0,6\nA;B;2024-07-01;0,4\nB;B;2024-07-01;\n", "6 | 9 | 15", "" },
	{ AREA POOR, NULL, "area;poor\nThôn Mới;1\n", "area;poor\nThôn cũ;10\n", "thôn CŨ;Thôn  mới;2024-07-01;\n", "10 | 10",
		"" },
	/* not before the year's end, nor after the period's */
	{ AREA POOR, NULL, "area;poor\nB;1\n", "area;poor\nA;10\n", "A;B;2023-12-31;\n", "? | ?",
		CHANGE("2", "'A' became 'B' between the two years, but the day 31/12/2023 is not behind 31/12/2023 and within the period, so the "
			    "row is not used") NO_PREVIOUS("2", "B", "B") },
	{ AREA POOR, " period=\"2024-06\"", "area;poor\nA;1\n", "area;poor\nA;10\n", "A;B;2024-07-01;\n", "10 | 10", "" },
	{ AREA POOR, " period=\"2024-07\"", "area;poor\nB;1\n", "area;poor\nA;10\n", "A;B;2024-07-31;\n", "10 | 10", "" },
	{ AREA POOR, " period=\"2024-12\"", "area;poor\nB;1\n", "area;poor\nA;10\n", "A;B;2024-12-31;\n", "10 | 10", "" },
	/* without one, what has another name is missing and told, each area */
	{ AREA POOR, NULL, "area;poor\nB;1\nC;2\nA;3\n", "area;poor\nA;10\n", NULL, "? | ? | 10 | ?",
		NO_PREVIOUS("2", "B", "B") NO_PREVIOUS("3", "C", "C") },
	{ AREA POOR, NULL, "area;poor\nC;1\n", "area;poor\nA;10\n", "A;C;2024-07-01;\nB;C;2024-07-01;\n", "? | ?",
		CHANGE("3", "'B' is no area of previous.csv, the source of the year before; did you mean 'A'?") NO_PREVIOUS("2", "C", "B") },
	{ AREA POOR, NULL, "area;poor\nA;1\n", "area;poor\nA;10\n", "A;B;2024-07-01;\n", "? | ?",
		CHANGE("2", "'A' became 'B', which is no area of current.csv, so its figures of the year before go nowhere") MOVED("2", "A") },
	{ AREA POOR, NULL, "area;poor\nThôn A;1\nThôn C;2\n", "area;poor\nThôn A;10\nThôn B;20\n",
		"Thôn A;Thôn C;2024-07-01;\nThôn B;Thôn C;2024-07-01;\n", "? | 30 | ?",
		CHANGE("2", "'Thôn A' became 'Thôn C' by this row, but current.csv still has it; take the row out, or add one for the part that stays")
			MOVED("2", "Thôn A") },
	/* names that nobody has, where one of the two is known; none of both is none of our business */
	{ AREA POOR, NULL, "area;poor\nThôn Mới;1\n", "area;poor\nThôn Cũ;10\n", "Thôn Cú;Thôn Mới;2024-07-01;\n", "? | ?",
		CHANGE("2", "'Thôn Cú' is no area of previous.csv, the source of the year before; did you mean 'Thôn Cũ'?")
			NO_PREVIOUS("2", "Thôn Mới", "Thôn Cú") },
	{ AREA POOR, NULL, "area;poor\nThôn Mới;1\n", "area;poor\nThôn Cũ;10\nThôn Mới;1\n", "Thôn Cũ;Thôn Mơi;2024-07-01;\n", "1 | ?",
		CHANGE("2", "'Thôn Cũ' became 'Thôn Mơi', which is no area of current.csv, so its figures of the year before go nowhere; did "
			    "you mean 'Thôn Mới'?") LEFT_OUT("2", "Thôn Cũ") },
	{ AREA POOR, NULL, "area;poor\nA;1\n", "area;poor\nA;10\n", "Thôn Cũ;Thôn Mới;2024-07-01;\n", "10 | 10", "" },
	/* an area that takes over another, once or again, keeps what it had, said or not */
	{ AREA POOR, NULL, "area;poor\nA;1\n", "area;poor\nA;10\nB;20\n", "B;A;2024-07-01;\n", "30 | 30", "" },
	{ AREA POOR, NULL, "area;poor\nA;1\n", "area;poor\nA;10\nB;20\nC;40\n", "B;A;2024-03-01;\nC;A;2024-07-01;\n", "70 | 70", "" },
	{ AREA POOR, NULL, "area;poor\nA;1\nB;2\n", "area;poor\nA;10\nB;20\n", "B;A;2024-07-01;0,5\nB;B;2024-07-01;0,5\n",
		"20 | 10 | 30", "" },
	/* a cell that is empty there is no news */
	{ AREA POOR, NULL, "area;poor\nC;1\n", "area;poor\nA;10\nB;\n", "A;C;2024-07-01;\nB;C;2024-07-01;\n", "? | ?", "" },
	/* an area that is younger than the source of before has nothing there, whatever its name */
	{ AREA SINCE POOR, NULL, "area;since;poor\nA;2024-07-01;1\nB;2023-07-01;2\nC;;3\n", "area;poor\nA;10\nB;20\nC;30\n", NULL,
		"? | 20 | 30 | ?", NO_PREVIOUS("2", "A", "A") },
	{ AREA SINCE POOR, NULL, "area;since;poor\nA;2024-07-01;1\n", "area;poor\nA;10\nB;20\n",
		"A;A;2024-07-01;\nB;A;2024-07-01;\n", "30 | 30", "" },
	/* one that went to no row of the table makes the totals missing */
	{ AREA POOR, NULL, "area;poor\nA;1\n", "area;poor\nA;10\nZ;30\n", NULL, "10 | ?", LEFT_OUT("3", "Z") },
	/* by codes; the crosswalk may say either */
	{ AREA CODE POOR, NULL, "area;code;poor\nThôn Mới;07;1\n", "area;code;poor\nThôn Cũ;07;10\n", NULL, "10 | 10", "" },
	{ AREA CODE POOR, NULL, "area;code;poor\nC;07;1\n", "area;code;poor\nA;01;10\nB;02;20\n",
		"01;07;2024-07-01;\n02;07;2024-07-01;\n", "30 | 30", "" },
	{ AREA CODE POOR, NULL, "area;code;poor\nC;07;1\n", "area;code;poor\nA;01;10\nB;02;20\n",
		"A;C;2024-07-01;\nB;C;2024-07-01;\n", "30 | 30", "" },
	/* the same name in two communes is two areas */
	{ AREA PARENT POOR, NULL, "area;parent;poor\nThôn 1;Xã A;1\nThôn 1;Xã B;2\n",
		"area;parent;poor\nThôn 1;Xã A;10\nThôn 1;Xã B;20\n", NULL, "10 | 20 | 30", "" },
	{ AREA PARENT POOR, NULL, "area;parent;poor\nThôn 1;Xã A;1\nThôn 1;Xã B;2\n", "area;parent;poor\nThôn 1;Xã B;20\n", NULL,
		"? | 20 | ?", NO_PREVIOUS("2", "Thôn 1", "Thôn 1") },
	/* nor are two codes; a weight that is not said is 1 */
	{ AREA CODE POOR, NULL, "area;code;poor\nA;07;1\nB;08;2\n", "area;code;poor\nA;07;10\nB;09;20\n", NULL, "10 | ? | ?",
		NO_PREVIOUS("3", "B", "B") },
	{ AREA SINCE POOR, NULL, "area;since;poor\nA;2024-07-01;1\n", "area;poor\nA;10\nB;20\n", "A;A;2024-07-01;\n", "10 | ?",
		LEFT_OUT("3", "B") },
	/* the area of that name is another one, which went on elsewhere */
	{ AREA SINCE POOR, NULL, "area;since;poor\nA;2024-07-01;1\n", "area;poor\nA;10\nB;20\n", "B;A;2024-07-01;\n", "20 | ?",
		LEFT_OUT("2", "A") },
};

#define CROSSWALK(text)                                                                            \
	.sources = "<crosswalk href=\"x.csv\"/>", .more = { { "x.csv", text } }

static void test_jobs(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
		struct arena a = { 0 };
		struct audited f = { .job = jobs[i].job,
			.dataset = jobs[i].dataset,
			.table = TABLE,
			.current = jobs[i].current,
			.previous = jobs[i].previous,
			CROSSWALK(arena_printf(&a, CHANGES_HEAD "%s", jobs[i].changes ? jobs[i].changes : "")) };
		struct computed *c;

		if (!jobs[i].changes) {
			f.sources = NULL;
			f.more[0].name = NULL;
		}
		c = audited_new(&f);
		if (strcmp(computed_cells(c, "before"), jobs[i].cells) != 0 || strcmp(audited_findings(c), jobs[i].findings) != 0)
			fail_msg("%s%s%s\n%s\n%s, not %s\n%s", jobs[i].current, jobs[i].previous, jobs[i].changes ? jobs[i].changes : "",
				computed_cells(c, "before"), audited_findings(c), jobs[i].cells, jobs[i].findings);
		assert_true(c->ok);
		computed_free(c);
		arena_clear(&a);
	}
}

/* A source of two years before goes through the changes of both. */
static void test_two_years(void **state)
{
	struct audited f = { .dataset = AREA POOR,
		.table = TABLE,
		.current = "area;poor\nD;1\n",
		.sources = "<source id=\"p\" dataset=\"d\" href=\"p.csv\" role=\"previous\" period=\"2022\"/><crosswalk href=\"x.csv\"/>",
		.more = { { "p.csv", "area;poor\nA;10\nC;3\n" },
			{ "x.csv", CHANGES_HEAD "A;B;2023-05-01;\nB;D;2024-05-01;\nC;D;2024-05-01;\n" } } };
	struct computed *c = audited_new(&f);

	(void)state;
	assert_string_equal(audited_findings(c), "");
	assert_string_equal(computed_cells(c, "before"), "13 | 13");
	computed_free(c);
}

/* The figures come from the cells of the source and from those of the weights. */
static void test_from(void **state)
{
	struct audited f = { .dataset = AREA POOR,
		.table = TABLE,
		.current = "area;poor\nB;1\nC;2\nD;3\n",
		.previous = "area;poor\nA;10\nD;5\n",
		CROSSWALK(CHANGES_HEAD "A;B;2024-07-01;0,6\nA;C;2024-07-01;0,4\n") };
	struct computed *c = audited_new(&f);
	const struct figure *figure = &table_cell(c->tables.table[0], 0, 1)->figure;

	(void)state;
	assert_int_equal(figure->n_from, 2);
	assert_string_equal(file_name(figure->from[0].file), "previous.csv");
	assert_int_equal(figure->from[0].row, 2);
	assert_int_equal(figure->from[0].col, 2);
	assert_string_equal(file_name(figure->from[1].file), "x.csv");
	assert_int_equal(figure->from[1].row, 2);
	assert_int_equal(figure->from[1].col, 4);
	assert_int_equal(table_cell(c->tables.table[0], 2, 1)->figure.n_from, 1);
	computed_free(c);
}

/* An area that nobody asks for says nothing, nor a table without previous figures. */
static void test_not_asked(void **state)
{
	struct audited f = { .dataset = AREA POOR,
		.table = "<column id=\"area\" label=\"Thôn\" is=\"label\"/><column id=\"poor\" label=\"N\"/>",
		.current = "area;poor\nB;1\n",
		.previous = "area;poor\nA;10\n" };
	struct computed *c = audited_new(&f);

	(void)state;
	assert_string_equal(audited_findings(c), "");
	assert_string_equal(computed_cells(c, "poor"), "1 | 1");
	computed_free(c);
}

/* A source of before with several rows of an area for the period is told as one of now is. */
static void test_several(void **state)
{
	struct audited f = { .dataset = AREA "<field id=\"month\" type=\"month\" key=\"yes\"/>" POOR,
		.rows = " rows=\"area\"",
		.table = TABLE,
		.current = "area;month;poor\nA;1;5\nB;1;6\n",
		.previous = "area;month;poor\nA;1;1\nA;2;2\nB;1;3\n" };
	struct computed *c = audited_new(&f);

	(void)state;
	assert_string_equal(computed_cells(c, "before"), "? | 3 | ?");
	assert_int_equal(c->diags.n_finding, 1);
	assert_string_equal(c->diags.finding[0].rule, "several-rows");
	computed_free(c);
}

/* An area of before that goes on in no row: then nobody knows what all of them had. */
static void test_left_out(void **state)
{
	struct audited f = { .dataset = AREA POOR,
		.table = TABLE "<column id=\"share\" label=\"%\" value=\"previous.poor / total(previous.poor)\"/>",
		.current = "area;poor\nA;1\nB;2\n",
		.previous = "area;poor\nA;10\nB;10\nC;20\n" };
	struct computed *c = audited_new(&f);

	(void)state;
	assert_string_equal(computed_cells(c, "share"), "? | ? | ?");
	assert_int_equal(c->diags.n_finding, 1);
	assert_string_equal(c->diags.finding[0].rule, "no-previous");
	assert_string_equal(file_name(c->diags.finding[0].at.file), "previous.csv");
	assert_int_equal(c->diags.finding[0].at.row, 4);
	computed_free(c);
	f.sources = "<crosswalk href=\"x.csv\"/>";
	f.more[0].name = "x.csv";
	f.more[0].text = CHANGES_HEAD "C;B;2024-07-01;\n";
	c = audited_new(&f);
	assert_string_equal(computed_cells(c, "share"), "0.25 | 0.75 | 1");
	assert_string_equal(audited_findings(c), "");
	computed_free(c);
}

/* Subtotals of the group that an area left are missing, those of the others are there; where the group is gone too, all are. */
static void test_left_out_group(void **state)
{
	static const struct {
		const char *previous;
		const char *sums;
		const char *values;
	} cases[] = {
		{ "area;kind;poor\nA;x;10\nB;y;20\nC;x;40\n", "? | 11 | 22 | 22 | ?", "? | 0.1 | 0.1 | 0.1 | ?" },
		{ "area;kind;poor\nA;x;10\nB;y;20\nC;z;40\n", "? | 11 | ? | 22 | ?", "? | 0.1 | ? | 0.1 | ?" },
		{ "area;kind;poor\nA;x;10\nB;y;20\n", "11 | 11 | 22 | 22 | 33", "0.1 | 0.1 | 0.1 | 0.1 | 0.1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct audited f = { .dataset = AREA "<field id=\"kind\" type=\"text\"/>" POOR,
			.rows = " groups=\"kind\"",
			.table = "<column id=\"area\" label=\"Thôn\" is=\"label\"/>"
				 "<column id=\"both\" label=\"Cả hai\" unit=\"hộ\" value=\"poor + previous.poor\"/>"
				 "<column id=\"chained\" label=\"C\" unit=\"hộ\" value=\"both\"/>"
				 "<column id=\"part\" label=\"P\" value=\"poor / previous.poor\"/>"
				 "<subtotal label=\"{group}\"/><total label=\"Cộng\"/>",
			.current = "area;kind;poor\nA;x;1\nB;y;2\n",
			.previous = cases[i].previous };
		struct computed *c = audited_new(&f);

		assert_string_equal(computed_cells(c, "both"), cases[i].sums);
		assert_string_equal(computed_cells(c, "chained"), cases[i].sums);
		assert_string_equal(computed_cells(c, "part"), cases[i].values);
		computed_free(c);
	}
}

/* Rates are not added up: one of a merged or split area is missing and told; what it is computed from is there. */
static void test_merged_rate(void **state)
{
	struct audited f = { .dataset = AREA POOR "<field id=\"all\" type=\"count\" unit=\"hộ\"/>"
						  "<field id=\"rate\" type=\"rate\"/>",
		.table = "<column id=\"area\" label=\"Thôn\" is=\"label\"/>"
			 "<column id=\"before\" label=\"T\" unit=\"%\" value=\"previous.rate\"/>"
			 "<column id=\"right\" label=\"Đ\" value=\"previous.poor / previous.all * 100\"/>",
		.current = "area;poor;all;rate\nC;1;1;1\nD;1;1;1\nE;1;1;1\n",
		.previous = "area;poor;all;rate\nA;1;10;10\nB;2;10;20\nD;1;5;20\nE;1;1;100\n",
		CROSSWALK(CHANGES_HEAD "A;C;2024-07-01;\nB;C;2024-07-01;0,5\nB;D;2024-07-01;0,5\n") };
	struct computed *c = audited_new(&f);

	(void)state;
	assert_string_equal(computed_cells(c, "before"), "? | ? | 100 | ?");
	assert_non_null(strstr(computed_cells(c, "right"), " | 20 | 100 | "));
	assert_int_equal(c->diags.n_finding, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_string_equal(c->diags.finding[i].rule, "no-previous");
		assert_non_null(strstr(c->diags.finding[i].message, "'rate'"));
		assert_int_equal(c->diags.finding[i].at.row, 2 + i);
	}
	computed_free(c);
}

/* ---- a crosswalk that is wrong ---- */

static const struct {
	const char *changes;
	const char *want;
} wrong[] = {
	{ "A;B;2024-07-01;0,6\nA;C;2024-07-01;0,3\n", "error crosswalk x.csv:2:1 the weights of 'A' add up to 0,9, not to 1\n" },
	{ "A;B;2024-07-01;\nC;B;2024-07-01;\nA;C;2024-07-01;0,5\n",
		"error crosswalk x.csv:2:1 the weights of 'A' add up to 1,5, not to 1\n" },
	{ "A;B;2024-07-01;0,5\nA;C;2024-07-02;0,5\n",
		"error crosswalk x.csv:2:1 the weights of 'A' add up to 0,5, not to 1\n"
		"error crosswalk x.csv:3:1 the weights of 'A' add up to 0,5, not to 1\n" },
	{ "A;B;2024-07-01;0\n", "error crosswalk x.csv:2:1 the weights of 'A' add up to 0, not to 1\n" },
	{ "A;;2024-07-01;\n", "error needed x.csv:2:2 " },
	{ "A;B;;\n", "error needed x.csv:2:3 " },
	{ "A;B;2024-02-30;\n", "error date x.csv:2:3 " },
	{ "A;B;2024-07-01;x\n", "error not-a-number x.csv:2:4 " },
	{ "A;B;2024-07-01;-0,5\nA;C;2024-07-01;1,5\n", "error " },
};

static void test_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct arena a = { 0 };
		struct audited f = { .dataset = AREA POOR,
			.table = TABLE,
			.current = "area;poor\nB;1\n",
			.previous = "area;poor\nA;10\n",
			CROSSWALK(arena_printf(&a, CHANGES_HEAD "%s", wrong[i].changes)) };
		struct computed *c = audited_new(&f);

		if (strncmp(audited_findings(c), wrong[i].want, strlen(wrong[i].want)) != 0)
			fail_msg("%s gives\n%s\nnot %s", wrong[i].changes, audited_findings(c), wrong[i].want);
		assert_false(c->ok);
		computed_free(c);
		arena_clear(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_traces),
		cmocka_unit_test(test_long_chain),
		cmocka_unit_test(test_jobs),
		cmocka_unit_test(test_two_years),
		cmocka_unit_test(test_from),
		cmocka_unit_test(test_not_asked),
		cmocka_unit_test(test_several),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_left_out_group),
		cmocka_unit_test(test_merged_rate),
		cmocka_unit_test(test_wrong),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
