/* Which figure a published text states: in digits, else as a Roman numeral, else in words. */
#include "compose/numerals.h"

#include "base/numeral.h"
#include "base/utf8.h"
#include "base/words.h"
#include "model/number.h"

#include <string.h>

enum { BARE_DIGITS = 4 };

static void add(struct printed *p, struct ratio x)
{
	if (p->n < PRINTED_MAX)
		p->x[p->n++] = x;
}

/* ---- digits ---- */

/* A minus sign right before the number, and nothing before that which makes it a dash. */
static bool is_negative(const char *text, size_t start)
{
	static const char *const signs[] = { "-", "\u2212" };

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t n = strlen(signs[i]);

		if (start >= n && !memcmp(text + start - n, signs[i], n) && (start == n || text[start - n - 1] == ' '))
			return true;
	}
	return false;
}

/* Of the word behind a number, unless it is part of the unit: "triệu đồng". */
static int64_t scale_behind(const char *s, const char *unit)
{
	static const struct {
		const char *word;
		int64_t value;
	} scales[] = { { "nghìn", 1000 }, { "ngàn", 1000 }, { "triệu", 1000000 }, { "tỷ", 1000000000 }, { "tỉ", 1000000000 } };

	while (*s == ' ' || !strncmp(s, "\u00A0", strlen("\u00A0")))
		s += *s == ' ' ? 1 : strlen("\u00A0");
	for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
		if (!strncmp(s, scales[i].word, strlen(scales[i].word)) && !numeral_is_letter(s + strlen(scales[i].word)))
			return !strncmp(unit, scales[i].word, strlen(scales[i].word)) ? 1 : scales[i].value;
	return 1;
}

static void read_number(const char *text, const struct numeral *numeral, const char *unit, struct printed *p)
{
	const char *s = text + numeral->start;
	const char *comma = memchr(s, ',', numeral->n);
	struct ratio x;

	p->as = PRINTED_FOREIGN;
	if ((numeral->start && strchr(".,", s[-1])) || number_parse(s, numeral->n, 0, &x) != NUMBER_OK)
		return;
	if (is_negative(text, numeral->start))
		x.num = -x.num;
	p->decimals = comma ? (int)(s + numeral->n - comma - 1) : 0;
	p->bare = strspn(s, "0123456789") >= BARE_DIGITS;
	p->scale = scale_behind(s + numeral->n, unit);
	p->as = PRINTED_NUMBER;
	add(p, x);
}

struct numerals {
	struct numeral figure; /* the last of n_figure */
	size_t n_figure;
	struct numeral other; /* of a day, a year, a document: the last of n_other */
	size_t n_other;
};

static struct numerals numerals_of(const char *text, struct arena *a)
{
	struct numerals all = { .n_figure = 0 };
	struct numeral found;

	for (size_t i = 0; numeral_find(text, i, strlen(text), &found, a); i = found.start + found.n) {
		bool is_figure = found.kind == NUMERAL_FIGURE || found.kind == NUMERAL_JOINED;

		*(is_figure ? &all.n_figure : &all.n_other) += 1;
		*(is_figure ? &all.figure : &all.other) = found;
	}
	return all;
}

static void read_figure(const char *text, const struct numerals *all, const char *unit, struct printed *p)
{
	if (all->n_figure > 1 || (all->n_figure && all->figure.kind == NUMERAL_JOINED))
		p->as = PRINTED_SEVERAL;
	else if (all->n_figure)
		read_number(text, &all->figure, unit, p);
}

/* "năm 2023": the number of a day or year is meant where there is no other. */
static void read_other(const char *text, const struct numerals *all, struct printed *p)
{
	if (all->n_other == 1 && strspn(text + all->other.start, "0123456789") == all->other.n)
		read_number(text, &all->other, "", p);
}

/* ---- Roman numerals and words ---- */

static void read_roman(const char *text, struct printed *p, struct arena *a)
{
	while (*text) {
		size_t n = strcspn(text, " /,.;()");
		unsigned value = n ? roman_read(text, n, a) : 0;

		if (value) {
			p->as = PRINTED_ROMAN;
			add(p, ratio_whole(value));
		}
		text += n;
		text += *text != '\0';
	}
}

/* Words that are numbers elsewhere: "cả năm", "một số", "không quá". */
static bool is_other_word(const char *before, const char *word, const char *behind)
{
	static const struct {
		const char *word;
		const char *before; /* each with a space around it */
		const char *behind;
	} others[] = {
		{ "năm", " trong cả hằng hàng mỗi từng đầu cuối giữa các nhiều ", " nay trước sau tới qua đầu kế " },
		{ "một", "", " số phần " },
		{ "không", "", " quá vượt dưới ít kém nhỏ lớn thấp để còn phải " },
		{ "tư", " đầu ", "" },
		{ "ba", "", " ba " },
	};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (!strcmp(others[i].word, word) && (strstr(others[i].before, before) || strstr(others[i].behind, behind)))
			return true;
	return false;
}

static const char *spaced_word(const char *s, size_t n, struct arena *a)
{
	return n ? arena_printf(a, " %s ", arena_slice(a, s, n)) : "\n";
}

static void read_words(const char *text, struct printed *p, struct arena *a)
{
	static const char ends[] = " ,.;:!?()/%";
	const char *s = utf8_fold(text, strlen(text), a);
	const char *before = "\n"; /* in no list */

	while (*s) {
		struct ratio x;
		size_t n = words_read(s, &x, a);
		size_t word = strcspn(s, ends);
		const char *behind = s + (n ? n : word);

		behind += *behind == ' ';
		if (n && !(n == word && is_other_word(before, arena_slice(a, s, n), spaced_word(behind, strcspn(behind, ends), a)))) {
			p->as = PRINTED_WORDS;
			add(p, x);
		}
		before = spaced_word(s, word, a);
		s += n ? n : word;
		s += strspn(s, ends);
	}
}

struct printed printed_read(const char *text, const char *unit, struct arena *a)
{
	struct printed p = { .as = PRINTED_NOTHING, .scale = 1 };
	struct numerals all = numerals_of(text, a);

	read_figure(text, &all, unit, &p);
	if (p.as == PRINTED_NOTHING)
		read_roman(text, &p, a);
	if (p.as == PRINTED_NOTHING)
		read_other(text, &all, &p);
	if (!all.n_figure && !all.n_other && p.as == PRINTED_NOTHING)
		read_words(text, &p, a);
	return p;
}
