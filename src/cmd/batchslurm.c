/* kehoach batch --slurm: parts are handed to a cluster, with what joins them; what that says is said here. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "cmd/batchslurm.h"

#include "base/file.h"
#include "batch/program.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct origin nowhere;

enum { WORDS_MAX = 128, CODE_MAX = 16, JOBS_MAX = 64 << 10 };

/* Arguments being put together. */
struct words {
	const char *word[WORDS_MAX];
	size_t n;
};

static void add(struct words *w, const char *word)
{
	if (w->n + 1 < WORDS_MAX)
		w->word[w->n++] = word;
}

const char *cluster_file(const struct cluster *c, const char *name, const char *end, struct arena *a)
{
	return file_join(c->folder, arena_printf(a, "%s%s", name, end), a);
}

/* ---- handing in ---- */

static void add_command(const struct cluster *c, struct words *w)
{
	struct batch *b = c->b;
	size_t n;
	const char *const *argument = batch_arguments(b, &n);

	add(w, c->program);
	add(w, "batch");
	add(w, "--json");
	if (b->around->templates_dir[0]) {
		add(w, "--templates");
		add(w, b->around->templates_dir[0]);
	}
	if (b->around->fonts_dir) {
		add(w, "--fonts");
		add(w, b->around->fonts_dir);
	}
	add(w, "-j");
	add(w, b->workers ? b->workers : "1");
	if (b->verify)
		add(w, "--verify");
	for (size_t i = 0; i < n; i++)
		add(w, argument[i]);
}

static void add_options(const struct cluster *c, const char *name, struct words *w, struct arena *a)
{
	struct batch *b = c->b;

	add(w, "sbatch");
	for (size_t i = 0; i < b->n_sbatch; i++)
		add(w, b->sbatch[i]);
	if (b->partition)
		add(w, arena_printf(a, "--partition=%s", b->partition));
	add(w, "--parsable");
	add(w, "--requeue");
	add(w, "--nodes=1");
	add(w, "--ntasks=1");
	add(w, arena_printf(a, "--cpus-per-task=%s", b->workers ? b->workers : "1"));
	add(w, "--job-name=kehoach");
	add(w, arena_printf(a, "--chdir=%s", c->here));
	add(w, arena_printf(a, "--output=%s/%s.out", slurm_path(c->folder, a), name));
	add(w, arena_printf(a, "--error=%s/%s.err", slurm_path(c->folder, a), name));
}

/* The first line of what a program said. */
static const char *first_line(const struct program_said *said, struct arena *a)
{
	const char *s = said->err.n ? said->err.text : said->out.text;

	return arena_slice(a, s, strcspn(s, "\r\n"));
}

static bool cannot_run(struct batch *b, const char *name, int why)
{
	return diag_fault(b->diags, nowhere, "slurm",
		"%s cannot be run: %s; Slurm's programs must be here (Debian: slurm-client), or make parts without it: --shard K/N on each machine, then --merge",
		name, strerror(why));
}

/* What was handed in, for a run that comes later. */
static bool note_job(struct cluster *c, const char *id)
{
	struct arena a = { 0 };
	const char *path = cluster_file(c, SLURM_JOBS, "", &a);
	FILE *f = fopen(path, "ae");
	bool ok = f && fprintf(f, "%s\n", id) > 0;

	ok = f && !fclose(f) && ok;
	if (!ok)
		diag_fault(c->b->diags, (struct origin){ .file = c->folder }, "io", "cannot be written: %s", strerror(errno));
	arena_clear(&a);
	return ok;
}

static bool submit(struct cluster *c, struct words *w, char id[SLURM_ID_MAX])
{
	struct program_said said;
	struct arena a = { 0 };
	int why;
	bool ok = program_run(w->word, NULL, &said, &why);

	if (!ok)
		cannot_run(c->b, w->word[0], why);
	else if (said.code || !slurm_submitted(said.out.text, id))
		ok = diag_fault(c->b->diags, nowhere, "slurm", "sbatch has taken nothing (code %d): %s", said.code, first_line(&said, &a));
	else
		ok = note_job(c, id);
	program_clear(&said);
	arena_clear(&a);
	return ok;
}

static void begin(struct cluster *c, struct cluster_task *t)
{
	struct arena a = { 0 };

	file_remove(cluster_file(c, t->name, ".code", &a));
	arena_clear(&a);
	t->tries++;
	t->state = CLUSTER_UNDER_WAY;
	t->n_gone = 0;
	t->code = -1;
}

/* array: "1-8", or one of them. */
static bool submit_parts(struct cluster *c, const char *array, char id[SLURM_ID_MAX])
{
	struct arena a = { 0 };
	struct words w = { .n = 0 };
	bool ok;

	add_options(c, "%a", &w, &a);
	add(&w, arena_printf(&a, "--array=%s", array));
	add(&w, c->script);
	add(&w, c->folder);
	add(&w, arena_printf(&a, "%u", c->n_part));
	add_command(c, &w);
	add(&w, "-o");
	add(&w, c->b->out ? c->b->out : "out");
	add(&w, "--resume");
	add(&w, c->job);
	ok = submit(c, &w, id);
	arena_clear(&a);
	return ok;
}

bool cluster_submit_merge(struct cluster *c)
{
	struct arena a = { 0 };
	struct words w = { .n = 0 };
	bool ok;

	begin(c, &c->merge);
	add_options(c, c->merge.name, &w, &a);
	if (c->merge_waits)
		add(&w, arena_printf(&a, "--dependency=afterok:%s", c->array));
	add(&w, c->script);
	add(&w, c->folder);
	add(&w, c->merge.name);
	add(&w, c->program);
	add(&w, "batch");
	add(&w, "--json");
	if (c->b->around->templates_dir[0])
		add(&w, arena_printf(&a, "--templates=%s", c->b->around->templates_dir[0]));
	if (c->b->around->fonts_dir)
		add(&w, arena_printf(&a, "--fonts=%s", c->b->around->fonts_dir));
	add(&w, "--merge");
	add(&w, c->job);
	add(&w, c->b->dir);
	ok = submit(c, &w, c->merge.id);
	arena_clear(&a);
	return ok;
}

static void name_task(struct cluster_task *t, const char *id, unsigned k)
{
	snprintf(t->id, sizeof t->id, "%s_%u", id, k);
}

bool cluster_submit_part(struct cluster *c, unsigned k)
{
	struct cluster_task *t = &c->part[k - 1];
	struct arena a = { 0 };
	char id[SLURM_ID_MAX];
	bool ok;

	begin(c, t);
	ok = submit_parts(c, arena_printf(&a, "%u", k), id);
	if (ok)
		name_task(t, id, k);
	arena_clear(&a);
	return ok;
}

bool cluster_submit(struct cluster *c)
{
	struct arena a = { 0 };
	bool ok;

	for (unsigned k = 1; k <= c->n_part; k++)
		begin(c, &c->part[k - 1]);
	ok = submit_parts(c, arena_printf(&a, "1-%u", c->n_part), c->array);
	for (unsigned k = 1; ok && k <= c->n_part; k++)
		name_task(&c->part[k - 1], c->array, k);
	arena_clear(&a);
	c->merge_waits = true;
	return ok && cluster_submit_merge(c);
}

void cluster_cancel(struct cluster *c, const char *id)
{
	struct arena a = { 0 };
	const char **argv = ARENA_ARRAY(&a, c->n_part + 4, const char *);
	struct program_said said;
	size_t n = 0;
	int why;

	argv[n++] = "scancel";
	if (id)
		argv[n++] = id;
	for (unsigned k = 0; !id && k < c->n_part; k++)
		if (c->part[k].state == CLUSTER_UNDER_WAY && c->part[k].id[0])
			argv[n++] = c->part[k].id;
	if (!id && c->merge.state == CLUSTER_UNDER_WAY && c->merge.id[0])
		argv[n++] = c->merge.id;
	if (n > 1 && (!program_run(argv, NULL, &said, &why) || said.code))
		diag_warning(c->b->diags, nowhere, "slurm", "scancel could not take back all jobs; squeue lists those named kehoach that are left");
	if (n > 1)
		program_clear(&said);
	arena_clear(&a);
}

/* ---- how tasks end ---- */

bool cluster_code(const struct cluster *c, const struct cluster_task *t, int *code)
{
	struct diags quiet = { .quiet = true };
	struct arena a = { 0 };
	const char *path = cluster_file(c, t->name, ".code", &a);
	struct bytes bytes;
	bool ok = file_exists(path) && file_read(path, path, CODE_MAX, &a, &bytes, &quiet);
	size_t n = ok ? strspn(bytes.data, "0123456789") : 0;

	ok = n && n < 4 && bytes.data[n] == '\n';
	*code = ok ? (int)strtol(bytes.data, NULL, 10) : -1;
	arena_clear(&a);
	diags_clear(&quiet);
	return ok;
}

/* ---- the whole ---- */

static void empty_folder(const char *dir)
{
	DIR *folder = opendir(dir);
	struct arena a = { 0 };

	if (!folder)
		return;
	for (const struct dirent *e = readdir(folder); e; e = readdir(folder))
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			file_remove(file_join(dir, e->d_name, &a));
	closedir(folder);
	arena_clear(&a);
}

/* The folder is that of one run, as long as it follows its parts: another may remove it just when it is opened. */
static bool lock_folder(struct cluster *c, const char *dir)
{
	struct stat own, there;

	do {
		if (c->lock >= 0)
			close(c->lock);
		if (!file_make_dirs(dir, c->b->diags))
			return false;
		c->lock = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (c->lock < 0)
			return diag_fault(c->b->diags, (struct origin){ .file = dir }, "io", "cannot read the folder: %s", strerror(errno));
		if (flock(c->lock, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK)
			return diag_fault(c->b->diags, (struct origin){ .file = dir }, "busy",
				"another run has handed this in to the cluster and follows it; wait for its end, or stop it");
	} while (fstat(c->lock, &own) || stat(dir, &there) || own.st_ino != there.st_ino);
	return true;
}

/* Jobs of a run that does not follow them any more. */
static bool is_free(struct cluster *c)
{
	struct diags quiet = { .quiet = true };
	struct arena a = { 0 };
	const char *path = cluster_file(c, SLURM_JOBS, "", &a);
	struct bytes bytes;
	bool ok = true;

	if (file_exists(path) && file_read(path, path, JOBS_MAX, &a, &bytes, &quiet) && strspn(bytes.data, "0123456789\n") == bytes.n)
		ok = cluster_has_ended(c, bytes.data);
	diags_clear(&quiet);
	arena_clear(&a);
	return ok;
}

static const char *absolute(const char *path, struct arena *a)
{
	char *real = realpath(path, NULL);
	const char *copy = real ? arena_text(a, real) : NULL;

	free(real);
	return copy;
}

static bool prepare(struct cluster *c)
{
	struct arena *a = &c->b->arena;

	c->program = absolute("/proc/self/exe", a);
	c->here = absolute(".", a);
	if (!c->program || !c->here)
		return diag_fault(c->b->diags, nowhere, "io", "the folder of the program is not known: %s", strerror(errno));
	if (!lock_folder(c, file_join(c->b->dir, ".slurm", a)))
		return false;
	c->folder = absolute(file_join(c->b->dir, ".slurm", a), a);
	if (!is_free(c))
		return false;
	empty_folder(c->folder);
	c->script = file_join(c->folder, "task.sh", a);
	return file_write(c->script, slurm_script, strlen(slurm_script), c->b->diags);
}

/* How many areas each part has, for the bar. */
static void count_areas(struct cluster *c)
{
	struct batch *b = c->b;

	b->shard = (struct shard){ 1, c->n_part };
	batch_part_divide(b);
	for (size_t i = 0; i < b->list.n_area; i++)
		c->part[b->part[i] - 1].n_area++;
}

static void remove_folder(const struct cluster *c)
{
	empty_folder(c->folder);
	rmdir(c->folder);
}

/* The folder stays where somebody may want to read in it: not where nothing was handed in. */
static bool follow(struct cluster *c)
{
	if (cluster_follow(c)) {
		if (!cluster_tell(c))
			return false;
		remove_folder(c);
		return true;
	}
	if (c->array[0])
		diag_note(c->b->diags, (struct origin){ .file = c->folder }, "slurm", "what the parts said is in this folder");
	else
		remove_folder(c);
	return false;
}

bool batch_slurm(struct batch *b, const char *job)
{
	struct cluster c = { .b = b, .job = job, .merge.name = "merge", .lock = -1 };
	unsigned n = (unsigned)strtoul(b->slurm, NULL, 10);
	bool ok;

	if (!b->list.n_area && !batch_read_list(b))
		return false;
	c.n_part = n < b->list.n_area ? n : (unsigned)b->list.n_area;
	c.part = ARENA_ARRAY(&b->arena, c.n_part, struct cluster_task);
	for (unsigned k = 0; k < c.n_part; k++)
		c.part[k].name = arena_printf(&b->arena, "%u", k + 1);
	count_areas(&c);
	ok = prepare(&c) && follow(&c);
	if (c.lock >= 0)
		close(c.lock);
	return ok;
}
