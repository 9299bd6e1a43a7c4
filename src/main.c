/* kehoach: finds the command, runs it, prints the findings, chooses the exit code. Read this first, then cmd/build.c. */
#include "base/catalog.h"
#include "base/file.h"
#include "cmd/cmd.h"
#include "cmd/version.h"

#include <limits.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MEMORY_KEPT = 64 << 20 }; /* [bytes] not given back to the system between documents: page faults cost more */

struct global_options {
	const char *templates;
	const char *fonts;
	bool json;
	bool help;
	bool version;
};

static void print_help(FILE *f)
{
	fputs("kehoach: plans of a People's Committee, from figures to PDF and XLSX\n\nusage: kehoach COMMAND ...\n\n", f);
	for (size_t i = 0; commands[i]; i++)
		fprintf(f, "  kehoach %s %s\n      %s\n", commands[i]->name, commands[i]->args, commands[i]->what);
	fputs("\nwith every command:\n"
	      "  --templates DIR   look there for templates before the installed ones\n"
	      "  --fonts DIR       folder of LiberationSerif-*.ttf\n"
	      "  --json            findings as JSON lines on standard output\n"
	      "  --help, --version\n\n"
	      "exit code: 0 done, 1 the input is wrong, 2 the command line is wrong, 3 the machine failed\n",
		f);
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
	struct surroundings around = { .fonts_dir = global->fonts };

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
		const struct catalog *catalog = dir ? catalog_open(file_join(dir, "locale/vi.po", a), a) : NULL;

		if (catalog)
			return catalog;
	}
	return NULL;
}

/* Takes the options of every command out of argv; the new argc. A missing value is left for the command to complain. */
static int take_globals(int argc, char *argv[], struct global_options *global)
{
	int n = 1;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--json"))
			global->json = true;
		else if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h"))
			global->help = true;
		else if (!strcmp(argv[i], "--version"))
			global->version = true;
		else if (!strcmp(argv[i], "--templates") && i + 1 < argc)
			global->templates = argv[++i];
		else if (!strcmp(argv[i], "--fonts") && i + 1 < argc)
			global->fonts = argv[++i];
		else
			argv[n++] = argv[i];
	}
	return n;
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

int main(int argc, char *argv[])
{
	struct global_options global = { 0 };
	struct arena arena = { 0 };
	struct diags diags = { 0 };
	struct surroundings around;
	int code;

	mallopt(M_TRIM_THRESHOLD, MEMORY_KEPT);
	mallopt(M_MMAP_THRESHOLD, MEMORY_KEPT);
	argc = take_globals(argc, argv, &global);
	if (global.help || global.version) {
		if (global.version)
			puts("kehoach " KEHOACH_VERSION);
		else
			print_help(stdout);
		return EXIT_DONE;
	}
	around = look_around(&global, &arena);
	diags.catalog = open_catalog(&around, &arena);
	code = run_command(argc, argv, &around, &diags);
	if (global.json)
		diags_print_json(&diags, stdout);
	else
		diags_print(&diags, stderr);
	diags_clear(&diags);
	arena_clear(&arena);
	return code;
}
