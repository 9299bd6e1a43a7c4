#include "cmd/registers.h"

static bool lines_of(void *ctx, const uint64_t *at, size_t n, uint64_t *line, struct diags *d)
{
	const struct register_file *f = ctx;

	return scan_lines(f->scan, at, n, line, d);
}

static bool take_back(void *ctx, const uint64_t *at, size_t n, struct diags *d)
{
	struct register_file *f = ctx;
	bool was_personal = d->is_personal;
	bool ok;

	if (f->scan)
		return scan_take_back(f->scan, at, n, register_tally(f->reg), d);
	d->is_personal = true;
	ok = ingest(&f->options, register_back(f->reg, at, n), d);
	d->is_personal = was_personal;
	return ok;
}

/* What the reader notes on the way is found again by who reads on; rows that it cannot read may be passed over then. */
bool registers_head(struct reg *reg, const struct reader_options *options, struct diags *d)
{
	struct reader_options lenient = *options;
	struct diags unread = { .quiet = true };
	size_t n_error = d->n_error;

	lenient.faults = register_faults(reg);
	ingest(&lenient, register_head(reg), &unread);
	if (register_end_head(reg, &unread))
		return true;
	ingest(options, register_head(reg), d); /* once more, to tell what it is */
	return d->n_error == n_error && register_end_head(reg, d);
}

/* By the scanner, if it can; else *other. */
static bool count_by_scan(struct register_file *f, unsigned n_thread, bool *other, struct diags *d)
{
	enum scan_result result = SCAN_OTHER;

	f->scan = register_first_line(f->reg) ? scan_open(&f->options) : NULL;
	if (f->scan)
		result = scan_count(f->scan, register_plan(f->reg), register_first_line(f->reg), n_thread, register_tally(f->reg), d);
	*other = result == SCAN_OTHER;
	if (!*other || !f->scan)
		return result == SCAN_READ;
	scan_close(f->scan);
	f->scan = NULL;
	tally_clear(register_tally(f->reg));
	return false;
}

static bool count(struct register_file *f, unsigned n_thread, struct diags *d)
{
	bool other;
	bool ok = count_by_scan(f, n_thread, &other, d);

	f->options.faults = register_faults(f->reg);
	return other ? ingest(&f->options, register_rows(f->reg), d) : ok;
}

static bool read_file(struct registers *r, struct register_file *f, struct data *data, struct diags *d)
{
	bool was_personal = d->is_personal;
	bool ok;

	d->is_personal = true;
	ok = registers_head(f->reg, &f->options, d) && count(f, r->n_thread, d)
		&& register_finish(f->reg, &(struct register_again){ f->scan ? lines_of : NULL, take_back, f }, data, d);
	d->is_personal = was_personal;
	return ok;
}

bool registers_read(struct registers *r, const struct source *source, const struct dataset *areas, const struct reader_options *options,
	struct library *library, struct arena *a, struct data *data, struct diags *d)
{
	const struct dataset *rows = dataset_read(library, source->reg, source->at, a, d);
	struct register_file *f;

	if (!rows)
		return false;
	f = ARENA_NEW(a, struct register_file);
	f->options = *options;
	f->reg = register_open(source, areas, rows, library, &r->options, a, d);
	f->next = r->file;
	r->file = f;
	return f->reg && read_file(r, f, data, d);
}

bool registers_are_sound(const struct registers *r)
{
	for (const struct register_file *f = r->file; f; f = f->next)
		if (r->options.strict && f->reg && register_has_faults(f->reg))
			return false;
	return true;
}

void registers_close(struct registers *r)
{
	for (struct register_file *f = r->file; f; f = f->next) {
		scan_close(f->scan);
		register_close(f->reg);
	}
	r->file = NULL;
}
