#include "base/words.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

enum { SAID_AS_NUMBER = 3 }; /* most decimals, zeros before them left out, that are said as one number */

static const char *const digits[] = { "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín" };

static void put(struct buf *b, const char *word)
{
	if (b->n)
		buf_putc(b, ' ');
	buf_puts(b, word);
}

static const char *unit_word(unsigned tens, unsigned unit)
{
	if (tens >= 2 && unit == 1)
		return "mốt";
	if (tens >= 2 && unit == 4)
		return "tư";
	if (tens >= 1 && unit == 5)
		return "lăm";
	return digits[unit];
}

/* 1 to 999; the first group of a number has no "không trăm" and no "linh". */
static void put_group(struct buf *b, unsigned group, bool first, enum words_flags flags)
{
	unsigned hundreds = group / 100;
	unsigned tens = group / 10 % 10;
	unsigned unit = group % 10;
	bool has_hundreds = hundreds || !first;

	if (has_hundreds) {
		put(b, digits[hundreds]);
		put(b, "trăm");
	}
	if (tens == 1) {
		put(b, "mười");
	} else if (tens) {
		put(b, digits[tens]);
		put(b, "mươi");
	} else if (unit && has_hundreds) {
		put(b, flags & WORDS_LE ? "lẻ" : "linh");
	}
	if (unit)
		put(b, unit_word(tens, unit));
}

/* Sections of nine digits, each of three groups. */
static void put_whole(struct buf *b, uint64_t n, enum words_flags flags)
{
	static const struct {
		uint64_t value;
		const char *name;
	} sections[] = { { 1000000000000000000, "tỷ tỷ" }, { 1000000000, "tỷ" }, { 1, NULL } };
	static const struct {
		unsigned value;
		const char *name;
	} groups[] = { { 1000000, "triệu" }, { 1000, "nghìn" }, { 1, NULL } };
	bool first = true;

	if (!n)
		put(b, digits[0]);
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
		unsigned section = (unsigned)(n / sections[i].value % 1000000000);

		for (size_t k = 0; k < sizeof groups / sizeof *groups; k++) {
			unsigned group = section / groups[k].value % 1000;

			if (!group)
				continue;
			put_group(b, group, first, flags);
			first = false;
			if (groups[k].name)
				put(b, groups[k].name);
		}
		if (section && sections[i].name)
			put(b, sections[i].name);
	}
}

/* The digits behind the point; the last is not 0. */
static void put_decimals(struct buf *b, const char *s, enum words_flags flags)
{
	unsigned n = 0;

	for (; *s == '0'; s++)
		put(b, digits[0]);
	if (strlen(s) > SAID_AS_NUMBER) {
		for (; *s; s++)
			put(b, digits[*s - '0']);
		return;
	}
	for (; *s; s++)
		n = n * 10 + (unsigned)(*s - '0');
	put_whole(b, n, flags);
}

const char *words_text(struct ratio x, enum words_flags flags, struct arena *a)
{
	const char *exact = ratio_exact(x, a);
	const char *point = strchr(exact, '.');
	uint64_t n = x.num < 0 ? -(uint64_t)x.num : (uint64_t)x.num;
	struct buf b = { 0 };
	const char *words;

	if (strchr(exact, '/'))
		return NULL;
	if (x.num < 0)
		put(&b, "âm");
	put_whole(&b, n / (uint64_t)x.den, flags);
	if (point) {
		put(&b, "phẩy");
		put_decimals(&b, point + 1, flags);
	}
	words = flags & WORDS_CAPITAL ? words_capital(b.text, a) : arena_slice(a, b.text, b.n);
	buf_clear(&b);
	return words;
}

const char *words_capital(const char *words, struct arena *a)
{
	uint32_t code;
	size_t n = utf8_decode(words, strlen(words), &code);

	return arena_printf(a, "%s%s", utf8_upper(arena_slice(a, words, n), a), words + n);
}
