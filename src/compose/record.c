/* What an archive keeps of a document: properties with their greatest lengths stand in templates/records/nd30.xml; what is said of
 * them comes from the job. What nobody says is left out. */
#include "compose/composer.h"

#include "base/utf8.h"

#include <string.h>

static const char record_space[] = "urn:kehoach:record:1";
static const char record_name[] = "nd30";

enum {
	MAX_DIGITS = 4, /* of the attribute max */
	NAME_MAX = 60,	/* letters of a property with its structure's name, which is one name in XMP */
};

enum property_kind { PROPERTY_TEXT, PROPERTY_NUMBER, PROPERTY_DATE };

struct maker {
	struct composer *c;
	struct document *document;
	struct record_property *list; /* [n] */
	size_t n, cap;
	bool ok;
};

/* Where a property stands: in which structure, and in which entry of it. */
struct position {
	const char *group; /* or NULL */
	const char *each;  /* "signer", "to", or NULL */
	size_t entry;
};

struct known {
	const char *text; /* NULL: not known */
	struct origin at;
};

/* ---- what the program knows ---- */

static struct known of_number(const struct maker *m, size_t entry)
{
	(void)entry;
	return (struct known){ m->c->job->number, m->c->job->at };
}

static struct known of_symbol(const struct maker *m, size_t entry)
{
	(void)entry;
	return (struct known){ m->c->job->symbol, m->c->job->at };
}

static struct known of_date(const struct maker *m, size_t entry)
{
	struct date date = m->c->job->date;

	(void)entry;
	return (struct known){ date.day && date.month ? date_iso(date, m->c->a) : NULL, m->c->job->at };
}

static struct known of_agency(const struct maker *m, size_t entry)
{
	(void)entry;
	return (struct known){ m->c->job->agency, m->c->job->at };
}

static struct known of_kind(const struct maker *m, size_t entry)
{
	(void)entry;
	return (struct known){ document_kind(m->c), m->c->plan->root->at };
}

static struct known of_subject(const struct maker *m, size_t entry)
{
	(void)entry;
	return (struct known){ m->document->subject, m->c->plan->root->at };
}

/* The last line of the title: "PHÓ CHỦ TỊCH" below "KT. CHỦ TỊCH". */
static struct known of_position(const struct maker *m, size_t entry)
{
	const char *title = m->c->job->signer[entry].title;
	const char *last = title ? strrchr(title, '\n') : NULL;

	return (struct known){ last ? last + 1 : title, m->c->job->at };
}

static struct known of_signer(const struct maker *m, size_t entry)
{
	return (struct known){ m->c->job->signer[entry].name, m->c->job->at };
}

static const struct {
	const char *name;
	struct known (*value)(const struct maker *, size_t entry);
	bool of_signers;
} sources[] = {
	{ "number", of_number, false },
	{ "symbol", of_symbol, false },
	{ "date", of_date, false },
	{ "agency", of_agency, false },
	{ "kind", of_kind, false },
	{ "subject", of_subject, false },
	{ "position", of_position, true },
	{ "signer", of_signer, true },
	{ "pages", NULL, false }, /* known when the pages are */
};

enum { N_SOURCE = sizeof sources / sizeof *sources };

/* What <record>, or that <to> of it, says. */
static struct known said(const struct maker *m, const char *attribute, const struct position *p)
{
	const struct job *job = m->c->job;
	size_t to = p->each ? p->entry + 1 : 0;

	for (size_t i = 0; i < job->n_record; i++)
		if (job->record[i].to == to && !strcmp(job->record[i].attribute, attribute))
			return (struct known){ job->record[i].text, job->record[i].at };
	return (struct known){ NULL, { 0 } };
}

/* ---- one property ---- */

static bool is_digits(const char *s)
{
	return *s && strspn(s, "0123456789") == strlen(s);
}

static bool fits(struct maker *m, const char *label, enum property_kind kind, size_t max, struct known v)
{
	size_t n = utf8_length(v.text, strlen(v.text));
	struct date date;

	switch (kind) {
	case PROPERTY_TEXT:
		if (n <= max)
			return true;
		return diag_error(m->c->d, v.at, "record", "%s: %zu characters, but the archive takes at most %zu; shorten it",
			label, n, max);
	case PROPERTY_NUMBER:
		if (n <= max && is_digits(v.text))
			return true;
		return diag_error(m->c->d, v.at, "record", "%s: '%s', but the archive takes a whole number of at most %zu digits",
			label, v.text, max);
	case PROPERTY_DATE:
		if (date_parse(v.text, &date) && date.day)
			return true;
		return diag_error(m->c->d, v.at, "record", "%s: '%s' is no day; write it as 2024-01-31", label, v.text);
	}
	return false;
}

static size_t read_max(struct maker *m, const struct node *n)
{
	const char *text = node_need(n, "max", m->c->d);
	size_t max = 0;

	if (!text)
		return 0;
	for (const char *s = text; is_digits(text) && strlen(text) <= MAX_DIGITS && *s; s++)
		max = max * 10 + (size_t)(*s - '0');
	if (!max)
		diag_error(m->c->d, node_place(n, "max", 0), "record", "max=\"%s\" is no length from 1 to 9999", text);
	return max;
}

/* The value, or NULL text; false after an error. */
static bool find_value(struct maker *m, const struct node *n, const struct position *p, size_t max, struct known *v)
{
	const char *attribute = node_attribute(n, "attribute");
	const char *text = node_attribute(n, "text");
	const char *from = node_attribute(n, "from");
	const char *names[N_SOURCE + 1] = { NULL };
	int i;

	if ((attribute != NULL) + (text != NULL) + (from != NULL) != 1)
		return diag_error(m->c->d, n->at, "record", "a property needs one of the attributes attribute, from and text");
	*v = attribute ? said(m, attribute, p) : (struct known){ text, n->at };
	if (!from)
		return true;
	for (size_t k = 0; k < N_SOURCE; k++)
		names[k] = sources[k].name;
	i = node_choice(n, "from", names, N_SOURCE, m->c->d);
	if (i == N_SOURCE)
		return false;
	if (sources[i].of_signers && (!p->each || strcmp(p->each, "signer") != 0))
		return diag_error(m->c->d, node_place(n, "from", 0), "record", "from=\"%s\" stands in a structure with each=\"signer\"", from);
	if (sources[i].value) {
		*v = sources[i].value(m, p->entry);
		return true;
	}
	if (p->group || m->document->page_property)
		return diag_error(m->c->d, node_place(n, "from", 0), "record", "from=\"%s\" stands in one property, outside structures", from);
	m->document->page_property = node_attribute(n, "name");
	m->document->page_digits = max;
	return true;
}

static bool add_property(struct maker *m, const struct node *n, const struct position *p)
{
	static const char *const allowed[] = { "name", "label", "is", "max", "attribute", "text", "from", NULL };
	static const char *const kinds[] = { "text", "number", "date", NULL };
	const char *name = node_need(n, "name", m->c->d);
	const char *label = node_need(n, "label", m->c->d);
	struct known v = { NULL, { 0 } };
	size_t max = read_max(m, n);
	size_t n_error = m->c->d->n_error;
	int kind = node_choice(n, "is", kinds, PROPERTY_TEXT, m->c->d);

	if (!node_check_attributes(n, allowed, m->c->d) || !name || !label || !max || m->c->d->n_error > n_error
		|| !find_value(m, n, p, max, &v))
		return false;
	if (!v.text || !*v.text)
		return true;
	if (!fits(m, label, (enum property_kind)kind, max, v))
		return false;
	*ARENA_PUSH(m->c->a, m->list, m->n, &m->cap) = (struct record_property){ p->group, p->entry, name, v.text };
	return true;
}

/* ---- names ---- */

static bool is_property_name(const char *s)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

	return *s >= 'A' && *s <= 'Z' && strspn(s, letters) == strlen(s);
}

static bool check_name(struct maker *m, const struct node *n, const char *name)
{
	if (is_property_name(name) && strlen(name) <= NAME_MAX)
		return true;
	return diag_error(m->c->d, node_place(n, "name", 0), "record",
		"name=\"%.*s\" is no name of a property: a capital letter, then letters without marks, %d at most",
		(int)utf8_cut(name, strlen(name), NAME_MAX + 1), name, NAME_MAX);
}

/* That of the structure and its own make one name. */
static bool claim_name(struct maker *m, struct map *names, const char *group, const struct node *n)
{
	const char *own = node_is(n, "property") ? node_attribute(n, "name") : NULL;
	const char *name;

	if (!own)
		return true; /* said where properties are made */
	if (!check_name(m, n, own))
		return false;
	name = arena_printf(m->c->a, "%s%s", group, own);
	if (strlen(name) > NAME_MAX)
		return diag_error(m->c->d, node_place(n, "name", 0), "record",
			"%s is longer than %d letters, with the name of the structure; choose a shorter name", name, NAME_MAX);
	return map_add(names, name, 0, NULL)
		|| diag_error(m->c->d, node_place(n, "name", 0), "duplicate",
			"there is a property %s already, with the name of its structure; choose another name", name);
}

static bool claim_names(struct maker *m, const struct node *root)
{
	struct map names;
	bool ok = true;

	map_init(&names, m->c->a);
	for (const struct node *n = root->child; n; n = n->next) {
		const char *group = node_is(n, "structure") ? node_attribute(n, "name") : NULL;

		ok = claim_name(m, &names, "", n) && ok;
		if (!group)
			continue;
		ok = check_name(m, n, group) && ok;
		for (const struct node *member = n->child; member; member = member->next)
			ok = claim_name(m, &names, group, member) && ok;
	}
	return ok;
}

/* ---- the list ---- */

static size_t count_entries(const struct maker *m, const char *each)
{
	const struct job *job = m->c->job;
	size_t n = 0;

	if (!each)
		return 1;
	if (!strcmp(each, "signer"))
		return job->n_signer;
	for (size_t i = 0; i < job->n_record; i++)
		n = job->record[i].to > n ? job->record[i].to : n;
	return n;
}

static bool add_properties(struct maker *m, const struct node *parent, const struct position *p)
{
	static const char *const elements[] = { "property", NULL };
	bool ok = true;

	for (const struct node *n = parent->child; n; n = n->next)
		if (node_is(n, "property"))
			ok = add_property(m, n, p) && ok;
		else if (!node_is_blank(n))
			ok = node_unknown(n, elements, m->c->d);
	return ok;
}

static bool add_structure(struct maker *m, const struct node *n)
{
	static const char *const allowed[] = { "name", "each", NULL };
	static const char *const eachs[] = { "signer", "to", NULL };
	struct position p = { node_need(n, "name", m->c->d), node_attribute(n, "each"), 0 };
	size_t n_error = m->c->d->n_error;
	bool ok = node_check_attributes(n, allowed, m->c->d) && p.group;
	size_t n_entry;

	node_choice(n, "each", eachs, 0, m->c->d);
	if (!ok || m->c->d->n_error > n_error)
		return false;
	n_entry = count_entries(m, p.each);
	for (; ok && p.entry < n_entry; p.entry++)
		ok = add_properties(m, n, &p);
	return ok;
}

/* In the order of the file: members of a structure stand together. */
static bool add_all(struct maker *m, const struct node *root)
{
	static const char *const none[] = { NULL };
	static const char *const elements[] = { "property", "structure", NULL };
	static const struct position alone = { NULL, NULL, 0 };
	bool ok = node_check_attributes(root, none, m->c->d);

	for (const struct node *n = root->child; n; n = n->next)
		if (node_is(n, "property"))
			ok = add_property(m, n, &alone) && ok;
		else if (node_is(n, "structure"))
			ok = add_structure(m, n) && ok;
		else if (!node_is_blank(n))
			ok = node_unknown(n, elements, m->c->d);
	return ok;
}

void record_add(struct composer *c, struct library *library, struct document *doc)
{
	struct maker m = { .c = c, .document = doc };
	struct library_file file;
	const struct node *root;

	if (!library_find(library, "records", record_name, c->job->at, &file, c->d))
		return;
	root = library_tree(library, &file, "record", record_space, c->a, c->d);
	if (!root || !claim_names(&m, root) || !add_all(&m, root))
		return;
	doc->record = m.list;
	doc->n_record = m.n;
}
