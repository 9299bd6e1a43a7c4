/* Parts of a batch (batch/merge.h) joined: what they made counts as made before, and from there it is an ordinary run. It makes again
 * what failed, so that it says what one run would have said, and writes the same index and the same batch.json. */
#include "cmd/batchrun.h"

#include "base/file.h"
#include "cmd/outdated.h"
#include "cmd/signedfields.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* NULL: no job is named, or it is none, which is told when it is read. */
static const char *id_of(struct batch *b, const char *job)
{
	struct diags quiet = { .quiet = true };
	struct library library;
	struct job_list list;
	bool ok;

	if (!job)
		return NULL;
	pipeline_library(&library, b->around, NULL, &b->arena);
	ok = job_list_read(job, NULL, &library, &b->arena, &list, &quiet);
	diags_clear(&quiet);
	return ok ? list.id : NULL;
}

bool batch_merge_open(struct batch *b, int n_dir, char *dir[], const char **job)
{
	const char *named = n_dir && file_exists(dir[0]) ? dir[0] : NULL;
	const char *id = id_of(b, named);
	const struct state_part *first;
	bool ok = true;

	if (n_dir <= (named != NULL))
		return diag_error(b->diags, (struct origin){ 0 }, "usage", "name the folders of the parts: --merge DIR...");
	for (int i = named != NULL; i < n_dir; i++) {
		ok = merge_find(dir[i], id, &b->merge, &b->arena, b->diags) && ok;
		if (b->merge.n_part && !b->merged_in)
			b->merged_in = b->merge.part[0].dir;
	}
	if (!ok || !merge_check(&b->merge, b->diags))
		return false;
	first = &b->merge.part[0].state.part;
	*job = named ? named : first->from;
	if (!file_exists(*job))
		return diag_error(b->diags, (struct origin){ .file = b->merge.part[0].path }, "parts",
			"the job '%s' that the parts were made of is not here; name it: kehoach batch --merge JOB.xml DIR...", *job);
	return batch_arguments_take(b, first->argument, first->n_argument);
}

bool batch_merge_more(struct batch *b, const struct batch *plans)
{
	return merge_add(&plans->merge, b->state_name, &b->merge, &b->arena, b->diags) && merge_check(&b->merge, b->diags);
}

bool batch_merge_before(struct batch *b)
{
	struct origin at = { .file = b->merge.part[0].path };
	bool ok = merge_join(&b->merge, &b->old, b->diags);

	if (strcmp(b->old.job, b->list.id) != 0)
		ok = diag_error(b->diags, at, "parts", "the parts are of the job '%s', '%s' is the job '%s'", b->old.job, b->list.path,
			b->list.id);
	if (strcmp(b->old.program, b->now.program) != 0)
		ok = diag_error(b->diags, at, "parts", "the parts were made by %s, this is %s; make and join them by the same version",
			b->old.program, b->now.program);
	if (strcmp(b->old.options, b->options) != 0)
		ok = diag_error(b->diags, at, "parts", "the job or its files of returns are others than when the parts were made; make them again");
	if (b->old.n_figure != b->now.n_figure || b->old.n_shown != b->now.n_shown)
		ok = diag_error(b->diags, at, "parts", "the job has other figures for the index than when the parts were made; make them again");
	return ok;
}

size_t batch_merge_made(const struct batch *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->merge.n_part; i++)
		n += b->merge.part[i].state.part.n_made;
	return n;
}

/* ---- areas ---- */

enum { MISSING_PLACES = 20 };

static bool all_listed(struct batch *b)
{
	struct arena a = { 0 };
	struct map codes;
	size_t n_missing = 0;

	map_init(&codes, &a);
	for (size_t i = 0; i < b->old.n_area; i++)
		map_add(&codes, list_code(b->old.area[i].code), i, NULL);
	for (size_t i = 0; i < b->list.n_area; i++) {
		const struct list_area *area = &b->list.area[i];

		if (!map_find(&codes, list_code(area->code), NULL) && n_missing++ < MISSING_PLACES)
			diag_error(b->diags, area->row->at, "parts", "%s (%s) is in no part; make the parts again with the list as it is now",
				area->name, area->code);
	}
	arena_clear(&a);
	if (n_missing > MISSING_PLACES)
		diag_error(b->diags, (struct origin){ .file = b->list.source.shown }, "parts", "%zu areas in all are in no part", n_missing);
	return !n_missing;
}

/* ---- files that are elsewhere ---- */

static bool copy_bytes(const char *from, const char *to, struct diags *d)
{
	enum { PIECE = 1 << 16 };
	struct file_out out;
	FILE *in = file_open(from, from, d);
	char *piece;
	size_t n;
	bool ok = in && file_begin(to, &out, d);

	if (!ok) {
		if (in)
			fclose(in);
		return false;
	}
	piece = memory_new(PIECE, 1);
	while ((n = fread(piece, 1, PIECE, in)) > 0)
		file_add(&out, piece, n);
	ok = !ferror(in) || diag_fault(d, (struct origin){ .file = from }, "io", "cannot be read");
	free(piece);
	fclose(in);
	return file_end(&out, d) && ok;
}

/* With the time that it had, by which a later run knows it again. */
static bool copy_file(const char *from, const char *to, struct diags *d)
{
	struct stat st;

	if (link(from, to) == 0)
		return true;
	if (errno == EEXIST) /* it may be the same file, which copying would empty */
		return diag_fault(d, (struct origin){ .file = to }, "io", "cannot be written: %s", strerror(errno));
	if (!copy_bytes(from, to, d) || stat(from, &st))
		return false;
	return utimensat(AT_FDCWD, to, (const struct timespec[]){ st.st_atim, st.st_mtim }, 0) == 0
		|| diag_fault(d, (struct origin){ .file = to }, "io", "cannot be given the time of '%s'", from);
}

static bool copy_output(const char *name, const char *from, struct staging *s, struct diags *d)
{
	const char *path = file_join(from, name, s->arena);
	struct file_mark mark;

	if (!file_mark_of(path, &mark))
		return diag_error(d, (struct origin){ .file = path }, "parts", "this file of the part is not there; make the part again");
	return copy_file(path, file_join(s->dir, name, s->arena), d);
}

/* A signed file goes along with what it signs, but for one that lies there already with all its signatures: others may have been added. */
static bool takes_signed(const char *name, const char *from, const struct staging *s)
{
	const char *path = file_join(from, name, s->arena);
	const char *there = file_join(s->target, name, s->arena);

	return file_exists(path) && !(outdated_is_current(s, name) && signed_fields_loss(path, there, s->arena) != SIGNED_LOSS_SIGNATURES);
}

/* A signed file is in no manifest. */
static bool copy_outputs(const struct batch *b, const struct state_area *area, const char *from, struct staging *s, struct diags *d)
{
	const char *seal = b->signs ? plan_signed_name(b->signs, s->arena) : NULL;

	for (size_t i = 0; i < area->n_output; i++) {
		const char *name = area->output[i].name;

		if (strcmp(name, b->manifest) != 0 && !(seal && !strcmp(name, seal)) && !copy_output(name, from, s, d))
			return false;
	}
	if (!staging_list(s, d) || !copy_output(b->manifest, from, s, d))
		return false;
	if (seal && takes_signed(seal, from, s))
		s->signed_file = seal;
	return !s->signed_file || copy_output(s->signed_file, from, s, d);
}

/* Codes were compared with those of the list: they name folders and lead nowhere else. */
static bool copy_area(struct batch *b, const struct merge_part *part, const struct state_area *area, const struct list_area *listed)
{
	struct arena a = { 0 };
	struct staging staging = { 0 };
	const char *from = file_join(part->dir, arena_printf(&a, "%s/%s", listed->parent_code, listed->code), &a);
	bool ok = batch_area_is_own(b, listed, b->diags) && staging_open(&staging, batch_area_dir(b, listed, &a), &a, b->diags)
		&& copy_outputs(b, area, from, &staging, b->diags)
		&& staging_commit(&staging, b->manifest, b->diags);

	staging_close(&staging);
	arena_clear(&a);
	return ok;
}

static bool same_folder(const char *x, const char *y)
{
	struct stat a;
	struct stat b;

	return !stat(x, &a) && !stat(y, &b) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static bool bring(struct batch *b, const struct merge_part *part)
{
	bool ok = true;
	size_t i;

	for (size_t k = 0; ok && k < part->state.n_area; k++) {
		const struct state_area *area = &part->state.area[k];

		if (area->state == AREA_DONE && map_find(&b->list.codes, list_code(area->code), &i)
			&& !strcmp(area->code, b->list.area[i].code) && !strcmp(area->parent, b->list.area[i].parent_code))
			ok = copy_area(b, part, area, &b->list.area[i]);
	}
	return ok;
}

bool batch_merge_areas(struct batch *b)
{
	bool ok = all_listed(b) && file_make_dirs(b->dir, b->diags);

	for (size_t i = 0; ok && i < b->merge.n_part; i++)
		if (!same_folder(b->merge.part[i].dir, b->dir))
			ok = bring(b, &b->merge.part[i]);
	return ok;
}
