/* Any bytes as a package; and as a part of a good one: the first byte says which. */
#include "ingest/ods.h"

#include "../unit/sheetrows.h"
#include "../unit/zipped.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

#define OFFICE " xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'"
#define STYLE " xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0'"
#define TABLE " xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'"
#define NUMBER " xmlns:number='urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0'"
#define TEXT " xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'"

enum { N_PART = 4 };

static const struct zipped_entry good[N_PART] = {
	{ "content.xml",
		"<office:document-content" OFFICE STYLE TABLE TEXT "><office:automatic-styles><style:style style:name='a' style:family='table-cell'"
		" style:parent-style-name='b' style:data-style-name='n'/></office:automatic-styles><office:body><office:spreadsheet><table:table table:name='A'>"
		"<table:table-row><table:table-cell table:style-name='a' office:value-type='float' office:value='5'/>"
		"<table:table-cell office:value-type='string'><text:p>a</text:p></table:table-cell></table:table-row></table:table>"
		"</office:spreadsheet></office:body></office:document-content>", 0, true },
	{ "styles.xml",
		"<office:document-styles" OFFICE STYLE NUMBER "><office:font-face-decls><style:font-face style:name='f' svg:font-family='.VnTime'"
		" xmlns:svg='urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0'/></office:font-face-decls><office:styles>"
		"<number:percentage-style style:name='n'/><style:style style:name='b' style:family='table-cell'><style:text-properties style:font-name='f'/>"
		"</style:style></office:styles></office:document-styles>", 0, true },
	{ "META-INF/manifest.xml",
		"<m:manifest xmlns:m='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'><m:file-entry m:full-path='/'/></m:manifest>", 0, true },
	{ "mimetype", "application/vnd.oasis.opendocument.spreadsheet", 0, true },
};

static bool read_package(const char *data, size_t n, const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct container *c = container_open_bytes(data, n, options->shown, d);
	bool ok = c && ods_read_container(c, options, sink, d);

	container_close(c);
	return ok;
}

static void read_rows(const char *bytes, size_t n)
{
	struct sheet_reading r = { .data = bytes, .n = n, .read = read_package };
	struct buf found = { 0 };

	sheet_rows_text(&r, &found);
	buf_clear(&found);
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
