/* Any text as one that was published: its numerals, and the figure it states. */
#include "base/date.h"
#include "base/utf8.h"
#include "base/words.h"
#include "compose/numerals.h"
#include "compute/audit.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void look_at_numerals(const char *text, struct arena *a)
{
	struct numeral found;
	size_t end = strlen(text);

	for (size_t i = 0; numeral_find(text, i, end, &found, a); i = found.start + found.n)
		if (!found.n || found.start < i || found.start + found.n > end)
			abort();
}

static void look_at_words(const char *text, struct arena *a)
{
	const char *folded = utf8_fold(text, strlen(text), a);
	struct ratio x;
	struct ratio again;
	size_t n = words_read(folded, &x, a);

	if (n > strlen(folded) || (n && (!words_read(words_text(x, 0, a), &again, a) || ratio_compare(x, again) != 0)))
		abort();
}

static void look_at_days(const char *text, struct arena *a)
{
	const char *folded = utf8_fold(text, strlen(text), a);
	struct date d;
	size_t end = 0;

	for (size_t i = 0; date_find(folded, i, &d, &end); i = end)
		if (end <= i || end > strlen(folded) || d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31)
			abort();
}

/* As the audit goes on with it. */
static void look_at_figure(const char *text, const char *unit, struct arena *a)
{
	static const char *const known[] = { "hộ", "hộ nghèo", "khẩu", "%", "triệu đồng" };
	struct printed_hints hints = { { unit, false, known, sizeof known / sizeof *known }, "Quý" };
	struct printed p = printed_read(text, &hints, a);
	struct diags scratch = { .quiet = true };
	struct ratio x;

	if (p.scale.num < 1 || p.scale.den < 1 || p.decimals < 0 || (p.as == PRINTED_UNREADABLE && !p.part))
		abort();
	if (p.as != PRINTED_NUMBER && p.as != PRINTED_ROMAN && p.as != PRINTED_WORDS)
		return;
	if (p.x.den < 1 || (p.has_words && p.words.den < 1))
		abort();
	audit_number(p.x, p.decimals, ROUND_TRUNCATE, a);
	if (ratio_div(ratio_whole(90), p.scale, (struct origin){ 0 }, &x, &scratch))
		audit_number(x, p.decimals, ROUND_HALF_UP, a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const char *const units[] = { "", "hộ", "%", "đồng", "triệu đồng" };
	struct arena a = { 0 };
	const char *text = arena_slice(&a, (const char *)bytes, n);
	size_t length = strlen(text);
	size_t bad;

	if (utf8_valid(text, length, &bad)) {
		look_at_numerals(text, &a);
		look_at_words(text, &a);
		look_at_days(text, &a);
		for (size_t i = 0; i < sizeof units / sizeof *units; i++)
			look_at_figure(text, units[i], &a);
	}
	arena_clear(&a);
	return 0;
}
