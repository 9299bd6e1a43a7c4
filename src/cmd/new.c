/* kehoach new: a job folder made from a skeleton (templates/new/NAME/), which builds at once.
 *
 * The skeleton is read whole before anything is made. Then it is written into DIR.part and that folder is renamed, so that DIR
 * is there with all its files or not at all. Nothing is changed but the id of the job, which is made of DIR's name. */
#include "base/buf.h"
#include "base/file.h"
#include "base/node.h"
#include "base/utf8.h"
#include "cmd/cmd.h"

#include <dirent.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	FILES_MAX = 64, /* of a skeleton; and as many folders */
	DEPTH_MAX = 4,	/* folders inside folders */
	NAMES_MAX = 1000, /* that are looked at in one folder */
};

#define JOB_NAME "job.xml"

struct new_options {
	const char *plan; /* --plan */
};

struct skeleton_file {
	const char *name; /* inside the skeleton: "templates/tables/x.xml" */
	struct bytes content;
};

struct skeleton {
	const char *dir;
	struct skeleton_file file[FILES_MAX]; /* [n_file] by name */
	size_t n_file;
	size_t n_folder;
	struct arena *arena;
};

static const struct option new_options[] = {
	{ "--plan", "NAME", "which skeleton, of templates/new", offsetof(struct new_options, plan) },
	{ 0 },
};

static struct origin place(const char *path)
{
	return (struct origin){ .file = path };
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_names(const char **name, size_t n)
{
	if (n)
		qsort(name, n, sizeof *name, by_name);
}

/* What a folder holds, sorted. */
static bool list_folder(const char *dir, struct arena *a, const char ***name, size_t *n, struct diags *d)
{
	DIR *folder = opendir(dir);
	const char **names = NULL;
	size_t cap = 0;

	*n = 0;
	if (!folder)
		return diag_fault(d, place(dir), "io", "cannot read the folder: %s", strerror(errno));
	for (const struct dirent *e = readdir(folder); e && *n < NAMES_MAX; e = readdir(folder))
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			*ARENA_PUSH(a, names, *n, &cap) = arena_text(a, e->d_name);
	closedir(folder);
	sort_names(names, *n);
	*name = names;
	return true;
}

static bool is_name(const char *s)
{
	return *s && strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(s);
}

/* The first of the template folders that has it, or NULL. */
static const char *find_skeleton(const char *name, const struct surroundings *around, struct arena *a)
{
	for (size_t i = 0; is_name(name) && i < sizeof around->templates_dir / sizeof *around->templates_dir; i++) {
		const char *dir = around->templates_dir[i];
		const char *path = dir ? file_join(file_join(dir, "new", a), name, a) : NULL;

		if (path && file_is_folder(path))
			return path;
	}
	return NULL;
}

/* The names of all skeletons, sorted, each once. */
static const char **skeleton_names(const struct surroundings *around, struct arena *a, size_t *n_name, struct diags *d)
{
	const char **known = NULL;
	size_t n_known = 0;
	size_t cap = 0;

	for (size_t i = 0; i < sizeof around->templates_dir / sizeof *around->templates_dir; i++) {
		const char *dir = around->templates_dir[i] ? file_join(around->templates_dir[i], "new", a) : NULL;
		const char **name;
		size_t n;

		if (!dir || !file_is_folder(dir) || !list_folder(dir, a, &name, &n, d))
			continue;
		for (size_t k = 0; k < n; k++)
			if (is_name(name[k]) && file_is_folder(file_join(dir, name[k], a)))
				*ARENA_PUSH(a, known, n_known, &cap) = name[k];
	}
	sort_names(known, n_known);
	*n_name = 0;
	for (size_t i = 0; i < n_known; i++)
		if (!i || strcmp(known[i], known[i - 1]) != 0)
			known[(*n_name)++] = known[i];
	return known;
}

/* No skeleton is named, or none has the name. Always false. */
static bool refuse_plan(const char *plan, const struct surroundings *around, struct arena *a, struct diags *d)
{
	struct origin nowhere = { 0 };
	size_t n;
	const char **name = skeleton_names(around, a, &n, d);
	const char *list = n ? word_list(name, n, a) : diag_say(d, "nothing");

	if (!plan)
		return diag_error(d, nowhere, "usage", "name a skeleton with --plan; there are: %s", list);
	if (suggest(plan, name, n))
		return diag_error(d, nowhere, "usage", "there is no skeleton '%s'; did you mean '%s'? There are: %s", plan,
			suggest(plan, name, n), list);
	return diag_error(d, nowhere, "usage", "there is no skeleton '%s'; there are: %s", plan, list);
}

/* DIR as typed, without the slashes at its end. */
static bool read_target(const char *typed, struct arena *a, const char **target, struct diags *d)
{
	size_t n = strlen(typed);
	const char *name;

	while (n > 1 && typed[n - 1] == '/')
		n--;
	*target = arena_slice(a, typed, n);
	name = file_name(*target);
	if (*name && strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
		return true;
	return diag_error(d, (struct origin){ 0 }, "usage", "'%s' is no name of a new folder; write one such as xa-toi", typed);
}

static bool may_make(const char *target, struct arena *a, struct diags *d)
{
	const char **name;
	struct stat st;
	size_t n;

	if (lstat(target, &st))
		return true;
	if (!S_ISDIR(st.st_mode))
		return diag_error(d, place(target), "exists", "this is there already and is no folder; name another one");
	if (!list_folder(target, a, &name, &n, d))
		return false;
	if (n)
		return diag_error(d, place(target), "exists",
			"this folder is not empty, it holds: %s; name a new folder, or move these elsewhere",
			word_list(name, n, a));
	return true;
}

static bool read_folder(struct skeleton *s, const char *inside, int depth, struct diags *d);

/* One file or folder of a skeleton. */
static bool read_entry(struct skeleton *s, const char *name, int depth, struct diags *d)
{
	const char *path = file_join(s->dir, name, s->arena);
	struct skeleton_file file = { .name = name };
	struct stat st;

	if (lstat(path, &st))
		return diag_fault(d, place(path), "io", "reading failed: %s", strerror(errno));
	if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
		return diag_error(d, place(path), "template", "a skeleton has only files and folders, no links or devices");
	if ((S_ISDIR(st.st_mode) ? s->n_folder++ : s->n_file) == FILES_MAX)
		return diag_error(d, place(s->dir), "limit", "a skeleton has at most %d files and as many folders", FILES_MAX);
	if (S_ISDIR(st.st_mode))
		return read_folder(s, name, depth + 1, d);
	if (!file_read(path, path, FILE_TEMPLATE_MAX, s->arena, &file.content, d))
		return false;
	s->file[s->n_file++] = file;
	return true;
}

/* inside is "" for the skeleton's own folder, at depth 0. */
static bool read_folder(struct skeleton *s, const char *inside, int depth, struct diags *d)
{
	const char *dir = *inside ? file_join(s->dir, inside, s->arena) : s->dir;
	const char **name;
	size_t n;
	bool ok = true;

	if (depth > DEPTH_MAX)
		return diag_error(d, place(dir), "limit", "the folders of a skeleton are nested at most %d deep", DEPTH_MAX);
	if (!list_folder(dir, s->arena, &name, &n, d))
		return false;
	for (size_t i = 0; ok && i < n; i++)
		ok = read_entry(s, file_join(inside, name[i], s->arena), depth, d);
	return ok;
}

static bool is_id_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* "Xã Tôi" -> "xa-toi"; "ke-hoach" where nothing of the name can stand in an id. */
static const char *job_id(const char *name, struct arena *a)
{
	struct buf b = { 0 };
	bool gap = false;
	const char *id;

	for (const char *s = utf8_plain(utf8_fold(name, strlen(name), a), a); *s; s++) {
		if (is_id_letter(*s) && gap && b.n)
			buf_putc(&b, '-');
		if (is_id_letter(*s))
			buf_putc(&b, *s);
		gap = !is_id_letter(*s);
	}
	id = b.n ? arena_slice(a, b.text, b.n) : "ke-hoach";
	buf_clear(&b);
	return id;
}

/* First character of the value of the root's id, in a copy of the file; NULL after an error. */
static const char *find_id(const struct skeleton_file *job, const char *path, struct arena *a, struct diags *d)
{
	const struct node *root = node_read_bytes(job->content.data, job->content.n, path, "job", "urn:kehoach:job:1", a, d);

	if (!root || !node_need(root, "id", d))
		return NULL;
	for (size_t i = 0;; i++)
		if (!strcmp(root->attribute[i].name, "id"))
			return root->attribute[i].raw;
}

/* Gives the job its id; everything else of the file stays byte by byte. */
static bool put_id(struct skeleton *s, const char *id, struct diags *d)
{
	struct skeleton_file *job = NULL;
	const char *value;
	char *text;

	for (size_t i = 0; i < s->n_file; i++)
		if (!strcmp(s->file[i].name, JOB_NAME))
			job = &s->file[i];
	if (!job)
		return diag_error(d, place(s->dir), "template", "this skeleton has no job.xml");
	value = find_id(job, file_join(s->dir, JOB_NAME, s->arena), s->arena, d);
	if (!value)
		return false;
	text = arena_printf(s->arena, "%.*s%s%s", (int)(job->content.n - strlen(value)), job->content.data, id,
		strchr(value, value[-1]));
	job->content = (struct bytes){ text, strlen(text) };
	return true;
}

static bool write_files(const struct skeleton *s, const char *dir, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; ok && i < s->n_file; i++) {
		const struct skeleton_file *file = &s->file[i];
		const char *path = file_join(dir, file->name, s->arena);

		ok = file_make_dirs(file_dir(path, s->arena), d)
			&& file_write(path, file->content.data, file->content.n, d);
	}
	return ok;
}

static void remove_files(const struct skeleton *s, const char *dir)
{
	for (size_t i = 0; i < s->n_file; i++) {
		const char *path = file_join(dir, s->file[i].name, s->arena);

		file_remove(path);
		for (path = file_dir(path, s->arena); strlen(path) > strlen(dir); path = file_dir(path, s->arena))
			rmdir(path);
	}
	rmdir(dir);
}

/* The folder nearest to the root, of this one and those above, that is not there; NULL: all are. */
static const char *first_missing(const char *dir, struct arena *a)
{
	const char *missing = NULL;
	struct stat st;

	for (; strcmp(dir, ".") != 0 && lstat(dir, &st); dir = file_dir(dir, a))
		missing = dir;
	return missing;
}

static void remove_folders(const char *dir, const char *last, struct arena *a)
{
	for (; strlen(dir) > strlen(last); dir = file_dir(dir, a))
		rmdir(dir);
	rmdir(last);
}

static bool make_part(const char *part, struct diags *d)
{
	if (!mkdir(part, 0777))
		return true;
	if (errno == EEXIST)
		return diag_error(d, place(part), "exists",
			"this is left of a run that was stopped; delete it, and run this again");
	return diag_fault(d, place(part), "io", "the folder cannot be made: %s", strerror(errno));
}

/* The folder with all files, or nothing. */
static bool make_folder(const struct skeleton *s, const char *target, struct diags *d)
{
	const char *part = arena_printf(s->arena, "%s.part", target);
	const char *above = file_dir(target, s->arena);
	const char *missing = first_missing(above, s->arena);
	bool ok = file_make_dirs(above, d) && make_part(part, d);

	if (ok) {
		ok = write_files(s, part, d) && file_rename(part, target, d);
		if (!ok)
			remove_files(s, part);
	}
	if (!ok && missing)
		remove_folders(above, missing, s->arena);
	return ok;
}

/* A path as it is typed in a shell. */
static const char *shell_word(const char *path, struct arena *a)
{
	struct buf b = { 0 };
	bool plain = true;
	const char *word;

	for (const char *s = path; *s; s++)
		plain = plain && ((unsigned char)*s >= 0x80 || strchr("/._-+,:@%", *s) || is_id_letter(*s)
			|| (*s >= 'A' && *s <= 'Z'));
	buf_puts(&b, plain ? "" : "'");
	buf_puts(&b, *path == '-' ? "./" : "");
	for (const char *s = path; *s; s++)
		if (*s == '\'')
			buf_puts(&b, "'\\''");
		else
			buf_putc(&b, *s);
	buf_puts(&b, plain ? "" : "'");
	word = arena_slice(a, b.text, b.n);
	buf_clear(&b);
	return word;
}

static bool is_csv(const char *name)
{
	size_t n = strlen(name);

	return n > 4 && !strcmp(name + n - 4, ".csv");
}

static void say_what_next(const struct skeleton *s, const char *target, struct diags *d)
{
	const char *name[1 + FILES_MAX] = { JOB_NAME };
	size_t n = 1;

	for (size_t i = 0; i < s->n_file; i++)
		if (is_csv(s->file[i].name))
			name[n++] = s->file[i].name;
	diag_note(d, place(target), "new",
		"the job is there; put your own names and figures into %s, then run: kehoach build %s",
		word_list(name, n, s->arena), shell_word(file_join(target, JOB_NAME, s->arena), s->arena));
}

static void make_job(struct skeleton *s, const char *target, struct diags *d)
{
	if (may_make(target, s->arena, d)
		&& read_folder(s, "", 0, d)
		&& put_id(s, job_id(file_name(target), s->arena), d)
		&& make_folder(s, target, d))
		say_what_next(s, target, d);
}

static int new_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	struct new_options options = { 0 };
	struct arena arena = { 0 };
	struct skeleton s = { .arena = &arena };
	const char *target = "";
	int code = EXIT_USAGE;
	bool ok = options_read(&argc, argv, new_options, &options, d);

	if (ok && argc != 1)
		ok = diag_error(d, (struct origin){ 0 }, "usage", "name one new folder: kehoach new DIR --plan NAME");
	else if (ok)
		ok = read_target(argv[0], &arena, &target, d);
	if (options.plan)
		s.dir = find_skeleton(options.plan, around, &arena);
	if (!s.dir)
		ok = refuse_plan(options.plan, around, &arena, d);
	if (ok) {
		make_job(&s, target, d);
		code = diags_exit_code(d);
	}
	arena_clear(&arena);
	return code;
}

const struct command command_new = {
	.name = "new",
	.args = "DIR --plan NAME",
	.what = "a new job folder DIR that builds at once",
	.option = new_options,
	.run = new_run,
};
