/* TrueType programs, as much of them as tells which glyphs there are, how wide, and for which characters.
 *
 * Source: ISO/IEC 14496-22 (head, hhea, hmtx, maxp, cmap formats 0, 4 and 6) */
#include "pdf/linting.h"

#include <string.h>

enum { TABLE_ROW = 16, SYMBOLS = 0xF000 };

static unsigned u16(const struct truetype *t, size_t at)
{
	return at + 2 <= t->n ? (unsigned)t->data[at] << 8 | t->data[at + 1] : 0;
}

static size_t u32(const struct truetype *t, size_t at)
{
	return (size_t)u16(t, at) << 16 | u16(t, at + 2);
}

/* 0: the table is not there, or shorter than that. */
static size_t find_table(const struct truetype *t, const char *tag, size_t at_least)
{
	unsigned n = u16(t, 4);

	for (size_t i = 0; i < n; i++) {
		size_t row = 12 + i * TABLE_ROW;

		if (row + TABLE_ROW > t->n)
			return 0;
		if (memcmp(t->data + row, tag, 4) == 0) {
			size_t at = u32(t, row + 8);
			size_t size = u32(t, row + 12);

			return at <= t->n && size <= t->n - at && size >= at_least ? at : 0;
		}
	}
	return 0;
}

/* Of Unicode (3,1), else of symbols (3,0), else of the Macintosh (1,0). */
static void find_cmap(struct truetype *t)
{
	size_t cmap = find_table(t, "cmap", 4);
	unsigned n = cmap ? u16(t, cmap + 2) : 0;
	unsigned best = 0;

	for (size_t i = 0; i < n; i++) {
		size_t row = cmap + 4 + i * 8;
		unsigned kind = u16(t, row) << 8 | u16(t, row + 2);
		unsigned rank = kind == 0x301 ? 3 : kind == 0x300 ? 2 : kind == 0x100 ? 1 : 0;

		if (rank > best) {
			best = rank;
			t->cmap = cmap + u32(t, row + 4);
			t->is_symbol = rank != 3;
		}
	}
}

bool truetype_open(struct bytes b, struct truetype *t)
{
	size_t head;
	size_t hhea;
	size_t maxp;

	*t = (struct truetype){ .data = (const unsigned char *)b.data, .n = b.n };
	if (b.n < 12 || (u32(t, 0) != 0x10000 && u32(t, 0) != 0x74727565))
		return false;
	head = find_table(t, "head", 54);
	hhea = find_table(t, "hhea", 36);
	maxp = find_table(t, "maxp", 6);
	if (!head || !hhea || !maxp || !find_table(t, "glyf", 0) || !find_table(t, "loca", 2))
		return false;
	t->em = u16(t, head + 18);
	t->n_metric = u16(t, hhea + 34);
	t->n_glyph = u16(t, maxp + 4);
	t->hmtx = find_table(t, "hmtx", (size_t)t->n_metric * 4);
	find_cmap(t);
	return t->em && t->n_metric && t->hmtx;
}

unsigned truetype_width(const struct truetype *t, unsigned glyph)
{
	unsigned metric = glyph < t->n_metric ? glyph : t->n_metric - 1;

	return u16(t, t->hmtx + (size_t)metric * 4);
}

static unsigned in_segments(const struct truetype *t, uint32_t character)
{
	size_t segments = u16(t, t->cmap + 6) / 2;
	size_t ends = t->cmap + 14;
	size_t starts = ends + segments * 2 + 2;
	size_t deltas = starts + segments * 2;
	size_t offsets = deltas + segments * 2;

	for (size_t i = 0; i < segments; i++) {
		unsigned start = u16(t, starts + i * 2);
		unsigned offset = u16(t, offsets + i * 2);
		unsigned glyph;

		if (character > u16(t, ends + i * 2))
			continue;
		if (character < start)
			return 0;
		glyph = offset ? u16(t, offsets + i * 2 + offset + (character - start) * 2) : character;
		return glyph || !offset ? (glyph + u16(t, deltas + i * 2)) & 0xFFFF : 0;
	}
	return 0;
}

static unsigned in_cmap(const struct truetype *t, uint32_t character)
{
	unsigned first;

	switch (u16(t, t->cmap)) {
	case 0:
		return character < 256 && t->cmap + 6 + character < t->n ? t->data[t->cmap + 6 + character] : 0;
	case 4:
		return character < 0x10000 ? in_segments(t, character) : 0;
	case 6:
		first = u16(t, t->cmap + 6);
		return character >= first && character - first < u16(t, t->cmap + 8) ? u16(t, t->cmap + 10 + (character - first) * 2) : 0;
	default:
		return 0;
	}
}

unsigned truetype_glyph(const struct truetype *t, uint32_t character)
{
	unsigned glyph = t->cmap ? in_cmap(t, character) : 0;

	return glyph || !t->is_symbol || !t->cmap || character > 255 ? glyph : in_cmap(t, SYMBOLS + character);
}
