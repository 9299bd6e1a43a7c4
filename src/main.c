/* kehoach: finds the command, runs it, prints the findings, chooses the exit code. Read this first, then cmd/build.c. */
#include "base/catalog.h"
#include "base/file.h"
#include "cmd/cmd.h"
#include "base/version.h"

#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MEMORY_KEPT = 64 << 20 }; /* [bytes] not given back to the system between documents: page faults cost more */

struct global_options {
	const char *templates;
	const char *fonts;
	bool json;
	bool help;
	bool version;
};

static const struct option global_options[] = {
	{ "--templates", "DIR", "look there for templates before the installed ones", offsetof(struct global_options, templates) },
	{ "--fonts", "DIR", "folder of LiberationSerif-*.ttf", offsetof(struct global_options, fonts) },
	{ "--json", NULL, "findings as JSON lines on standard output", offsetof(struct global_options, json) },
	{ "--help", NULL, "this page", offsetof(struct global_options, help) },
	{ "--version", NULL, "the program's version", offsetof(struct global_options, version) },
	{ 0 },
};

static void print_command(const struct command *command, FILE *f)
{
	fprintf(f, "kehoach %s %s\n  %s\n", command->name, command->args, command->what);
	options_help(command->option, f);
	fputc('\n', f);
}

/* Of one command, or of all. */
static void print_help(const char *name, FILE *f)
{
	const struct command *one = name ? command_find(name) : NULL;

	if (!one)
		fputs("kehoach: plans of a People's Committee, from figures to PDF and XLSX\n\n", f);
	for (size_t i = 0; commands[i]; i++)
		if (!one || commands[i] == one)
			print_command(commands[i], f);
	fputs("with every command\n", f);
	options_help(global_options, f);
	fputs("\nexit code: 0 done, 1 the input is wrong, 2 the command line is wrong, 3 the machine failed\n", f);
}

/* The folder of the program's own file, or NULL. */
static const char *program_dir(struct arena *a)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);

	if (n <= 0)
		return NULL;
	path[n] = '\0';
	return file_dir(arena_text(a, path), a);
}

static const char *existing_dir(const char *dir)
{
	return dir && access(dir, R_OK | X_OK) == 0 ? dir : NULL;
}

/* --templates, then share/kehoach beside an installed bin, then the repository the program was built in. */
static struct surroundings look_around(const struct global_options *global, struct arena *a)
{
	const char *dir = program_dir(a);
	struct surroundings around = { .fonts_dir = global->fonts, .json = global->json };

	around.templates_dir[0] = global->templates;
	if (dir) {
		around.templates_dir[1] = existing_dir(file_join(dir, "../share/kehoach/templates", a));
		around.templates_dir[2] = existing_dir(file_join(dir, "../../templates", a));
	}
	return around;
}

static const struct catalog *open_catalog(const struct surroundings *around, struct arena *a)
{
	const char *language = catalog_language(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"));

	if (strcmp(language, "vi") != 0)
		return NULL;
	for (size_t i = 0; i < sizeof around->templates_dir / sizeof *around->templates_dir; i++) {
		const char *dir = around->templates_dir[i];
		const char *path = dir ? file_join(dir, "locale/vi.po", a) : NULL;

		if (path && file_exists(path))
			return catalogs_at(around->catalogs, path);
	}
	return NULL;
}

static int run_command(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	const struct command *command = argc > 1 ? command_find(argv[1]) : NULL;
	struct origin nowhere = { 0 };
	const char *names[16];
	size_t n = 0;

	if (command)
		return command->run(argc - 2, argv + 2, around, d);
	for (; n < sizeof names / sizeof *names && commands[n]; n++)
		names[n] = commands[n]->name;
	if (argc < 2)
		diag_error(d, nowhere, "usage", "name a command; kehoach --help lists them");
	else if (suggest(argv[1], names, n))
		diag_error(d, nowhere, "usage", "unknown command %s; did you mean %s?", argv[1], suggest(argv[1], names, n));
	else
		diag_error(d, nowhere, "usage", "unknown command %s; kehoach --help lists them", argv[1]);
	return EXIT_USAGE;
}

/* What the command has to say, then the findings; 3 where they could not be written. */
static int print_findings(const struct global_options *global, const struct buf *out, const struct diags *d, int code)
{
	if (out)
		fwrite(out->text ? out->text : "", 1, out->n, stdout);
	if (global->json)
		diags_print_json(d, stdout);
	else
		diags_print(d, stderr);
	return fflush(stdout) == 0 && !ferror(stdout) ? code : EXIT_MACHINE;
}

static bool put_out(struct buf *out)
{
	fwrite(out->text ? out->text : "", 1, out->n, stdout);
	out->n = 0;
	return fflush(stdout) == 0 && !ferror(stdout);
}

static int run(int argc, char *argv[], const struct global_options *global, struct diags *d)
{
	struct arena arena = { 0 };
	struct surroundings around = look_around(global, &arena);
	struct catalogs catalogs = { .arena = &arena };
	struct buf out = { 0 };
	struct timespec now = { 0 };
	int code;

	clock_gettime(CLOCK_REALTIME, &now);
	around.now = now.tv_sec;
	around.terminal = isatty(STDERR_FILENO) ? stderr : NULL;
	around.out = &out;
	around.put_out = put_out;
	around.catalogs = &catalogs;
	d->catalog = open_catalog(&around, &arena);
	code = run_command(argc, argv, &around, d);
	code = print_findings(global, &out, d, code);
	buf_clear(&out);
	arena_clear(&arena);
	return code;
}

int main(int argc, char *argv[])
{
	struct global_options global = { 0 };
	struct diags diags = { 0 };
	int code = EXIT_USAGE;

	signal(SIGXFSZ, SIG_IGN); /* a full disk is an error of write */
	mallopt(M_TRIM_THRESHOLD, MEMORY_KEPT);
	mallopt(M_MMAP_THRESHOLD, MEMORY_KEPT);
	if (!options_take(&argc, argv, global_options, &global, &diags)) {
		code = print_findings(&global, NULL, &diags, EXIT_USAGE);
	} else if (global.version || global.help) {
		if (global.version)
			puts("kehoach " KEHOACH_VERSION);
		else
			print_help(argc > 1 ? argv[1] : NULL, stdout);
		code = print_findings(&global, NULL, &diags, EXIT_DONE);
	} else {
		code = run(argc, argv, &global, &diags);
	}
	diags_clear(&diags);
	return code;
}
