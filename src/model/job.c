#include "model/jobreader.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"

#include <string.h>

enum {
	SOURCES_MAX = 64,
	SIGNERS_MAX = 8,
	SIGNS_MAX = 16,
	NUMBER_MAX = 6, /* digits of a document's number */
};

const char job_space[] = "urn:kehoach:job:1";

/* Text in the arena, trimmed, lines divided by '|' divided by newlines. */
const char *job_lines_of(const char *s, struct arena *a)
{
	struct buf b = { 0 };
	const char *lines;

	while (s) {
		size_t len = strcspn(s, "|");
		const char *line = s;
		size_t n = len;

		utf8_trim(&line, &n);
		if (b.n)
			buf_putc(&b, '\n');
		buf_put(&b, line, n);
		s = s[len] ? s + len + 1 : NULL;
	}
	lines = arena_slice(a, b.text ? b.text : "", b.n);
	buf_clear(&b);
	return lines;
}

/* Trimmed; lines and tabs that a reference keeps ("&#10;") are spaces, as those that are typed are: what is printed in one
 * line, and said in one line of the file's properties. */
static const char *in_one_line(struct job_reader *r, const char *s)
{
	size_t n = strlen(s);
	char *line;
	size_t end = 0;

	utf8_trim(&s, &n);
	line = arena_slice(r->arena, s, n);
	for (size_t i = 0; i < n;) {
		size_t space = strspn(line + i, " \t\r\n");
		size_t plain = strspn(line + i, " ");

		if (space > plain)
			line[end++] = ' ';
		i += space > plain ? space : 0;
		line[end++] = line[i++];
	}
	line[end] = '\0';
	return line;
}

/* An attribute that must be there and say something; NULL after an error. */
const char *job_need_text(struct job_reader *r, const struct node *n, const char *name)
{
	const char *value = node_need(n, name, r->diags);
	const char *line = value ? in_one_line(r, value) : NULL;

	if (line && *line)
		return line;
	r->ok = false;
	if (value)
		diag_error(r->diags, node_place(n, name, 0), "value", "%s=\"\" says nothing", name);
	return NULL;
}

const char *job_optional_text(struct job_reader *r, const struct node *n, const char *name)
{
	const char *value = node_attribute(n, name);
	const char *line = value ? in_one_line(r, value) : NULL;

	return line && *line ? line : NULL;
}

bool job_is_name(const char *s)
{
	return *s && strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(s);
}

int job_read_choice(struct job_reader *r, const struct node *n, const char *attribute, const char *const *word)
{
	size_t n_error = r->diags->n_error;
	int i = node_choice(n, attribute, word, 0, r->diags);

	r->ok = r->ok && r->diags->n_error == n_error;
	return i;
}

void job_check_attributes(struct job_reader *r, const struct node *n, const char *const *allowed)
{
	r->ok = node_check_attributes(n, allowed, r->diags) && r->ok;
}

static void read_agency(struct job_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "name", "area", "head", "parent", "contact", NULL };
	const char *head = job_optional_text(r, n, "head");
	struct job *job = r->job;

	job_check_attributes(r, n, allowed);
	job->agency = job_need_text(r, n, "name");
	job->area = job_need_text(r, n, "area");
	job->parent = job_optional_text(r, n, "parent");
	job->contact = job_optional_text(r, n, "contact");
	if (head)
		job->agency_head = job_lines_of(head, r->arena);
	else if (job->area)
		job->agency_head = arena_printf(r->arena, "ỦY BAN NHÂN DÂN\n%s",
			utf8_upper(job->area, r->arena));
}

/* "" when it is left to the clerk; a number below 10 gets its zero. */
static const char *read_number(struct job_reader *r, const struct node *n)
{
	const char *value = job_optional_text(r, n, "number");
	const char *digits = value;

	if (!value)
		return "";
	digits += strspn(digits, "0");
	if (!*digits || strspn(value, "0123456789") != strlen(value)
		|| strlen(value) > NUMBER_MAX) {
		r->ok = diag_error(r->diags, node_place(n, "number", 0), "value",
			"number=\"%s\" is not the number of a document: at most %d digits", value,
			NUMBER_MAX);
		return "";
	}
	return arena_printf(r->arena, "%s%s", strlen(digits) < 2 ? "0" : "", digits);
}

static void read_document(struct job_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "number", "symbol", "place", "date", NULL };
	struct job *job = r->job;
	const char *date;

	job_check_attributes(r, n, allowed);
	job->number = read_number(r, n);
	job->symbol = job_need_text(r, n, "symbol");
	job->place = job_need_text(r, n, "place");
	date = job_need_text(r, n, "date");
	if (date && !date_parse(date, &job->date))
		r->ok = diag_error(r->diags, node_place(n, "date", 0), "date",
			"date=\"%s\" is no day; write it as 2024-01-31, or 2024-01 or 2024 with the rest left blank",
			date);
}

static void pass_areas(struct job_reader *r, const struct node *n)
{
	if (!r->instance)
		r->ok = diag_error(r->diags, n->at, "for-each", "<%s> needs <job for-each=\"...\">, one document for each area of a list", n->name);
}

/* What may stand in a job. */
static const struct {
	const char *name;
	void (*read)(struct job_reader *, const struct node *);
	unsigned least;
	unsigned most;
	bool reads_children; /* else it has none */
} elements[] = {
	{ "agency", read_agency, 1, 1, false },
	{ "document", read_document, 1, 1, false },
	{ "areas", pass_areas, 0, 1, true },
	{ "summary", pass_areas, 0, LIST_SUMMARIES_MAX, true },
	{ "source", job_read_source, 0, SOURCES_MAX, true },
	{ "returns", job_read_returns, 0, JOB_RETURNS_MAX, true },
	{ "progress", job_read_progress, 0, 1, true },
	{ "crosswalk", job_read_crosswalk, 0, 1, false },
	{ "plan", job_read_plan, 1, 1, false },
	{ "workbook", job_read_workbook, 0, 1, false },
	{ "audit", job_read_audit, 0, 1, true },
	{ "form", job_read_form, 0, 1, false },
	{ "record", job_read_record, 0, 1, true },
	{ "signer", job_read_signer, 0, SIGNERS_MAX, false },
	{ "sign", job_read_sign, 0, SIGNS_MAX, false },
};

enum { N_ELEMENT = sizeof elements / sizeof *elements };

static void read_element(struct job_reader *r, const struct node *n, unsigned seen[N_ELEMENT])
{
	static const char *const none[] = { NULL };
	const char *known[N_ELEMENT + 1] = { NULL };
	size_t i = 0;

	for (size_t k = 0; k < N_ELEMENT; k++)
		known[k] = elements[k].name;
	while (i < N_ELEMENT && !node_is(n, elements[i].name))
		i++;
	if (i == N_ELEMENT) {
		r->ok = node_unknown(n, known, r->diags);
		return;
	}
	if (++seen[i] > elements[i].most) {
		r->ok = diag_error(r->diags, n->at, "duplicate", "a job has at most %u <%s>",
			elements[i].most, n->name);
		return;
	}
	elements[i].read(r, n);
	for (const struct node *c = n->child; c && !elements[i].reads_children; c = c->next)
		if (!node_is_blank(c))
			r->ok = node_unknown(c, none, r->diags);
}

/* "2024" or "2024-05". */
static void read_period(struct job_reader *r, const struct node *root)
{
	const char *value = job_need_text(r, root, "period");
	struct date date;

	if (!value)
		return;
	if (strlen(value) > strlen("2024-05") || !date_parse(value, &date)) {
		r->ok = diag_error(r->diags, node_place(root, "period", 0), "period",
			"period=\"%s\" is no year or month; write 2024 or 2024-05", value);
		return;
	}
	r->job->period = (struct period){ .year = date.year, .month = date.month };
}

void job_read_head(struct job_reader *r, const struct node *root)
{
	r->job->at = root->at;
	r->job->id = job_need_text(r, root, "id");
	if (r->job->id && !job_is_name(r->job->id))
		r->ok = diag_error(r->diags, node_place(root, "id", 0), "name",
			"'%s' is no id; ids have only a-z, 0-9 and '-'", r->job->id);
	read_period(r, root);
}

/* Whether it is one document, as what is read is to be. */
static bool check_single(struct job_reader *r, const struct node *root)
{
	if (!r->instance && node_attribute(root, "for-each"))
		r->ok = diag_error(r->diags, node_place(root, "for-each", 0), "for-each",
			"this job is many documents, one for each area of a list; make them with kehoach batch");
	return r->ok;
}

static void read_root(struct job_reader *r, const struct node *root)
{
	static const char *const allowed[] = { "id", "period", "rounding", "for-each", NULL };
	static const char *const roundings[] = {
		[ROUND_HALF_UP] = "half-up",
		[ROUND_TRUNCATE] = "truncate",
		[ROUND_HALF_EVEN] = "half-even",
		NULL,
	};
	unsigned seen[N_ELEMENT] = { 0 };

	if (!check_single(r, root))
		return;
	job_check_attributes(r, root, allowed);
	job_read_head(r, root);
	r->job->rounding = (enum rounding)job_read_choice(r, root, "rounding", roundings);
	for (const struct node *c = root->child; c; c = c->next)
		if (!node_is_blank(c))
			read_element(r, c, seen);
	for (size_t i = 0; i < N_ELEMENT; i++)
		if (seen[i] < elements[i].least)
			r->ok = diag_error(r->diags, root->at, "missing-element", "<job> needs <%s>",
				elements[i].name);
}

struct date job_period_end(const struct job *job)
{
	return period_end(&job->period);
}

struct origin job_table_place(const struct job *job, const char *table)
{
	for (size_t i = 0; job->workbook_at && job->workbook[i]; i++)
		if (!strcmp(job->workbook[i], table))
			return job->workbook_at[i];
	return job->at;
}

static const struct job *read_job(struct job_reader *r, const char *path, const struct node *root)
{
	static const char *const no_table[] = { NULL };
	struct job *job = r->job = ARENA_NEW(r->arena, struct job);

	if (!root)
		return NULL;
	map_init(&r->ids, r->arena);
	job->path = arena_text(r->arena, path);
	job->dir = file_dir(path, r->arena);
	job->workbook = no_table;
	job->form = "nd30";
	job->audit_severity = DIAG_WARNING;
	job->plan_varies = r->instance && r->instance->plan_varies;
	job->returned = r->instance ? r->instance->returned : NULL;
	job->n_returned = r->instance ? r->instance->n_returned : 0;
	job->kept = r->instance ? r->instance->kept : NULL;
	job->n_kept = r->instance ? r->instance->n_kept : 0;
	library_use(r->library, path, file_name(path));
	library_add_job(r->library, file_join(job->dir, "templates", r->arena));
	r->ok = true;
	read_root(r, root);
	return r->ok ? job : NULL;
}

static const struct node *read_file(const char *path, struct arena *a, struct diags *d)
{
	return node_read(path, path, "job", job_space, a, d);
}

const struct job *job_read(const char *path, struct library *library, struct arena *a, struct diags *d)
{
	struct job_reader r = { .library = library, .arena = a, .diags = d };

	return read_job(&r, path, read_file(path, a, d));
}

const struct job *job_read_planned(const char *path, struct library *library, struct arena *a, struct diags *d)
{
	struct job_reader r = { .library = library, .arena = a, .diags = d, .may_lack = true };

	return read_job(&r, path, read_file(path, a, d));
}

const struct job *job_read_instance(const char *path, const struct job_instance *instance, struct library *library, struct arena *a,
	struct diags *d)
{
	struct job_reader r = { .library = library, .arena = a, .diags = d, .instance = instance };

	return read_job(&r, path, instance->root);
}
