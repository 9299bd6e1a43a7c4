/* package: files in a ZIP container: which of our formats one is. Most OpenDocuments tell it at a fixed place; what was packed
 * anew is told by what it holds. */
#include "ingest/ods.h"
#include "ingest/xlsx.h"

#include <string.h>

static const char zip_magic[] = "PK\003\004";

static bool is_open_document(const struct container *c)
{
	size_t part;

	return ods_is_in(c) && (container_find(c, "mimetype", &part) || container_find(c, "META-INF/manifest.xml", &part))
	       && !container_find(c, "_rels/.rels", &part);
}

static bool ods_read(const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct container *c = container_open(options->path, options->shown, d);
	bool ok = c && ods_read_container(c, options, sink, d);

	container_close(c);
	return ok;
}

static bool any_read(const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct container *c = container_open(options->path, options->shown, d);
	bool ok = false;

	if (c)
		ok = is_open_document(c) ? ods_read_container(c, options, sink, d) : xlsx_read_container(c, options, sink, d);
	container_close(c);
	return ok;
}

/* The media type is the first part and not compressed, so that it stands at a fixed place. */
static bool ods_knows(const unsigned char *head, size_t n)
{
	static const char *const media[] = { "mimetypeapplication/vnd.oasis.opendocument.", "mimetypeapplication/vnd.sun.xml." };
	enum { NAME_AT = 30 };

	if (n < NAME_AT || memcmp(head, zip_magic, strlen(zip_magic)) != 0)
		return false;
	for (size_t i = 0; i < sizeof media / sizeof *media; i++)
		if (n - NAME_AT >= strlen(media[i]) && !memcmp(head + NAME_AT, media[i], strlen(media[i])))
			return true;
	return false;
}

static bool any_knows(const unsigned char *head, size_t n)
{
	return n >= strlen(zip_magic) && !memcmp(head, zip_magic, strlen(zip_magic));
}

const struct reader reader_ods = { .name = "ods", .has_sheets = true, .has_old = true, .knows = ods_knows, .read = ods_read };
const struct reader reader_xlsx = { .name = "xlsx", .has_sheets = true, .has_old = true, .knows = any_knows, .read = any_read };
