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

/* A file without such a part is fine. */
static bool read_part(struct container *c, const struct opc_relations *relations, const char *type, const struct sax_handler *handler,
	struct diags *d)
{
	const struct opc_relation *relation = opc_by_type(relations, type);

	return !relation || !relation->inside || container_parse(c, relation->part, handler, d);
}

/* "lao-cai" in quotes, without them; false: it is another formula. */
static bool is_constant(const char **s, size_t *n)
{
	if (*n < 3 || **s != '"' || (*s)[*n - 1] != '"' || memchr(*s + 1, '"', *n - 2))
		return false;
	++*s;
	*n -= 2;
	return true;
}

static bool start_name(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct looking *l = ctx;
	const char *name = !strcmp(e->name, "definedName") && !sax_value(e, "localSheetId") ? sax_value(e, "name") : NULL;

	(void)d;
	l->at = l->n;
	for (size_t i = 0; name && i < l->n; i++)
		if (!strcmp(name, l->name[i]))
			l->at = i;
	return true;
}

static bool take_constant(void *ctx, const char *s, size_t n, struct origin at, struct diags *d)
{
	struct looking *l = ctx;

	return l->at == l->n || !is_constant(&s, &n) || take_text(ctx, s, n, at, d);
}

static bool end_name(void *ctx, const char *name, struct diags *d)
{
	struct looking *l = ctx;

	(void)name;
	(void)d;
	l->at = l->n;
	return true;
}

bool workbook_properties(const char *path, const char *shown, const char *const *name, size_t n, struct arena *a, const char **text,
	struct diags *d)
{
	struct looking l = { name, n, text, n, a };
	const struct sax_handler properties = { .ctx = &l, .start = start, .end = end, .text = take_text };
	const struct sax_handler names = { .ctx = &l, .start = start_name, .end = end_name, .text = take_constant };
	struct container *c = container_open(path, shown, d);
	struct opc_relations relations;
	bool ok = c && opc_relations(c, "", a, &relations, d);

	memset(text, 0, n * sizeof *text);
	ok = ok && read_part(c, &relations, "custom-properties", &properties, d) && read_part(c, &relations, "officeDocument", &names, d);
	container_close(c);
	return ok;
}
