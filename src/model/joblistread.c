/* The elements of a job that is one document for each area of a list: <areas> with <figure>, <summary>. */
#include "model/joblist.h"

#include "base/file.h"
#include "model/jobreader.h"

#include <string.h>

static void read_figure(struct job_reader *r, const struct node *n, struct job_list *list)
{
	static const char *const allowed[] = { "table", "column", "label", NULL };
	struct list_figure f = { .at = n->at };

	job_check_attributes(r, n, allowed);
	f.table = job_need_text(r, n, "table");
	f.column = job_need_text(r, n, "column");
	f.label = job_need_text(r, n, "label");
	if (list->n_figure == LIST_FIGURES_MAX)
		r->ok = diag_error(r->diags, n->at, "limit", "a list of areas has at most %d <figure>", LIST_FIGURES_MAX);
	else
		list->figure[list->n_figure++] = f;
}

static void read_figures(struct job_reader *r, const struct node *n, struct job_list *list)
{
	static const char *const children[] = { "header", "figure", NULL };

	for (const struct node *c = n->child; c; c = c->next)
		if (node_is(c, "figure"))
			read_figure(r, c, list);
		else if (!node_is_blank(c) && !node_is(c, "header"))
			r->ok = node_unknown(c, children, r->diags);
}

static void read_areas(struct job_reader *r, const struct node *n, struct job_list *list)
{
	static const char *const allowed[] = { "id", "dataset", "href", "rows", "sheet", "encoding", NULL };
	struct source *s = &list->source;
	const char *id;

	job_check_attributes(r, n, allowed);
	*s = (struct source){ .id = "areas", .at = n->at, .spares = true, .period_year = r->job->period.year };
	id = job_need_text(r, n, "id");
	if (id && list->each && strcmp(id, list->each) != 0)
		r->ok = diag_error(r->diags, node_place(n, "id", 0), "for-each", "this list is called '%s', but the job is for-each=\"%s\"", id,
			list->each);
	s->dataset = job_need_text(r, n, "dataset");
	job_find_source(r, n, "href", s);
	s->rows = job_optional_text(r, n, "rows");
	s->sheet = job_optional_text(r, n, "sheet");
	s->encoding = job_optional_text(r, n, "encoding");
	job_read_list_header(r, n, s);
	read_figures(r, n, list);
}

static const struct node *find_areas(struct job_reader *r, const struct node *root)
{
	const struct node *areas = NULL;

	for (const struct node *c = root->child; c; c = c->next)
		if (node_is(c, "areas") && !areas)
			areas = c;
	if (!areas)
		r->ok = diag_error(r->diags, root->at, "missing-element", "<job> needs <%s>", "areas");
	return areas;
}

static void read_summary(struct job_reader *r, const struct node *n, struct job_list *list)
{
	static const char *const allowed[] = { "href", "field", NULL };
	struct list_summary s = { .at = n->at, .field_at = node_place(n, "field", 0) };
	struct source file = { 0 };

	job_check_attributes(r, n, allowed);
	job_find_source(r, n, "href", &file);
	s.path = file.shown;
	s.field = job_need_text(r, n, "field");
	if (file.href && strchr(file.href, '/'))
		r->ok = diag_error(r->diags, node_place(n, "href", 0), "summary", "'%s' is not in the folder of this job; put it beside it", file.href);
	else if (list->below)
		r->ok = diag_error(r->diags, n->at, "summary", "a summary has no summaries of its own; write all of them into the job of the areas");
	else if (list->n_summary == LIST_SUMMARIES_MAX)
		r->ok = diag_error(r->diags, n->at, "limit", "a job has at most %d <summary>", LIST_SUMMARIES_MAX);
	else
		list->summary[list->n_summary++] = s;
}

static void read_summaries(struct job_reader *r, struct job_list *list)
{
	for (const struct node *c = list->root->child; c; c = c->next)
		if (node_is(c, "summary"))
			read_summary(r, c, list);
}

bool job_list_read(const char *path, const char *below, struct library *library, struct arena *a, struct job_list *list,
	struct diags *d)
{
	struct job job = { .path = path, .dir = file_dir(path, a) };
	struct job_reader r = { .job = &job, .library = library, .arena = a, .diags = d, .ok = true };
	const struct node *areas;

	*list = (struct job_list){ .path = path, .dir = job.dir, .below = below, .folder = LIST_SUMMARY_DIR };
	list->root = node_read(path, path, "job", job_space, a, d);
	if (!list->root)
		return false;
	if (!node_attribute(list->root, "for-each"))
		return diag_error(d, list->root->at, "for-each",
			"this job is one document; make it with kehoach build, or write <job for-each=\"...\"> and a list of <areas>");
	list->each = job_need_text(&r, list->root, "for-each");
	job_read_head(&r, list->root);
	list->id = job.id;
	library_use(library, path, file_name(path));
	library_add_job(library, file_join(job.dir, "templates", a));
	areas = find_areas(&r, list->root);
	if (areas)
		read_areas(&r, areas, list);
	read_summaries(&r, list);
	return r.ok;
}
