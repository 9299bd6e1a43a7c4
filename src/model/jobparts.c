/* What a job says of its document beside figures: audit, plan, workbook, form, who signs, record. */
#include "model/jobreader.h"

#include "base/file.h"

#include <string.h>

enum {
	WAIVERS_MAX = 1000,
	RECORD_TO_MAX = 200,
};

/* ---- the audit ---- */

static void read_waiver(struct job_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "rule", "place", "reason", "name", "until", NULL };
	struct waiver w = { .at = n->at };
	const char *until;

	job_check_attributes(r, n, allowed);
	w.rule = job_need_text(r, n, "rule");
	w.place = job_need_text(r, n, "place");
	w.reason = job_need_text(r, n, "reason");
	w.name = job_need_text(r, n, "name");
	until = job_need_text(r, n, "until");
	if (until && (!date_parse(until, &w.until) || !w.until.day))
		r->ok = diag_error(r->diags, node_place(n, "until", 0), "date", "'%s' is no day; write it as 2024-01-31", until);
	if (r->job->n_waiver == WAIVERS_MAX)
		r->ok = diag_error(r->diags, n->at, "limit", "a job has at most %d <waive>", WAIVERS_MAX);
	else
		*ARENA_PUSH(r->arena, r->job->waiver, r->job->n_waiver, &r->cap_waiver) = w;
}

void job_read_audit(struct job_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "published", "severity", NULL };
	static const char *const children[] = { "waive", NULL };
	static const char *const severities[] = { "warning", "note", "error", NULL };
	static const enum severity meant[] = { DIAG_WARNING, DIAG_NOTE, DIAG_ERROR };

	job_check_attributes(r, n, allowed);
	r->job->has_audit = true;
	r->job->audit_severity = meant[job_read_choice(r, n, "severity", severities)];
	if (node_attribute(n, "published"))
		job_read_own_source(r, n, "published", DATASET_PUBLISHED);
	for (const struct node *c = n->child; c; c = c->next)
		if (node_is(c, "waive"))
			read_waiver(r, c);
		else if (!node_is_blank(c))
			r->ok = node_unknown(c, children, r->diags);
}

void job_read_plan(struct job_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "href", "template", NULL };
	const char *href = job_optional_text(r, n, "href");
	struct job *job = r->job;

	job_check_attributes(r, n, allowed);
	job->plan_template = job_optional_text(r, n, "template");
	if (!href == !job->plan_template) {
		r->ok = diag_error(r->diags, n->at, "missing-attribute",
			"<plan> needs either href (the office's own text) or template");
		return;
	}
	if (!href)
		return;
	job->plan_shown = file_join(job->dir, href, r->arena);
	if (!job_find_file(r, n, "href", href, &job->plan_path))
		r->ok = false;
	else if (job->plan_path)
		library_use(r->library, job->plan_path, href);
}

/* Names divided by white space, each once. */
void job_read_workbook(struct job_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "tables", NULL };
	const char *tables = job_need_text(r, n, "tables");
	struct origin *at;
	const char **name;
	char *rest = NULL;
	char *list;
	struct map seen;
	size_t n_name = 0;

	job_check_attributes(r, n, allowed);
	if (!tables)
		return;
	map_init(&seen, r->arena);
	list = arena_text(r->arena, node_attribute(n, "tables"));
	name = ARENA_ARRAY(r->arena, strlen(list) / 2 + 2, const char *);
	at = ARENA_ARRAY(r->arena, strlen(list) / 2 + 2, struct origin);
	for (char *s = strtok_r(list, " \t\r\n", &rest); s; s = strtok_r(NULL, " \t\r\n", &rest)) {
		at[n_name] = node_place(n, "tables", (size_t)(s - list));
		if (!job_is_name(s))
			r->ok = diag_error(r->diags, at[n_name], "name",
				"'%s' is no name of a template (%s); names have only a-z, 0-9 and '-'", s, "tables");
		if (!map_add(&seen, s, 0, NULL))
			r->ok = diag_error(r->diags, at[n_name], "duplicate",
				"the table '%s' is named twice; name it once", s);
		name[n_name++] = s;
	}
	r->job->workbook = name;
	r->job->workbook_at = at;
}

void job_read_form(struct job_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "name", NULL };

	job_check_attributes(r, n, allowed);
	r->job->form = job_need_text(r, n, "name");
}

void job_read_signer(struct job_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "authority", "title", "name", NULL };
	struct signer s = { 0 };
	const char *title;

	job_check_attributes(r, n, allowed);
	s.authority = job_need_text(r, n, "authority");
	title = job_need_text(r, n, "title");
	s.title = title ? job_lines_of(title, r->arena) : NULL;
	s.name = job_need_text(r, n, "name");
	*ARENA_PUSH(r->arena, r->job->signer, r->job->n_signer, &r->cap_signer) = s;
}

static bool is_level(const char *level)
{
	static const char *const levels[] = { "b", "t", "lt", "lta" };

	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
		if (!strcmp(level, levels[i]))
			return true;
	return false;
}

static void check_sign(struct job_reader *r, const struct job_sign *s, const struct job_sign *other, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(other[i].field, s->field))
			r->ok = diag_error(r->diags, s->at, "duplicate", "the field %s is signed by another <sign> already; a field is signed once",
				s->field);
}

/* The office gives it a number when it is issued. */
static void read_brief_sign(struct job_reader *r, const struct job_sign *s)
{
	if (!strcmp(s->field, "seal"))
		r->ok = diag_error(r->diags, s->at, "blank",
			"a brief has no number before it is issued, so it cannot be sealed when it is made; take this <sign> out, and seal it with "
			"kehoach sign --field seal --number");
	check_sign(r, s, r->job->brief_sign, r->job->n_brief_sign);
	*ARENA_PUSH(r->arena, r->job->brief_sign, r->job->n_brief_sign, &r->cap_brief_sign) = *s;
}

void job_read_sign(struct job_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "field", "level", "of", NULL };
	const char *of = node_attribute(n, "of");
	struct job_sign s = { .at = n->at };

	job_check_attributes(r, n, allowed);
	s.field = job_need_text(r, n, "field");
	s.level = job_need_text(r, n, "level");
	if (!s.field || !s.level)
		return;
	if (!is_level(s.level))
		r->ok = diag_error(r->diags, node_place(n, "level", 0), "format", "level is b, t, lt or lta, found '%s'", s.level);
	if (of && !strcmp(of, "progress")) {
		read_brief_sign(r, &s);
		return;
	}
	if (of && strcmp(of, "plan") != 0)
		r->ok = diag_error(r->diags, node_place(n, "of", 0), "format", "of is plan or progress, found '%s'", of);
	check_sign(r, &s, r->job->sign, r->job->n_sign);
	*ARENA_PUSH(r->arena, r->job->sign, r->job->n_sign, &r->cap_sign) = s;
}

/* ---- the record ---- */

/* What the attributes say, each for the property that takes it. */
static void read_words(struct job_reader *r, const struct node *n, const char *const *attribute, size_t to)
{
	job_check_attributes(r, n, attribute);
	for (; *attribute; attribute++) {
		const char *text = node_attribute(n, *attribute) ? job_need_text(r, n, *attribute) : NULL;

		if (text)
			*ARENA_PUSH(r->arena, r->job->record, r->job->n_record, &r->cap_record)
				= (struct record_word){ *attribute, to, text, node_place(n, *attribute, 0) };
	}
}

void job_read_record(struct job_reader *r, const struct node *n)
{
	static const char *const attributes[] = { "organ-id", "file-catalog", "file-notation", "ordinal", "description", "priority",
		"issued-amount", "due-date", NULL };
	static const char *const to_attributes[] = { "organ-id", "name", NULL };
	static const char *const children[] = { "to", NULL };
	static const char *const none[] = { NULL };
	size_t n_to = 0;

	read_words(r, n, attributes, 0);
	for (const struct node *c = n->child; c; c = c->next) {
		if (node_is(c, "to") && n_to < RECORD_TO_MAX)
			read_words(r, c, to_attributes, ++n_to);
		else if (node_is(c, "to"))
			r->ok = diag_error(r->diags, c->at, "limit", "a record has at most %d <to>", RECORD_TO_MAX);
		else if (!node_is_blank(c))
			r->ok = node_unknown(c, children, r->diags);
		for (const struct node *within = node_is(c, "to") ? c->child : NULL; within; within = within->next)
			if (!node_is_blank(within))
				r->ok = node_unknown(within, none, r->diags);
	}
}

/* The list that the job was filled in from: joblist.c reads it. */
