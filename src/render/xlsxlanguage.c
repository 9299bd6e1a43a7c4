#include "render/xlsxlanguage.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { FIRST_DAY = 1 << 5 | 1 }; /* 1980-01-01, as the other parts have */

static const char part_name[] = "docProps/core.xml";
static const char end_tag[] = "</cp:coreProperties>";

static bool read_part(zip_t *zip, zip_uint64_t part, struct buf *b)
{
	zip_file_t *file = zip_fopen_index(zip, part, 0);
	char block[4096];
	zip_int64_t n = 0;

	if (!file)
		return false;
	while ((n = zip_fread(file, block, sizeof block)) > 0)
		buf_put(b, block, (size_t)n);
	return zip_fclose(file) == 0 && n == 0;
}

/* The part with the language in it; the library frees what it is given. */
static zip_source_t *make_source(zip_t *zip, const struct buf *old, const char *tag)
{
	const char *end = old->n ? strstr(old->text, end_tag) : NULL;
	struct buf new = { 0 };
	zip_source_t *source;

	if (!end)
		return NULL;
	buf_put(&new, old->text, (size_t)(end - old->text));
	buf_printf(&new, "<dc:language>%s</dc:language>%s", tag, end_tag);
	source = zip_source_buffer(zip, new.text, new.n, 1);
	if (!source)
		buf_clear(&new);
	return source;
}

static bool replace_part(zip_t *zip, const char *tag)
{
	zip_int64_t part = zip_name_locate(zip, part_name, 0);
	zip_source_t *source;
	struct buf old = { 0 };

	source = part >= 0 && read_part(zip, (zip_uint64_t)part, &old) ? make_source(zip, &old, tag) : NULL;
	buf_clear(&old);
	if (!source)
		return false;
	if (zip_file_replace(zip, (zip_uint64_t)part, source, 0) < 0) {
		zip_source_free(source);
		return false;
	}
	return zip_file_set_dostime(zip, (zip_uint64_t)part, 0, FIRST_DAY, 0) == 0;
}

bool xlsx_set_language(const char *path, const char *tag, struct diags *d)
{
	int error = 0;
	zip_t *zip = zip_open(path, 0, &error);
	bool ok = zip && replace_part(zip, tag);

	if (ok && zip_close(zip) == 0)
		return true;
	diag_fault(d, (struct origin){ .file = path }, "io", "cannot write the workbook: %s",
		zip ? zip_strerror(zip) : "its parts cannot be read");
	if (zip)
		zip_discard(zip);
	return false;
}
