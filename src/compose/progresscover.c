/* The cover of the accessible workbook: whose figures of what time it has, when they are told again, whom to ask. */
#include "compose/progresswords.h"

static const char *published_text(const struct sheetmaking *s)
{
	struct date date = s->in->brief->date;
	const char *day = date.day ? date_short(date, s->a) : sheet_words(s, "cover.undated", NULL, NULL);

	return sheet_words(s, "cover.published", day, NULL);
}

/* The period that follows, and the day until when its returns come in. Behind the last one of the plan's year nothing follows. */
static const char *next_text(const struct sheetmaking *s)
{
	const struct period *now = &s->in->progress->model->job->period;
	const struct period next = period_next(now);
	const char *text = period_words(s, next);
	struct date due = period_end(&next);

	if (next.year != now->year)
		return sheet_words(s, "cover.next", sheet_words(s, "cover.last", arena_printf(s->a, "%d", now->year), NULL), NULL);
	due.day = s->in->progress->template->due_day;
	if (due.day)
		text = sheet_words(s, "cover.next-day", text, date_short(due, s->a));
	return sheet_words(s, "cover.next", text, NULL);
}

const char *const *progress_cover(const struct sheetmaking *s, size_t *n)
{
	enum { N_LINE = 5 };
	const struct job *job = s->in->progress->model->job;
	const char **line = ARENA_ARRAY(s->a, N_LINE, const char *);

	line[0] = sheet_words(s, "cover.agency", job->agency, NULL);
	line[1] = sheet_words(s, "cover.period", period_words(s, job->period), months_words(s));
	line[2] = published_text(s);
	line[3] = next_text(s);
	line[4] = sheet_words(s, "cover.contact", job->contact ? job->contact : job->agency, NULL);
	*n = N_LINE;
	return line;
}
