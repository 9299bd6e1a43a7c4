/* kehoach lint on workbooks: any bytes as a container; and, since hardly any change of compressed bytes is one, as a part of a good
 * workbook: the first byte says which. Whatever is read, checking it must end, and what is not sound must be said to be so. */
#include "sheetlint/lint.h"

#include "../unit/zipped.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "application/vnd.openxmlformats-officedocument."
#define RELATIONS "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"

enum { N_PART = 14 };

static const struct zipped_entry good[N_PART] = {
	{ "xl/worksheets/sheet1.xml",
		"<worksheet xmlns='" MAIN "' xmlns:r='urn:r'><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' s='1'><v>2</v></c></row>"
		"<row r='2'><c r='A2' t='inlineStr'><is><t>a</t></is></c></row></sheetData><drawing r:id='d'/><tableParts><tablePart r:id='t'/></tableParts>"
		"</worksheet>", 0, true },
	{ "xl/sharedStrings.xml", "<sst xmlns='" MAIN "'><si><t>a</t></si></sst>", 0, true },
	{ "xl/styles.xml",
		"<styleSheet xmlns='" MAIN "'><fonts><font><name val='Arial'/></font></fonts><fills><fill/></fills><cellXfs><xf/><xf numFmtId='14'/></cellXfs>"
		"<dxfs><dxf/></dxfs></styleSheet>", 0, true },
	{ "xl/workbook.xml",
		"<workbook xmlns='" MAIN "' xmlns:r='urn:r'><sheets><sheet name='A' sheetId='1' r:id='a'/></sheets><definedNames>"
		"<definedName name='N'>A!$A$1</definedName></definedNames></workbook>", 0, true },
	{ "xl/tables/table1.xml",
		"<table xmlns='" MAIN "' displayName='T' ref='A1:A2'><tableColumns><tableColumn name='a'/></tableColumns></table>", 0, true },
	{ "xl/drawings/drawing1.xml",
		"<wsDr xmlns:r='urn:r'><oneCellAnchor><from><col>1</col><row>1</row></from><graphicFrame><cNvPr descr='a'/><chart r:id='c'/></graphicFrame>"
		"</oneCellAnchor></wsDr>", 0, true },
	{ "xl/charts/chart1.xml", "<chartSpace><f>A!$B$1</f></chartSpace>", 0, true },
	{ "[Content_Types].xml",
		"<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='xml' ContentType='application/xml'/>"
		"<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
		"<Override PartName='/xl/workbook.xml' ContentType='" OFFICE "spreadsheetml.sheet.main+xml'/>"
		"<Override PartName='/xl/worksheets/sheet1.xml' ContentType='" OFFICE "spreadsheetml.worksheet+xml'/>"
		"<Override PartName='/xl/sharedStrings.xml' ContentType='" OFFICE "spreadsheetml.sharedStrings+xml'/>"
		"<Override PartName='/xl/styles.xml' ContentType='" OFFICE "spreadsheetml.styles+xml'/>"
		"<Override PartName='/xl/tables/table1.xml' ContentType='" OFFICE "spreadsheetml.table+xml'/>"
		"<Override PartName='/xl/drawings/drawing1.xml' ContentType='" OFFICE "drawing+xml'/>"
		"<Override PartName='/xl/charts/chart1.xml' ContentType='" OFFICE "drawingml.chart+xml'/>"
		"<Override PartName='/docProps/core.xml' ContentType='application/vnd.openxmlformats-package.core-properties+xml'/></Types>", 0, true },
	{ "docProps/core.xml", "<coreProperties><title>a</title><language>vi</language></coreProperties>", 0, true },
	{ "xl/_rels/workbook.xml.rels",
		RELATIONS "<Relationship Id='a' Type='r/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='b' Type='r/sharedStrings' Target='sharedStrings.xml'/>"
		"<Relationship Id='c' Type='r/styles' Target='styles.xml'/></Relationships>", 0, true },
	{ "_rels/.rels",
		RELATIONS "<Relationship Id='a' Type='r/officeDocument' Target='xl/workbook.xml'/>"
		"<Relationship Id='b' Type='r/core-properties' Target='docProps/core.xml'/></Relationships>", 0, true },
	{ "xl/worksheets/_rels/sheet1.xml.rels",
		RELATIONS "<Relationship Id='t' Type='r/table' Target='../tables/table1.xml'/>"
		"<Relationship Id='d' Type='r/drawing' Target='../drawings/drawing1.xml'/></Relationships>", 0, true },
	{ "xl/drawings/_rels/drawing1.xml.rels", RELATIONS "<Relationship Id='c' Type='r/chart' Target='../charts/chart1.xml'/></Relationships>", 0, true },
	{ "xl/theme/theme1.xml", "<theme><clrScheme><lt1><srgbClr val='FFFFFF'/></lt1></clrScheme></theme>", 0, true },
};

static const char *const cover[] = { "bìa", NULL }, *const contents[] = { "mục lục", NULL }, *const notes[] = { "ghi chú", NULL }, *const others[] = { "một", "arial", NULL };
static const struct xl_words words = { { cover, contents, notes, others, others, notes, others, others, others, others, others, others } };

static void try(const char *data, size_t n)
{
	/* A copy of just that size, so that reading behind it is seen. */
	char *copied = memory_new(n ? n : 1, 1);
	struct diags d = { 0 };

	memcpy(copied, data, n);
	for (enum xl_claim claim = XL_BY_NAME; claim <= XL_ACCESSIBLE; claim++) {
		size_t n_error = d.n_error;
		bool ok = xl_lint_bytes((struct bytes){ .data = copied, .n = n }, "a.xlsx", claim, &words, &d);

		if (ok != (d.n_error == n_error))
			abort();
	}
	diags_clear(&d);
	free(copied);
}

/* The text as that part. */
static void try_part(size_t part, const char *text, size_t n)
{
	struct zipped_entry entry[N_PART];
	struct zipped z;

	memcpy(entry, good, sizeof good);
	entry[part].text = text;
	entry[part].n = n;
	z = zipped_make(entry, N_PART);
	try(z.bytes.text, z.bytes.n);
	buf_clear(&z.bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	if (n >= 2)
		try_part(bytes[0] % N_PART, (const char *)bytes + 1, n - 1);
	if (n)
		try((const char *)bytes, n);
	return 0;
}
