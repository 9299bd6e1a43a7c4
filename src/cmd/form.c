/* kehoach form: a workbook to be filled in for datasets of a job.
 *
 * A form is sent out before its figures are there. So only what it needs is read: the areas, from the dataset's own source, else
 * from that of the year before, else from any other that has areas; and the figures of the year before. */
#include "base/file.h"
#include "cmd/pipeline.h"
#include "compose/form.h"
#include "model/areanames.h"
#include "render/xlsxform.h"

#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

enum { SUFFIX = 5 }; /* letters of ".xlsx" */

struct form_options {
	const char *dataset; /* --dataset: its name, or the id of a source */
	const char *out;     /* -o */
};

static const struct option form_command_options[] = {
	{ "--dataset", "ID", "its name or the source's id (all that are kept for areas)", offsetof(struct form_options, dataset) },
	{ "-o", "FILE.xlsx", "the workbook to write", offsetof(struct form_options, out) },
	{ 0 },
};

/* A source of the job, read when it is needed. */
struct reading {
	const struct dataset *dataset;
	struct data data;
	bool read;
	bool is_there; /* its rows can be used */
};

struct forming {
	const struct surroundings *around;
	struct made made;
	struct reading *reading; /* [job->n_source] */
	struct form_input *input; /* [n_input] rows and previous are those of the readings until the model is made */
	size_t n_input;
	struct arena *arena;
	struct diags *diags;
};

/* ---- which datasets ---- */

static bool has_area_key(const struct dataset *s)
{
	for (size_t i = 0; i < s->n_field; i++)
		if (s->field[i].type == FIELD_AREA && s->field[i].key)
			return true;
	return false;
}

/* Datasets that a job names for other ends. */
static bool is_special(const struct source *s)
{
	return !strcmp(s->dataset, DATASET_PUBLISHED) || !strcmp(s->dataset, DATASET_CROSSWALK);
}

static bool read_datasets(struct forming *f)
{
	const struct job *job = f->made.job;
	bool ok = true;

	f->reading = ARENA_ARRAY(f->arena, job->n_source, struct reading);
	f->input = ARENA_ARRAY(f->arena, job->n_source, struct form_input);
	for (size_t i = 0; i < job->n_source; i++) {
		const struct source *s = &job->source[i];

		f->reading[i].dataset = dataset_read(&f->made.library, s->dataset, s->at, f->arena, f->diags);
		ok = f->reading[i].dataset && ok;
	}
	return ok;
}

static void add_input(struct forming *f, const struct dataset *dataset)
{
	for (size_t i = 0; i < f->n_input; i++)
		if (!strcmp(f->input[i].dataset->id, dataset->id))
			return;
	f->input[f->n_input++].dataset = dataset;
}

/* Those that may be asked for, each once: names of datasets, then ids of sources. */
static const char **known_names(const struct forming *f, bool only_areas, size_t *n)
{
	const struct job *job = f->made.job;
	const char **name = ARENA_ARRAY(f->arena, 2 * job->n_source, const char *);
	struct map seen;

	*n = 0;
	map_init(&seen, f->arena);
	for (size_t i = 0; i < 2 * job->n_source; i++) {
		const struct source *s = &job->source[i % job->n_source];
		const char *word = i < job->n_source ? s->dataset : s->id;
		bool wanted = only_areas ? i < job->n_source && has_area_key(f->reading[i].dataset) : !is_special(s);

		if (wanted && map_add(&seen, word, 0, NULL))
			name[(*n)++] = word;
	}
	map_clear(&seen);
	return name;
}

/* The dataset of that name, else that of the source with that id; NULL after an error "usage". */
static const struct dataset *find_dataset(const struct forming *f, const char *word)
{
	const struct job *job = f->made.job;
	struct origin nowhere = { 0 };
	const char **name;
	size_t n;

	for (size_t i = 0; i < 2 * job->n_source; i++) {
		const struct source *s = &job->source[i % job->n_source];

		if (!is_special(s) && !strcmp(i < job->n_source ? s->dataset : s->id, word))
			return f->reading[i % job->n_source].dataset;
	}
	name = known_names(f, false, &n);
	if (suggest(word, name, n))
		diag_error(f->diags, nowhere, "usage", "the job has no dataset '%s'; did you mean '%s'?", word, suggest(word, name, n));
	else
		diag_error(f->diags, nowhere, "usage", "the job has no dataset '%s'; there are: %s", word, word_list(name, n, f->arena));
	return NULL;
}

/* The one that is asked for. */
static bool choose_dataset(struct forming *f, const char *word)
{
	const struct dataset *dataset = find_dataset(f, word);
	const char **name;
	size_t n;

	if (!dataset)
		return false;
	if (has_area_key(dataset)) {
		add_input(f, dataset);
		return true;
	}
	name = known_names(f, true, &n);
	return diag_error(f->diags, (struct origin){ 0 }, "usage",
		"the dataset '%s' is not kept for areas, so a form of it has no rows; those that are: %s", dataset->id,
		n ? word_list(name, n, f->arena) : diag_say(f->diags, "nothing"));
}

/* All that are kept for areas. */
static bool choose_all(struct forming *f)
{
	const struct job *job = f->made.job;

	for (size_t i = 0; i < job->n_source; i++)
		if (job->source[i].role == SOURCE_CURRENT && !is_special(&job->source[i]) && has_area_key(f->reading[i].dataset))
			add_input(f, f->reading[i].dataset);
	return f->n_input
		|| diag_error(f->diags, job->at, "form",
			"no source of the job has a dataset that is kept for areas, so there is nothing a form could list");
}

/* ---- reading no more than is needed ---- */

static bool any_area(const struct data *data)
{
	size_t label = data->dataset->label;

	for (size_t i = 0; i < data->n_row; i++)
		if (data->row[i].datum[label].text)
			return true;
	return false;
}

static const char *first_error(const struct diags *d)
{
	for (size_t i = 0; i < d->n_finding; i++)
		if (d->finding[i].severity >= DIAG_ERROR)
			return d->finding[i].message;
	return "";
}

/* Whether the source has areas. What else is wrong with it does not matter here; a note says that something is. */
static bool read_areas(struct forming *f, size_t i)
{
	const struct source *s = &f->made.job->source[i];
	struct diags found = { .catalog = f->diags->catalog };
	struct origin at = { .file = s->shown };
	struct reading *r = &f->reading[i];

	if (r->read || !has_area_key(r->dataset))
		return r->is_there;
	r->read = true;
	if (!s->path) {
		diag_note(f->diags, s->at, "form", "the file '%s' is not there yet", s->href);
		return false;
	}
	if (s->reg) /* rows of persons, not of areas */
		return false;
	r->data.dataset = r->dataset;
	pipeline_source(s, r->dataset, &f->made.library, f->arena, &r->data, &found);
	r->is_there = any_area(&r->data);
	if (!r->is_there)
		diag_note(f->diags, at, "form", "no area can be read here: %s", first_error(&found));
	else if (found.n_error)
		diag_note(f->diags, at, "form",
			"this file has %zu errors, which kehoach check lists; only its areas are used", found.n_error);
	diags_clear(&found);
	return r->is_there;
}

/* A source whose figures are shown: any error in it is one. */
static bool read_whole(struct forming *f, size_t i)
{
	const struct source *s = &f->made.job->source[i];
	struct reading *r = &f->reading[i];

	r->read = true;
	if (!s->path) {
		diag_note(f->diags, s->at, "form", "the file '%s' is not there yet", s->href);
		return true;
	}
	if (s->reg)
		return true;
	r->is_there = pipeline_source(s, r->dataset, &f->made.library, f->arena, &r->data, f->diags);
	return r->is_there;
}

/* The first source of the dataset in that role, or n_source. */
static size_t source_of(const struct forming *f, const struct dataset *dataset, enum source_role role)
{
	const struct job *job = f->made.job;
	size_t i = 0;

	while (i < job->n_source && (job->source[i].role != role || strcmp(job->source[i].dataset, dataset->id) != 0))
		i++;
	return i;
}

/* The source whose areas the form lists, or n_source: the dataset's own ones first. */
static size_t find_areas(struct forming *f, const struct dataset *dataset)
{
	static const enum source_role roles[] = { SOURCE_CURRENT, SOURCE_PREVIOUS, SOURCE_PLAN };
	size_t n_source = f->made.job->n_source;

	for (size_t k = 0; k < sizeof roles / sizeof *roles; k++) {
		size_t i = source_of(f, dataset, roles[k]);

		if (i < n_source && read_areas(f, i))
			return i;
	}
	for (size_t i = 0; i < n_source; i++)
		if (read_areas(f, i))
			return i;
	return n_source;
}

static bool read_input(struct forming *f, struct form_input *input)
{
	const struct job *job = f->made.job;
	size_t current = source_of(f, input->dataset, SOURCE_CURRENT);
	size_t previous = source_of(f, input->dataset, SOURCE_PREVIOUS);
	size_t rows;

	if (previous < job->n_source && !read_whole(f, previous))
		return false;
	rows = find_areas(f, input->dataset);
	if (rows == job->n_source)
		return diag_error(f->diags, job->at, "form",
			"no area is known for the dataset '%s'; write the areas into one of the job's files, or name the file of the year before "
			"in a <source> with role=\"previous\"",
			input->dataset->id);
	if (current < job->n_source && rows != current)
		diag_note(f->diags, job->source[current].at, "form", "the form of '%s' lists the areas of '%s'", input->dataset->id,
			job->source[rows].href);
	input->rows = &f->reading[rows].data;
	if (previous < job->n_source && f->reading[previous].is_there)
		input->previous = &f->reading[previous].data;
	return true;
}

/* How areas became others since the year before. */
static bool read_crosswalk(struct forming *f)
{
	const struct job *job = f->made.job;
	bool needed = false;

	for (size_t i = 0; i < f->n_input; i++)
		needed = needed || f->input[i].previous;
	for (size_t i = 0; needed && i < job->n_source; i++)
		if (!strcmp(job->source[i].dataset, DATASET_CROSSWALK))
			return read_whole(f, i);
	return true;
}

/* The data of a reading in the model, or NULL. */
static const struct data *moved(const struct forming *f, const struct data *data, const struct data *model)
{
	for (size_t i = 0; data && i < f->made.model.n_data; i++)
		if (model[i].source == data->source)
			return &model[i];
	return NULL;
}

static bool build_model(struct forming *f)
{
	const struct job *job = f->made.job;
	const struct area_names *names = area_names_read(&f->made.library, job->at, f->arena, f->diags);
	struct data *data = ARENA_ARRAY(f->arena, job->n_source, struct data);
	size_t n = 0;

	for (size_t i = 0; i < job->n_source; i++)
		if (f->reading[i].is_there)
			data[n++] = f->reading[i].data;
	if (!names || !model_build(job, names, data, n, f->arena, &f->made.model, f->diags))
		return false;
	for (size_t i = 0; i < f->n_input; i++) {
		f->input[i].rows = moved(f, f->input[i].rows, data);
		f->input[i].previous = moved(f, f->input[i].previous, data);
	}
	return true;
}

/* ---- the file ---- */

static bool check_out(const char *out, struct diags *d)
{
	struct origin nowhere = { 0 };
	size_t n = out ? strlen(out) : 0;

	if (!out)
		return diag_error(d, nowhere, "usage", "name the workbook to write: -o FILE.xlsx");
	if (n <= SUFFIX || strcmp(out + n - SUFFIX, ".xlsx") != 0 || out[n - SUFFIX - 1] == '/')
		return diag_error(d, nowhere, "usage", "-o %s: a form is a workbook; write a name that ends in .xlsx", out);
	return true;
}

/* Figures that somebody filled in would be lost, in a source or in a form of before. */
static bool spares_figures(const struct forming *f, const char *out)
{
	const struct job *job = f->made.job;
	struct stat target;
	struct stat st;

	if (stat(out, &target))
		return true;
	for (size_t i = 0; i < job->n_source; i++) {
		const struct source *s = &job->source[i];

		if (s->path && !stat(s->path, &st) && st.st_dev == target.st_dev && st.st_ino == target.st_ino)
			return diag_error(f->diags, (struct origin){ 0 }, "usage",
				"-o %s is a source of the job, and its figures would be lost; name another file", out);
	}
	if (S_ISREG(target.st_mode))
		return diag_error(f->diags, (struct origin){ 0 }, "usage",
			"-o %s is there already, and what was filled in would be lost; delete it first, or name another file", out);
	return true;
}

static bool write_form(struct forming *f, const char *out)
{
	struct fonts *fonts = fonts_open(f->around->fonts_dir, f->diags);
	const struct form *form = NULL;
	const char *part = NULL;
	bool ok = fonts && form_make(&f->made.model, f->input, f->n_input, &f->made.library, f->arena, &form, f->diags)
		&& file_reserve(out, f->arena, &part, f->diags) && xlsxform_write(form, fonts, part, f->diags);

	if (part && !(ok && file_rename(part, out, f->diags)))
		file_remove(part);
	fonts_close(fonts);
	return ok;
}

static int make_form(struct forming *f, const char *job, const struct form_options *options)
{
	bool ok = true;

	if (!pipeline_job(job, f->around, f->arena, &f->made, f->diags) || !read_datasets(f))
		return diags_exit_code(f->diags);
	if (!spares_figures(f, options->out) || (options->dataset && !choose_dataset(f, options->dataset)))
		return EXIT_USAGE;
	if (!options->dataset && !choose_all(f))
		return diags_exit_code(f->diags);
	for (size_t i = 0; i < f->n_input; i++)
		ok = read_input(f, &f->input[i]) && ok;
	if (ok && read_crosswalk(f) && build_model(f))
		write_form(f, options->out);
	return diags_exit_code(f->diags);
}

static int form_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	struct form_options options = { 0 };
	struct arena arena = { 0 };
	struct forming f = { .around = around, .arena = &arena, .diags = d };
	int code;

	if (!options_read(&argc, argv, form_command_options, &options, d))
		return EXIT_USAGE;
	if (argc != 1) {
		diag_error(d, (struct origin){ 0 }, "usage", "name one job: kehoach form JOB.xml -o FILE.xlsx");
		return EXIT_USAGE;
	}
	if (!check_out(options.out, d))
		return EXIT_USAGE;
	code = make_form(&f, argv[0], &options);
	arena_clear(&arena);
	return code;
}

const struct command command_form = {
	.name = "form",
	.args = "JOB.xml [--dataset ID] -o FILE.xlsx",
	.what = "a workbook to fill in and read back: areas listed, cells checked, last year's figures beside",
	.option = form_command_options,
	.run = form_run,
};
