#include "cmd/cmd.h"

#include <string.h>

const struct command *const commands[] = {
	&command_batch,
	&command_build,
	&command_check,
	&command_diff,
	&command_explain,
	&command_form,
	&command_lint,
	&command_new,
	&command_progress,
	&command_sign,
	&command_verify,
	NULL,
};

const struct command *command_find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}
