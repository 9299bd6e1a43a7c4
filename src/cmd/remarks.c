#include "cmd/remarks.h"

#include "base/file.h"
#include "base/map.h"
#include "base/utf8.h"
#include "cmd/filekind.h"
#include "cmd/period.h"
#include "ingest/properties.h"
#include "model/areajoin.h"
#include "model/number.h"

#include <string.h>

enum { JOB, PERIOD, N_PROPERTY };

static const char *const property_name[N_PROPERTY] = { [JOB] = "kehoach.job", [PERIOD] = "kehoach.period" };

const struct workbook_property *remarks_properties(const struct job *job, const char *period, struct arena *a, size_t *n)
{
	struct workbook_property *property = ARENA_ARRAY(a, N_PROPERTY, struct workbook_property);

	property[JOB] = (struct workbook_property){ property_name[JOB], job->id };
	property[PERIOD] = (struct workbook_property){ property_name[PERIOD], period };
	*n = N_PROPERTY;
	return property;
}

/* One that is damaged, or not there, is told by who reads it. */
static bool is_workbook(const char *path, struct diags *d)
{
	char head[FILE_KIND_HEAD];
	const struct file_look look = file_look(head, file_head(path, head, sizeof head), d);

	return look.kind == FILE_ZIP || look.kind == FILE_UNKNOWN
	       || diag_error(d, (struct origin){ .file = path }, "previous",
			"this is no progress workbook but %s; give the progress-*.xlsx of the period before", look.what);
}

/* job NULL: it cannot be read. */
static bool check_workbook(const char *path, const char *const text[N_PROPERTY], const struct job *job, struct period period,
	struct period *found, struct diags *d)
{
	struct origin at = { .file = path };
	bool ok = true;

	if (!text[JOB] || !text[PERIOD] || !period_parse(text[PERIOD], found))
		return diag_error(d, at, "previous",
			"this is no progress workbook: nothing in it says of which job and period it is; give the progress-*.xlsx of the period before");
	if (job && strcmp(text[JOB], job->id) != 0)
		ok = diag_error(d, at, "previous", "this is the progress workbook of the job '%s', not of '%s'; give the one of the same job",
			text[JOB], job->id);
	if (period.year && !period_is_before(found, &period))
		ok = diag_error(d, at, "previous", "this is the progress workbook of %s, which is not before the period told of; give an earlier one",
			text[PERIOD]);
	return ok;
}

/* The template's sheet of remarks; NULL after an error. */
static const char *remarks_sheet(const struct progress_template *t, struct diags *d)
{
	for (size_t i = 0; i < t->n_sheet; i++)
		if (t->sheet[i].is && !strcmp(t->sheet[i].is, "remarks"))
			return t->sheet[i].name;
	diag_error(d, t->root->at, "missing-element", "the template has no <sheet is=\"remarks\"/> for the remarks of the period before");
	return NULL;
}

static const struct source *make_source(const char *path, const char *sheet, int year, struct arena *a)
{
	struct source *source = ARENA_NEW(a, struct source);

	*source = (struct source){
		.id = "previous",
		.dataset = "progress-remarks",
		.path = path,
		.shown = path,
		.href = file_name(path), /* where it lies is not the job's */
		.sheet = sheet,
		.role = SOURCE_CURRENT,
		.repeats = true, /* a remark may have several rows, each a part */
		.period_year = year,
		.at = { .file = path },
	};
	return source;
}

static const char *text_of(const struct data *data, const struct data_row *row, const char *id)
{
	const struct field *field = dataset_field(data->dataset, id);
	const struct datum *datum = field ? &row->datum[field - data->dataset->field] : NULL;

	return datum && datum->figure.state == FIGURE_OK && datum->text ? datum->text : "";
}

/* What was typed: also "[z]" or a dash says that it was nothing. */
static const char *remark_of(const struct data *data, const struct data_row *row, const char *id)
{
	const char *text = text_of(data, row, id);
	struct ratio x;

	return number_parse(text, strlen(text), 0, &x) == NUMBER_EMPTY ? "" : text;
}

/* Digits up to the sign behind them. */
static bool take_number(const char **s, char end, unsigned *number)
{
	enum { BASE = 10 };

	for (*number = 0; **s >= '0' && **s <= '9' && *number <= REMARK_PARTS_MAX; ++*s)
		*number = *number * BASE + (unsigned)(**s - '0');
	return *number && *number <= REMARK_PARTS_MAX && *(*s)++ == end;
}

/* "2/5"; where nothing stands, or what is none, it is whole. */
static void take_part(const struct data *data, const struct data_row *row, struct remark *remark, struct diags *d)
{
	const char *text = remark_of(data, row, "part"), *s = text;
	unsigned part, parts;

	if (take_number(&s, '/', &part) && take_number(&s, '\0', &parts) && part <= parts) {
		remark->part = part;
		remark->parts = parts;
	} else if (*text)
		diag_warning(d, row->at, "remark", "'%s' is no part of a remark, such as 2/5; what stands in this row is taken as a remark of its own", text);
}

/* No part of a remark stands there twice. */
static bool check_unique(const struct remarks *remarks, struct arena *a, struct diags *d)
{
	struct map rows;
	bool ok = true;

	map_init(&rows, a);
	for (size_t i = 0; i < remarks->n; i++) {
		const struct remark *r = &remarks->remark[i];
		const char *name = utf8_fold(r->area_name, strlen(r->area_name), a);
		size_t first;

		if (!map_add(&rows, arena_printf(a, "%s\n%s\n%u/%u", r->indicator, name, r->part, r->parts), i, &first))
			ok = diag_error(d, r->at, "duplicate", "'%s' stands at %s already; keep one of the two rows", r->area_name,
				origin_text(remarks->remark[first].at, a));
	}
	map_clear(&rows);
	return ok;
}

static bool take_rows(const struct data *data, struct arena *a, struct remarks *remarks, struct diags *d)
{
	struct remark *remark = ARENA_ARRAY(a, data->n_row, struct remark);

	for (size_t i = 0; i < data->n_row; i++) {
		const struct data_row *row = &data->row[i];

		remark[i] = (struct remark){
			.indicator = text_of(data, row, "indicator"),
			.name = text_of(data, row, "name"),
			.area = row->area,
			.area_name = text_of(data, row, "area"),
			.typed = remark_of(data, row, "remark"),
			.earlier = remark_of(data, row, "earlier"),
			.at = row->at,
		};
		take_part(data, row, &remark[i], d);
	}
	remarks->remark = remark;
	remarks->n = data->n_row;
	return check_unique(remarks, a, d);
}

/* Of a job that has such a template. */
static bool read_sheet(const char *path, struct made *made, struct arena *a, struct data *data, struct diags *d)
{
	struct diags quiet = { .quiet = true };
	const struct progress_template *t = followed_template(made->job, &made->library, a, &quiet);
	const char *sheet = t ? remarks_sheet(t, d) : NULL;
	const struct source *source;
	const struct dataset *dataset;

	if (!sheet)
		return !t;
	source = make_source(path, sheet, made->job->period.year, a);
	dataset = dataset_read(&made->library, source->dataset, source->at, a, d);
	return dataset && pipeline_source(source, dataset, &made->library, a, data, d);
}

bool remarks_open(const char *path, const char *job_path, struct period period, const struct surroundings *around, struct arena *a,
	struct previous_workbook *previous, struct diags *d)
{
	struct diags quiet = { .quiet = true };
	struct made made = { 0 };
	const char *text[N_PROPERTY];
	bool has_job = pipeline_job(job_path, around, a, &made, &quiet);

	*previous = (struct previous_workbook){ 0 };
	if (has_job && !period.year)
		period = made.job->period;
	return is_workbook(path, d) && workbook_properties(path, path, property_name, N_PROPERTY, a, text, d)
		&& check_workbook(path, text, has_job ? made.job : NULL, period, &previous->period, d)
		&& (!has_job || read_sheet(path, &made, a, &previous->data, d));
}

bool remarks_open_made(const char *path, struct followed_job *f, struct arena *a, struct previous_workbook *previous, struct diags *d)
{
	const char *text[N_PROPERTY];

	*previous = (struct previous_workbook){ 0 };
	return is_workbook(path, d) && workbook_properties(path, path, property_name, N_PROPERTY, a, text, d)
		&& check_workbook(path, text, f->made.job, f->made.job->period, &previous->period, d)
		&& read_sheet(path, &f->made, a, &previous->data, d);
}

/* The dataset is an input of the workbook made, too. */
bool remarks_join(struct previous_workbook *previous, struct followed_job *f, struct arena *a, struct remarks *remarks, struct diags *d)
{
	struct library_file file;

	*remarks = (struct remarks){ .period = previous->period };
	library_use(&f->made.library, previous->data.source->path, previous->data.source->href);
	return library_find(&f->made.library, "datasets", previous->data.dataset->id, f->made.job->at, &file, d)
		&& joining_place(&f->made.model, &previous->data, a, d) && take_rows(&previous->data, a, remarks, d);
}
