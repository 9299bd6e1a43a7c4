/* Any bytes as a container; and, since hardly any change of compressed bytes is one, as a part of a good one: the first byte
 * says which. A sheet is read once more with a byte order mark, which no other way of reading than libxml2's takes: both find
 * the same. */
#include "ingest/xlsx.h"

#include "../unit/sheetrows.h"
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

static bool read_rows(const char *bytes, size_t n, struct buf *out)
{
	struct sheet_reading r = { .data = bytes, .n = n, .read = xlsx_read_bytes };

	return sheet_rows_text(&r, out);
}

/* The text as that part; what is found is in out. */
static bool read_with(size_t part, const char *text, size_t n, struct buf *out)
{
	struct zipped_entry entry[N_PART];
	struct zipped z;
	bool ok;

	memcpy(entry, good, sizeof good);
	entry[part].text = text;
	entry[part].n = n;
	z = zipped_make(entry, N_PART);
	ok = read_rows(z.bytes.text, z.bytes.n, out);
	buf_clear(&z.bytes);
	return ok;
}

static bool has_any(const struct buf *found, const char *const *rule)
{
	for (; *rule; rule++)
		if (strstr(found->text, *rule))
			return true;
	return false;
}

/* Where the XML is wrong one may have read more than the other, and say something else: but neither takes it. */
static void compare_sheet(const char *text, size_t n, const struct buf *found)
{
	static const char *const of_xml[] = { " xml\n", " encoding\n", " limit\n", " doctype\n", NULL };
	static const char *const errors[] = { " xml\n", " encoding\n", " limit\n", " doctype\n", " format\n", " formula\n", NULL };
	struct buf marked = { 0 };
	struct buf other = { 0 };

	buf_puts(&marked, "\xEF\xBB\xBF");
	buf_put(&marked, text, n);
	read_with(0, marked.text, marked.n, &other);
	if (has_any(found, of_xml) || has_any(&other, of_xml)) {
		if (!has_any(found, errors) || !has_any(&other, errors))
			abort();
	} else if (strcmp(found->text, other.text) != 0) {
		abort();
	}
	buf_clear(&marked);
	buf_clear(&other);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	const char *text = (const char *)bytes + 1;
	struct buf found = { 0 };

	read_rows((const char *)bytes, n, &found);
	found.n = 0;
	if (n >= 2)
		read_with(bytes[0] % N_PART, text, n - 1, &found);
	if (n >= 2 && !(bytes[0] % N_PART) && *text == '<')
		compare_sheet(text, n - 1, &found);
	buf_clear(&found);
	return 0;
}
