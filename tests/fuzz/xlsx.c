/* Any bytes as a container; and, since hardly any change of compressed bytes is one, as a part of a good one: the first byte
 * says which. */
#include "base/grid.h"
#include "ingest/xlsx.h"

#include "../unit/zipped.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { N_PART = 6 };

static const struct zipped_entry good[N_PART] = {
	{ "xl/worksheets/sheet1.xml",
		"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
		"<row><c t='s'><v>0</v></c><c s='1'><v>2</v></c></row></sheetData></worksheet>", 0, true },
	{ "xl/sharedStrings.xml", "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>a</t></si></sst>", 0, true },
	{ "xl/styles.xml",
		"<styleSheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><fonts><font><name val='.VnTime'/></font></fonts>"
		"<cellXfs><xf/><xf numFmtId='14'/></cellXfs></styleSheet>", 0, true },
	{ "xl/workbook.xml",
		"<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:r='urn:r'><sheets>"
		"<sheet name='A' r:id='a'/></sheets></workbook>", 0, true },
	{ "xl/_rels/workbook.xml.rels",
		"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
		"<Relationship Id='a' Type='r/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='b' Type='r/sharedStrings' Target='sharedStrings.xml'/>"
		"<Relationship Id='c' Type='r/styles' Target='styles.xml'/></Relationships>", 0, true },
	{ "_rels/.rels",
		"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
		"<Relationship Id='a' Type='r/officeDocument' Target='xl/workbook.xml'/></Relationships>", 0, true },
};

static void read_rows(const char *bytes, size_t n)
{
	struct reader_options options = { .shown = "f.xlsx", .likely_sheet = "A" };
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct grid grid;

	grid_init(&grid, &a, 0);
	xlsx_read_bytes(bytes, n, &options, &grid.sink, &d);
	diags_clear(&d);
	arena_clear(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct zipped_entry entry[N_PART];
	struct zipped z;

	read_rows((const char *)bytes, n);
	if (n < 2)
		return 0;
	memcpy(entry, good, sizeof good);
	entry[bytes[0] % N_PART].text = (const char *)bytes + 1;
	entry[bytes[0] % N_PART].n = n - 1;
	z = zipped_make(entry, N_PART);
	read_rows(z.bytes.text, z.bytes.n);
	buf_clear(&z.bytes);
	return 0;
}
