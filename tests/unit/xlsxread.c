#include "base/utf8.h"
#include "ingest/xlsx.h"
#include "zipped.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define STRICT "http://purl.oclc.org/ooxml/spreadsheetml/main"
#define PACKAGE "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define BOOK(sheets) \
	"<workbook xmlns='" MAIN "' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>" sheets "</workbook>"
#define SHEET(cells) "<worksheet xmlns='" MAIN "'><sheetData>" cells "</sheetData></worksheet>"

static const char styles[] =
	"<styleSheet xmlns='" MAIN "'>"
	"<numFmts count='1'><numFmt numFmtId='164' formatCode='dd/mm/yyyy'/><numFmt numFmtId='165' formatCode='0.0%'/><numFmt numFmtId='166' formatCode='[h]:mm'/></numFmts>"
	"<fonts><font><name val='Times New Roman'/></font><font><name val='.VnTime'/></font><font><name val='VNI-Times'/></font></fonts>"
	"<cellStyleXfs><xf numFmtId='14' fontId='1'/></cellStyleXfs>"
	"<cellXfs><xf numFmtId='0' fontId='0'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='9'/><xf fontId='1'/><xf fontId='2'/><xf numFmtId='166'/><xf numFmtId='46'/></cellXfs>"
	"<dxfs><dxf><font><name val='.VnTime'/></font></dxf></dxfs></styleSheet>";

static const char strings[] =
	"<sst xmlns='" MAIN "' count='99999999999' uniqueCount='1'>"
	"<si><t>không</t></si>"
	"<si><r><t>Xin </t></r><r><rPr><b/><rFont val='Arial'/></rPr><t xml:space='preserve'>chào</t></r><rPh><t>phonetic</t></rPh></si>"
	"<si/><si><t>a_x000D_b_x0041__x0001_</t></si>"
	"<si><t>H\xC3\xA9 ngh\xC3\x8Co</t></si>"			     /* 4: TCVN3, by the cell's font */
	"<si><r><rPr><rFont val='.VnTime'/></rPr><t>T\xC3\xA6</t></r><r><t> ngh\xC3\xA8o</t></r></si>" /* 5: one run in it */
	"<unknown><t>x</t></unknown><si><t>s\xC3\xA1u</t></si>"
	"<si><r><rPr><rFont val='.VnTime'/></rPr><t>S\xC3\xA8 h\xC3\xA9</t></r></si>" /* 7: words as they stand, too */
	"<si><r><rPr><b/><rFont val='VNI-Times'/></rPr><t>Tho</t></r><r><rPr><rFont val='VNI-Times'/></rPr><t>\xC3\xA2n 1</t></r></si></sst>";

static const char book[] = BOOK("<sheets><sheet name='T\xE1\xBB\x9D 1' sheetId='7' r:id='rId1'/></sheets>");

/* A workbook of the usual parts: NULL takes one of those above. */
struct parts {
	const char *book;
	const char *book_relations;
	const char *sheet;
};

static const char root_relations[] = PACKAGE "<Relationship Id='a' Type='" TYPE "officeDocument' Target='xl/workbook.xml'/></Relationships>";
static const char book_relations[] = PACKAGE
	"<Relationship Id='rId1' Type='" TYPE "worksheet' Target='worksheets/sheet1.xml'/>"
	"<Relationship Id='rId2' Type='" TYPE "styles' Target='/xl/styles.xml'/>"
	"<Relationship Id='rId3' Type='" TYPE "sharedStrings' Target='./worksheets/../sharedStrings.xml'/></Relationships>";

static struct zipped make(const struct parts *p)
{
	struct zipped_entry entry[] = {
		{ .name = "_rels/.rels", .text = root_relations },
		{ .name = "xl/workbook.xml", .text = p->book ? p->book : book },
		{ .name = "xl/_rels/workbook.xml.rels", .text = p->book_relations ? p->book_relations : book_relations },
		{ .name = "xl/styles.xml", .text = styles },
		{ .name = "xl/sharedStrings.xml", .text = strings },
		{ .name = "xl/worksheets/sheet1.xml", .text = p->sheet },
		{ .name = "xl/worksheets/sheet2.xml", .text = SHEET("<row><c s='1'/></row>") },
	};

	return zipped_make(entry, sizeof entry / sizeof *entry);
}

/* Writes down each row: "3:" and its cells, each with column, kind and text: " 2n12". */
struct log {
	struct row_sink sink;
	struct buf text;
};

static bool take(struct row_sink *sink, const struct row *row, size_t n, struct diags *d)
{
	static const char kinds[] = { [CELL_TEXT] = 't', [CELL_NUMBER] = 'n', [CELL_PERCENT] = 'p', [CELL_MARKED] = 'm', [CELL_DATE] = 'd', [CELL_FLAG] = 'b', [CELL_ERROR] = 'e' };
	struct log *log = (struct log *)sink;

	(void)d;
	for (size_t i = 0; i < n; i++) {
		buf_printf(&log->text, "%u:", row[i].row);
		assert_string_equal(row[i].sheet, "Tờ 1");
		for (size_t k = 0; k < row[i].n_cell; k++) {
			const struct cell *c = &row[i].cell[k];

			assert_int_equal(c->row, row[i].row);
			buf_printf(&log->text, " %u%c%.*s", c->col, kinds[c->kind], (int)c->n_text, c->text);
			if (c->n_rows > 1 || c->n_cols > 1)
				buf_printf(&log->text, "(%ux%u)", c->n_rows, c->n_cols);
		}
		buf_puts(&log->text, "; ");
	}
	return true;
}

static bool read_zipped(const struct zipped *z, const struct reader_options *options, struct buf *text, struct diags *d)
{
	struct log log = { .sink = { take } };
	bool ok;

	buf_put(&log.text, "", 0);
	ok = xlsx_read_bytes(z->bytes.text, z->bytes.n, options, &log.sink, d);
	*text = log.text;
	return ok;
}

/* Reads; findings follow in the log as "row:col severity rule". */
static void expect(const struct parts *p, const struct reader_options *options, const char *want)
{
	struct zipped z = make(p);
	struct diags d = { 0 };
	struct buf text;
	bool ok = read_zipped(&z, options, &text, &d);

	for (size_t i = 0; i < d.n_finding; i++)
		buf_printf(&text, "%u:%u %s %s; ", d.finding[i].at.row, d.finding[i].at.col, severity_name(d.finding[i].severity), d.finding[i].rule);
	if (strcmp(text.text, want) != 0 || ok != !d.n_error)
		fail_msg("%s\n got %d %s\nwant %s\n%s", p->sheet, ok, text.text, want, d.n_finding ? d.finding[0].message : "");
	buf_clear(&text);
	buf_clear(&z.bytes);
	diags_clear(&d);
}

static const struct {
	const char *cells; /* rows */
	const char *want;
} cells[] = {
	{ "", "0:0 error empty; " },
	{ "<row r='3'><c s='1'/><c t='str'><v></v></c></row>", "0:0 error empty; " },
	{ "<row r='1'><c r='A1'><v>5</v></c></row>", "1: 1n5; " },
	/* kinds */
	{ "<row><c t='s'><v>0</v></c><c t='str'><v>x_x0041_</v></c><c t='b'><v>1</v></c><c t='b'><v>0</v></c><c t='e'><v>#DIV/0!</v></c>"
	  "<c t='inlineStr'><is><t>in</t></is></c><c t='d'><v>2024-05-31T00:00:00</v></c><c t='n'><v> 7 </v></c></row>",
		"1: 1tkhông 2txA 3b1 4b0 5e#DIV/0! 6tin 7d2024-05-31 8n7; " },
	/* numbers by their format */
	{ "<row><c><v>5.1299999999999998E-2</v></c><c s='1'><v>45443</v></c><c s='2'><v>0.0513</v></c><c s='3'><v>1</v></c><c s='1'><v>45443.75</v></c>"
	  "<c s='1'><v>0.5</v></c><c s='1'><v>-3</v></c></row>",
		"1: 1n0.0513 2d2024-05-31 3p0.0513 4p1 5d2024-05-31T18:00 6t12:00 7n-3; " },
	{ "<row><c s='6'><v>1.2604166666666667</v></c><c s='7'><v>0.5</v></c><c s='7'><v>-1</v></c></row>", "1: 1t30:15 2t12:00 3t-24:00; " },
	/* texts of several runs, phonetic ones left out; escapes */
	{ "<row><c t='s'><v>1</v></c><c t='s'><v>2</v></c><c t='s'><v>3</v></c><c t='s'><v>6</v></c></row>",
		"1: 1tXin chào 3ta\rbA_x0001_ 4tsáu; " },
	{ "<row><c t='inlineStr'><is><r><rPr><rFont val='Arial'/></rPr><t>á</t></r><rPh><t>x</t></rPh><r><t>b</t></r></is></c></row>", "1: 1táb; " },
	/* places that are not said, and blanks */
	{ "<row r='3'><c r='B3'><v>1</v></c><c><v>2</v></c><c r='F3'/><c><v>3</v></c></row><row/><row><c/></row><row><c><v>4</v></c></row>",
		"3: 2n1 3n2 7n3; 6: 1n4; " },
	{ "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>", "1048576: 16384n1; " },
	/* formulas with their values; without */
	{ "<row><c><f>1+1</f><v>2</v></c><c t='str'><f>\"\"</f><v></v></c><c><f t='shared' si='0'/><v>3</v></c></row>", "1: 1n2 3n3; " },
	{ "<row><c><f>1+1</f></c><c><f>1+1</f><v/></c><c><v>1</v></c></row>", "1: 3n1; 1:1 error formula; 1:2 error formula; " },
	{ "<row><c><f>1-1</f><v>0</v></c></row>", "1: 1n0; " },
	/* elements of others */
	{ "<row><c><v>1</v><x xmlns='urn:other'><v>9</v></x><extLst><ext><v>8</v></ext></extLst></c></row><o:row xmlns:o='urn:other'><x xmlns='urn:x'><c><v>7</v></c></x></o:row>",
		"1: 1n1; " },
	{ "<row><c><v>1</v></c></row><m:AlternateContent xmlns:m='urn:m'><m:Choice><row><c><v>7</v></c></row></m:Choice></m:AlternateContent>",
		"1: 1n1; 1:1 error format; " },
	{ "<row><x><c><v>7</v></c></x></row>", "1:0 error format; " },
	{ "</sheetData><row><c><v>7</v></c></row><sheetData>", "0:0 error format; " },
	{ "</sheetData><sheetData><row><c><v>7</v></c></row>", "0:0 error format; " },
	/* one value a cell, and no text beside */
	{ "<row><c><v>100</v><v>7</v></c></row>", "1:1 error format; " },
	{ "<row><c t='inlineStr'><is><t>100</t></is><v>3</v></c></row>", "1:1 error format; " },
	{ "<row><c t='inlineStr'><is><t>100</t></is><is><t>3</t></is></c></row>", "1:1 error format; " },
	{ "<row><c t='inlineStr'><is><t>100</t><t>3</t></is></c></row>", "1:1 error format; " },
	{ "<row><c t='inlineStr'><is><r><t>100</t><t>3</t></r></is></c></row>", "1:1 error format; " },
	{ "<row><c t='inlineStr'><is><t>100</t><r><t>3</t></r></is></c></row>", "1:1 error format; " },
	{ "<row><c t='inlineStr'><is><r><t>100</t></r><t>3</t></is></c></row>", "1:1 error format; " },
	{ "<row><c t='inlineStr'><is><t>1<t>0</t>0</t></is></c></row>", "1:1 error format; " },
	{ "<row><c><v>1<b>0</b>0</v></c></row>", "1:1 error format; " },
	{ "<row><c><v>1<o:b xmlns:o='urn:o'>0</o:b>0</v></c></row>", "1:1 error format; " },
	{ "<row> <c> <v>1</v>\n</c>5</row>", "1: 1n1; 1:1 error format; " },
	{ "<row><c>5</c></row>", "1:1 error format; " },
	{ "<row><c/>5<c><v>1</v></c></row>", "1:1 error format; " },
	{ "5<row><c/></row>", "0:0 error format; " },
	/* what is nothing, where it may not be */
	{ "<row><c><v></v></c><c t='str'><v/></c><c t='s'/><c t='b'/><c t='e'/><c t='d'/><c><v>7</v></c></row>", "1: 7n7; " },
	{ "<row><c t='e'><v></v></c><c t='b'><v/></c><c t='d'><v/></c><c t='s'><v/></c><c><v>7</v></c></row>",
		"1: 5n7; 1:1 error format; 1:2 error format; 1:3 error format; 1:4 error format; " },
	{ "<row><c s='x'><v>7</v></c></row>", "1:1 error format; " },
	{ "<row><c r='A1' s=''><v>7</v></c></row>", "1:1 error format; " },
	{ "<row><c r='A1' s='00'><v>7</v></c></row>", "1: 1n7; " },
	/* hidden rows: those that have cells */
	{ "<row hidden='1'><c><v>1</v></c></row><row hidden='1'/><row hidden='0'><c><v>2</v></c></row>", "1: 1n1; 3: 1n2; 1:0 note hidden; " },
	{ "<row ht='0'><c><v>1</v></c></row><row ht='0.5'><c><v>2</v></c></row>", "1: 1n1; 2: 1n2; 1:0 note hidden; " },
	/* fonts of before Unicode: the cell's, and a run's own */
	{ "<row><c t='s' s='4'><v>4</v></c><c t='s'><v>4</v></c><c t='s'><v>5</v></c></row>", "1: 1tHộ nghèo 2tHé nghÌo 3tTổ nghèo; 1:1 note encoding; " },
	{ "<row><c t='s'><v>7</v></c><c t='s' s='4'><v>4</v></c></row>", "1: 1tSố hộ 2tHộ nghèo; 1:1 warning encoding; 1:1 note encoding; " },
	{ "<row><c t='s'><v>7</v></c><c t='s'><v>8</v></c></row>", "1: 1tSè hé 2tThôn 1; 1:1 note encoding; 1:2 note encoding; " },
	{ "<row><c t='s'><v>7</v></c><c t='inlineStr' s='4'><is><t>S\xC3\xA8 h\xC3\xA9</t></is></c><c t='inlineStr' s='4'><is><t>H\xC3\xA9 ngh\xC3\x8Co</t></is></c>"
	  "<c t='inlineStr' s='5'><is><t>Ho\xC3\xA1</t></is></c></row>",
		"1: 1tSố hộ 2tSố hộ 3tHộ nghèo 4tHoá; 1:1 warning encoding; 1:1 note encoding; 1:2 warning encoding; 1:4 note encoding; " },
	{ "<row><c t='s'><v>7</v></c><c t='s' s='4'><v>4</v></c><c t='inlineStr' s='4'><is><t>Tổ</t></is></c></row>",
		"1: 1tSè hé 2tHộ nghèo 3tTổ; 1:1 error encoding; 1:2 note encoding; " },
	{ "<row><c t='s'><v>7</v></c><c t='inlineStr' s='4'><is><t>Tổ</t></is></c><c t='s'><v>7</v></c></row>", "1: 1tSè hé 2tTổ 3tSè hé; 1:1 note encoding; " },
	{ "<row><c t='inlineStr'><is><r><rPr><rFont val='.VnTimeH'/></rPr><t>th</t></r><r><rPr><rFont val='Arial'/></rPr><t> Th\xC3\xA1i</t></r></is></c></row>",
		"1: 1tTH Thái; 1:1 note encoding; " },
	/* what looks like cells, but is none */
	{ "<o:row xmlns:o='" MAIN "' xmlns='urn:other'><rowx/><c r='A1'><v>1</v></c><o:c r='B1'><o:v>2</o:v></o:c></o:row>", "1: 2n2; " },
	{ "<row><!-- <row><c r='A1'><v>1</v></c> --><c r='B1'><v>2</v></c></row><row><x><y r='A2'><v>3</v></y></x><c r='B2'><v>4</v></c></row>",
		"1: 2n2; 2: 2n4; " },
	{ "<row><c r='A1'><v><![CDATA[</v></c><c r='A1'><v>1</v></c>]]></v></c></row>", "1:1 error format; " },
	{ "<row><c><v>1</v></c>\n<c><v>2</v></c><c t='str'><v>a&amp;b</v></c><c r='D1' s='3'/><c><v>5</v></c></row><row><c><v>1</v></c></row>",
		"1: 1n1 2n2 3ta&b 5n5; 2: 1n1; " },
	/* marks of a text before are not those of the next */
	{ "<row><c t='inlineStr'><is><r><rPr><rFont val='Arial'/></rPr><t>á</t></r></is></c><c t='inlineStr'><v>b</v></c></row>", "1: 1tá 2tb; " },
	/* wrong ones: all are told */
	{ "<row><c t='s'><v>9</v></c><c t='s'><v>99999999999999999999</v></c><c t='s'><v>x</v></c><c><v>1,5</v></c><c s='8'><v>1</v></c>"
	  "<c t='b'><v>2</v></c><c t='d'><v>31/5/2024</v></c><c><v>1</v></c><c t='d'><v>2024-02-30</v></c><c t='d'><v>2024-99-99</v></c><c t='d'><v>2024-02-29 </v></c></row>",
		"1: 8n1; 1:1 error format; 1:2 error format; 1:3 error format; 1:4 error format; 1:5 error format; 1:6 error format; 1:7 error format; 1:9 error format; 1:10 error format; 1:11 error format; " },
	{ "<row><c t='x'><v>7</v></c></row>", "1:1 error format; " },
	{ "<row r='2'><c><v>1</v></c></row><row r='2'><c><v>1</v></c></row>", "2: 1n1; 2:0 error format; " },
	{ "<row r='4294967297'><c><v>1</v></c></row>", "99999999:1 error limit; " },
	{ "<row r='x'/>", "1:0 error format; " },
	{ "<row><c r='B1'><v>1</v></c><c r='A1'><v>1</v></c></row>", "1: 2n1; 1:1 error format; " },
	{ "<row><c r='A2'><v>1</v></c></row>", "2:1 error format; " },
	{ "<row><c r='1A'><v>1</v></c></row>", "1:0 error format; " },
	{ "<row><c/><c r='b1'><v>1</v></c></row>", "1:2 error format; " },
	{ "<row><c/><c r='b2'><v>1</v></c></row>", "1:0 error format; " },
	{ "<row><c/><c r='abcdefghij1'><v>1</v></c></row>", "1:0 error format; " },
	{ "<row r='4'/><row r='x'/>", "5:0 error format; " },
	{ "<row><c r='A1:B2'><v>1</v></c></row>", "1:0 error format; " },
	{ "<row><c r='XFE1'><v>1</v></c></row>", "1:16385 error limit; " },
	{ "<row r='1048577'><c r='A1048577'><v>1</v></c></row>", "1048577:1 error limit; " },
};

static void test_cells(void **state)
{
	struct reader_options options = { .shown = "f.xlsx" };

	(void)state;
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		struct buf sheet = { 0 };
		struct parts p = { 0 };

		buf_printf(&sheet, SHEET("%s"), cells[i].cells);
		p.sheet = sheet.text;
		expect(&p, &options, cells[i].want);
		buf_clear(&sheet);
	}
}

#define TWO_SHEETS BOOK("<sheets><sheet name='T\xE1\xBB\x9D 1' r:id='rId1'/><sheet name='B' r:id='rId2'/></sheets>")
#define TWO_RELATIONS(second) \
	PACKAGE "<Relationship Id='rId1' Type='" TYPE "worksheet' Target='worksheets/sheet1.xml'/>" \
	"<Relationship Id='rId2' Type='" TYPE "worksheet' Target='worksheets/" second ".xml'/></Relationships>"

/* What stands beside the cells. */
static const struct {
	struct parts parts;
	const char *want;
} sheets[] = {
	{ { NULL, NULL, "<worksheet xmlns='" MAIN "'><cols><col min='2' max='3' hidden='1'/><col min='5' max='16384' hidden='1'/></cols>"
			"<sheetData><row><c><v>1</v></c><c r='F1'><v>2</v></c></row></sheetData>"
			"<mergeCells><mergeCell ref='A1:B2'/><mergeCell ref='C7'/></mergeCells></worksheet>" },
		"1: 1n1(2x2) 6n2; 0:2 note hidden; " },
	{ { NULL, NULL, "<worksheet xmlns='" MAIN "'><sheetFormatPr zeroHeight='1'/><cols><col min='2' max='3' width='0'/><col min='4' max='4' width='0.5'/></cols>"
			"<sheetData><row><c><v>1</v></c><c r='F1'><v>2</v></c></row><row hidden='0'><c><v>3</v></c></row></sheetData></worksheet>" },
		"1: 1n1 6n2; 2: 1n3; 1:0 note hidden; 0:2 note hidden; " },
	{ { NULL, NULL, "<worksheet xmlns='" MAIN "'><sheetData/><mergeCells><mergeCell ref='A1:B'/></mergeCells></worksheet>" }, "1:1 error format; " },
	{ { NULL, NULL, "<worksheet xmlns='" MAIN "'><sheetData/><mergeCells><mergeCell ref='B2:A1'/></mergeCells></worksheet>" }, "2:2 error format; " },
	{ { NULL, NULL, "<worksheet xmlns='" MAIN "'><sheetData><row><c><v>1</v></c></row></sheetData>"
			"<mergeCells><mergeCell ref='B2:C3'/><mergeCell ref='A1:B2'/></mergeCells></worksheet>" }, "2:2 error format; " },
	{ { NULL, NULL, "<worksheet xmlns='" MAIN "'><sheetData><row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row></sheetData>"
			"<mergeCells><mergeCell ref='A1:B2'/></mergeCells></worksheet>" }, "1: 1n1(2x2) 3n3; 1:2 note hidden; " },
	{ { NULL, NULL, "<s:worksheet xmlns:s='" STRICT "'><s:sheetData><s:row><s:c s='1'><s:v>1</s:v></s:c></s:row></s:sheetData></s:worksheet>" }, "1: 1d1900-01-01; " },
	{ { BOOK("<workbookPr date1904='1'/><sheets><sheet name='T\xE1\xBB\x9D 1' r:id='rId1'/></sheets>"), NULL, SHEET("<row><c s='1'><v>1</v></c></row>") },
		"1: 1d1904-01-02; " },
	{ { BOOK("<sheets><sheet name='T\xE1\xBB\x9D 1' state='hidden' r:id='rId1'/></sheets><calcPr fullCalcOnLoad='1'/>"), NULL,
		  SHEET("<row><c><v>1</v></c><c><f>A1</f><v>0</v></c></row>") },
		"1: 1n1 2n0; 0:0 note hidden; 1:2 error formula; " },
	{ { BOOK("<sheets><sheet name='T\xE1\xBB\x9D 1' r:id='rId1'/></sheets><calcPr fullCalcOnLoad='1'/>"), NULL, SHEET("<row><c><v>1</v></c><c><f>A1</f><v>0</v></c></row>") },
		"1: 1n1 2n0; 1:2 error formula; " },
	{ { BOOK("<sheets><sheet name='T\xE1\xBB\x9D 1' r:id='rId1'/></sheets><calcPr fullCalcOnLoad='1'/>"), NULL, SHEET("<row><c><f>A2</f><v>0</v></c><c><f>A1</f><v>7</v></c></row>") },
		"1: 1n0 2n7; 1:1 warning formula; " },
	{ { BOOK("<sheets><sheet name='T\xE1\xBB\x9D 1' r:id='rId1'/></sheets><calcPr fullCalcOnLoad='1'/>"), NULL, SHEET("<row><c><f>A2</f><v>0</v></c><c t='str'><f>A1</f><v></v></c></row>") },
		"1: 1n0; 1:1 error formula; " },
	{ { BOOK("<sheets><sheet name='T\xE1\xBB\x9D 1' r:id='rId1'/></sheets><calcPr fullCalcOnLoad='1'/>"), NULL, SHEET("<row><c t='str'><f>A1</f><v></v></c></row>") },
		"1:1 warning formula; 0:0 error empty; " },
	{ { BOOK("<sheets><sheet name='C' r:id='rId2'/><sheet name='T\xE1\xBB\x9D 1' r:id='rId1'/></sheets>"),
		  PACKAGE "<Relationship Id='rId1' Type='" TYPE "worksheet' Target='worksheets/sheet1.xml'/>"
			  "<Relationship Id='rId2' Type='" TYPE "chartsheet' Target='x.xml'/></Relationships>",
		  SHEET("<row><c><v>1</v></c></row>") },
		"1: 1n1; " },
	{ { NULL, PACKAGE "<Relationship Id='rId1' Type='" TYPE "worksheet' TargetMode='External' Target='worksheets/sheet1.xml'/></Relationships>",
		  SHEET("<row><c><v>1</v></c></row>") },
		"0:0 error format; " },
	{ { NULL, PACKAGE "<Relationship Id='rId1' Type='" TYPE "worksheet' Target='../../worksheets/sheet1.xml'/></Relationships>", SHEET("") }, "0:0 error format; " },
	{ { NULL, PACKAGE "<Relationship Id='rId1' Type='" TYPE "worksheet' Target='worksheets/sheet1.xml'/>"
			  "<Relationship Id='rId2' Type='" TYPE "styles' Target='http://example.vn/xl/styles.xml'/></Relationships>", SHEET("") },
		"0:0 error format; " },
	{ { NULL, NULL, "<worksheet xmlns='urn:other'><sheetData/></worksheet>" }, "1:1 error format; " },
	{ { TWO_SHEETS, TWO_RELATIONS("sheet2"), SHEET("<row><c><v>1</v></c></row>") }, "1: 1n1; " },
	{ { TWO_SHEETS, TWO_RELATIONS("sheet1"), SHEET("<row><c><v>1</v></c></row>") }, "0:0 error sheet; " },
	{ { TWO_SHEETS, TWO_RELATIONS("sheet3"), SHEET("<row><c><v>1</v></c></row>") }, "0:0 error sheet; " },
	{ { TWO_SHEETS, TWO_RELATIONS("sheet2"), SHEET("") }, "0:0 error sheet; " },
	{ { "<w:document xmlns:w='urn:w'/>", NULL, SHEET("") }, "0:0 error format; " },
};

static void test_sheets(void **state)
{
	struct reader_options options = { .shown = "f.xlsx" };

	(void)state;
	for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
		expect(&sheets[i].parts, &options, sheets[i].want);
}

/* The sheet as UTF-16, whose merged ranges no search of bytes finds. */
static void test_utf16(void **state)
{
	static const char xml[] = "<worksheet xmlns='" MAIN "'><sheetData><row><c t='str'><v>\xE1\xBA\xA1</v></c></row></sheetData>"
				  "<mergeCells><mergeCell ref='A1:A3'/></mergeCells></worksheet>";
	struct buf wide = { 0 };
	struct zipped_entry entry[] = {
		{ .name = "_rels/.rels", .text = root_relations },
		{ .name = "xl/workbook.xml", .text = book },
		{ .name = "xl/_rels/workbook.xml.rels", .text = book_relations },
		{ .name = "xl/styles.xml", .text = styles },
		{ .name = "xl/sharedStrings.xml", .text = strings },
		{ .name = "xl/worksheets/sheet1.xml" },
	};
	struct reader_options options = { .shown = "f.xlsx" };
	struct diags d = { 0 };
	struct zipped z;
	struct buf text;

	(void)state;
	buf_put(&wide, "\xFF\xFE", 2);
	for (size_t i = 0; i < sizeof xml - 1;) {
		uint32_t code;

		i += utf8_decode(xml + i, sizeof xml - 1 - i, &code);
		zipped_put(&wide, code, 2);
	}
	entry[5].text = wide.text;
	entry[5].n = wide.n;
	z = zipped_make(entry, 6);
	assert_true(read_zipped(&z, &options, &text, &d));
	assert_string_equal(text.text, "1: 1tạ(3x1); ");
	buf_clear(&wide);
	buf_clear(&text);
	buf_clear(&z.bytes);
	diags_clear(&d);
}

/* The word that is searched for lies on every border of the pieces once. */
static void test_merge_border(void **state)
{
	struct reader_options options = { .shown = "f.xlsx" };

	(void)state;
	for (size_t shift = 0; shift < 16; shift++) {
		struct buf sheet = { 0 };
		struct parts p = { 0 };

		buf_puts(&sheet, "<worksheet xmlns='" MAIN "'><sheetData><row><c><v>1</v></c></row></sheetData><!--");
		while (sheet.n < 65536 - strlen("--><mergeCells>") - 24 + shift)
			buf_putc(&sheet, (char)('a' + sheet.n * 7 % 13));
		buf_puts(&sheet, "--><mergeCells>                      <mergeCell ref='A1:C1'/></mergeCells></worksheet>");
		p.sheet = sheet.text;
		expect(&p, &options, "1: 1n1(1x3); ");
		buf_clear(&sheet);
	}
}

static void test_encoding(void **state)
{
	struct reader_options options = { .shown = "f.xlsx", .encoding = "tcvn3" };
	struct parts p = { .sheet = SHEET("<row><c t='s'><v>4</v></c></row>") };

	(void)state;
	expect(&p, &options, "1: 1tHộ nghèo; 1:1 note encoding; ");
}

/* A column is counted once, however often it is listed. */
static void test_hidden_count(void **state)
{
	struct parts p = { .sheet = "<worksheet xmlns='" MAIN "'><cols><col min='2' max='3' hidden='1'/><col min='3' max='9' width='0'/><col min='2' max='2' hidden='1'/></cols>"
		"<sheetData><row><c r='D1'><v>1</v></c></row></sheetData></worksheet>" };
	struct reader_options options = { .shown = "f.xlsx" };
	struct zipped z = make(&p);
	struct diags d = { 0 };
	struct buf text;

	(void)state;
	assert_true(read_zipped(&z, &options, &text, &d));
	assert_int_equal(d.n_finding, 1);
	assert_string_equal(d.finding[0].message, "hidden columns (3, this is the first) are read like the others");
	buf_clear(&text);
	buf_clear(&z.bytes);
	diags_clear(&d);
}

/* Files that are no workbook get a name. */
static void test_others(void **state)
{
	static const struct {
		struct zipped_entry entry;
		const char *message;
	} others[] = {
		{ { .name = "a.txt", .text = "x" }, "a ZIP file and no workbook" },
		{ { .name = "mimetype", .text = "application/vnd.oasis.opendocument.text", .stored = true }, "an OpenDocument file" },
		{ { .name = "Index/Document.iwa", .text = "x" }, "an Apple Numbers" },
		{ { .name = "_rels/.rels", .text = PACKAGE "</Relationships>" }, "an Office file without a workbook" },
	};
	struct reader_options options = { .shown = "f.xlsx" };

	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct zipped z = zipped_make(&others[i].entry, 1);
		struct diags d = { 0 };
		struct buf text;

		assert_false(read_zipped(&z, &options, &text, &d));
		assert_int_equal(d.n_finding, 1);
		if (!strstr(d.finding[0].message, others[i].message))
			fail_msg("%s", d.finding[0].message);
		buf_clear(&text);
		buf_clear(&z.bytes);
		diags_clear(&d);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cells),
		cmocka_unit_test(test_sheets),
		cmocka_unit_test(test_utf16),
		cmocka_unit_test(test_merge_border),
		cmocka_unit_test(test_encoding),
		cmocka_unit_test(test_hidden_count),
		cmocka_unit_test(test_others),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
