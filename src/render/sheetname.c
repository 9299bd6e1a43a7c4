/* Names of sheets: the titles of tables, cut to what spreadsheet programs allow. */
#include "render/sheet.h"

#include "base/utf8.h"

#include <string.h>

enum { NAME_MAX_UNITS = 31 }; /* what spreadsheet programs allow */

static size_t utf16_units(uint32_t code)
{
	return code > 0xffff ? 2 : 1;
}

/* What a sheet may not be called, replaced; a slash, as in 2023/2024, becomes a dash. */
static const char *allowed_letters(const char *title, struct arena *a)
{
	char *name = arena_text(a, title);

	for (char *s = name; *s; s++)
		if (*s == '/' || *s == '\\')
			*s = '-';
		else if (strchr("[]:*?'", *s) || (unsigned char)*s < ' ')
			*s = ' ';
	return name;
}

/* At most max units of UTF-16, whole words where that leaves half of them. */
static const char *shortened(const char *name, size_t max, struct arena *a)
{
	size_t left = strlen(name);
	size_t n = 0;
	size_t at_space = 0;
	size_t units = 0;
	uint32_t code;

	while (n < left) {
		size_t length = utf8_decode(name + n, left - n, &code);

		if (!length || units + utf16_units(code) > max)
			break;
		if (code == ' ')
			at_space = n;
		units += utf16_units(code);
		n += length;
	}
	if (n < left && name[n] != ' ' && at_space > n / 2)
		n = at_space;
	utf8_trim(&name, &n);
	return arena_slice(a, name, n);
}

static bool is_used(const char *name, const char *const *used, size_t n_used, struct arena *a)
{
	const char *folded = utf8_fold(name, strlen(name), a);

	for (size_t i = 0; i < n_used; i++)
		if (!strcmp(folded, utf8_fold(used[i], strlen(used[i]), a)))
			return true;
	return false;
}

const char *sheet_name(const struct grid_table *t, const char *const *used, size_t n_used, struct arena *a)
{
	const char *whole = shortened(allowed_letters(t->title ? t->title : "", a), SIZE_MAX, a);
	const char *name;

	if (!*whole)
		whole = t->id;
	name = shortened(whole, NAME_MAX_UNITS, a);
	for (unsigned i = 2; is_used(name, used, n_used, a); i++) {
		const char *mark = arena_printf(a, " (%u)", i);

		name = arena_printf(a, "%s%s", shortened(whole, NAME_MAX_UNITS - strlen(mark), a), mark);
	}
	return name;
}
