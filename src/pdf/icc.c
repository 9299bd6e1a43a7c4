#include "pdf/icc.h"

#include <string.h>

enum { HEAD = 128, TABLE = HEAD + 4, TAG = 12, TAGS_MAX = 100, VERSION = 8, KIND = 12, SPACE = 16, MARK = 36 }; /* [bytes] */

static const struct {
	char name[5];
	unsigned colours;
} spaces[] = { { "GRAY", 1 }, { "RGB ", 3 }, { "Lab ", 3 }, { "CMYK", 4 } };

static const char kinds[][5] = { "mntr", "prtr", "scnr", "spac" };

static size_t u32(struct bytes b, size_t at)
{
	const unsigned char *s = (const unsigned char *)b.data + at;

	return (size_t)s[0] << 24 | (size_t)s[1] << 16 | (size_t)s[2] << 8 | s[3];
}

static bool tags_are_inside(struct bytes b)
{
	size_t n = u32(b, HEAD);

	if (!n || n > TAGS_MAX || b.n < TABLE + n * TAG)
		return false;
	for (size_t i = 0; i < n; i++) {
		size_t at = u32(b, TABLE + i * TAG + 4);
		size_t size = u32(b, TABLE + i * TAG + 8);

		if (at < TABLE + n * TAG || at > b.n || size > b.n - at)
			return false;
	}
	return true;
}

bool icc_read(struct bytes b, struct icc *icc)
{
	*icc = (struct icc){ 0 };
	if (b.n < TABLE || memcmp(b.data + MARK, "acsp", 4) != 0 || (b.data[VERSION] != 2 && b.data[VERSION] != 4) || u32(b, 0) != b.n)
		return false;
	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
		if (memcmp(b.data + SPACE, spaces[i].name, 4) == 0) {
			icc->space = spaces[i].name;
			icc->colours = spaces[i].colours;
		}
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (memcmp(b.data + KIND, kinds[i], 4) == 0)
			icc->kind = kinds[i];
	return icc->space && icc->kind && tags_are_inside(b);
}

bool icc_is_output(const struct icc *icc)
{
	return !strcmp(icc->kind, "mntr") || !strcmp(icc->kind, "prtr");
}
