/* Which figure a published text states: in digits, else as a Roman numeral, else in words. */
#include "compose/numerals.h"

#include "base/numeral.h"
#include "base/utf8.h"
#include "base/words.h"
#include "model/number.h"

#include <string.h>

enum {
	BARE_DIGITS = 4,
	FOUND_MAX = 8,	  /* numbers of one kind in a text: more are as many as it takes to be several */
	BESIDE_MAX = 60, /* [bytes] between a number and the same in words */
};

/* A text as it is read. */
struct reading {
	const char *text;
	const char *folded;
	const struct printed_hints *hints;
	struct arena *a;
};

/* ---- digits ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

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

/* What stands behind the number. */
static void read_measure(const struct reading *r, const char *behind, struct measure *m, struct printed *p)
{
	*m = measure_read(behind, &r->hints->units);
	p->fit = measure_fit(m, &r->hints->units, &p->scale, r->a);
	p->measure = utf8_fold(behind, m->n, r->a);
}

/* Half more of what the number counts: "2 triệu rưỡi". False where nobody says so: "2,5 rưỡi". */
static bool add_half(struct printed *p, struct ratio half)
{
	struct diags scratch = { .quiet = true };

	p->decimals = 1;
	return p->x.den == 1 && p->x.num >= 0 && ratio_add(p->x, half, (struct origin){ 0 }, &p->x, &scratch);
}

static bool word_is(const char *s, size_t n, const char *word)
{
	return strlen(word) == n && !memcmp(s, word, n);
}

static size_t word_length(const char *s)
{
	return strcspn(s, " ,.;:!?()/%");
}

/* The end of the words right behind a number that make another number of it, or NULL. said: it is in words itself. */
static const char *changing_words(const char *behind, bool said)
{
	static const char *const changing[] = { "nửa", "rưỡi", "mốt", "lăm", "nhăm", "mươi", "tá", NULL };
	const char *word = behind + (*behind == ' ');
	size_t n = *behind == ' ' ? word_length(word) : 0;
	const char *next = word + n + (word[n] == ' ');

	for (size_t i = 0; changing[i]; i++)
		if (word_is(word, n, changing[i]))
			return word + n;
	if (word_is(next, word_length(next), "rưỡi")) /* hai năm rưỡi */
		return next + word_length(next);
	if (word_is(word, n, "phần") && (is_digit(*next) || words_has(next, word_length(next))))
		return next + word_length(next);
	return said && n && words_has(word, n) && !word_is(word, n, "năm") && !word_is(word, n, "không") ? word + n : NULL;
}

static void set_unreadable(const struct reading *r, const char *from, const char *to, struct printed *p)
{
	p->as = PRINTED_UNREADABLE;
	p->part = arena_slice(r->a, from, (size_t)(to - from));
}

/* False for a number of more decimals than can be compared; zeros at its end are fine. */
static bool read_decimals(const char *s, const char *end, struct printed *p)
{
	const char *comma = memchr(s, ',', (size_t)(end - s));
	ptrdiff_t decimals = comma ? end - comma - 1 : 0;
	struct diags scratch = { .quiet = true };
	struct ratio rounded;

	p->decimals = decimals < RATIO_DECIMALS ? (int)decimals : RATIO_DECIMALS;
	return ratio_round(p->x, p->decimals, ROUND_TRUNCATE, (struct origin){ 0 }, &rounded, &scratch)
	       && !ratio_compare(rounded, p->x);
}

static void read_number(const struct reading *r, const struct numeral *numeral, struct printed *p)
{
	const char *s = r->folded + numeral->start;
	const char *end = s + numeral->n;
	enum number_found found = number_parse(s, numeral->n, 0, &p->x);
	const char *change;
	struct measure m;

	p->as = PRINTED_FOREIGN;
	if ((numeral->start && strchr(".,", s[-1])) || (found != NUMBER_OK && found != NUMBER_TOO_LARGE))
		return;
	if (found == NUMBER_TOO_LARGE || !read_decimals(s, end, p)) {
		set_unreadable(r, s, end, p);
		return;
	}
	if (is_negative(r->folded, numeral->start))
		p->x.num = -p->x.num;
	p->as = PRINTED_NUMBER;
	p->bare = strspn(s, "0123456789") >= BARE_DIGITS;
	end += *end == ')' && numeral->start && s[-1] == '('; /* tám triệu (8.000.000) đồng */
	read_measure(r, end, &m, p);
	change = changing_words(end + m.n, false);
	if (change || (m.half && !add_half(p, (struct ratio){ 1, 2 })))
		set_unreadable(r, s, change ? change : end + m.n, p);
}

/* ---- words ---- */

/* A number in words. */
struct said {
	size_t start;
	size_t end;
	struct ratio x;
	const char *change; /* behind the words that make another number of it, or NULL */
};

struct all_said {
	struct said said[FOUND_MAX];
	size_t n;
};

/* Words that are numbers elsewhere: "cả năm", "một số", "không quá", "đầu tư". */
static bool is_other_word(const char *before, const char *word, const char *behind)
{
	static const struct {
		const char *word;
		const char *before; /* each with a space around it */
		const char *behind;
	} others[] = {
		{ "năm", " trong cả hằng hàng mỗi từng đầu cuối giữa các nhiều ", " nay trước sau tới qua đầu kế " },
		{ "một", "", " số phần cách loạt vài ít " },
		{ "không", "", " quá vượt dưới ít kém nhỏ lớn thấp để còn phải " },
		{ "tư", " đầu vật ", " nhân pháp vấn liệu tưởng cách " },
		{ "ba", "", " ba " },
	};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (!strcmp(others[i].word, word) && (strstr(others[i].before, before) || strstr(others[i].behind, behind)))
			return true;
	return !strcmp(before, " thứ ");
}

static const char *spaced_word(const char *s, size_t n, struct arena *a)
{
	return n ? arena_printf(a, " %s ", arena_slice(a, s, n)) : "\n"; /* in no list */
}

/* "năm" is a year right behind a number and before digits: mười năm, 3 năm, năm 2023. */
static bool is_year(const char *folded, size_t i, const struct all_said *all)
{
	size_t n = strlen("năm");
	bool behind = i && folded[i - 1] == ' ' && ((i > 1 && is_digit(folded[i - 2])) || (all->n && all->said[all->n - 1].end + 1 == i));

	return !strncmp(folded + i, "năm", n) && (behind || (folded[i + n] == ' ' && is_digit(folded[i + n + 1])));
}

static bool is_number_there(const struct reading *r, size_t i, size_t n, const char *before, const struct all_said *all)
{
	size_t word = word_length(r->folded + i);
	const char *behind = r->folded + i + n;

	if (changing_words(behind, false)) /* một phần ba */
		return true;
	behind += *behind == ' ';
	return n != word
	       || (!is_year(r->folded, i, all)
		       && !is_other_word(before, arena_slice(r->a, r->folded + i, n), spaced_word(behind, word_length(behind), r->a)));
}

static void find_said(const struct reading *r, struct all_said *all)
{
	const char *before = "\n";
	size_t i = 0;

	while (r->folded[i] && all->n < FOUND_MAX) {
		struct ratio x;
		size_t n = words_read(r->folded + i, &x, r->a);
		size_t word = word_length(r->folded + i);
		struct measure m = { .n = 0 };

		if (n && is_number_there(r, i, n, before, all)) {
			m = measure_read(r->folded + i + n, &r->hints->units);
			all->said[all->n++]
				= (struct said){ i, i + n, x, changing_words(r->folded + i + n + m.n, m.kind == MEASURE_NONE) };
		}
		before = spaced_word(r->folded + i, word, r->a);
		i += n ? n : word;
		i += r->folded[i] != '\0' && !word_length(r->folded + i);
	}
}

/* "không" is a number where there is no other. */
static void drop_negations(struct all_said *all)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n && all->n > 1; i++)
		if (all->said[i].x.num)
			all->said[n++] = all->said[i];
	if (n)
		all->n = n;
}

/* What "rưỡi" adds behind these words, half of the last of them: hai triệu rưỡi, một trăm rưỡi, hai rưỡi. 0: nobody says so. */
static struct ratio half_of(const struct reading *r, const struct said *said)
{
	static const struct {
		const char *word;
		struct ratio half;
	} halves[] = { { "trăm", { 50, 1 } }, { "nghìn", { 500, 1 } }, { "ngàn", { 500, 1 } }, { "triệu", { 500000, 1 } },
		{ "tỷ", { 500000000, 1 } }, { "tỉ", { 500000000, 1 } } };
	const char *end = r->folded + said->end;

	for (size_t i = 0; i < sizeof halves / sizeof *halves; i++) {
		size_t n = strlen(halves[i].word);

		if (said->end - said->start > n && !memcmp(end - n, halves[i].word, n))
			return halves[i].half;
	}
	return said->x.den == 1 && said->x.num <= 10 ? (struct ratio){ 1, 2 } : ratio_whole(0);
}

/* Whether millions are said of a figure that is counted in them: "năm tỷ", of triệu đồng. Such words are of đồng. */
static bool says_money(const struct reading *r, const struct said *said)
{
	const char *words = arena_slice(r->a, r->folded + said->start, said->end - said->start);

	return strstr(words, "triệu") || strstr(words, "tỷ") || strstr(words, "tỉ");
}

static void read_said(const struct reading *r, const struct said *said, struct printed *p)
{
	static const struct measure money = { .kind = MEASURE_MONEY, .scale = 1 };
	const char *start = r->folded + said->start;
	const char *end = r->folded + said->end;
	struct measure m;
	struct ratio half;

	p->as = PRINTED_WORDS;
	p->x = said->x;
	read_measure(r, end, &m, p);
	if (m.kind == MEASURE_NONE && m.scale == 1 && says_money(r, said)
		&& measure_fit(&money, &r->hints->units, &half, r->a) == MEASURE_FITS && half.den > 1)
		p->scale = half;
	half = m.scale > 1 ? (struct ratio){ 1, 2 } : half_of(r, said);
	if (said->change || (m.half && (!half.num || !add_half(p, half))))
		set_unreadable(r, start, said->change ? said->change : end + m.n, p);
}

static void read_words(const struct reading *r, struct printed *p)
{
	struct all_said all = { .n = 0 };

	find_said(r, &all);
	drop_negations(&all);
	if (!all.n)
		return;
	read_said(r, &all.said[0], p);
	for (size_t i = 1; i < all.n && p->as != PRINTED_UNREADABLE; i++)
		if (ratio_compare(all.said[i].x, all.said[0].x) != 0)
			p->as = PRINTED_SEVERAL;
}

/* ---- digits and words of one number: 90 (chín mươi) hộ; chín mươi (90) hộ ---- */

static size_t skip_words(const char *s, const char *const *words)
{
	size_t n = 0;

	for (; *words; words++)
		if (!strncmp(s + n, *words, strlen(*words)))
			n += strlen(*words);
	return n;
}

/* The bracket behind the number, with its words' place; SIZE_MAX: there is none. */
static size_t words_behind(const struct reading *r, const struct numeral *numeral)
{
	static const char *const lead[] = { "viết ", "bằng chữ", " là", ":", " ", NULL };
	const char *end = r->folded + numeral->start + numeral->n;
	size_t n = strcspn(end, "(,;:");

	if (end[n] != '(' || n > BESIDE_MAX)
		return SIZE_MAX;
	n++;
	return (size_t)(end + n + skip_words(end + n, lead) - r->folded);
}

/* Whether the bracket holds that number and nothing else: its unit may stand there again. */
static bool is_whole_bracket(const struct reading *r, const struct numeral *numeral, const struct said *said)
{
	const char *end = r->folded + numeral->start + numeral->n;
	const char *bracket = strchr(end, '(');
	const char *rest = r->folded + said->end;
	struct measure m = measure_read(rest, &r->hints->units);
	size_t n = strcspn(rest, ")");
	size_t between = bracket ? (size_t)(bracket - end) : 0;

	if (bracket && !strncmp(bracket, "(bằng chữ", strlen("(bằng chữ")))
		return true;
	while (between && end[between - 1] == ' ')
		between--;
	return said->change || m.n == n || (n == between && !strncmp(rest, end, n));
}

static bool find_beside(const struct reading *r, const struct numeral *numeral, struct said *found)
{
	struct all_said all = { .n = 0 };
	size_t behind = words_behind(r, numeral);
	const char *end = r->folded + numeral->start + numeral->n;
	bool in_bracket = numeral->start > 1 && r->folded[numeral->start - 1] == '(' && *end == ')';

	if (behind == SIZE_MAX && !in_bracket)
		return false;
	find_said(r, &all);
	for (size_t i = 0; i < all.n; i++) {
		bool before = in_bracket && r->folded + all.said[i].end + strspn(r->folded + all.said[i].end, " ") + 1 == r->folded + numeral->start;

		*found = all.said[i];
		if (before || (found->start == behind && is_whole_bracket(r, numeral, found)))
			return true;
	}
	return false;
}

/* Both are kept: neither may be wrong. */
static void read_beside(const struct reading *r, const struct numeral *numeral, struct printed *p)
{
	struct diags scratch = { .quiet = true };
	struct printed words = { .scale = ratio_whole(1) };
	struct said said;

	if (p->as != PRINTED_NUMBER || !find_beside(r, numeral, &said))
		return;
	read_said(r, &said, &words);
	if (words.as == PRINTED_UNREADABLE || !ratio_mul(words.x, words.scale, (struct origin){ 0 }, &p->words, &scratch)) {
		p->as = PRINTED_UNREADABLE;
		p->part = words.part ? words.part : r->folded;
		return;
	}
	p->has_words = true;
}

/* ---- which numeral ---- */

struct numerals {
	struct numeral figure; /* the last of n_figure */
	size_t n_figure;
	struct numeral other; /* of a day, a year, a document: the last of n_other */
	size_t n_other;
};

static struct numerals numerals_of(const struct reading *r)
{
	struct numerals all = { .n_figure = 0 };
	struct numeral found;

	for (size_t i = 0; numeral_find(r->folded, i, strlen(r->folded), &found, r->a); i = found.start + found.n) {
		bool is_figure = found.kind == NUMERAL_FIGURE || found.kind == NUMERAL_JOINED;

		if (numeral_ends_word(r->folded, &found))
			continue;
		*(is_figure ? &all.n_figure : &all.n_other) += 1;
		*(is_figure ? &all.figure : &all.other) = found;
	}
	return all;
}

static void read_figure(const struct reading *r, const struct numerals *all, struct printed *p)
{
	if (all->n_figure > 1 || (all->n_figure && all->figure.kind == NUMERAL_JOINED)) {
		p->as = PRINTED_SEVERAL;
	} else if (all->n_figure) {
		read_number(r, &all->figure, p);
		read_beside(r, &all->figure, p);
	}
}

/* "năm 2023": the number of a day or year is meant where there is no other. */
static void read_other(const struct reading *r, const struct numerals *all, struct printed *p)
{
	const char *s = r->folded + all->other.start;

	if (all->n_other != 1 || strspn(s, "0123456789") != all->other.n || number_parse(s, all->other.n, NUMBER_WHOLE, &p->x) != NUMBER_OK)
		return;
	p->as = PRINTED_NUMBER;
	p->bare = true;
}

/* ---- Roman numerals ---- */

/* What is numbered so. A figure that is called by a `telling` one is meant by no numeral behind another. */
static const struct roman_kind {
	const char *word; /* with a space around it */
	bool telling;
} roman_kinds[] = {
	{ " quý ", true }, { " chương ", true }, { " mục ", false }, { " phần ", false }, { " điều ", false }, { " khoản ", false },
	{ " lục ", false }, { " đoạn ", false }, { " loại ", false }, { " hạng ", false }, { " cấp ", false }, { " bậc ", false },
	{ " đợt ", false }, { " kỳ ", false }, { " nhóm ", false }, { " vùng ", false }, { " vực ", false }, { " khóa ", false },
	{ " bước ", false }, { " tập ", false }, { " bảng ", false }, { " biểu ", false }, { " tháng ", false },
};

enum { N_ROMAN_KIND = sizeof roman_kinds / sizeof *roman_kinds };

static const struct roman_kind no_kind = { "", false };

struct roman {
	unsigned value;
	const struct roman_kind *kind; /* no_kind: it stands alone */
};

/* NULL: none stands before the place. */
static const struct roman_kind *kind_before(const struct reading *r, size_t i)
{
	const char *word = numeral_word_before(r->text, i, r->a);

	for (size_t k = 0; k < N_ROMAN_KIND; k++)
		if (!strcmp(roman_kinds[k].word, word))
			return &roman_kinds[k];
	return NULL;
}

/* II; II/2021; II năm 2021 */
static bool is_alone(const char *text, size_t i, size_t n)
{
	return !i && (!text[n] || text[n] == '/' || !strncmp(text + n, " năm ", strlen(" năm ")));
}

/* A dash is no part of a word here: I-III. */
static bool is_in_word(const char *text, size_t i, size_t n)
{
	struct numeral place = { .start = i, .n = n };

	return numeral_is_letter(text + i + n) || (numeral_ends_word(text, &place) && text[i - 1] != '-');
}

static size_t find_romans(const struct reading *r, struct roman found[FOUND_MAX])
{
	static const char letters[] = "IVXLCDM";
	const struct roman_kind *kind = NULL; /* goes on: quý I và II */
	size_t n_found = 0;
	size_t n;

	for (size_t i = strcspn(r->text, letters); r->text[i] && n_found < FOUND_MAX; i += n, i += strcspn(r->text + i, letters)) {
		unsigned value;
		const struct roman_kind *own;

		n = strspn(r->text + i, letters);
		value = is_in_word(r->text, i, n) ? 0 : roman_read(r->text + i, n, r->a);
		own = value ? kind_before(r, i) : NULL;
		kind = own ? own : !kind && value && is_alone(r->text, i, n) ? &no_kind : kind;
		if (value && kind)
			found[n_found++] = (struct roman){ value, kind };
	}
	return n_found;
}

static bool is_called(const struct printed_hints *hints, const struct roman_kind *kind, struct arena *a)
{
	const char *about = utf8_fold(hints->about, strlen(hints->about), a);

	return strstr(arena_printf(a, " %s ", about), kind->word);
}

/* Those of the kind that the figure is called by, if there are any. */
static size_t choose_romans(const struct reading *r, struct roman *found, size_t n_found)
{
	bool called = false; /* by a telling word */
	size_t n = 0;

	for (size_t k = 0; k < N_ROMAN_KIND; k++)
		called = called || (roman_kinds[k].telling && is_called(r->hints, &roman_kinds[k], r->a));
	for (size_t i = 0; i < n_found; i++)
		if (found[i].kind != &no_kind && is_called(r->hints, found[i].kind, r->a)) {
			struct roman meant = found[i];

			found[n++] = meant;
		}
	if (n)
		return n;
	for (size_t i = 0; i < n_found; i++)
		if (!called || found[i].kind == &no_kind)
			found[n++] = found[i];
	return n;
}

static void read_roman(const struct reading *r, struct printed *p)
{
	struct roman found[FOUND_MAX];
	size_t n = choose_romans(r, found, find_romans(r, found));

	if (!n)
		return;
	p->as = PRINTED_ROMAN;
	p->x = ratio_whole(found[0].value);
	for (size_t i = 1; i < n; i++)
		if (found[i].value != found[0].value)
			p->as = PRINTED_SEVERAL;
}

struct printed printed_read(const char *text, const struct printed_hints *hints, struct arena *a)
{
	struct reading r = { utf8_nfc(text, strlen(text), a), utf8_fold(text, strlen(text), a), hints, a };
	struct printed p = { .as = PRINTED_NOTHING, .scale = ratio_whole(1), .measure = "" };
	struct numerals all = numerals_of(&r);

	r.text += strspn(r.text, " ");
	read_figure(&r, &all, &p);
	if (p.as == PRINTED_NOTHING)
		read_roman(&r, &p);
	if (p.as == PRINTED_NOTHING)
		read_words(&r, &p);
	if (p.as == PRINTED_NOTHING)
		read_other(&r, &all, &p);
	return p;
}
