/* What a scan may not meet: it is for the reader of CSV. */
#include "ingest/scanning.h"

#include "base/utf8.h"

#include <string.h>

enum { LANES = 32 }; /* bytes looked at together */

static bool has_lone_return(const char *s, const char *end)
{
	for (; (s = memchr(s, '\r', (size_t)(end - s))) != NULL; s++)
		if (s[1] != '\n')
			return true;
	return false;
}

static bool is_ascii(const char *s, size_t n)
{
	uint64_t all[LANES / 8] = { 0 };
	uint64_t some[LANES / 8];
	unsigned char rest = 0;

	for (; n >= LANES; s += LANES, n -= LANES) {
		memcpy(some, s, LANES);
		for (size_t i = 0; i < LANES / 8; i++)
			all[i] |= some[i];
	}
	for (; n; n--)
		rest |= (unsigned char)*s++;
	for (size_t i = 1; i < LANES / 8; i++)
		all[0] |= all[i];
	return !((all[0] | rest) & UINT64_C(0x8080808080808080));
}

/* Whole lines of a text: whether a reader would take them as the scan does. */
static bool is_plain(const char *s, const char *end)
{
	size_t n = (size_t)(end - s);

	if (memchr(s, '\0', n) || has_lone_return(s, end))
		return false;
	return is_ascii(s, n) || utf8_valid(s, n, NULL);
}

/* The same, but for rows that are longer than any may be: what is in those is not looked at. */
static bool are_plain(const char *s, const char *end)
{
	while (s < end) {
		const char *next = (const char *)memchr(s, '\n', (size_t)(end - s)) + 1;

		if (scan_line(s, next - 1) <= SCAN_ROW_MAX && !is_plain(s, next))
			return false;
		s = next;
	}
	return true;
}

bool scan_check(struct scan_part *p)
{
	if (!p->is_checked)
		p->is_other = p->is_other || !(is_plain(p->text, p->text_end) || are_plain(p->text, p->text_end));
	p->is_checked = true;
	return !p->is_other;
}
