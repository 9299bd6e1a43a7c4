/* One row of a scan the short way, which knows what mostly stands there; whatever else does goes the long way. */
#include "ingest/scanning.h"

#include <string.h>

#define BYTE_ONES UINT64_C(0x0101010101010101)
#define BYTE_TOPS UINT64_C(0x8080808080808080)

/* The end of a cell that is more than a letter or two. */
static inline const char *cell_end(const char *s, char delimiter)
{
	while (*s != delimiter && *s != '\n')
		s++;
	return s;
}

/* The same of one that is mostly long: eight bytes at once. */
static const char *long_cell_end(const char *s, char delimiter)
{
	uint64_t wanted = BYTE_ONES * (unsigned char)delimiter;

	for (;; s += 8) {
		uint64_t word, a, b;

		memcpy(&word, s, 8);
		a = word ^ wanted;
		b = word ^ (BYTE_ONES * '\n');
		if ((((a - BYTE_ONES) & ~a) | ((b - BYTE_ONES) & ~b)) & BYTE_TOPS)
			return cell_end(s, delimiter);
	}
}

/* Whether a trimmed text is the same: neither end may be part of a space. */
static inline bool is_trimmed(const char *s, size_t n)
{
	const unsigned char *last = (const unsigned char *)s + n - 1;
	unsigned char first = (unsigned char)s[0];

	if (first <= ' ' || first == '"' || first == 0xC2 || first >= 0xE2)
		return false;
	if (*last < 0x80)
		return *last > ' ';
	return (n > 1 && last[-1] > 0xC2 && last[-1] < 0xE0) || (n > 2 && last[-2] == 0xE1 && last[-1] >= 0xB8);
}

/* A cell that ends with `stop`, behind which *s is then; false: look closer. */
static inline bool take_end(const char *end, const char **s, char stop)
{
	if (stop == '\r' && end > *s && *end == '\n')
		end--;
	if (*end != stop)
		return false;
	*s = end + 1;
	return true;
}

/* A code of more or less than one letter. */
static bool take_wide(struct scan_part *p, const struct step *step, const char **s, char stop, uint64_t *word)
{
	const char *text = *s;

	if (*text == '"' || !take_end(cell_end(text, p->delimiter), s, stop))
		return false;
	*word |= tally_word(p->tally, step->column, text, (size_t)(*s - 1 - text));
	return true;
}

static bool take_number(const char **s, char stop, int64_t *x)
{
	const char *begin = *s;
	const char *p = begin;

	for (*x = 0; *p >= '0' && *p <= '9' && p - begin <= TALLY_DIGITS_MAX; p++)
		*x = 10 * *x + (*p - '0');
	*s = p + 1;
	return p > begin && p - begin <= TALLY_DIGITS_MAX && *p == stop;
}

static inline bool take_key(struct scan_part *p, const char **s, char stop, struct scan_row *row)
{
	const char *text = *s;
	size_t n;

	if (!take_end(cell_end(text, p->delimiter), s, stop))
		return false;
	n = (size_t)(*s - 1 - text);
	row->key = text;
	row->n_key = (uint32_t)n;
	if (!n || n > TALLY_KEY_MAX || !is_trimmed(text, n))
		return false;
	row->hash = tally_key_hash(p->tally, text, n);
	return true;
}

static bool take_single(struct scan_part *p, const char **s, char stop, struct scan_row *row)
{
	const char *text = *s;

	if (!take_end(cell_end(text, p->delimiter), s, stop))
		return false;
	row->single = text;
	row->n_single = (uint32_t)(*s - 1 - text);
	return row->n_single && is_trimmed(text, row->n_single);
}

/* Next to nothing of a cell that nobody looks at: whether it is in quotes, and its end. */
static inline bool pass_cell(struct scan_part *p, const char **s, char stop)
{
	if (**s == '"')
		return false;
	if ((*s)[1] == stop) {
		*s += 2;
		return (*s)[-2] != '\n' && (*s)[-2] != p->delimiter;
	}
	return take_end(long_cell_end(*s, p->delimiter), s, stop);
}

static inline bool take_code(struct scan_part *p, const struct step *step, const char **s, char stop, uint64_t *word)
{
	if ((*s)[1] != stop)
		return take_wide(p, step, s, stop, word);
	*word |= step->word[(unsigned char)**s];
	*s += 2;
	return true;
}

static inline bool take_cell(struct scan_part *p, const struct step *step, const char **s, char stop, struct scan_row *row, uint64_t *word)
{
	switch (step->kind) {
	case STEP_CODE:
		return take_code(p, step, s, stop, word);
	case STEP_PASS:
		return pass_cell(p, s, stop);
	case STEP_KEY:
		return take_key(p, s, stop, row);
	case STEP_NUMBER:
		return take_number(s, stop, &row->number[p->plan->column[step->column].number]);
	case STEP_SINGLE:
		return take_single(p, s, stop, row);
	case STEP_SLOW:
		break;
	}
	return false;
}

/* Digits of several columns at once; TALLY_ODD: something else stands there. */
static inline uint64_t take_few(const struct stride *stride, const char *s)
{
	const uint64_t digits = UINT64_C(0x0003000300030003);
	const uint64_t together = UINT64_C(1) << 48 | UINT64_C(1) << 34 | UINT64_C(1) << 20 | UINT64_C(1) << 6;
	uint64_t word = 0;
	uint64_t odd = 0;

	for (unsigned i = 0; i < stride->n_few; i++, s += FEW_BYTES) {
		const struct few *few = &stride->few[i];
		uint64_t eight;

		memcpy(&eight, s, sizeof eight);
		odd |= (eight ^ few->wanted) & few->mask;
		word |= few->word[(eight & digits) * together >> 48 & (FEW_TABLE - 1)];
	}
	return odd ? TALLY_ODD : word;
}

/* A key of up to seven letters and digits, which is its own hash; false: it may be another. */
static inline bool take_short_key(struct scan_part *p, const char **s, struct scan_row *row)
{
	uint64_t eight, apart;
	unsigned n;

	memcpy(&eight, *s, sizeof eight);
	apart = eight ^ p->delimiters;
	apart = (apart - BYTE_ONES) & ~apart & BYTE_TOPS; /* the lowest bit set is of the first delimiter */
	if (!apart)
		return false;
	n = (unsigned)__builtin_ctzll(apart) / 8;
	eight &= (UINT64_C(1) << 8 * n) - 1;
	if (!n || (eight & BYTE_TOPS) || ((eight | ~((UINT64_C(1) << 8 * n) - 1)) - BYTE_ONES * '0') & BYTE_TOPS & ((UINT64_C(1) << 8 * n) - 1))
		return false; /* some byte comes before '0': spaces, quotes, line ends */
	row->key = *s;
	row->n_key = n;
	row->hash = eight;
	*s += n + 1;
	p->same.hash = eight;
	p->same.word = eight | (p->delimiters & UINT64_C(0xFF) << 8 * n);
	p->same.mask = UINT64_MAX >> (56 - 8 * n);
	p->same.n_key = n;
	p->same.counter = NULL;
	return true;
}

/* The short key that was read last, once more. */
static inline bool is_same_key(const struct same_key *same, const char *s)
{
	uint64_t eight;

	memcpy(&eight, s, sizeof eight);
	return !((eight ^ same->word) & same->mask);
}

static inline void take_same_key(struct scan_part *p, const char **s, struct scan_row *row)
{
	row->key = *s;
	*s += p->same.n_key + 1;
	p->counter[p->n_row] = p->same.counter;
	row->hash = p->same.hash;
	row->n_key = p->same.n_key;
	row->i_key = p->same.i_key;
}

/* One cell after another. */
static const char *take_each(struct scan_part *p, const struct stride *stride, const char *s, char stop, struct scan_row *row, uint64_t *word)
{
	bool ok = scan_check(p);

	for (unsigned i = 0; ok && i < stride->n; i++)
		ok = take_cell(p, &stride->step[i], &s, stop, row, word);
	return ok ? s : NULL;
}

/* The last cell, which nobody looks at, of one letter or digit. */
static inline bool is_passed_letter(const struct scan_part *p, const char *s)
{
	return s[1] == p->last && *s > ' ' && *s != '"' && *s != p->delimiter;
}

/* The row at s, and where the next one begins; NULL: look closer. Its word is that of the waiting row. */
static inline const char *take_quickly(struct scan_part *p, const char *s, struct scan_row *row)
{
	const struct stride *stride = p->stride;
	const struct stride *last = stride + p->n_stride - 1;
	uint64_t word = 0;
	uint64_t more = 0; /* apart: it is in memory */

	row->n_single = 0;
	p->counter[p->n_row] = NULL;
	for (; stride < last; stride++) {
		uint64_t few = stride->n_few ? take_few(stride, s) : TALLY_ODD;

		if (few != TALLY_ODD) {
			word |= few;
			s += stride->n_byte;
		} else if (stride->is_key && is_same_key(&p->same, s)) {
			take_same_key(p, &s, row);
		} else if (!stride->is_key || !take_short_key(p, &s, row)) {
			s = take_each(p, stride, s, p->delimiter, row, &more);
			if (!s)
				return NULL;
		}
	}
	s = stride->is_passed && is_passed_letter(p, s) ? s + 2 : take_each(p, stride, s, p->last, row, &more);
	word |= more;
	p->word[p->n_row] = word;
	if (!s || word & TALLY_ODD || (p->last == '\r' && *s++ != '\n'))
		return NULL;
	return s;
}

/* ---- all rows ---- */

/* Rows from s on, as many as go the short way; where they end. */
static const char *take_block(struct scan_part *p, const char *s, const char *end, const char *begin, uint64_t at)
{
	while (s < end && p->n_row < SCAN_WAITING) {
		struct scan_row *row = &p->row[p->n_row];
		const char *next = take_quickly(p, s, row);

		if (!next || next - s > SCAN_ROW_MAX || (p->has_checks && scan_fails(p, p->word[p->n_row])))
			break;
		row->at = at + (uint64_t)(s - begin);
		s = next;
		if (p->counter[p->n_row])
			p->n_same++;
		else if (!p->n_row || row->hash != row[-1].hash)
			tally_key_fetch(p->tally, row->hash);
		p->n_row++;
	}
	return s;
}

void scan_rows(struct scan_part *p, const char *s, const char *end, uint64_t at)
{
	const char *begin = s;

	p->text = s;
	p->text_end = end;
	p->is_checked = false;
	while (s < end && !p->is_other) {
		const char *line_end;

		if (!p->is_slow)
			s = take_block(p, s, end, begin, at);
		if (p->n_row == SCAN_WAITING || s == end) {
			scan_flush(p);
			continue;
		}
		if (p->is_other)
			break;
		line_end = memchr(s, '\n', (size_t)(end - s));
		scan_slowly(p, s, line_end, at + (uint64_t)(s - begin));
		s = line_end + 1;
	}
	scan_flush(p);
}

