#include "ingest/badrows.h"

#include "base/utf8.h"

static bool ends_line(char c)
{
	return c == '\n' || c == '\r';
}

/* Bytes of the line at s without its end. */
static size_t line_length(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && !ends_line(s[i]))
		i++;
	return i;
}

/* Lines that something stands in, and how many of them are no UTF-8; at most BAD_ROWS_JUDGED. */
static void count_lines(const char *s, size_t n, size_t *n_line, size_t *n_bad)
{
	for (size_t len; n && *n_line < BAD_ROWS_JUDGED; s += len, n -= len) {
		len = line_length(s, n);
		*n_line += len > 0;
		*n_bad += !utf8_valid(s, len, NULL);
		len += len < n;
	}
}

bool bad_rows_are_few(const char *s, size_t n)
{
	size_t n_line = 0;
	size_t n_bad = 0;
	size_t first = 0;

	if (utf8_valid(s, n, &first))
		return true;
	while (first && !ends_line(s[first - 1]))
		first--;
	count_lines(s + first, n - first, &n_line, &n_bad);
	count_lines(s, first, &n_line, &n_bad);
	return n_bad * BAD_ROWS_FEW <= n_line;
}
