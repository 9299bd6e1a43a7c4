#include "audited.h"

#include "compose/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define FIELDS                                                                                     \
	"<field id=\"area\" type=\"area\" key=\"yes\"/><field id=\"households\" type=\"count\" unit=\"hộ\"/>" \
	"<field id=\"poor\" type=\"count\" unit=\"hộ\"/><field id=\"n\" type=\"number\" signed=\"yes\"/>"    \
	"<field id=\"owner\" type=\"text\"/><field id=\"rate\" type=\"rate\"/>"
#define TABLE                                                                                      \
	"<column id=\"area\" label=\"Thôn\" is=\"label\"/><column id=\"households\" label=\"Số hộ\"/>" \
	"<column id=\"poor\" label=\"Hộ nghèo\"/><column id=\"n\" label=\"N\" total=\"none\"/>"    \
	"<column id=\"owner\" label=\"Phụ trách\"/>"                                              \
	"<column id=\"rate\" label=\"Tỷ lệ\" unit=\"%\" value=\"poor / households * 100\" decimals=\"2\"/>" \
	"<total label=\"Cộng\"/>"
/* rates: 0,44326...; 0,75; none; in all 0,52356... */
#define HEAD "area;households;poor;n;owner;rate\n"
#define DATA                                                                                       \
	HEAD "Thôn 1;1128;5;50;Bà Lê Thị Hoà;\nThôn 2;400;3;2;;\nThôn 3;0;0;0;Ông B;\n"            \
	     "Thôn 4;0;0;-5;;\nThôn 5;0;0;1,93;;\nThôn 6;0;0;0,746;;\nThôn 7;0;0;;;\nThôn 8;0;0;5;;\n"
#define PUBLISHED_HEAD "Vị trí;Bảng;Biểu thức;Công bố;Quan hệ;Nội dung;Địa bàn\n"
#define PLAN                                                                                       \
	"<plan xmlns='urn:kehoach:plan:1' in='t' end='none'><title>Giảm nghèo</title>"             \
	"<define name='least' value='7' unit='hộ'/><define name='fund' value='8500000' unit='đồng'/>" \
	"<define name='budget' value='5723' unit='triệu đồng'/><p>Chữ</p><recipients><file>VT</file></recipients></plan>"

struct made {
	struct computed *c;
	const struct document *doc;
	bool composed;
};

static struct made made_of(const char *data, const char *published, const char *audit)
{
	struct arena a = { 0 };
	struct audited f = { .dataset = FIELDS,
		.table = TABLE,
		.current = data,
		.audit = audit,
		.tables = "t targets",
		.more = { { "cong-bo.csv", arena_printf(&a, PUBLISHED_HEAD "%s", published) },
			{ "templates/tables/targets.xml",
				"<table xmlns=\"urn:kehoach:table:1\" id=\"targets\" over=\"d\" title=\"B\">" TABLE "</table>" } } };
	struct made m = { .c = audited_new(&f) };
	struct compose_input in = { .job = m.c->model.job, .tables = &m.c->tables, .audit = &m.c->audit };

	if (!m.c->ok)
		fail_msg("%s", audited_findings(m.c));
	in.published = model_find(&m.c->model, DATASET_PUBLISHED, SOURCE_CURRENT);
	assert_non_null(in.published);
	in.plan = plan_read_bytes(PLAN, strlen(PLAN), "plan.xml", NULL, &m.c->arena, &m.c->diags);
	assert_non_null(in.plan);
	m.composed = compose(&in, &m.c->library, &m.c->arena, &m.doc, &m.c->diags);
	arena_clear(&a);
	return m;
}

#define AUDIT "<audit published=\"cong-bo.csv\"/>"

/* ---- one claim ---- */

static const struct {
	const char *expression;
	const char *printed; /* and what stands behind it: relation; subject; area */
	const char *want;    /* of the finding; "": it holds */
} claims[] = {
	/* with as many decimals as are printed */
	{ "total.rate", "0,52%", "" },
	{ "total.rate", "0,5%", "" },
	{ "total.rate", "0,524 %", "" },
	{ "total.rate", "tỷ lệ 0,52356% số hộ", "" },
	{ "total.rate", "1%", "" },
	{ "total.rate", "0,53%", "published 0,53%, computed 0,52" },
	{ "total.rate", "0,6%", "published 0,6%, computed 0,5" },
	{ "total.rate", "0%", "published 0%, computed 1 (rounding 'truncate' would give it)" },
	{ "at('Thôn 2', rate)", "0,750", "" },
	{ "total.households", "1.528 hộ", "" },
	{ "total.households", "1528 hộ", "" },
	{ "total.households", "1.538 hộ", "published 1.538 hộ, computed 1.528" },
	{ "total.households", "1538 hộ", "published 1538 hộ, computed 1528" },
	{ "total(poor)", "08 hộ", "" },
	{ "total.poor", "8", "" },
	{ "sum(poor) * 2", "16 hộ", "" },
	{ "total.poor", "7 hộ", "published 7 hộ, computed 8" },
	{ "total.poor / 3", "2,67", "" },
	{ "total.poor / 3", "2,66", "published 2,66, computed 2,67 (rounding 'truncate' would give it)" },
	/* the reasons of a cell */
	{ "at('Thôn 1', rate)", "0,75%", "published 0,75%, computed 0,44 (it is the figure of 'Thôn 2')" },
	{ "total.households", "1.128 hộ", "published 1.128 hộ, computed 1.528 (it is the sum without 'Thôn 2')" },
	{ "total.rate - at('Thôn 1', rate)", "0,08", "" },
	{ "total(poor / households) * 1000 - 5 / 1128 * 1000", "0,81",
		"published 0,81, computed 0,80 (it is the difference of two rounded figures, 5,24 - 4,43)" },
	{ "at('Thôn 4', n)", "âm năm", "" },
	{ "at('Thôn 4', n)", "âm sáu", "published âm sáu, computed âm năm" },
	/* in words, and no others beside them */
	{ "at('Thôn 1', n)", "năm mươi", "" },
	{ "at('Thôn 1', n)", "Năm mươi hộ", "" },
	{ "at('Thôn 1', n)", "giảm năm  mươi hộ", "" },
	{ "at('Thôn 1', n)", "năm mươi hai", "published năm mươi hai, computed năm mươi" },
	{ "at('Thôn 1', n)", "bốn mươi hộ", "published bốn mươi hộ, computed năm mươi" },
	{ "at('Thôn 1', n)", "năm hộ", "published năm hộ, computed năm mươi" },
	{ "at('Thôn 2', n)", "hai", "" },
	{ "at('Thôn 2', n)", "hai mươi", "published hai mươi, computed hai" },
	{ "at('Thôn 5', n)", "một phẩy chín mươi ba", "" },
	{ "at('Thôn 3', n)", "không có", "" },
	{ "at('Thôn 3', n)", "Không", "" },
	{ "at('Thôn 2', n)", "không có", "published không có, computed hai" },
	{ "at('Thôn 2', n)", "có", "published có, computed hai" },
	/* in Roman numerals */
	{ "at('Thôn 2', n)", "quý II", "" },
	{ "at('Thôn 2', n)", "quý II năm 2021", "" },
	{ "at('Thôn 2', n)", "Quý II/2021", "" },
	{ "at('Thôn 2', n)", "quý III", "published quý III, computed II" },
	{ "at('Thôn 2', n)", "quý I năm 2021", "published quý I năm 2021, computed II" },
	{ "at('Thôn 8', n)", "quý V năm 2021", "" },
	/* which of the numbers? */
	{ "at('Thôn 1', n) - 35", "15/6", "published 15/6, computed 15 (the text holds several numbers; write only the figure, as 15)" },
	{ "total.poor", "7 - 8 hộ", "published 7 - 8 hộ, computed 8 (the text holds several numbers; write only the figure, as 8)" },
	/* relations, of what is printed as well */
	{ "total.poor", "8 hộ;=", "" },
	{ "total.poor", "từ 7 hộ trở lên;>=", "" },
	{ "total.poor", "8 hộ;>=", "" },
	{ "total.poor", "9 hộ;>=", "published 9 hộ, computed 8" },
	{ "total.poor", "7 hộ;≥", "" },
	{ "total.poor", "9 hộ;≥", "published 9 hộ, computed 8" },
	{ "total.poor", "không quá 9 hộ;<=", "" },
	{ "total.poor", "7 hộ;<=", "published 7 hộ, computed 8" },
	{ "total.poor", "8 hộ;≤", "" },
	{ "total.poor", "7 hộ;≤", "published 7 hộ, computed 8" },
	{ "at('Thôn 1', rate)", "0,44%;>=", "" },
	{ "at('Thôn 1', rate)", "0,45%;>=", "published 0,45%, computed 0,44" },
	{ "at('Thôn 1', rate)", "0,43%;<=", "published 0,43%, computed 0,44" },
	{ "at('Thôn 6', n)", "trên 0,75;>", "published > trên 0,75, computed 0,746" },
	{ "total.poor", "trên 8 hộ;>", "published > trên 8 hộ, computed 8" },
	{ "total.poor", "trên 7 hộ;>", "" },
	{ "total.poor", "dưới 8 hộ;<", "published < dưới 8 hộ, computed 8" },
	{ "total.poor", "dưới chín hộ;<", "" },
	{ "total.poor", "ít nhất chín hộ;>=", "published ít nhất chín hộ, computed tám" },
	{ "total.poor * 5000", "ít nhất mười nghìn hộ;>=", "" },
	{ "total.poor * 5000", "bốn mươi ngàn", "" },
	/* years, days, documents and quarters are not the figure, where there is one */
	{ "total.poor", "năm 2023 giảm 8 hộ", "" },
	{ "total.poor", "giảm 8 hộ theo Nghị quyết 12/NQ-HĐND ngày 15/6/2023", "" },
	{ "total.poor", "Quý II giảm 8 hộ", "" },
	{ "total.poor", "Quý II giảm 9 hộ", "published Quý II giảm 9 hộ, computed 8" },
	{ "at('Thôn 2', n)", "Quý II giảm 9 hộ", "published Quý II giảm 9 hộ, computed 2" },
	{ "total.poor", "8 hộ, mục D", "" },
	{ "total.poor", "giai đoạn 2021-2025 giảm 8 hộ", "" },
	{ "at('Thôn 8', n) + 1", "tháng 6", "" },
	{ "total.poor", "8 hộ [1]", "published 8 hộ [1], computed 8 (the text holds several numbers; write only the figure, as 8)" },
	/* words that are numbers elsewhere */
	{ "total.poor", "trong năm tám hộ", "" },
	{ "total.poor", "cả năm giảm tám hộ", "" },
	{ "total.poor", "một số thôn giảm tám hộ", "" },
	{ "total.poor", "tám, hộ", "" },
	{ "total.poor", "không dưới chín hộ;>=", "published không dưới chín hộ, computed tám" },
	{ "total.poor", "không quá bảy hộ;<=", "published không quá bảy hộ, computed tám" },
	{ "at('Thôn 8', n)", "trong năm tám hộ", "published trong năm tám hộ, computed năm" },
	/* not written as a Vietnamese text writes it */
	{ "total.rate", "0.52%", "published 0.52%, computed 0,52 (a number is written with a decimal comma and groups of three, as 0,52)" },
	{ "total.poor", ".8", "published .8, computed 8 (a number is written with a decimal comma and groups of three, as 8)" },
	/* texts, as names are compared */
	{ "at('Thôn 1', owner)", "bà Lê Thị  Hòa", "" },
	{ "at('Thôn 3', owner)", "Ông B", "" },
	{ "at('Thôn 3', owner)", "Ông C", "published Ông C, computed Ông B" },
	{ "agency", "Ủy ban nhân dân xã Mẫu", "" },
	{ "period", "2024", "" },
	{ "period - 1", "năm 2024", "published năm 2024, computed 2023" },
	/* figures of the plan's own */
	{ "least", "07 hộ", "" },
	{ "total.poor - least", "1", "" },
	{ "least", "từ 06 hộ", "published từ 06 hộ, computed 7" },
	/* money in the program's own short form */
	{ "fund", "8,5 triệu đồng", "" },
	{ "fund", "8.500 nghìn đồng", "" },
	{ "fund", "8.500.000 đồng", "" },
	{ "fund", "9 triệu đồng", "" },
	{ "fund", "8,4 triệu đồng", "published 8,4 triệu đồng, computed 8,5" },
	{ "fund", "8,5 tỷ đồng", "published 8,5 tỷ đồng, computed 0,0" },
	{ "fund / million", "8,5 triệu đồng", "" },
	{ "total.poor", "8 triệu hộ", "published 8 triệu hộ, computed 0" },
	{ "total.poor * 1000000", "8 triệu hộ", "" },
	{ "total.poor", "8 tỷ", "published 8 tỷ, computed 8 (the text says 'tỷ', but the figure is in 'hộ')" },
	{ "total.poor", "8 tỷ đồng", "published 8 tỷ đồng, computed 8 (the text says 'tỷ đồng', but the figure is in 'hộ')" },
	{ "budget", "5,723 tỷ đồng", "" },
	{ "budget", "5,7 TỶ ĐỒNG", "" },
	{ "budget", "5.723.000 nghìn đồng", "" },
	{ "budget", "5.723.000.000 đồng", "" },
	{ "budget", "5.723 tr.đ", "" },
	{ "budget", "năm tỷ bảy trăm hai mươi ba triệu đồng", "" },
	{ "budget", "5,8 tỷ đồng", "published 5,8 tỷ đồng, computed 5,7" },
	{ "budget", "5,723 tỷ (năm tỷ bảy trăm hai mươi ba triệu đồng)", "" },
	{ "budget", "5,7 tỷ (năm tỷ bảy trăm hai mươi ba triệu đồng)", "" },
	{ "budget", "5,7 tỷ (năm phẩy bảy tỷ đồng)", "" },
	{ "budget", "5,723 tỷ (năm tỷ bảy trăm hai mươi tư triệu đồng)",
		"published 5,723 tỷ (năm tỷ bảy trăm hai mươi tư triệu đồng), computed 5,723 (the words beside the digits say 5.724)" },
	/* other units */
	{ "total.poor", "8%", "published 8%, computed 8 (the text says '%', but the figure is in 'hộ')" },
	{ "total.rate", "8 hộ", "published 8 hộ, computed 0,52 (the text says 'hộ', but the figure is in '%')" },
	{ "total.rate", "5,24‰", "" },
	{ "total.rate", "5,25‰", "published 5,25‰, computed 5,24" },
	{ "count(poor > 0)", "3 thôn", "published 3 thôn, computed 2" },
	{ "count(poor > 0)", "2%", "published 2%, computed 2 (the text says '%', which is not known to be the unit of the figure)" },
	{ "total.rate * 10", "5,24‰", "" },
	{ "total.rate", "0,520000000000000000000000000000", "published 0,520000000000000000000000000000, computed 0,523560209424084" },
	/* words that change a number */
	{ "total.poor", "hai mốt", "published hai mốt, computed 8 ('hai mốt' cannot be read; write the figure in digits, as 8)" },
	{ "total.poor", "8 (chín)", "published 8 (chín), computed 8 (the words beside the digits say 9)" },
	{ "total.poor", "9 (tám)", "published 9 (tám), computed 8" },
	{ "total.poor", "bảy đến tám hộ",
		"published bảy đến tám hộ, computed 8 (the text holds several numbers; write only the figure, as 8)" },
	/* what else is known of it */
	{ "total.poor", "7;;Số hộ nghèo;Toàn xã", "published 7, computed 8" },
	/* "năm" is five, but of a year here */
	{ "at('Thôn 8', n)", "quý II năm 2021", "published quý II năm 2021, computed V" },
	/* a sign belongs to its number */
	{ "at('Thôn 4', n)", "-5", "" },
	{ "at('Thôn 4', n)", "mức -5 điểm", "" },
	{ "at('Thôn 8', n)", "-5", "published -5, computed 5" },
};

static void test_claims(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
		struct arena a = { 0 };
		struct made m = made_of(DATA, arena_printf(&a, "II.1;t;%s;%s\n", claims[i].expression, claims[i].printed), AUDIT);
		const char *subject = strstr(claims[i].printed, "Toàn") ? "II.1, Số hộ nghèo (Toàn xã)" : "II.1";
		const char *want = "";

		if (*claims[i].want)
			want = arena_printf(&a, "warning published cong-bo.csv:2:4 %s: %s\n", subject, claims[i].want);
		if (strcmp(audited_findings(m.c), want) != 0)
			fail_msg("%s: %s\n%s not\n%s", claims[i].expression, claims[i].printed, audited_findings(m.c), want);
		assert_true(m.composed);
		assert_int_equal(m.doc->n_audit, *want != '\0');
		computed_free(m.c);
		arena_clear(&a);
	}
}

/* README: rounded to the decimals that are printed, and compared. */
static void test_rounded_relations(void **state)
{
	struct made m = made_of(DATA, "I.1;t;at('Thôn 1', rate);0,44%;<=\nI.2;t;at('Thôn 6', n);0,75;>=\n", AUDIT);

	(void)state;
	assert_string_equal(audited_findings(m.c), "");
	computed_free(m.c);
}

/* ---- claims that cannot be checked ---- */

static const struct {
	const char *claim;
	const char *want;
} broken[] = {
	{ "I;target;total.poor;8\n", "error claim cong-bo.csv:2:2 the job has no table 'target'; did you mean 'targets'?\n" },
	{ "I;bieu;total.poor;8\n", "error claim cong-bo.csv:2:2 the job has no table 'bieu'; there are: t, targets\n" },
	{ "I;t;total.por;8\n", "error unknown-name cong-bo.csv:2:3 there is no `por`; did you mean `poor`?\n" },
	{ "I;t;total.poor +;8\n", "error syntax cong-bo.csv:2:3 " },
	{ "I;t;total.poor + total.rate;8\n", "error unit cong-bo.csv:2:3 " },
	{ "I;t;poor;8\n", "error row cong-bo.csv:2:3 " },
	{ "I;t;at('Thôn 9', poor);8\n", "error key cong-bo.csv:2:3 " },
	{ "I;t;total.poor;8;=>\n", "error claim cong-bo.csv:2:5 '=>' is no relation; write =, >=, <=, > or <, or leave it empty\n" },
	{ "I;t;at('Thôn 3', owner);Ông B;>=\n",
		"error claim cong-bo.csv:2:5 {at('Thôn 3', owner)} is a text, which is not more or less; leave the relation empty\n" },
	{ "I;bieu;total.poor;8;ít nhất\n", "error claim cong-bo.csv:2:5 'ít nhất' is no relation; write =, >=, <=, > or <, or leave it "
					     "empty\nerror claim cong-bo.csv:2:2 the job has no table 'bieu'; there are: t, "
					     "targets\n" },
	/* no figure is no difference */
	{ "I;t;at('Thôn 7', n);8\n",
		"note claim cong-bo.csv:2:3 I: {at('Thôn 7', n)} is missing, so what was published cannot be checked\n" },
	{ "I;t;at('Thôn 3', rate);0,5%\n",
		"note claim cong-bo.csv:2:3 I: {at('Thôn 3', rate)} divides by zero, so what was published cannot be checked\n" },
	{ "I;t;at('Thôn 2', owner);Ông B\n", "note claim cong-bo.csv:2:3 I: " },
};

static void test_broken(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		struct made m = made_of(DATA, broken[i].claim, AUDIT);

		if (strncmp(audited_findings(m.c), broken[i].want, strlen(broken[i].want)) != 0)
			fail_msg("%s%s not\n%s", broken[i].claim, audited_findings(m.c), broken[i].want);
		assert_int_equal(m.composed, !strncmp(broken[i].want, "note", strlen("note")));
		assert_int_equal(m.c->audit.n_finding, 0);
		computed_free(m.c);
	}
}

/* One that is broken does not hide the others. */
static void test_goes_on(void **state)
{
	struct made m = made_of(DATA, "I;t;total.por;8\nII;t;total.poor;7\nIII;t;total.x;7\n", AUDIT);

	(void)state;
	assert_int_equal(m.c->diags.n_finding, 3);
	assert_int_equal(m.c->audit.n_finding, 1);
	assert_false(m.composed);
	computed_free(m.c);
}

/* ---- several claims ---- */

#define FINDING(line, text) "warning published cong-bo.csv:" line ":4 " text "\n"

static const struct {
	const char *published;
	const char *want;
} several[] = {
	{ "I.1;t;total.poor;8 hộ\nII.1;t;total.poor;08\nII.2;t;total.poor;tám\n", "" },
	{ "I.1;t;total.poor;8 hộ;;Nghèo\nII.1;t;total.poor;7 hộ\n",
		FINDING("3", "II.1: published 7 hộ, computed 8 ('I.1, Nghèo' states 8 hộ of the same figure)") },
	{ "I.1;t;total.poor;9 hộ\nII.1;t;total.poor;7 hộ\n",
		FINDING("2", "I.1: published 9 hộ, computed 8 ('II.1' states 7 hộ of the same figure)")
			FINDING("3", "II.1: published 7 hộ, computed 8 ('I.1' states 9 hộ of the same figure)") },
	/* the same figure, however it is typed */
	{ "I.1;t;total.poor;9 hộ\nII.1;t;total(poor);7 hộ\n",
		FINDING("2", "I.1: published 9 hộ, computed 8 ('II.1' states 7 hộ of the same figure)")
			FINDING("3", "II.1: published 7 hộ, computed 8 ('I.1' states 9 hộ of the same figure)") },
	{ "I.1;t;at('Thôn 1', poor);9 hộ\nII.1;t;at( \"thôn 1\" , poor);7 hộ\n",
		FINDING("2", "I.1: published 9 hộ, computed 5 ('II.1' states 7 hộ of the same figure)")
			FINDING("3", "II.1: published 7 hộ, computed 5 ('I.1' states 9 hộ of the same figure)") },
	/* both say the same; figures of other rows and tables are others */
	{ "I.1;t;total.poor;7 hộ\nII.1;t;total.poor;07 hộ\n",
		FINDING("2", "I.1: published 7 hộ, computed 8") FINDING("3", "II.1: published 07 hộ, computed 8") },
	{ "I.1;t;total.poor;7 hộ\nII.1;t;total.poor;7 hộ\n",
		FINDING("2", "I.1: published 7 hộ, computed 8") FINDING("3", "II.1: published 7 hộ, computed 8") },
	{ "I.1;t;at('Thôn 1', poor);5 hộ\nII.1;t;total.poor;7 hộ\nIII;targets;total.poor;8\n",
		FINDING("3", "II.1: published 7 hộ, computed 8") },
};

static void test_several(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof several / sizeof *several; i++) {
		struct made m = made_of(DATA, several[i].published, AUDIT);

		assert_string_equal(audited_findings(m.c), several[i].want);
		computed_free(m.c);
	}
}

/* ---- two places, of a figure that is not known ---- */

#define UNKNOWN(line) "note claim cong-bo.csv:" line ":3 I." line ": {at('Thôn 7', n)} is missing, so what was published cannot be checked\n"
#define PLACES(line, text) "warning places cong-bo.csv:" line ":4 I." line ": " text "\n"

static const struct {
	const char *first;
	const char *second;
	const char *want; /* of the second */
} unknown[] = {
	{ "5", "5 hộ", "" },
	{ "5", "05", "" },
	{ "5", "năm", "" },
	{ "5", "6", PLACES("3", "published 6, elsewhere 5 ('I.2' states 5 of the same figure)") },
	{ "5", "sáu", PLACES("3", "published sáu, elsewhere 5 ('I.2' states 5 of the same figure)") },
	/* rounded, the one may be the other */
	{ "5", "5,2", "" },
	{ "5,2", "5", "" },
	{ "5", "4,6", "" },
	{ "5", "5,9", "" },
	{ "5", "6,1", PLACES("3", "published 6,1, elsewhere 5 ('I.2' states 5 of the same figure)") },
	{ "5,2 triệu đồng", "5.213.000 đồng", "" },
	{ "5,2 triệu đồng", "5.313.000 đồng",
		PLACES("3", "published 5.313.000 đồng, elsewhere 5,2 triệu đồng ('I.2' states 5,2 triệu đồng of the same figure)") },
	/* what states no number, or only a limit */
	{ "5", "5 - 6", "" },
	{ "5", "4;>=", "" },
};

static void test_unknown(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
		struct arena a = { 0 };
		const char *published = arena_printf(&a, "I.2;t;\"at('Thôn 7', n)\";%s\nI.3;t;\"at('Thôn 7', n)\";%s\n", unknown[i].first, unknown[i].second);
		struct made m = made_of(DATA, published, AUDIT);

		assert_string_equal(audited_findings(m.c), arena_printf(&a, UNKNOWN("2") UNKNOWN("3") "%s", unknown[i].want));
		computed_free(m.c);
		arena_clear(&a);
	}
}

/* They stop a job as other differences do. */
static void test_unknown_error(void **state)
{
	struct made m = made_of(DATA, "I;t;at('Thôn 7', n);5\nII;t;at('Thôn 7', n);6\n",
		"<audit published=\"cong-bo.csv\" severity=\"error\"/>");

	(void)state;
	assert_int_equal(m.c->diags.n_error, 1);
	assert_false(m.composed);
	assert_string_equal(m.c->audit.finding[0].place, "II");
	computed_free(m.c);
}

/* ---- a number that cannot be scaled ---- */

static void test_overflow(void **state)
{
	struct made m = made_of(DATA, "I;t;total.poor / 999999937 / 1000003;8,5 tỷ\nII;t;total.poor;7\n", AUDIT);

	(void)state;
	assert_string_equal(audited_findings(m.c), "error overflow cong-bo.csv:2:3 the quotient is too large to be exact; look for a slip, "
						   "or count in a larger unit\nwarning published cong-bo.csv:3:4 II: published 7, computed 8\n");
	computed_free(m.c);
}

/* ---- what the source has said already ---- */

#define ASSERTED "warning asserted current.csv:2:6 Thôn 1, Tỷ lệ: the source says 0,53, computed 0,44\n"

static const struct {
	const char *published;
	const char *want; /* behind ASSERTED */
} asserted[] = {
	/* the table itself, and another place */
	{ "I (bảng);t;at('Thôn 1', rate);0,53%\n", "" },
	{ "I (bảng);t;at('thôn 1', rate);0,53\nII;t;at('Thôn 1', rate);0,44\n", "" },
	{ "I;t;at('Thôn 1', rate);0,53%\n",
		FINDING("2", "I: published 0,53%, computed 0,44 (the source says so too, at current.csv:2:6)") },
	/* another figure there, the same elsewhere */
	{ "I;t;at('Thôn 1', rate);0,54%\n", FINDING("2", "I: published 0,54%, computed 0,44") },
	{ "I;t;at('Thôn 2', rate);0,53%\n", FINDING("2", "I: published 0,53%, computed 0,75") },
	{ "I;t;at('Thôn 1', rate) + 1;1,53%\n", FINDING("2", "I: published 1,53%, computed 1,44") },
};

static void test_asserted(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof asserted / sizeof *asserted; i++) {
		struct arena a = { 0 };
		struct made m = made_of(HEAD "Thôn 1;1128;5;;;0,53\nThôn 2;400;3;;;0,75\n", asserted[i].published, AUDIT);

		assert_string_equal(audited_findings(m.c), arena_printf(&a, ASSERTED "%s", asserted[i].want));
		computed_free(m.c);
		arena_clear(&a);
	}
}

/* What is waived in the source is not waived in the document. */
static void test_asserted_waived(void **state)
{
	struct made m = made_of(HEAD "Thôn 1;1128;5;;;0,53\n", "I (bảng);t;at('Thôn 1', rate);0,53%\n",
		"<audit published=\"cong-bo.csv\"><waive rule=\"asserted\" place=\"t/thôn 1/rate\" reason=\"Đã in\" name=\"B\" "
		"until=\"2024-12-31\"/></audit>");

	(void)state;
	assert_string_equal(audited_findings(m.c),
		FINDING("2", "I (bảng): published 0,53%, computed 0,44 (the source says so too, at current.csv:2:6)")
		"note asserted current.csv:2:6 Thôn 1, Tỷ lệ: the source says 0,53, computed 0,44; waived by B until 31/12/2024: Đã in\n");
	computed_free(m.c);
}

/* ---- severity and waivers ---- */

#define WAIVED(place)                                                                              \
	"<audit published=\"cong-bo.csv\" severity=\"error\"><waive rule=\"published\" place=\"" place           \
	"\" reason=\"Đã in\" name=\"Lê Thị B\" until=\"2024-12-31\"/></audit>"

static const struct {
	const char *audit;
	enum severity severity;
} severities[] = {
	{ AUDIT, DIAG_WARNING },
	{ "<audit published=\"cong-bo.csv\" severity=\"note\"/>", DIAG_NOTE },
	{ "<audit published=\"cong-bo.csv\" severity=\"error\"/>", DIAG_ERROR },
	{ WAIVED("II.2"), DIAG_NOTE },
	{ WAIVED("II"), DIAG_ERROR },
	{ WAIVED("II.2.1"), DIAG_ERROR },
	{ WAIVED("II.2/Hộ nghèo (toàn xã)"), DIAG_NOTE },
	{ WAIVED("ii.2/hộ nghèo (toàn xã)"), DIAG_NOTE },
	{ WAIVED("II.2/Hộ nghèo"), DIAG_ERROR },
	{ WAIVED("cong-bo.csv:2:4"), DIAG_NOTE },
	{ WAIVED("cong-bo.csv:3:4"), DIAG_ERROR },
};

static void test_severities(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof severities / sizeof *severities; i++) {
		struct made m = made_of(DATA, "II.2;t;total.poor;7;;Hộ nghèo;toàn xã\n", severities[i].audit);

		assert_int_equal(m.composed, severities[i].severity < DIAG_ERROR);
		assert_int_equal(m.c->diags.finding[0].severity, severities[i].severity);
		assert_string_equal(m.c->diags.finding[0].rule, "published");
		assert_int_equal(m.c->audit.n_finding, 1);
		assert_string_equal(m.c->audit.finding[0].place, "II.2/Hộ nghèo (toàn xã)");
		assert_string_equal(m.c->audit.finding[0].printed, "7");
		assert_string_equal(m.c->audit.finding[0].computed, "8");
		computed_free(m.c);
	}
}

/* A second slip at a place is not waived with the first. */
static void test_second_slip(void **state)
{
	struct made m = made_of(DATA, "II.2;t;total.poor;7;;Hộ nghèo\nII.2;t;total.households;7;;Số hộ\n", WAIVED("II.2"));
	const struct finding *last = &m.c->diags.finding[m.c->diags.n_finding - 1];

	(void)state;
	assert_int_equal(m.c->diags.n_error, 2);
	assert_string_equal(last->rule, "waiver");
	assert_non_null(strstr(last->message, "'II.2/Hộ nghèo' ("));
	assert_non_null(strstr(last->message, "cong-bo.csv:3:4)"));
	computed_free(m.c);
	m = made_of(DATA, "II.2;t;total.poor;7;;Hộ nghèo\nII.2;t;total.households;7;;Số hộ\n", WAIVED("II.2/Hộ nghèo"));
	assert_int_equal(m.c->diags.n_error, 1);
	computed_free(m.c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_claims),
		cmocka_unit_test(test_rounded_relations),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_goes_on),
		cmocka_unit_test(test_several),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_unknown_error),
		cmocka_unit_test(test_overflow),
		cmocka_unit_test(test_asserted),
		cmocka_unit_test(test_asserted_waived),
		cmocka_unit_test(test_severities),
		cmocka_unit_test(test_second_slip),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
