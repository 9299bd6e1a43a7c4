/* ingest/ssml.c: XML Spreadsheet 2003 to rows. */
#include "ingest/ssml.h"

#include "sheetrows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define HEAD \
	"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>" \
	"<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet' xmlns:x='urn:schemas-microsoft-com:office:excel'" \
	" xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet' xmlns:html='http://www.w3.org/TR/REC-html40'>"
#define STYLES \
	"<Styles><Style ss:ID='Default'><NumberFormat/></Style><Style ss:ID='p'><NumberFormat ss:Format='Percent'/></Style>" \
	"<Style ss:ID='d'><NumberFormat ss:Format='dd/mm/yyyy'/></Style><Style ss:ID='s'><NumberFormat ss:Format='Short Date'/></Style>" \
	"<Style ss:ID='c' ss:Parent='p'><Font/></Style><Style ss:ID='n' ss:Parent='p'><NumberFormat ss:Format='General'/></Style>" \
	"<Style ss:ID='h'><NumberFormat ss:Format='[h]:mm'/></Style><Style ss:ID='loop' ss:Parent='loop'/></Styles>"
#define TABLE(rows) HEAD STYLES "<Worksheet ss:Name='A'><Table>" rows "</Table></Worksheet></Workbook>"
#define ROW(cells) "<Row>" cells "</Row>"
#define DATA(type, s) "<Cell><Data ss:Type='" type "'>" s "</Data></Cell>"
#define CELL(attributes, type, s) "<Cell " attributes "><Data ss:Type='" type "'>" s "</Data></Cell>"

struct content_case {
	const char *what;
	const char *data;
	const char *sheet;
	const char *want;
};

static void check(const struct content_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct sheet_reading r = { cases[i].data, strlen(cases[i].data), cases[i].sheet, ssml_read_bytes };
		struct buf out = { 0 };

		assert_true(sheet_rows_text(&r, &out));
		if (strcmp(out.text, cases[i].want) != 0)
			fail_msg("%s: got\n%s", cases[i].what, out.text);
		buf_clear(&out);
	}
}

static void test_values(void **state)
{
	static const struct content_case cases[] = {
		{ "all kinds", TABLE(ROW(DATA("String", "Số hộ") DATA("Number", "1234.5") DATA("DateTime", "2024-05-31T00:00:00.000")
			DATA("Boolean", "1") DATA("Error", "#DIV/0!") DATA("String", ""))), NULL,
			"1 :Số hộ@1 n:1234.5@2 d:2024-05-31@3 f:1@4 e:#DIV/0!@5\n" },
		{ "formats", TABLE(ROW(CELL("ss:StyleID='p'", "Number", "0.0513") CELL("ss:StyleID='d'", "Number", "45443.5")
			CELL("ss:StyleID='s'", "Number", " 45443 ") CELL("ss:StyleID='c'", "Number", "1") CELL("ss:StyleID='n'", "Number", "1")
			CELL("ss:StyleID='loop'", "Number", "1") CELL("ss:StyleID='none'", "Number", "1"))), NULL,
			"1 p:0.0513@1 d:2024-05-31T12:00@2 d:2024-05-31@3 p:1@4 n:1@5 n:1@6 n:1@7\n" },
		{ "formats of rows and columns", TABLE("<Column ss:Index='2' ss:Span='1' ss:StyleID='p'/><Column ss:StyleID='d'/>"
			ROW(DATA("Number", "1") DATA("Number", "1") DATA("Number", "1") DATA("Number", "1") DATA("Number", "1"))
			"<Row ss:StyleID='Default'><Cell ss:Index='2'><Data ss:Type='Number'>1</Data></Cell>"
			CELL("ss:StyleID='p'", "Number", "1") "</Row>"), NULL,
			"1 n:1@1 p:1@2 p:1@3 d:1900-01-01@4 n:1@5\n2 n:1@2 p:1@3\n" },
		{ "days since 1904", HEAD "<x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook>" STYLES "<Worksheet ss:Name='A'><Table>"
			ROW(CELL("ss:StyleID='d'", "Number", "43981") CELL("ss:StyleID='d'", "DateTime", "2024-05-31T00:00:00.000"))
			"</Table></Worksheet></Workbook>", NULL, "1 d:2024-05-31@1 d:2024-05-31@2\n" },
		{ "a time", TABLE(ROW(DATA("DateTime", "1899-12-31T10:30:00.000"))), NULL, "1 :10:30:00@1\n" },
		{ "durations", TABLE(ROW(CELL("ss:StyleID='h'", "DateTime", "1899-12-31T10:30:00.000") CELL("ss:StyleID='h'", "DateTime", "1900-01-01T06:15:00.000")
			CELL("ss:StyleID='h'", "DateTime", "1900-03-01T00:00:00.000") CELL("ss:StyleID='h'", "Number", "1.5")
			CELL("ss:StyleID='h'", "DateTime", "1900-01-01T24:15:00.000") CELL("ss:StyleID='h'", "DateTime", "1899-01-01T00:00:00.000")
			CELL("ss:StyleID='h'", "DateTime", "2024-05-31T") CELL("ss:StyleID='h'", "Number", "1E300"))), NULL,
			"1 :10:30:00@1 :30:15:00@2 :1464:00:00@3 :36:00@4\n1:5 format\n1:6 format\n1:7 format\n1:8 format\n" },
		{ "durations since 1904", HEAD "<x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook>" STYLES "<Worksheet ss:Name='A'><Table>"
			ROW(CELL("ss:StyleID='h'", "DateTime", "1904-01-02T06:15:00.000")) "</Table></Worksheet></Workbook>", NULL, "1 :30:15:00@1\n" },
		{ "runs and notes", TABLE(ROW("<Cell><ss:Data ss:Type='String' xmlns='http://www.w3.org/TR/REC-html40'><B>Hộ <Font>ng</Font></B>"
			"hèo&#10;x</ss:Data><Comment><ss:Data ss:Type='String'>note</ss:Data></Comment></Cell>"
			"<Cell><Comment><ss:Data ss:Type='String'>note</ss:Data></Comment></Cell>")), NULL, "1 :Hộ nghèo\nx@1\n" },
		{ "formulas", TABLE(ROW(CELL("ss:Formula='=1+1'", "Number", "2") DATA("String", "x")
			CELL("ss:Formula='=A1'", "String", ""))), NULL, "1 n:2@1 :x@2\n" },
		{ "errors of formulas as texts", TABLE(ROW(CELL("ss:Formula='=1/0'", "String", "#DIV/0!") CELL("ss:Formula='=A1'", "String", "Err:502")
			DATA("String", "#DIV/0!"))), NULL, "1 e:#DIV/0!@1 e:Err:502@2 :#DIV/0!@3\n" },
		{ "formulas with and without results", TABLE(ROW(CELL("ss:Formula='=1+1'", "Number", "2") "<Cell ss:Formula='=1+1'/>")), NULL,
			"1 n:2@1\n1:2 formula\n" },
		{ "formulas without results", TABLE(ROW("<Cell ss:Formula='=1+1'/>" DATA("String", "x") CELL("ss:Formula='=1+1'", "Number", ""))), NULL,
			"1 :x@2\n1:1 formula\n1:3 formula\n" },
		{ "values that are none", TABLE(ROW(DATA("Number", "1,5") DATA("DateTime", "31/05/2024") DATA("Boolean", "TRUE")
			CELL("ss:StyleID='d'", "Number", "-1") CELL("ss:StyleID='d'", "Number", "0.5") CELL("ss:StyleID='d'", "Number", "1E300")
			DATA("Number", "") DATA("DateTime", "2024-05-31T00:00:00.000000000000000000000000000000000000000000"))), NULL,
			"1 :12:00@5\n1:1 format\n1:2 format\n1:3 format\n1:4 format\n1:6 format\n1:7 format\n1:8 format\n" },
		{ "a type that is none", TABLE(ROW(DATA("Money", "1"))), NULL, "1:1 format\n" },
	};

	(void)state;
	check(cases, sizeof cases / sizeof *cases);
}

static void test_fonts(void **state)
{
#define FONT(id, more, name) "<Style ss:ID='" id "' " more "><Font ss:FontName='" name "'/></Style>"
#define FONTS(rows) HEAD "<Styles>" FONT("Default", "", "Times New Roman") FONT("v", "", ".VnTime") FONT("h", "", ".VnTimeH") \
	FONT("vni", "", "VNI-Times") FONT("u", "ss:Parent='v'", "Arial") "<Style ss:ID='c' ss:Parent='v'><Font ss:Bold='1'/></Style>" \
	"</Styles><Worksheet ss:Name='A'><Table>" rows "</Table></Worksheet></Workbook>"
	static const struct content_case cases[] = {
		{ "of cells", FONTS(ROW(CELL("ss:StyleID='v'", "String", "Hé nghÌo") CELL("ss:StyleID='c'", "String", "Hé nghÌo")
			CELL("ss:StyleID='h'", "String", "hé nghÌo") CELL("ss:StyleID='vni'", "String", "Hoä ngheøo")
			CELL("ss:StyleID='u'", "String", "Hé nghÌo") DATA("String", "Hé nghÌo") CELL("ss:StyleID='v'", "Number", "5"))), NULL,
			"1 :Hộ nghèo@1 :Hộ nghèo@2 :HỘ NGHÈO@3 :Hộ nghèo@4 :Hé nghÌo@5 :Hé nghÌo@6 n:5@7\n1:1 encoding\n" },
		{ "Unicode stays, what may be both is wrong", FONTS(ROW(CELL("ss:StyleID='v'", "String", "Thôn Bạch Đằng")
			CELL("ss:StyleID='v'", "String", "Sè hé") CELL("ss:StyleID='v'", "String", "Tæ d©n phè"))), NULL,
			"1 :Thôn Bạch Đằng@1 :Sè hé@2 :Tổ dân phố@3\n1:2 encoding\n1:3 encoding\n" },
		{ "what may be both is as the others of its font are", FONTS(ROW(DATA("String", "Bạch Đằng") CELL("ss:StyleID='v'", "String", "Sè hé")
			CELL("ss:StyleID='v'", "String", "Tæ d©n phè") CELL("ss:StyleID='vni'", "String", "Hoá"))), NULL,
			"1 :Bạch Đằng@1 :Số hộ@2 :Tổ dân phố@3 :Hoá@4\n1:2 encoding\n1:2 encoding\n1:4 encoding\n" },
		{ "only runs have such fonts", HEAD "<Worksheet ss:Name='A'><Table>"
			ROW("<Cell><ss:Data ss:Type='String' xmlns='http://www.w3.org/TR/REC-html40'><Font html:Face='.VnTime'>Sè hé</Font></ss:Data></Cell>"
			"<Cell><ss:Data ss:Type='String' xmlns='http://www.w3.org/TR/REC-html40'><Font html:Face='.VnTime'>phè</Font></ss:Data></Cell>")
			"</Table></Worksheet></Workbook>", NULL, "1 :Sè hé@1 :phè@2\n1:1 encoding\n1:2 encoding\n" },
		{ "nothing tells", FONTS(ROW(CELL("ss:StyleID='v'", "String", "Sè hé"))), NULL, "1 :Sè hé@1\n1:1 encoding\n" },
		{ "of rows, columns and the table", HEAD "<Styles>" FONT("v", "", ".VnTime") FONT("a", "", "Arial")
			"</Styles><Worksheet ss:Name='A'><Table ss:StyleID='v'><Column ss:Index='2' ss:StyleID='a'/>"
			ROW(DATA("String", "Hé nghÌo") DATA("String", "Hé nghÌo")) "<Row ss:StyleID='a'>" DATA("String", "Hé nghÌo") "</Row>"
			"</Table></Worksheet></Workbook>", NULL, "1 :Hộ nghèo@1 :Hé nghÌo@2\n2 :Hé nghÌo@1\n1:1 encoding\n" },
		{ "of the style of all", HEAD "<Styles>" FONT("Default", "", ".VnTime") "</Styles><Worksheet ss:Name='A'><Table>"
			ROW(DATA("String", "Hé nghÌo")) "</Table></Worksheet></Workbook>", NULL, "1 :Hộ nghèo@1\n1:1 encoding\n" },
		{ "of runs", FONTS(ROW("<Cell><ss:Data ss:Type='String' xmlns='http://www.w3.org/TR/REC-html40'>Hộ "
			"<Font html:Face='.VnTime'>nghÌ<B>o</B></Font> ( <Font html:Face='VNI-Times'>Tho<B>ân</B></Font>)</ss:Data></Cell>"
			"<Cell ss:StyleID='v'><ss:Data ss:Type='String' xmlns='http://www.w3.org/TR/REC-html40'><Font html:Face='Arial'>Thôn</Font>"
			" nghÌo</ss:Data></Cell>")), NULL, "1 :Hộ nghèo ( Thôn)@1 :Thôn nghèo@2\n1:1 encoding\n" },
	};

	(void)state;
	check(cases, sizeof cases / sizeof *cases);
}

static void test_places(void **state)
{
	static const struct content_case cases[] = {
		{ "cells below merged ones", TABLE(ROW(CELL("ss:MergeDown='1'", "String", "a") DATA("String", "b"))
			ROW(DATA("String", "x") DATA("String", "c")) ROW(DATA("String", "d"))), NULL,
			"1 :a@1+2x1 :b@2\n2 :c@2\n3 :d@1\n2:1 hidden\n" },
		{ "columns that are not in order", TABLE("<Column ss:Index='2' ss:Span='2'/><Column ss:Index='4'/>" ROW(DATA("String", "a"))), NULL,
			"0:4 format\n" },
		{ "indexes", TABLE("<Row ss:Index='3'>" CELL("ss:Index='2'", "Number", "1") DATA("Number", "2") "</Row>"
			ROW(DATA("Number", "3")) "<Row ss:Span='4'/>" ROW(DATA("Number", "4"))), NULL,
			"3 n:1@2 n:2@3\n4 n:3@1\n10 n:4@1\n" },
		{ "merged", TABLE(ROW(CELL("ss:MergeAcross='1' ss:MergeDown='2'", "String", "a") DATA("String", "b"))
			"<Row><Cell ss:Index='3' ss:MergeAcross='1'/></Row>"), NULL, "1 :a@1+3x2 :b@3\n2 :@3+1x2\n" },
		{ "a table elsewhere", HEAD "<Worksheet ss:Name='A'><Table ss:TopCell='5' ss:LeftCell='3'><Column ss:Hidden='1'/>"
			ROW(DATA("Number", "1") DATA("Number", "2")) "</Table></Worksheet></Workbook>", NULL,
			"5 n:1@3 n:2@4\n0:3 hidden\n" },
		{ "hidden", TABLE("<Column ss:Index='2' ss:Hidden='1' ss:Span='16000'/>" ROW(DATA("Number", "1") DATA("Number", "2"))
			"<Row ss:Hidden='1'>" DATA("Number", "3") DATA("Number", "4") "</Row><Row ss:Hidden='1' ss:Span='1048000'/>"), NULL,
			"1 n:1@1 n:2@2\n2 n:3@1 n:4@2\n2:0 hidden\n0:2 hidden\n" },
		{ "several values", TABLE(ROW("<Cell><Data ss:Type='Number'>100</Data><Data ss:Type='Number'>7</Data></Cell>")), NULL, "1:1 format\n" },
		{ "several tables", TABLE(ROW(DATA("Number", "1")) "</Table><Table>" ROW(DATA("Number", "1"))), NULL, "1 n:1@1\n1:1 format\n" },
		{ "rows in others", TABLE(ROW(DATA("Number", "1")) "<x:y>" ROW(DATA("Number", "7")) "</x:y>"), NULL, "1 n:1@1\n1:1 format\n" },
		{ "cells in others", TABLE(ROW(DATA("Number", "1") "<z>" DATA("Number", "7") "</z>")), NULL, "1 n:1@1\n1:1 format\n" },
		{ "a table in others", HEAD STYLES "<Worksheet ss:Name='A'><Table>" ROW(DATA("Number", "1")) "</Table><z><Table/></z></Worksheet></Workbook>",
			NULL, "1 n:1@1\n1:1 format\n" },
		{ "others in a sheet that is not read", TABLE(ROW(DATA("Number", "1"))  "</Table></Worksheet><Worksheet ss:Name='B'><Table><z>" ROW("") "</z>"),
			"A", "1 n:1@1\n" },
		{ "texts beside", TABLE(ROW("<Cell>7</Cell>")), NULL, "1:1 format\n" },
		{ "texts between cells", TABLE(ROW(DATA("Number", "1") "7")), NULL, "1 n:1@1\n1:1 format\n" },
		{ "texts between rows", TABLE(ROW(DATA("Number", "1")) "7" ROW("")), NULL, "1 n:1@1\n1:1 format\n" },
		{ "rows not in order", TABLE("<Row ss:Index='3'/><Row ss:Index='3'/>"), NULL, "4:0 format\n" },
		{ "cells not in order", TABLE(ROW("<Cell ss:MergeAcross='2'/><Cell ss:Index='3'/>")), NULL, "1 :@1+1x3\n1:4 format\n" },
		{ "too far down", TABLE("<Row ss:Index='4294967295' ss:Span='4294967295'><Cell/></Row>" ROW(DATA("Number", "1"))), NULL,
			"4294967295:0 format\n" },
		{ "a row too far", TABLE("<Row ss:Index='1048577'>" DATA("Number", "1") "</Row>"), NULL, "1048577:1 limit\n" },
		{ "a cell too far", TABLE(ROW(CELL("ss:Index='16385'", "Number", "1"))), NULL, "1:16385 limit\n" },
		{ "merged beyond all", TABLE(ROW("<Cell ss:MergeAcross='4294967295'/>")), NULL, "1:1 format\n" },
		{ "counts that are none", TABLE("<Row ss:Index='-1'/>"), NULL, "1:0 format\n" },
		{ "nor zero", TABLE("<Column ss:Index='0'/>"), NULL, "0:1 format\n" },
	};

	(void)state;
	check(cases, sizeof cases / sizeof *cases);
}

#define ONE(name, value, options) \
	"<Worksheet ss:Name='" name "'><Table>" ROW(DATA("String", value)) "</Table><x:WorksheetOptions>" options \
		"</x:WorksheetOptions></Worksheet>"

static void test_sheets(void **state)
{
#define THREE \
	HEAD ONE("Bìa", "a", "<x:Visible>SheetHidden</x:Visible>") ONE("Số liệu", "b", "<x:Visible>SheetVisible</x:Visible>") \
		ONE("Ẩn", "c", "<x:Visible>\nSheetVeryHidden </x:Visible>") "<Worksheet ss:Name='Biểu đồ'/></Workbook>"
	static const struct content_case cases[] = {
		{ "the one that is not hidden", THREE, NULL, "1 :b@1\n" },
		{ "a hidden one by name", THREE, "Bìa", "1 :a@1\n0:0 hidden\n" },
		{ "by number", THREE, "3", "1 :c@1\n0:0 hidden\n" },
		{ "one without cells", THREE, "Biểu đồ", "0:0 sheet\n" },
		{ "several", HEAD ONE("a", "1", "") ONE("b", "2", "") "</Workbook>", NULL, "0:0 sheet\n" },
		{ "none", HEAD "</Workbook>", NULL, "0:0 sheet\n" },
		{ "prefixes", "<s:Workbook xmlns:s='urn:schemas-microsoft-com:office:spreadsheet'><s:Worksheet s:Name='A'><s:Table><s:Row>"
			"<s:Cell><s:Data s:Type='Number'>1</s:Data></s:Cell></s:Row></s:Table></s:Worksheet></s:Workbook>", NULL, "1 n:1@1\n" },
		{ "attributes without", "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet Name='A'><Table><Row>"
			"<Cell Index='2'><Data Type='Number'>1</Data></Cell></Row></Table></Worksheet></Workbook>", NULL, "1 n:1@2\n" },
		{ "cut off", HEAD "<Worksheet ss:Name='A'><Table>" ROW(DATA("Number", "1")), NULL, "1:360 xml\n" },
	};

	(void)state;
	check(cases, sizeof cases / sizeof *cases);
}

static void test_knows(void **state)
{
	static const struct {
		const char *head;
		bool known;
	} cases[] = {
		{ TABLE(""), true },
		{ "<ss:Workbook xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">", true },
		{ "<Workbook>", false },
		{ "<Sheet xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", false },
	};
	static const char wide[] = "\xFE\xFF\0<\0W\0o\0r\0k\0b\0o\0o\0k\0 \0x\0m\0l\0n\0s\0=\0'\0u\0r\0n\0:\0s\0c\0h\0e\0m\0a\0s\0-"
		"\0m\0i\0c\0r\0o\0s\0o\0f\0t\0-\0c\0o\0m\0:\0o\0f\0f\0i\0c\0e\0:\0s\0p\0r\0e\0a\0d\0s\0h\0e\0e\0t\0'\0>";

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(reader_ssml.knows((const unsigned char *)cases[i].head, strlen(cases[i].head)), cases[i].known);
	assert_true(reader_ssml.knows((const unsigned char *)wide, sizeof wide - 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_fonts),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_sheets),
		cmocka_unit_test(test_knows),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
