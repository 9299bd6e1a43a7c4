#include "ingest/properties.h"

#include "base/sax.h"
#include "ingest/opc.h"

#include <string.h>

struct looking {
	const char *const *name; /* [n] */
	size_t n;
	const char **text; /* [n] */
	size_t at;	   /* the one that is being read; n: none */
	struct arena *arena;
};

static bool start(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct looking *l = ctx;
	const char *name = strcmp(e->name, "property") == 0 ? sax_value(e, "name") : NULL;

	(void)d;
	for (size_t i = 0; name && i < l->n; i++)
		if (!strcmp(name, l->name[i]))
			l->at = i;
	return true;
}

static bool end(void *ctx, const char *name, struct diags *d)
{
	struct looking *l = ctx;

	(void)d;
	if (!strcmp(name, "property"))
		l->at = l->n;
	return true;
}

static bool take_text(void *ctx, const char *s, size_t n, struct origin at, struct diags *d)
{
	struct looking *l = ctx;

	(void)at;
	(void)d;
	if (l->at < l->n && n <= PROPERTY_TEXT_MAX && !l->text[l->at] && strspn(s, " \t\r\n") < n)
		l->text[l->at] = arena_slice(l->arena, s, n);
	return true;
}

bool workbook_properties(const char *path, const char *shown, const char *const *name, size_t n, struct arena *a, const char **text,
	struct diags *d)
{
	struct looking l = { name, n, text, n, a };
	const struct sax_handler handler = { .ctx = &l, .start = start, .end = end, .text = take_text };
	struct container *c = container_open(path, shown, d);
	const struct opc_relation *relation = NULL;
	struct opc_relations relations;
	bool ok = c && opc_relations(c, "", a, &relations, d);

	memset(text, 0, n * sizeof *text);
	if (ok)
		relation = opc_by_type(&relations, "custom-properties");
	if (relation && relation->inside)
		ok = container_parse(c, relation->part, &handler, d);
	container_close(c);
	return ok;
}
