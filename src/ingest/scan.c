#include "ingest/scanning.h"

#include "base/file.h"
#include "ingest/csv.h"
#include "ingest/encoding.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct scan {
	const char *shown;
	FILE *file;
	uint64_t size;
	uint64_t begin; /* behind a byte order mark */
	char delimiter;
};

/* A part of the file and who reads it. */
struct worker {
	pthread_t thread;
	bool is_thread;
	struct scan_part part;
	struct tally tally;
	const struct scan *scan;
	uint64_t begin; /* rows that begin in these bytes */
	uint64_t end;
	int error; /* errno, or 0 */
};

/* Bytes of the file that are read one behind another. */
struct window {
	const struct scan *scan;
	char *text; /* [cap + SCAN_SPARE] */
	size_t n;
	uint64_t at; /* of its first byte */
	int error;
};

enum { WINDOW = SCAN_ROW_MAX + SCAN_BLOCK };

/* ---- the file ---- */

static bool find_text(struct scan *s, const char *head, size_t n)
{
	enum encoding encoding;
	size_t n_mark;

	if (!n || !encoding_find((const unsigned char *)head, n, &encoding, &n_mark) || encoding != ENCODING_UTF8)
		return false;
	s->begin = n_mark;
	s->delimiter = csv_delimiter(head + n_mark, head + n, n < READER_HEAD);
	return true;
}

/* Whether the reader of CSV is who would read it. */
static bool is_csv(const char *head, size_t n)
{
	for (size_t i = 0; readers[i + 1]; i++)
		if (readers[i]->knows((const unsigned char *)head, n))
			return false;
	return true;
}

struct scan *scan_open(const struct reader_options *options)
{
	struct diags quiet = { .quiet = true };
	struct scan *s;
	char head[READER_HEAD];
	size_t n;

	if (options->encoding && !encoding_is_utf8(options->encoding))
		return NULL;
	s = memory_new(1, sizeof *s);
	s->shown = options->shown ? options->shown : options->path;
	s->file = file_open(options->path, s->shown, &quiet);
	diags_clear(&quiet);
	if (s->file) {
		n = fread(head, 1, sizeof head, s->file);
		if (is_csv(head, n) && find_text(s, head, n) && !fseeko(s->file, 0, SEEK_END) && ftello(s->file) >= 0) {
			s->size = (uint64_t)ftello(s->file);
			return s;
		}
	}
	scan_close(s);
	return NULL;
}

void scan_close(struct scan *s)
{
	if (s && s->file)
		fclose(s->file);
	free(s);
}

/* ---- reading ---- */

static void window_open(struct window *w, const struct scan *scan, uint64_t at)
{
	*w = (struct window){ .scan = scan, .at = at, .text = memory_new(WINDOW + SCAN_SPARE, 1) };
}

static void window_close(struct window *w)
{
	free(w->text);
}

/* Drops the first bytes and reads on; false at the end of the file, or after an error. A file that has become shorter ends there. */
static bool window_fill(struct window *w, size_t drop)
{
	size_t n_old;

	memmove(w->text, w->text + drop, w->n - drop);
	w->n -= drop;
	w->at += drop;
	n_old = w->n;
	while (w->n < WINDOW && w->n - n_old < SCAN_BLOCK && !w->error) {
		size_t room = WINDOW - w->n < SCAN_BLOCK ? WINDOW - w->n : SCAN_BLOCK;
		ssize_t n = pread(fileno(w->scan->file), w->text + w->n, room, (off_t)(w->at + w->n));

		if (n < 0 && errno != EINTR)
			w->error = errno;
		if (!n)
			break;
		w->n += n > 0 ? (size_t)n : 0;
	}
	memset(w->text + w->n, '\n', SCAN_SPARE);
	return w->n > n_old;
}

static const char *last_line_end(const char *s, size_t n)
{
	while (n && s[n - 1] != '\n')
		n--;
	return n ? s + n - 1 : NULL;
}

/* ---- a part ---- */

/* Reads on until a line ends; *n bytes up to and with its end are to be dropped. False: the file ends. */
static bool pass_line(struct window *w, size_t *n)
{
	const char *end = memchr(w->text, '\n', w->n);

	while (!end) {
		if (!window_fill(w, w->n))
			return false;
		end = memchr(w->text, '\n', w->n);
	}
	*n = (size_t)(end - w->text) + 1;
	return true;
}

/* A row that is longer than any may be, and fills the window. */
static bool pass_long(struct worker *k, struct window *w, size_t *n)
{
	tally_add_fault(&k->tally, TALLY_LONG, (struct tally_place){ .at = w->at });
	return pass_line(w, n);
}

/* The rows in the window that begin before the part's end; how many bytes they have. 0: no line ends in it. */
static size_t take_rows(struct worker *k, struct window *w, bool ended)
{
	const char *last;
	size_t n = w->n;

	if (ended && n && w->text[n - 1] != '\n')
		n++; /* the spare bytes are line ends */
	last = last_line_end(w->text, n);
	if (!last)
		return 0;
	n = (size_t)(last - w->text) + 1;
	if (w->at + n > k->end) { /* up to the row that the end is in */
		last = memchr(w->text + (k->end - w->at - 1), '\n', n - (size_t)(k->end - w->at - 1));
		n = (size_t)(last - w->text) + 1;
	}
	scan_rows(&k->part, w->text, w->text + n, w->at);
	return n;
}

static void read_part(struct worker *k, struct window *w)
{
	size_t drop = 0;
	bool more;

	if (k->begin > k->scan->begin) { /* somewhere in a row, or right before one */
		w->at = k->begin - 1;
		window_fill(w, 0);
		if (!pass_line(w, &drop))
			return;
	}
	for (;;) {
		if (w->at + drop >= k->end)
			return;
		more = window_fill(w, drop);
		if (!w->n || w->at >= k->end || w->error)
			return;
		drop = take_rows(k, w, !more || w->at + w->n >= k->scan->size);
		if (k->part.is_other || (!drop && w->n > SCAN_ROW_MAX + 1 && !pass_long(k, w, &drop)))
			return;
		if (!drop && !more)
			return;
	}
}

static void *work(void *arg)
{
	struct worker *k = arg;
	struct window w;

	window_open(&w, k->scan, k->begin);
	k->part.joined = memory_new(SCAN_ROW_MAX, 1);
	k->part.cell = memory_new(k->part.plan->n_column + 1, sizeof *k->part.cell);
	read_part(k, &w);
	k->error = w.error;
	free(k->part.joined);
	free(k->part.cell);
	window_close(&w);
	return NULL;
}

/* ---- the whole ---- */

/* Where the rows begin, and how the line before ends. */
struct start {
	uint64_t at;
	char last;
	unsigned line; /* that begins at `at` */
	bool is_other; /* a lone CR is before it: who told lines from each other counts that as a line end */
};

/* Up to the line that is wanted, or the end of the window. */
static void pass_lines(struct start *b, const struct window *w, unsigned line, char *before)
{
	for (size_t i = 0; i < w->n && b->line < line && !b->is_other; *before = w->text[i++]) {
		b->is_other = *before == '\r' && w->text[i] != '\n';
		if (w->text[i] != '\n')
			continue;
		b->line++;
		b->last = *before == '\r' ? '\r' : '\n';
		b->at = w->at + i + 1;
	}
}

/* False: the file has not so many lines. */
static bool find_line(const struct scan *s, unsigned line, struct start *b)
{
	struct window w;
	char before = '\n';

	*b = (struct start){ .at = s->begin, .last = '\n', .line = 1 };
	window_open(&w, s, s->begin);
	while (b->line < line && !b->is_other && window_fill(&w, w.n))
		pass_lines(b, &w, line, &before);
	b->is_other = b->is_other || (b->line < line && before == '\r');
	window_close(&w);
	return b->line == line;
}

static void start(struct worker *k, const struct scan *s, const struct tally_plan *plan, uint64_t seed)
{
	k->scan = s;
	tally_init(&k->tally, plan, seed);
	k->part.plan = plan;
	k->part.tally = &k->tally;
	k->part.delimiter = s->delimiter;
	k->part.is_slow = !scan_steps(&k->part);
}

static void run_all(struct worker *k, unsigned n)
{
	for (unsigned i = 1; i < n; i++)
		k[i].is_thread = !pthread_create(&k[i].thread, NULL, work, &k[i]);
	for (unsigned i = 0; i < n; i++)
		if (!k[i].is_thread)
			work(&k[i]);
	for (unsigned i = 1; i < n; i++)
		if (k[i].is_thread)
			pthread_join(k[i].thread, NULL);
}

static enum scan_result join(const struct scan *s, struct worker *k, unsigned n, struct tally *t, struct diags *d)
{
	bool other = false;
	int error = 0;

	for (unsigned i = 0; i < n; i++) {
		other = other || k[i].part.is_other;
		error = error ? error : k[i].error;
	}
	*t = k[0].tally;
	for (unsigned i = 1; i < n; i++)
		tally_merge(t, &k[i].tally);
	if (error)
		diag_fault(d, (struct origin){ .file = s->shown }, "io", "reading failed: %s", strerror(error));
	return error ? SCAN_FAILED : other ? SCAN_OTHER : SCAN_READ;
}

enum scan_result scan_count(struct scan *s, const struct tally_plan *plan, unsigned first_line, unsigned n_thread, struct tally *t,
	struct diags *d)
{
	unsigned n = n_thread < 1 ? 1 : n_thread > SCAN_THREADS_MAX ? SCAN_THREADS_MAX : n_thread;
	struct worker *k;
	enum scan_result result;
	uint64_t seed = tally_seed();
	struct start b;

	if (!find_line(s, first_line, &b) || b.is_other) {
		tally_init(t, plan, seed);
		return b.is_other ? SCAN_OTHER : SCAN_READ; /* no row is there */
	}
	k = memory_new(n, sizeof *k);
	for (unsigned i = 0; i < n; i++) {
		start(&k[i], s, plan, seed);
		k[i].part.last = b.last;
		k[i].begin = i ? b.at + (s->size - b.at) / n * i : b.at;
		k[i].end = i + 1 < n ? b.at + (s->size - b.at) / n * (i + 1) : s->size;
	}
	run_all(k, n);
	result = join(s, k, n, t, d);
	free(k);
	return result;
}

/* ---- rows once more ---- */

/* Has the row at that place in the window as a whole, if it is no longer than a row may be. Places come in order: what is there stays. */
static const char *window_reach(struct window *w, uint64_t at)
{
	if (at < w->at + w->n) {
		const char *s = w->text + (at - w->at);

		if (memchr(s, '\n', (size_t)(w->text + w->n - s)) || w->at + w->n >= w->scan->size)
			return s;
	}
	w->n = 0;
	w->at = at;
	while (window_fill(w, 0) && w->n <= SCAN_ROW_MAX)
		continue;
	return w->text;
}

static bool take_back_one(struct worker *k, struct window *w, uint64_t at)
{
	const char *s = window_reach(w, at);
	size_t n = w->n - (size_t)(s - w->text);
	const char *end = memchr(s, '\n', n);
	unsigned n_cell = scan_cells(&k->part, s, scan_line(s, end ? end : s + n));

	if (n_cell)
		tally_take_back(k->part.tally, k->part.cell, n_cell, at);
	return !w->error;
}

bool scan_take_back(struct scan *s, const uint64_t *at, size_t n, struct tally *t, struct diags *d)
{
	struct worker *k = memory_new(1, sizeof *k);
	struct window w;
	bool ok = true;

	k->part = (struct scan_part){ .plan = t->plan, .tally = t, .delimiter = s->delimiter };
	k->part.joined = memory_new(SCAN_ROW_MAX, 1);
	k->part.cell = memory_new(t->plan->n_column + 1, sizeof *k->part.cell);
	window_open(&w, s, s->begin);
	for (size_t i = 0; ok && i < n; i++)
		ok = take_back_one(k, &w, at[i]);
	if (!ok)
		diag_fault(d, (struct origin){ .file = s->shown }, "io", "reading failed: %s", strerror(w.error));
	window_close(&w);
	free(k->part.joined);
	free(k->part.cell);
	free(k);
	return ok;
}

static uint64_t count_lines(const char *s, size_t n)
{
	const char *end = s + n;
	uint64_t lines = 0;

	for (; (s = memchr(s, '\n', (size_t)(end - s))) != NULL; s++)
		lines++;
	return lines;
}

bool scan_lines(struct scan *s, const uint64_t *at, size_t n, uint64_t *line, struct diags *d)
{
	struct window w;
	uint64_t now = 1;
	size_t i = 0;
	size_t done = 0; /* of the window */

	window_open(&w, s, s->begin);
	while (i < n && window_fill(&w, w.n)) {
		for (done = 0; i < n && at[i] < w.at + w.n; i++) {
			size_t to = (size_t)(at[i] - w.at);

			now += count_lines(w.text + done, to - done);
			line[i] = now;
			done = to;
		}
		now += count_lines(w.text + done, w.n - done);
	}
	for (; i < n; i++)
		line[i] = now;
	if (w.error)
		diag_fault(d, (struct origin){ .file = s->shown }, "io", "reading failed: %s", strerror(w.error));
	window_close(&w);
	return !w.error;
}
