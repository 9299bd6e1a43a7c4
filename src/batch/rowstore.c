#include "batch/rowstore.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	WRITTEN_AT = 1 << 20, /* [bytes] that are gathered for one write */
	SHIFT = 7,	      /* bits of a number in a byte of the file; the eighth says that more follow */
};

/* Rows of one owner that stand together in the file. */
struct stretch {
	uint64_t at;
	uint64_t n; /* [bytes] */
	uint32_t owner;
};

struct row_store {
	struct arena arena;
	int fd;
	uint64_t written;
	struct buf out;
	struct stretch *stretch; /* [n_stretch]; by owner after the end */
	size_t n_stretch;
	size_t cap;
	size_t *first;	 /* [n_owner + 2] of owner's stretches; behind them those of all */
	uint32_t *count; /* [n_owner] rows */
	size_t cap_count;
	size_t n_owner;
};

static const struct origin nowhere;

struct row_store *row_store_open(const char *dir, struct diags *d)
{
	struct arena a = { 0 };
	char *path = arena_printf(&a, "%s/.rows-XXXXXX", dir);
	int fd = mkstemp(path);
	struct row_store *s = NULL;

	if (fd < 0) {
		diag_fault(d, (struct origin){ .file = dir }, "io", "cannot write into the folder: %s", strerror(errno));
	} else {
		unlink(path);
		s = memory_new(1, sizeof *s);
		*s = (struct row_store){ .fd = fd };
	}
	arena_clear(&a);
	return s;
}

void row_store_close(struct row_store *s)
{
	if (!s)
		return;
	close(s->fd);
	buf_clear(&s->out);
	arena_clear(&s->arena);
	free(s);
}

/* ---- writing ---- */

static void put_number(struct buf *b, uint32_t x)
{
	for (; x >> SHIFT; x >>= SHIFT)
		buf_putc(b, (char)(x | 1u << SHIFT));
	buf_putc(b, (char)x);
}

/* Length, bytes, and a NUL, since names are terminated; 0: NULL. */
static void put_name(struct buf *b, const char *name)
{
	size_t n = name ? strlen(name) + 1 : 0;

	put_number(b, (uint32_t)n);
	buf_put(b, name ? name : "", n);
}

static void put_cell(struct buf *b, const struct row *row, const struct cell *c)
{
	put_number(b, c->row >= row->row ? c->row - row->row : 0);
	put_number(b, c->col);
	put_number(b, (uint32_t)c->kind);
	put_number(b, c->n_rows);
	put_number(b, c->n_cols);
	put_name(b, c->name);
	put_number(b, (uint32_t)c->n_text);
	buf_put(b, c->text ? c->text : "", c->n_text);
}

static bool is_without(const struct cell *c, unsigned col, const char *name)
{
	return c->name ? name && !strcmp(c->name, name) : c->col == col;
}

static bool flush(struct row_store *s, struct diags *d)
{
	for (size_t at = 0; at < s->out.n;) {
		ssize_t n = write(s->fd, s->out.text + at, s->out.n - at);

		if (n < 0 && errno != EINTR)
			return diag_fault(d, nowhere, "io", "rows cannot be kept in a file: %s", strerror(errno));
		at += n > 0 ? (size_t)n : 0;
	}
	s->written += s->out.n;
	s->out.n = 0;
	return true;
}

/* The row's bytes, from `at` on, belong to the stretch of the row before if that is of the same owner. */
static void add_stretch(struct row_store *s, uint32_t owner, uint64_t at, uint64_t n)
{
	struct stretch *last = s->n_stretch ? &s->stretch[s->n_stretch - 1] : NULL;

	if (last && last->owner == owner)
		last->n += n;
	else
		*ARENA_PUSH_OWN(&s->arena, s->stretch, s->n_stretch, &s->cap) = (struct stretch){ at, n, owner };
}

static void count_row(struct row_store *s, uint32_t owner)
{
	size_t n = s->n_owner;

	if (owner == ROWS_OF_ALL)
		return;
	for (; n <= owner; s->n_owner = n)
		*ARENA_PUSH_OWN(&s->arena, s->count, n, &s->cap_count) = 0;
	s->count[owner]++;
}

bool row_store_add(struct row_store *s, uint32_t owner, const struct row *row, unsigned without, const char *without_name,
	struct diags *d)
{
	uint64_t at = s->written + s->out.n;
	uint32_t n_cell = 0;

	for (size_t i = 0; i < row->n_cell; i++)
		n_cell += !is_without(&row->cell[i], without, without_name);
	put_number(&s->out, row->row);
	put_name(&s->out, row->sheet);
	put_number(&s->out, n_cell);
	for (size_t i = 0; i < row->n_cell; i++)
		if (!is_without(&row->cell[i], without, without_name))
			put_cell(&s->out, row, &row->cell[i]);
	add_stretch(s, owner, at, s->written + s->out.n - at);
	count_row(s, owner);
	return s->out.n < WRITTEN_AT || flush(s, d);
}

/* Stretches by owner, those of one owner as they were. */
static void sort_stretches(struct row_store *s)
{
	struct stretch *sorted = ARENA_ARRAY(&s->arena, s->n_stretch, struct stretch);
	size_t *next = ARENA_ARRAY(&s->arena, s->n_owner + 2, size_t);

	s->first = ARENA_ARRAY(&s->arena, s->n_owner + 2, size_t);
	for (size_t i = 0; i < s->n_stretch; i++)
		s->first[(s->stretch[i].owner == ROWS_OF_ALL ? s->n_owner : s->stretch[i].owner) + 1]++;
	for (size_t i = 1; i < s->n_owner + 2; i++)
		s->first[i] += s->first[i - 1];
	memcpy(next, s->first, (s->n_owner + 2) * sizeof *next);
	for (size_t i = 0; i < s->n_stretch; i++)
		sorted[next[s->stretch[i].owner == ROWS_OF_ALL ? s->n_owner : s->stretch[i].owner]++] = s->stretch[i];
	arena_drop(&s->arena, s->stretch);
	arena_drop(&s->arena, next);
	s->stretch = sorted;
}

bool row_store_end(struct row_store *s, size_t n_owner, struct diags *d)
{
	size_t n = s->n_owner;

	for (; n < n_owner; s->n_owner = n)
		*ARENA_PUSH_OWN(&s->arena, s->count, n, &s->cap_count) = 0;
	sort_stretches(s);
	return flush(s, d);
}

/* ---- reading ---- */

size_t row_store_rows(const struct row_store *s, uint32_t owner)
{
	return owner < s->n_owner ? s->count[owner] : 0;
}

static bool read_stretches(const struct row_store *s, size_t owner, struct buf *b, struct diags *d)
{
	for (size_t i = s->first[owner]; i < s->first[owner + 1]; i++) {
		uint64_t at = s->stretch[i].at;
		uint64_t end = at + s->stretch[i].n;

		while (at < end) {
			ssize_t n = pread(s->fd, buf_room(b, end - at), end - at, (off_t)at);

			if (n == 0 || (n < 0 && errno != EINTR))
				return diag_fault(d, nowhere, "io", "rows that were kept in a file cannot be read: %s",
					strerror(n ? errno : EIO));
			b->n += n > 0 ? (size_t)n : 0;
			at += n > 0 ? (uint64_t)n : 0;
		}
	}
	return true;
}

bool row_store_read(const struct row_store *s, uint32_t owner, struct buf *b, struct diags *d)
{
	return read_stretches(s, s->n_owner, b, d) && (owner >= s->n_owner || read_stretches(s, owner, b, d));
}

static uint32_t take_number(const char **s)
{
	uint32_t x = 0;
	unsigned shift = 0;

	for (;; shift += SHIFT) {
		unsigned char byte = (unsigned char)*(*s)++;

		x |= (uint32_t)(byte & ((1u << SHIFT) - 1)) << shift;
		if (!(byte >> SHIFT))
			return x;
	}
}

static const char *take_name(const char **s)
{
	uint32_t n = take_number(s);
	const char *name = n ? *s : NULL;

	*s += n;
	return name;
}

static const char *take_cell(const char *s, unsigned row, struct cell *c)
{
	c->row = row + take_number(&s);
	c->col = take_number(&s);
	c->kind = (enum cell_kind)take_number(&s);
	c->n_rows = take_number(&s);
	c->n_cols = take_number(&s);
	c->name = take_name(&s);
	c->n_text = take_number(&s);
	c->text = s;
	return s + c->n_text;
}

bool row_store_push(const struct buf *b, struct row_sink *sink, struct diags *d)
{
	struct cell *cell = NULL;
	size_t cap = 0;
	bool ok = true;

	for (const char *s = b->text; s && ok && s < b->text + b->n;) {
		struct row row = { .row = take_number(&s) };

		row.sheet = take_name(&s);
		row.n_cell = take_number(&s);
		if (row.n_cell > cap)
			cell = memory_resize(cell, cap = row.n_cell, sizeof *cell);
		for (size_t i = 0; i < row.n_cell; i++)
			s = take_cell(s, row.row, &cell[i]);
		row.cell = cell;
		ok = sink->take(sink, &row, 1, d);
	}
	free(cell);
	return ok;
}
