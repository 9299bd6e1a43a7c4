/* One part of a batch (batch/shard.h): its own areas, its own state and journal beside those of other parts; no index. */
#include "cmd/batchrun.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* ---- options ---- */

/* Whatever they are given as changes the files; all others only who makes them, and where. */
static const char *const making[] = { "--only", "--date", "--month", "--quarter", "--half", "--year", "--pdf", "--previous", "--draft", "--no-checks",
	"--strict" };

enum { MAKING = sizeof making / sizeof *making };

static const struct option *find_option(const char *name)
{
	const struct option *o = batch_options;

	while (o->name && strcmp(o->name, name) != 0)
		o++;
	return o;
}

const char *const *batch_arguments(struct batch *b, size_t *n)
{
	const char **argument = ARENA_ARRAY(&b->arena, MAKING * 2, const char *);

	*n = 0;
	for (size_t i = 0; i < MAKING; i++) {
		const struct option *o = find_option(making[i]);
		const void *place = (const char *)b + o->offset;

		if (o->value ? *(const char *const *)place != NULL : *(const bool *)place)
			argument[(*n)++] = o->name;
		if (o->value && *(const char *const *)place)
			argument[(*n)++] = *(const char *const *)place;
	}
	return argument;
}

bool batch_arguments_take(struct batch *b, const char *const *argument, size_t n)
{
	struct option option[MAKING + 1] = { { 0 } };
	char **argv = ARENA_ARRAY(&b->arena, n + 1, char *);
	int argc = (int)n;

	for (size_t i = 0; i < MAKING; i++)
		option[i] = *find_option(making[i]);
	for (size_t i = 0; i < n; i++)
		argv[i] = arena_text(&b->arena, argument[i]);
	return options_read(&argc, argv, option, b, b->diags);
}

/* ---- areas ---- */

void batch_part_divide(struct batch *b)
{
	const char **code;

	if (!b->shard.n || b->part)
		return;
	code = ARENA_ARRAY(&b->arena, b->list.n_area, const char *);
	b->part = ARENA_ARRAY(&b->arena, b->list.n_area, unsigned);
	for (size_t i = 0; i < b->list.n_area; i++)
		code[i] = list_code(b->list.area[i].code);
	shard_divide(code, b->list.n_area, b->shard.n, b->part);
}

bool batch_is_mine(const struct batch *b, size_t area)
{
	return !b->shard.n || b->part[area] == b->shard.k;
}

/* ---- files ---- */

static const char *path_of(struct batch *b, const char *name)
{
	return file_join(b->dir, b->shard.n ? shard_file(b->shard, name, &b->arena) : name, &b->arena);
}

const char *batch_state_path(struct batch *b)
{
	return path_of(b, b->state_name);
}

const char *batch_journal_path(struct batch *b)
{
	return path_of(b, b->journal_name);
}

/* Parts that were joined are no longer there. */
bool batch_read_before(struct batch *b)
{
	const char *own = batch_state_path(b);

	return state_read(file_exists(own) ? own : file_join(b->dir, b->state_name, &b->arena), &b->old, b->diags);
}

void batch_part_note(struct batch *b)
{
	struct state_part *part = &b->now.part;

	*part = (struct state_part){ .shard = b->shard, .from = b->list.path, .n_made = b->n_done };
	part->argument = batch_arguments(b->plans ? b->plans : b, &part->n_argument);
	for (size_t i = 0; i < b->n_task; i++)
		if (b->kept[b->task[i]] && b->kept[b->task[i]]->state == AREA_DONE)
			part->n_finding += b->kept[b->task[i]]->n_finding;
}

void batch_parts_remove(struct batch *b)
{
	DIR *folder = opendir(b->dir);
	struct arena a = { 0 };
	struct shard shard;

	if (!folder)
		return;
	for (const struct dirent *e = readdir(folder); e; e = readdir(folder))
		if (shard_is_file(e->d_name, b->state_name, &shard) || shard_is_file(e->d_name, b->journal_name, &shard))
			file_remove(file_join(b->dir, e->d_name, &a));
	closedir(folder);
	arena_clear(&a);
}

/* ---- the journal ---- */

static FILE *refuse(struct batch *b, int fd, const char *path, int why)
{
	if (fd >= 0)
		close(fd);
	if (why == EWOULDBLOCK)
		diag_fault(b->diags, (struct origin){ .file = path }, "busy", "another run is making this; wait for its end, or stop it");
	else
		diag_fault(b->diags, (struct origin){ .file = path }, "io", "cannot be written: %s", strerror(why));
	return NULL;
}

bool batch_lock(struct batch *b)
{
	struct batch *whole = b->below ? b->below : b->plans ? b->plans : b;
	int fd = whole->lock < 0 ? open(whole->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

	if (whole->lock >= 0)
		return true;
	if (fd < 0 || (flock(fd, (whole->shard.n ? LOCK_SH : LOCK_EX) | LOCK_NB) && errno == EWOULDBLOCK)) {
		refuse(whole, fd, whole->dir, errno);
		return false;
	}
	whole->lock = fd;
	return true;
}

/* Whether somebody writes the journal. */
static bool is_busy(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool busy = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK;

	if (fd >= 0)
		close(fd);
	return busy;
}

/* Parts of another division have some of the same areas. Each has its own journal locked before it looks at those of others, so that of
 * two at least one sees the other. */
static bool is_only_division(struct batch *b)
{
	DIR *folder = opendir(b->dir);
	const char *other = NULL;
	struct shard shard;

	for (const struct dirent *e = folder ? readdir(folder) : NULL; e && !other; e = readdir(folder)) {
		const char *path = file_join(b->dir, e->d_name, &b->arena);

		if (shard_is_file(e->d_name, b->journal_name, &shard) && shard.n != b->shard.n && is_busy(path))
			other = path;
	}
	if (folder)
		closedir(folder);
	return !other || diag_fault(b->diags, (struct origin){ .file = other }, "busy",
		"a part of another division is being made here, which has some of the same areas; wait for its end, or stop it");
}

/* Until the run's end, though its journal is closed before. */
static bool keep_part(struct batch *b, int fd)
{
	if (!b->shard.n || b->plans)
		return true;
	if (b->part_lock < 0)
		b->part_lock = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	return is_only_division(b);
}

/* The lock is held by the workers too: it is free once the last of them has ended, however its parent did. Where a file system knows
 * no locks there is none. */
FILE *batch_journal_open(struct batch *b)
{
	const char *path = batch_journal_path(b);
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0666);
	FILE *f;

	if (fd < 0)
		return refuse(b, fd, path, errno);
	if (flock(fd, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK)
		return refuse(b, fd, path, errno);
	if (!keep_part(b, fd)) {
		close(fd);
		return NULL;
	}
	if (!b->resume && ftruncate(fd, 0))
		return refuse(b, fd, path, errno);
	f = fdopen(fd, "a");
	return f ? f : refuse(b, fd, path, errno);
}
