#include "ingest/webpage.h"

#include "ingest/sheetxml.h"

#include <string.h>
#include <strings.h>

/* What a page begins with. Where XML may have such a root, something is inside that makes it a page. */
static const struct {
	const char *tag;
	bool is_sure;
} tags[] = {
	{ "html", true }, { "!doctype html", true }, { "meta", true }, { "script", true }, { "head", false }, { "body", false },
	{ "style", false }, { "title", false }, { "link", false }, { "table", false }, { "div", false }, { "center", false },
	{ "span", false }, { "font", false }, { "form", false }, { "p", false }, { "b", false }, { "h1", false }, { "h2", false },
	{ "h3", false }, { "br", false },
};

static const char *const inside_tags[] = { "tr", "td", "tbody", "thead", "colgroup", "html", "body" };
static const char *const inside_attributes[] = { " border=", " cellspacing=", " cellpadding=" };

static bool begins(const char *s, const char *with)
{
	return !strncasecmp(s, with, strlen(with));
}

/* Behind what may stand before the first tag: blanks, comments, the declaration of XML. */
static const char *find_start(const char *s)
{
	for (;;) {
		const char *end = NULL;

		s += strspn(s, " \t\r\n");
		if (begins(s, "<!--"))
			end = strstr(s, "-->");
		else if (begins(s, "<?"))
			end = strchr(s, '>');
		if (!end)
			return s;
		s = strchr(end, '>') + 1;
	}
}

static bool is_tag(const char *s, const char *tag)
{
	return *s == '<' && begins(s + 1, tag) && strchr(" \t\r\n/>", s[1 + strlen(tag)]);
}

static bool has_page(const char *s)
{
	for (; *s; s++) {
		for (size_t i = 0; *s == '<' && i < sizeof inside_tags / sizeof *inside_tags; i++)
			if (is_tag(s, inside_tags[i]))
				return true;
		for (size_t i = 0; *s == ' ' && i < sizeof inside_attributes / sizeof *inside_attributes; i++)
			if (begins(s, inside_attributes[i]))
				return true;
	}
	return false;
}

enum webpage webpage_kind(const unsigned char *head, size_t n)
{
	char text[READER_HEAD + 1];
	const char *s;

	if (!sheetxml_narrow(head, n, text))
		return WEBPAGE_NONE;
	s = find_start(text);
	if (begins(s, "mime-version:"))
		return WEBPAGE_MHTML;
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (is_tag(s, tags[i].tag))
			return tags[i].is_sure || has_page(s + 1) ? WEBPAGE_HTML : WEBPAGE_NONE;
	return WEBPAGE_NONE;
}
