/* Names of the form fields, for people who do not see where they stand; a draft has none. */
#include "compose/composer.h"

#include "model/wording.h"

#include <string.h>

static const char *const ids[] = { "signer", "seal", "issue", "number", "day", "month", "timestamp", NULL };

const struct wording *fields_wording(struct library *library, struct origin at, struct arena *a, struct diags *d)
{
	return wording_read(library, "fields", ids, at, a, d);
}

static const char *name_of(const struct composer *c, const char *id, const char *one, const char *two)
{
	if (!c->fields)
		return NULL;
	return wording_text(c->fields, id, (const char *const[WORDING_ARGUMENTS]){ one, two }, c->a);
}

/* The spaces from there up to the word; none where the document says what stands there. */
static struct blank blank_before(const char *text, size_t start, const char *word, const char *name)
{
	const char *behind = strstr(text + start, word);

	return (struct blank){ start, behind ? (size_t)(behind - text) : start, name };
}

void letterhead_fields(const struct composer *c, struct letterhead *l)
{
	const struct job *job = c->job;
	size_t day = strlen(job->place) + strlen(", ngày");
	const char *month = strstr(l->place_date + day, "tháng");

	if (!job->number || !*job->number)
		l->number_blank = blank_before(l->number, strlen("Số:"), "/", name_of(c, "number", NULL, NULL));
	if (!job->date.day)
		l->day_blank = blank_before(l->place_date, day, "tháng", name_of(c, "day", NULL, NULL));
	if (!job->date.month)
		l->month_blank = blank_before(l->place_date, (size_t)(month - l->place_date) + strlen("tháng"), "năm",
			name_of(c, "month", NULL, NULL));
}

void signature_fields(const struct composer *c, struct signature *s)
{
	const char *position = s->n_line ? s->line[s->n_line - 1] : "";

	s->signing = name_of(c, "signer", position, s->name);
	s->sealing = name_of(c, "seal", c->job->agency, NULL);
}

const char *issue_field(const struct composer *c)
{
	return name_of(c, "issue", c->job->agency, NULL);
}

const char *timestamp_field(const struct composer *c)
{
	return name_of(c, "timestamp", NULL, NULL);
}
