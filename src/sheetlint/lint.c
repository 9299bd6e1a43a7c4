#include "sheetlint/lint.h"

#include "sheetlint/linting.h"

#include <string.h>

static const char accessible_suffix[] = ".accessible.xlsx";

static bool is_accessible(const char *name)
{
	size_t n = strlen(name), n_suffix = strlen(accessible_suffix);

	return n > n_suffix && xl_same_name(name + n - n_suffix, accessible_suffix);
}

static bool read_sheets(struct xl *x)
{
	bool ok = true;

	for (size_t i = 0; i < x->n_sheet; i++)
		ok = xl_sheet_read(x, &x->sheet[i]) && ok;
	for (size_t i = 0; i < x->n_sheet; i++)
		if (x->sheet[i].is_read)
			xl_tables_read(x, &x->sheet[i]);
	return ok;
}

static void check_sheets(struct xl *x)
{
	for (size_t i = 0; i < x->n_sheet; i++) {
		const struct xl_sheet *s = &x->sheet[i];

		if (!s->is_read)
			continue;
		xl_cells(x, s);
		xl_drawings(x, s);
		xl_looks(x, s);
		xl_printing(x, s);
	}
}

static void check_accessible(struct xl *x)
{
	xl_access_book(x);
	for (size_t i = 0; i < x->n_sheet; i++) {
		const struct xl_sheet *s = &x->sheet[i];

		if (!s->is_read)
			continue;
		xl_access_tables(x, s);
		xl_access_looks(x, s);
		xl_access_fit(x, s);
	}
	if (x->n_sheet) {
		xl_access_notes(x);
		xl_access_texts(x);
	}
}

/* What cannot be read is told; what is in it cannot be checked. */
static void check(struct xl *x)
{
	bool is_whole = xl_parts(x);

	if (!xl_book(x) || !xl_styles(x) || !xl_strings(x))
		return;
	xl_names_read(x);
	is_whole = read_sheets(x) && is_whole;
	xl_names_index(x);
	xl_names(x);
	xl_tables(x);
	check_sheets(x);
	if (x->accessible && is_whole)
		check_accessible(x);
}

static bool lint(struct container *container, const char *shown, enum xl_claim claim, const struct xl_words *words, struct diags *d)
{
	size_t n_error = d->n_error;
	struct xl x = { .container = container, .shown = shown, .words = words, .d = d,
		.accessible = claim == XL_ACCESSIBLE || is_accessible(shown) };

	if (!container)
		return false;
	map_init(&x.taken, &x.arena);
	check(&x);
	xl_tell_rest(&x);
	arena_clear(&x.arena);
	container_close(container);
	return d->n_error == n_error;
}

bool xl_lint(const char *path, const char *shown, enum xl_claim claim, const struct xl_words *words, struct diags *d)
{
	return lint(container_open(path, shown, d), shown, claim, words, d);
}

bool xl_lint_bytes(struct bytes data, const char *shown, enum xl_claim claim, const struct xl_words *words, struct diags *d)
{
	return lint(container_open_bytes(data.data, data.n, shown, d), shown, claim, words, d);
}
