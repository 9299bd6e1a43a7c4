#include "ingest/formulas.h"

void formulas_add(struct formulas *f, unsigned row, unsigned col, enum formula_result result)
{
	struct formula_place at = { row, col };

	if (!f->n++)
		f->first = at;
	if (result == FORMULA_NONE && f->n_none++ < FORMULAS_TOLD)
		f->none[f->n_none - 1] = at;
	f->n_zero += result == FORMULA_ZERO;
	f->n_blank += result == FORMULA_BLANK;
}

static bool tell_missing(const struct formulas *f, const struct sheet_rows *rows, struct diags *d)
{
	for (size_t i = 0; i < f->n_none && i < FORMULAS_TOLD; i++)
		diag_error(d, sheet_rows_place(rows, f->none[i].row, f->none[i].col), "formula",
			"the formula of this cell has no stored value; open and save the file in a spreadsheet program");
	if (f->n_none > FORMULAS_TOLD)
		diag_note(d, sheet_rows_place(rows, 0, 0), "formula", "%zu formulas in all have no result", f->n_none);
	return !f->n_none;
}

/* Either may be a true result, so it counts only where no formula of the sheet has another one; empty texts alone are common
 * (=IF(A1="","",...)). */
static bool check_vacant(const struct formulas *f, const struct sheet_rows *rows, struct diags *d)
{
	struct origin first = sheet_rows_place(rows, f->first.row, f->first.col);

	if (!f->n || f->n_zero + f->n_blank < f->n)
		return true;
	if (f->n_zero)
		return diag_error(d, first, "formula",
			"all formulas of the sheet (%zu, this is the first) are 0 or empty in the file: the program that made it computed "
			"nothing; open and save it in a spreadsheet program",
			f->n);
	diag_warning(d, first, "formula",
		"all formulas of the sheet (%zu, this is the first) are empty in the file; if that is wrong, the program that made it "
		"computed nothing: open and save it in a spreadsheet program",
		f->n);
	return true;
}

bool formulas_check(const struct formulas *f, const struct sheet_rows *rows, bool ok, struct diags *d)
{
	return tell_missing(f, rows, d) && ok && check_vacant(f, rows, d);
}
