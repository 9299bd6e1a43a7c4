#include "model/wording.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/node.h"

#include <string.h>

static const char wording_space[] = "urn:kehoach:wording:1";

struct wording {
	struct map ids;
	const char **text; /* [ids.n] */
};

static size_t count(const char *const *list)
{
	size_t n = 0;

	while (list[n])
		n++;
	return n;
}

/* The text of an element, if it is nothing but text. */
static const char *only_text(const struct node *n)
{
	return n->child && !n->child->name && !n->child->next && !node_is_blank(n->child) ? n->child->text : NULL;
}

static bool is_asked_for(const char *id, const char *const *ids)
{
	for (; *ids; ids++)
		if (!strcmp(*ids, id))
			return true;
	return false;
}

/* The number of the argument whose place "{N}" stands at s, from 1; 0: none. */
static size_t argument_at(const char *s)
{
	return s[0] == '{' && s[1] >= '1' && s[1] <= '0' + WORDING_ARGUMENTS && s[2] == '}' ? (size_t)(s[1] - '0') : 0;
}

static bool has_odd_brace(const char *s)
{
	for (; *s; s++)
		if (argument_at(s))
			s += 2;
		else if (*s == '{' || *s == '}')
			return true;
	return false;
}

static bool read_text(struct wording *w, const struct node *n, const char *const *ids, struct arena *a, struct diags *d)
{
	static const char *const elements[] = { "text", NULL };
	static const char *const attributes[] = { "id", NULL };
	const char *id;
	const char *near;

	if (!node_is(n, "text"))
		return (!n->name && node_is_blank(n)) || node_unknown(n, elements, d);
	id = node_need(n, "id", d);
	if (!node_check_attributes(n, attributes, d) || !id)
		return false;
	near = is_asked_for(id, ids) ? NULL : suggest(id, ids, count(ids));
	if (near)
		return diag_error(d, node_place(n, "id", 0), "wording", "nothing uses the text '%s'; did you mean '%s'?", id, near);
	if (!is_asked_for(id, ids))
		return diag_error(d, node_place(n, "id", 0), "wording", "nothing uses the text '%s'; take it out", id);
	if (!only_text(n))
		return diag_error(d, n->at, "wording", "the text '%s' has no words, or elements in it", id);
	if (has_odd_brace(only_text(n)))
		return diag_error(d, n->at, "wording", "the text '%s' may have {1}, {2} and {3}, and no other { or }", id);
	if (!map_add(&w->ids, id, w->ids.n, NULL))
		return diag_error(d, node_place(n, "id", 0), "wording", "the text '%s' is there twice; take one out", id);
	w->text[w->ids.n - 1] = arena_text(a, only_text(n));
	return true;
}

const struct wording *wording_read(struct library *library, const char *name, const char *const *ids, struct origin at,
	struct arena *a, struct diags *d)
{
	static const char *const none[] = { NULL };
	struct wording *w = ARENA_NEW(a, struct wording);
	struct library_file file;
	const struct node *root;
	bool ok;

	if (!library_find(library, "wording", name, at, &file, d))
		return NULL;
	root = library_tree(library, &file, "wording", wording_space, a, d);
	if (!root)
		return NULL;
	map_init(&w->ids, a);
	w->text = ARENA_ARRAY(a, count(ids), const char *);
	ok = node_check_attributes(root, none, d);
	for (const struct node *n = root->child; n; n = n->next)
		ok = read_text(w, n, ids, a, d) && ok;
	for (size_t i = 0; ids[i]; i++)
		if (!map_find(&w->ids, ids[i], NULL))
			ok = diag_error(d, root->at, "wording", "the text '%s' is missing", ids[i]);
	return ok ? w : NULL;
}

const char *wording_text(const struct wording *w, const char *id, const char *const argument[WORDING_ARGUMENTS], struct arena *a)
{
	struct buf b = { 0 };
	const char *text;
	size_t i, k;

	if (!map_find(&w->ids, id, &i))
		return NULL;
	for (const char *s = w->text[i]; *s; s++) {
		k = argument_at(s);
		if (!k)
			buf_putc(&b, *s);
		else if (argument[k - 1])
			buf_puts(&b, argument[k - 1]);
		s += k ? 2 : 0;
	}
	text = arena_slice(a, b.text ? b.text : "", b.n);
	buf_clear(&b);
	return text;
}
