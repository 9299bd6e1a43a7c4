#include "ingest/opc.h"

#include "base/file.h"
#include "base/sax.h"
#include "base/utf8.h"
#include "ingest/limits.h"

#include <string.h>

static const char relations_space[] = "http://schemas.openxmlformats.org/package/2006/relationships";

struct reading {
	struct container *container;
	struct arena *arena;
	const char *dir; /* of the part that refers: "xl/", "" */
	struct opc_relation *relation;
	size_t n;
	size_t cap;
	size_t n_text; /* [bytes] kept of all */
};

enum { TARGET_SHOWN = 80 }; /* [bytes] of one in messages */

bool opc_flag(const struct sax_element *e, const char *name)
{
	const char *value = sax_value(e, name);

	return value && (!strcmp(value, "1") || !strcmp(value, "true") || !strcmp(value, "on"));
}

/* The name of the part that a target means: "../a.xml" in "xl/worksheets/" is "xl/a.xml"; NULL if it leads out of the
 * file. A '/' in front means its root; what has a scheme is no part. */
static const char *resolve(const char *dir, const char *target, struct arena *a)
{
	char *name = arena_printf(a, "%s%s", *target == '/' ? "" : dir, target);
	char *to = name;

	if (!strncmp(target, "//", 2) || strchr(target, ':') || strchr(target, '\\'))
		return NULL;
	for (const char *s = name; *s;) {
		size_t n = strcspn(s, "/");

		if (n == 2 && s[0] == '.' && s[1] == '.') {
			if (to == name)
				return NULL;
			for (to--; to > name && to[-1] != '/'; to--)
				;
		} else if (n && !(n == 1 && *s == '.')) {
			memmove(to, s, n);
			to += n;
			if (s[n])
				*to++ = '/';
		}
		s += n + (s[n] == '/');
	}
	*to = '\0';
	return name;
}

static bool take_relation(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct reading *r = ctx;
	const char *id = sax_value(e, "Id");
	const char *type = sax_value(e, "Type");
	const char *target = sax_value(e, "Target");
	const char *mode = sax_value(e, "TargetMode");
	struct opc_relation *relation;
	const char *name;

	if (strcmp(e->name, "Relationship") != 0 || strcmp(e->space, relations_space) != 0 || !id || !type || !target)
		return true;
	if (r->n == OPC_RELATIONS_MAX)
		return diag_error(d, e->at, "limit", "the file has more than %d references; is it a workbook?", OPC_RELATIONS_MAX);
	r->n_text += strlen(id) + strlen(type) + strlen(target);
	if (r->n_text > OPC_TEXT_MAX)
		return diag_error(d, e->at, "limit", "the references of the file have more than %d bytes; is it a workbook?", OPC_TEXT_MAX);
	relation = ARENA_PUSH(r->arena, r->relation, r->n, &r->cap);
	*relation = (struct opc_relation){
		.id = arena_text(r->arena, id),
		.type = arena_text(r->arena, file_name(type)),
		.target = arena_slice(r->arena, target, utf8_cut(target, strlen(target), TARGET_SHOWN)),
	};
	relation->external = mode && !strcmp(mode, "External");
	name = relation->external ? NULL : resolve(r->dir, target, r->arena);
	relation->inside = name && container_find(r->container, name, &relation->part);
	return true;
}

bool opc_relations(struct container *c, const char *name, struct arena *a, struct opc_relations *found, struct diags *d)
{
	const char *file = file_name(name);
	struct reading r = { .container = c, .arena = a, .dir = arena_slice(a, name, (size_t)(file - name)) };
	struct sax_handler handler = { .ctx = &r, .start = take_relation };
	size_t part;
	bool ok = true;

	if (container_find(c, arena_printf(a, "%s_rels/%s.rels", r.dir, file), &part))
		ok = container_parse(c, part, &handler, d);
	*found = (struct opc_relations){ .relation = r.relation, .n = r.n };
	map_init(&found->by_id, a);
	for (size_t i = 0; i < r.n; i++)
		map_add(&found->by_id, r.relation[i].id, i, NULL);
	return ok;
}

const struct opc_relation *opc_by_id(const struct opc_relations *r, const char *id)
{
	size_t i;

	return map_find(&r->by_id, id, &i) ? &r->relation[i] : NULL;
}

const struct opc_relation *opc_by_type(const struct opc_relations *r, const char *type)
{
	for (size_t i = 0; i < r->n; i++)
		if (!strcmp(r->relation[i].type, type))
			return &r->relation[i];
	return NULL;
}
