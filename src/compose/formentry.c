/* What may be typed into a column of a form, and what people are told. */
#include "compose/formwork.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

enum {
	PROMPT_TITLE_MAX = 32, /* [characters], as a workbook takes them */
	PROMPT_MAX = 255,
	COUNT_MOST = 99999999, /* no place has more households or people */
	PERCENT_MOST = 100,
	FIRST_YEAR = 1900,
	LAST_YEAR = 2100,
};

static const int64_t amount_most = 999999999999999; /* all whole numbers that a spreadsheet keeps exactly */

const char *form_say(const struct formwork *w, const char *id, const char *one, const char *two, const char *three)
{
	return wording_text(w->words, id, (const char *const[WORDING_ARGUMENTS]){ one, two, three }, w->a);
}

/* At most max characters. */
static const char *shortened(const char *s, size_t max, struct arena *a)
{
	size_t left = strlen(s);
	size_t n = 0;
	uint32_t code;

	for (size_t i = 0; i < max && n < left; i++)
		n += utf8_decode(s + n, left - n, &code);
	return arena_slice(a, s, n);
}

static const char *listed(const char *const *choice, struct arena *a)
{
	const char *text = choice[0];

	for (size_t i = 1; choice[i]; i++)
		text = arena_printf(a, "%s, %s", text, choice[i]);
	return text;
}

static const char *whole_text(int64_t n, struct arena *a)
{
	return number_text(figure_of(ratio_whole(n)), (struct number_style){ 0 }, a);
}

/* ---- checks ---- */

/* Limits of a number; a percentage stays below 100 unless it may be negative. */
static void limit_number(const struct field *f, struct form_entry *e)
{
	e->check = f->type == FIELD_COUNT ? ENTRY_WHOLE : ENTRY_DECIMAL;
	e->most = f->type == FIELD_COUNT ? COUNT_MOST : f->type == FIELD_RATE ? PERCENT_MOST : amount_most;
	e->least = f->may_be_negative || f->type == FIELD_NUMBER ? -e->most : 0;
}

static void set_choice(const char *const *choice, bool may_differ, struct form_entry *e)
{
	e->check = ENTRY_LIST;
	e->choice = choice;
	e->may_differ = may_differ;
}

static void set_check(const struct field *f, const struct form_field *column, struct arena *a, struct form_entry *e)
{
	static const char *const flags[] = { "x", "không", NULL };

	switch (f->type) {
	case FIELD_COUNT:
	case FIELD_MONEY:
	case FIELD_RATE:
	case FIELD_NUMBER:
		limit_number(f, e);
		break;
	case FIELD_FLAG:
		set_choice(flags, false, e);
		break;
	case FIELD_DATE:
		e->check = ENTRY_DATE;
		e->first = (struct date){ FIRST_YEAR, 1, 1 };
		e->last = (struct date){ LAST_YEAR, 12, 31 };
		break;
	case FIELD_MONTH:
		e->check = ENTRY_WHOLE;
		e->least = 1;
		e->most = 12;
		break;
	case FIELD_TEXT:
	case FIELD_AREA:
		if (column->known)
			set_choice(column->known, true, e);
		break;
	case FIELD_WORD:
		set_choice(field_words(f, a), false, e);
		break;
	}
}

/* ---- words ---- */

static const char *error_text(const struct formwork *w, const struct field *f, const struct form_entry *e)
{
	switch (e->check) {
	case ENTRY_ANY:
		return NULL;
	case ENTRY_WHOLE:
		return form_say(w, "error.whole", whole_text(e->least, w->a), whole_text(e->most, w->a), NULL);
	case ENTRY_DECIMAL:
		if (f->type == FIELD_NUMBER)
			return form_say(w, "error.number", NULL, NULL, NULL);
		return form_say(w, "error.decimal", whole_text(e->least, w->a), whole_text(e->most, w->a), NULL);
	case ENTRY_DATE:
		return form_say(w, "error.date", arena_printf(w->a, "%d", w->model->job->period.year), NULL, NULL);
	case ENTRY_LIST:
		return form_say(w, e->may_differ ? "error.unknown" : "error.list", listed(e->choice, w->a), NULL, NULL);
	}
	return NULL;
}

/* What to write, its unit, whether it may stay blank. */
static const char *prompt_text(const struct formwork *w, const struct field *f, const struct form_entry *e)
{
	const char *kind = e->check == ENTRY_LIST && f->type != FIELD_FLAG ? "list" : field_type_name(f->type);
	const char *fill = e->choice ? listed(e->choice, w->a) : arena_printf(w->a, "%d", w->model->job->period.year);
	const char *text = form_say(w, arena_printf(w->a, "enter.%s", kind), fill, NULL, NULL);

	if (*f->unit)
		text = arena_printf(w->a, "%s %s", text, form_say(w, "unit.one", f->unit, NULL, NULL));
	return arena_printf(w->a, "%s %s", text, form_say(w, f->needed ? "needed" : "optional", NULL, NULL, NULL));
}

static struct form_entry entry_of(const struct formwork *w, const struct field *f, const struct form_field *column)
{
	struct form_entry e = { 0 };

	set_check(f, column, w->a, &e);
	e.prompt_title = shortened(column->path.label[column->path.n_label - 1], PROMPT_TITLE_MAX, w->a);
	e.prompt = shortened(prompt_text(w, f, &e), PROMPT_MAX, w->a);
	e.error_title = form_say(w, "error.title", NULL, NULL, NULL);
	e.error_title = shortened(e.error_title, PROMPT_TITLE_MAX, w->a);
	e.error = error_text(w, f, &e);
	if (e.error)
		e.error = shortened(e.error, PROMPT_MAX, w->a);
	return e;
}

static const char *comment_of(const struct formwork *w, const struct form_field *column, const struct form_entry *e)
{
	const char *head = form_path_text(column->path, " - ", w->a);
	const char *year;

	switch (column->kind) {
	case FORM_GIVEN:
		return arena_printf(w->a, "%s\n%s", head,
			form_say(w, column->field == NO_FIELD ? "note.number" : "note.given", NULL, NULL, NULL));
	case FORM_ENTRY:
		return arena_printf(w->a, "%s\n%s%s%s", head, prompt_text(w, &w->dataset->field[column->field], e),
			column->summed ? " " : "", column->summed ? form_say(w, "note.total", NULL, NULL, NULL) : "");
	case FORM_REFERENCE:
		year = arena_printf(w->a, "%d", w->input->previous->source->period_year);
		return arena_printf(w->a, "%s\n%s", head, form_say(w, "note.reference", year, NULL, NULL));
	case FORM_GAP:
		break;
	}
	return NULL;
}

/* As wide as any text that is expected in the column. */
static const char *sample_of(enum field_type type)
{
	switch (type) {
	case FIELD_COUNT:
		return "9.999.999";
	case FIELD_MONEY:
		return "999.999.999.999";
	case FIELD_RATE:
	case FIELD_NUMBER:
		return "9.999,99";
	case FIELD_DATE:
		return "31/12/2024";
	case FIELD_TEXT:
	case FIELD_AREA:
	case FIELD_WORD:
		return "nnnnnnnnnnnnnnnnnn";
	case FIELD_FLAG:
	case FIELD_MONTH:
		return "không";
	}
	return "";
}

struct form_column form_column_of(const struct formwork *w, const struct form_field *column)
{
	const struct field *f = column->field == NO_FIELD ? NULL : &w->dataset->field[column->field];
	struct form_column made = { .kind = column->kind };

	if (column->kind == FORM_ENTRY) {
		made.entry = entry_of(w, f, column);
		made.sample = sample_of(f->type);
	}
	made.comment = comment_of(w, column, &made.entry);
	return made;
}
