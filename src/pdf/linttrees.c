/* Name trees and number trees: their leaves in order. */
#include "pdf/linting.h"

#include <stdlib.h>
#include <string.h>

/* Nodes that wait, the next one last. */
struct nodes {
	const struct pdf_object **node;
	size_t n, cap;
};

static int by_name(const void *pa, const void *pb)
{
	const struct lint_leaf *a = pa;
	const struct lint_leaf *b = pb;
	size_t n = a->n < b->n ? a->n : b->n;
	int c = n ? memcmp(a->name, b->name, n) : 0;

	return c ? c : (a->n > b->n) - (a->n < b->n);
}

static int compare(const struct lint_leaf *a, const struct lint_leaf *b)
{
	return a->name || b->name ? by_name(a, b) : (a->number > b->number) - (a->number < b->number);
}

static int by_key(const void *a, const void *b)
{
	return compare(a, b);
}

static void add_leaf(struct lint *l, const struct pdf_object *key, const struct pdf_object *value, bool numbers, enum lint_rule rule,
	struct lint_leaves *leaves)
{
	struct lint_leaf leaf = { .value = value };

	if (key->kind != (numbers ? PDF_INTEGER : PDF_STRING)) {
		lint_found(l, rule, LINT_FILE, "%s", lint_text(l, key));
		return;
	}
	if (numbers)
		leaf.number = key->number;
	else
		leaf = (struct lint_leaf){ .name = key->text ? key->text : "", .n = key->n, .value = value };
	if (leaves->n && compare(&leaves->leaf[leaves->n - 1], &leaf) >= 0)
		lint_found(l, rule, LINT_FILE, "%s", lint_text(l, key));
	*ARENA_PUSH(&l->arena, leaves->leaf, leaves->n, &leaves->cap) = leaf;
}

void lint_leaves(struct lint *l, const struct pdf_object *root, bool numbers, enum lint_rule rule, enum lint_seen seen,
	struct lint_leaves *leaves)
{
	struct nodes nodes = { 0 };

	*ARENA_PUSH(&l->arena, nodes.node, nodes.n, &nodes.cap) = root;
	while (nodes.n) {
		const struct pdf_object *node = nodes.node[--nodes.n];
		const struct pdf_object *kids;
		const struct pdf_object *pairs;

		if (node->kind == PDF_REFERENCE && !lint_mark_seen(l, node, seen)) {
			lint_found(l, rule, LINT_FILE, "%s", lint_text(l, node));
			continue;
		}
		kids = lint_look(l, node, "Kids");
		pairs = lint_look(l, node, numbers ? "Nums" : "Names");
		for (uint32_t i = kids->kind == PDF_ARRAY ? kids->n : 0; i > 0; i--)
			*ARENA_PUSH(&l->arena, nodes.node, nodes.n, &nodes.cap) = &kids->item[i - 1];
		for (uint32_t i = 0; pairs->kind == PDF_ARRAY && i + 1 < pairs->n; i += 2)
			add_leaf(l, pdf_item(l->view, pairs, i), &pairs->item[i + 1], numbers, rule, leaves);
	}
	if (leaves->n) /* so that finding works where the order is wrong, too */
		qsort(leaves->leaf, leaves->n, sizeof *leaves->leaf, by_key);
}

static const struct lint_leaf *find(const struct lint_leaves *leaves, const struct lint_leaf *want)
{
	size_t low = 0;
	size_t high = leaves->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = compare(&leaves->leaf[mid], want);

		if (!c)
			return &leaves->leaf[mid];
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

const struct lint_leaf *lint_leaf_name(const struct lint_leaves *leaves, const char *name, size_t n)
{
	struct lint_leaf want = { .name = name ? name : "", .n = n };

	return find(leaves, &want);
}

const struct lint_leaf *lint_leaf_number(const struct lint_leaves *leaves, int64_t number)
{
	struct lint_leaf want = { .number = number };

	return find(leaves, &want);
}
