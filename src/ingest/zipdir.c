#include "ingest/zipdir.h"

#include "base/bytes.h"
#include "base/map.h"
#include "base/utf8.h"
#include "ingest/limits.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	END_SIZE = 22, /* [bytes] of the end record, without its comment */
	END_SEARCH = END_SIZE + 65535,
	END64_SIZE = 56,
	LOCATOR_SIZE = 20,
	CENTRAL_SIZE = 46,
	LOCAL_SIZE = 30,
	NAMES_MAX = ZIP_NAME_MAX + 65535,
	EXTRA_ZIP64 = 1,
	FLAG_ENCRYPTED = 1 << 0 | 1 << 6 | 1 << 13, /* the data, strongly, the directory */
	FLAG_SIZES_BEHIND = 1 << 3,		    /* the local header may have zeros */
};

static const uint32_t sign_end = 0x06054B50;
static const uint32_t sign_end64 = 0x06064B50;
static const uint32_t sign_locator = 0x07064B50;
static const uint32_t sign_central = 0x02014B50;
static const uint32_t sign_local = 0x04034B50;
static const uint32_t too_large = 0xFFFFFFFF; /* for 32 bits: the number stands elsewhere */
static const uint32_t too_many = 0xFFFF;

struct directory {
	FILE *file;
	struct origin whole;
	struct arena *arena;
	struct diags *diags;
	uint64_t n_file; /* [bytes] */
	uint64_t n_entry;
	uint64_t start; /* [bytes] of the central records */
	uint64_t size;
	unsigned char *names; /* [NAMES_MAX] name and extra fields of a local header */
};

/* The sizes of an entry as one of its two headers has them. */
struct sizes {
	uint64_t size;
	uint64_t packed;
	uint64_t start; /* only in the directory */
};

static bool broken(struct directory *z)
{
	return diag_error(z->diags, z->whole, "format",
		"this ZIP file is damaged or cut off; copy it again, or open and save it in a spreadsheet program");
}

static bool read_at(struct directory *z, uint64_t at, void *into, size_t n)
{
	if (at > z->n_file || n > z->n_file - at)
		return broken(z);
	if (fseeko(z->file, (off_t)at, SEEK_SET) || fread(into, 1, n, z->file) != n) {
		if (ferror(z->file))
			return diag_fault(z->diags, z->whole, "io", "reading failed: %s", strerror(errno));
		return broken(z);
	}
	return true;
}

static bool measure(struct directory *z)
{
	off_t n;

	if (fseeko(z->file, 0, SEEK_END) || (n = ftello(z->file)) < 0)
		return diag_fault(z->diags, z->whole, "io", "reading failed: %s", strerror(errno));
	z->n_file = (uint64_t)n;
	if (!n)
		return diag_error(z->diags, z->whole, "empty", "this file is empty; is it the right one?");
	if (z->n_file > ZIP_FILE_MAX)
		return diag_error(z->diags, z->whole, "limit", "the file has more than %d bytes; divide it", ZIP_FILE_MAX);
	return true;
}

/* Numbers that do not fit into the end record at `end` stand in another one, which a locator before it names. */
static bool read_end64(struct directory *z, uint64_t end)
{
	unsigned char locator[LOCATOR_SIZE];
	unsigned char record[END64_SIZE];

	if (end < LOCATOR_SIZE || !read_at(z, end - LOCATOR_SIZE, locator, sizeof locator))
		return broken(z);
	if (le32(locator) != sign_locator)
		return broken(z);
	if (!read_at(z, le64(locator + 8), record, sizeof record))
		return false;
	if (le32(record) != sign_end64)
		return broken(z);
	z->n_entry = le64(record + 32);
	z->size = le64(record + 40);
	z->start = le64(record + 48);
	return true;
}

/* Something may stand behind what would else be the end. */
static bool no_end(struct directory *z, const unsigned char *tail, size_t n)
{
	for (size_t i = n < END_SIZE ? 0 : n - END_SIZE + 1; i-- > 0;)
		if (le32(tail + i) == sign_end && i + END_SIZE + le16(tail + i + 20) < n)
			return diag_error(z->diags, z->whole, "format",
				"%zu bytes were appended to this ZIP file on its way; open and save it in a spreadsheet program, or send it again",
				n - i - END_SIZE - le16(tail + i + 20));
	return broken(z);
}

/* The end record ends the file with its comment, whose length it knows. */
static bool read_end(struct directory *z)
{
	size_t n = z->n_file < END_SEARCH ? (size_t)z->n_file : END_SEARCH;
	unsigned char *tail = arena_array(z->arena, n + 1, 1);
	const unsigned char *p = NULL;
	uint64_t end;

	if (!read_at(z, z->n_file - n, tail, n))
		return false;
	for (size_t i = n < END_SIZE ? 0 : n - END_SIZE + 1; i-- > 0 && !p;)
		if (le32(tail + i) == sign_end && i + END_SIZE + le16(tail + i + 20) == n)
			p = tail + i;
	if (!p)
		return no_end(z, tail, n);
	end = z->n_file - (uint64_t)(tail + n - p);
	z->n_entry = le16(p + 10);
	z->size = le32(p + 12);
	z->start = le32(p + 16);
	if (le16(p + 4) || le16(p + 6))
		return diag_error(z->diags, z->whole, "format", "this is one piece of a ZIP file that was split; send the whole file");
	if ((z->n_entry == too_many || z->size == too_large || z->start == too_large) && !read_end64(z, end))
		return false;
	if (z->start > end || z->size > end - z->start)
		return broken(z);
	return true;
}

static bool check_limits(struct directory *z)
{
	if (z->n_entry > ZIP_ENTRIES_MAX)
		return diag_error(z->diags, z->whole, "limit", "the ZIP file has more than %d entries; is it a workbook?", ZIP_ENTRIES_MAX);
	if (z->size > ZIP_DIRECTORY_MAX)
		return diag_error(z->diags, z->whole, "limit", "the directory of the ZIP file has more than %d bytes; is it a workbook?",
			ZIP_DIRECTORY_MAX);
	return true;
}

/* Replaces numbers that are too large for 32 bits by those of the extra field. False if they are not there. */
static bool take_zip64(const unsigned char *extra, size_t n, struct sizes *s)
{
	uint64_t *const number[] = { &s->size, &s->packed, &s->start };
	size_t n_field = 0;
	const unsigned char *p = NULL;

	for (size_t i = 0; i + 4 <= n && !p; i += 4 + le16(extra + i + 2))
		if (le16(extra + i) == EXTRA_ZIP64) {
			p = extra + i + 4;
			n_field = le16(extra + i + 2);
			if (n_field > n - i - 4)
				return false;
		}
	for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
		if (*number[i] != too_large)
			continue;
		if (!p || n_field < 8)
			return false;
		*number[i] = le64(p);
		p += 8;
		n_field -= 8;
	}
	return true;
}

static bool is_safe(const char *name)
{
	if (!*name || name[1] == ':')
		return false;
	for (const char *p = name; *p; p += *p == '/' || *p == '\\') {
		size_t n = strcspn(p, "/\\");

		if (!n || (n == 1 && *p == '.') || (n == 2 && p[0] == '.' && p[1] == '.'))
			return false;
		p += n;
	}
	return true;
}

static bool take_name(struct directory *z, const unsigned char *name, size_t n, struct zip_entry *e)
{
	char *lower;

	if (n > ZIP_NAME_MAX)
		return diag_error(z->diags, z->whole, "limit", "a name in the ZIP file has more than %d bytes; is it a workbook?",
			ZIP_NAME_MAX);
	if (!utf8_valid((const char *)name, n, NULL))
		return diag_error(z->diags, z->whole, "format", "a name in the ZIP file is not UTF-8; is it a workbook?");
	e->name = arena_slice(z->arena, (const char *)name, n);
	lower = arena_slice(z->arena, (const char *)name, n);
	for (size_t i = 0; i < n; i++) {
		if (name[i] < ' ' || name[i] == 0x7F)
			return broken(z);
		if (lower[i] >= 'A' && lower[i] <= 'Z')
			lower[i] = (char)(lower[i] - 'A' + 'a');
	}
	e->lower = lower;
	e->shown = arena_printf(z->arena, "%s/%s", z->whole.file, e->name);
	if (!is_safe(e->name))
		return diag_error(z->diags, z->whole, "format",
			"the ZIP file has an entry '%s', whose name leads out of it; such a file may be an attack: ask its sender for a new one",
			e->name);
	if (strchr(e->name, '\\'))
		return diag_error(z->diags, z->whole, "format",
			"the ZIP file has an entry '%s', whose name has a '\\' where '/' belongs: the program that made it writes wrong files; open and save it in a spreadsheet program",
			e->name);
	return true;
}

static bool check_entry(struct directory *z, const struct zip_entry *e)
{
	if (e->flags & FLAG_ENCRYPTED)
		return diag_error(z->diags, z->whole, "encrypted", "the entry '%s' is encrypted; save the file without a password", e->name);
	if (e->method != ZIP_STORED && e->method != ZIP_DEFLATED)
		return diag_error(z->diags, z->whole, "format",
			"the entry '%s' is compressed in a way that workbooks never are (method %u); open and save the file in a spreadsheet program",
			e->name, e->method);
	if (e->method == ZIP_STORED && e->packed != e->size)
		return broken(z);
	return true;
}

/* One record of the directory; *at moves behind it. */
static bool take_central(struct directory *z, const unsigned char *bytes, size_t *at, struct zip_entry *e)
{
	const unsigned char *p = bytes + *at;
	size_t left = (size_t)z->size - *at;
	struct sizes sizes;
	size_t n_name, n_extra, n_comment;

	if (left < CENTRAL_SIZE || le32(p) != sign_central)
		return broken(z);
	n_name = le16(p + 28);
	n_extra = le16(p + 30);
	n_comment = le16(p + 32);
	if (n_name + n_extra + n_comment > left - CENTRAL_SIZE || le16(p + 34))
		return broken(z);
	sizes = (struct sizes){ le32(p + 24), le32(p + 20), le32(p + 42) };
	if (!take_zip64(p + CENTRAL_SIZE + n_name, n_extra, &sizes))
		return broken(z);
	*e = (struct zip_entry){
		.start = sizes.start,
		.packed = sizes.packed,
		.size = sizes.size,
		.crc = le32(p + 16),
		.flags = le16(p + 8),
		.method = le16(p + 10),
	};
	*at += CENTRAL_SIZE + n_name + n_extra + n_comment;
	return take_name(z, p + CENTRAL_SIZE, n_name, e) && check_entry(z, e);
}

static bool disagree(struct directory *z, const struct zip_entry *e)
{
	return diag_error(z->diags, z->whole, "format",
		"the ZIP file says two different things of its entry '%s'; such a file may be an attack: open and save it in a spreadsheet program",
		e->name);
}

/* Whether the sizes of the local header say the same. With the flag they may be left out. */
static bool sizes_agree(const struct zip_entry *e, const struct sizes *s, uint32_t crc)
{
	bool may_miss = e->flags & FLAG_SIZES_BEHIND;

	if (may_miss && (!s->size || s->size == too_large) && (!s->packed || s->packed == too_large) && !crc)
		return true;
	return s->size == e->size && s->packed == e->packed && crc == e->crc;
}

static bool check_local(struct directory *z, struct zip_entry *e)
{
	unsigned char head[LOCAL_SIZE];
	unsigned char *rest = z->names;
	struct sizes sizes;
	size_t n_name, n_extra;
	unsigned same = FLAG_ENCRYPTED | FLAG_SIZES_BEHIND;

	if (!read_at(z, e->start, head, sizeof head))
		return false;
	n_name = le16(head + 26);
	n_extra = le16(head + 28);
	if (le32(head) != sign_local || n_name != strlen(e->name))
		return disagree(z, e);
	if (!read_at(z, e->start + LOCAL_SIZE, rest, n_name + n_extra))
		return false;
	sizes = (struct sizes){ le32(head + 22), le32(head + 18), 0 };
	if (!take_zip64(rest + n_name, n_extra, &sizes) && !(e->flags & FLAG_SIZES_BEHIND))
		return disagree(z, e);
	if (memcmp(rest, e->name, n_name) != 0 || le16(head + 8) != e->method || (le16(head + 6) ^ e->flags) & same
		|| !sizes_agree(e, &sizes, le32(head + 14)))
		return disagree(z, e);
	e->end = e->start + LOCAL_SIZE + n_name + n_extra;
	if (e->end > z->start || e->packed > z->start - e->end)
		return broken(z);
	e->end += e->packed;
	return true;
}

static int compare_starts(const void *left, const void *right)
{
	const struct zip_entry *a = *(const struct zip_entry *const *)left;
	const struct zip_entry *b = *(const struct zip_entry *const *)right;

	return (a->start > b->start) - (a->start < b->start);
}

static bool check_overlaps(struct directory *z, const struct zip_entry *entry)
{
	size_t n = (size_t)z->n_entry;
	const struct zip_entry **by_start = arena_array(z->arena, n + 1, sizeof *by_start);

	for (size_t i = 0; i < n; i++)
		by_start[i] = &entry[i];
	qsort(by_start, n, sizeof *by_start, compare_starts);
	for (size_t i = 1; i < n; i++)
		if (by_start[i]->start < by_start[i - 1]->end)
			return diag_error(z->diags, z->whole, "format",
				"the entries '%s' and '%s' of the ZIP file overlap; such a file may be an attack: ask its sender for a new one",
				by_start[i - 1]->name, by_start[i]->name);
	return true;
}

static bool check_names(struct directory *z, const struct zip_entry *entry)
{
	struct map names;
	size_t old;

	map_init(&names, z->arena);
	for (size_t i = 0; i < z->n_entry; i++)
		if (!map_add(&names, entry[i].lower, i, &old))
			return diag_error(z->diags, z->whole, "format",
				"the ZIP file has the entry '%s' twice ('%s'); such a file may be an attack: open and save it in a spreadsheet program",
				entry[old].name, entry[i].name);
	return true;
}

bool zip_directory(FILE *file, const char *shown, struct arena *a, struct zip_entry **entry, size_t *n, struct diags *d)
{
	struct directory z = { .file = file, .whole = { .file = shown }, .arena = a, .diags = d, .names = arena_array(a, NAMES_MAX, 1) };
	unsigned char *bytes;
	size_t at = 0;

	if (!measure(&z) || !read_end(&z) || !check_limits(&z))
		return false;
	bytes = arena_array(a, (size_t)z.size + 1, 1);
	if (!read_at(&z, z.start, bytes, (size_t)z.size))
		return false;
	*n = (size_t)z.n_entry;
	*entry = arena_array(a, *n + 1, sizeof **entry);
	for (size_t i = 0; i < *n; i++)
		if (!take_central(&z, bytes, &at, &(*entry)[i]))
			return false;
	if (at != z.size)
		return broken(&z);
	arena_drop(a, bytes);
	if (!check_names(&z, *entry))
		return false;
	for (size_t i = 0; i < *n; i++)
		if (!check_local(&z, &(*entry)[i]))
			return false;
	return check_overlaps(&z, *entry);
}
