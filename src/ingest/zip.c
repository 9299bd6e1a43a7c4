#include "ingest/zip.h"

#include "base/file.h"
#include "base/map.h"
#include "base/sax.h"
#include "ingest/inflate.h"
#include "ingest/limits.h"
#include "ingest/zipdir.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

struct container {
	struct arena arena;
	const char *shown;
	struct zip *zip;
	struct zip_entry *entry;
	size_t n_entry;
	struct map names; /* lower-case name -> entry */
	bool *checked;	  /* [n_entry] its checksum was right */
};

/* A part on its way to the sink. */
struct unpack {
	struct container *file;
	size_t part;
	const struct zip_sink *sink;
	struct diags *diags;
	uint64_t n; /* [bytes] so far */
	uint32_t crc;
	unsigned char packed[ZIP_PIECE];
	unsigned char piece[ZIP_PIECE];
};

static bool broken(const char *shown, const char *why, struct diags *d)
{
	return diag_error(d, (struct origin){ .file = shown }, "format",
		"this is no whole ZIP file (%s); copy it again, or open and save it in a spreadsheet program", why);
}

static bool broken_part(const struct unpack *u)
{
	return diag_error(u->diags, (struct origin){ .file = container_shown(u->file, u->part) }, "format",
		"this part of the file is damaged; copy the file again, or open and save it in a spreadsheet program");
}

/* Both have read the directory on their own: they must have found the same. */
static bool is_same(const struct container *z)
{
	if (zip_get_num_entries(z->zip, 0) != (zip_int64_t)z->n_entry)
		return false;
	for (size_t i = 0; i < z->n_entry; i++) {
		struct zip_stat stat;

		if (zip_stat_index(z->zip, i, ZIP_FL_ENC_RAW, &stat) || strcmp(stat.name, z->entry[i].name) != 0
			|| stat.comp_size != z->entry[i].packed || stat.size != z->entry[i].size
			|| stat.crc != z->entry[i].crc)
			return false;
	}
	return true;
}

/* Takes the source, whatever comes of it. */
static bool open_source(struct container *z, struct zip_source *source, struct zip_error *error, struct diags *d)
{
	if (source)
		z->zip = zip_open_from_source(source, ZIP_CHECKCONS | ZIP_RDONLY, error);
	if (!z->zip) {
		broken(z->shown, zip_error_strerror(error), d);
		zip_source_free(source);
	} else if (!is_same(z)) {
		broken(z->shown, "-", d);
		return false;
	}
	return z->zip != NULL;
}

static struct container *file_new(const char *shown)
{
	struct container *z = memory_new(1, sizeof *z);

	z->shown = arena_text(&z->arena, shown);
	return z;
}

/* What is opened; all is given back when that went wrong. */
static struct container *finish(struct container *z, bool ok)
{
	if (ok) {
		z->checked = ARENA_ARRAY(&z->arena, z->n_entry + 1, bool);
		map_init(&z->names, &z->arena);
		for (size_t i = 0; i < z->n_entry; i++)
			map_add(&z->names, z->entry[i].lower, i, NULL);
		return z;
	}
	container_close(z);
	return NULL;
}

struct container *container_open(const char *path, const char *shown, struct diags *d)
{
	struct container *z = file_new(shown);
	FILE *file = file_open(path, shown, d);
	struct zip_source *source = NULL;
	struct zip_error error;
	bool ok;

	if (!file)
		return finish(z, false);
	zip_error_init(&error);
	ok = zip_directory(file, z->shown, &z->arena, &z->entry, &z->n_entry, d);
	if (ok)
		source = zip_source_filep_create(file, 0, -1, &error);
	if (!source)
		fclose(file);
	ok = ok && open_source(z, source, &error, d);
	zip_error_fini(&error);
	return finish(z, ok);
}

struct container *container_open_bytes(const char *data, size_t n, const char *shown, struct diags *d)
{
	struct container *z = file_new(shown);
	FILE *file = n ? fmemopen((void *)data, n, "rb") : NULL; /* for reading: the bytes stay */
	struct zip_error error;
	bool ok;

	if (!file)
		return finish(z, broken(shown, "-", d));
	zip_error_init(&error);
	ok = zip_directory(file, z->shown, &z->arena, &z->entry, &z->n_entry, d);
	fclose(file);
	ok = ok && open_source(z, zip_source_buffer_create(data, n, 0, &error), &error, d);
	zip_error_fini(&error);
	return finish(z, ok);
}

void container_close(struct container *z)
{
	if (!z)
		return;
	if (z->zip)
		zip_discard(z->zip);
	arena_clear(&z->arena);
	free(z);
}

bool container_find(const struct container *c, const char *name, size_t *part)
{
	char lower[ZIP_NAME_MAX + 1];
	size_t n = strlen(name);

	if (n > ZIP_NAME_MAX)
		return false;
	for (size_t i = 0; i <= n; i++)
		lower[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] - 'A' + 'a') : name[i];
	return map_find(&c->names, lower, part);
}

size_t container_count(const struct container *c)
{
	return c->n_entry;
}

const char *container_name(const struct container *c, size_t part)
{
	return c->entry[part].name;
}

const char *container_shown(const struct container *c, size_t part)
{
	return c->entry[part].shown;
}

/* A piece of the part, counted: what the headers say of its size is never trusted. */
static bool give(struct unpack *u, const unsigned char *piece, size_t n)
{
	const struct zip_entry *e = &u->file->entry[u->part];
	struct origin at = { .file = e->shown };

	u->n += n;
	if (u->n > ZIP_PART_MAX)
		return diag_error(u->diags, at, "limit", "this part has more than %d bytes when it is unpacked; divide the sheet", ZIP_PART_MAX);
	if (u->n > ZIP_RATIO_FROM && u->n / ZIP_RATIO_MAX > e->packed)
		return diag_error(u->diags, at, "limit",
			"this part grows to more than %d times its size when it is unpacked; such a file may be an attack: open and save it in a spreadsheet program",
			ZIP_RATIO_MAX);
	if (u->n > e->size)
		return broken_part(u);
	if (!u->file->checked[u->part])
		u->crc = inflate_crc(u->crc, piece, n);
	return u->sink->take(u->sink->ctx, (const char *)piece, n, u->diags);
}

/* Fills the buffer, but at the end of the part. */
static bool read_packed(struct unpack *u, zip_file_t *from, size_t *n)
{
	zip_int64_t n_read;

	for (*n = 0; *n < sizeof u->packed; *n += (size_t)n_read) {
		n_read = zip_fread(from, u->packed + *n, sizeof u->packed - *n);
		if (n_read < 0)
			return broken_part(u);
		if (!n_read)
			break;
	}
	return true;
}

static bool copy_stored(struct unpack *u, zip_file_t *from)
{
	size_t n;

	do {
		if (!read_packed(u, from, &n) || (n && !give(u, u->packed, n)))
			return false;
	} while (n == sizeof u->packed);
	return true;
}

/* Full pieces as long as there are any. */
static bool inflate_all(struct unpack *u, struct inflater *inflater, zip_file_t *from)
{
	struct inflate_input in = { NULL, 0 };
	enum inflated state = INFLATE_MORE;
	size_t n_packed;
	size_t n_piece = 0;

	while (state == INFLATE_MORE) {
		size_t n = sizeof u->piece - n_piece;

		n_packed = in.n;
		if (!in.n && !read_packed(u, from, &n_packed))
			return false;
		if (!in.n)
			in = (struct inflate_input){ u->packed, n_packed };
		state = inflater_take(inflater, &in, u->piece + n_piece, &n);
		if (state == INFLATE_BROKEN || (state == INFLATE_MORE && !n && !n_packed))
			return broken_part(u);
		n_piece += n;
		if (n_piece < sizeof u->piece && state == INFLATE_MORE)
			continue;
		if (n_piece && !give(u, u->piece, n_piece))
			return false;
		n_piece = 0;
	}
	return read_packed(u, from, &n_packed) && (n_packed || in.n ? broken_part(u) : true);
}

static bool copy_inflated(struct unpack *u, zip_file_t *from)
{
	struct inflater *inflater = inflater_open();
	bool ok;

	if (!inflater)
		return diag_fault(u->diags, (struct origin){ .file = u->file->shown }, "io", "out of memory");
	ok = inflate_all(u, inflater, from);
	inflater_close(inflater);
	return ok;
}

static bool check_whole(struct unpack *u)
{
	const struct zip_entry *e = &u->file->entry[u->part];

	if (u->n != e->size || (!u->file->checked[u->part] && u->crc != e->crc))
		return broken_part(u);
	u->file->checked[u->part] = true;
	return true;
}

bool container_read(struct container *c, size_t part, const struct zip_sink *sink, struct diags *d)
{
	struct unpack *u = memory_new(1, sizeof *u);
	zip_file_t *from = zip_fopen_index(c->zip, part, ZIP_FL_COMPRESSED);
	bool ok;

	u->file = c;
	u->part = part;
	u->sink = sink;
	u->diags = d;
	if (!from)
		ok = broken_part(u);
	else
		ok = (c->entry[part].method == ZIP_STORED ? copy_stored(u, from) : copy_inflated(u, from)) && check_whole(u);
	if (from)
		zip_fclose(from);
	free(u);
	return ok;
}

static bool feed_sax(void *ctx, const char *data, size_t n, struct diags *d)
{
	(void)d; /* the parser has it */
	return sax_push_feed(ctx, data, n);
}

bool container_parse(struct container *c, size_t part, const struct sax_handler *handler, struct diags *d)
{
	struct sax *sax = sax_push_open(container_shown(c, part), handler, d);
	struct zip_sink sink = { sax, feed_sax };

	return sax && sax_push_close(sax, container_read(c, part, &sink, d));
}
