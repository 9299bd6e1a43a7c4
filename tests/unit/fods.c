/* ingest/fods.c, odscontent.c, odscell.c: OpenDocument spreadsheets to rows. */
#include "ingest/fods.h"

#include "sheetrows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define HEAD \
	"<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'" \
	" xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0'" \
	" xmlns:number='urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0'" \
	" xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'" \
	" xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'" \
	" xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0'" \
	" xmlns:svg='urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0'" \
	" xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0'" \
	" xmlns:calcext='urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0'>"
#define BODY(tables) HEAD "<office:body><office:spreadsheet>" tables "</office:spreadsheet></office:body></office:document>"
#define SHEET(rows) BODY("<table:table table:name='A'>" rows "</table:table>")
#define ROW(cells) "<table:table-row>" cells "</table:table-row>"
#define TEXT(s) "<table:table-cell office:value-type='string'><text:p>" s "</text:p></table:table-cell>"
#define CELL(attributes, s) "<table:table-cell " attributes "><text:p>" s "</text:p></table:table-cell>"

struct content_case {
	const char *what;
	const char *data;
	const char *sheet;
	const char *want;
};

static void check(const struct content_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct sheet_reading r = { cases[i].data, strlen(cases[i].data), cases[i].sheet, fods_read_bytes };
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
		{ "numbers", SHEET(ROW(CELL("office:value-type='float' office:value='1234.5'", "1.234,50")
			CELL("office:value-type='currency' office:currency='VND' office:value='-7'", "-7 đ")
			CELL("office:value-type='percentage' office:value='5.1299999999999998E-2'", "5,13%"))), NULL,
			"1 n:1234.5@1 n:-7@2 p:0.0513@3\n" },
		{ "days, times and truth", SHEET(ROW(CELL("office:value-type='date' office:date-value='2024-05-31'", "31/05/24")
			CELL("office:value-type='date' office:date-value='2024-05-31T10:00:00'", "x")
			CELL("office:value-type='time' office:time-value='PT10H30M00S'", "10:30")
			CELL("office:value-type='boolean' office:boolean-value='true'", "ĐÚNG")
			CELL("office:value-type='time' office:time-value='PT30H15M00S'", "30:15")
			"<table:table-cell office:value-type='time' office:time-value='PT30H15M00S'/>")), NULL,
			"1 d:2024-05-31@1 d:2024-05-31T10:00@2 :10:30@3 f:1@4 :30:15@5\n1:6 format\n" },
		{ "errors", SHEET(ROW(CELL("table:formula='of:=1/0' office:value-type='string' office:string-value='' calcext:value-type='error'",
			"#DIV/0!")
			CELL("table:formula='of:=1/0' office:value-type='float' office:value='0'", "Err:502")
			CELL("table:formula='of:=A1' office:value-type='float' office:value='0'", "#REF!")
			CELL("office:value-type='string'", "#N/A"))), NULL,
			"1 e:#DIV/0!@1 e:Err:502@2 e:#REF!@3 :#N/A@4\n" },
		{ "formulas with values", SHEET(ROW(CELL("table:formula='of:=1+1' office:value-type='float' office:value='2'", "2")
			"<table:table-cell table:formula='of:=\"\"' office:value-type='string' office:string-value=''/>"
			CELL("table:formula='of:=A1' office:value-type='string' office:string-value='a  b'", "a b"))), NULL,
			"1 n:2@1 :a  b@3\n" },
		{ "formulas without", SHEET(ROW("<table:table-cell table:formula='of:=1+1'/>"
			"<table:table-cell table:formula='of:=1+1' office:value-type='float'/>" TEXT("x"))
			ROW("<table:table-cell office:value-type='float'><text:p>1</text:p></table:table-cell>")), NULL,
			"1 :x@3\n2:1 format\n1:1 formula\n1:2 formula\n" },
		{ "formulas with and without", SHEET(ROW("<table:table-cell table:formula='of:=1+1'/>"
			CELL("table:formula='of:=1+1' office:value-type='float' office:value='2'", "2"))), NULL, "1 n:2@2\n1:1 formula\n" },
		{ "an empty result", SHEET(ROW("<table:table-cell table:formula='of:=IF(1;&quot;&quot;)' office:value-type='string'/>"
			CELL("table:formula='of:=1+1' office:value-type='float' office:value='2'", "2"))), NULL, "1 n:2@2\n" },
		{ "an empty result as LibreOffice writes it", SHEET(ROW("<table:table-cell table:formula='of:=IF(1;&quot;&quot;)'><text:p/></table:table-cell>"
			"<table:table-cell table:formula='of:=1+1'/>")), NULL, "1:2 formula\n" },
		{ "a shown result without its value", SHEET(ROW(CELL("table:formula='of:=1+1' office:value-type='float'", "2"))), NULL,
			"1:1 format\n" },
		{ "values that are none", SHEET(ROW(CELL("office:value-type='float' office:value='1,5'", "")
			CELL("office:value-type='date' office:date-value='2023-02-29'", "")
			CELL("office:value-type='date' office:date-value='2023-02'", "")
			CELL("office:value-type='boolean' office:boolean-value='1'", "")
			CELL("office:value-type='float' office:value='NaN'", ""))), NULL,
			"1:1 format\n1:2 format\n1:3 format\n1:4 format\n1:5 format\n" },
		{ "a type that is none", SHEET(ROW(CELL("office:value-type='money'", "1"))), NULL, "1:1 format\n" },
		{ "text without a type", SHEET(ROW("<table:table-cell><text:p>a</text:p></table:table-cell>")), NULL, "1 :a@1\n" },
	};

	(void)state;
	check(cases, sizeof cases / sizeof *cases);
}

static void test_texts(void **state)
{
	static const struct content_case cases[] = {
		{ "paragraphs", SHEET(ROW("<table:table-cell office:value-type='string'><text:p>Số\n hộ</text:p><text:p/><text:h>nghèo</text:h>"
			"</table:table-cell>")), NULL, "1 :Số hộ\n\nnghèo@1\n" },
		{ "spaces, tabs and breaks", SHEET(ROW(TEXT("  a  b<text:s/>c<text:s text:c='3'/>d<text:tab/>e<text:line-break/>f ")
			TEXT("<text:s/>g <text:span> h</text:span>"))), NULL, "1 :a b c   d\te\nf@1 : g h@2\n" },
		{ "runs and links", SHEET(ROW(TEXT("Hộ <text:span>ng<text:span>hè</text:span></text:span><text:a>o</text:a>"
			"<text:note><text:note-body><text:p>note</text:p></text:note-body></text:note>"))), NULL, "1 :Hộ nghèo@1\n" },
		{ "notes and shapes", SHEET(ROW("<table:table-cell office:value-type='string'><office:annotation><text:p>note</text:p>"
			"</office:annotation><text:p>a</text:p><draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>"
			"</table:table-cell>")), NULL, "1 :a@1\n" },
		{ "a list", SHEET(ROW("<table:table-cell office:value-type='string'><text:list><text:list-item><text:p>a</text:p>"
			"</text:list-item><text:list-item><text:p>b</text:p></text:list-item></text:list></table:table-cell>")), NULL,
			"1 :a\nb@1\n" },
		{ "a sub-table", SHEET(ROW("<table:table-cell><table:table table:is-sub-table='true'>" ROW(TEXT("1"))
			"</table:table></table:table-cell>")), NULL, "1:1 format\n" },
	};

	(void)state;
	check(cases, sizeof cases / sizeof *cases);
}

static void test_fonts(void **state)
{
#define FONT(attributes, properties) "<style:style style:family='table-cell' " attributes "><style:text-properties " properties "/></style:style>"
#define IN_FONT(style, s) CELL("table:style-name='" style "' office:value-type='string'", s)
#define FONTS_FROM(styles, rows) HEAD "<office:font-face-decls><style:font-face style:name='F' svg:font-family='&apos;.VnTime&apos;, serif'/>" \
	"<style:font-face style:name='.VnTime' svg:font-family='Arial'/></office:font-face-decls>" \
	"<office:automatic-styles>" styles "</office:automatic-styles><office:body><office:spreadsheet><table:table table:name='A'>" rows \
	"</table:table></office:spreadsheet></office:body></office:document>"
#define FONTS(rows) FONTS_FROM(FONT("style:name='v'", "style:font-name='F'") FONT("style:name='h'", "fo:font-family='.VnTimeH'") \
	FONT("style:name='vni'", "style:font-name='VNI-Times'") FONT("style:name='a'", "style:font-name='.VnTime'") \
	FONT("style:name='c' style:parent-style-name='v'", "fo:font-weight='bold'") \
	"<style:style style:name='t' style:family='text'><style:text-properties style:font-name='F'/></style:style>" \
	"<style:style style:name='u' style:family='text'><style:text-properties style:font-name='Arial'/></style:style>" \
	"<style:style style:name='b' style:family='text'><style:text-properties fo:font-weight='bold'/></style:style>", rows)
	static const struct content_case cases[] = {
		{ "of cells", FONTS(ROW(IN_FONT("v", "Hé nghÌo") IN_FONT("c", "Hé nghÌo") IN_FONT("h", "hé nghÌo") IN_FONT("vni", "Hoä ngheøo")
			IN_FONT("a", "Hé nghÌo") TEXT("Hé nghÌo") CELL("table:style-name='v' office:value-type='float' office:value='5'", "5"))), NULL,
			"1 :Hộ nghèo@1 :Hộ nghèo@2 :HỘ NGHÈO@3 :Hộ nghèo@4 :Hé nghÌo@5 :Hé nghÌo@6 n:5@7\n1:1 encoding\n" },
		{ "Unicode stays, what may be both is wrong", FONTS(ROW(IN_FONT("v", "Thôn Bạch Đằng") IN_FONT("v", "Sè hé")
			IN_FONT("v", "Tæ d©n phè"))), NULL, "1 :Thôn Bạch Đằng@1 :Sè hé@2 :Tổ dân phố@3\n1:2 encoding\n1:3 encoding\n" },
		{ "what may be both is as the others of its font are", FONTS(ROW(TEXT("Bạch Đằng") IN_FONT("v", "Sè hé") IN_FONT("v", "Tæ d©n phè")
			IN_FONT("vni", "Hoá"))), NULL, "1 :Bạch Đằng@1 :Số hộ@2 :Tổ dân phố@3 :Hoá@4\n1:2 encoding\n1:2 encoding\n1:4 encoding\n" },
		{ "nothing tells", FONTS(ROW(IN_FONT("v", "Sè hé"))), NULL, "1 :Sè hé@1\n1:1 encoding\n" },
		{ "of rows and columns, repeated", FONTS("<table:table-column table:default-cell-style-name='v'/><table:table-column/>"
			ROW("<table:table-cell table:number-columns-repeated='2'><text:p>Hé nghÌo</text:p></table:table-cell>" TEXT("Hé nghÌo"))
			"<table:table-row table:default-cell-style-name='v'>" IN_FONT("a", "Hé nghÌo") TEXT("Hé nghÌo") "</table:table-row>"), NULL,
			"1 :Hộ nghèo@1 :Hộ nghèo@2 :Hé nghÌo@3\n2 :Hé nghÌo@1 :Hộ nghèo@2\n1:1 encoding\n" },
		{ "of the style of all", FONTS_FROM(FONT("style:name='Default'", "style:font-name='F'"), ROW(TEXT("Hé nghÌo"))), NULL,
			"1 :Hộ nghèo@1\n1:1 encoding\n" },
		{ "below all", FONTS_FROM("<style:default-style style:family='table-cell'><style:text-properties style:font-name='F'/></style:default-style>"
			FONT("style:name='x'", "fo:font-weight='bold'"), ROW(IN_FONT("x", "Hé nghÌo") TEXT("nghÌo"))), NULL,
			"1 :Hộ nghèo@1 :nghèo@2\n1:1 encoding\n" },
		{ "of runs", FONTS(ROW(TEXT("Hộ <text:span text:style-name='t'>ngh<text:span text:style-name='b'>Ì</text:span>o</text:span> ")
			IN_FONT("v", "<text:span text:style-name='u'>Thôn</text:span> <text:span text:style-name='b'>Hé</text:span> nghÌo")
			IN_FONT("vni", "Tho<text:span text:style-name='b'>ân</text:span>"))), NULL,
			"1 :Hộ nghèo@1 :Thôn Hộ nghèo@2 :Thôn@3\n1:1 encoding\n" },
		{ "where the attribute has the text", FONTS(ROW(CELL("table:style-name='v' office:value-type='string' office:string-value='Hé nghÌo'",
			"Hé <text:span text:style-name='u'>nghÌo</text:span>") CELL("table:style-name='v' office:value-type='string'", "Tæ"))), NULL,
			"1 :Hộ nghèo@1 :Tổ@2\n1:1 encoding\n" },
	};

	(void)state;
	check(cases, sizeof cases / sizeof *cases);
}

#define FLOAT(attributes, value, s) CELL(attributes " office:value-type='float' office:value='" value "'", s)

static void test_number_styles(void **state)
{
#define STYLED(settings, rows) \
	HEAD "<office:styles><number:percentage-style style:name='N1'/><number:date-style style:name='N2'/>" \
	     "<number:number-style style:name='N0'/><number:time-style style:name='N3'/>" \
	     "<number:number-style style:name='N4'><number:number/><number:text> %</number:text></number:number-style>" \
	     "<number:percentage-style style:name='N5'><number:number/><number:text>%</number:text></number:percentage-style>" \
	     "<style:style style:name='m' style:family='table-cell' style:data-style-name='N4'/>" \
	     "<style:style style:name='q' style:family='table-cell' style:data-style-name='N5'/>" \
	     "<style:style style:name='Default' style:family='table-cell'/>" \
	     "<style:style style:name='P' style:family='table-cell' style:data-style-name='N1'/></office:styles>" \
	     "<office:automatic-styles><style:style style:name='c' style:family='table-cell' style:parent-style-name='P'/>" \
	     "<style:style style:name='d' style:family='table-cell' style:data-style-name='N2'/>" \
	     "<style:style style:name='n' style:family='table-cell' style:parent-style-name='P' style:data-style-name='N0'/>" \
	     "<style:style style:name='g' style:family='table-cell' style:data-style-name='General'/>" \
	     "<style:style style:name='t' style:family='table-cell' style:data-style-name='N3'/>" \
	     "<style:style style:name='loop' style:family='table-cell' style:parent-style-name='loop'/>" \
	     "<style:style style:name='P' style:family='table-row'/></office:automatic-styles><office:body><office:spreadsheet>" settings \
	     "<table:table table:name='A'>" rows "</table:table></office:spreadsheet></office:body></office:document>"
	static const struct content_case cases[] = {
		{ "of cells", STYLED("", ROW(FLOAT("table:style-name='P'", "0.05", "5%") FLOAT("table:style-name='c'", "0.051299999999999998", "5,1%")
			FLOAT("table:style-name='d'", "45443.75", "31/05/2024") FLOAT("table:style-name='n'", "0.5", "0,5")
			FLOAT("table:style-name='Default'", "0.5", "0,5") FLOAT("table:style-name='g'", "0.5", "0,5")
			FLOAT("table:style-name='loop'", "0.5", "0,5") FLOAT("table:style-name='none'", "0.5", "0,5"))), NULL,
			"1 p:0.05@1 p:0.0513@2 d:2024-05-31@3 n:0.5@4 n:0.5@5 n:0.5@6 n:0.5@7 n:0.5@8\n" },
		{ "of columns and rows", STYLED("", "<table:table-column table:number-columns-repeated='2' table:default-cell-style-name='P'/>"
			"<table:table-column table:default-cell-style-name='n'/>" ROW(FLOAT("", "1", "x") FLOAT("", "2", "x") FLOAT("", "3", "x")
			FLOAT("", "4", "x")) "<table:table-row table:default-cell-style-name='n'>" FLOAT("", "1", "x") FLOAT("table:style-name='c'", "2", "x")
			"</table:table-row>"), NULL, "1 p:1@1 p:2@2 n:3@3 n:4@4\n2 n:1@1 p:2@2\n" },
		{ "none, and what is shown", STYLED("", ROW(FLOAT("", "0.05", "5%") FLOAT("", "5", "5%") FLOAT("", "5.13", "5,1 %")
			FLOAT("table:style-name='g'", "0.125", "12,5%") FLOAT("", "1", "100%"))), NULL,
			"1 m:5@2 m:5.13@3\n1:1 format\n1:4 format\n1:5 format\n" },
		{ "a percent sign that is a text", STYLED("", ROW(FLOAT("table:style-name='m'", "0.5219", "0,52 %")
			FLOAT("table:style-name='q'", "0.5", "50%") FLOAT("table:style-name='n'", "0.5", "0,5"))), NULL, "1 m:0.5219@1 p:0.5@2 n:0.5@3\n" },
		{ "shown rounded", STYLED("", ROW(FLOAT("", "0.5219321148825", "0,52%") FLOAT("", "0.0522", "0,05%") FLOAT("", "0.0522", "5,22%")
			FLOAT("", "0.001", "0%") FLOAT("", "-0.25", "-0,3%"))), NULL,
			"1 m:0.5219321148825@1 m:0.0522@2 m:-0.25@5\n1:3 format\n1:4 format\n" },
		{ "durations", STYLED("", ROW(FLOAT("table:style-name='t'", "1.25", "30:00") FLOAT("table:style-name='t'", "-0.5", "x")
			FLOAT("table:style-name='t'", "10000000", "x"))), NULL, "1 :30:00@1 :-12:00@2\n1:3 format\n" },
		{ "days before all days", STYLED("", ROW(FLOAT("table:style-name='d'", "-1", "x") FLOAT("table:style-name='d'", "60", "x")
			FLOAT("table:style-name='d'", "99999999", "x"))), NULL, "1:1 format\n1:2 format\n1:3 format\n" },
		{ "days of another count", STYLED("<table:calculation-settings><table:null-date table:date-value='1904-01-01'/>"
			"</table:calculation-settings>", ROW(FLOAT("table:style-name='d'", "43981", "x"))), NULL, "1:1 format\n" },
	};

	(void)state;
	check(cases, sizeof cases / sizeof *cases);
}

static void test_places(void **state)
{
	static const struct content_case cases[] = {
		{ "repeated cells", SHEET(ROW("<table:table-cell table:number-columns-repeated='2'/>"
			CELL("table:number-columns-repeated='3' office:value-type='float' office:value='5'", "5") TEXT("x")
			"<table:table-cell table:number-columns-repeated='16377'/>")), NULL, "1 n:5@3 n:5@4 n:5@5 :x@6\n" },
		{ "repeated rows", SHEET("<table:table-row table:number-rows-repeated='2'>" TEXT("a") "</table:table-row>"
			"<table:table-row table:number-rows-repeated='10'><table:table-cell/></table:table-row>" ROW(TEXT("b"))
			"<table:table-row table:number-rows-repeated='1048563'><table:table-cell table:number-columns-repeated='16384'/>"
			"</table:table-row>"), NULL, "1 :a@1\n2 :a@1\n13 :b@1\n" },
		{ "blank ones beyond all", SHEET("<table:table-row table:number-rows-repeated='4294967295'>"
			"<table:table-cell table:number-columns-repeated='4294967295'/></table:table-row>"
			"<table:table-row table:number-rows-repeated='4294967295'/>"), NULL, "0:0 empty\n" },
		{ "a row too far", SHEET("<table:table-row table:number-rows-repeated='1048576'/>" ROW(TEXT("a"))), NULL,
			"1048577:1 limit\n" },
		{ "a row far too far", SHEET("<table:table-row table:number-rows-repeated='4294967295'/>"
			"<table:table-row table:number-rows-repeated='4294967295'/>" ROW(TEXT("a"))), NULL, "4294967295:1 limit\n" },
		{ "a cell too far", SHEET(ROW("<table:table-cell table:number-columns-repeated='16384'/>" TEXT("a"))), NULL,
			"1:16385 limit\n" },
		{ "rows too often", SHEET(ROW(TEXT("a")) "<table:table-row table:number-rows-repeated='1048576'>" TEXT("b")
			"</table:table-row>"), NULL, "1 :a@1\n2:0 limit\n" },
		{ "rows beyond the last", SHEET("<table:table-row table:number-rows-repeated='1048575'/>"
			"<table:table-row table:number-rows-repeated='2'>" TEXT("b") "</table:table-row>"), NULL,
			"1048576 :b@1\n1048577:1 limit\n" },
		{ "blanks too often", SHEET(ROW(TEXT("a<text:s text:c='1001'/>"))), NULL, "1:1 limit\n" },
		{ "cells and rows too often together", SHEET("<table:table-row table:number-rows-repeated='1001'>"
			CELL("table:number-columns-repeated='1000' office:value-type='string'", "b") "</table:table-row>"), NULL, "1:0 limit\n" },
		{ "cells too often", SHEET(ROW(TEXT("a") CELL("table:number-columns-repeated='16384' office:value-type='string'", "b"))),
			NULL, "1:2 limit\n" },
		{ "counts that are none", SHEET("<table:table-row table:number-rows-repeated='-1'/>"), NULL, "1:0 format\n" },
		{ "nor this one", SHEET(ROW("<table:table-cell table:number-columns-repeated='99999999999999999999'/>")), NULL,
			"1:1 format\n" },
		{ "nor zero", SHEET("<table:table-column table:number-columns-repeated='0'/>"), NULL, "0:1 format\n" },
		{ "merged", SHEET(ROW(CELL("table:number-columns-spanned='2' table:number-rows-spanned='3' office:value-type='string'", "a")
			"<table:covered-table-cell><text:p>hidden</text:p></table:covered-table-cell>" TEXT("b"))
			ROW("<table:covered-table-cell table:number-columns-repeated='2'/>" TEXT("c"))
			ROW("<table:table-cell table:number-columns-spanned='2'/>")), NULL,
			"1 :a@1+3x2 :b@3\n2 :c@3\n1:2 hidden\n" },
		{ "values below merged cells", SHEET(ROW(CELL("table:number-columns-spanned='2' table:number-rows-spanned='2'", "a"))
			ROW("<table:covered-table-cell office:value-type='float' office:value='5'/><table:covered-table-cell/>" TEXT("b"))), NULL,
			"1 :a@1+2x2\n2 :b@3\n2:1 hidden\n" },
		{ "blank ones below merged cells", SHEET(ROW(CELL("table:number-columns-spanned='4'", "a")
			"<table:covered-table-cell table:number-columns-repeated='2' office:value-type='string'><text:p> </text:p>"
			"</table:covered-table-cell><table:covered-table-cell table:style-name='x'/>" TEXT("b"))), NULL, "1 :a@1+1x4 :b@5\n" },
		{ "cells below merged ones that are not marked", SHEET(ROW(CELL("table:number-rows-spanned='2'", "a")) ROW(TEXT("x") TEXT("b"))
			ROW(TEXT("c"))), NULL, "1 :a@1+2x1\n2 :b@2\n3 :c@1\n2:1 hidden\n" },
		{ "merged ranges that overlap", SHEET(ROW("<table:table-cell/>" CELL("table:number-rows-spanned='2'", "a"))
			ROW(CELL("table:number-columns-spanned='2'", "b"))), NULL, "1 :a@2+2x1\n2:1 format\n" },
		{ "merged beyond all", SHEET(ROW("<table:table-cell table:number-columns-spanned='16385'/>")), NULL, "1:1 format\n" },
		{ "groups and header rows", SHEET("<table:table-header-rows>" ROW(TEXT("a")) "</table:table-header-rows><table:table-row-group>"
			"<table:table-row-group>" ROW(TEXT("b")) "</table:table-row-group></table:table-row-group><table:table-rows>"
			ROW(TEXT("c")) "</table:table-rows>"), NULL, "1 :a@1\n2 :b@1\n3 :c@1\n" },
		{ "hidden rows and columns", SHEET("<table:table-columns><table:table-column/></table:table-columns>"
			"<table:table-column table:visibility='collapse' table:number-columns-repeated='16383'/>"
			ROW(TEXT("a") TEXT("b") TEXT("c")) "<table:table-row table:visibility='filter'>" TEXT("d") "</table:table-row>"
			"<table:table-row table:visibility='collapse' table:number-rows-repeated='1048574'/>"), NULL,
			"1 :a@1 :b@2 :c@3\n2 :d@1\n2:0 hidden\n0:2 hidden\n" },
	};

	(void)state;
	check(cases, sizeof cases / sizeof *cases);
}

static void test_sheets(void **state)
{
#define TWO \
	HEAD "<office:automatic-styles><style:style style:name='h' style:family='table'><style:table-properties table:display='false'/>" \
	     "</style:style></office:automatic-styles><office:body><office:spreadsheet><table:tracked-changes><table:deletion>" \
	     "<table:table table:name='gone'>" ROW(TEXT("gone")) "</table:table></table:deletion></table:tracked-changes>" \
	     "<table:table table:name='Phụ lục' table:style-name='h'>" ROW(TEXT("a")) "</table:table>" \
	     "<table:table table:name='Số liệu'>" ROW(TEXT("b")) "</table:table></office:spreadsheet></office:body></office:document>"
	static const struct content_case cases[] = {
		{ "the one that is not hidden", TWO, NULL, "1 :b@1\n" },
		{ "a hidden one by name", TWO, "phụ  lục", "1 :a@1\n0:0 hidden\n" },
		{ "by number", TWO, "2", "1 :b@1\n" },
		{ "none of that name", TWO, "x", "0:0 sheet\n" },
		{ "several", BODY("<table:table table:name='A'/><table:table table:name='B'/>"), NULL, "0:0 sheet\n" },
		{ "none", BODY(""), NULL, "0:0 sheet\n" },
		{ "a text document", HEAD "<office:body><office:text><text:p>a</text:p></office:text></office:body></office:document>", NULL,
			"0:0 format\n" },
		{ "no document", HEAD "</office:document>", NULL, "0:0 format\n" },
		{ "another root", "<document/>", NULL, "0:0 format\n" },
		{ "cut off", HEAD "<office:body><office:spreadsheet><table:table table:name='A'>" ROW(TEXT("a")), NULL, "1:799 xml\n" },
		{ "a DOCTYPE", "<!DOCTYPE a>" BODY(""), NULL, "1:1 doctype\n" },
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
		{ BODY(""), true },
		{ "\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- > -->\n" BODY(""), true },
		{ "<document xmlns='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>", true },
		{ "<document xmlns=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0", false },
		{ "<document title='>' xmlns='urn:oasis:names:tc:opendocument:xmlns:office:1.0' a='", true },
		{ "<documents xmlns='urn:oasis:names:tc:opendocument:xmlns:office:1.0'/>", false },
		{ "<document><a xmlns='urn:oasis:names:tc:opendocument:xmlns:office:1.0'/></document>", false },
		{ "<!-- <office:document -->", false },
		{ "<", false },
		{ "", false },
	};
	static const char wide[] = "\xFF\xFE<\0d\0o\0c\0u\0m\0e\0n\0t\0>\0";

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(reader_fods.knows((const unsigned char *)cases[i].head, strlen(cases[i].head)), cases[i].known);
	assert_false(reader_fods.knows((const unsigned char *)wide, sizeof wide - 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_fonts),
		cmocka_unit_test(test_number_styles),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_sheets),
		cmocka_unit_test(test_knows),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
