#include "compute/audit.h"

#include "base/buf.h"
#include "base/marks.h"
#include "base/utf8.h"

#include <string.h>

enum { ENDLESS_SHOWN = 2 }; /* of decimals that never end */

void audit_init(struct audit *audit, const struct job *job, struct arena *a)
{
	*audit = (struct audit){ .job = job, .arena = a };
	map_init(&audit->seen, a);
	audit->waiver_used = ARENA_ARRAY(a, job->n_waiver + 1, bool);
}

enum severity audit_severity(const struct audit *audit, const struct node *n, struct diags *d)
{
	static const char *const words[] = { "note", "warning", "error", NULL };
	static const enum severity meant[] = { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };
	int i = node_choice(n, "severity", words, -1, d);

	return i < 0 ? audit->job->audit_severity : meant[i];
}

const char *audit_number(struct ratio x, int decimals, enum rounding how, struct arena *a)
{
	return marks_put(ratio_text(x, decimals, how, a), 1, a);
}

const char *audit_exact(struct ratio x, struct arena *a)
{
	int decimals = ratio_decimals(x);

	return audit_number(x, decimals < RATIO_DECIMALS ? decimals : ENDLESS_SHOWN, ROUND_HALF_UP, a);
}

const char *audit_apart(struct ratio x, struct ratio other, struct arena *a)
{
	int decimals = ratio_decimals(x);

	if (decimals < RATIO_DECIMALS)
		return audit_exact(x, a);
	decimals = ENDLESS_SHOWN;
	while (decimals < RATIO_DECIMALS
		&& !strcmp(audit_number(x, decimals, ROUND_HALF_UP, a), audit_number(other, decimals, ROUND_HALF_UP, a)))
		decimals++;
	return audit_number(x, decimals, ROUND_HALF_UP, a);
}

void audit_explain_rounding(struct audit_finding *f, struct ratio computed, const char *printed, int decimals, enum rounding how,
	struct arena *a)
{
	static const enum rounding all[] = { ROUND_HALF_UP, ROUND_TRUNCATE, ROUND_HALF_EVEN };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i] != how && !strcmp(printed, audit_number(computed, decimals, all[i], a))) {
			audit_reason_add(f, WHY_ROUNDING, rounding_name(all[i]), NULL);
			return;
		}
}

void audit_explain_difference(struct audit_finding *f, struct ratio left, struct ratio right, const char *printed, int decimals,
	enum rounding how, struct arena *a)
{
	struct diags scratch = { .quiet = true };

	for (int n = decimals; n <= decimals + 1; n++) {
		struct ratio difference;
		struct ratio l;
		struct ratio r;

		if (ratio_round(left, n, how, f->at, &l, &scratch) && ratio_round(right, n, how, f->at, &r, &scratch)
			&& ratio_sub(l, r, f->at, &difference, &scratch) && !strcmp(printed, audit_number(difference, decimals, how, a))) {
			audit_reason_add(f, WHY_DIFFERENCE, audit_number(l, n, how, a), audit_number(r, n, how, a));
			return;
		}
	}
}

void audit_reason_add(struct audit_finding *f, enum audit_why why, const char *first, const char *second)
{
	if (f->n_reason < AUDIT_REASONS)
		f->reason[f->n_reason++] = (struct audit_reason){ why, { first, second } };
}

/* ---- waivers ---- */

/* The place itself, or what it begins with up to a '/'; as names are compared. */
static bool covers(const char *waived, const char *place, struct arena *a)
{
	const char *w = utf8_fold(waived, strlen(waived), a);
	const char *p = utf8_fold(place, strlen(place), a);
	size_t n = strlen(w);

	return !strncmp(w, p, n) && (!p[n] || p[n] == '/');
}

static bool holds_still(const struct waiver *w, const struct job *job)
{
	return date_unix(job->date) <= date_unix(w->until);
}

/* The first waiver that holds. */
static const struct waiver *find_waiver(struct audit *audit, const struct audit_finding *f)
{
	const struct waiver *found = NULL;
	struct arena scratch = { 0 };

	for (size_t i = 0; i < audit->job->n_waiver && !found; i++) {
		const struct waiver *w = &audit->job->waiver[i];

		if (strcmp(w->rule, f->rule) || !covers(w->place, f->place, &scratch))
			continue;
		audit->waiver_used[i] = true;
		if (holds_still(w, audit->job))
			found = w;
	}
	arena_clear(&scratch);
	return found;
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

void audit_end(const struct audit *audit, struct diags *d)
{
	if (audit->n_more)
		diag_note(d, audit->job->at, "limit", "%zu more findings are not in the results, which hold %d", audit->n_more,
			(int)AUDIT_FINDINGS_MAX);
	for (size_t i = 0; i < audit->job->n_waiver; i++) {
		const struct waiver *w = &audit->job->waiver[i];

		if (!audit->waiver_used[i])
			report_unused(audit, w, d);
		else if (!holds_still(w, audit->job))
			diag_warning(d, w->at, "waiver", "this waiver held until %s and holds no more", date_short(w->until, audit->arena));
	}
}

/* ---- words ---- */

static const char *reason_text(const struct audit_reason *r, const struct diags *d, struct arena *a)
{
	switch (r->why) {
	case WHY_ROUNDING:
		return arena_printf(a, diag_say(d, "rounding '%s' would give it"), r->words[0]);
	case WHY_OTHER_ROW:
		return arena_printf(a, diag_say(d, "it is the figure of '%s'"), r->words[0]);
	case WHY_DIFFERENCE:
		return arena_printf(a, diag_say(d, "it is the difference of two rounded figures, %s - %s"), r->words[0], r->words[1]);
	case WHY_WITHOUT_ROW:
		return arena_printf(a, diag_say(d, "it is the sum without '%s'"), r->words[0]);
	case WHY_PARTS:
		return arena_printf(a, diag_say(d, "the parts as stated add up to %s"), r->words[0]);
	case WHY_PARTS_FIT:
		return diag_say(d, "the parts as stated add up to it");
	case WHY_OTHER_PLACE:
		return arena_printf(a, diag_say(d, "'%s' states %s of the same figure"), r->words[0], r->words[1]);
	case WHY_NOT_COVERED:
		return arena_printf(a, diag_say(d, "no row has '%s'"), r->words[0]);
	case WHY_COVERED_TWICE:
		return arena_printf(a, diag_say(d, "'%s' also stands at '%s'"), r->words[0], r->words[1]);
	case WHY_NO_AREA:
		return arena_printf(a, diag_say(d, "'%s' is no area of that table"), r->words[0]);
	case WHY_NEAR_AREA:
		return arena_printf(a, diag_say(d, "'%s' is no area of that table; did you mean '%s'?"), r->words[0], r->words[1]);
	case WHY_SEVERAL:
		return arena_printf(a, diag_say(d, "the text holds several numbers; write only the figure, as %s"), r->words[0]);
	case WHY_FOREIGN:
		return arena_printf(a, diag_say(d, "a number is written with a decimal comma and groups of three, as %s"), r->words[0]);
	}
	return "";
}

/* " (reason; reason)", or "". */
static const char *reasons_text(const struct audit_finding *f, const struct diags *d, struct arena *a)
{
	struct buf b = { 0 };
	const char *text;

	for (size_t i = 0; i < f->n_reason; i++)
		buf_printf(&b, "%s%s", i ? "; " : " (", reason_text(&f->reason[i], d, a));
	if (f->n_reason)
		buf_putc(&b, ')');
	text = arena_slice(a, b.text ? b.text : "", b.n);
	buf_clear(&b);
	return text;
}

/* What each rule says of the figure that stands there and of the one that should. */
static const struct {
	const char *rule;
	const char *text;
} said[] = {
	{ "published", "published %s, computed %s" },
	{ "asserted", "the source says %s, computed %s" },
	{ "adds-up", "it is %s, but its parts add up to %s" },
	{ "stock-flow", "it is %s, but the start and the movements give %s" },
	{ "subset", "it is %s, more than its whole %s" },
	{ "rate", "a rate of %s%% is outside %s" },
	{ "jump", "it is %s, against %s before" },
	{ "equals", "it is %s, but %s in the other table" },
	{ "allocation", "the shares add up to %s, the whole is %s" },
	{ "covers", "the areas are not covered exactly once" },
};

static const char *said_text(const struct audit_finding *f, const struct diags *d, struct arena *a)
{
	if (f->message)
		return f->message;
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		if (!strcmp(said[i].rule, f->rule))
			return arena_printf(a, diag_say(d, said[i].text), f->printed, f->computed);
	return "";
}

static void report(const struct audit *audit, const struct audit_finding *f, struct diags *d)
{
	const char *reasons = reasons_text(f, d, audit->arena);
	const char *what = *f->subject ? arena_printf(audit->arena, "%s: ", f->subject) : "";

	if (f->waiver)
		reasons = arena_printf(audit->arena, "%s; %s", reasons,
			arena_printf(audit->arena, diag_say(d, "waived by %s until %s: %s"), f->waiver->name,
				date_short(f->waiver->until, audit->arena), f->waiver->reason));
	diag_add(d, f->severity, f->at, f->rule, "%s%s%s", what, said_text(f, d, audit->arena), reasons);
}

static bool is_told(struct audit *audit, const struct audit_finding *f)
{
	const char *key = arena_printf(audit->arena, "%s\n%s\n%s\n%s\n%s", f->rule, origin_text(f->at, audit->arena), f->subject,
		f->computed ? f->computed : "", f->message ? f->message : "");

	return !map_add(&audit->seen, key, audit->n_finding, NULL);
}

void audit_add(struct audit *audit, struct audit_finding f, struct diags *d)
{
	bool is_kept = audit->n_finding < AUDIT_FINDINGS_MAX;

	if (is_kept && is_told(audit, &f))
		return;
	f.waiver = find_waiver(audit, &f);
	if (f.waiver)
		f.severity = DIAG_NOTE;
	audit->n_error += f.severity == DIAG_ERROR;
	if (diags_are_full(d, f.at.file))
		diag_add(d, f.severity, f.at, f.rule, "%s%s%s", f.subject, "", "");
	else
		report(audit, &f, d);
	if (is_kept)
		*ARENA_PUSH(audit->arena, audit->finding, audit->n_finding, &audit->cap) = f;
	else
		audit->n_more++;
}
