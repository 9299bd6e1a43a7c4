#include "render/backend.h"

#include <string.h>

const struct backend *const backends[] = {
	&backend_pdf,
	&backend_xlsx,
	&backend_json,
	&backend_png,
	&backend_text,
	&backend_layout,
	NULL,
};

const struct backend *backend_find(const char *name)
{
	for (size_t i = 0; backends[i]; i++)
		if (!strcmp(backends[i]->name, name))
			return backends[i];
	return NULL;
}
