#include "cmd/followed.h"

#include "cmd/registers.h"
#include "model/matcher.h"

#include <string.h>

/* Header texts of a dataset, level by level. */
struct headers {
	struct arena *arena;
	const char **text;
	size_t n;
	size_t cap;
};

static void add_headers(struct headers *h, const struct dataset *dataset, int year)
{
	for (size_t i = 0; i < dataset->n_field; i++)
		for (size_t k = 0; k < dataset->field[i].n_name; k++) {
			const char *level = header_name(dataset->field[i].name[k], year, h->arena);

			for (; level; level = header_below(level))
				*ARENA_PUSH(h->arena, h->text, h->n, &h->cap)
					= arena_slice(h->arena, level, header_level(level));
		}
}

/* For readers that have to make sure of an encoding. */
static const char *const *known_headers(const struct source *source, const struct dataset *dataset, struct arena *a)
{
	struct headers h = { .arena = a };

	add_headers(&h, dataset, source->period_year);
	*ARENA_PUSH(a, h.text, h.n, &h.cap) = NULL;
	return h.text;
}

static struct reader_options options_of(const struct source *source, const struct dataset *dataset, struct arena *a)
{
	return (struct reader_options){
		.path = source->path,
		.shown = source->shown,
		.rows = source->rows,
		.sheet = source->sheet,
		.encoding = source->encoding,
		.likely_sheet = dataset_sheet(dataset, a),
		.known = known_headers(source, dataset, a),
	};
}

bool pipeline_rows(const struct source *source, const struct dataset *dataset, struct row_sink *sink, struct row_faults *faults,
	struct arena *a, struct diags *d)
{
	struct reader_options options;

	if (source->feed)
		return source->feed->push(source->feed, sink, d);
	options = options_of(source, dataset, a);
	options.faults = faults;
	return ingest(&options, sink, d);
}

bool pipeline_source(const struct source *source, const struct dataset *dataset, struct library *library, struct arena *a,
	struct data *data, struct diags *d)
{
	struct data_sink *sink;
	bool read;

	library_use(library, source->path, source->href);
	sink = data_sink_new(source, dataset, library, a);
	read = pipeline_rows(source, dataset, data_sink_rows(sink), NULL, a, d);
	return read && data_sink_finish(sink, data, d);
}

bool pipeline_register(const struct source *source, const struct dataset *dataset, struct registers *registers, struct library *library,
	struct arena *a, struct data *data, struct diags *d)
{
	struct reader_options options = options_of(source, dataset, a);

	library_use(library, source->path, source->href);
	return registers_read(registers, source, dataset, &options, library, a, data, d);
}

/* One that was counted before: its datasets are inputs all the same. */
static bool read_part(const struct source *source, struct library *library, struct arena *a, struct data *data, struct diags *d)
{
	library_use(library, source->path, source->href);
	return dataset_read(library, source->reg, source->at, a, d) && register_part(source->counted, source, a, data, d);
}

/* One source: its dataset, its file, its typed rows. */
static bool read_source(const struct source *source, struct registers *registers, struct library *library, struct arena *a,
	struct data *data, struct diags *d)
{
	const struct dataset *dataset = dataset_read(library, source->dataset, source->at, a, d);

	if (!dataset || !source->reg)
		return dataset && pipeline_source(source, dataset, library, a, data, d);
	if (source->counted)
		return read_part(source, library, a, data, d);
	return pipeline_register(source, dataset, registers, library, a, data, d);
}

/* Whether no source lists areas. */
static bool only_registers(const struct job *job)
{
	for (size_t i = 0; i < job->n_source; i++)
		if (!job->source[i].reg)
			return false;
	return true;
}

/* With strict: whether no row of a register had a fault, also of an area's part of one. */
static bool are_sound(const struct data *data, size_t n, bool strict)
{
	for (size_t i = 0; i < n; i++)
		if (strict && data[i].counted && register_has_faults(data[i].counted))
			return false;
	return true;
}

static bool read_sources(const struct job *job, const struct pipeline_options *options, struct library *library, struct arena *a,
	struct model *model, struct diags *d)
{
	struct registers registers = { .options = { options->strict, only_registers(job) }, .n_thread = options->n_thread };
	struct data *data = ARENA_ARRAY(a, job->n_source, struct data);
	const struct area_names *names = area_names_read(library, job->at, a, d);
	bool ok = names;

	for (size_t i = 0; i < job->n_source; i++)
		ok = read_source(&job->source[i], &registers, library, a, &data[i], d) && ok;
	ok = ok && model_build(job, names, data, job->n_source, a, model, d);
	ok = ok && are_sound(data, job->n_source, options->strict);
	registers_close(&registers);
	return ok;
}

bool pipeline_date(const char *typed, struct date *date, struct pipeline_options *options, struct diags *d)
{
	struct origin nowhere = { 0 };

	options->date = typed ? date : NULL;
	if (typed && (!date_parse(typed, date) || !date->day))
		return diag_error(d, nowhere, "usage", "--date %s is no day; write it as 2024-01-31", typed);
	return true;
}

bool pipeline_threads(const char *typed, struct pipeline_options *options, struct diags *d)
{
	struct ratio n = ratio_whole(1);

	if (typed && (!ratio_parse(typed, strlen(typed), &n) || n.den != 1 || n.num < 1 || n.num > SCAN_THREADS_MAX))
		return diag_error(d, (struct origin){ 0 }, "usage", "-j %s is no number of threads; write one from 1 to %d", typed, SCAN_THREADS_MAX);
	options->n_thread = (unsigned)n.num;
	return true;
}

/* The job with what the command line says in place of its own. */
static const struct job *job_with(const struct job *job, const struct pipeline_options *options, struct arena *a)
{
	struct job *other;

	if (!options->date && !options->period.year)
		return job;
	other = ARENA_NEW(a, struct job);
	*other = *job;
	if (options->date)
		other->date = *options->date;
	if (options->period.year)
		other->period = options->period;
	return other;
}

void pipeline_library(struct library *library, const struct surroundings *around, struct library_trees *trees, struct arena *a)
{
	library_init(library, a);
	library->trees = trees;
	for (size_t i = 0; i < sizeof around->templates_dir / sizeof *around->templates_dir; i++)
		if (around->templates_dir[i])
			library_add(library, around->templates_dir[i], "templates");
}

bool pipeline_job(const char *path, const struct surroundings *around, struct arena *a, struct made *made, struct diags *d)
{
	pipeline_library(&made->library, around, NULL, a);
	made->job = job_read_planned(path, &made->library, a, d);
	return made->job;
}

static bool make_tables(const char *path, const struct pipeline_options *options, const struct surroundings *around,
	struct arena *a, struct made *made, struct diags *d)
{
	struct arena *figures = options->figures ? options->figures : a;
	const char *const *name;
	size_t n_name = 0;
	bool sources;

	pipeline_library(&made->library, around, options->trees, a);
	made->job = options->instance ? job_read_instance(path, options->instance, &made->library, a, d)
				      : job_read(path, &made->library, a, d);
	if (!made->job)
		return false;
	made->job = job_with(made->job, options, a);
	sources = made->has_model = read_sources(made->job, options, &made->library, figures, &made->model, d);
	made->plan = plan_read(made->job, &made->library, a, d); /* even if the sources are wrong: all findings in one run */
	if (!sources || !made->plan)
		return false;
	if (!options->unchecked) {
		made->audit = ARENA_NEW(a, struct audit);
		audit_init(made->audit, made->job, a);
	}
	for (name = plan_tables(made->plan, made->job, a); name[n_name];)
		n_name++;
	if (compute(&made->model, &made->library, name, n_name, made->audit, figures, &made->tables, d))
		return true;
	if (made->audit) /* what was found so far */
		audit_settle(made->audit, d);
	return false;
}

/* What an audit found does not keep it from finding more, but it does keep the results from being written. */
static bool is_sound(const struct made *made)
{
	return !made->audit || !made->audit->n_error;
}

bool pipeline_tables(const char *path, const struct pipeline_options *options, const struct surroundings *around,
	struct arena *a, struct made *made, struct diags *d)
{
	return make_tables(path, options, around, a, made, d) && is_sound(made);
}

bool pipeline_document(const char *path, const struct pipeline_options *options, const struct surroundings *around,
	struct arena *a, struct made *made, struct diags *d)
{
	struct compose_input input;
	bool tables = make_tables(path, options, around, a, made, d);
	bool returns = !options->returns || !made->job || pipeline_check_returns(made, tables, a, d);

	if (!tables)
		return false;
	input = (struct compose_input){
		.job = made->job,
		.plan = made->plan,
		.tables = &made->tables,
		.published = model_find(&made->model, DATASET_PUBLISHED, SOURCE_CURRENT),
		.audit = made->audit,
		.flags = options->draft ? COMPOSE_DRAFT : 0,
	};
	return compose(&input, &made->library, a, &made->document, d) && returns && is_sound(made);
}

bool pipeline_run(const char *path, const struct pipeline_options *options, const struct surroundings *around,
	struct fonts *fonts, struct arena *a, struct made *made, struct diags *d)
{
	return pipeline_document(path, options, around, a, made, d)
		&& layout(made->document, fonts, a, &made->file, &made->n_file, d);
}

int pipeline_each_job(int argc, char *argv[], const struct surroundings *around, job_visit *visit, void *ctx, struct diags *d)
{
	struct fonts *fonts;

	if (!argc) {
		diag_error(d, (struct origin){ 0 }, "usage", "name at least one job file: JOB.xml");
		return EXIT_USAGE;
	}
	fonts = fonts_open(around->fonts_dir, d);
	for (int i = 0; fonts && i < argc; i++) {
		struct arena arena = { 0 };

		visit(ctx, argv[i], fonts, &arena, d);
		arena_clear(&arena);
		fonts_trim(fonts);
	}
	fonts_close(fonts);
	return diags_exit_code(d);
}
