#include "compute/work.h"

/* The first cell the condition looked at, else the row, else the table. */
static struct origin place_of(const struct work *w, const struct value *value, size_t row)
{
	const struct leaf *leaf = w->row_leaf[row];

	if (value->figure.n_from)
		return value->figure.from[0];
	if (leaf)
		return leaf->row[SOURCE_CURRENT] ? leaf->row[SOURCE_CURRENT]->at : leaf->any->at;
	return w->table->at;
}

/* False when the condition itself is wrong. */
static bool check_row(const struct work *w, const struct check *check, size_t row, struct diags *d)
{
	const char *label = w->table->row[row].label;
	struct value value;

	if (!expr_eval(check->that, &w->table->env, row, &value, w->a, d))
		return false;
	if (value.figure.state != FIGURE_OK || value.truth)
		return true;
	if (!*label && w->table->row[row].kind == ROW_TOTAL)
		label = diag_say(d, "the total");
	if (*label)
		diag_add(d, check->severity, place_of(w, &value, row), check->rule, "%s: %s", label,
			check->message);
	else
		diag_add(d, check->severity, place_of(w, &value, row), check->rule, "%s",
			check->message);
	return true;
}

bool checks_run(struct work *w, struct diags *d)
{
	const struct table *table = w->table;
	size_t n_error = d->n_error;

	for (size_t i = 0; i < w->n_check; i++) {
		const struct check *check = &w->check[i];
		bool ok = true;

		for (size_t k = 0; k < table->n_leaf && ok && check->on != CHECK_TOTAL; k++)
			ok = check_row(w, check, table->leaf[k], d);
		if (table->has_total && ok && check->on != CHECK_ROWS)
			check_row(w, check, table->total, d);
	}
	return d->n_error == n_error;
}
