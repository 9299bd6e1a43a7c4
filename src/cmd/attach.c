#include "cmd/attach.h"

#include "ingest/limits.h"

#include <string.h>

/* What the name of a source says of its kind. */
static const struct {
	const char *suffix;
	const char *mime;
} kinds[] = {
	{ ".csv", "text/csv" },
	{ ".txt", "text/plain" },
	{ ".xml", "application/xml" },
	{ ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
	{ ".xls", "application/vnd.ms-excel" },
	{ ".ods", "application/vnd.oasis.opendocument.spreadsheet" },
	{ ".fods", "application/vnd.oasis.opendocument.spreadsheet-flat-xml" },
};

static bool ends_with(const char *s, const char *suffix)
{
	size_t n = strlen(s);
	size_t n_suffix = strlen(suffix);

	if (n < n_suffix)
		return false;
	for (size_t i = 0; i < n_suffix; i++) {
		char c = s[n - n_suffix + i];

		if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != suffix[i])
			return false;
	}
	return true;
}

static const char *mime_of(const char *name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (ends_with(name, kinds[i].suffix))
			return kinds[i].mime;
	return "application/octet-stream";
}

/* "./data.csv" is data.csv. */
static const char *plain_path(const char *href)
{
	while (href[0] == '.' && href[1] == '/')
		for (href += 2; *href == '/'; href++)
			;
	return href;
}

static struct attachment *find_attachment(struct attachment *attachment, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(attachment[i].name, name))
			return &attachment[i];
	return NULL;
}

bool attach_sources(const struct job *job, struct arena *a, struct pdf_options *options, struct diags *d)
{
	struct attachment *attachment = ARENA_ARRAY(a, job->n_source, struct attachment);
	size_t left = ATTACHED_MAX;
	size_t n = 0;

	for (size_t i = 0; i < job->n_source; i++) {
		const struct source *source = &job->source[i];
		const char *name = plain_path(source->href);
		struct attachment *same = find_attachment(attachment, n, name);
		struct bytes bytes;

		if (source->reg) {
			diag_note(d, source->at, "attach", "the register '%s' is not put into the PDF: what it says of persons stays where it is",
				source->href);
			continue;
		}
		if (same) {
			same->description = arena_printf(a, "%s, %s", same->description, source->id);
			continue;
		}
		if (!file_read(source->path, source->shown, ATTACHED_MAX, a, &bytes, d))
			return false;
		if (bytes.n > left)
			return diag_error(d, source->at, "limit",
				"the sources are more than %d bytes together, which is too much for a PDF; build without --attach",
				ATTACHED_MAX);
		left -= bytes.n;
		attachment[n++] = (struct attachment){ name, mime_of(name), bytes, "Source", source->id };
	}
	options->attachment = attachment;
	options->n_attachment = n;
	return true;
}
