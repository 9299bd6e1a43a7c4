/* The words by which the checker knows what sheets and sentences are for. */
#include "sheetlint/linting.h"

#include "base/utf8.h"

#include <string.h>

enum { WORD_BYTES_MAX = 256 }; /* longer texts are none of them */

bool xl_is_word(struct xl *x, enum xl_word w, const char *text)
{
	const char *const *word = x->words->list[w];
	const char *folded;

	if (strnlen(text, WORD_BYTES_MAX + 1) > WORD_BYTES_MAX)
		return false;
	folded = utf8_fold(text, strlen(text), &x->arena);
	while (*word && strcmp(*word, folded) != 0)
		word++;
	return *word;
}

bool xl_has_word(struct xl *x, enum xl_word w, const char *text)
{
	const char *const *word = x->words->list[w];
	const char *folded = utf8_fold(text, strlen(text), &x->arena);

	while (*word && !strstr(folded, *word))
		word++;
	return *word;
}

size_t xl_marks_note(const struct xl *x, const char *folded)
{
	if (*folded != '[')
		return 0;
	for (const char *const *word = x->words->list[WORD_NOTE]; *word; word++) {
		size_t n = strlen(*word);

		if (!strncmp(folded + 1, *word, n) && folded[1 + n] == ' ')
			return n + 2;
	}
	return 0;
}
