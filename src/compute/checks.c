/* The conditions that a table's template sets for its rows. */
#include "compute/work.h"

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
	audit_add(w->audit,
		(struct audit_finding){
			.rule = check->rule,
			.severity = check->severity,
			.at = row_place(w, &value.figure, row),
			.place = cell_path(w, row, ""),
			.subject = label,
			.message = check->message,
		},
		d);
	return true;
}

void checks_run(struct work *w, struct diags *d)
{
	const struct table *table = w->table;

	for (size_t i = 0; i < w->n_check; i++) {
		const struct check *check = &w->check[i];
		bool ok = true;

		audit_rule_add(w->audit, check->rule);
		for (size_t k = 0; k < table->n_leaf && ok && check->on != CHECK_TOTAL; k++)
			ok = check_row(w, check, table->leaf[k], d);
		if (table->has_total && ok && check->on != CHECK_ROWS)
			check_row(w, check, table->total, d);
	}
}
