#include "cmd/options.h"

#include <string.h>

enum { OPTIONS_MAX = 32 };

static const struct option *option_find(const struct option *option, size_t n_option, const char *arg, size_t n)
{
	for (size_t i = 0; i < n_option; i++)
		if (strlen(option[i].name) == n && !strncmp(option[i].name, arg, n))
			return &option[i];
	return NULL;
}

static bool option_unknown(const struct option *option, size_t n_option, const char *arg, struct diags *d)
{
	const char *names[OPTIONS_MAX];
	const char *near;
	struct origin nowhere = { 0 };

	for (size_t i = 0; i < n_option && i < OPTIONS_MAX; i++)
		names[i] = option[i].name;
	near = suggest(arg, names, n_option < OPTIONS_MAX ? n_option : OPTIONS_MAX);
	if (near)
		return diag_error(d, nowhere, "usage", "unknown option %s; did you mean %s?", arg, near);
	return diag_error(d, nowhere, "usage", "unknown option %s", arg);
}

/* Takes argv[*i], and the value behind it where it has one. */
static bool option_take(int argc, char *argv[], int *i, const struct option *option, size_t n_option, struct diags *d)
{
	struct origin nowhere = { 0 };
	const char *arg = argv[*i];
	const char *equals = !strncmp(arg, "--", 2) ? strchr(arg, '=') : NULL;
	const struct option *o = option_find(option, n_option, arg, equals ? (size_t)(equals - arg) : strlen(arg));

	if (!o)
		return option_unknown(option, n_option, arg, d);
	if (o->set) {
		if (equals)
			return diag_error(d, nowhere, "usage", "option %s takes no value", o->name);
		*o->set = true;
		return true;
	}
	if (equals) {
		*o->value = equals + 1;
		return true;
	}
	if (*i + 1 >= argc)
		return diag_error(d, nowhere, "usage", "option %s needs a value", o->name);
	*o->value = argv[++*i];
	return true;
}

bool options_read(int argc, char *argv[], const struct option *option, size_t n_option, size_t *n_argument, struct diags *d)
{
	bool only_arguments = false;
	bool ok = true;
	size_t n = 0;

	for (int i = 0; i < argc; i++) {
		if (!only_arguments && !strcmp(argv[i], "--"))
			only_arguments = true;
		else if (!only_arguments && argv[i][0] == '-' && argv[i][1])
			ok = option_take(argc, argv, &i, option, n_option, d) && ok;
		else
			argv[n++] = argv[i];
	}
	*n_argument = n;
	return ok;
}
