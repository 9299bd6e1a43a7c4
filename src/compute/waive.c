/* Waivers: each holds for one finding, which all findings must be known for. */
#include "compute/audit.h"

#include "base/utf8.h"

#include <string.h>

enum fit { FIT_NONE, FIT_WITHIN, FIT_EXACT };

/* ---- places ---- */

/* As messages print it: "fixtures/x/chi-tieu.csv:9:5"; the name of the file does without its folders. */
static bool is_origin(const char *waived, struct origin at, struct arena *a)
{
	const char *origin = origin_text(at, a);
	size_t n = strlen(waived);
	size_t m;

	if (!at.row)
		return false;
	origin = utf8_fold(origin, strlen(origin), a);
	m = strlen(origin);
	return n && n <= m && !strcmp(origin + m - n, waived) && (n == m || origin[m - n - 1] == '/');
}

/* The place itself, what it begins with up to a '/', or where it stands in a file; as names are compared. */
static enum fit fit_of(const struct waiver *w, const struct audit_finding *f, struct arena *a)
{
	const char *waived = utf8_fold(w->place, strlen(w->place), a);
	const char *place = utf8_fold(f->place, strlen(f->place), a);
	size_t n = strlen(waived);

	if (strcmp(w->rule, f->rule) != 0)
		return FIT_NONE;
	if (!strcmp(waived, place) || is_origin(waived, f->at, a))
		return FIT_EXACT;
	return !strncmp(waived, place, n) && place[n] == '/' ? FIT_WITHIN : FIT_NONE;
}

/* The document is signed on its last possible day, where the day is left blank. */
static bool holds_still(const struct waiver *w, const struct job *job)
{
	return date_unix(date_last(job->date)) <= date_unix(w->until);
}

static void count(struct waiver_use *use, enum fit fit, size_t i_finding)
{
	size_t *n = fit == FIT_EXACT ? &use->n_exact : &use->n_within;
	size_t *first = fit == FIT_EXACT ? &use->exact : &use->within;

	if (!(*n)++)
		*first = i_finding;
}

bool waivers_match(struct audit *audit, const struct audit_finding *f, size_t i_finding)
{
	struct arena scratch = { 0 };
	bool may_hold = false;

	for (size_t i = 0; i < audit->job->n_waiver; i++) {
		const struct waiver *w = &audit->job->waiver[i];
		enum fit fit = fit_of(w, f, &scratch);

		if (fit == FIT_NONE)
			continue;
		count(&audit->use[i], fit, i_finding);
		may_hold = may_hold || holds_still(w, audit->job);
	}
	arena_clear(&scratch);
	return may_hold;
}

/* The one finding it is for; SIZE_MAX where there is none, or several, or it is not kept. */
static size_t meant(const struct waiver_use *use)
{
	if (use->n_exact)
		return use->n_exact == 1 ? use->exact : SIZE_MAX;
	return use->n_within == 1 ? use->within : SIZE_MAX;
}

void waivers_hold(struct audit *audit)
{
	for (size_t i = 0; i < audit->job->n_waiver; i++) {
		size_t k = meant(&audit->use[i]);
		struct audit_finding *f = k < audit->n_finding ? &audit->finding[k] : NULL;

		if (!f || f->waiver || !holds_still(&audit->job->waiver[i], audit->job))
			continue;
		f->waiver = &audit->job->waiver[i];
		f->severity = DIAG_NOTE;
	}
}

/* ---- notes ---- */

static bool knows_rule(const struct audit *audit, const char *rule)
{
	for (size_t i = 0; i < audit->n_rule; i++)
		if (!strcmp(audit->rule[i], rule))
			return true;
	return false;
}

static void report_rule(const struct audit *audit, const struct waiver *w, struct diags *d)
{
	const char *near = suggest(w->rule, audit->rule, audit->n_rule);

	if (near)
		diag_note(d, w->at, "waiver", "the audit has no rule '%s'; did you mean '%s'?", w->rule, near);
	else
		diag_note(d, w->at, "waiver", "the audit has no rule '%s'; there are: %s", w->rule,
			word_list(audit->rule, audit->n_rule, audit->arena));
}

/* Nothing was found there: where that rule did find something. */
static void report_unused(const struct audit *audit, const struct waiver *w, struct diags *d)
{
	const char **place = ARENA_ARRAY(audit->arena, audit->n_finding + 1, const char *);
	size_t n = 0;
	const char *near;

	for (size_t i = 0; i < audit->n_finding; i++)
		if (!strcmp(audit->finding[i].rule, w->rule) && !audit->finding[i].waiver)
			place[n++] = audit->finding[i].place;
	near = suggest(w->place, place, n);
	if (near)
		diag_note(d, w->at, "waiver", "nothing was found for this waiver (%s at '%s'); did you mean '%s'?", w->rule, w->place, near);
	else if (n)
		diag_note(d, w->at, "waiver", "nothing was found for this waiver (%s at '%s'); take it out, or correct its place; there are: %s",
			w->rule, w->place, word_list(place, n, audit->arena));
	else
		diag_note(d, w->at, "waiver", "nothing was found for this waiver (%s at '%s'); take it out, or correct its place", w->rule,
			w->place);
}

/* It would be for several findings: each with its place, in either form. */
static void report_several(const struct audit *audit, const struct waiver *w, const struct waiver_use *use, struct diags *d)
{
	enum fit wanted = use->n_exact ? FIT_EXACT : FIT_WITHIN;
	const char *place[LISTED_MAX + 1];
	size_t n = 0;

	for (size_t i = 0; i < audit->n_finding && n <= LISTED_MAX; i++) {
		const struct audit_finding *f = &audit->finding[i];

		if (fit_of(w, f, audit->arena) == wanted)
			place[n++] = arena_printf(audit->arena, "'%s' (%s)", f->place, origin_text(f->at, audit->arena));
	}
	diag_note(d, w->at, "waiver", "this waiver (%s at '%s') fits %zu findings, so it holds for none; name the one that is meant: %s",
		w->rule, w->place, use->n_exact ? use->n_exact : use->n_within, word_list(place, n, audit->arena));
}

/* The name of a path, without its folders. */
static const char *name_of(const char *path, size_t n)
{
	for (; n; n--)
		if (path[n - 1] == '/')
			return path + n;
	return path;
}

/* Whether the place is a cell in a file of the source; folders of both may be left out. The name has one '*' at most. */
static bool is_in_file(const char *place, const struct source *source, struct arena *a)
{
	const char *href = utf8_fold(source->href, strlen(source->href), a);
	const char *pattern = name_of(href, strlen(href));
	size_t n_place = strcspn(place, ":[");
	const char *name = name_of(place, n_place);
	size_t n = (size_t)(place + n_place - name), n_head = strcspn(pattern, "*");
	const char *tail = pattern + n_head + (pattern[n_head] == '*');
	size_t n_tail = strlen(tail);

	return place[n_place] && (pattern[n_head] ? n >= n_head + n_tail : n == n_head) && !strncmp(name, pattern, n_head)
		&& !strncmp(name + n - n_tail, tail, n_tail);
}

/* "monthly-returns/xa-mot/2024-05" */
static bool is_in_dataset(const char *place, const struct source *source)
{
	size_t n = strlen(source->dataset);

	return !strncmp(place, source->dataset, n) && (!place[n] || place[n] == '/');
}

static enum audit_scope scope_of(const struct waiver *w, const struct job *job, struct arena *a)
{
	const char *place = utf8_fold(w->place, strlen(w->place), a);

	for (size_t i = 0; i < job->n_source; i++)
		if (is_in_file(place, &job->source[i], a))
			return AUDIT_PLAN;
	for (size_t i = 0; i < job->n_returns; i++)
		if (is_in_dataset(place, &job->returns[i].source) || is_in_file(place, &job->returns[i].source, a))
			return AUDIT_RETURNS;
	return AUDIT_PLAN;
}

static void report(const struct audit *audit, const struct waiver *w, const struct waiver_use *use, struct diags *d)
{
	bool is_used = use->n_exact || use->n_within;

	if (!is_used && !(audit->scope & scope_of(w, audit->job, audit->arena)))
		return; /* another command says so */
	if (!is_used && !knows_rule(audit, w->rule))
		report_rule(audit, w, d);
	else if (!is_used)
		report_unused(audit, w, d);
	else if (!holds_still(w, audit->job))
		diag_warning(d, w->at, "waiver", "this waiver held until %s and holds no more", date_short(w->until, audit->arena));
	else if (use->n_exact > 1 || (!use->n_exact && use->n_within > 1))
		report_several(audit, w, use, d);
}

void waivers_report(const struct audit *audit, struct diags *d)
{
	for (size_t i = 0; i < audit->job->n_waiver; i++)
		report(audit, &audit->job->waiver[i], &audit->use[i], d);
}
