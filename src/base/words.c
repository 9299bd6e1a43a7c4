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

/* ---- reading ---- */

enum { READ_MAX = 64 }; /* words of a number: more than the largest has */

static const struct spelling {
	const char *word;
	const char *same; /* the spelling that stands for it here; NULL: itself */
	unsigned value;
	enum { WORD_DIGIT, WORD_TEN, WORD_TENS, WORD_HUNDRED, WORD_GAP, WORD_SCALE, WORD_BILLION, WORD_POINT, WORD_MINUS } kind;
} spellings[] = {
	{ "không", NULL, 0, WORD_DIGIT }, { "một", NULL, 1, WORD_DIGIT }, { "mốt", NULL, 1, WORD_DIGIT }, { "hai", NULL, 2, WORD_DIGIT },
	{ "ba", NULL, 3, WORD_DIGIT }, { "bốn", NULL, 4, WORD_DIGIT }, { "tư", "bốn", 4, WORD_DIGIT }, { "năm", NULL, 5, WORD_DIGIT },
	{ "lăm", NULL, 5, WORD_DIGIT }, { "nhăm", "lăm", 5, WORD_DIGIT }, { "sáu", NULL, 6, WORD_DIGIT }, { "bảy", NULL, 7, WORD_DIGIT },
	{ "bẩy", "bảy", 7, WORD_DIGIT }, { "tám", NULL, 8, WORD_DIGIT }, { "chín", NULL, 9, WORD_DIGIT }, { "mười", NULL, 0, WORD_TEN },
	{ "mươi", NULL, 0, WORD_TENS }, { "trăm", NULL, 0, WORD_HUNDRED }, { "linh", NULL, 0, WORD_GAP }, { "lẻ", "linh", 0, WORD_GAP },
	{ "nghìn", NULL, 1000, WORD_SCALE }, { "ngàn", "nghìn", 1000, WORD_SCALE }, { "triệu", NULL, 1000000, WORD_SCALE },
	{ "tỷ", NULL, 0, WORD_BILLION }, { "tỉ", "tỷ", 0, WORD_BILLION }, { "phẩy", NULL, 0, WORD_POINT }, { "âm", NULL, 0, WORD_MINUS },
};

struct spelled {
	const struct spelling *word[READ_MAX];
	size_t end[READ_MAX]; /* bytes of the text up to and with the word */
	size_t n;
};

static const struct spelling *find_spelling(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
		if (strlen(spellings[i].word) == n && !memcmp(spellings[i].word, s, n))
			return &spellings[i];
	return NULL;
}

bool words_has(const char *word, size_t n)
{
	return find_spelling(word, n);
}

static const char *spelling_of(const struct spelling *s)
{
	return s->same ? s->same : s->word;
}

/* The words of numbers that the text begins with. */
static struct spelled split_words(const char *text)
{
	struct spelled s = { .n = 0 };

	for (size_t i = 0; text[i] && s.n < READ_MAX;) {
		size_t n = strcspn(text + i, " \t\r\n.,;:!?()/%");
		const struct spelling *word = find_spelling(text + i, n);

		if (!word)
			break;
		i += n;
		s.word[s.n] = word;
		s.end[s.n++] = i;
		if (text[i] != ' ')
			break;
		i++;
	}
	return s;
}

/* What the words come to, whether or not anybody would say them so; false where it is too large. */
static bool add_up(const struct spelled *s, size_t from, size_t to, uint64_t *sum)
{
	uint64_t billions = 0;	 /* all that stands before the last tỷ */
	uint64_t thousands = 0;	 /* behind it, before the last nghìn or triệu */
	uint64_t group = 0;
	uint64_t last = 0; /* digit */
	uint64_t more;

	for (size_t i = from; i < to; i++)
		switch (s->word[i]->kind) {
		case WORD_DIGIT:
			last = s->word[i]->value;
			group += last;
			break;
		case WORD_TEN:
			group += 10;
			break;
		case WORD_TENS:
			group += last * 9;
			break;
		case WORD_HUNDRED:
			group += last * 99;
			break;
		case WORD_SCALE:
			thousands += group * s->word[i]->value;
			group = 0;
			break;
		case WORD_BILLION:
			more = thousands || group ? thousands + group : billions;
			billions = thousands || group ? billions : 0;
			if (__builtin_mul_overflow(more, (uint64_t)1000000000, &more) || __builtin_add_overflow(billions, more, &billions))
				return false;
			thousands = 0;
			group = 0;
			break;
		case WORD_GAP:
			break;
		case WORD_POINT:
		case WORD_MINUS:
			return false;
		}
	return !__builtin_add_overflow(billions, thousands + group, sum);
}

/* Behind the point: zeros, then a number, or digits one by one. */
static bool put_read_decimals(const struct spelled *s, size_t from, size_t to, struct buf *b)
{
	bool one_by_one = true;
	uint64_t n;

	for (size_t i = from; i < to; i++)
		one_by_one = one_by_one && s->word[i]->kind == WORD_DIGIT;
	for (; from < to && (one_by_one || (s->word[from]->kind == WORD_DIGIT && !s->word[from]->value)); from++)
		buf_printf(b, "%u", s->word[from]->value);
	if (from == to)
		return true;
	if (!add_up(s, from, to, &n))
		return false;
	buf_printf(b, "%llu", (unsigned long long)n);
	return true;
}

static bool read_first(const struct spelled *s, size_t to, struct ratio *x)
{
	size_t from = s->word[0]->kind == WORD_MINUS;
	size_t point = from;
	struct buf b = { 0 };
	uint64_t whole;
	bool ok;

	while (point < to && s->word[point]->kind != WORD_POINT)
		point++;
	ok = point > from && point + 1 != to && add_up(s, from, point, &whole);
	if (ok) {
		buf_printf(&b, "%s%llu", from ? "-" : "", (unsigned long long)whole);
		if (point < to)
			buf_putc(&b, '.');
		ok = (point == to || put_read_decimals(s, point + 1, to, &b)) && ratio_parse(b.text, b.n, x);
	}
	buf_clear(&b);
	return ok;
}

static bool is_said_so(const struct spelled *s, size_t to, struct ratio x, struct arena *a)
{
	const char *words = words_text(x, 0, a);
	struct spelled own;

	if (!words)
		return false;
	own = split_words(words);
	for (size_t i = 0; i < to && i < own.n; i++)
		if (strcmp(spelling_of(s->word[i]), spelling_of(own.word[i])) != 0)
			return false;
	return own.n == to;
}

size_t words_read(const char *text, struct ratio *x, struct arena *a)
{
	struct spelled s = split_words(text);

	for (size_t n = s.n; n; n--)
		if (read_first(&s, n, x) && is_said_so(&s, n, *x, a))
			return s.end[n - 1];
	return 0;
}

const char *words_capital(const char *words, struct arena *a)
{
	uint32_t code;
	size_t n = utf8_decode(words, strlen(words), &code);

	return arena_printf(a, "%s%s", utf8_upper(arena_slice(a, words, n), a), words + n);
}
