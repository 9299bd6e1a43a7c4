/* A long remark stands in several rows, since programs show no more of a row than fits on a screen. A part that another follows ends with a mark;
 * what stands before the mark, spaces too, and the further parts make the text again. */
#include "compose/progresswords.h"

#include "base/utf8.h"

#include <string.h>

/* What a row shows in a column of 190 pt, which sheet.c keeps to. */
enum {
	PART_LINES = 27,  /* of 409 pt */
	LINE_WIDTH = 30,  /* of small letters, with what is left empty where a word wraps */
	WIDE_LETTER = 2,  /* of capitals, and of scripts that are wider still */
};

struct filling {
	unsigned lines;
	unsigned width;
};

static unsigned width_of(uint32_t code)
{
	enum { FIRST_WIDE = 0x2e80 }; /* of the scripts of East Asia */

	if (utf8_is_mark(code))
		return 0;
	return utf8_is_capital(code) || code >= FIRST_WIDE ? WIDE_LETTER : 1;
}

/* Whether the row has room for it. */
static bool fill(struct filling *f, uint32_t code)
{
	unsigned width = width_of(code);

	if (code == '\n' || f->width + width > LINE_WIDTH) {
		f->lines++;
		f->width = 0;
	}
	f->width += code == '\n' ? 0 : width;
	return f->lines < PART_LINES;
}

size_t remark_part(const char *text)
{
	struct filling f = { 0 };
	size_t left = strlen(text), n = 0, word = 0, letter = 0;
	uint32_t code;

	for (size_t length; left && (length = utf8_decode(text + n, left, &code)); n += length, left -= length) {
		bool is_space = code == ' ' || code == '\n';

		if (!is_space && n && (text[n - 1] == ' ' || text[n - 1] == '\n'))
			word = n;
		if (!utf8_is_mark(code))
			letter = n;
		if (!fill(&f, code) && !is_space)
			return word ? word : letter;
	}
	return n + left;
}

const char *remark_part_name(unsigned part, unsigned parts, struct arena *a)
{
	return arena_printf(a, "%u/%u", part, parts);
}
