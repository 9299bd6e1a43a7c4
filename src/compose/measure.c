#include "compose/measure.h"

#include "base/utf8.h"
#include "compose/numerals.h"

#include <string.h>

/* ---- reading ---- */

static bool ends_word(const char *s)
{
	return !numeral_is_letter(s) && !(*s >= '0' && *s <= '9');
}

/* Moves *s behind the word, with the spaces before it. */
static bool take(const char **s, const char *word)
{
	const char *p = *s + strspn(*s, " ");
	size_t n = strlen(word);

	if (strncmp(p, word, n) != 0 || !ends_word(p + n))
		return false;
	*s = p + n;
	return true;
}

static bool take_any(const char **s, const char *const *words)
{
	for (; *words; words++)
		if (take(s, *words))
			return true;
	return false;
}

static bool begins_any(const char *s, const char *const *words)
{
	return take_any(&s, words);
}

/* "tr.đ" and "trđ" are triệu đồng: the scale may touch the unit. */
static bool take_short_million(const char **s)
{
	const char *p = *s + strspn(*s, " ");

	if (strncmp(p, "tr", 2) != 0)
		return false;
	p += 2;
	if (!ends_word(p) && strncmp(p, "đ", strlen("đ")) != 0)
		return false;
	*s = p + (*p == '.');
	return true;
}

static bool take_scale(const char **s, int64_t *scale)
{
	static const struct {
		const char *word;
		int64_t value;
	} scales[] = { { "chục", 10 }, { "trăm", 100 }, { "nghìn", 1000 }, { "ngàn", 1000 }, { "1000", 1000 }, { "1.000", 1000 },
		{ "vạn", 10000 }, { "triệu", 1000000 }, { "tỷ", 1000000000 }, { "tỉ", 1000000000 } };
	static const char *const not_behind[] = { "lệ", "trọng", "suất", "số", NULL }; /* tỷ lệ */
	const char *p = *s;
	int64_t value = 0;

	for (size_t i = 0; i < sizeof scales / sizeof *scales && !value; i++)
		if (take(&p, scales[i].word))
			value = scales[i].value;
	if (!value && take_short_million(&p))
		value = 1000000;
	if (!value || begins_any(p, not_behind) || __builtin_mul_overflow(*scale, value, scale))
		return false;
	*s = p;
	return true;
}

static bool take_money(const char **s)
{
	static const char *const names[] = { "đồng", "đ", "vnđ", "vnd", NULL };
	static const char *const not_behind[] = { "chí", "bào", "ý", "bằng", "đội", "thời", "hương", "ruộng", "bộ", NULL };
	const char *p = *s;

	if (!take_any(&p, names) || begins_any(p, not_behind)) /* 08 đồng chí */
		return false;
	*s = p;
	return true;
}

static bool take_share(const char **s, enum measure_kind *kind)
{
	static const char *const percent[] = { "điểm phần trăm", "phần trăm", NULL };
	static const char *const permille[] = { "phần nghìn", "phần ngàn", NULL };
	static const struct {
		const char *sign;
		enum measure_kind kind;
	} signs[] = { { "%", MEASURE_PERCENT }, { "‰", MEASURE_PERMILLE }, { "điểm %", MEASURE_PERCENT } };
	const char *p = *s + strspn(*s, " ");

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (!strncmp(p, signs[i].sign, strlen(signs[i].sign))) {
			*kind = signs[i].kind;
			*s = p + strlen(signs[i].sign);
			return true;
		}
	*kind = take_any(s, percent) ? MEASURE_PERCENT : take_any(s, permille) ? MEASURE_PERMILLE : MEASURE_NONE;
	return *kind != MEASURE_NONE;
}

/* Money is read as such: đồng in a text may be another word. */
static bool is_money(const char *unit)
{
	int64_t scale = 1;

	return take_scale(&unit, &scale) || take_money(&unit);
}

/* What is counted everywhere: of a figure in one of these, each of the others is said of something else. */
static const struct {
	const char *word;
	int kind; /* of one kind: two words for the same */
} counted[] = {
	{ "hộ", 1 }, { "khẩu", 2 }, { "nhân khẩu", 2 }, { "người", 2 }, { "ha", 3 }, { "m2", 4 }, { "m²", 4 }, { "km", 5 },
	{ "tấn", 6 }, { "con", 7 }, { "nhà", 8 }, { "căn", 8 }, { "căn nhà", 8 },
};

enum { N_COUNTED = sizeof counted / sizeof *counted };

/* "hộ nghèo" too; 0: it is none of them. */
static int counted_kind(const char *name, size_t n)
{
	for (size_t i = 0; i < N_COUNTED; i++) {
		size_t word = strlen(counted[i].word);

		if (n >= word && !memcmp(name, counted[i].word, word) && (n == word || name[word] == ' '))
			return counted[i].kind;
	}
	return 0;
}

/* The longest of the units known, unless a number follows it: "tháng 6" is no count of months. */
static bool take_named(const char **s, const struct measure_units *units, struct measure *m)
{
	const char *first = *s + strspn(*s, " ");
	const char *end = first;

	for (size_t i = 0; i < N_COUNTED && counted_kind(units->figure, strcspn(units->figure, "/")); i++) {
		const char *p = first;

		if (take(&p, counted[i].word) && p > end)
			end = p;
	}
	for (size_t i = 0; i < units->n_known; i++) {
		const char *p = first;

		if (!is_money(units->known[i]) && take(&p, units->known[i]) && p > end)
			end = p;
	}
	if (end == first || (*end == ' ' && end[1] >= '0' && end[1] <= '9'))
		return false;
	m->name = first;
	m->n_name = (size_t)(end - first);
	*s = end;
	return true;
}

struct measure measure_read(const char *text, const struct measure_units *units)
{
	struct measure m = { .scale = 1 };
	const char *s = text;

	while (take_scale(&s, &m.scale))
		;
	m.half = take(&s, "rưỡi");
	if (take_share(&s, &m.kind)) {
		m.n = (size_t)(s - text);
		return m;
	}
	if (take_money(&s))
		m.kind = MEASURE_MONEY;
	else if (take_named(&s, units, &m))
		m.kind = MEASURE_NAMED;
	m.n = (size_t)(s - text);
	return m;
}

/* ---- comparing ---- */

/* Of "đồng/khẩu/tháng" what stands before the '/'; of a product the money in it, else nothing. */
static struct measure figure_measure(const struct measure_units *units, struct arena *a)
{
	static const struct measure_units none = { .figure = "" };
	const char *s = arena_slice(a, units->figure, strcspn(units->figure, "/"));
	struct measure m = { .scale = 1 };

	s = utf8_fold(s, strlen(s), a);
	while (*s) {
		size_t n = strcspn(s, "*");
		struct measure found = measure_read(arena_slice(a, s, n), &none);

		if (found.kind != MEASURE_NONE)
			return found;
		if (!s[n] && m.kind == MEASURE_NONE && !m.n && strcmp(s, "1") != 0)
			return (struct measure){ .kind = MEASURE_NAMED, .scale = 1, .name = s, .n_name = n };
		m.n = 1; /* a product */
		s += n + (s[n] == '*');
	}
	return (struct measure){ .scale = 1 };
}

/* "hộ" and "hộ nghèo" are one unit, said shortly or in full. */
static bool same_name(const struct measure *a, const struct measure *b)
{
	int kind = counted_kind(a->name, a->n_name);

	const struct measure *longer = a->n_name > b->n_name ? a : b;
	size_t n = a->n_name > b->n_name ? b->n_name : a->n_name;

	if (kind && kind == counted_kind(b->name, b->n_name))
		return true;
	return !memcmp(a->name, b->name, n) && (longer->n_name == n || longer->name[n] == ' ');
}

static bool is_share(enum measure_kind kind)
{
	return kind == MEASURE_PERCENT || kind == MEASURE_PERMILLE;
}

static struct ratio share_scale(enum measure_kind printed, enum measure_kind figure)
{
	if (printed == figure)
		return ratio_whole(1);
	return printed == MEASURE_PERMILLE ? (struct ratio){ 1, 10 } : ratio_whole(10);
}

/* Scales are powers of ten. */
static struct ratio scale_ratio(int64_t printed, int64_t figure)
{
	return printed >= figure ? ratio_whole(printed / figure) : (struct ratio){ 1, figure / printed };
}

static enum measure_fit fit_unknown(const struct measure *printed, const struct measure_units *units)
{
	if (units->is_count && (is_share(printed->kind) || printed->kind == MEASURE_MONEY))
		return MEASURE_CONTRADICTS;
	return printed->kind == MEASURE_PERMILLE ? MEASURE_UNKNOWN : MEASURE_FITS;
}

enum measure_fit measure_fit(const struct measure *printed, const struct measure_units *units, struct ratio *scale, struct arena *a)
{
	struct measure figure = figure_measure(units, a);

	*scale = ratio_whole(printed->scale);
	if (figure.kind == MEASURE_NONE)
		return fit_unknown(printed, units);
	if (figure.kind == MEASURE_MONEY && (printed->kind == MEASURE_MONEY || (printed->kind == MEASURE_NONE && printed->scale > 1))) {
		*scale = scale_ratio(printed->scale, figure.scale);
		return MEASURE_FITS;
	}
	if (printed->kind == MEASURE_NONE)
		return printed->scale > 1 ? MEASURE_MULTIPLIES : MEASURE_FITS;
	if (is_share(printed->kind) && is_share(figure.kind)) {
		*scale = share_scale(printed->kind, figure.kind);
		return MEASURE_FITS;
	}
	if (printed->kind == MEASURE_NAMED && figure.kind == MEASURE_NAMED && same_name(printed, &figure))
		return MEASURE_FITS;
	return MEASURE_CONTRADICTS;
}
