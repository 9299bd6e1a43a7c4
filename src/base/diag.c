#include "base/diag.h"

#include "base/buf.h"
#include "base/catalog.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { SUGGEST_MAX = 63 }; /* [bytes] of a word; longer ones are not compared */

struct diags_file {
	struct diags_file *next;
	const char *name; /* NULL: findings without a file */
	size_t n;
	size_t n_error_kept;
	bool said; /* that there are more */
};

void diags_clear(struct diags *d)
{
	arena_clear(&d->arena);
	*d = (struct diags){ .catalog = d->catalog };
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/* The counts of a file; the file found moves to the front, since findings of one file come
 * together. */
static struct diags_file *file_counts(struct diags *d, const char *name)
{
	struct diags_file **link = &d->file;
	struct diags_file *f;

	while (*link && !same_text((*link)->name, name))
		link = &(*link)->next;
	f = *link;
	if (f) {
		*link = f->next;
	} else {
		f = ARENA_NEW(&d->arena, struct diags_file);
		f->name = name ? arena_text(&d->arena, name) : NULL;
	}
	f->next = d->file;
	d->file = f;
	return f;
}

static void keep(struct diags *d, enum severity severity, struct origin at, const char *rule,
	const char *message)
{
	struct finding *f = ARENA_PUSH(&d->arena, d->finding, d->n_finding, &d->cap);

	*f = (struct finding){ .severity = severity, .at = at, .rule = arena_text(&d->arena, rule), .message = message };
}

static void keep_text(struct diags *d, enum severity severity, struct origin at, const char *rule,
	const char *fmt, va_list args)
{
	if (at.sheet)
		at.sheet = arena_text(&d->arena, at.sheet);
	keep(d, severity, at, rule,
		arena_vprintf(&d->arena, catalog_find(d->catalog, fmt), args));
}

static void add(struct diags *d, enum severity severity, struct origin at, const char *rule,
	const char *fmt, va_list args)
{
	bool is_error = severity == DIAG_ERROR || severity == DIAG_FAULT;
	struct diags_file *file;
	va_list copy;

	if (d->also) {
		va_copy(copy, args);
		add(d->also, severity, at, rule, fmt, copy);
		va_end(copy);
	}
	d->is_last_kept = false;
	d->n_error += is_error;
	d->n_fault += severity == DIAG_FAULT;
	if (d->quiet)
		return;
	file = file_counts(d, at.file);
	file->n++;
	at.file = file->name;
	/* An exit code of 1 is never left without an error that says why. */
	if (file->n <= DIAGS_PER_FILE || (is_error && !file->n_error_kept)) {
		keep_text(d, severity, at, rule, fmt, args);
		file->n_error_kept += is_error;
		d->is_last_kept = true;
	} else if (!file->said) {
		keep(d, DIAG_NOTE, (struct origin){ .file = file->name }, "limit",
			diag_say(d, "more findings in this file are not listed; correct these first"));
		file->said = true;
	}
}

bool diag_error(struct diags *d, struct origin at, const char *rule, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	add(d, DIAG_ERROR, at, rule, fmt, args);
	va_end(args);
	return false;
}

bool diag_fault(struct diags *d, struct origin at, const char *rule, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	add(d, DIAG_FAULT, at, rule, fmt, args);
	va_end(args);
	return false;
}

void diag_warning(struct diags *d, struct origin at, const char *rule, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	add(d, DIAG_WARNING, at, rule, fmt, args);
	va_end(args);
}

void diag_note(struct diags *d, struct origin at, const char *rule, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	add(d, DIAG_NOTE, at, rule, fmt, args);
	va_end(args);
}

void diag_place(struct diags *d, struct origin at, const char *rule, const char *fmt, ...)
{
	const struct diags_file *file;
	va_list args;

	if (d->quiet)
		return;
	file = file_counts(d, at.file);
	if (file->said)
		return;
	at.file = file->name;
	va_start(args, fmt);
	keep_text(d, DIAG_NOTE, at, rule, fmt, args);
	va_end(args);
}

void diag_add(struct diags *d, enum severity severity, struct origin at, const char *rule,
	const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	add(d, severity, at, rule, fmt, args);
	va_end(args);
}

void diag_compared(struct diags *d, const char *found, const char *expected)
{
	struct finding *f = d->is_last_kept ? &d->finding[d->n_finding - 1] : NULL;

	if (d->also)
		diag_compared(d->also, found, expected);
	if (!f)
		return;
	f->found = arena_text(&d->arena, found);
	f->expected = arena_text(&d->arena, expected);
}

bool diags_are_full(const struct diags *d, const char *file)
{
	const struct diags_file *f = d->file;

	if (d->quiet)
		return true;
	while (f && !same_text(f->name, file))
		f = f->next;
	return f && f->n >= DIAGS_PER_FILE && f->n_error_kept && f->said;
}

const char *diag_quoted(const struct diags *d, const char *text)
{
	return d->is_personal ? "..." : text;
}

const char *diag_say(const struct diags *d, const char *english)
{
	return catalog_find(d->catalog, english);
}

const char *severity_name(enum severity severity)
{
	switch (severity) {
	case DIAG_NOTE:
		return "note";
	case DIAG_WARNING:
		return "warning";
	case DIAG_ERROR:
	case DIAG_FAULT:
		return "error";
	}
	return "error";
}

/* Text for a terminal: what a file holds to steer it, or to turn its text around, must not reach it. */
static void put_plain(struct buf *b, const char *s)
{
	while (*s) {
		size_t n = strlen(s);
		uint32_t code;
		size_t fine = utf8_find_refused(s, n, &code);

		for (size_t i = 0; i < fine; i++)
			buf_putc(b, (unsigned char)s[i] < 0x20 ? ' ' : s[i]);
		s += fine;
		if (fine < n) {
			size_t bad = utf8_decode(s, n - fine, &code);

			buf_puts(b, bad ? " " : "\xEF\xBF\xBD");
			s += bad ? bad : 1;
		}
	}
}

static void put_origin(struct buf *b, struct origin at)
{
	if (!at.file)
		return;
	put_plain(b, at.file);
	if (at.sheet) {
		buf_putc(b, '[');
		put_plain(b, at.sheet);
		buf_putc(b, ']');
	}
	if (origin_is_counted(at))
		return;
	if (at.row)
		buf_printf(b, ":%u", at.row);
	if (at.row && at.col)
		buf_printf(b, ":%u", at.col);
}

const char *origin_text(struct origin at, struct arena *a)
{
	struct buf b = { 0 };
	const char *s;

	put_origin(&b, at);
	s = arena_slice(a, b.text, b.n);
	buf_clear(&b);
	return s;
}

/* " (cell D42)", as the program shows it that the sheet is opened with; " (column D)" where the row is not known. */
static void put_cell_name(struct buf *b, struct origin at, const struct diags *d)
{
	enum { LETTERS = 26, LETTERS_MAX = 8 };
	char letters[LETTERS_MAX + 1] = "";
	size_t i = LETTERS_MAX;

	if (!at.sheet || !at.col || origin_is_counted(at))
		return;
	for (unsigned col = at.col; col && i; col = (col - 1) / LETTERS)
		letters[--i] = (char)('A' + (col - 1) % LETTERS);
	if (at.row)
		buf_printf(b, " (%s %s%u)", diag_say(d, "cell"), letters + i, at.row);
	else
		buf_printf(b, " (%s %s)", diag_say(d, "column"), letters + i);
}

void diags_print(const struct diags *d, FILE *file)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < d->n_finding; i++) {
		const struct finding *f = &d->finding[i];

		put_origin(&b, f->at);
		if (f->at.file)
			buf_puts(&b, ": ");
		buf_puts(&b, diag_say(d, severity_name(f->severity)));
		buf_puts(&b, ": ");
		put_plain(&b, f->message);
		put_cell_name(&b, f->at, d);
		buf_printf(&b, " [%s]\n", f->rule);
	}
	if (b.n)
		fwrite(b.text, 1, b.n, file);
	buf_clear(&b);
}

static void put_json_number(struct buf *b, const char *name, unsigned n)
{
	if (n)
		buf_printf(b, ",\"%s\":%u", name, n);
	else
		buf_printf(b, ",\"%s\":null", name);
}

void diags_print_json(const struct diags *d, FILE *file)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < d->n_finding; i++) {
		const struct finding *f = &d->finding[i];

		buf_puts(&b, "{\"file\":");
		buf_json(&b, f->at.file);
		buf_puts(&b, ",\"sheet\":");
		buf_json(&b, origin_is_counted(f->at) ? NULL : f->at.sheet);
		put_json_number(&b, "row", origin_is_counted(f->at) ? 0 : f->at.row);
		put_json_number(&b, "col", origin_is_counted(f->at) ? 0 : f->at.col);
		buf_printf(&b, ",\"severity\":\"%s\",\"rule\":", severity_name(f->severity));
		buf_json(&b, f->rule);
		buf_puts(&b, ",\"message\":");
		buf_json(&b, f->message);
		buf_puts(&b, "}\n");
	}
	if (b.n)
		fwrite(b.text, 1, b.n, file);
	buf_clear(&b);
}

int diags_exit_code(const struct diags *d)
{
	return d->n_fault ? 3 : d->n_error ? 1 : 0;
}

const char *word_list(const char *const *word, size_t n_word, struct arena *a)
{
	struct buf b = { 0 };
	const char *list;

	for (size_t i = 0; i < n_word && i < LISTED_MAX; i++)
		buf_printf(&b, "%s%s", i ? ", " : "", word[i]);
	if (n_word > LISTED_MAX)
		buf_puts(&b, ", ...");
	list = arena_slice(a, b.text ? b.text : "", b.n);
	buf_clear(&b);
	return list;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static bool same_letter(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Insertions, deletions, changes and swaps of neighbours (Damerau-Levenshtein, each place edited
 * once). Both words have at most SUGGEST_MAX bytes. */
static size_t edits(const char *a, size_t n_a, const char *b, size_t n_b)
{
	size_t row[3][SUGGEST_MAX + 1];
	size_t *before = row[0];
	size_t *last = row[1];
	size_t *now = row[2];

	for (size_t j = 0; j <= n_b; j++)
		last[j] = j;
	for (size_t i = 1; i <= n_a; i++) {
		size_t *free_row = before;

		now[0] = i;
		for (size_t j = 1; j <= n_b; j++) {
			now[j] = least(least(last[j], now[j - 1]) + 1,
				last[j - 1] + !same_letter(a[i - 1], b[j - 1]));
			if (i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2])
				&& same_letter(a[i - 2], b[j - 1]))
				now[j] = least(now[j], before[j - 2] + 1);
		}
		before = last;
		last = now;
		now = free_row;
	}
	return last[n_b];
}

const char *suggest(const char *word, const char *const *candidate, size_t n_candidate)
{
	size_t n = strlen(word);
	size_t best = n / 3 > 1 ? n / 3 : 1;
	const char *found = NULL;

	if (!n || n > SUGGEST_MAX)
		return NULL;
	for (size_t i = 0; i < n_candidate; i++) {
		size_t m = strlen(candidate[i]);
		size_t far;

		if (m > SUGGEST_MAX || (m > n ? m - n : n - m) > best)
			continue;
		far = edits(word, n, candidate[i], m);
		if (far < best || (far == best && !found)) {
			best = far;
			found = candidate[i];
		}
	}
	return found;
}
