/* Units that a sheet says above its header, in its header texts and below them, against those the figures are read in. */
#include "model/datasink.h"

#include "base/utf8.h"
#include "model/typing.h"
#include "model/unitscale.h"

#include <string.h>

static enum likeness likeness_of(struct data_sink *s, size_t field, const char *said)
{
	return unit_likeness(said, strlen(said), sink_field(s, field)->unit);
}

/* Behind a phrase such as "đvt:*"; the text itself where it is a unit and nothing more. NULL: it is neither. */
static const char *behind_phrase(const char *text, const char *const *phrase, bool *announced)
{
	for (; phrase && *phrase; phrase++) {
		size_t n = strlen(*phrase);

		*announced = n > 1 && (*phrase)[n - 1] == '*' && !strncmp(text, *phrase, n - 1);
		if (*announced)
			return text + n - 1 + strspn(text + n - 1, " :");
		if (!strcmp(text, *phrase))
			return text;
	}
	return NULL;
}

/* Whether a text stands in brackets, or ends with them: what is inside. */
static bool inside_brackets(const char **s, size_t *n)
{
	size_t i = *n;

	if (*n < 3 || (*s)[*n - 1] != ')')
		return false;
	while (i && (*s)[i - 1] != '(')
		i--;
	if (!i)
		return false;
	*s += i;
	*n -= i + 1;
	return true;
}

/* The unit that a text says, folded; NULL: none. announced: by a phrase. */
static const char *unit_said(struct data_sink *s, const char *text, size_t n, bool *announced, struct diags *d)
{
	const char *const *phrase = sink_words(s, d)->unit;
	const char *said;

	n = n < ROW_TEXT_MAX ? n : ROW_TEXT_MAX;
	utf8_trim(&text, &n);
	said = behind_phrase(utf8_fold(text, n, s->arena), phrase, announced);
	if (said || !inside_brackets(&text, &n))
		return said;
	return behind_phrase(utf8_fold(text, n, s->arena), phrase, announced);
}

static bool has_unit(const struct data_sink *s, size_t field)
{
	return s->present[field] && field_is_number(sink_field(s, field)->type) && *sink_field(s, field)->unit;
}

static bool wrong_scale(struct data_sink *s, size_t field, const struct origin *at, const char *shown, struct diags *d)
{
	const char *unit = sink_field(s, field)->unit;

	return diag_error(d, *at, "unit",
		"%s: '%s' says another unit than '%s', in which the figures are read; write the figures in %s and say so here, or use a "
		"dataset whose field has that unit",
		s->label[field], shown, unit, unit);
}

/* A word alone above the table may be anything: it does not replace what is called a unit. */
static void keep_over(struct data_sink *s, const struct cell *c, const char *said, bool announced)
{
	if (s->unit_announced && !announced)
		return;
	s->unit_over = said;
	s->unit_announced = announced;
	s->unit_at = sink_place(s, c->row, c->col);
	s->unit_shown = shown_text(c->text, c->n_text, s->arena);
}

void units_above(struct data_sink *s, size_t n_row, struct diags *d)
{
	for (size_t i = 0; i < n_row; i++)
		for (size_t k = 0; k < s->pending[i].n_cell; k++) {
			const struct cell *c = &s->pending[i].cell[k];
			bool announced;
			const char *said = unit_said(s, c->text, c->n_text, &announced, d);

			if (said && *said)
				keep_over(s, c, said, announced);
		}
}

/* The units in the texts above a column. */
static void check_header(struct data_sink *s, const struct header *h, size_t col, struct origin at, struct diags *d)
{
	size_t field = h->field[col];
	bool announced;

	for (const char *level = h->path[col]; level; level = header_below(level)) {
		size_t n = header_level(level);
		const char *said = unit_said(s, level, n, &announced, d);
		enum likeness like = said ? likeness_of(s, field, said) : UNIT_OTHER;

		if (h->how[col] == MATCH_SCALED && !header_below(level))
			like = UNIT_SCALED;
		if (like == UNIT_SCALED)
			s->wrong = !wrong_scale(s, field, &at, shown_text(level, n, s->arena), d);
		s->has_unit_said[field] |= like != UNIT_OTHER;
	}
}

void units_header(struct data_sink *s, const struct header *h, unsigned row, struct diags *d)
{
	for (size_t col = 0; col < h->n_column; col++)
		if (h->field[col] != FIELD_NONE && h->path[col] && has_unit(s, h->field[col]))
			check_header(s, h, col, sink_place(s, row, (unsigned)col + 1), d);
}

/* The text of a cell, without brackets. */
static const char *unit_text(struct data_sink *s, const struct cell *c)
{
	const char *text = c->text;
	size_t n = c->n_text < ROW_TEXT_MAX ? c->n_text : ROW_TEXT_MAX;

	utf8_trim(&text, &n);
	if (n > 2 && *text == '(' && text[n - 1] == ')') {
		text++;
		n -= 2;
	}
	return utf8_fold_into(text, n, &s->folded);
}

static size_t field_below(const struct data_sink *s, const struct cell *c)
{
	return c->col && c->col <= s->n_column ? s->column[c->col - 1] : FIELD_NONE;
}

bool units_know(struct data_sink *s, const struct cell *c, struct diags *d)
{
	size_t field = field_below(s, c);

	return row_words_match(sink_words(s, d)->unit, unit_text(s, c))
		|| (field != FIELD_NONE && has_unit(s, field) && likeness_of(s, field, unit_text(s, c)) != UNIT_OTHER);
}

/* A cell below the header that is not over the figures of a field with a unit may say the unit of all. */
static void keep_below(struct data_sink *s, const struct cell *c, const char *said, bool announced)
{
	if (announced && *said)
		keep_over(s, c, said, announced);
}

void units_below(struct data_sink *s, const struct cell *c, struct diags *d)
{
	size_t field = field_below(s, c);
	bool announced = false;
	const char *said = unit_said(s, c->text, c->n_text, &announced, d);
	struct origin at = sink_place(s, c->row, c->col);

	if (cell_is_blank(c))
		return;
	said = said ? said : unit_text(s, c); /* a unit that no phrase has */
	if (field == FIELD_NONE || !has_unit(s, field)) {
		keep_below(s, c, said, announced);
		return;
	}
	s->has_unit_said[field] = *said != '\0';
	switch (*said ? likeness_of(s, field, said) : UNIT_SAME) {
	case UNIT_SAME:
		break;
	case UNIT_SCALED:
		s->wrong = !wrong_scale(s, field, &at, shown_text(c->text, c->n_text, s->arena), d);
		break;
	case UNIT_OTHER:
		diag_warning(d, at, "unit",
			"%s: the row below the header says '%s', but the figures are read in '%s'; make sure that they are in that unit",
			s->label[field], shown_text(c->text, c->n_text, s->arena), sink_field(s, field)->unit);
	}
}

void units_end(struct data_sink *s, struct diags *d)
{
	size_t first = FIELD_NONE;
	bool is_other = s->unit_announced;

	for (size_t i = 0; s->unit_over && i < s->dataset->n_field; i++) {
		enum likeness like = has_unit(s, i) ? likeness_of(s, i, s->unit_over) : UNIT_OTHER;

		is_other = is_other && like == UNIT_OTHER;
		if (like == UNIT_SCALED && !s->has_unit_said[i]) {
			s->wrong = !wrong_scale(s, i, &s->unit_at, s->unit_shown, d);
			return;
		}
		if (has_unit(s, i) && !s->has_unit_said[i] && first == FIELD_NONE)
			first = i;
	}
	if (s->unit_over && is_other && first != FIELD_NONE)
		diag_warning(d, s->unit_at, "unit",
			"%s: '%s' stands over the table, but the figures are read in '%s'; make sure that they are in that unit", s->label[first],
			s->unit_shown, sink_field(s, first)->unit);
}
