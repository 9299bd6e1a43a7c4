/* The tree of pages, and their boxes. */
#include "pdf/linting.h"

/* A node of the tree, and what it has from those above. */
struct node {
	const struct pdf_object *reference;
	uint32_t parent; /* object number, 0: none */
	const struct pdf_object *resources;
	const struct pdf_object *box;
};

struct nodes {
	struct node *node;
	size_t n, cap;
	size_t n_count; /* sum of what is counted */
};

enum { SIDE_MIN = 3, SIDE_MAX = 14400 };

static bool read_box(struct lint *l, const struct pdf_object *box, int64_t side[4])
{
	if (box->kind != PDF_ARRAY || box->n != 4)
		return false;
	for (size_t i = 0; i < 4; i++)
		if (!pdf_millionths(pdf_item(l->view, box, i), &side[i]) || side[i] > INT64_C(1000000000000)
			|| side[i] < -INT64_C(1000000000000))
			return false;
	return side[2] - side[0] >= SIDE_MIN * INT64_C(1000000) && side[2] - side[0] <= SIDE_MAX * INT64_C(1000000)
		&& side[3] - side[1] >= SIDE_MIN * INT64_C(1000000) && side[3] - side[1] <= SIDE_MAX * INT64_C(1000000);
}

static bool is_inside(const int64_t side[4], const int64_t media[4])
{
	return side[0] >= media[0] && side[1] >= media[1] && side[2] <= media[2] && side[3] <= media[3];
}

static void check_boxes(struct lint *l, size_t i)
{
	static const char *const names[] = { "CropBox", "BleedBox", "TrimBox", "ArtBox" };
	const struct lint_page *page = &l->page[i];
	int64_t media[4];
	int64_t side[4];

	if (!read_box(l, page->box, media)) {
		lint_found(l, LINT_PAGE_BOX, LINT_PAGE(i), "/MediaBox %s", lint_text(l, page->box));
		return;
	}
	for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
		const struct pdf_object *box = lint_look(l, page->object, names[k]);

		if (box->kind != PDF_NULL && (!read_box(l, box, side) || !is_inside(side, media)))
			lint_found(l, LINT_PAGE_BOX, LINT_PAGE(i), "/%s %s", names[k], lint_text(l, box));
	}
}

static void add_page(struct lint *l, const struct node *node, const struct pdf_object *page)
{
	uint32_t number = (uint32_t)node->reference->number;

	*ARENA_PUSH(&l->arena, l->page, l->n_page, &l->cap_page) =
		(struct lint_page){ .number = number, .object = page, .resources = node->resources, .box = node->box };
	l->object[number].page = (uint32_t)l->n_page;
	check_boxes(l, l->n_page - 1);
}

static void push_kids(struct lint *l, struct nodes *nodes, const struct node *node, const struct pdf_object *kids)
{
	for (uint32_t i = kids->n; i > 0; i--)
		*ARENA_PUSH(&l->arena, nodes->node, nodes->n, &nodes->cap) =
			(struct node){ &kids->item[i - 1], (uint32_t)node->reference->number, node->resources, node->box };
}

static void take_node(struct lint *l, struct nodes *nodes, struct node node)
{
	const struct pdf_object *object = pdf_resolve(l->view, node.reference);
	const struct pdf_object *parent = pdf_find(object, "Parent");
	const struct pdf_object *kids = lint_look(l, object, "Kids");
	bool is_page = pdf_name_is(lint_look(l, object, "Type"), "Page");
	bool parent_ok = node.parent ? parent->kind == PDF_REFERENCE && parent->number == node.parent : parent->kind == PDF_NULL;

	if (!parent_ok)
		lint_found(l, LINT_PAGE_TREE, LINT_FILE, "%s/Parent %s", lint_text(l, node.reference), lint_text(l, parent));
	if (!lint_mark_seen(l, node.reference, SEEN_NODE) || object->kind != PDF_DICT
		|| (!is_page && (!pdf_name_is(lint_look(l, object, "Type"), "Pages") || kids->kind != PDF_ARRAY))) {
		lint_found(l, LINT_PAGE_TREE, LINT_FILE, "%s", lint_text(l, node.reference));
		return;
	}
	if (pdf_has(object, "Resources"))
		node.resources = lint_look(l, object, "Resources");
	if (pdf_has(object, "MediaBox"))
		node.box = lint_look(l, object, "MediaBox");
	if (is_page && !pdf_has(object, "Resources"))
		lint_found(l, LINT_RESOURCES_OWN, LINT_AT(node.reference->number), "/Resources null");
	if (is_page)
		add_page(l, &node, object);
	else
		push_kids(l, nodes, &node, kids);
}

void lint_pages(struct lint *l)
{
	const struct pdf_object *root = pdf_find(pdf_catalog(l->view), "Pages");
	const struct pdf_object *count = lint_look(l, pdf_resolve(l->view, root), "Count");
	struct nodes nodes = { 0 };

	*ARENA_PUSH(&l->arena, nodes.node, nodes.n, &nodes.cap) =
		(struct node){ .reference = root, .resources = &pdf_null, .box = &pdf_null };
	while (nodes.n)
		take_node(l, &nodes, nodes.node[--nodes.n]);
	if (!l->n_page || count->kind != PDF_INTEGER || count->number != (int64_t)l->n_page)
		lint_found(l, LINT_PAGE_TREE, LINT_FILE, "/Count %s, %zu /Page", lint_text(l, count), l->n_page);
}
