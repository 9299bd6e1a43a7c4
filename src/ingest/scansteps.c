/* What is done with the cells of a row, made once from the plan. */
#include "ingest/scanning.h"

#include <string.h>

#define BYTE_ONES UINT64_C(0x0101010101010101)

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

	while (i + n + 1 < width && n < FEWS * FEW_CODES && step[i + n].kind == STEP_CODE)
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

static struct stride stride_of(struct scan_part *p, const struct step *step, unsigned i)
{
	unsigned run = is_little_endian() ? run_of(step, i, p->plan->width) : 0;
	struct stride s = {
		.step = &step[i],
		.n = run ? run : 1,
		.n_byte = 2 * (size_t)run,
		.is_key = step[i].kind == STEP_KEY && is_little_endian(),
		.is_passed = step[i].kind == STEP_PASS,
	};

	for (unsigned k = 0; k < run; k += FEW_CODES)
		s.few[s.n_few++] = few_of(p, s.step + k, run - k < FEW_CODES ? run - k : FEW_CODES);
	return s;
}

static void make_strides(struct scan_part *p, const struct step *step)
{
	struct stride *stride = ARENA_ARRAY(&p->tally->arena, p->plan->width, struct stride);

	for (unsigned i = 0; i < p->plan->width; i += stride[p->n_stride++].n)
		stride[p->n_stride] = stride_of(p, step, i);
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

