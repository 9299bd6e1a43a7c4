/* Any bytes as one of the files of a job, by the name in its first tag: a job, a dataset, a table over fixed data, a page style,
 * the words in front of areas, the properties of a record, names of form fields, or a plan that speaks of that table. Read from a folder as the program does it; the other files are the fixed ones below. */
#include "base/file.h"
#include "compose/compose.h"
#include "compose/style.h"
#include "ingest/csv.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const char fixed_job[] =
	"<job xmlns='urn:kehoach:job:1' id='mau' period='2024-02'><agency name='Ủy ban nhân dân xã Mẫu' area='xã Mẫu'/>"
	"<document number='5' symbol='KH-UBND' place='Mẫu' date='2024-02-01'/>"
	"<source id='a' dataset='data' href='data.csv'/><source id='b' dataset='data' href='before.csv' role='previous'/>"
	"<source id='c' dataset='data' href='data.csv' role='plan'/><plan href='plan.xml'/><workbook tables='table'/></job>";

static const char fixed_dataset[] =
	"<dataset xmlns='urn:kehoach:dataset:1' id='data' title='Số liệu' total='Cộng'>"
	"<field id='area' type='area' key='yes'/><field id='parent' type='area'/><field id='month' type='month' key='yes'/>"
	"<field id='n' type='count' unit='hộ' signed='yes'/><field id='money' type='money' unit='đồng'/>"
	"<field id='rate' type='rate' unit='%'/><field id='kind' type='text'/><field id='urban' type='flag'/>"
	"<field id='day' type='date'/></dataset>";

static const char fixed_data[] =
	"area;parent;month;n;money;rate;kind;urban;day\n"
	"Thôn 1;Xã A;1;5;1.000.000;12,5;x;x;1/2/2024\nThôn 1;Xã A;2;7;;0,1;y;;2/2/2024\nThôn 2;Xã B;2;-3;[c];;x;không;\n"
	"Thôn 10;Xã B;2;0;9.007.199.254.740.993;33,333333333;;có;29/2/2024\nThôn 10;Xã A;1;;5;;z;;\nCộng;;2;4;1.000.000;;;;\n";

/* The same areas in other spellings, and names that are near. */
static const char fixed_before[] =
	"area;parent;month;n;money;rate;kind;urban;day\n"
	"Th. 01;X. A;1;5;1.000.000;12,5;x;x;1/2/2024\nTHÔN II;Xã B;2;-3;[c];;x;không;\nThôn 10a;Xã B;2;0;;;;;\n10;Xã A;1;;5;;z;;\n";

static const char fixed_plan[] =
	"<plan xmlns='urn:kehoach:plan:1' in='table'><title>Kế hoạch {period}</title><p>Câu.</p><table ref='table'/></plan>";

/* What may be in place of a fixed file: the first word of the root decides. */
static const struct {
	const char *name;
	const char *path;
	const char *fixed;
} files[] = {
	{ "job", "job.xml", fixed_job },
	{ "dataset", "templates/datasets/data.xml", fixed_dataset },
	{ "table", "templates/tables/table.xml",
		"<table xmlns='urn:kehoach:table:1' id='table' over='data' title='Bảng'><column id='n' label='Số hộ'/></table>" },
	{ "plan", "plan.xml", fixed_plan },
	{ "style", "templates/forms/nd30.xml", NULL }, /* that of the repository */
	{ "areas", "templates/areas/prefixes.xml", NULL },
	{ "record", "templates/records/nd30.xml", NULL },
	{ "wording", "templates/wording/fields.xml", NULL },
	{ "before", "before.csv", fixed_before }, /* not by a tag of its own: its rows are held against those of data.csv */
	{ "", "data.csv", fixed_data },
};

enum { N_FILE = sizeof files / sizeof *files };

static char folder[] = "/tmp/kehoach-fuzz-XXXXXX";

static void put(const char *path, const char *data, size_t n)
{
	struct arena a = { 0 };
	struct diags d = { 0 };

	if (!file_write(file_join(folder, path, &a), data, n, &d))
		abort();
	arena_clear(&a);
	diags_clear(&d);
}

static void put_fixed(size_t i)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct bytes style;

	if (files[i].fixed)
		put(files[i].path, files[i].fixed, strlen(files[i].fixed));
	else if (file_read(files[i].path, NULL, FILE_TEMPLATE_MAX, &a, &style, &d))
		put(files[i].path, style.data, style.n);
	else
		abort();
	arena_clear(&a);
	diags_clear(&d);
}

static void remove_folder(void)
{
	struct arena a = { 0 };

	for (size_t i = 0; i < N_FILE; i++)
		file_remove(file_join(folder, files[i].path, &a));
	for (size_t i = 0; i < N_FILE; i++)
		remove(file_dir(file_join(folder, files[i].path, &a), &a));
	remove(file_join(folder, "templates", &a));
	remove(folder);
	arena_clear(&a);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	struct arena a = { 0 };
	struct diags d = { 0 };

	(void)argc;
	(void)argv;
	if (!mkdtemp(folder))
		abort();
	for (size_t i = 0; i < N_FILE; i++) {
		file_make_dirs(file_dir(file_join(folder, files[i].path, &a), &a), &d);
		put_fixed(i);
	}
	atexit(remove_folder);
	arena_clear(&a);
	diags_clear(&d);
	return 0;
}

/* Which file the bytes are. */
static size_t which(const uint8_t *bytes, size_t n)
{
	size_t i = 0;

	for (size_t k = 0; k < n; k++)
		for (i = 0; bytes[k] == '<' && i < N_FILE - 1; i++)
			if (n - k - 1 >= strlen(files[i].name) && !memcmp(bytes + k + 1, files[i].name, strlen(files[i].name)))
				return i;
	return N_FILE - 1;
}

static bool read_data(const struct job *job, struct library *library, struct arena *a, struct model *model, struct diags *d)
{
	struct data *data = ARENA_ARRAY(a, job->n_source, struct data);
	const struct area_names *names = area_names_read(library, job->at, a, d);

	if (!names)
		return false;
	for (size_t i = 0; i < job->n_source; i++) {
		const struct source *source = &job->source[i];
		const struct dataset *dataset = dataset_read(library, source->dataset, source->at, a, d);
		struct reader_options options = { source->path, source->shown, source->rows, source->sheet, source->encoding };
		struct data_sink *sink = dataset ? data_sink_new(source, dataset, library, a) : NULL;

		if (!sink || !ingest(&options, data_sink_rows(sink), d) || !data_sink_finish(sink, &data[i], d))
			return false;
	}
	return model_build(job, names, data, job->n_source, a, model, d);
}

static void make(struct arena *a, struct diags *d)
{
	struct library library;
	struct model model = { 0 };
	struct tables tables = { 0 };
	struct audit audit;
	struct compose_input in;
	const struct document *document;
	const struct job *job;
	const struct plan *plan;
	const char *const *name;
	size_t n_name = 0;

	library_init(&library, a);
	job = job_read(file_join(folder, "job.xml", a), &library, a, d);
	if (!job || !read_data(job, &library, a, &model, d))
		return;
	plan = plan_read(job, &library, a, d);
	if (!plan)
		return;
	for (name = plan_tables(plan, job, a); name[n_name];)
		n_name++;
	audit_init(&audit, job, a);
	in = (struct compose_input){ job, plan, &tables, model_find(&model, DATASET_PUBLISHED, SOURCE_CURRENT), &audit, 0 };
	if (compute(&model, &library, name, n_name, &audit, a, &tables, d))
		compose(&in, &library, a, &document, d);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	size_t i = which(bytes, n);
	struct arena a = { 0 };
	struct diags d = { 0 };

	put(files[i].path, (const char *)bytes, n);
	make(&a, &d);
	put_fixed(i);
	diags_clear(&d);
	arena_clear(&a);
	return 0;
}
