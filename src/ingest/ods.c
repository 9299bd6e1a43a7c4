/* ods: OpenDocument packages: the content is one part of a ZIP container; what kind it is and whether it is encrypted
 * stands in two others. */
#include "ingest/ods.h"

#include "base/sax.h"
#include "ingest/odscontent.h"
#include "ingest/odskind.h"

#include <string.h>

enum { MEDIA_MAX = 128 }; /* [bytes] of the media type */

struct media_type {
	char text[MEDIA_MAX + 1];
	size_t n;
};

static bool take_media(void *ctx, const char *data, size_t n, struct diags *d)
{
	struct media_type *media = ctx;
	size_t room = MEDIA_MAX - media->n;

	(void)d;
	n = n < room ? n : room;
	memcpy(media->text + media->n, data, n);
	media->n += n;
	return true;
}

/* A package without the part is told by its content. */
static bool check_media(struct container *c, const char *shown, struct diags *d)
{
	struct media_type media = { .n = 0 };
	struct zip_sink sink = { &media, take_media };
	size_t part;

	if (!container_find(c, "mimetype", &part))
		return true;
	return container_read(c, part, &sink, d) && ods_check_media(media.text, shown, d);
}

struct manifest {
	const char *shown;
};

static bool refuse_encrypted(void *ctx, const struct sax_element *e, struct diags *d)
{
	const struct manifest *manifest = ctx;

	if (strcmp(e->name, "encryption-data") != 0)
		return true;
	return diag_error(d, (struct origin){ .file = manifest->shown }, "encrypted",
		"the file is protected with a password; open it, save it without one, and use that copy");
}

static bool check_encryption(struct container *c, const char *shown, struct diags *d)
{
	struct manifest manifest = { shown };
	struct sax_handler handler = { .ctx = &manifest, .start = refuse_encrypted };
	size_t part;

	return !container_find(c, "META-INF/manifest.xml", &part) || container_parse(c, part, &handler, d);
}

struct content {
	struct container *container;
	size_t part;
};

static bool read_content(const void *ctx, const struct sax_handler *handler, struct diags *d)
{
	const struct content *content = ctx;

	return container_parse(content->container, content->part, handler, d);
}

bool ods_is_in(const struct container *c)
{
	size_t part;

	return container_find(c, "content.xml", &part);
}

bool ods_read_container(struct container *c, const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct content content = { .container = c };
	struct content styles = { .container = c };
	struct sheetxml_source source = { .ctx = &content, .read = read_content };
	struct sheetxml_source styles_source = { .ctx = &styles, .read = read_content };

	if (!check_encryption(c, options->shown, d) || !check_media(c, options->shown, d))
		return false;
	if (!container_find(c, "content.xml", &content.part))
		return diag_error(d, (struct origin){ .file = options->shown }, "format",
			"the file has no content.xml, so it is no whole ODS file; open and save it in a spreadsheet program");
	return ods_content_read(&source, container_find(c, "styles.xml", &styles.part) ? &styles_source : NULL, options, sink, d);
}
