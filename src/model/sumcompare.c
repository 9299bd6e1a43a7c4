#include "model/sumcompare.h"

#include "model/groups.h"

enum {
	SAME_LEAST = 10, /* a sum that is no chance */
	NEAR_PARTS = 50, /* a figure that is off by no more than this part of the sum is near it */
};

bool sumcompare_is_large(struct ratio sum)
{
	return ratio_compare(sum, ratio_whole(SAME_LEAST)) >= 0;
}

static struct ratio distance(struct ratio a, struct ratio b)
{
	struct diags unheard = { .quiet = true };
	struct origin nowhere = { 0 };
	bool is_less = ratio_compare(a, b) < 0;
	struct ratio x;

	if (!ratio_sub(is_less ? b : a, is_less ? a : b, nowhere, &x, &unheard))
		x = ratio_whole(INT64_MAX);
	diags_clear(&unheard);
	return x;
}

static bool is_near(struct ratio stated, struct ratio sum, bool by_one)
{
	struct diags unheard = { .quiet = true };
	struct origin nowhere = { 0 };
	struct ratio off = distance(stated, sum);
	struct ratio parts;
	bool is = by_one && ratio_compare(off, ratio_whole(1)) <= 0;

	is = is || (ratio_mul(off, ratio_whole(NEAR_PARTS), nowhere, &parts, &unheard) && ratio_compare(parts, sum) <= 0);
	diags_clear(&unheard);
	return is;
}

static bool is_below_one(const struct sum_finding *f, const struct sum_row *x, size_t field)
{
	struct ratio stated = f->data->row[x->row].datum[field].figure.x;

	for (size_t i = x->first; i < x->first + x->n_row; i++)
		if (!f->is_sum[i] && ratio_compare(stated, f->data->row[i].datum[field].figure.x) < 0)
			return true;
	return false;
}

struct sum_comparison sumcompare(const struct sum_finding *f, const struct sum_row *x, bool by_one)
{
	const struct data *data = f->data;
	struct sum_comparison c = { .is_over = true };

	for (size_t i = 0; i < data->dataset->n_field; i++) {
		const struct figure *stated = &data->row[x->row].datum[i].figure;
		struct ratio sum;
		bool near;

		if (!groups_add_up(&data->dataset->field[i]) || stated->state != FIGURE_OK || !sumfind_add(f, i, x->first, x->n_row, &sum))
			continue;
		c.is_over = c.is_over && !is_below_one(f, x, i);
		if (!ratio_compare(stated->x, sum)) {
			c.n_same += sum.num != 0;
			c.is_large = c.is_large || sumcompare_is_large(sum);
			continue;
		}
		near = is_near(stated->x, sum, by_one);
		if (!c.n_near && !c.n_far) {
			c.wrong = i;
			c.sum = sum;
		}
		c.n_near += near;
		c.n_far += !near;
		c.is_large = c.is_large || (near && sumcompare_is_large(sum));
	}
	return c;
}

bool sumcompare_total(struct sum_finding *f, bool with_sums)
{
	const struct data *data = f->data;
	size_t n_same = 0;
	bool ok = true;

	f->is_plain = with_sums;
	for (size_t i = 0; ok && i < data->dataset->n_field; i++) {
		const struct figure *total = &data->total->datum[i].figure;
		struct ratio sum;

		if (!groups_add_up(&data->dataset->field[i]) || total->state != FIGURE_OK || !sumfind_add(f, i, 0, data->n_row, &sum))
			continue;
		ok = !ratio_compare(total->x, sum);
		n_same += sum.num != 0;
	}
	f->is_plain = false;
	return ok && n_same;
}

bool sumcompare_all(const struct sum_finding *f, size_t field, size_t but, struct ratio *sum)
{
	struct diags unheard = { .quiet = true };
	bool ok = true;

	*sum = ratio_whole(0);
	for (size_t i = 0; ok && i < f->data->n_row; i++) {
		const struct figure *x = &f->data->row[i].datum[field].figure;

		if ((!f->is_sum[i] || i == but) && x->state == FIGURE_OK)
			ok = ratio_add(*sum, x->x, f->data->row[i].at, sum, &unheard);
	}
	diags_clear(&unheard);
	return ok;
}
