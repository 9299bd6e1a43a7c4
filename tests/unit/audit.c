#include "audited.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define AREA "<field id=\"area\" type=\"area\" key=\"yes\"><name>Thôn</name></field>"
#define COUNT(id) "<field id=\"" id "\" type=\"count\" unit=\"hộ\"/>"
#define FIELDS                                                                                     \
	AREA COUNT("a") COUNT("b") COUNT("c") COUNT("d")                                           \
	"<field id=\"net\" type=\"number\" unit=\"hộ\" signed=\"yes\"/>"                        \
	"<field id=\"rate\" type=\"rate\" unit=\"%\" signed=\"yes\"/><field id=\"list\" type=\"text\"/>"
#define LABEL "<column id=\"area\" label=\"Thôn\" is=\"label\"/>"
#define COLUMNS                                                                                    \
	LABEL "<column id=\"a\" label=\"Tổng số\"/><column id=\"b\" label=\"B\"/>"              \
	"<column id=\"c\" label=\"C\"/><column id=\"d\" label=\"D\"/><column id=\"net\" label=\"Chênh\"/>"
#define TOTAL "<total label=\"Cộng\"/>"
#define HEAD "area;a;b;c;d;net\n"

/* ---- rules about a row ---- */

static const struct {
	const char *rule;
	const char *data; /* behind HEAD */
	const char *previous; /* the same, or NULL */
	const char *want;
} rows[] = {
	{ "<adds-up whole='a' parts='b c'/>", "X;5;2;3;;\nY;7;7;0;;\n", NULL, "" },
	{ "<adds-up whole='a' parts='b c'/>", "X;5;2;3;;\nY;7;6;2;;\n", NULL,
		"warning adds-up current.csv:3:2 Y, Tổng số: it is 7, but its parts add up to 8\n"
		"warning adds-up current.csv:2:2 Cộng, Tổng số: it is 12, but its parts add up to 13\n" },
	/* expressions, fields that no column shows; differences that cancel out in the total */
	{ "<adds-up whole='a' parts='b+c total(d)-total(d)'/>", "X;5;2;2;9;\nY;7;6;2;9;\n", NULL,
		"warning adds-up current.csv:2:2 X, Tổng số: it is 5, but its parts add up to 4\n"
		"warning adds-up current.csv:3:2 Y, Tổng số: it is 7, but its parts add up to 8\n" },
	{ "<adds-up whole='a' parts='b c'/>", "X;5;;3;;\nY;;6;2;;\nZ;1;[c];1;;\n", NULL, "" },
	/* a division by zero is no figure */
	{ "<adds-up whole='net' parts='a*c/b'/>", "X;10;4;1;;2,4\nY;2;0;1;;5\n", NULL,
		"warning adds-up current.csv:2:6 X, Chênh: it is 2,4, but its parts add up to 2,5\n"
		"warning adds-up current.csv:2:6 Cộng, Chênh: it is 7,4, but its parts add up to 6\n" },
	/* the start and what comes and goes */
	{ "<stock-flow start='a' minus='b' plus='c' end='d'/>", "X;10;3;1;8;\n", NULL, "" },
	{ "<stock-flow start='a' minus='b' end='d'/>", "X;10;3;;7;\n", NULL, "" },
	{ "<stock-flow start='a' plus='b c' end='d'/>", "X;10;3;4;17;\n", NULL, "" },
	{ "<stock-flow start='a' end='d'/>", "X;10;;;10;\n", NULL, "" },
	{ "<stock-flow start='a' minus='b' plus='c' end='d'/>", "X;10;3;1;9;\nY;1;;1;9;\n", NULL,
		"warning stock-flow current.csv:2:5 X, D: it is 9, but the start and the movements give 8\n" },
	/* parts of a whole */
	{ "<subset part='b' of='a'/>", "X;5;5;;;\nY;5;4;;;\nZ;;9;;;\n", NULL, "" },
	{ "<subset part='b' of='a'/>", "X;5;6;;;\nY;5;1;;;\n", NULL,
		"warning subset current.csv:2:3 X, B: it is 6, more than its whole 5\n" },
	{ "<subset part='b' of='a c'/>", "X;5;6;1;;\nY;5;7;1;;\n", NULL,
		"warning subset current.csv:3:3 Y, B: it is 7, more than its whole 6\n"
		"warning subset current.csv:2:3 Cộng, B: it is 13, more than its whole 12\n" },
	/* more than so many percent up or down */
	{ "<jump column='a' from='previous.a' percent='50'/>", "X;150;;;;\nY;50;;;;\n", "X;100;;;;\nY;100;;;;\n", "" },
	{ "<jump column='a' from='previous.a' percent='50'/>", "X;151;;;;\nY;49;;;;\n", "X;100;;;;\nY;100;;;;\n",
		"warning jump current.csv:2:2 X, Tổng số: it is 151, against 100 before\n"
		"warning jump current.csv:3:2 Y, Tổng số: it is 49, against 100 before\n" },
	{ "<jump column='a' from='previous.a' percent='0'/>", "X;100;;;;\nY;0;;;;\nZ;3;;;;\n", "X;100;;;;\nY;0;;;;\nZ;0;;;;\n",
		"warning jump current.csv:4:2 Z, Tổng số: it is 3, against 0 before\n"
		"warning jump current.csv:2:2 Cộng, Tổng số: it is 103, against 100 before\n" },
	{ "<jump column='a' from='previous.a' percent='50'/>", "X;150;;;;\nY;;;;;\n", "X;;;;;\nY;100;;;;\n", "" },
	/* without such a source the rule says nothing */
	{ "<jump column='a' from='previous.a' percent='50'/><adds-up whole='a' parts='plan.b'/>", "X;150;;;;\n", NULL, "" },
	/* as severe as the rule says */
	{ "<subset part='b' of='a' severity='note'/>", "X;5;6;;;\nY;;;;;\n", NULL,
		"note subset current.csv:2:3 X, B: it is 6, more than its whole 5\n" },
	{ "<subset part='b' of='a' severity='error'/><subset part='c' of='a'/>", "X;5;6;7;;\nY;;;;;\n", NULL,
		"error subset current.csv:2:3 X, B: it is 6, more than its whole 5\n"
		"warning subset current.csv:2:4 X, C: it is 7, more than its whole 5\n" },
	/* figures below 0 */
	{ "<jump column='net' from='previous.net' percent='50'/>", "X;;;;;-110\nY;;;;;110\n", "X;;;;;-100\nY;;;;;100\n", "" },
	{ "<jump column='net' from='previous.net' percent='50'/>", "X;;;;;-40\n", "X;;;;;-100\n",
		"warning jump current.csv:2:6 X, Chênh: it is -40, against -100 before\n"
		"warning jump current.csv:2:6 Cộng, Chênh: it is -40, against -100 before\n" },
	{ "<jump column='net' from='previous.net' percent='150'/>", "X;;;;;100\n", "X;;;;;-100\n",
		"warning jump current.csv:2:6 X, Chênh: it is 100, against -100 before\n"
		"warning jump current.csv:2:6 Cộng, Chênh: it is 100, against -100 before\n" },
};

static struct computed *computed_of(const char *table, const char *data, const char *previous, const char *audit)
{
	struct arena a = { 0 };
	struct audited f = { .dataset = FIELDS, .table = table, .audit = audit, .current = arena_printf(&a, HEAD "%s", data) };
	struct computed *c;

	if (previous)
		f.previous = arena_printf(&a, HEAD "%s", previous);
	c = audited_new(&f);
	arena_clear(&a);
	return c;
}

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct arena a = { 0 };
		struct computed *c = computed_of(
			arena_printf(&a, COLUMNS TOTAL "%s", rows[i].rule), rows[i].data, rows[i].previous, NULL);

		if (strcmp(audited_findings(c), rows[i].want) != 0)
			fail_msg("%s\n%sgives\n%snot\n%s", rows[i].rule, rows[i].data, audited_findings(c), rows[i].want);
		assert_int_equal(c->ok, !strstr(rows[i].want, "error "));
		computed_free(c);
		arena_clear(&a);
	}
}


/* ---- rates ---- */

static const struct {
	const char *columns;
	const char *data; /* area; a; b; rate */
	const char *audit;
	const char *want;
} rates[] = {
	{ "<column id=\"rate\" label=\"Tỷ lệ\"/>", "X;;;0\nY;;;100\nZ;;;\n", NULL, "" },
	{ "<column id=\"rate\" label=\"Tỷ lệ\"/>", "X;;;100,01\nY;;;-0,5\n", NULL,
		"warning rate current.csv:2:4 X, Tỷ lệ: a rate of 100,01% is outside 0 - 100\n"
		"warning rate current.csv:3:4 Y, Tỷ lệ: a rate of -0,5% is outside 0 - 100\n" },
	{ "<column id=\"rate\" label=\"Tỷ lệ\" range=\"free\"/>", "X;;;100,01\nY;;;-0,5\n", NULL, "" },
	/* computed ones too, in every row; not what only has no unit or counts points */
	{ "<column id=\"r\" label=\"Tỷ lệ\" unit=\"%\" value=\"b / a * 100\"/>", "X;4;5;\nY;10;1;\nZ;0;1;\n", NULL,
		"warning rate current.csv:2:2 X, Tỷ lệ: a rate of 125% is outside 0 - 100\n" },
	{ "<column id=\"r\" label=\"Tỷ lệ\" unit=\"%\" value=\"b / a * 100\"/>", "X;4;5;\nY;2;2;\n", NULL,
		"warning rate current.csv:2:2 X, Tỷ lệ: a rate of 125% is outside 0 - 100\n"
		"warning rate current.csv:2:2 Cộng, Tỷ lệ: a rate of 116,67% is outside 0 - 100\n" },
	{ "<column id=\"r\" label=\"Tỷ lệ\" unit=\"%\" value=\"b / a * 100\" range=\"free\"/>"
	  "<column id=\"s\" label=\"Giảm\" unit=\"điểm %\" value=\"b / a * -100\"/>"
	  "<column id=\"u\" label=\"Lần\" value=\"b / a * 100\"/>",
		"X;4;5;\n", NULL, "" },
	/* as severe as the job says */
	{ "<column id=\"rate\" label=\"Tỷ lệ\"/>", "X;;;101\n", "<audit severity=\"note\"/>",
		"note rate current.csv:2:4 X, Tỷ lệ: a rate of 101% is outside 0 - 100\n" },
	{ "<column id=\"rate\" label=\"Tỷ lệ\"/>", "X;;;101\nY;;;102\n", "<audit severity=\"error\"/>",
		"error rate current.csv:2:4 X, Tỷ lệ: a rate of 101% is outside 0 - 100\n"
		"error rate current.csv:3:4 Y, Tỷ lệ: a rate of 102% is outside 0 - 100\n" },
};

static void test_rates(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
		struct arena a = { 0 };
		struct audited f = { .dataset = FIELDS,
			.table = arena_printf(&a, LABEL "%s" TOTAL, rates[i].columns),
			.current = arena_printf(&a, "area;a;b;rate\n%s", rates[i].data),
			.audit = rates[i].audit };
		struct computed *c = audited_new(&f);

		if (strcmp(audited_findings(c), rates[i].want) != 0)
			fail_msg("%s\n%sgives\n%snot\n%s", rates[i].columns, rates[i].data, audited_findings(c), rates[i].want);
		assert_int_equal(c->ok, !strstr(rates[i].want, "error "));
		computed_free(c);
		arena_clear(&a);
	}
}

/* Rows of groups are checked as well. */
static void test_groups(void **state)
{
	struct audited f = { .dataset = FIELDS,
		.rows = " groups=\"list\"",
		.table = LABEL "<column id=\"a\" label=\"A\" total=\"none\"/>"
			       "<column id=\"r\" label=\"R\" unit=\"%\" value=\"b / c * 100\"/>"
			       "<subtotal label=\"{group}\"/><subset part=\"b\" of=\"c\"/>",
		.current = "area;b;c;list\nX;1;2;P\nY;5;4;Q\nZ;1;1;Q\n" };
	struct computed *c = audited_new(&f);

	(void)state;
	assert_string_equal(audited_findings(c),
		"warning subset current.csv:3:2 Q, b: it is 6, more than its whole 5\n"
		"warning subset current.csv:3:2 Y, b: it is 5, more than its whole 4\n"
		"warning rate current.csv:3:2 Q, R: a rate of 120% is outside 0 - 100\n"
		"warning rate current.csv:3:2 Y, R: a rate of 125% is outside 0 - 100\n");
	assert_string_equal(c->audit.finding[0].place, "t/group:q/b");
	assert_string_equal(c->audit.finding[3].place, "t/y/r");
	computed_free(c);
}

/* ---- rules about another table ---- */

#define OTHER                                                                                      \
	.sources = "<source id=\"e\" dataset=\"e\" href=\"e.csv\"/>", .tables = "t u",             \
	.more = { { "templates/datasets/e.xml",                                                    \
			  "<dataset xmlns=\"urn:kehoach:dataset:1\" id=\"e\" title=\"E\">" AREA COUNT("a") "</dataset>" }, \
		{ "templates/tables/u.xml",                                                        \
			"<table xmlns=\"urn:kehoach:table:1\" id=\"u\" over=\"e\" title=\"U\">" LABEL      \
			"<column id=\"a\" label=\"Số hộ\"/><total label=\"Cộng\"/></table>" },        \
		{ "e.csv", "area;a\nKhu phố 3;1\nKhu phố 4;2\nKhu phố 9;4\nKhu phố 12;\n" } }
#define OTHER_AREAS(areas)                                                                         \
	.sources = "<source id=\"e\" dataset=\"e\" href=\"e.csv\"/>", .tables = "t u",             \
	.more = { { "templates/datasets/e.xml",                                                    \
			  "<dataset xmlns=\"urn:kehoach:dataset:1\" id=\"e\" title=\"E\">" AREA COUNT("a") "</dataset>" }, \
		{ "templates/tables/u.xml",                                                        \
			"<table xmlns=\"urn:kehoach:table:1\" id=\"u\" over=\"e\" title=\"U\">" LABEL "</table>" }, \
		{ "e.csv", "area;a\n" areas } }
#define COVERS(more)                                                                               \
	"<column id=\"name\" label=\"Tên\" is=\"label\"/><column id=\"list\" label=\"Phụ trách\"/>" \
	"<covers column=\"list\" table=\"u\"" more "/>"

static const struct {
	const char *table;
	const char *data; /* name; list */
	const char *want;
} covers[] = {
	{ COVERS(""), "An;Khu phố 9 + 4; Khu phố 3 và 12\n", "" },
	{ COVERS(""), "An;KHU  PHỐ 3,4\nBa;khu phố 9 & 12\nCô;\n", "" },
	{ COVERS(""), "An;Khu phố 12;Khu phố 9\nBa;Khu phố 3; Khu phố 4;\n", "" },
	{ COVERS(""), "An;Khu phố 9 + 4\nBa;Khu phố 3 và 4\n",
		"warning covers current.csv:3:2 Ba, Phụ trách: the areas are not covered exactly once ('Khu phố 4' also stands "
		"at 'An')\n"
		"warning covers e.csv:5:1 Bảng 2024: the areas are not covered exactly once (no row has 'Khu phố 12')\n" },
	{ COVERS(""), "An;Khu phố 9, 4, 3, 12, 9\n",
		"warning covers current.csv:2:2 An, Phụ trách: the areas are not covered exactly once ('Khu phố 9' also stands "
		"at 'An')\n" },
	{ COVERS(""), "An;Khu phố 9, 4, 5\nBa;Khu phố 3; Thôn 12; Cộng\n",
		"warning covers current.csv:2:2 An, Phụ trách: the areas are not covered exactly once ('Khu phố 5' is no area of "
		"that table)\n"
		"warning covers current.csv:3:2 Ba, Phụ trách: the areas are not covered exactly once ('Thôn 12' is no area of "
		"that table; did you mean 'Khu phố 12'?)\n"
		"warning covers current.csv:3:2 Ba, Phụ trách: the areas are not covered exactly once ('Cộng' is no area of that "
		"table)\n"
		"warning covers e.csv:5:1 Bảng 2024: the areas are not covered exactly once (no row has 'Khu phố 12')\n" },
	/* as lists are written: other words in front, numbers with zeros, Roman numerals */
	{ COVERS(""), "An;khu phố 09 + 04\nBa;KP số 3, XII\n", "" },
	{ COVERS(""), "An;Các khu phố 9, 4 và 12, 3.\n", "" },
	{ COVERS(""), "An;KP9, 4\nBa;KP.3; KP-12\n", "" },
	{ COVERS(""), "An;Khu phố 9, 4, 3, 12a\n",
		"warning covers current.csv:2:2 An, Phụ trách: the areas are not covered exactly once ('Khu phố 12a' is no area of "
		"that table; did you mean 'Khu phố 12'?)\n"
		"warning covers e.csv:5:1 Bảng 2024: the areas are not covered exactly once (no row has 'Khu phố 12')\n" },
	{ COVERS(" severity=\"error\""), "An;Khu phố 9, 4, 3\n",
		"error covers e.csv:5:1 Bảng 2024: the areas are not covered exactly once (no row has 'Khu phố 12')\n" },
};

static void test_covers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof covers / sizeof *covers; i++) {
		struct arena a = { 0 };
		const char *quoted = "name;list\n";
		struct audited f = { .dataset = "<field id=\"name\" type=\"text\" key=\"yes\"/><field id=\"list\" type=\"text\"/>",
			.table = covers[i].table,
			OTHER };
		struct computed *c;
		const char *line = covers[i].data;

		for (size_t n; *line; line += n) {
			n = strcspn(line, "\n") + 1;
			quoted = arena_printf(&a, "%s%.*s\"%.*s\"\n", quoted, (int)(strcspn(line, ";") + 1), line,
				(int)(n - 2 - strcspn(line, ";")), line + strcspn(line, ";") + 1);
		}
		f.current = quoted;
		c = audited_new(&f);
		if (strcmp(audited_findings(c), covers[i].want) != 0)
			fail_msg("%s\n%sgives\n%snot\n%s", covers[i].table, covers[i].data, audited_findings(c), covers[i].want);
		computed_free(c);
		arena_clear(&a);
	}
}

/* Marks of a list may stand in the name of an area; a full stop ends the list. */
static void test_covers_long_names(void **state)
{
	static const char *const lists[] = {
		"Ấp Tân và Hòa, Làng Ô, Làng Ơ; Ấp Tân + Ấp Hòa.",
		"Làng Ô,  Làng Ơ & ấp Hòa và Ấp Tân và Hòa và Ấp Tân",
		"Ấp Tân; Ấp Hòa; Ấp Tân và Hòa; Làng Ô, Làng Ơ.",
		"ấp Tân, Hoà; Ấp  Tân và Hoà; Làng Ô, Làng Ơ",
	};

	(void)state;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		struct arena a = { 0 };
		struct audited f = { .dataset = "<field id=\"name\" type=\"text\" key=\"yes\"/><field id=\"list\" type=\"text\"/>",
			.table = COVERS(""),
			.current = arena_printf(&a, "name;list\nAn;\"%s\"\n", lists[i]),
			OTHER_AREAS("Ấp Tân;1\nẤp Hòa;1\nẤp Tân và Hòa;2\n\"Làng Ô, Làng Ơ\";1\n") };
		struct computed *c = audited_new(&f);

		assert_string_equal(audited_findings(c), "");
		computed_free(c);
		arena_clear(&a);
	}
}

#define EQUALS(value, other) "<equals value=\"" value "\" table=\"u\" other=\"" other "\"/>"

static const struct {
	const char *rule;
	const char *data; /* area; a */
	const char *want;
} equals[] = {
	{ EQUALS("total(a)", "sum(a)"), "X;1\n", "" }, /* the other one has a hole */
	{ EQUALS("total(a)", "at('Khu phố 4', a)"), "X;2\n", "" },
	{ EQUALS("total(a)", "at('Khu phố 4', a) + at('Khu phố 9', a)"), "X;2\nY;4\n", "" },
	{ EQUALS("total(a)", "at('Khu phố 4', a)"), "X;2\nY;\n", "" },
	{ EQUALS("total(a)", "at('Khu phố 4', a)"), "X;2\nY;1\n",
		"warning equals current.csv:2:2 t: total(a), u: at('Khu phố 4', a): it is 3, but 2 in the other table\n" },
	{ "<equals value=\"total(a)\" table=\"u\" other=\"at('Khu phố 4', a)\" severity=\"error\"/>", "X;3\n",
		"error equals current.csv:2:2 t: total(a), u: at('Khu phố 4', a): it is 3, but 2 in the other table\n" },
	{ EQUALS("total(a)", "at('Khu phố 5', a)"), "X;2\n",
		"note equals e.csv:0:0 't' is not compared with 'u': no single row has the key or label `Khu phố 5`\n" },
	{ EQUALS("total(a)", "total(b)"), "X;2\n", "error unknown-name t.xml:2:118 there is no `b`; did you mean `a`?\n" },
	{ EQUALS("total(a)", "total(a) * total(a)"), "X;2\n", "error unit t.xml:2:112 cannot compare 'hộ' and 'hộ*hộ'\n" },
	/* a table that the job does not have says nothing; one that nobody has is misspelt */
	{ "<equals value=\"total(a)\" table=\"poverty-targets\" other=\"total(a)\"/>", "X;1\n", "" },
	{ "<covers column=\"list\" table=\"poverty-targets\"/><column id=\"list\" label=\"L\"/>", "X;1\n", "" },
	{ "<equals value=\"total(a)\" table=\"poverty-target\" other=\"total(a)\"/>", "X;1\n",
		"error template t.xml:2:102 there is no template tables/poverty-target.xml; did you mean 'poverty-targets'?\n" },
	{ "<covers column=\"list\" table=\"assignment\"/><column id=\"list\" label=\"L\"/>", "X;1\n",
		"error template t.xml:2:99 there is no template tables/assignment.xml; did you mean 'assignments'?\n" },
};

static void test_equals(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof equals / sizeof *equals; i++) {
		struct arena a = { 0 };
		struct audited f = { .dataset = FIELDS,
			.table = arena_printf(&a, LABEL "<column id=\"a\" label=\"A\"/>%s", equals[i].rule),
			.current = arena_printf(&a, "area;a\n%s", equals[i].data),
			OTHER };
		struct computed *c = audited_new(&f);

		if (strcmp(audited_findings(c), equals[i].want) != 0)
			fail_msg("%s\n%sgives\n%snot\n%s", equals[i].rule, equals[i].data, audited_findings(c), equals[i].want);
		assert_int_equal(c->ok, !strstr(equals[i].want, "error "));
		computed_free(c);
		arena_clear(&a);
	}
}

/* ---- rules that are written wrong ---- */

static const struct {
	const char *rule;
	const char *want; /* what the findings begin with */
} wrong[] = {
	{ "<adds-up whole='a'/>", "error missing-attribute " },
	{ "<adds-up parts='a'/>", "error missing-attribute " },
	{ "<adds-up whole='a' parts='b e'/>", "error unknown-name t.xml:2:" },
	{ "<adds-up whole='a' part='b'/>", "error unknown-attribute " },
	{ "<stock-flow start='a' minus='b'/>", "error missing-attribute " },
	{ "<stock-flow start='a' end='area'/>", "error type " },
	{ "<subset part='a' of='b'>x</subset>", "error unknown-element " },
	{ "<adds-up whole='a' parts='b c/b'/>", "error unit t.xml:2:" },
	{ "<stock-flow start='a' minus='b*c' end='d'/>", "error unit t.xml:2:" },
	{ "<subset part='a' of='a/b'/>", "error unit t.xml:2:" },
	{ "<jump column='a' from='b'/>", "error missing-attribute " },
	{ "<jump column='a' from='b' percent='5%'/>", "error value " },
	{ "<jump column='a' from='b' percent='-5'/>", "error value " },
	{ "<covers column='a' table='u'/>", "error unknown-name " },
	{ "<covers column='lst' table='u'/>", "error unknown-name " },
	{ "<covers column='area'/>", "error missing-attribute " },
	{ "<equals value='a' table='u'/>", "error missing-attribute " },
	{ "<subset part='a' of='b' severity='eror'/>", "error value " },
	{ "<subsett part='a' of='b'/>", "error unknown-element " },
};

static void test_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct arena a = { 0 };
		struct computed *c = computed_of(arena_printf(&a, COLUMNS "%s", wrong[i].rule), "X;1;1;1;1;1\n", NULL, NULL);

		if (strncmp(audited_findings(c), wrong[i].want, strlen(wrong[i].want)) != 0)
			fail_msg("%s gives\n%snot\n%s", wrong[i].rule, audited_findings(c), wrong[i].want);
		assert_false(c->ok);
		computed_free(c);
		arena_clear(&a);
	}
}


/* ---- waivers ---- */

#define WAIVE(rule, place, until)                                                                  \
	"<waive rule=\"" rule "\" place=\"" place "\" reason=\"Đã in\" name=\"Lê Thị B\" until=\"" until "\"/>"
#define FOUND "subset current.csv:2:3 Thôn 1, B: it is 6, more than its whole 5"
#define UNUSED_NEAR(rule, place)                                                                   \
	"note waiver job.xml:6:8 nothing was found for this waiver (" rule " at '" place "'); did you mean 't/thôn 1/b'?\n"
#define UNUSED_LIST(rule, place)                                                                   \
	"note waiver job.xml:6:8 nothing was found for this waiver (" rule " at '" place                \
	"'); take it out, or correct its place; there are: t/thôn 1/b\n"
#define WAIVED "note " FOUND "; waived by Lê Thị B until 31/12/2024: Đã in\n"
#define UNUSED(rule, place)                                                                        \
	"note waiver job.xml:6:8 nothing was found for this waiver (" rule " at '" place "'); take it out, or correct its place\n"

static const struct {
	const char *audit;
	const char *want;
} waivers[] = {
	{ "<audit>" WAIVE("subset", "t/thôn 1/b", "2024-12-31") "</audit>", WAIVED },
	/* up to a '/' */
	{ "<audit>" WAIVE("subset", "t/thôn 1", "2024-12-31") "</audit>", WAIVED },
	{ "<audit>" WAIVE("subset", "t", "2024-12-31") "</audit>", WAIVED },
	{ "<audit>" WAIVE("subset", "t/thôn", "2024-12-31") "</audit>", "warning " FOUND "\n" UNUSED_LIST("subset", "t/thôn") },
	{ "<audit>" WAIVE("subset", "t/THÔN  1/b", "2024-12-31") "</audit>", WAIVED },
	{ "<audit>" WAIVE("subset", "t/thôn 1/b/x", "2024-12-31") "</audit>",
		"warning " FOUND "\n" UNUSED_NEAR("subset", "t/thôn 1/b/x") },
	{ "<audit>" WAIVE("subset", "t/thôn 2/b", "2024-12-31") "</audit>",
		"warning " FOUND "\n" UNUSED_NEAR("subset", "t/thôn 2/b") },
	{ "<audit>" WAIVE("adds-up", "t/thôn 1/b", "2024-12-31") "</audit>",
		"warning " FOUND "\n" UNUSED("adds-up", "t/thôn 1/b") },
	/* the document is of 2024-02-01, and that day counts */
	{ "<audit>" WAIVE("subset", "t/thôn 1/b", "2024-02-01") "</audit>",
		"note " FOUND "; waived by Lê Thị B until 01/02/2024: Đã in\n" },
	{ "<audit>" WAIVE("subset", "t/thôn 1/b", "2024-01-31") "</audit>",
		"warning " FOUND "\nwarning waiver job.xml:6:8 this waiver held until 31/01/2024 and holds no more\n" },
	{ "<audit>" WAIVE("subset", "t/thôn 1/b", "2024-01-31") WAIVE("subset", "t/thôn 1/b", "2024-12-31") "</audit>",
		WAIVED "warning waiver job.xml:6:8 this waiver held until 31/01/2024 and holds no more\n" },
};

static void test_waivers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof waivers / sizeof *waivers; i++) {
		struct computed *c = computed_of(COLUMNS "<subset part=\"b\" of=\"a\"/>", "Thôn 1;5;6;;;\nThôn 2;;9;;;\n", NULL,
			waivers[i].audit);

		audit_end(&c->audit, &c->diags);
		if (strcmp(audited_findings(c), waivers[i].want) != 0)
			fail_msg("%s\ngives\n%snot\n%s", waivers[i].audit, audited_findings(c), waivers[i].want);
		assert_int_equal(c->audit.n_finding, 1);
		computed_free(c);
	}
}

/* An error that is waived stops nothing; the others do. */
static void test_waived_error(void **state)
{
	static const char table[]
		= COLUMNS "<subset part=\"b\" of=\"a\" severity=\"error\"/><check that=\"c = 1\" message=\"một\"/>";
	struct computed *c = computed_of(table, "X;5;6;1;;\n", NULL,
		"<audit>" WAIVE("subset", "t/x", "2024-12-31") WAIVE("subset", "t/total", "2024-12-31") "</audit>");

	(void)state;
	assert_true(c->ok);
	audit_end(&c->audit, &c->diags);
	assert_int_equal(c->audit.n_error, 0);
	assert_int_equal(c->audit.n_finding, 2); /* the row and the total */
	assert_int_equal(c->audit.finding[0].severity, DIAG_NOTE);
	assert_ptr_equal(c->audit.finding[0].waiver, &c->model.job->waiver[0]);
	computed_free(c);
	c = computed_of(table, "X;5;6;2;;\n", NULL,
		"<audit>" WAIVE("subset", "t/x/b", "2024-12-31") WAIVE("subset", "t/total/b", "2024-12-31")
			WAIVE("check", "t/total", "2024-12-31") "</audit>");
	assert_false(c->ok);
	audit_end(&c->audit, &c->diags);
	assert_int_equal(c->diags.n_error, 1);
	assert_int_equal(c->audit.n_finding, 4);
	assert_string_equal(c->audit.finding[0].rule, "check");
	assert_string_equal(c->audit.finding[0].place, "t/x");
	assert_string_equal(c->audit.finding[1].place, "t/total");
	assert_null(c->audit.finding[0].waiver);
	assert_ptr_equal(c->audit.finding[1].waiver, &c->model.job->waiver[2]);
	computed_free(c);
}

/* A waiver is for one finding: with a place that several have it holds for none, and says which there are. */
static const struct {
	const char *waive;
	const char *errors; /* what is found, and not waived */
	size_t n_waived;
	const char *note; /* "": none; %s: the job's folder */
} meant[] = {
	{ WAIVE("subset", "t/x", "2024-12-31"), "X", 1, "" },
	{ WAIVE("subset", "t/x", "2024-12-31") WAIVE("subset", "t/y", "2024-12-31"), "", 2, "" },
	{ WAIVE("subset", "t", "2024-12-31"), "XY", 0,
		"this waiver (subset at 't') fits 2 findings, so it holds for none; name the one that is meant: 't/x/b' "
		"(%s/current.csv:2:3), 't/y/b' (%s/current.csv:3:3)" },
	/* in a file, as messages print it */
	{ WAIVE("subset", "current.csv:3:3", "2024-12-31"), "Y", 1, "" },
	{ WAIVE("subset", "CURRENT.csv:3:3", "2024-12-31"), "Y", 1, "" },
	{ WAIVE("subset", "urrent.csv:3:3", "2024-12-31"), "XY", 0,
		"nothing was found for this waiver (subset at 'urrent.csv:3:3'); take it out, or correct its place; there are: t/x/b, "
		"t/y/b" },
	{ WAIVE("subset", "current.csv:3", "2024-12-31"), "XY", 0,
		"nothing was found for this waiver (subset at 'current.csv:3'); take it out, or correct its place; there are: t/x/b, "
		"t/y/b" },
	{ WAIVE("subset", "current.csv:3:4", "2024-12-31"), "XY", 0,
		"nothing was found for this waiver (subset at 'current.csv:3:4'); take it out, or correct its place; there are: t/x/b, "
		"t/y/b" },
	/* rules */
	{ WAIVE("subsett", "t/x", "2024-12-31"), "XY", 0, "the audit has no rule 'subsett'; did you mean 'subset'?" },
	{ WAIVE("nghèo", "t/x", "2024-12-31"), "XY", 0,
		"the audit has no rule 'nghèo'; there are: published, places, asserted, adds-up, stock-flow, subset, rate, jump, "
		"equals, allocation, share, covers, ..." },
	{ WAIVE("quy-mo", "t/x", "2024-12-31"), "XY", 0,
		"nothing was found for this waiver (quy-mo at 't/x'); take it out, or correct its place" },
};

static void test_meant(void **state)
{
	static const char table[] = COLUMNS "<subset part=\"b\" of=\"a\" severity=\"error\"/>"
					    "<check that=\"1 = 1\" message=\"một\" rule=\"quy-mo\"/>";

	(void)state;
	for (size_t i = 0; i < sizeof meant / sizeof *meant; i++) {
		struct arena a = { 0 };
		struct computed *c
			= computed_of(table, "X;5;6;1;;\nY;5;7;;;\nZ;;9;;;\n", NULL, arena_printf(&a, "<audit>%s</audit>", meant[i].waive));
		const struct finding *last;
		size_t n_waived = 0;

		audit_end(&c->audit, &c->diags);
		for (size_t k = 0; k < c->audit.n_finding; k++)
			n_waived += c->audit.finding[k].waiver != NULL;
		last = &c->diags.finding[c->diags.n_finding - 1];
		if (c->audit.n_error != strlen(meant[i].errors) || n_waived != meant[i].n_waived)
			fail_msg("%s: %zu errors, %zu waived", meant[i].waive, c->audit.n_error, n_waived);
		if (*meant[i].note)
			assert_string_equal(last->message, arena_printf(&a, meant[i].note, c->dir, c->dir));
		else
			assert_string_not_equal(last->rule, "waiver");
		computed_free(c);
		arena_clear(&a);
	}
}

/* The sheet stands in the place, as in messages; a path does not matter. */
static void test_place_in_sheet(void **state)
{
	static const struct {
		const char *place;
		bool holds;
	} cases[] = {
		{ "so-lieu.xlsx[Biểu 1]:9:5", true },
		{ "data/so-lieu.xlsx[Biểu 1]:9:5", true },
		{ "so-lieu.xlsx[Biểu 2]:9:5", false },
		{ "so-lieu.xlsx:9:5", false },
		{ "[Biểu 1]:9:5", false },
		{ "t/x/a", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena a = { 0 };
		struct diags d = { .n_error = 0 };
		struct waiver w = { "asserted", cases[i].place, "Đã in", "Lê Thị B", { 2024, 12, 31 }, { 0 } };
		struct job job = { .date = { 2024, 2, 1 }, .waiver = &w, .n_waiver = 1 };
		struct audit audit;

		audit_init(&audit, &job, &a);
		audit_add(&audit,
			(struct audit_finding){ .rule = "asserted",
				.severity = DIAG_ERROR,
				.at = { "job/data/so-lieu.xlsx", "Biểu 1", 9, 5 },
				.place = "t/x/a",
				.subject = "X",
				.printed = "1",
				.computed = "2" },
			&d);
		audit_end(&audit, &d);
		if ((audit.n_error == 0) != cases[i].holds)
			fail_msg("%s", cases[i].place);
		diags_clear(&d);
		arena_clear(&a);
	}
}

/* A document whose day is left blank may be signed on the last of its month. */
static void test_blank_day(void **state)
{
	static const struct {
		struct date date;
		struct date until;
		bool holds;
	} cases[] = {
		{ { 2021, 4, 0 }, { 2021, 4, 15 }, false },
		{ { 2021, 4, 0 }, { 2021, 4, 30 }, true },
		{ { 2021, 0, 0 }, { 2021, 12, 30 }, false },
		{ { 2021, 0, 0 }, { 2021, 12, 31 }, true },
		{ { 2021, 4, 15 }, { 2021, 4, 15 }, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena a = { 0 };
		struct diags d = { .n_error = 0 };
		struct waiver w = { "rate", "t/x", "Đã in", "Lê Thị B", cases[i].until, { 0 } };
		struct job job = { .date = cases[i].date, .waiver = &w, .n_waiver = 1 };
		struct audit audit;

		audit_init(&audit, &job, &a);
		audit_add(&audit,
			(struct audit_finding){
				.rule = "rate", .severity = DIAG_ERROR, .place = "t/x", .subject = "X", .printed = "101", .computed = "0 - 100" },
			&d);
		audit_end(&audit, &d);
		assert_int_equal(audit.n_error, !cases[i].holds);
		diags_clear(&d);
		arena_clear(&a);
	}
}

/* Nothing is checked without an audit. */
static void test_no_audit(void **state)
{
	struct audited f = { .dataset = FIELDS,
		.table = COLUMNS "<subset part=\"b\" of=\"a\" severity=\"error\"/>",
		.current = HEAD "X;5;6;;;\n" };
	struct computed *c = audited_model(&f);

	(void)state;
	assert_true(compute(&c->model, &c->library, c->model.job->workbook, 1, NULL, &c->arena, &c->tables, &c->diags));
	assert_string_equal(audited_findings(c), "");
	computed_free(c);
}

/* ---- reasons ---- */

#define RATE(decimals)                                                                             \
	"<column id=\"rate\" label=\"R\" unit=\"%\" value=\"b / a * 100\" decimals=\"" decimals "\"/>"
#define GAP(decimals)                                                                              \
	"<column id=\"r1\" label=\"1\" unit=\"%\" value=\"b / a * 100\"/>"                         \
	"<column id=\"r2\" label=\"2\" unit=\"%\" value=\"c / a * 100\"/>"                         \
	"<column id=\"rate\" label=\"R\" unit=\"%\" value=\"r1 - r2\" decimals=\"" decimals "\"/>"
#define REST "<column id=\"d\" label=\"D\" unit=\"hộ\" value=\"a - b\"/>" TOTAL

static const struct {
	const char *columns;
	const char *data; /* area; a; b; c; d; rate */
	const char *want;
} reasons[] = {
	{ RATE("2"), "X;300;50;;;16,66\n", "R: the source says 16,66, computed 16,67 (rounding 'truncate' would give it)" },
	{ RATE("1"), "X;800;2;;;0,2\n", "R: the source says 0,2, computed 0,3 (rounding 'truncate' would give it)" },
	{ RATE("1"), "X;800;6;;;0,7\n", "R: the source says 0,7, computed 0,8 (rounding 'truncate' would give it)" },
	{ RATE("1\" rounding=\"truncate"), "X;800;6;;;0,8\n",
		"R: the source says 0,8, computed 0,7 (rounding 'half-up' would give it)" },
	{ RATE("1\" rounding=\"truncate"), "X;800;2;;;0,3\n",
		"R: the source says 0,3, computed 0,2 (rounding 'half-up' would give it)" },
	{ RATE("2"), "X;300;50;;;16,65\n", "R: the source says 16,65, computed 16,67" },
	/* of another row; a few households are the same by chance */
	{ RATE("1"), "X;10;1;;;20\nY;10;2;;;20\n", "R: the source says 20,0, computed 10,0 (it is the figure of 'Y')" },
	{ REST, "X;30;1;;28;\nY;30;2;;28;\n", "D: the source says 28, computed 29 (it is the figure of 'Y')" },
	{ REST, "X;10;1;;8;\nY;10;2;;8;\n", "D: the source says 8, computed 9" },
	/* two rounded figures, with as many decimals or one more */
	{ GAP("2"), "X;3;2;1;;33,34\n",
		"R: the source says 33,34, computed 33,33 (it is the difference of two rounded figures, 66,67 - 33,33)" },
	{ GAP("1"), "X;1000000;666467;666000;;0,1\n",
		"R: the source says 0,1, computed 0,0 (it is the difference of two rounded figures, 66,65 - 66,60)" },
	{ GAP("2"), "X;3;2;1;;33,35\n", "R: the source says 33,35, computed 33,33" },
	/* a total without one of its rows, if only one would do */
	{ "<column id=\"a\" label=\"A\"/>" TOTAL, "X;5;;;;\nY;7;;;;\nZ;11;;;;\nCộng;16;;;;\n",
		"A: the source says 16, computed 23 (it is the sum without 'Y')" },
	{ "<column id=\"a\" label=\"A\"/>" TOTAL, "X;7;;;;\nY;7;;;;\nZ;11;;;;\nCộng;18;;;;\n",
		"A: the source says 18, computed 25" },
	{ "<column id=\"a\" label=\"A\"/>" TOTAL, "X;7;;;;\nY;8;;;;\nCộng;14;;;;\n", "A: the source says 14, computed 15" },
	/* the parts as the source states them */
	{ REST, "X;5;1;;3;\nY;7;2;;5;\nCộng;12;3;;8;\n",
		"D: the source says 3, computed 4|D: the source says 8, computed 9 (the parts as stated add up to it)" },
	{ REST, "X;5;1;;3;\nY;7;2;;5;\nCộng;12;3;;10;\n",
		"D: the source says 3, computed 4|D: the source says 10, computed 9 (the parts as stated add up to 8)" },
	{ REST, "X;5;1;;4;\nY;7;2;;5;\nCộng;12;3;;10;\n", "D: the source says 10, computed 9" },
	{ REST, "X;5;1;;3;\nY;7;2;;;\nCộng;12;3;;8;\n", "D: the source says 3, computed 4|D: the source says 8, computed 9" },
	/* several reasons */
	{ REST, "X;25;1;;25;\nY;27;2;;23;\nCộng;52;3;;24;\n",
		"D: the source says 25, computed 24 (it is the figure of 'Y')|D: the source says 23, computed 25|D: the "
		"source says 24, computed 49 (it is the sum without 'Y'; the parts as stated add up to 48)" },
};

/* What is said of each finding, without the row. */
static const char *said(struct computed *c)
{
	const char *text = "";

	for (size_t i = 0; i < c->diags.n_finding; i++)
		text = arena_printf(&c->arena, "%s%s%s", text, i ? "|" : "", strstr(c->diags.finding[i].message, ", ") + 2);
	return text;
}

static void test_reasons(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
		struct arena a = { 0 };
		struct audited f = { .dataset = FIELDS,
			.table = arena_printf(&a, LABEL "%s", reasons[i].columns),
			.current = arena_printf(&a, "area;a;b;c;d;rate\n%s", reasons[i].data) };
		struct computed *c = audited_new(&f);

		assert_true(c->ok);
		if (strcmp(said(c), reasons[i].want) != 0)
			fail_msg("%s\n%sgives\n%s\nnot\n%s", reasons[i].columns, reasons[i].data, said(c), reasons[i].want);
		computed_free(c);
		arena_clear(&a);
	}
}

/* The reasons as they are kept, for the workbook. */
static void test_kept(void **state)
{
	struct audited f = { .dataset = FIELDS,
		.table = LABEL REST,
		.current = "area;a;b;c;d\nX;25;1;;25\nY;27;2;;23\nCộng;52;3;;24\n" };
	struct computed *c = audited_new(&f);
	const struct audit_finding *total;

	(void)state;
	assert_int_equal(c->audit.n_finding, 3);
	total = &c->audit.finding[2];
	assert_string_equal(total->rule, "asserted");
	assert_string_equal(total->place, "t/total/d");
	assert_string_equal(total->subject, "Cộng, D");
	assert_string_equal(total->printed, "24");
	assert_string_equal(total->computed, "49");
	assert_null(total->message);
	assert_int_equal(total->at.row, 4);
	assert_int_equal(total->at.col, 5);
	assert_int_equal(total->n_reason, 2);
	assert_int_equal(total->reason[0].why, WHY_WITHOUT_ROW);
	assert_string_equal(total->reason[0].words[0], "Y");
	assert_int_equal(total->reason[1].why, WHY_PARTS);
	assert_string_equal(total->reason[1].words[0], "48");
	computed_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_rates),
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_covers),
		cmocka_unit_test(test_covers_long_names),
		cmocka_unit_test(test_equals),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_waivers),
		cmocka_unit_test(test_waived_error),
		cmocka_unit_test(test_meant),
		cmocka_unit_test(test_place_in_sheet),
		cmocka_unit_test(test_blank_day),
		cmocka_unit_test(test_no_audit),
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_kept),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
