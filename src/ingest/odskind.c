#include "ingest/odskind.h"

#include <string.h>

static const struct {
	const char *body;  /* office: element, or NULL */
	const char *media; /* what the media type begins with */
	const char *what;
} kinds[] = {
	{ "text", "application/vnd.oasis.opendocument.text", "a text document (ODT)" },
	{ "presentation", "application/vnd.oasis.opendocument.presentation", "a presentation (ODP)" },
	{ "drawing", "application/vnd.oasis.opendocument.graphics", "a drawing (ODG)" },
	{ "chart", "application/vnd.oasis.opendocument.chart", "a chart" },
	{ "image", "application/vnd.oasis.opendocument.image", "an image" },
	{ "database", "application/vnd.oasis.opendocument.base", "a database (ODB)" },
	{ NULL, "application/vnd.oasis.opendocument.database", "a database (ODB)" },
	{ NULL, "application/vnd.oasis.opendocument.formula", "a formula" },
	{ NULL, "application/vnd.sun.xml.calc", "a spreadsheet of OpenOffice.org 1 (SXC)" },
	{ NULL, "application/vnd.sun.xml", "a document of OpenOffice.org 1" },
	{ NULL, "", "a document of another kind" }, /* the last one */
};

static bool refuse_kind(size_t kind, const char *shown, struct diags *d)
{
	return diag_error(d, (struct origin){ .file = shown }, "format",
		"this is %s and no spreadsheet that can be read; open it and save its table as ODS", diag_say(d, kinds[kind].what));
}

bool ods_check_media(const char *media_type, const char *shown, struct diags *d)
{
	static const char fine[] = "application/vnd.oasis.opendocument.spreadsheet"; /* or -template behind it */
	size_t i = 0;

	if (!strncmp(media_type, fine, strlen(fine)))
		return true;
	while (strncmp(media_type, kinds[i].media, strlen(kinds[i].media)) != 0)
		i++;
	return refuse_kind(i, shown, d);
}

bool ods_other_body(const char *body, const char *shown, struct diags *d)
{
	size_t i = 0;

	while (*kinds[i].media && (!kinds[i].body || strcmp(kinds[i].body, body) != 0))
		i++;
	return refuse_kind(i, shown, d);
}
