#include "base/buf.h"
#include "compose/plan.h"

#include "composed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define HEAD "<plan xmlns='urn:kehoach:plan:1' in='targets' end='none'><title>Giảm  nghèo</title>\n"
#define TAIL "\n<recipients><file>VT</file></recipients></plan>"

/* *bold* /italic/ [figure] @link@ |break */
static void put_runs(struct buf *b, struct runs runs)
{
	for (size_t i = 0; i < runs.n_run; i++) {
		const struct run *r = &runs.run[i];
		const char *before = r->flags & RUN_FIGURE ? "[" : r->flags & RUN_LINK ? "@" : "";
		const char *after = r->flags & RUN_FIGURE ? "]" : before;
		const char *face = r->flags & RUN_BOLD ? "*" : r->flags & RUN_ITALIC ? "/" : "";

		buf_printf(b, "%s%s%s%s%s%s", r->flags & RUN_BREAK ? "|" : "", face, before,
			r->text, after, face);
	}
}

static void put_block(struct buf *b, const struct block *block)
{
	static const char *const kinds[]
		= { "letterhead", "title", "basis", "h", "p", "li", "table", "foot", "appendix" };

	buf_puts(b, kinds[block->kind]);
	if (block->level)
		buf_printf(b, "%d", block->level);
	if (block->item)
		buf_printf(b, "(%d)", block->item);
	if (*block->number)
		buf_printf(b, " %s", block->number);
	if (block->title.n_run)
		buf_puts(b, " ");
	put_runs(b, block->title);
	if (block->runs.n_run)
		buf_puts(b, block->title.n_run ? " : " : " ");
	put_runs(b, block->runs);
	buf_puts(b, "\n");
}

static const struct document *compose_with(struct sample *s, const char *xml, unsigned flags)
{
	const struct document *doc = NULL;
	const struct plan *plan
		= plan_read_bytes(xml, strlen(xml), "plan.xml", NULL, &s->arena, &s->diags);

	struct compose_input in = { .job = &s->job, .plan = plan, .tables = &s->all, .flags = flags };

	assert_non_null(plan);
	if (!compose(&in, &s->library, &s->arena, &doc, &s->diags))
		return NULL;
	return doc;
}

static const struct document *compose_text(struct sample *s, const char *xml)
{
	return compose_with(s, xml, 0);
}

static const char *block_texts(struct sample *s, const struct part *part, size_t first)
{
	struct buf b = { 0 };
	const char *text;

	for (size_t i = first; i < part->n_block; i++)
		if (part->block[i].kind != BLOCK_FOOT)
			put_block(&b, &part->block[i]);
	text = arena_slice(&s->arena, b.text ? b.text : "", b.n);
	buf_clear(&b);
	return text;
}

static const struct {
	const char *xml;
	const char *want;
} texts[] = {
	{ "<p>  a\n  <b>b </b> c<br/> d </p>", "p a *b *c|d\n" },
	{ "<p>Năm {period}, {period - 1}; {{x}: {total.households} hộ</p>",
		"p Năm 2024, 2023; {x}: [1.528] hộ\n" },
	{ "<p>{total(poor_start):02} {total.rate_start}% {at('Khu phố 2', rate_start):.1}%</p>",
		"p [08] [0,52]% [0,8]%\n" },
	{ "<p>{total.exits} hộ; {sum(poor_start)}; {count(poor_start > 0)}</p>",
		"p [03 (2/3 địa bàn)] hộ; [8]; [2]\n" },
	{ "<define name='n' value='7' unit='hộ'/><p>{n} {n:02}</p>", "p [7] [07]\n" },
	{ "<define name='r' value='total.poor_start / total.households * 100' decimals='2' "
	  "rounding='truncate'/>"
	  "<define name='s' value='r + 1' decimals='1'/><p>{r} {r:.3} {s}</p>",
		"p [0,52] [0,523] [1,5]\n" },
	{ "<p><each in='targets' where='poor_start &gt; 0' sep=', '>{area} {poor_start:02} "
	  "hộ</each>.</p>",
		"p Khu phố 1 [05] hộ, Khu phố 2 [03] hộ.\n" },
	{ "<p><if test='total.poor_start &gt; 9'>a</if><else>b<i>c</i></else> d</p>",
		"p b/c/ d\n" },
	{ "<p><date>2024-01-31</date> <date form='long'>2024-03-09</date> <fact>8</fact> m²</p>",
		"p 31/01/2024 ngày 09 tháng 3 năm 2024 8 m²\n" },
	{ "<bases><basis id='a' type='Quyết định' number='90/QĐ-TTg' date='2022-01-18' issuer='Thủ "
	  "tướng Chính phủ' "
	  "subject='phê duyệt'>Căn cứ <cite ref='a' form='full'/>.</basis>"
	  "<basis id='h' hidden='yes' type='Luật' subject='Đầu tư'>x</basis>"
	  "<basis id='b' type='Luật' subject='Đất đai'>Căn cứ <cite ref='b'/></basis></bases>"
	  "<p><cite ref='a' form='short'/>; <cite ref='a'/>; <cite ref='a' form='issuer'/>; <cite "
	  "ref='h'/></p>",
		"basis Căn cứ Quyết định số 90/QĐ-TTg ngày 18 tháng 01 năm 2022 của Thủ tướng "
		"Chính phủ phê duyệt;\n"
		"basis Căn cứ Luật Đất đai.\n"
		"p Quyết định số 90/QĐ-TTg; Quyết định số 90/QĐ-TTg ngày 18 tháng 01 năm 2022; "
		"Quyết định số 90/QĐ-TTg ngày "
		"18 tháng 01 năm 2022 của Thủ tướng Chính phủ; Luật Đầu tư\n" },
	{ "<section title='Mục đích, yêu cầu'><section title='Một' "
	  "run-in='yes'><p>x</p><p>y</p></section>"
	  "<section title='Hai'><section title='b'><section title='c'/></section><section title='' "
	  "run-in='yes'><p>z</p>"
	  "</section></section></section><section title='phần' number='none'/><section title='đ'/>",
		"h1 I. MỤC ĐÍCH, YÊU CẦU\nh2 1. Một : x\np y\nh2 2. Hai\nh3 2.1. b\nh4 2.1.1. "
		"c\nh3 2.2. z\nh1 PHẦN\nh1 II. Đ\n" },
	{ "<li>một; <li>hai</li> ba</li><li "
	  "mark='*'>bốn</li><points><point>a<li>b</li></point><point>c</point><point>d"
	  "</point><point>e</point><point>f</point></points>",
		"li1 - một;\nli2(1) + hai\nli1(1) ba\nli1 * bốn\nli1 a) a\nli2(1) - b\nli1 b) c\nli1 c) "
		"d\nli1 d) e\nli1 đ) f\n" },
	{ "<li>a<p>b</p><li>c<p>d</p></li><p>e</p></li><li><li>f</li><table ref='targets'/><p>g</p></li>",
		"li1 - a\np(1) b\nli2(1) + c\np(2) d\np(1) e\nli2 + f\ntable\np g\n" },
	{ "<each in='targets' where='poor_start &gt; 3'><p>{area}</p></each><p>xem <link "
	  "to='targets'>biểu</link></p>"
	  "<table ref='targets' caption='Biểu {period}'/>",
		"p Khu phố 1\np xem @biểu@\ntable Biểu 2024\n" },
};

static void test_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct sample s;
		const struct document *doc;

		sample_init(&s);
		doc = compose_text(&s, arena_printf(&s.arena, HEAD "%s" TAIL, texts[i].xml));
		if (!doc)
			diags_print(&s.diags, stderr);
		assert_non_null(doc);
		assert_string_equal(block_texts(&s, &doc->part[0], 2), texts[i].want);
		sample_clear(&s);
	}
}

/* Line 2 is what each case says. */
static const struct {
	const char *xml;
	unsigned col;
	const char *rule;
} wrong[] = {
	{ "<p>ab {poor_start}</p>", 7, "row" },
	{ "<p>{total.poor_strat}</p>", 11, "unknown-name" },
	{ "<if test='1 = 2'><p>{nothing}</p></if>", 22, "unknown-name" },
	{ "<each in='targets' where='poor_start &lt; 0'><p>{nothing}</p></each>", 50,
		"unknown-name" },
	{ "<p>{total.poor_start / total.households}</p>", 4, "format" },
	{ "<p>{total.poor_start * 0.3}</p>", 4, "format" },
	{ "<p>{total.poor_start:2}</p>", 22, "format" },
	{ "<p>{at('Khu phố 1', area):02}</p>", 27, "format" },
	{ "<p>{total.poor_start</p>", 4, "syntax" },
	{ "<p>{at('Khu phố 3', exits):02}</p>", 4, "missing-figure" },
	{ "<p><date>2024-13-01</date></p>", 10, "date" },
	{ "<appendix title='x'/><p><link to='other'>x</link></p>", 35, "link" },
	{ "<p>Xem <link to='targets'/></p><table ref='targets'/>", 18, "link" },
	{ "<section title='{x}'/>", 18, "unknown-name" },
	{ "<define name='poor_start' value='1'/><p>{total.poor_start}</p>", 15, "duplicate" },
	{ "<define name='period' value='1'/>", 15, "duplicate" },
	{ "<define name='x' value='total.poor_start' unit='đồng'/>", 49, "unit" },
	{ "<li><li><li><li>x</li></li></li></li>", 13, "depth" },
};

static void test_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct sample s;

		sample_init(&s);
		assert_null(compose_text(&s, arena_printf(&s.arena, HEAD "%s" TAIL, wrong[i].xml)));
		if (s.diags.n_finding != 1 || strcmp(s.diags.finding[0].rule, wrong[i].rule) != 0
			|| s.diags.finding[0].at.col != wrong[i].col)
			diags_print(&s.diags, stderr);
		assert_int_equal(s.diags.n_finding, 1);
		assert_string_equal(s.diags.finding[0].rule, wrong[i].rule);
		assert_int_equal(s.diags.finding[0].at.row, 2);
		assert_int_equal(s.diags.finding[0].at.col, wrong[i].col);
		sample_clear(&s);
	}
}

static void test_not_applicable(void **state)
{
	struct sample s;
	const struct document *doc;

	(void)state;
	sample_init(&s);
	doc = compose_text(&s, HEAD "<p>{at('Khu phố 3', rate_start):.2}</p>" TAIL);
	assert_non_null(doc);
	assert_string_equal(block_texts(&s, &doc->part[0], 2), "p [-]\n");
	assert_int_equal(s.diags.n_finding, 1);
	assert_string_equal(s.diags.finding[0].rule, "not-applicable");
	sample_clear(&s);
}

/* Figures in the order of the text; constants of the job and texts are none. */
static void test_figures(void **state)
{
	struct sample s;
	const struct document *doc;

	(void)state;
	sample_init(&s);
	doc = compose_text(&s,
		HEAD
		"<define name='n' value='7'/><p>{period} {n} { total.poor_start :02}"
		"<each in='targets' where='poor_start = 3'>{area} {poor_start}</each></p>" TAIL);
	assert_non_null(doc);
	assert_int_equal(doc->n_figure, 3);
	assert_string_equal(doc->figure[0].expression, "n");
	assert_string_equal(doc->figure[1].expression, "total.poor_start :02");
	assert_string_equal(doc->figure[1].text, "08");
	assert_int_equal(doc->figure[1].figure.x.num, 8);
	assert_int_equal(doc->figure[1].at.row, 2);
	assert_string_equal(doc->figure[2].text, "3");
	sample_clear(&s);
}

static const char whole[]
	= "<plan xmlns='urn:kehoach:plan:1' in='targets'><title>Giảm nghèo năm {period}</title>"
	  "<section title='a'><p>Xem <link to='targets'>phụ lục</link> <b>kèm "
	  "theo.</b></p></section>"
	  "<recipients><to remark='b/c'>Phòng LĐ-TBXH;</to><to>Khu phố</to><file copies='5'>VP "
	  "UBND</file>"
	  "</recipients>"
	  "<appendix table='targets' orientation='landscape'><p>Ghi chú</p></appendix>"
	  "<appendix title='Tên' separate='yes'><p>Một</p><table ref='targets'/></appendix></plan>";

/* A link without words is called as its appendix is numbered, and is not broken. */
static void test_unnamed_links(void **state)
{
	static const struct {
		const char *more;
		const char *want;
	} cases[] = {
		{ "", "p Xem @Phụ lục@.\n" },
		{ "<appendix title='x'/>", "p Xem @Phụ lục\u00A0I@.\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sample s;
		const struct document *doc;

		sample_init(&s);
		doc = compose_text(&s,
			arena_printf(&s.arena, HEAD "<p>Xem <link to='targets'/>.</p><appendix table='targets'/>%s" TAIL, cases[i].more));
		assert_non_null(doc);
		assert_string_equal(block_texts(&s, &doc->part[0], 2), cases[i].want);
		sample_clear(&s);
	}
}

static void test_head_and_foot(void **state)
{
	struct sample s;
	const struct document *doc;
	const struct block *block;

	(void)state;
	sample_init(&s);
	doc = compose_text(&s, whole);
	assert_non_null(doc);
	block = doc->part[0].block;
	assert_int_equal(doc->part[0].n_block, 5);
	assert_int_equal(block[0].letterhead->n_issuer, 2);
	assert_string_equal(block[0].letterhead->issuer[1], "PHƯỜNG BẮC SƠN");
	assert_string_equal(block[0].letterhead->number, "Số: 66/KH-UBND");
	assert_string_equal(block[0].letterhead->place_date, "Bắc Sơn, ngày 09 tháng 3 năm 2024");
	assert_string_equal(block[1].head->kind, "KẾ HOẠCH");
	assert_string_equal(block[2].bookmark, "I. A");
	assert_string_equal(block_texts(&s, &doc->part[0], 3), "p Xem @phụ lục@ *kèm theo./.*\n");
	assert_ptr_equal(block[3].runs.run[1].target, &doc->part[1].block[0]);
	assert_int_equal(block[4].foot->n_recipient, 3);
	assert_string_equal(block[4].foot->recipient[0].text, "- Phòng LĐ-TBXH (b/c);");
	assert_string_equal(block[4].foot->recipient[1].text, "- Khu phố;");
	assert_string_equal(block[4].foot->recipient[2].text, "- Lưu: VP UBND (5 bản).");
	assert_int_equal(block[4].foot->signature[0].n_line, 3);
	assert_string_equal(block[4].foot->signature[0].line[2], "PHÓ CHỦ TỊCH");
	assert_string_equal(doc->title, "Kế hoạch giảm nghèo năm 2024");
	assert_null(doc->draft);
	sample_clear(&s);
}

static void test_appendices(void **state)
{
	struct sample s;
	const struct document *doc;
	const struct title *head;

	(void)state;
	sample_init(&s);
	s.job.number = "";
	s.job.date = (struct date){ 2024, 0, 0 };
	doc = compose_text(&s, whole);
	assert_non_null(doc);
	assert_int_equal(doc->n_part, 3);
	assert_true(doc->part[1].landscape);
	assert_false(doc->part[1].separate);
	assert_true(doc->part[2].separate);
	head = doc->part[1].block[0].head;
	assert_string_equal(head->kind, "Phụ lục I");
	assert_string_equal(head->name.run[0].text, "CHỈ TIÊU GIẢM NGHÈO");
	assert_string_equal(head->attached,
		"(Kèm theo Kế hoạch số ...../KH-UBND ngày ..... tháng ..... năm 2024 của Ủy ban "
		"nhân dân phường Bắc Sơn)");
	assert_string_equal(block_texts(&s, &doc->part[1], 1), "table\np Ghi chú./.\n");
	assert_string_equal(doc->part[2].block[0].head->kind, "Phụ lục II");
	assert_string_equal(block_texts(&s, &doc->part[2], 1), "p Một\ntable\n");
	assert_string_equal(doc->part[0].block[0].letterhead->number, "Số:           /KH-UBND");
	assert_int_equal(doc->n_sheet, 1);
	assert_int_equal(doc->n_table, 1);
	sample_clear(&s);
}

static void assert_blank(const char *text, struct blank b, const char *before, size_t n, const char *behind)
{
	assert_non_null(b.name);
	assert_int_equal(b.end - b.start, n);
	assert_int_equal(strncmp(text + b.start - strlen(before), before, strlen(before)), 0);
	assert_int_equal(strspn(text + b.start, " "), n);
	assert_int_equal(strncmp(text + b.end, behind, strlen(behind)), 0);
}

/* What is blank has a field, what signs has one, and nothing else; a draft has none. */
static void test_fields(void **state)
{
	struct sample s;
	const struct document *doc;
	const struct letterhead *head;

	(void)state;
	sample_init(&s);
	doc = compose_text(&s, whole);
	head = doc->part[0].block[0].letterhead;
	assert_null(head->number_blank.name);
	assert_null(head->day_blank.name);
	assert_null(head->month_blank.name);
	assert_string_equal(doc->part[0].block[4].foot->signature[0].signing, "Chữ ký số của PHÓ CHỦ TỊCH Nguyễn Văn A");
	assert_non_null(doc->part[0].block[4].foot->signature[0].sealing);
	assert_null(doc->part[1].issuing);
	assert_non_null(doc->part[2].issuing);
	s.job.number = "";
	s.job.date = (struct date){ 2024, 0, 0 };
	s.job.place = "Đầm Dơi, ngày tháng";
	head = compose_text(&s, whole)->part[0].block[0].letterhead;
	assert_blank(head->number, head->number_blank, "Số:", 11, "/KH-UBND");
	assert_blank(head->place_date, head->day_blank, "tháng, ngày", 6, "tháng ");
	assert_blank(head->place_date, head->month_blank, "tháng", 6, "năm 2024");
	doc = compose_with(&s, whole, COMPOSE_DRAFT);
	assert_null(doc->part[0].block[0].letterhead->number_blank.name);
	assert_null(doc->part[0].block[4].foot->signature[0].signing);
	assert_null(doc->part[2].issuing);
	sample_clear(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_not_applicable),
		cmocka_unit_test(test_figures),
		cmocka_unit_test(test_unnamed_links),
		cmocka_unit_test(test_head_and_foot),
		cmocka_unit_test(test_appendices),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
