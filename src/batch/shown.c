#include "batch/shown.h"

#include <string.h>

int shown_decimals(const char *text)
{
	const char *comma = strrchr(text, ',');
	size_t n = comma ? strspn(comma + 1, "0123456789") : 0;

	return n > RATIO_DECIMALS ? RATIO_DECIMALS : (int)n;
}

const char *shown_format(int decimals, struct arena *a)
{
	static const char zeros[] = "000000000000000";

	_Static_assert(RATIO_DECIMALS < sizeof zeros, "a zero for each decimal");
	return decimals ? arena_printf(a, "#,##0.%.*s", decimals, zeros) : "#,##0";
}

/* Whether a printed text has these digits; its marks between groups may be there or not. */
static bool has_digits(const char *text, const char *plain)
{
	for (; *text; text++) {
		if (*text == '.')
			continue;
		if (*plain++ != (*text == ',' ? '.' : *text))
			return false;
	}
	return !*plain;
}

struct ratio shown_figure(const char *text, struct ratio exact)
{
	static const enum rounding others[] = { ROUND_TRUNCATE, ROUND_HALF_EVEN };
	int decimals = shown_decimals(text);
	struct arena a = { 0 };
	struct diags quiet = { .quiet = true };
	struct ratio printed = exact;
	struct ratio x;
	bool found = has_digits(text, ratio_text(exact, decimals, ROUND_HALF_UP, &a));

	for (size_t i = 0; !found && i < sizeof others / sizeof *others; i++) {
		found = has_digits(text, ratio_text(exact, decimals, others[i], &a))
			&& ratio_round(exact, decimals, others[i], (struct origin){ 0 }, &x, &quiet);
		printed = found ? x : exact;
	}
	diags_clear(&quiet);
	arena_clear(&a);
	return printed;
}
