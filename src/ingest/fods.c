/* fods: OpenDocument in one XML file. */
#include "ingest/fods.h"

#include "ingest/odscontent.h"

bool fods_read_bytes(const char *data, size_t n, const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct sheetxml_bytes bytes = { data, n, options->shown };
	struct sheetxml_source source = sheetxml_in_memory(&bytes);

	return ods_content_read(&source, NULL, options, sink, d);
}

static bool fods_read(const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct sheetxml_source source = sheetxml_file(options);

	return ods_content_read(&source, NULL, options, sink, d);
}

static bool fods_knows(const unsigned char *head, size_t n)
{
	return sheetxml_root(head, n, "document", "urn:oasis:names:tc:opendocument:xmlns:office:1.0");
}

const struct reader reader_fods = { .name = "fods", .has_sheets = true, .has_old = true, .knows = fods_knows, .read = fods_read };
