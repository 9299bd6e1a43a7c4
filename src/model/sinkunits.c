/* Units that a sheet says above its header, in its header texts and below them, against those the figures are read in. */
#include "model/datasink.h"

#include "base/utf8.h"
#include "model/typing.h"
#include "model/units.h"

#include <string.h>

static struct units said_by(struct data_sink *s, const char *text, size_t n, struct diags *d)
{
	return units_read(text, n, sink_words(s, d), s->arena);
}

static enum likeness likeness_of(struct data_sink *s, size_t field, const struct units *said)
{
	return units_likeness(said, sink_field(s, field)->unit);
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
static void keep_over(struct data_sink *s, const struct units *said, const char *text, size_t n, struct origin at)
{
	if (!said->n || said->how < s->unit_over.how)
		return;
	s->unit_over = *said;
	s->unit_at = at;
	s->unit_shown = shown_text(text, n, s->arena);
}

void units_above(struct data_sink *s, size_t n_row, struct diags *d)
{
	for (size_t i = 0; i < n_row; i++)
		for (size_t k = 0; k < s->pending[i].n_cell; k++) {
			const struct cell *c = &s->pending[i].cell[k];
			struct units said = said_by(s, c->text, c->n_text, d);

			if (said.how != SAYS_NOTHING)
				keep_over(s, &said, c->text, c->n_text, sink_place(s, c->row, c->col));
		}
}

/* The units in the texts above a column. */
static void check_header(struct data_sink *s, const struct header *h, size_t col, struct origin at, struct diags *d)
{
	size_t field = h->field[col];

	for (const char *level = h->path[col]; level; level = header_below(level)) {
		size_t n = header_level(level);
		struct units said = said_by(s, level, n, d);
		enum likeness like = said.how >= SAYS_UNIT ? likeness_of(s, field, &said) : UNIT_OTHER;

		if (h->how[col] == MATCH_SCALED && !header_below(level))
			like = UNIT_SCALED;
		if (like == UNIT_SCALED)
			s->wrong = !wrong_scale(s, field, &at, shown_text(level, n, s->arena), d);
		s->has_unit_said[field] |= like != UNIT_OTHER;
	}
}

/* Above a column without a unit of its own a text that announces one, and says nothing else, may speak of all columns. */
static void keep_header(struct data_sink *s, const char *path, struct origin at, struct diags *d)
{
	for (const char *level = path; level; level = header_below(level)) {
		size_t n = header_level(level);
		struct units said = said_by(s, level, n, d);

		if (said.how == SAYS_ANNOUNCED && said.is_whole)
			keep_over(s, &said, level, n, at);
	}
}

void units_header(struct data_sink *s, const struct header *h, unsigned row, struct diags *d)
{
	for (size_t col = 0; col < h->n_column; col++) {
		struct origin at = sink_place(s, row, (unsigned)col + 1);

		if (!h->path[col])
			continue;
		if (h->field[col] != FIELD_NONE && has_unit(s, h->field[col]))
			check_header(s, h, col, at, d);
		else
			keep_header(s, h->path[col], at, d);
	}
}

static size_t field_below(const struct data_sink *s, const struct cell *c)
{
	return c->col && c->col <= s->n_column ? s->column[c->col - 1] : FIELD_NONE;
}

bool units_know(struct data_sink *s, const struct cell *c, struct diags *d)
{
	size_t field = field_below(s, c);
	struct units said = said_by(s, c->text, c->n_text, d);

	return said.is_whole
		&& (said.how >= SAYS_UNIT || (field != FIELD_NONE && has_unit(s, field) && likeness_of(s, field, &said) != UNIT_OTHER));
}

bool units_same(struct data_sink *s, const struct cell *c, size_t field, struct diags *d)
{
	struct units said = said_by(s, c->text, c->n_text, d);

	return said.is_whole && has_unit(s, field) && likeness_of(s, field, &said) == UNIT_SAME;
}

void units_below(struct data_sink *s, const struct cell *c, struct diags *d)
{
	size_t field = field_below(s, c);
	struct units said = said_by(s, c->text, c->n_text, d);
	struct origin at = sink_place(s, c->row, c->col);

	if (cell_is_blank(c))
		return;
	if (field == FIELD_NONE || !has_unit(s, field)) {
		if (said.how == SAYS_ANNOUNCED) /* it may be that of all */
			keep_over(s, &said, c->text, c->n_text, at);
		return;
	}
	s->has_unit_said[field] = said.n > 0;
	switch (said.n ? likeness_of(s, field, &said) : UNIT_SAME) {
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

/* What stands over the table, against the figures of a field. */
static void warn_over(struct data_sink *s, size_t field, struct diags *d)
{
	diag_warning(d, s->unit_at, "unit",
		"%s: '%s' stands over the table, but the figures are read in '%s'; make sure that they are in that unit", s->label[field],
		s->unit_shown, sink_field(s, field)->unit);
}

void units_end(struct data_sink *s, struct diags *d)
{
	size_t first = FIELD_NONE;
	bool is_other = s->unit_over.how == SAYS_ANNOUNCED;

	for (size_t i = 0; s->unit_over.how != SAYS_NOTHING && i < s->dataset->n_field; i++) {
		enum likeness like = has_unit(s, i) ? likeness_of(s, i, &s->unit_over) : UNIT_OTHER;

		is_other = is_other && like == UNIT_OTHER;
		if (like == UNIT_SCALED && !s->has_unit_said[i]) {
			if (s->unit_over.how == SAYS_IN_PASSING)
				warn_over(s, i, d);
			else
				s->wrong = !wrong_scale(s, i, &s->unit_at, s->unit_shown, d);
			return;
		}
		if (has_unit(s, i) && !s->has_unit_said[i] && first == FIELD_NONE)
			first = i;
	}
	if (is_other && first != FIELD_NONE)
		warn_over(s, first, d);
}
