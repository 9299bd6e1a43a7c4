#include "compute/audit.h"

#include "base/buf.h"
#include "base/marks.h"

#include <string.h>

enum { ENDLESS_SHOWN = 2 }; /* of decimals that never end */

/* What each rule says of the figure that stands there and of the one that should. */
static const struct {
	const char *rule;
	const char *text;
} said[] = {
	{ "published", "published %s, computed %s" },
	{ "places", "published %s, elsewhere %s" },
	{ "asserted", "the source says %s, computed %s" },
	{ "adds-up", "it is %s, but its parts add up to %s" },
	{ "stock-flow", "it is %s, but the start and the movements give %s" },
	{ "subset", "it is %s, more than its whole %s" },
	{ "rate", "a rate of %s%% is outside %s" },
	{ "jump", "it is %s, against %s before" },
	{ "equals", "it is %s, but %s in the other table" },
	{ "allocation", "the shares add up to %s, the whole is %s" },
	{ "share", "the share is missing%s, so nobody knows whether the whole %s is shared out; fill it in, 0 for no share" },
	{ "covers", "the areas are not covered exactly once" },
};

enum { N_SAID = sizeof said / sizeof *said };

void audit_init(struct audit *audit, const struct job *job, struct arena *a)
{
	*audit = (struct audit){ .job = job, .scope = AUDIT_PLAN, .arena = a };
	map_init(&audit->seen, a);
	audit->use = ARENA_ARRAY(a, job->n_waiver + 1, struct waiver_use);
	for (size_t i = 0; i < N_SAID; i++)
		audit_rule_add(audit, said[i].rule);
	audit_rule_add(audit, "check");
}

void audit_rule_add(struct audit *audit, const char *rule)
{
	for (size_t i = 0; i < audit->n_rule; i++)
		if (!strcmp(audit->rule[i], rule))
			return;
	*ARENA_PUSH(audit->arena, audit->rule, audit->n_rule, &audit->cap_rule) = rule;
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
	case WHY_UNREADABLE:
		return arena_printf(a, diag_say(d, "'%s' cannot be read; write the figure in digits, as %s"), r->words[0], r->words[1]);
	case WHY_UNIT:
		return arena_printf(a, diag_say(d, "the text says '%s', but the figure is in '%s'"), r->words[0], r->words[1]);
	case WHY_NO_UNIT:
		return arena_printf(a, diag_say(d, "the text says '%s', which is not known to be the unit of the figure"), r->words[0]);
	case WHY_WORDS:
		return arena_printf(a, diag_say(d, "the words beside the digits say %s"), r->words[0]);
	case WHY_COMPARED:
		return arena_printf(a, diag_say(d, "%s against %s"), r->words[0], r->words[1]);
	case WHY_SOURCE:
		return arena_printf(a, diag_say(d, "the source says so too, at %s"), r->words[0]);
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

static const char *said_text(const struct audit_finding *f, const struct diags *d, struct arena *a)
{
	if (f->message)
		return f->message;
	for (size_t i = 0; i < N_SAID; i++)
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

static void tell(struct audit *audit, const struct audit_finding *f, struct diags *d)
{
	audit->n_error += f->severity == DIAG_ERROR;
	if (diags_are_full(d, f->at.file))
		diag_add(d, f->severity, f->at, f->rule, "%s%s%s", f->subject, "", "");
	else
		report(audit, f, d);
}

void audit_add(struct audit *audit, struct audit_finding f, struct diags *d)
{
	bool is_kept = audit->n_finding < AUDIT_FINDINGS_MAX;

	if (is_kept && is_told(audit, &f))
		return;
	f.may_be_waived = waivers_match(audit, &f, is_kept ? audit->n_finding : SIZE_MAX) && is_kept;
	if (!f.may_be_waived)
		tell(audit, &f, d);
	if (is_kept)
		*ARENA_PUSH(audit->arena, audit->finding, audit->n_finding, &audit->cap) = f;
	else
		audit->n_more++;
}

void audit_settle(struct audit *audit, struct diags *d)
{
	waivers_hold(audit);
	for (size_t i = 0; i < audit->n_finding; i++) {
		struct audit_finding *f = &audit->finding[i];

		if (f->may_be_waived)
			tell(audit, f, d);
		f->may_be_waived = false;
	}
}

void audit_end(struct audit *audit, struct diags *d)
{
	audit_settle(audit, d);
	if (audit->n_more)
		diag_note(d, audit->job->at, "limit", "%zu more findings are not in the results, which hold %d", audit->n_more,
			(int)AUDIT_FINDINGS_MAX);
	waivers_report(audit, d);
}
