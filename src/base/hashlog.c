#include "base/hashlog.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	BLOCK_RECORDS = 255, /* with the head of it 4 KB */
	BLOCKS_FIRST = 1024, /* records that there is room for at first */
};

/* A block of the file, of one part. */
struct block {
	uint64_t before; /* block of the same part before it, from 1; 0: none */
	uint64_t n;
	struct hash_record record[BLOCK_RECORDS];
};

struct hashlog {
	struct hash_record *kept; /* [n_kept]; NULL once there is a file */
	size_t n_kept;
	size_t cap_kept;
	size_t most;
	struct block *part; /* [HASHLOG_PARTS] that are being filled; NULL: there is no file */
	int file; /* of those, once there are any and nothing went wrong */
	uint64_t n_block; /* in the file */
	int error;	  /* errno of what went wrong, or 0 */
	struct hashlog *next;
	const uint32_t *number;
};

struct hashlog *hashlog_open(size_t kept)
{
	struct hashlog *log = memory_new(1, sizeof *log);

	log->most = kept;
	return log;
}

void hashlog_close(struct hashlog *log)
{
	while (log) {
		struct hashlog *next = log->next;

		if (log->part && log->file >= 0)
			close(log->file);
		free(log->kept);
		free(log->part);
		free(log);
		log = next;
	}
}

static size_t part_of(uint64_t hash)
{
	return (size_t)(hash % HASHLOG_PARTS);
}

uint64_t hashlog_in_part(uint64_t hash, size_t part)
{
	return hash - part_of(hash) + part % HASHLOG_PARTS;
}

static bool write_all(int file, const void *bytes, size_t n)
{
	const char *s = bytes;

	while (n) {
		ssize_t n_put = write(file, s, n);

		if (n_put < 0 && errno != EINTR)
			return false;
		s += n_put > 0 ? n_put : 0;
		n -= n_put > 0 ? (size_t)n_put : 0;
	}
	return true;
}

/* By its place: processes that were forked have one file and one place in it together. */
static bool read_all(int file, void *bytes, size_t n, uint64_t at)
{
	char *s = bytes;

	while (n) {
		ssize_t n_got = pread(file, s, n, (off_t)at);

		if (!n_got || (n_got < 0 && errno != EINTR))
			return false;
		s += n_got > 0 ? n_got : 0;
		n -= n_got > 0 ? (size_t)n_got : 0;
		at += n_got > 0 ? (uint64_t)n_got : 0;
	}
	return true;
}

static void write_block(struct hashlog *log, struct block *b)
{
	if (!log->error && !write_all(log->file, b, sizeof *b))
		log->error = errno ? errno : EIO;
	b->before = ++log->n_block;
	b->n = 0;
}

static void put(struct hashlog *log, struct hash_record record)
{
	struct block *b = &log->part[part_of(record.hash)];

	b->record[b->n++] = record;
	if (b->n == BLOCK_RECORDS)
		write_block(log, b);
}

static const char *folder(void)
{
	const char *tmp = getenv("TMPDIR");

	return tmp && *tmp ? tmp : "/var/tmp";
}

/* It has no name as soon as it is open. */
static int open_file(void)
{
	struct buf path = { 0 };
	int file;

	buf_printf(&path, "%s/kehoach-XXXXXX", folder());
	file = mkstemp(path.text);
	if (file >= 0) {
		unlink(path.text);
		fcntl(file, F_SETFD, FD_CLOEXEC);
	}
	buf_clear(&path);
	return file;
}

/* From now on records go to the file. */
static void spill(struct hashlog *log)
{
	log->file = open_file();
	if (log->file < 0)
		log->error = errno ? errno : EIO;
	log->part = memory_new(HASHLOG_PARTS, sizeof *log->part);
	for (size_t i = 0; i < log->n_kept; i++)
		put(log, log->kept[i]);
	free(log->kept);
	log->kept = NULL;
	log->n_kept = 0;
}

void hashlog_add(struct hashlog *log, uint64_t hash, uint64_t with)
{
	struct hash_record record = { hash, with };

	if (!log->part && log->n_kept == log->most)
		spill(log);
	if (log->error)
		return;
	if (log->part) {
		put(log, record);
		return;
	}
	if (log->n_kept == log->cap_kept) {
		log->cap_kept = log->cap_kept ? 2 * log->cap_kept : BLOCKS_FIRST;
		log->kept = memory_resize(log->kept, log->cap_kept, sizeof *log->kept);
	}
	log->kept[log->n_kept++] = record;
}

void hashlog_join(struct hashlog *log, struct hashlog *more, const uint32_t *number)
{
	more->number = number;
	while (log->next)
		log = log->next;
	log->next = more;
}

/* ---- looking through ---- */

struct gathered {
	struct hash_record *record;
	size_t n;
	size_t cap;
};

static void gather(struct gathered *g, const struct hashlog *log, size_t part, const struct hash_record *record, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct hash_record r = record[i];

		if (part_of(r.hash) != part)
			continue;
		if (log->number && log->number[r.with >> HASHLOG_LOW] == HASHLOG_GONE)
			continue;
		if (log->number)
			r.with = (uint64_t)log->number[r.with >> HASHLOG_LOW] << HASHLOG_LOW | (r.with & ((1 << HASHLOG_LOW) - 1));
		if (g->n == g->cap) {
			g->cap = g->cap ? 2 * g->cap : BLOCKS_FIRST;
			g->record = memory_resize(g->record, g->cap, sizeof *g->record);
		}
		g->record[g->n++] = r;
	}
}

static bool gather_blocks(struct gathered *g, const struct hashlog *log, size_t part)
{
	struct block b;
	uint64_t before = log->part[part].before;

	gather(g, log, part, log->part[part].record, log->part[part].n);
	while (before) {
		if (!read_all(log->file, &b, sizeof b, (before - 1) * sizeof b))
			return false;
		gather(g, log, part, b.record, b.n);
		before = b.before;
	}
	return true;
}

bool hashlog_part(const struct hashlog *log, size_t part, struct hash_record **record, size_t *n, struct diags *d)
{
	struct gathered g = { 0 };

	for (; log; log = log->next) {
		errno = log->error;
		if (log->error || (log->part && !gather_blocks(&g, log, part))) {
			free(g.record);
			return diag_fault(d, (struct origin){ 0 }, "io",
				"a temporary file for what repeats among many rows cannot be written to '%s', or read: %s; make room there, or name another folder by "
				"the variable TMPDIR", folder(), strerror(errno ? errno : EIO));
		}
		gather(&g, log, part, log->kept, log->n_kept);
	}
	*record = g.record;
	*n = g.n;
	return true;
}
