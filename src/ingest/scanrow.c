/* One row of a scan: the short way, and the long one for whatever is not as it mostly is. */
#include "ingest/scanning.h"

#include "base/utf8.h"

#include <string.h>

enum {
	KEY_SHORT = 8, /* [bytes] */
	LINE = 64,     /* [bytes] that memory is fetched in */
	LINES_MAX = 6, /* that are fetched for one row */
};

#define BYTE_ONES UINT64_C(0x0101010101010101)
#define BYTE_TOPS UINT64_C(0x8080808080808080)

/* ---- what is done with a row ---- */

static enum step_kind kind_of(const struct tally_column *c)
{
	int n = (c->n_bit != 0) + c->is_key + c->is_single + (c->number >= 0) + (c->distinct >= 0);

	if (n > 1 || c->distinct >= 0)
		return STEP_SLOW;
	if (c->n_bit)
		return STEP_CODE;
	if (c->is_key)
		return STEP_KEY;
	if (c->is_single)
		return STEP_SINGLE;
	return c->number >= 0 && c->number < SCAN_NUMBERS ? STEP_NUMBER : STEP_SLOW;
}

/* How many columns of codes stand side by side from a step on, behind which the usual delimiter stands. */
static unsigned run_of(const struct step *step, unsigned i, unsigned width)
{
	unsigned n = 0;

	while (i + n + 1 < width && n < FEW_CODES && step[i + n].kind == STEP_CODE)
		n++;
	return n;
}

/* The order of bytes in a number is that of the table. */
static bool is_little_endian(void)
{
	const uint16_t one = 1;
	unsigned char first;

	memcpy(&first, &one, 1);
	return first;
}

static struct few few_of(struct scan_part *p, const struct step *step, unsigned n)
{
	enum { DIGIT = '0', DIGIT_BITS = 2, DIGITS = 1 << DIGIT_BITS };
	uint64_t *word = ARENA_ARRAY(&p->tally->arena, FEW_TABLE, uint64_t);
	struct few few = { .word = word };

	for (unsigned i = 0; i < n; i++) {
		few.wanted |= (uint64_t)DIGIT << 16 * i | (uint64_t)(unsigned char)p->delimiter << (16 * i + 8);
		few.mask |= (uint64_t)(0xFF & ~(DIGITS - 1)) << 16 * i | UINT64_C(0xFF) << (16 * i + 8);
	}
	for (unsigned k = 0; k < FEW_TABLE; k++)
		for (unsigned i = 0; i < n; i++) {
			char digit = (char)(DIGIT + (k >> DIGIT_BITS * i & (DIGITS - 1)));

			word[k] |= tally_word(p->tally, step[i].column, &digit, 1);
		}
	return few;
}

static void find_near(struct scan_part *p)
{
	p->near_group = ARENA_ARRAY(&p->tally->arena, p->plan->n_group, struct near_group);
	for (size_t i = 0; i < p->plan->n_group; i++) {
		const struct tally_group *g = &p->plan->group[i];

		p->near_group[i] = (struct near_group){
			.cell = g->cell,
			.mask = g->n_part ? (UINT64_C(1) << g->part->n_bit) - 1 : 0,
			.shift = g->n_part ? g->part->shift : 0,
			.lane_shift = g->lane_shift,
			.lanes = (UINT64_C(1) << g->n_lane) - 1,
			.has_lanes = g->kind == TALLY_LANES,
			.is_plain = g->n_part < 2 && (g->kind == TALLY_COUNT || g->kind == TALLY_LANES),
		};
	}
}

static void make_strides(struct scan_part *p, const struct step *step)
{
	struct stride *stride = ARENA_ARRAY(&p->tally->arena, p->plan->width, struct stride);

	for (unsigned i = 0; i < p->plan->width; i += stride[p->n_stride++].n) {
		unsigned run = is_little_endian() ? run_of(step, i, p->plan->width) : 1;
		struct stride *s = &stride[p->n_stride];

		*s = (struct stride){
			.step = &step[i],
			.n = run > 1 ? run : 1,
			.n_byte = run > 1 ? 2 * (size_t)run : 0,
			.is_key = step[i].kind == STEP_KEY && is_little_endian(),
			.is_passed = step[i].kind == STEP_PASS,
		};
		if (s->n > 1)
			s->few = few_of(p, s->step, s->n);
	}
	p->stride = stride;
	p->same = (struct same_key){ .word = UINT64_MAX, .mask = UINT64_MAX };
	find_near(p);
	p->delimiters = BYTE_ONES * (unsigned char)p->delimiter;
	for (size_t i = 0; i < p->plan->n_group; i++)
		p->has_checks = p->has_checks || p->plan->group[i].fails;
}

bool scan_steps(struct scan_part *p)
{
	struct step *step = ARENA_ARRAY(&p->tally->arena, p->plan->width + 1, struct step);
	unsigned width = p->plan->width;
	unsigned n_key = 0;
	bool ok = width > 0;

	for (size_t i = 0; i < p->plan->n_column; i++) {
		const struct tally_column *c = &p->plan->column[i];
		struct step *s;

		if (c->col > width)
			return false;
		s = &step[c->col - 1];
		*s = (struct step){ .kind = kind_of(c), .column = i, .word = tally_bytes(p->tally, i) };
		n_key += c->is_key;
		ok = ok && s->kind != STEP_SLOW;
	}
	if (ok)
		make_strides(p, step);
	return ok && n_key == 1;
}

/* ---- the long way ---- */

size_t scan_line(const char *line, const char *end)
{
	size_t n = (size_t)(end - line);

	return n && line[n - 1] == '\r' ? n - 1 : n;
}

/* A cell in quotes at *s; its text, and *s behind the closing quote. */
static bool quoted_cell(const char **s, const char *end, char **room, struct tally_text *cell)
{
	const char *p = *s + 1;
	char *to = *room;

	cell->text = to;
	for (;; p++) {
		if (p == end)
			return false;
		if (*p == '"' && (p + 1 == end || *++p != '"'))
			break;
		*to++ = *p;
	}
	if (p + 1 == end && *p == '"')
		p++;
	cell->n = (size_t)(to - cell->text);
	*room = to;
	*s = p;
	return true;
}

static bool next_cell(struct scan_part *p, const char **s, const char *end, char **room, struct tally_text *cell)
{
	const char *stop;

	if (*s < end && **s == '"') {
		p->is_other = !quoted_cell(s, end, room, cell);
		p->is_faulty = !p->is_other && *s < end && **s != p->delimiter;
		return !p->is_other && !p->is_faulty;
	}
	stop = memchr(*s, p->delimiter, (size_t)(end - *s));
	*cell = (struct tally_text){ *s, (size_t)((stop ? stop : end) - *s), 0 };
	*s = stop ? stop : end;
	return true;
}

static bool is_blank(struct tally_text cell)
{
	if (cell.n)
		utf8_trim(&cell.text, &cell.n);
	return !cell.n;
}

unsigned scan_cells(struct scan_part *p, const char *line, size_t n)
{
	const char *s = line;
	const char *end = line + n;
	char *room = p->joined;
	size_t i = 0;
	bool blank = true;

	p->is_faulty = false;
	for (size_t k = 0; k < p->plan->n_column; k++)
		p->cell[k] = (struct tally_text){ "", 0, p->plan->column[k].col };
	for (unsigned col = 1;; col++, s++) {
		struct tally_text cell;

		if (!next_cell(p, &s, end, &room, &cell))
			return 0;
		cell.col = col;
		blank = blank && is_blank(cell);
		while (i < p->plan->n_column && p->plan->column[i].col < col)
			i++;
		if (i < p->plan->n_column && p->plan->column[i].col == col)
			p->cell[i] = cell;
		if (s == end)
			return blank ? 0 : col;
	}
}

static void take_slowly(struct scan_part *p, const char *line, const char *end, uint64_t at)
{
	size_t n = scan_line(line, end);
	unsigned n_cell;

	scan_flush(p);
	if (n > SCAN_ROW_MAX) {
		tally_add_fault(p->tally, TALLY_LONG, (struct tally_place){ .at = at });
		return;
	}
	n_cell = scan_cells(p, line, n);
	if (p->is_faulty)
		tally_add_fault(p->tally, TALLY_QUOTE, (struct tally_place){ .at = at });
	else if (n_cell && !p->is_other)
		tally_take(p->tally, p->cell, n_cell, at);
}

/* ---- the short way ---- */

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

/* Digits of several columns at once; false: something else stands there. */
static inline bool take_few(const struct few *few, const char *s, uint64_t *word)
{
	const uint64_t digits = UINT64_C(0x0003000300030003);
	const uint64_t together = UINT64_C(1) << 48 | UINT64_C(1) << 34 | UINT64_C(1) << 20 | UINT64_C(1) << 6;
	uint64_t eight;

	memcpy(&eight, s, sizeof eight);
	if ((eight ^ few->wanted) & few->mask)
		return false;
	*word |= few->word[(eight & digits) * together >> 48 & (FEW_TABLE - 1)];
	return true;
}

/* A key of up to seven letters and digits, which is its own hash; false: it may be another. */
static inline bool take_short_key(const char **s, uint64_t delimiters, struct scan_row *row)
{
	uint64_t eight, apart;
	unsigned n;

	memcpy(&eight, *s, sizeof eight);
	apart = eight ^ delimiters;
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
	return true;
}

static inline bool take_same_key(const struct same_key *same, const char **s, struct scan_row *row)
{
	uint64_t eight;

	memcpy(&eight, *s, sizeof eight);
	if ((eight ^ same->word) & same->mask)
		return false;
	*s += same->n_byte;
	row->is_same = true;
	return true;
}

static inline bool take_quick_key(struct scan_part *p, const char **s, struct scan_row *row)
{
	return take_same_key(&p->same, s, row) || take_short_key(s, p->delimiters, row);
}

/* One cell after another. */
static const char *take_each(struct scan_part *p, const struct stride *stride, const char *s, char stop, struct scan_row *row,
	uint64_t *word)
{
	for (unsigned i = 0; i < stride->n; i++)
		if (!take_cell(p, &stride->step[i], &s, stop, row, word))
			return NULL;
	return s;
}

/* The row at s, and where the next one begins; NULL: look closer. */
static inline const char *take_quickly(struct scan_part *p, const char *s, struct scan_row *row)
{
	const struct stride *stride = p->stride;
	const struct stride *last = stride + p->n_stride - 1;
	uint64_t word = 0;
	uint64_t more = 0; /* apart: it is in memory */

	row->n_single = 0;
	row->is_same = false;
	for (; stride < last; stride++) {
		while (stride->n > 1 && take_few(&stride->few, s, &word)) {
			s += stride->n_byte;
			if (++stride == last)
				break;
		}
		if (stride == last)
			break;
		if (stride->is_key && take_quick_key(p, &s, row))
			continue;
		s = take_each(p, stride, s, p->delimiter, row, &more);
		if (!s)
			return NULL;
	}
	if (stride->is_passed && s[1] == p->last && *s > ' ' && *s != '"' && *s != p->delimiter)
		s += 2;
	else
		s = take_each(p, stride, s, p->last, row, &more);
	row->word = word | more;
	if (!s || row->word & TALLY_ODD || (p->last == '\r' && *s++ != '\n'))
		return NULL;
	return s;
}

static bool fails(const struct scan_part *p, uint64_t word)
{
	for (size_t i = 0; i < p->plan->n_group; i++) {
		const struct tally_group *g = &p->plan->group[i];

		if (g->fails && g->cell[tally_index(g, word)] & TALLY_FAILS)
			return true;
	}
	return false;
}

/* ---- adding ---- */

/* The key's counters, on their way from memory; NULL: there are too many keys. */
static uint32_t *find_counters(struct scan_part *p, struct scan_row *row)
{
	size_t n = p->plan->n_counter * sizeof *row->counter;
	const char *first;

	row->i_key = tally_key_find(p->tally, row->key, row->n_key, row->hash, row->at);
	if (row->i_key == TALLY_NO_KEY)
		return NULL;
	first = (const char *)tally_counters(p->tally, row->i_key);
	for (size_t i = 0; i < n + LINE - 1 && i < (size_t)LINES_MAX * LINE; i += LINE)
		__builtin_prefetch(first + i, 1);
	return tally_counters(p->tally, row->i_key);
}

/* Rows that follow each other mostly have the same short key. */
static void find_all(struct scan_part *p)
{
	for (size_t i = 0; i < p->n_row; i++) {
		struct scan_row *row = &p->row[i];
		const struct scan_row *before = row - 1;

		if (i && before->hash == row->hash && before->n_key == row->n_key && row->n_key <= KEY_SHORT) {
			row->counter = before->counter;
			row->i_key = before->i_key;
		} else {
			row->counter = find_counters(p, row);
		}
	}
}

/* Sums, and groups whose columns stand apart in the word. */
static void add_far(struct scan_part *p, const struct tally_group *g, const struct scan_row *row, uint32_t *counter, uint32_t i_key)
{
	size_t cell = g->cell[tally_index(g, row->word)] & TALLY_NO_CELL;

	if (cell == TALLY_NO_CELL)
		return;
	if (g->kind == TALLY_COUNT)
		counter[cell]++;
	else if (g->kind == TALLY_SUM)
		tally_sums(p->tally, i_key)[cell] += row->number[g->which];
	else
		for (unsigned i = 0; i < g->n_lane; i++)
			counter[cell + i] += (uint32_t)(row->word >> (g->lane_shift + i) & 1);
}

static inline void add_near(const struct near_group *g, uint64_t word, uint32_t *counter)
{
	size_t cell = g->cell[word >> g->shift & g->mask] & TALLY_NO_CELL;

	if (cell == TALLY_NO_CELL)
		return;
	if (!g->has_lanes)
		counter[cell]++;
	else
		for (uint64_t lanes = word >> g->lane_shift & g->lanes; lanes; lanes &= lanes - 1)
			counter[cell + (size_t)__builtin_ctzll(lanes)]++;
}

static inline void add_row(struct scan_part *p, const struct scan_row *row, uint32_t *counter, uint32_t i_key)
{
	size_t n = p->plan->n_group;
	uint64_t word = row->word;

	counter[0]++;
	if (row->n_single)
		tally_add_single(p->tally, row->single, row->n_single, row->at);
	for (size_t i = 0; i < n; i++)
		if (p->near_group[i].is_plain)
			add_near(&p->near_group[i], word, counter);
		else
			add_far(p, &p->plan->group[i], row, counter, i_key);
}

/* Notes the key that was added last, if it is short. */
static void note_same(struct scan_part *p, const struct scan_row *row)
{
	unsigned n_bit = 8 * row->n_key;

	p->same = (struct same_key){ .word = UINT64_MAX, .mask = UINT64_MAX }; /* no text has such bytes */
	if (!row->counter || row->n_key >= KEY_SHORT)
		return;
	p->same = (struct same_key){
		.word = row->hash | (uint64_t)(unsigned char)p->delimiter << n_bit,
		.mask = UINT64_MAX >> (56 - n_bit),
		.n_byte = row->n_key + 1,
		.counter = row->counter,
		.i_key = row->i_key,
	};
}

void scan_flush(struct scan_part *p)
{
	if (!p->n_row)
		return;
	find_all(p);
	for (size_t i = 0; i < p->n_row; i++)
		if (p->row[i].counter) {
			add_row(p, &p->row[i], p->row[i].counter, p->row[i].i_key);
			p->tally->n_row++;
		}
	note_same(p, &p->row[p->n_row - 1]);
	p->n_row = 0;
}

/* ---- all rows ---- */

/* Rows from s on, as many as go the short way; where they end. */
static const char *take_block(struct scan_part *p, const char *s, const char *end, const char *begin, uint64_t at)
{
	uint64_t n_same = 0;

	while (s < end && p->n_row < SCAN_WAITING) {
		struct scan_row *row = &p->row[p->n_row];
		const char *next = take_quickly(p, s, row);

		if (!next || next - s > SCAN_ROW_MAX || (p->has_checks && fails(p, row->word)))
			break;
		row->at = at + (uint64_t)(s - begin);
		s = next;
		if (row->is_same) {
			add_row(p, row, p->same.counter, p->same.i_key);
			n_same++;
			continue;
		}
		tally_key_fetch(p->tally, row->hash);
		p->n_row++;
	}
	p->tally->n_row += n_same;
	return s;
}

void scan_rows(struct scan_part *p, const char *s, const char *end, uint64_t at)
{
	const char *begin = s;

	while (s < end && !p->is_other) {
		const char *line_end;

		if (!p->is_slow)
			s = take_block(p, s, end, begin, at);
		if (p->n_row == SCAN_WAITING || s == end) {
			scan_flush(p);
			continue;
		}
		line_end = memchr(s, '\n', (size_t)(end - s));
		take_slowly(p, s, line_end, at + (uint64_t)(s - begin));
		s = line_end + 1;
	}
	scan_flush(p);
}

