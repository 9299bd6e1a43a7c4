#include "ingest/detect.h"

#include "base/map.h"
#include "base/utf8.h"
#include "ingest/letters.h"

#include <stdlib.h>
#include <string.h>

enum {
	WORDS_MAX = 2000,  /* different words looked at */
	WORD_LEAST = 2,	   /* [bytes]: one alone is a letter here and a sign there */
	WORDS_FEW = 3,	   /* fewer prove nothing */
	WORDS_MANY = 12,   /* so many tell encodings apart without a header */
	HEADER_LINES = 40, /* in which a header may stand */
	LOOK_MAX = 40,	   /* [bytes] of a text shown */
	MIXED = 4,	   /* UTF-8 if there is one good sequence for so many bad bytes */
};

static const char cell_ends[] = ";\t,\n\r";

/* One encoding and what speaks for it. LEGACY_NONE: the characters as they are in Windows-1252. */
struct look {
	enum legacy_charset charset;
	size_t n_good;	    /* words that are syllables */
	size_t n_header;    /* cells with a known header text beyond ASCII */
	const char *header; /* the first of them */
	const char *plain;  /* one in ASCII */
	uint64_t sum;	    /* of all words as they look; two of one sum look the same */
};

struct sample {
	const unsigned char *s;
	size_t n;
	const char *const *word; /* [n_word] different ones with bytes beyond ASCII */
	size_t n_word;
	struct look look[N_LEGACY];
};

static bool is_word_byte(unsigned char c)
{
	return c >= 0x80 || letter_is_ascii(c);
}

static void find_words(struct sample *s, struct arena *a)
{
	const char **word = NULL;
	size_t cap = 0;
	struct map seen;

	map_init(&seen, a);
	for (size_t i = 0; i < s->n && s->n_word < WORDS_MAX; i++) {
		size_t begin = i;
		bool ascii = true;
		const char *text;

		for (; i < s->n && is_word_byte(s->s[i]); i++)
			ascii = ascii && s->s[i] < 0x80;
		if (ascii || i - begin < WORD_LEAST || i - begin > WORD_MAX)
			continue;
		text = arena_slice(a, (const char *)s->s + begin, i - begin);
		if (map_add(&seen, text, 0, NULL))
			*ARENA_PUSH(a, word, s->n_word, &cap) = text;
	}
	s->word = word;
}

/* Appends s as it looks; U+FFFD for what is nothing. False: there was such a byte. */
static bool decode(enum legacy_charset charset, const unsigned char *s, size_t n, struct buf *b)
{
	struct legacy l = { .charset = charset };
	char *out = memory_new(LEGACY_BYTES * n + LEGACY_HELD, 1);
	bool good = true;

	for (size_t i = 0; i < n;) {
		size_t n_out;

		i += legacy_take(&l, s + i, n - i, out, &n_out);
		buf_put(b, out, n_out);
		if (i == n)
			break;
		buf_put(b, out, legacy_end(&l, out));
		buf_puts(b, "\xEF\xBF\xBD");
		good = false;
		i++;
	}
	buf_put(b, out, legacy_end(&l, out));
	free(out);
	return good;
}

static void count_good(const struct sample *s, struct look *look)
{
	enum { FNV_PRIME = 16777619 };
	struct buf b = { 0 };

	for (size_t i = 0; i < s->n_word; i++) {
		b.n = 0;
		if (decode(look->charset, (const unsigned char *)s->word[i], strlen(s->word[i]), &b) && word_is_good(b.text, b.n))
			look->n_good++;
		for (size_t k = 0; k < b.n; k++)
			look->sum = (look->sum ^ (unsigned char)b.text[k]) * FNV_PRIME;
	}
	buf_clear(&b);
}

/* The cell at *s up to its end, without its quotes; *s moves behind what ends it. */
static void next_cell(const char **s, const char *end, const char **cell, size_t *n, size_t *lines)
{
	const char *p = *s;
	bool quoted = *p == '"';

	*cell = p += quoted;
	while (p < end && (quoted ? *p != '"' : !strchr(cell_ends, *p)))
		p++;
	*n = (size_t)(p - *cell);
	while (p < end && !strchr(cell_ends, *p))
		p++;
	*lines += p < end && *p == '\n';
	*s = p < end ? p + 1 : end;
}

static bool is_known(const char *folded, const char *const *known)
{
	for (size_t i = 0; known[i]; i++)
		if (!strcmp(known[i], folded))
			return true;
	return false;
}

/* Known header texts among the first cells of s, which is UTF-8. */
static void find_headers(const char *s, size_t n, const char *const *known, struct look *look, struct arena *a)
{
	const char *end = s + n;
	struct buf folded = { 0 };
	size_t lines = 0;

	while (known && s < end && lines < HEADER_LINES) {
		const char **found = &look->header;
		const char *cell;
		size_t n_cell;

		next_cell(&s, end, &cell, &n_cell, &lines);
		utf8_fold_into(cell, n_cell, &folded);
		if (!folded.n || !is_known(folded.text, known))
			continue;
		if (utf8_is_ascii(folded.text, strlen(folded.text)))
			found = &look->plain;
		else
			look->n_header++;
		utf8_trim(&cell, &n_cell);
		if (!*found)
			*found = arena_slice(a, cell, n_cell);
	}
	buf_clear(&folded);
}

static void look_at(const struct sample *s, enum legacy_charset charset, const char *const *known, struct look *look,
	struct arena *a)
{
	struct buf head = { 0 };

	*look = (struct look){ .charset = charset };
	count_good(s, look);
	decode(charset, s->s, s->n < DETECT_HEAD ? s->n : DETECT_HEAD, &head);
	find_headers(head.text, head.n, known, look, a);
	buf_clear(&head);
}

static bool is_better(const struct look *x, const struct look *than)
{
	return x->n_good != than->n_good ? x->n_good > than->n_good : x->n_header > than->n_header;
}

/* Whether another one may be meant as well: it has headers too, or its words are nearly as good and too few to go by the
 * header alone. Right ones have over 95 % of good words, wrong ones up to 76 %. */
static bool is_rival(const struct sample *s, const struct look *x, const struct look *best)
{
	if (x->sum == best->sum)
		return false;
	if (2 * x->n_header > best->n_header)
		return 2 * x->n_good > best->n_good;
	return 6 * x->n_good > 5 * best->n_good && !(best->header && s->n_word < WORDS_MANY);
}

static bool has_rival(const struct sample *s, const struct look *best)
{
	for (enum legacy_charset i = LEGACY_TCVN3; i < N_LEGACY; i++)
		if (is_rival(s, &s->look[i], best))
			return true;
	return false;
}

/* Words that are syllables as they are. */
static size_t count_as_is(const struct sample *s)
{
	size_t n_good = 0;

	for (size_t i = 0; i < s->n_word; i++) {
		struct buf b = { 0 };

		for (const char *p = s->word[i]; *p; p++) {
			char out[4];

			buf_put(&b, out, utf8_encode((unsigned char)*p, out));
		}
		n_good += word_is_good(b.text, b.n);
		buf_clear(&b);
	}
	return n_good;
}

/* The first cell beyond ASCII that makes no sense as it is; else the first beyond ASCII. */
static void find_shown(const struct sample *s, const char **shown, size_t *n_shown)
{
	const char *p = (const char *)s->s;
	const char *end = p + s->n;
	size_t lines = 0;

	bool found = false;

	*n_shown = 0;
	while (p < end && !found) {
		struct sample one = { 0 };
		struct arena a = { 0 };
		const char *cell;

		next_cell(&p, end, &cell, &one.n, &lines);
		one.s = (const unsigned char *)cell;
		find_words(&one, &a);
		found = count_as_is(&one) < one.n_word;
		if (found || (one.n_word && !*n_shown)) {
			*shown = cell;
			*n_shown = one.n;
		}
		arena_clear(&a);
	}
}

/* How that cell looks in each encoding that can be meant, and their names. */
static const char *looks_of(const struct sample *s, const struct look *best, struct arena *a, const char **names)
{
	struct buf all = { 0 };
	struct buf named = { 0 };
	const char *cell = NULL;
	const char *looks;
	size_t n;

	find_shown(s, &cell, &n);
	for (enum legacy_charset i = LEGACY_TCVN3; n && i < N_LEGACY; i++) {
		struct buf text = { 0 };
		uint32_t code;

		if (2 * s->look[i].n_good >= best->n_good && decode(i, (const unsigned char *)cell, n < LOOK_MAX ? n : LOOK_MAX, &text)
			&& utf8_find_refused(text.text, text.n, &code) == text.n) {
			buf_printf(&named, "%s%s", named.n ? ", " : "", legacy_name(i));
			buf_printf(&all, "%s%s: '%s%s'", all.n ? ", " : "", legacy_name(i), text.text, n > LOOK_MAX ? "..." : "");
		}
		buf_clear(&text);
	}
	looks = arena_slice(a, all.text ? all.text : "", all.n);
	*names = arena_slice(a, named.text ? named.text : "", named.n);
	buf_clear(&all);
	buf_clear(&named);
	return *looks ? looks : NULL;
}

static const struct look *best_look(const struct sample *s)
{
	const struct look *best = &s->look[LEGACY_CP1258]; /* of two that look the same the one that is still in use */

	for (enum legacy_charset i = LEGACY_TCVN3; i < N_LEGACY; i++)
		if (is_better(&s->look[i], best))
			best = &s->look[i];
	return best;
}

/* Most words of it are good. */
static bool is_strong(const struct sample *s, const struct look *look)
{
	return 5 * look->n_good >= 4 * s->n_word && s->n_word >= WORDS_FEW;
}

static void decide(const struct sample *s, struct arena *a, struct detected *found)
{
	const struct look *best = best_look(s);

	if (!best->n_good || 2 * best->n_good < s->n_word || (s->n_word < WORDS_FEW && !best->header))
		return;
	if (is_strong(s, best) && !has_rival(s, best) && (best->header || (best->plain && s->n_word >= WORDS_MANY))) {
		found->verdict = DETECT_FOUND;
		found->charset = best->charset;
		found->header = best->header ? best->header : best->plain;
		return;
	}
	found->looks = looks_of(s, best, a, &found->names);
	found->verdict = found->looks ? DETECT_UNDECIDED : DETECT_NONE;
}

/* Whether there are too many good sequences of UTF-8 for an accident. */
static bool is_mostly_utf8(const unsigned char *s, size_t n)
{
	size_t n_good = 0;
	size_t n_bad = 0;

	for (size_t i = 0; i < n;) {
		uint32_t code;
		size_t len = utf8_decode((const char *)s + i, n - i, &code);

		n_good += len > 1;
		n_bad += !len;
		i += len ? len : 1;
	}
	return MIXED * n_good > n_bad;
}

void detect_bytes(const unsigned char *s, size_t n, const char *const *known, struct arena *a, struct detected *found)
{
	struct sample sample = { .s = s, .n = n };

	*found = (struct detected){ .verdict = DETECT_NONE };
	if (is_mostly_utf8(s, n))
		return;
	find_words(&sample, a);
	for (enum legacy_charset i = LEGACY_TCVN3; i < N_LEGACY; i++)
		look_at(&sample, i, known, &sample.look[i], a);
	decide(&sample, a, found);
}

/* The bytes that Windows-1252 has for the characters; '?' where it has none. */
static void put_bytes(struct buf *b, const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t code = 0xFFFD;
		size_t len = utf8_decode(s + i, n - i, &code);
		unsigned char byte;

		buf_putc(b, legacy_byte(code, &byte) ? (char)byte : '?');
		i += len ? len : 1;
	}
}

/* The sample of the cells that have no Vietnamese letters of Unicode. False: there are others. */
static bool sample_cells(struct sample *sample, const char *s, size_t n, struct buf *b, struct arena *a)
{
	const char *end = s + n;
	bool all = true;

	buf_put(b, "", 0);
	while (s < end) {
		const char *begin = s;
		const char *cell;
		size_t lines = 0;
		size_t n_cell;

		next_cell(&s, end, &cell, &n_cell, &lines);
		if (letters_beyond_latin(begin, (size_t)(s - begin)))
			all = false;
		else
			put_bytes(b, begin, (size_t)(s - begin));
	}
	*sample = (struct sample){ .s = (const unsigned char *)b->text, .n = b->n };
	find_words(sample, a);
	return all;
}

/* The looks of cells that make no sense as they are, but all the more in one encoding; a known header stands for many words. */
static bool make_sense(struct sample *s, const char *const *known, struct arena *a)
{
	size_t n_as_is = count_as_is(s);
	const struct look *best;

	if (s->n_word < WORDS_FEW || n_as_is == s->n_word)
		return false;
	for (enum legacy_charset i = LEGACY_TCVN3; i < N_LEGACY; i++)
		look_at(s, i, known, &s->look[i], a);
	best = best_look(s);
	return is_strong(s, best) && (2 * n_as_is <= s->n_word || (best->n_header && best->n_good > n_as_is));
}

void detect_text(const char *s, size_t n, const char *const *known, struct arena *a, struct detected *found)
{
	struct look as_is = { .charset = LEGACY_NONE };
	struct sample sample;
	struct buf b = { 0 };
	bool all = sample_cells(&sample, s, n, &b, a);

	*found = (struct detected){ .verdict = DETECT_NONE };
	known = all ? known : NULL; /* with no header none is found */
	if (make_sense(&sample, known, a)) {
		find_headers(s, n < DETECT_HEAD ? n : DETECT_HEAD, known, &as_is, a);
		if (!as_is.n_header || 2 * as_is.n_header < best_look(&sample)->n_header)
			decide(&sample, a, found);
	}
	buf_clear(&b);
}

bool detect_stored(const char *s, size_t n, enum legacy_charset charset, struct arena *a)
{
	struct look look[2] = { { .charset = charset }, { .charset = charset } };
	struct sample stored;
	struct sample bytes = { .s = (const unsigned char *)s, .n = n };
	struct buf b = { 0 };
	bool all = sample_cells(&stored, s, n, &b, a);
	size_t n_as_is = count_as_is(&stored);

	find_words(&bytes, a);
	count_good(&stored, &look[0]);
	count_good(&bytes, &look[1]);
	buf_clear(&b);
	if (!all)
		return look[0].n_good > n_as_is;
	return look[0].n_good * bytes.n_word > look[1].n_good * stored.n_word;
}
