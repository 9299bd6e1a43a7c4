#include "cmd/filekind.h"

#include <string.h>

static const struct {
	const char *magic;
	size_t n;
	enum file_kind kind;
	const char *what;
} heads[] = {
	{ "PK\003\004", 4, FILE_ZIP, "a ZIP file" },
	{ "PK\005\006", 4, FILE_OTHER, "an empty ZIP file" },
	{ "%PDF-", 5, FILE_PDF, "a PDF" },
	{ "\xD0\xCF\x11\xE0", 4, FILE_OTHER, "a file of Excel or Word 97-2003, or one that a password protects" },
	{ "{\\rtf", 5, FILE_OTHER, "an RTF text" },
	{ "\x89PNG", 4, FILE_OTHER, "a picture" },
	{ "\xFF\xD8\xFF", 3, FILE_OTHER, "a picture" },
	{ "GIF8", 4, FILE_OTHER, "a picture" },
	{ "\x1F\x8B", 2, FILE_OTHER, "a compressed file" },
	{ "Rar!", 4, FILE_OTHER, "a compressed file" },
	{ "7z\xBC\xAF\x27\x1C", 6, FILE_OTHER, "a compressed file" },
	{ "<?xml", 5, FILE_OTHER, "XML" },
	{ "\xEF\xBB\xBF<?xml", 8, FILE_OTHER, "XML" },
	{ "\xFF\xFE", 2, FILE_OTHER, "a plain text" }, /* UTF-16 */
	{ "\xFE\xFF", 2, FILE_OTHER, "a plain text" },
};

static bool is_control(char c)
{
	return (unsigned char)c < ' ' && c != '\t' && c != '\n' && c != '\r';
}

/* In any encoding of bytes. A PDF that something stands in front of is none. */
static bool is_text(const char *head, size_t n)
{
	static const char pdf[] = "%PDF-";

	for (size_t i = 0; i < n; i++)
		if (is_control(head[i]) || (n - i >= sizeof pdf - 1 && !memcmp(head + i, pdf, sizeof pdf - 1)))
			return false;
	return true;
}

struct file_look file_look(const char *head, size_t n, const struct diags *d)
{
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (n >= heads[i].n && !memcmp(head, heads[i].magic, heads[i].n))
			return (struct file_look){ heads[i].kind, diag_say(d, heads[i].what) };
	if (n && is_text(head, n))
		return (struct file_look){ FILE_OTHER, *head == '<' ? diag_say(d, "XML") : diag_say(d, "a plain text") };
	return (struct file_look){ FILE_UNKNOWN, NULL };
}
