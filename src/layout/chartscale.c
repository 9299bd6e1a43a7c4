/* Axes: steps that people count in, exactly. */
#include "layout/chart.h"

#include "compose/numbertext.h"

static struct ratio times(struct ratio x, int64_t n)
{
	struct diags scratch = { .quiet = true };
	struct ratio product = x;

	ratio_mul(x, ratio_whole(n), (struct origin){ 0 }, &product, &scratch);
	return product;
}

static struct ratio step_of(int power, int64_t digit)
{
	struct diags scratch = { .quiet = true };
	struct ratio step = ratio_whole(digit);
	int64_t scale = 1;

	for (int i = power < 0 ? -power : power; i; i--)
		scale *= 10;
	if (power < 0)
		ratio_div(step, ratio_whole(scale), (struct origin){ 0 }, &step, &scratch);
	return power < 0 ? step : times(step, scale);
}

/* Steps from zero that reach x, which has that sign; more than most: they are too many. */
static int count_steps(struct ratio step, struct ratio x, int sign, int most)
{
	int n = 0;

	while (n <= most && sign * ratio_compare(x, times(step, (int64_t)sign * n)) > 0)
		n++;
	return n;
}

struct chart_scale scale_of(struct ratio low, struct ratio high, bool whole, int most)
{
	static const int digits[] = { 1, 2, 5 };
	struct chart_scale s = { 0 };

	for (int power = whole ? 0 : TICK_POWER_LEAST; power <= TICK_POWER_MOST; power++)
		for (size_t i = 0; i < sizeof digits / sizeof *digits; i++) {
			s.step = step_of(power, digits[i]);
			s.decimals = power < 0 ? -power : 0;
			s.below = count_steps(s.step, low, -1, most);
			s.above = count_steps(s.step, high, 1, most);
			if (s.below + s.above > most)
				continue;
			if (!s.below && !s.above)
				s = (struct chart_scale){ ratio_whole(1), 0, 1, 0 };
			return s;
		}
	s.below = s.below > most ? most : s.below;
	s.above = s.above > most ? most : s.above;
	return s;
}

double scale_place(const struct chart_scale *s, struct ratio x)
{
	double steps = ratio_double(x) / ratio_double(s->step) + s->below;

	return steps / scale_steps(s);
}

const char *scale_text(const struct chart_scale *s, int i, struct arena *a)
{
	struct number_style style = { .decimals = s->decimals };

	return number_text(figure_of(times(s->step, i - s->below)), style, a);
}

int scale_steps(const struct chart_scale *s)
{
	return s->below + s->above;
}
