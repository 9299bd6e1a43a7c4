/* What is kept of an area's progress for those above it, as text. */
#include "compute/progressbelow.h"
#include "compute/work.h"

#include <inttypes.h>
#include <string.h>

static void put_figure(const struct progressing *p, const struct figure *f, struct buf *to)
{
	static const char *const states[] = { [FIGURE_MISSING] = "-", [FIGURE_NOT_APPLICABLE] = "z", [FIGURE_CONFIDENTIAL] = "c" };

	buf_printf(to, " %s", f->state == FIGURE_OK ? ratio_exact(f->x, p->own) : states[f->state]);
}

/* ---- returns ---- */

static size_t corrections(const struct progressing *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->returns->n_correction; i++)
		n += p->returns->correction[i].month <= p->last;
	return n;
}

static void put_month(const struct progressing *p, unsigned month, struct buf *to)
{
	struct kept_month m = { 0 };

	for (size_t i = 0; i < p->n_area; i++) {
		struct arrival arrival = arrival_of(p, i, month);

		m.n_return += arrival.n;
		m.n_late += arrival.n_late;
		m.late_days += arrival.late_days;
		if (arrival.day && (!m.day || strcmp(arrival.day, m.day) > 0))
			m.day = arrival.day;
	}
	buf_printf(to, "m %zu %zu %" PRId64 " %s\n", m.n_return, m.n_late, m.late_days, m.day ? m.day : "-");
}

/* ---- indicators ---- */

static bool put_goal(struct progressing *p, const struct followed *f, struct buf *to)
{
	bool straight = !f->goal.n_part && !f->goal.n_with;

	put_figure(p, &f->goal.year[p->n_area], to);
	buf_puts(to, straight ? " s " : " p ");
	for (unsigned month = 1; month <= p->last; month++) {
		bool shared = sums_is_shared_out(p, f);
		bool waits = false;

		for (size_t i = 0; i < p->n_area; i++)
			waits |= (!shared || f->goal.year[i].state == FIGURE_OK) && !sums_is_reported(p, f, i, month);
		buf_putc(to, waits ? '1' : '0');
	}
	for (unsigned month = 1; month <= PROGRESS_MONTHS && !straight; month++) {
		struct figure planned;

		if (!goal_to_date(p, &f->goal, p->n_area, month, &planned))
			return false;
		put_figure(p, &planned, to);
	}
	buf_putc(to, '\n');
	return true;
}

/* Areas whose figures of the month are since another one. */
static bool put_part(struct progressing *p, const struct followed *f, unsigned month, unsigned since, struct buf *to)
{
	struct figure *part = ARENA_ARRAY(p->own, p->n_area, struct figure);
	size_t *area = ARENA_ARRAY(p->own, p->n_area, size_t);
	size_t n = 0;

	for (size_t i = 0; i < p->n_area; i++)
		if (sums_since(p, f, i, month) == since)
			area[n++] = i;
	if (!n)
		return true;
	buf_printf(to, "p %u %u %zu", month, since, n);
	for (size_t k = 0; k < f->n_field; k++) {
		struct cell_value sum;

		for (size_t i = 0; i < n; i++)
			part[i] = sums_figure(p, f, area[i], month, k);
		if (!figures_sum(part, n, true, p->template->root->at, p->own, &sum, p->d))
			return false;
		put_figure(p, &sum.figure, to);
	}
	buf_putc(to, '\n');
	return true;
}

static bool put_indicator(struct progressing *p, const struct followed *f, struct buf *to)
{
	buf_putc(to, 'i');
	if (!put_goal(p, f, to))
		return false;
	for (unsigned month = 1; month <= p->last; month++)
		for (unsigned since = p->has_spans ? 1 : month; since <= month; since++)
			if (!put_part(p, f, month, since, to))
				return false;
	return true;
}

bool progress_keep(struct progressing *p, struct buf *to)
{
	buf_printf(to, "%s %s %zu %u %zu\n", p->template->name, p->returns->dataset->id, p->n_area, p->last, corrections(p));
	for (unsigned month = 1; month <= p->last; month++)
		put_month(p, month, to);
	for (size_t i = 0; i < p->template->n_base; i++) {
		buf_putc(to, 'b');
		put_figure(p, &p->base[i].goal.year[p->n_area], to);
		buf_putc(to, '\n');
	}
	for (size_t i = 0; i < p->template->n_indicator; i++)
		if (!put_indicator(p, &p->indicator[i], to))
			return false;
	buf_puts(to, KEPT_END);
	return true;
}
