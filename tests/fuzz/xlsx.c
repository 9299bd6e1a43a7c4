/* Any bytes as a container; and, since hardly any change of compressed bytes is one, as a part of a good one: the first byte
 * says which. The parser is the measure of what is read without it: with other quotes, which leave all cells to it, a sheet
 * has the same ones. */
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

struct sum {
	struct row_sink sink;
	uint64_t hash; /* of all that was read */
};

static void add(struct sum *sum, const void *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		sum->hash = (sum->hash ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3u;
}

static bool take(struct row_sink *sink, const struct row *row, size_t n, struct diags *d)
{
	struct sum *sum = (struct sum *)sink;

	(void)d;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < row[i].n_cell; k++) {
			const struct cell *c = &row[i].cell[k];
			unsigned place[5] = { c->row, c->col, c->kind, c->n_rows, c->n_cols };

			add(sum, place, sizeof place);
			add(sum, c->text, c->n_text);
		}
	return true;
}

static uint64_t read_rows(const char *bytes, size_t n)
{
	struct reader_options options = { .shown = "f.xlsx", .likely_sheet = "A" };
	struct sum sum = { .sink = { take } };
	struct diags d = { 0 };
	bool ok = xlsx_read_bytes(bytes, n, &options, &sum.sink, &d);

	add(&sum, &ok, sizeof ok);
	diags_clear(&d);
	return sum.hash;
}

/* With the bytes as that part. */
static uint64_t read_part(size_t part, const char *bytes, size_t n)
{
	struct zipped_entry entry[N_PART];
	struct zipped z;
	uint64_t hash;

	memcpy(entry, good, sizeof good);
	entry[part].text = bytes;
	entry[part].n = n;
	z = zipped_make(entry, N_PART);
	hash = read_rows(z.bytes.text, z.bytes.n);
	buf_clear(&z.bytes);
	return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	const char *text = (const char *)bytes + 1;
	char *quoted;
	uint64_t hash;

	read_rows((const char *)bytes, n);
	if (n < 2)
		return 0;
	hash = read_part(bytes[0] % N_PART, text, --n);
	if (bytes[0] % N_PART || memchr(text, '\'', n))
		return 0;
	quoted = memory_new(n, 1);
	for (size_t i = 0; i < n; i++)
		quoted[i] = text[i] == '"' ? '\'' : text[i];
	if (read_part(0, quoted, n) != hash)
		abort();
	free(quoted);
	return 0;
}
