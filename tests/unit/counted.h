/* counted: a small register counted in both ways, for tests: by the scanner and by the sink of all readers. What comes of it is one
 * text: findings, and the counters of each key. */
#ifndef TESTS_COUNTED_H
#define TESTS_COUNTED_H

#include "base/buf.h"
#include "base/file.h"
#include "cmd/registers.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char counted_rows[] = "<dataset xmlns='urn:kehoach:dataset:1' id='rows' title='T' total='Tổng cộng'>"
	"<field id='code' type='text'><name>village</name></field>"
	"<field id='area' type='area' key='yes'><name>name</name></field>"
	"<field id='id' type='text' key='yes'/>"
	"<field id='class' type='word' needed='yes'><value id='poor'><name>2</name><name>Hộ nghèo</name></value>"
	"<value id='near'><name>1</name></value><value id='none'><name>0</name></value></field>"
	"<field id='end' type='word' blank='none'><value id='poor'><name>2</name></value><value id='none'><name>0</name></value></field>"
	"<field id='ethnic' type='word'><value id='Kinh'/><value id='Tày'/><value id='Dao'/></field>"
	"<field id='age' type='count' max='120' unit='tuổi'/>"
	"<field id='f1' type='flag' blank='no'/><field id='f2' type='flag' blank='no'/><field id='f3' type='flag' blank='no'/>"
	"<field id='f4' type='flag' blank='no'/><field id='members' type='count' unit='khẩu'/>"
	"<check that=\"class != 'none' or end != 'poor'\" message='không thể'/></dataset>";

static const char counted_areas[] = "<dataset xmlns='urn:kehoach:dataset:1' id='areas' title='T'>"
	"<field id='area' type='area' key='yes'/>"
	"<field id='all' type='count'><count from='rows'/></field>"
	"<field id='poor' type='count'><count from='rows' where=\"class = 'poor'\"/></field>"
	"<field id='other' type='count'><count from='rows' where=\"class = 'poor' and end != 'poor'\"/></field>"
	"<field id='p1' type='count'><count from='rows' where=\"class = 'poor' and f1\"/></field>"
	"<field id='p2' type='count'><count from='rows' where=\"class = 'poor' and f2\"/></field>"
	"<field id='p3' type='count'><count from='rows' where=\"class = 'poor' and f3\"/></field>"
	"<field id='n3' type='count'><count from='rows' where=\"class = 'near' and f3\"/></field>"
	"<field id='people' type='count' unit='khẩu'><sum from='rows' of='members'/></field>"
	"<field id='poorpeople' type='count' unit='khẩu'><sum from='rows' of='members' where=\"class = 'poor'\"/></field></dataset>";

struct counting {
	char *dir;
	struct arena arena;
	struct diags diags;
	struct library library;
	const struct dataset *areas;
	const struct dataset *rows;
	const char *path; /* of the file */
	struct register_options options;
};

static inline void counting_open(struct counting *c)
{
	const char *tmp = getenv("TMPDIR");
	const char *folder;

	*c = (struct counting){ .dir = NULL };
	c->dir = arena_printf(&c->arena, "%s/kehoach-counted-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(c->dir))
		abort();
	folder = file_join(c->dir, "datasets", &c->arena);
	file_make_dirs(folder, &c->diags);
	file_write(file_join(folder, "rows.xml", &c->arena), counted_rows, strlen(counted_rows), &c->diags);
	file_write(file_join(folder, "areas.xml", &c->arena), counted_areas, strlen(counted_areas), &c->diags);
	library_init(&c->library, &c->arena);
	library_add(&c->library, c->dir, "templates");
	library_add(&c->library, "templates", "templates");
	c->areas = dataset_read(&c->library, "areas", (struct origin){ 0 }, &c->arena, &c->diags);
	c->rows = dataset_read(&c->library, "rows", (struct origin){ 0 }, &c->arena, &c->diags);
	c->path = file_join(c->dir, "f.csv", &c->arena);
}

static inline void counting_close(struct counting *c)
{
	file_remove(c->path);
	file_remove(file_join(c->dir, "datasets/rows.xml", &c->arena));
	file_remove(file_join(c->dir, "datasets/areas.xml", &c->arena));
	rmdir(file_join(c->dir, "datasets", &c->arena));
	rmdir(c->dir);
	diags_clear(&c->diags);
	arena_clear(&c->arena);
}

/* What was found and counted. */
static inline void counted_text(struct reg *reg, bool ok, const struct dataset *areas, const struct diags *d, struct buf *out)
{
	const struct tally *t = reg && ok ? register_tally(reg) : NULL;

	for (size_t i = 0; i < d->n_finding; i++)
		buf_printf(out, "%u:%u %s %s\n", d->finding[i].at.row, d->finding[i].at.col, d->finding[i].rule, d->finding[i].message);
	for (size_t i = 0; t && i < t->n_key; i++) {
		buf_printf(out, "'%s':", t->key[i].text);
		for (size_t k = 1; k < areas->n_field; k++)
			buf_printf(out, " %lld", (long long)register_count(reg, k, i));
		buf_puts(out, "\n");
	}
}

struct rows_again {
	struct reg *reg;
	struct reader_options options;
};

static inline bool take_back_rows(void *ctx, const uint64_t *at, size_t n, struct diags *d)
{
	struct rows_again *again = ctx;

	return ingest(&again->options, register_back(again->reg, at, n), d);
}

/* By the rows of the reader alone. */
static inline bool count_rows(struct reg *reg, const struct reader_options *options, struct data *data, struct diags *d)
{
	struct rows_again again = { reg, *options };

	again.options.faults = register_faults(reg);
	return registers_head(reg, options, d) && ingest(&again.options, register_rows(reg), d)
		&& register_finish(reg, &(struct register_again){ NULL, take_back_rows, &again }, data, d)
		&& register_repeats(reg, NULL, d);
}

/* n_thread 0: by rows. */
static inline void counted(struct counting *c, const char *bytes, size_t n, unsigned n_thread, struct buf *out)
{
	struct source source = { .id = "s", .dataset = "areas", .reg = "rows", .shown = "f.csv", .path = c->path, .level = 1 };
	struct reader_options options = { .path = c->path, .shown = "f.csv" };
	struct registers registers = { .options = c->options, .n_thread = n_thread };
	struct arena a = { 0 };
	struct diags d = { .is_personal = true };
	struct data data;
	struct reg *reg = NULL;
	bool ok = file_write(c->path, bytes, n, &d);

	out->n = 0;
	if (n_thread) {
		ok = ok && registers_read(&registers, &source, c->areas, &options, &c->library, &a, &data, &d)
			&& register_repeats(registers.file->reg, NULL, &d);
		counted_text(registers.file ? registers.file->reg : NULL, ok, c->areas, &d, out);
	} else {
		reg = register_open(&source, c->areas, c->rows, &c->library, &c->options, &a, &d);
		ok = reg && count_rows(reg, &options, &data, &d);
		counted_text(reg, ok, c->areas, &d, out);
	}
	register_close(reg);
	registers_close(&registers);
	diags_clear(&d);
	arena_clear(&a);
}

#endif
