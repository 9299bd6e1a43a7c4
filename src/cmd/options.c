#include "cmd/options.h"

#include <string.h>

enum { OPTIONS_MAX = 32 };

/* What stands behind "NAME" in arg: "" or "=VALUE"; NULL: another name. */
static const char *behind_name(const char *arg, const char *name)
{
	size_t n = strlen(name);

	if (strncmp(arg, name, n) != 0 || (arg[n] && (arg[n] != '=' || name[1] != '-')))
		return NULL;
	return arg + n;
}

static const struct option *find(const struct option *option, const char *arg)
{
	for (; option->name; option++)
		if (behind_name(arg, option->name))
			return option;
	return NULL;
}

static bool unknown(const struct option *option, const char *arg, struct diags *d)
{
	const char *names[OPTIONS_MAX];
	const char *near;
	struct origin nowhere = { 0 };
	size_t n = 0;

	for (; n < OPTIONS_MAX && option[n].name; n++)
		names[n] = option[n].name;
	near = suggest(arg, names, n);
	if (near)
		return diag_error(d, nowhere, "usage", "unknown option %s; did you mean %s?", arg, near);
	return diag_error(d, nowhere, "usage", "unknown option %s", arg);
}

/* argv[*i] is this option; its value is behind '=' or in the next argument. */
static bool store(int argc, char *argv[], int *i, const struct option *o, void *into, struct diags *d)
{
	const char *rest = behind_name(argv[*i], o->name);
	struct origin nowhere = { 0 };
	void *place = (char *)into + o->offset;

	if (!o->value && *rest)
		return diag_error(d, nowhere, "usage", "option %s takes no value", o->name);
	if (!o->value) {
		*(bool *)place = true;
		return true;
	}
	if (!*rest && *i + 1 >= argc)
		return diag_error(d, nowhere, "usage", "option %s needs a value", o->name);
	*(const char **)place = *rest ? rest + 1 : argv[++*i];
	return true;
}

/* The last value would win without a word: of two lists of revoked certificates one would not be looked at. */
static bool is_first(const struct option *o, bool *met, struct diags *d)
{
	if (o->value && *met)
		return diag_error(d, (struct origin){ 0 }, "usage", "option %s is given twice; give it once", o->name);
	*met = true;
	return true;
}

bool options_take(int *argc, char *argv[], const struct option *option, void *into, struct diags *d)
{
	bool met[OPTIONS_MAX] = { false };
	bool ok = true;
	int n = 0;
	int i = 0;

	for (; i < *argc && strcmp(argv[i], "--") != 0; i++) {
		const struct option *o = find(option, argv[i]);

		if (o)
			ok = is_first(o, &met[o - option], d) && store(*argc, argv, &i, o, into, d) && ok;
		else
			argv[n++] = argv[i];
	}
	for (; i < *argc; i++)
		argv[n++] = argv[i];
	*argc = n;
	return ok;
}

bool options_read(int *argc, char *argv[], const struct option *option, void *into, struct diags *d)
{
	bool ok = options_take(argc, argv, option, into, d);
	int n = 0;
	int i = 0;

	for (; i < *argc && strcmp(argv[i], "--") != 0; i++) {
		if (argv[i][0] == '-' && argv[i][1])
			ok = unknown(option, argv[i], d);
		else
			argv[n++] = argv[i];
	}
	for (i++; i < *argc; i++)
		argv[n++] = argv[i];
	*argc = n;
	return ok;
}

void options_help(const struct option *option, FILE *f)
{
	for (; option->name; option++)
		fprintf(f, "  %s%s%s%*s%s\n", option->name, option->value ? " " : "", option->value ? option->value : "",
			(int)(26 - strlen(option->name) - (option->value ? 1 + strlen(option->value) : 0)), "", option->what);
}
