/* computed: a job in a folder of its own, written as files, read and computed, for the tests of
 * compute. */
#ifndef UNIT_COMPUTED_H
#define UNIT_COMPUTED_H

#include "base/file.h"
#include "compute/audit.h"
#include "compute/table.h"
#include "ingest/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct computed {
	struct arena arena;
	struct diags diags;
	struct library library;
	struct model model;
	struct tables tables;
	struct audit audit;
	bool ok;
	const char *dir;
	const char *file[8]; /* [n_file] written */
	size_t n_file;
};

/* The files of one job. NULL: none. */
struct files {
	const char *period;  /* "2024" */
	const char *dataset; /* what is inside <dataset> */
	const char *rows;    /* attributes of <table>, with a leading space; "" */
	const char *table;   /* what is inside <table> */
	const char *current; /* CSV */
	const char *previous;
	const char *plan;
};

#define TABLE_TEXT                                                                                 \
	"<table xmlns=\"urn:kehoach:table:1\" id=\"t\" over=\"d\" title=\"Bảng {period}\""

static inline void computed_write(struct computed *c, const char *name, const char *text)
{
	const char *path = arena_printf(&c->arena, "%s/%s", c->dir, name);

	if (!file_make_dirs(file_dir(path, &c->arena), &c->diags) ||
		!file_write(path, text, strlen(text), &c->diags))
		abort();
	c->file[c->n_file++] = path;
}

static inline void computed_write_source(
	struct computed *c, const char *role, const char *text, const char **sources)
{
	const char *name = arena_printf(&c->arena, "%s.csv", role);

	if (!text)
		return;
	computed_write(c, name, text);
	*sources = arena_printf(&c->arena,
		"%s<source id=\"%s\" dataset=\"d\" href=\"%s\" role=\"%s\"/>", *sources, role, name,
		role);
}

/* Those of the repository, in which tests are run. */
static inline const struct area_names *computed_area_names(struct computed *c)
{
	struct library library;

	library_init(&library, &c->arena);
	library_add(&library, "templates", "templates");
	return area_names_read(&library, (struct origin){ 0 }, &c->arena, &c->diags);
}

static inline bool computed_read(struct computed *c, const struct job *job)
{
	struct data *data = ARENA_ARRAY(&c->arena, job->n_source, struct data);
	bool ok = true;

	for (size_t i = 0; i < job->n_source; i++) {
		const struct source *source = &job->source[i];
		const struct dataset *dataset = dataset_read(
			&c->library, source->dataset, source->at, &c->arena, &c->diags);
		struct reader_options options = { .path = source->path, .shown = source->href };
		struct data_sink *sink;

		if (!dataset)
			return false;
		sink = data_sink_new(source, dataset, NULL, &c->arena);
		ok = ingest(&options, data_sink_rows(sink), &c->diags) &&
		     data_sink_finish(sink, &data[i], &c->diags) && ok;
	}
	return ok && model_build(job, computed_area_names(c), data, job->n_source, &c->arena, &c->model, &c->diags);
}

/* The model only: compute() is left to the caller. */
static inline struct computed *computed_model(const struct files *f)
{
	struct computed *c = memory_new(1, sizeof *c);
	const char *sources = "";
	const char *folder = getenv("TMPDIR");
	const struct job *job;
	char *dir;

	*c = (struct computed){ 0 };
	dir = arena_printf(&c->arena, "%s/kehoach-table-XXXXXX", folder ? folder : "/tmp");
	if (!mkdtemp(dir))
		abort();
	c->dir = dir;
	computed_write(c, "templates/datasets/d.xml",
		arena_printf(&c->arena,
			"<dataset xmlns=\"urn:kehoach:dataset:1\" id=\"d\" title=\"D\" "
			"total=\"Cộng\">%s</dataset>",
			f->dataset));
	computed_write(c, "templates/tables/t.xml",
		arena_printf(&c->arena, TABLE_TEXT "%s>\n%s</table>", f->rows, f->table));
	computed_write_source(c, "current", f->current, &sources);
	computed_write_source(c, "previous", f->previous, &sources);
	computed_write_source(c, "plan", f->plan, &sources);
	computed_write(c, "plan.xml", "<plan xmlns=\"urn:kehoach:plan:1\"/>");
	computed_write(c, "job.xml",
		arena_printf(&c->arena,
			"<job xmlns=\"urn:kehoach:job:1\" id=\"j\" period=\"%s\">\n"
			"<agency name=\"Ủy ban nhân dân xã Mẫu\" area=\"xã Mẫu\"/>\n"
			"<document number=\"5\" symbol=\"KH-UBND\" place=\"Mẫu\" "
			"date=\"2024-02-01\"/>\n%s\n"
			"<plan href=\"plan.xml\"/>\n<workbook tables=\"t\"/>\n"
			"<signer authority=\"TM. UBND\" title=\"CHỦ TỊCH\" "
			"name=\"Nguyễn Văn A\"/></job>",
			f->period, sources));
	library_init(&c->library, &c->arena);
	job = job_read(
		arena_printf(&c->arena, "%s/job.xml", c->dir), &c->library, &c->arena, &c->diags);
	c->ok = job && computed_read(c, job);
	if (job)
		audit_init(&c->audit, job, &c->arena);
	return c;
}

static inline struct computed *computed_new(const struct files *f)
{
	static const char *const names[] = { "t", "t" };
	struct computed *c = computed_model(f);

	c->ok = c->ok &&
		compute(&c->model, &c->library, names, 2, &c->audit, &c->arena, &c->tables, &c->diags) && !c->audit.n_error;
	return c;
}

static inline void computed_free(struct computed *c)
{
	static const char *const folders[] = { "templates/datasets", "templates/tables",
		"templates" };

	for (size_t i = 0; i < c->n_file; i++)
		remove(c->file[i]);
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		rmdir(file_join(c->dir, folders[i], &c->arena));
	rmdir(c->dir);
	arena_clear(&c->arena);
	diags_clear(&c->diags);
	free(c);
}

/* "RULE FILE:ROW:COL MESSAGE" for each finding, in lines; FILE without its folders. */
static inline const char *computed_findings(struct computed *c)
{
	const char *text = "";

	for (size_t i = 0; i < c->diags.n_finding; i++) {
		const struct finding *f = &c->diags.finding[i];

		text = arena_printf(&c->arena, "%s%s %s:%u:%u %s\n", text, f->rule,
			f->at.file ? file_name(f->at.file) : "", f->at.row, f->at.col, f->message);
	}
	return text;
}

static inline size_t computed_column(const struct table *t, const char *id)
{
	for (size_t i = 0; i < t->n_column; i++)
		if (!strcmp(t->column[i].id, id))
			return i;
	abort();
}

/* A cell as "5", "25.5", "1/3", "?" for missing, "-" for not applicable, or its text. */
static inline const char *computed_cell(struct computed *c, size_t row, const char *id)
{
	const struct table *t = c->tables.table[0];
	const struct cell_value *cell = table_cell(t, row, computed_column(t, id));

	if (cell->text)
		return cell->text;
	switch (cell->figure.state) {
	case FIGURE_OK:
		return ratio_exact(cell->figure.x, &c->arena);
	case FIGURE_MISSING:
		return "?";
	case FIGURE_NOT_APPLICABLE:
		return "-";
	case FIGURE_CONFIDENTIAL:
		return "[c]";
	}
	return "";
}

/* A column from the first row to the last: "1 2 3". */
static inline const char *computed_cells(struct computed *c, const char *id)
{
	const char *text = "";

	if (!c->tables.n_table)
		return "no table";
	for (size_t i = 0; i < c->tables.table[0]->n_row; i++)
		text = arena_printf(
			&c->arena, "%s%s%s", text, i ? " | " : "", computed_cell(c, i, id));
	return text;
}

#endif
