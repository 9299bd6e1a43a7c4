#include "model/jobreader.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"

#include <limits.h>
#include <string.h>

enum {
	SOURCES_MAX = 64,
	SIGNERS_MAX = 8,
	SIGNS_MAX = 16,
	WAIVERS_MAX = 1000,
	RECORD_TO_MAX = 200,
	NUMBER_MAX = 6, /* digits of a document's number */
	ROW_DIGITS = 7, /* of a row of a sheet */
};

const char job_space[] = "urn:kehoach:job:1";

/* Text in the arena, trimmed, lines divided by '|' divided by newlines. */
static const char *lines_of(const char *s, struct arena *a)
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

static int read_choice(struct job_reader *r, const struct node *n, const char *attribute, const char *const *word)
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
		job->agency_head = lines_of(head, r->arena);
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

void job_read_numbers(struct job_reader *r, const struct node *n, struct source *s)
{
	static const char *const decimals[] = { ",", ".", NULL };
	static const char *const rates[] = { "percent", "fraction", NULL };

	s->decimal_said = node_attribute(n, "decimal") != NULL;
	s->decimal_point = read_choice(r, n, "decimal", decimals) == 1;
	if (node_attribute(n, "rates"))
		s->rates = read_choice(r, n, "rates", rates) ? RATES_FRACTION : RATES_PERCENT;
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
	return read_choice(r, n, "sums", sums) ? SUMS_GROUPS : SUMS_DATA;
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

static bool find_file(struct job_reader *r, const struct node *n, const char *attribute, const char *href, const char **path)
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
	r->ok = find_file(r, n, attribute, s->href, &s->path) && r->ok;
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

static void read_source(struct job_reader *r, const struct node *n)
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
	s.role = (enum source_role)read_choice(r, n, "role", roles);
	job_read_numbers(r, n, &s);
	s.own_areas = read_choice(r, n, "areas", areas) == 1;
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
static void read_own_source(struct job_reader *r, const struct node *n, const char *attribute, const char *dataset)
{
	struct source s = { .id = dataset, .dataset = dataset, .at = n->at, .period_year = r->job->period.year };

	claim_id(r, dataset, n->at);
	job_find_source(r, n, attribute, &s);
	s.sheet = job_optional_text(r, n, "sheet");
	s.encoding = job_optional_text(r, n, "encoding");
	add_source(r, s);
}

static void read_crosswalk(struct job_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "href", "sheet", "encoding", NULL };

	job_check_attributes(r, n, allowed);
	read_own_source(r, n, "href", DATASET_CROSSWALK);
}

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

static void read_audit(struct job_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "published", "severity", NULL };
	static const char *const children[] = { "waive", NULL };
	static const char *const severities[] = { "warning", "note", "error", NULL };
	static const enum severity meant[] = { DIAG_WARNING, DIAG_NOTE, DIAG_ERROR };

	job_check_attributes(r, n, allowed);
	r->job->has_audit = true;
	r->job->audit_severity = meant[read_choice(r, n, "severity", severities)];
	if (node_attribute(n, "published"))
		read_own_source(r, n, "published", DATASET_PUBLISHED);
	for (const struct node *c = n->child; c; c = c->next)
		if (node_is(c, "waive"))
			read_waiver(r, c);
		else if (!node_is_blank(c))
			r->ok = node_unknown(c, children, r->diags);
}

static void read_plan(struct job_reader *r, const struct node *n)
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
	if (!find_file(r, n, "href", href, &job->plan_path))
		r->ok = false;
	else if (job->plan_path)
		library_use(r->library, job->plan_path, href);
}

/* Names divided by white space, each once. */
static void read_workbook(struct job_reader *r, const struct node *n)
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

static void read_form(struct job_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "name", NULL };

	job_check_attributes(r, n, allowed);
	r->job->form = job_need_text(r, n, "name");
}

static void read_signer(struct job_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "authority", "title", "name", NULL };
	struct signer s = { 0 };
	const char *title;

	job_check_attributes(r, n, allowed);
	s.authority = job_need_text(r, n, "authority");
	title = job_need_text(r, n, "title");
	s.title = title ? lines_of(title, r->arena) : NULL;
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

static void read_sign(struct job_reader *r, const struct node *n)
{
	static const char *const allowed[] = { "field", "level", NULL };
	struct job_sign s = { .at = n->at };

	job_check_attributes(r, n, allowed);
	s.field = job_need_text(r, n, "field");
	s.level = job_need_text(r, n, "level");
	if (!s.field || !s.level)
		return;
	if (!is_level(s.level))
		r->ok = diag_error(r->diags, node_place(n, "level", 0), "format", "level is b, t, lt or lta, found '%s'", s.level);
	for (size_t i = 0; i < r->job->n_sign; i++)
		if (!strcmp(r->job->sign[i].field, s.field))
			r->ok = diag_error(r->diags, n->at, "duplicate", "the field %s is signed by another <sign> already; a field is signed once",
				s.field);
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

static void read_record(struct job_reader *r, const struct node *n)
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
	{ "source", read_source, 0, SOURCES_MAX, true },
	{ "returns", job_read_returns, 0, JOB_RETURNS_MAX, true },
	{ "progress", job_read_progress, 0, 1, true },
	{ "crosswalk", read_crosswalk, 0, 1, false },
	{ "plan", read_plan, 1, 1, false },
	{ "workbook", read_workbook, 0, 1, false },
	{ "audit", read_audit, 0, 1, true },
	{ "form", read_form, 0, 1, false },
	{ "record", read_record, 0, 1, true },
	{ "signer", read_signer, 0, SIGNERS_MAX, false },
	{ "sign", read_sign, 0, SIGNS_MAX, false },
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
	r->job->rounding = (enum rounding)read_choice(r, root, "rounding", roundings);
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
