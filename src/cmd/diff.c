/* kehoach diff: figures that differ between two folders of results. Two files are in memory at a time; what is said goes out area by area. */
#include "cmd/cmd.h"
#include "cmd/difffiles.h"
#include "cmd/difftext.h"
#include "cmd/pipeline.h"

#include <stddef.h>
#include <string.h>

enum { OUT_MAX = 256 << 10 }; /* [bytes] of what is to be said that wait, but for the largest area */

struct diff {
	const char *format, *out, *date_typed;
	bool words;
	const struct diff_voice *voice;
	const struct surroundings *around;
	struct diags *diags;
	struct arena arena;
	struct kept_names old_names, names;
	struct figures_files old, now;
	struct diff_counts n;
	struct diff_book book;
	struct diff_area area; /* of the pair at hand */
	struct buf lines;      /* its changes */
};

static const struct option diff_options[] = {
	{ "--format", "FORMAT", "text or json, an object a line (text)", offsetof(struct diff, format) },
	{ "-o", "FILE.xlsx", "the differences as a workbook too", offsetof(struct diff, out) },
	{ "--words", NULL, "also texts in tables that are no figures: names, ordinal numbers, remarks", offsetof(struct diff, words) },
	{ "--date", "DAY", "the workbook's date, as 2024-01-31", offsetof(struct diff, date_typed) },
	{ 0 },
};

static void found(void *ctx, const struct figure_change *c)
{
	struct diff *x = ctx;

	x->area.n_added += c->kind == CHANGE_ADDED;
	x->area.n_removed += c->kind == CHANGE_REMOVED;
	x->area.n_around += !change_is_of_figure(c->kind);
	x->area.n_changed += c->kind < CHANGE_ADDED;
	x->voice->change(&x->lines, &x->area, c, x->diags);
	if (x->out)
		diff_book_add(&x->book, &x->area, c);
}

/* ---- one pair ---- */

static bool read_bytes(const struct diff *x, const struct figures_files *of, const struct figures_file *file, struct arena *a, struct bytes *bytes,
	const char **path)
{
	*path = file_join(of->root, file->inside, a);
	return file_read(*path, *path, FIGURES_MAX, a, bytes, x->diags);
}

static void set_name(struct diff *x, const struct kept_figures *figures)
{
	x->area.name = kept_names_find(&x->names, x->area.path);
	if (!*x->area.name)
		x->area.name = kept_names_find(&x->old_names, x->area.path);
	if (!*x->area.name)
		x->area.name = figures->job;
}

static bool compare_both(struct diff *x, const struct figures_file *old, const struct figures_file *now, struct arena *a)
{
	const struct change_sink sink = { .ctx = x, .found = found, .words = x->words };
	struct kept_figures was, is;
	struct bytes old_bytes, bytes;
	const char *old_path, *path;

	if (!read_bytes(x, &x->old, old, a, &old_bytes, &old_path) || !read_bytes(x, &x->now, now, a, &bytes, &path))
		return false;
	if (old_bytes.n == bytes.n && !memcmp(old_bytes.data, bytes.data, bytes.n))
		return true;
	if (!figures_parse(old_bytes, old_path, a, &was, x->diags) || !figures_parse(bytes, path, a, &is, x->diags))
		return false;
	set_name(x, &is);
	figures_compare(&was, &is, &sink, a);
	return true;
}

static bool count_single(struct diff *x, const struct figures_files *of, const struct figures_file *file, struct arena *a)
{
	struct kept_figures figures;
	struct bytes bytes;
	const char *path;

	if (!read_bytes(x, of, file, a, &bytes, &path) || !figures_parse(bytes, path, a, &figures, x->diags))
		return false;
	set_name(x, &figures);
	*(x->area.has_old ? &x->area.n_removed : &x->area.n_added) = figures_count(&figures);
	return true;
}

/* What was found of the pair is said and counted. */
static void end_area(struct diff *x)
{
	struct diff_area *area = &x->area;
	bool both = area->has_old && area->has_now;

	x->n.n_area += both;
	if (both && !x->lines.n)
		return;
	x->n.n_differing += both;
	x->n.n_area_added += !area->has_old;
	x->n.n_area_removed += !area->has_now;
	x->n.n_changed += area->n_changed;
	x->n.n_added += both ? area->n_added : 0;
	x->n.n_removed += both ? area->n_removed : 0;
	x->n.n_around += area->n_around;
	x->voice->area(x->around->out, area, x->diags);
	buf_put(x->around->out, x->lines.text ? x->lines.text : "", x->lines.n);
	if (x->out)
		diff_book_add_area(&x->book, area);
}

/* old, now: NULL: only the other is there. */
static void compare_pair(struct diff *x, const struct figures_file *old, const struct figures_file *now)
{
	const struct figures_file *file = now ? now : old;
	struct arena a = { 0 };
	bool ok;

	x->area = (struct diff_area){ .path = file->area, .name = "", .period = file->period, .has_old = old, .has_now = now };
	x->lines.n = 0;
	ok = old && now ? compare_both(x, old, now, &a) : count_single(x, now ? &x->now : &x->old, file, &a);
	if (ok)
		end_area(x);
	else
		x->n.n_wrong++;
	arena_clear(&a);
}

/* ---- all of them ---- */

static bool say(struct diff *x)
{
	if (x->around->out->n <= OUT_MAX || x->around->put_out(x->around->out))
		return true;
	return diag_fault(x->diags, (struct origin){ 0 }, "io", "what was found cannot be written to the standard output");
}

/* Both lists are in order. */
static bool compare_all(struct diff *x)
{
	bool ok = true;

	for (size_t i = 0, k = 0; ok && (i < x->old.n || k < x->now.n);) {
		const struct figures_file *old = i < x->old.n ? &x->old.file[i] : NULL;
		const struct figures_file *now = k < x->now.n ? &x->now.file[k] : NULL;
		int order = !old ? 1 : !now ? -1 : strcmp(old->inside, now->inside);

		compare_pair(x, order <= 0 ? old : NULL, order >= 0 ? now : NULL);
		i += order <= 0;
		k += order >= 0;
		ok = say(x);
	}
	x->voice->end(x->around->out, &x->n, x->diags);
	return ok;
}

static bool write_book(struct diff *x)
{
	struct date date = { 1980, 1, 1 }; /* without one of its own, that of the parts of every workbook */
	struct fonts *fonts = fonts_open(x->around->fonts_dir, x->diags);
	struct library library;
	const char *part = NULL;
	bool ok;

	if (x->date_typed)
		date_parse(x->date_typed, &date);
	pipeline_library(&library, x->around, NULL, &x->arena);
	ok = fonts && file_reserve(x->out, &x->arena, &part, x->diags)
		&& diff_book_write(&x->book, x->old.root, x->now.root, date, &library, fonts, part, x->diags);
	if (part && !(ok && file_rename(part, x->out, x->diags)))
		file_remove(part);
	fonts_close(fonts);
	if (x->book.n_found > x->book.n_line)
		diag_warning(x->diags, (struct origin){ .file = x->out }, "limit",
			"the workbook has the first %zu of %zu differences; --format=json lists all", x->book.n_line, x->book.n_found);
	return ok;
}

static int compare(struct diff *x, char *argv[])
{
	bool ok;

	kept_names_init(&x->names, &x->arena);
	kept_names_init(&x->old_names, &x->arena);
	diff_book_init(&x->book);
	ok = figures_files_read(argv[1], &x->arena, &x->now, &x->names, x->diags);
	ok = figures_files_read(argv[0], &x->arena, &x->old, &x->old_names, x->diags) && ok;
	ok = ok && compare_all(x);
	if (ok && x->out)
		write_book(x);
	diff_book_clear(&x->book);
	buf_clear(&x->lines);
	if (diags_exit_code(x->diags))
		return diags_exit_code(x->diags);
	return x->n.n_differing || x->n.n_area_added || x->n.n_area_removed ? EXIT_INPUT : EXIT_DONE;
}

static bool check_options(struct diff *x, int argc)
{
	static const char suffix[] = ".xlsx";
	struct pipeline_options unused = { 0 };
	struct date date;
	size_t n = x->out ? strlen(x->out) : 0;
	size_t n_suffix = sizeof suffix - 1;
	struct origin nowhere = { 0 };

	x->voice = x->around->json || (x->format && !strcmp(x->format, "json")) ? &diff_json : &diff_text;
	if (argc != 2)
		return diag_error(x->diags, nowhere, "usage", "name two folders of results, the old and the new: kehoach diff OLD NEW");
	if (x->format && strcmp(x->format, "json") != 0 && strcmp(x->format, "text") != 0)
		return diag_error(x->diags, nowhere, "usage", "--format=%s is not known; write text or json, or name a workbook with -o FILE.xlsx",
			x->format);
	if (x->out && (n <= n_suffix || strcmp(x->out + n - n_suffix, suffix) != 0 || x->out[n - n_suffix - 1] == '/'))
		return diag_error(x->diags, nowhere, "usage", "-o %s: the differences are written as a workbook; write a name that ends in .xlsx", x->out);
	return pipeline_date(x->date_typed, &date, &unused, x->diags);
}

static int diff_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	struct diff x = { .around = around, .diags = d };
	int code = EXIT_USAGE;

	if (options_read(&argc, argv, diff_options, &x, d) && check_options(&x, argc))
		code = compare(&x, argv);
	arena_clear(&x.arena);
	return code;
}

const struct command command_diff = {
	.name = "diff",
	.args = "OLD NEW [-o FILE.xlsx]",
	.what = "figures that differ between two folders of results, by area, table, row and column; exit code 1 where any do",
	.option = diff_options,
	.run = diff_run,
};
