/* Parts of the package as trees, and going through them without recursion. */
#include "sheetlint/linting.h"

#include <string.h>

bool xl_keep(struct xl *x, size_t n, struct origin at, struct diags *d)
{
	x->n_text += n;
	return x->n_text <= XL_TEXT_MAX
	       || diag_error(d, at, "limit", "the texts of the workbook have more than %d bytes; divide it", XL_TEXT_MAX);
}

static bool keep_attributes(struct xl *x, const struct sax_element *e, struct xl_node *node, struct diags *d)
{
	struct sax_attribute *a = ARENA_ARRAY(&x->arena, e->n_attribute + 1, struct sax_attribute);

	for (size_t i = 0; i < e->n_attribute; i++) {
		if (!xl_keep(x, strlen(e->attribute[i].name) + strlen(e->attribute[i].value), e->at, d))
			return false;
		a[i].name = arena_text(&x->arena, e->attribute[i].name);
		a[i].value = arena_text(&x->arena, e->attribute[i].value);
	}
	node->attribute = a;
	node->n_attribute = e->n_attribute;
	return true;
}

bool xl_tree_start(struct xl *x, struct xl_tree *t, const struct sax_element *e, struct diags *d)
{
	struct xl_node *node = ARENA_NEW(&x->arena, struct xl_node);

	if (++x->n_element > XL_ELEMENTS_MAX)
		return diag_error(d, e->at, "limit", "the workbook has more than %d elements beside its cells; divide it", XL_ELEMENTS_MAX);
	*node = (struct xl_node){ .name = arena_text(&x->arena, e->name), .text = "", .parent = t->open };
	if (!keep_attributes(x, e, node, d))
		return false;
	if (!t->open)
		t->root = node;
	else if (t->open->last)
		t->open->last->next = node;
	else
		t->open->child = node;
	if (t->open)
		t->open->last = node;
	t->open = node;
	return true;
}

void xl_tree_end(struct xl_tree *t)
{
	t->open = t->open->parent;
}

bool xl_tree_text(struct xl *x, struct xl_tree *t, const char *s, size_t n, struct origin at, struct diags *d)
{
	struct xl_node *node = t->open;

	if (!node || !n)
		return true;
	/* A text in many pieces is copied anew with each: all copies count. */
	if (!xl_keep(x, strlen(node->text) + n, at, d))
		return false;
	node->text = arena_printf(&x->arena, "%s%.*s", node->text, (int)n, s);
	return true;
}

struct reading {
	struct xl *x;
	struct xl_tree *tree;
};

static bool on_start(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct reading *r = ctx;

	return xl_tree_start(r->x, r->tree, e, d);
}

static bool on_end(void *ctx, const char *name, struct diags *d)
{
	struct reading *r = ctx;

	(void)name;
	(void)d;
	xl_tree_end(r->tree);
	return true;
}

static bool on_text(void *ctx, const char *s, size_t n, struct origin at, struct diags *d)
{
	struct reading *r = ctx;

	return xl_tree_text(r->x, r->tree, s, n, at, d);
}

bool xl_tree_read(struct xl *x, size_t part, struct xl_tree *tree)
{
	struct reading r = { x, tree };
	struct sax_handler handler = { .ctx = &r, .start = on_start, .end = on_end, .text = on_text };

	*tree = (struct xl_tree){ 0 };
	if (container_parse(x->container, part, &handler, x->d) && tree->root)
		return true;
	tree->root = NULL;
	return false;
}

bool xl_take_part(struct xl *x, size_t part)
{
	return map_add(&x->taken, container_name(x->container, part), 0, NULL);
}

const struct xl_node *xl_next(const struct xl_node *root, const struct xl_node *node)
{
	if (!node)
		return NULL;
	if (node->child)
		return node->child;
	while (node != root && !node->next)
		node = node->parent;
	return node == root ? NULL : node->next;
}

const struct xl_node *xl_child(const struct xl_node *node, const char *name)
{
	const struct xl_node *child = node ? node->child : NULL;

	while (child && strcmp(child->name, name) != 0)
		child = child->next;
	return child;
}

const struct xl_node *xl_sibling(const struct xl_node *node, const char *name)
{
	for (node = node->next; node && strcmp(node->name, name) != 0; node = node->next)
		;
	return node;
}

size_t xl_count(const struct xl_node *node, const char *name)
{
	size_t n = 0;

	for (const struct xl_node *child = xl_child(node, name); child; child = xl_sibling(child, name))
		n++;
	return n;
}

const char *xl_value(const struct xl_node *node, const char *name)
{
	for (size_t i = 0; node && i < node->n_attribute; i++)
		if (!strcmp(node->attribute[i].name, name))
			return node->attribute[i].value;
	return NULL;
}

bool xl_flag(const struct xl_node *node, const char *name, bool otherwise)
{
	const char *value = xl_value(node, name);

	if (!value)
		return otherwise;
	return !strcmp(value, "1") || !strcmp(value, "true") || !strcmp(value, "on");
}

uint32_t xl_number(const char *s, uint32_t otherwise)
{
	uint64_t n = 0;

	if (!s || !*s)
		return otherwise;
	for (; *s; s++) {
		if (*s < '0' || *s > '9' || n > UINT32_MAX / 10)
			return otherwise;
		n = 10 * n + (uint64_t)(*s - '0');
	}
	return n >= UINT32_MAX ? otherwise : (uint32_t)n;
}
