/* Any text as one that was published: its numerals, and the figure it states. */
#include "base/utf8.h"
#include "base/words.h"
#include "compose/numerals.h"

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
		for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
			struct printed p = printed_read(text, units[i], &a);

			if (p.n > PRINTED_MAX || p.scale < 1 || (p.as == PRINTED_NUMBER && p.n != 1))
				abort();
		}
	}
	arena_clear(&a);
	return 0;
}
