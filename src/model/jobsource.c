/* The sources of a job: <source>, <crosswalk>, and what <areas> and <returns> say in the same words. */
#include "model/jobreader.h"

#include "base/file.h"

#include <limits.h>
#include <string.h>

enum {
	ROW_DIGITS = 7, /* of a row of a sheet */
};

void job_read_numbers(struct job_reader *r, const struct node *n, struct source *s)
{
	static const char *const decimals[] = { ",", ".", NULL };
	static const char *const rates[] = { "percent", "fraction", NULL };

	s->decimal_said = node_attribute(n, "decimal") != NULL;
	s->decimal_point = job_read_choice(r, n, "decimal", decimals) == 1;
	if (node_attribute(n, "rates"))
		s->rates = job_read_choice(r, n, "rates", rates) ? RATES_FRACTION : RATES_PERCENT;
}

void job_read_by(struct job_reader *r, const struct node *n, struct source *s)
{
	s->by = job_optional_text(r, n, "by");
	s->by_at = node_place(n, "by", 0);
	if (s->by && !r->instance)
		r->ok = diag_error(r->diags, s->by_at, "for-each", "by=\"%s\" divides a source among the areas of a list, and this job has none; "
			"take it out, or write <job for-each=\"...\"> and <areas>", s->by);
}

static enum source_sums read_sums(struct job_reader *r, const struct node *n)
{
	static const char *const sums[] = { "data", "groups", NULL };

	if (!node_attribute(n, "sums"))
		return SUMS_UNSAID;
	return job_read_choice(r, n, "sums", sums) ? SUMS_GROUPS : SUMS_DATA;
}

/* Digits of a row at *s, which moves behind them; 0: there is none. */
static unsigned take_row(const char **s)
{
	unsigned row = 0;
	size_t n = strspn(*s, "0123456789");

	for (size_t i = 0; i < n && n <= ROW_DIGITS; i++)
		row = row * 10 + (unsigned)((*s)[i] - '0');
	*s += n;
	return n > ROW_DIGITS ? UINT_MAX : row;
}

/* <header rows="3-5"/> */
static void read_header(struct job_reader *r, const struct node *n, struct source *s)
{
	static const char *const allowed[] = { "rows", NULL };
	const char *rows = job_need_text(r, n, "rows");
	const char *p = rows;

	job_check_attributes(r, n, allowed);
	if (s->header_first)
		r->ok = diag_error(r->diags, n->at, "duplicate", "a source has at most one <header>");
	if (!rows)
		return;
	s->header_at = node_place(n, "rows", 0);
	s->header_first = s->header_last = take_row(&p);
	if (*p == '-') {
		p++;
		s->header_last = take_row(&p);
	}
	if (*p || !s->header_first || s->header_last < s->header_first)
		r->ok = diag_error(r->diags, s->header_at, "header", "rows=\"%s\" is no row or range of rows; write 3 or 3-5", rows);
	else if (s->header_last > DATA_HEADER_WITHIN)
		r->ok = diag_error(r->diags, s->header_at, "header",
			"rows=\"%s\": a header stands in the first %d rows; delete rows above it", rows, DATA_HEADER_WITHIN);
	else if (s->header_last - s->header_first >= DATA_HEADER_SAID_MAX)
		r->ok = diag_error(r->diags, s->header_at, "header",
			"rows=\"%s\": a header has at most %d rows, with those of units and of column numbers", rows, DATA_HEADER_SAID_MAX);
}

void job_read_source_children(struct job_reader *r, const struct node *n, struct source *s)
{
	static const char *const children[] = { "header", NULL };
	static const char *const none[] = { NULL };

	for (const struct node *c = n->child; c; c = c->next) {
		if (node_is(c, "header"))
			read_header(r, c, s);
		else if (!node_is_blank(c))
			r->ok = node_unknown(c, children, r->diags);
		for (const struct node *within = node_is(c, "header") ? c->child : NULL; within; within = within->next)
			if (!node_is_blank(within))
				r->ok = node_unknown(within, none, r->diags);
	}
}

void job_read_list_header(struct job_reader *r, const struct node *n, struct source *s)
{
	for (const struct node *c = n->child; c; c = c->next)
		if (node_is(c, "header"))
			read_header(r, c, s);
}

bool job_find_file(struct job_reader *r, const struct node *n, const char *attribute, const char *href, const char **path)
{
	struct origin at = node_place(n, attribute, 0);

	if (r->may_lack)
		return file_may_be_within(r->job->dir, href, at, r->arena, path, r->diags);
	return file_within(r->job->dir, href, at, r->arena, path, r->diags);
}

/* The file that an attribute names. */
void job_find_source(struct job_reader *r, const struct node *n, const char *attribute, struct source *s)
{
	s->href = job_need_text(r, n, attribute);
	if (!s->href)
		return;
	r->ok = job_find_file(r, n, attribute, s->href, &s->path) && r->ok;
	s->shown = file_join(r->job->dir, s->href, r->arena);
}

static void claim_id(struct job_reader *r, const char *id, struct origin at)
{
	if (!map_add(&r->ids, id, r->job->n_source, NULL))
		r->ok = diag_error(r->diags, at, "duplicate", "there is a source '%s' already", id);
}

static void add_source(struct job_reader *r, struct source s)
{
	if (r->instance && r->job->n_source < r->instance->n_feed)
		s.feed = r->instance->feed[r->job->n_source];
	if (s.feed == NULL && r->instance && r->instance->counted && r->job->n_source < r->instance->n_feed)
		s.counted = r->instance->counted[r->job->n_source];
	*ARENA_PUSH(r->arena, r->job->source, r->job->n_source, &r->cap_source) = s;
}

/* The year its areas and its headers are of. */
static int source_year(struct job_reader *r, const struct node *n, enum source_role role)
{
	const char *value = job_optional_text(r, n, "period");
	struct date date;

	if (value && (!date_parse(value, &date) || date.month)) {
		r->ok = diag_error(r->diags, node_place(n, "period", 0), "period", "period=\"%s\" is no year; write 2024", value);
		value = NULL;
	}
	if (value)
		return date.year;
	return r->job->period.year - (role == SOURCE_PREVIOUS && r->job->period.year > 1);
}

/* A source whose rows are counted. */
static void read_register(struct job_reader *r, const struct node *n, struct source *s)
{
	const char *level = job_optional_text(r, n, "level");

	s->reg = job_optional_text(r, n, "register");
	s->level = 1;
	if (s->reg && !job_is_name(s->reg))
		r->ok = diag_error(r->diags, node_place(n, "register", 0), "name", "'%s' is no name of a dataset; names have only a-z, 0-9 and '-'",
			s->reg);
	if (level && !s->reg)
		r->ok = diag_error(r->diags, node_place(n, "level", 0), "value", "only a source with register=\"...\" has a level");
	else if (level && (*level < '1' || *level > '0' + SOURCE_LEVEL_MAX || level[1]))
		r->ok = diag_error(r->diags, node_place(n, "level", 0), "value",
			"level is a digit from 1 to %d: 1 for the areas right below the job's own, 2 for those below these", SOURCE_LEVEL_MAX);
	else if (level)
		s->level = (unsigned)(*level - '0');
}

/* The file of a source's rows; of a summary they may be what came of the areas below. */
static void find_rows(struct job_reader *r, const struct node *n, struct source *s)
{
	const char *attribute = node_attribute(n, "totals") ? "totals" : "list";

	if (!node_attribute(n, attribute)) {
		job_find_source(r, n, "href", s);
		return;
	}
	s->totals = job_optional_text(r, n, "totals");
	s->list = job_optional_text(r, n, "list");
	s->href = s->path = JOB_BELOW;
	s->shown = r->instance && r->instance->below ? r->instance->below : JOB_BELOW;
	if (node_attribute(n, "href") || !s->totals == !s->list)
		r->ok = diag_error(r->diags, n->at, "summary", "a source has one of: href, a file; totals, a table of the areas below; list, of these areas");
	else if (!r->instance || !r->instance->below)
		r->ok = diag_error(r->diags, node_place(n, attribute, 0), "summary",
			"%s=\"...\" is for the <summary> of a job for each area of a list; name a file with href", attribute);
}

/* Figures of a register are those of its dataset, whole: a second source of it would never be looked at. */
static void check_register(struct job_reader *r, const struct source *s)
{
	for (size_t i = 0; s->dataset && i < r->job->n_source; i++) {
		const struct source *other = &r->job->source[i];

		if ((s->reg || other->reg) && other->role == s->role && other->dataset && !strcmp(other->dataset, s->dataset))
			r->ok = diag_error(r->diags, s->at, "duplicate",
				"the source '%s' gives the dataset '%s' already, and beside a register no other source may; put the rows into one file, or count "
				"them for a dataset of their own", other->id ? other->id : "", s->dataset);
	}
}

void job_read_source(struct job_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "id", "dataset", "href", "role", "decimal", "rates", "rows",
		"sheet", "encoding", "period", "areas", "sums", "register", "level", "by", "totals", "list", NULL };
	static const char *const roles[] = {
		[SOURCE_CURRENT] = "current",
		[SOURCE_PREVIOUS] = "previous",
		[SOURCE_PLAN] = "plan",
		NULL,
	};
	static const char *const areas[] = { "shared", "own", NULL };
	struct source s = { .at = n->at };

	job_check_attributes(r, n, allowed);
	s.id = job_need_text(r, n, "id");
	if (s.id && !job_is_name(s.id))
		r->ok = diag_error(r->diags, node_place(n, "id", 0), "name",
			"'%s' is no id; ids have only a-z, 0-9 and '-'", s.id);
	if (s.id)
		claim_id(r, s.id, node_place(n, "id", 0));
	s.dataset = job_need_text(r, n, "dataset");
	read_register(r, n, &s);
	find_rows(r, n, &s);
	s.role = (enum source_role)job_read_choice(r, n, "role", roles);
	job_read_numbers(r, n, &s);
	s.own_areas = job_read_choice(r, n, "areas", areas) == 1;
	s.sums = read_sums(r, n);
	s.rows = job_optional_text(r, n, "rows");
	s.sheet = job_optional_text(r, n, "sheet");
	s.encoding = job_optional_text(r, n, "encoding");
	job_read_by(r, n, &s);
	s.period_year = source_year(r, n, s.role);
	check_register(r, &s);
	job_read_source_children(r, n, &s);
	add_source(r, s);
}

/* A source whose dataset goes without saying. */
void job_read_own_source(struct job_reader *r, const struct node *n, const char *attribute, const char *dataset)
{
	struct source s = { .id = dataset, .dataset = dataset, .at = n->at, .period_year = r->job->period.year };

	claim_id(r, dataset, n->at);
	job_find_source(r, n, attribute, &s);
	s.sheet = job_optional_text(r, n, "sheet");
	s.encoding = job_optional_text(r, n, "encoding");
	add_source(r, s);
}

void job_read_crosswalk(struct job_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "href", "sheet", "encoding", NULL };

	job_check_attributes(r, n, allowed);
	job_read_own_source(r, n, "href", DATASET_CROSSWALK);
}
