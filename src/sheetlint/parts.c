/* The package: content types, relationships, what a workbook may not hold; every XML part is XML. */
#include "sheetlint/linting.h"

#include <string.h>

#define OFFICE "application/vnd.openxmlformats-officedocument."

/* What a part that a relationship of the type leads to is. */
static const struct {
	const char *relation, *type;
} types[] = {
	{ "officeDocument", OFFICE "spreadsheetml.sheet.main+xml" },
	{ "worksheet", OFFICE "spreadsheetml.worksheet+xml" },
	{ "sharedStrings", OFFICE "spreadsheetml.sharedStrings+xml" },
	{ "styles", OFFICE "spreadsheetml.styles+xml" },
	{ "theme", OFFICE "theme+xml" },
	{ "table", OFFICE "spreadsheetml.table+xml" },
	{ "comments", OFFICE "spreadsheetml.comments+xml" },
	{ "drawing", OFFICE "drawing+xml" },
	{ "chart", OFFICE "drawingml.chart+xml" },
	{ "vmlDrawing", OFFICE "vmlDrawing" },
	{ "extended-properties", OFFICE "extended-properties+xml" },
	{ "core-properties", "application/vnd.openxmlformats-package.core-properties+xml" },
};

/* Relationships that lead to programs or to files inside the file. */
static const char *const active[] = { "vbaProject", "attachedToolbars", "control", "ctrlProp", "oleObject", "package", "xlMacrosheet",
	"xlIntlMacrosheet", "activeXControlBinary", "userForm", "customUI" };

struct types {
	struct xl *x;
	struct arena *arena;
	struct map by_default, override; /* extension, name of a part (in small letters) -> index */
	const char **type;
	size_t n, cap;
};

static const char *small(struct arena *a, const char *s)
{
	char *copy = arena_text(a, s);

	for (char *c = copy; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c | 0x20);
	return copy;
}

static void take_type(struct types *t, const struct xl_node *e)
{
	bool is_override = !strcmp(e->name, "Override");
	const char *name = xl_value(e, is_override ? "PartName" : "Extension");
	const char *type = xl_value(e, "ContentType");
	size_t part;

	if (!name || !type || (is_override && *name != '/')) {
		xl_found(t->x, XL_CONTENT_TYPE, XL_FILE, "[Content_Types].xml has an entry without a name or type");
		return;
	}
	*ARENA_PUSH(t->arena, t->type, t->n, &t->cap) = type;
	if (!map_add(is_override ? &t->override : &t->by_default, small(t->arena, name), t->n - 1, NULL))
		xl_found(t->x, XL_CONTENT_TYPE, XL_FILE, "[Content_Types].xml has '%s' twice", xl_show(t->x, name));
	else if (is_override && !container_find(t->x->container, name + 1, &part))
		xl_found(t->x, XL_CONTENT_TYPE, XL_FILE, "[Content_Types].xml has '%s', which is not in the file", xl_show(t->x, name));
}

static const char *type_of(const struct types *t, size_t part)
{
	const char *name = small(t->arena, arena_printf(t->arena, "/%s", container_name(t->x->container, part)));
	const char *dot = strrchr(name, '.');
	size_t i;

	if (map_find(&t->override, name, &i) || (dot && map_find(&t->by_default, dot + 1, &i)))
		return t->type[i];
	return NULL;
}

static bool is_folder(const char *name)
{
	return *name && name[strlen(name) - 1] == '/';
}

static bool read_types(struct types *t)
{
	struct xl_tree tree;
	size_t part;

	if (!container_find(t->x->container, "[Content_Types].xml", &part)) {
		xl_found(t->x, XL_CONTENT_TYPE, XL_FILE, "the file has no [Content_Types].xml");
		return false;
	}
	if (!xl_tree_read(t->x, part, &tree))
		return false;
	for (const struct xl_node *e = tree.root->child; e; e = e->next)
		if (!strcmp(e->name, "Override") || !strcmp(e->name, "Default"))
			take_type(t, e);
	return true;
}

/* ---- relationships ---- */

static void check_target(const struct types *t, size_t from, const struct opc_relation *r)
{
	const char *type = r->inside ? type_of(t, r->part) : NULL;

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (r->inside && !strcmp(types[i].relation, r->type) && (!type || strcmp(type, types[i].type) != 0)
			&& !(type && strstr(type, "macroEnabled")))
			xl_found(t->x, XL_CONTENT_TYPE, XL_PART(r->part), "the part has the type %s, but is referred to as %s",
				type ? xl_show(t->x, type) : "-", types[i].relation);
	for (size_t i = 0; i < sizeof active / sizeof *active; i++)
		if (!strcmp(active[i], r->type))
			xl_found(t->x, XL_MACRO, XL_PART(from), "the part refers to a macro or embedded object: '%s'", r->target);
}

/* Outside are only links that a reader may follow himself. */
static bool may_leave(const struct opc_relation *r)
{
	static const char *const may[] = { "https:", "http:", "mailto:" };

	for (size_t i = 0; i < sizeof may / sizeof *may; i++)
		if (!strcmp(r->type, "hyperlink") && !strncmp(r->target, may[i], strlen(may[i])))
			return true;
	return false;
}

static void check_relations(const struct types *t, size_t from, const struct opc_relations *found, bool *used)
{
	struct map ids;

	map_init(&ids, t->arena);
	for (size_t i = 0; i < found->n; i++) {
		const struct opc_relation *r = &found->relation[i];

		if (!map_add(&ids, r->id, i, NULL))
			xl_found(t->x, XL_RELATION, XL_PART(from), "the Id '%s' stands twice", xl_show(t->x, r->id));
		if (r->inside)
			used[r->part] = true;
		else if (!strcmp(r->type, "externalLinkPath") || (r->external && !may_leave(r)))
			xl_found(t->x, XL_EXTERNAL, XL_PART(from), "the workbook refers to '%s', which is not in it", r->target);
		else if (!r->external && *r->target != '#')
			xl_found(t->x, XL_RELATION, XL_PART(from), "the part refers to '%s', which is not in the file", r->target);
		check_target(t, from, r);
	}
}

/* The part whose relationships "xl/_rels/workbook.xml.rels" are: "xl/workbook.xml"; NULL: they are no relationships. */
static const char *owner_of(const char *rels, struct arena *a)
{
	static const char folder[] = "_rels/";
	const char *file = file_name(rels);
	size_t n_dir = (size_t)(file - rels);
	size_t n_file = strlen(file);

	if (n_dir < strlen(folder) || strncmp(rels + n_dir - strlen(folder), folder, strlen(folder)) != 0 || n_file < 5
		|| !xl_same_name(file + n_file - 5, ".rels"))
		return NULL;
	return arena_printf(a, "%.*s%.*s", (int)(n_dir - strlen(folder)), rels, (int)(n_file - 5), file);
}

static bool read_relations(const struct types *t, size_t part, bool *used)
{
	struct xl *x = t->x;
	const char *owner = owner_of(container_name(x->container, part), t->arena);
	struct opc_relations found;
	size_t owning;

	if (!owner)
		return true;
	used[part] = true;
	if (*owner && !container_find(x->container, owner, &owning))
		xl_found(x, XL_RELATION, XL_PART(part), "these are relationships of '%s', which is not in the file", xl_show(x, owner));
	if (!opc_relations(x->container, owner, t->arena, &found, x->d))
		return false;
	check_relations(t, part, &found, used);
	return true;
}

/* ---- parts ---- */

static bool is_xml(const char *type)
{
	size_t n = strlen(type);

	return (n > 3 && !strcmp(type + n - 3, "xml")) || strstr(type, "vmlDrawing");
}

/* Nothing of it is wanted but that it is XML. */
static bool read_through(struct xl *x, size_t part)
{
	struct sax_handler none = { 0 };

	return container_parse(x->container, part, &none, x->d);
}

static bool drop(void *ctx, const char *data, size_t n, struct diags *d)
{
	(void)ctx;
	(void)data;
	(void)n;
	(void)d;
	return true;
}

static bool check_part(const struct types *t, size_t part, const bool *used)
{
	struct xl *x = t->x;
	const char *name = container_name(x->container, part);
	const char *type = type_of(t, part);
	const struct zip_sink nowhere = { .take = drop };

	if (is_folder(name) || xl_same_name(name, "[Content_Types].xml"))
		return true;
	if (!type)
		xl_found(x, XL_CONTENT_TYPE, XL_PART(part), "the part has no content type");
	else if (strstr(type, "macroEnabled") || strstr(type, "vbaProject") || strstr(type, "macrosheet") || strstr(type, "oleObject")
		|| strstr(type, "activeX"))
		xl_found(x, XL_MACRO, XL_PART(part), "the part is a macro or embedded object: %s", xl_show(x, type));
	else if (strstr(type, "externalLink"))
		xl_found(x, XL_EXTERNAL, XL_PART(part), "the part is a link to another workbook");
	if (!used[part])
		xl_found(x, XL_UNREFERENCED, XL_PART(part), "nothing in the workbook refers to the part");
	if (type && is_xml(type))
		return read_through(x, part);
	return container_read(x->container, part, &nowhere, x->d);
}

bool xl_parts(struct xl *x)
{
	struct types t = { .x = x, .arena = &x->arena };
	size_t n = container_count(x->container);
	bool *used = ARENA_ARRAY(&x->arena, n + 1, bool);
	bool ok = true;

	map_init(&t.by_default, t.arena);
	map_init(&t.override, t.arena);
	if (!read_types(&t))
		return false;
	for (size_t i = 0; i < n; i++)
		ok = read_relations(&t, i, used) && ok;
	for (size_t i = 0; i < n; i++)
		ok = check_part(&t, i, used) && ok;
	return ok;
}
