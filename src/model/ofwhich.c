/* Rows that break down the one above: their figures are in that one. A breakdown lasts until the next row of that one's level. */
#include "model/datasink.h"

#include "base/utf8.h"
#include "model/typing.h"

#include <string.h>

/* ---- the row above ---- */

static const struct data_row *row_above(const struct data_sink *s)
{
	if (s->waiting.is_there)
		return &s->waiting.row;
	return s->n_row ? &s->row[s->n_row - 1] : NULL;
}

static enum ordinal_rank rank_above(const struct data_sink *s)
{
	if (s->waiting.is_there)
		return s->waiting.ordinal.rank;
	return s->n_row ? (enum ordinal_rank)s->row[s->n_row - 1].rank : ORDINAL_NONE;
}

/* Bytes of the first word. */
static size_t first_word(const char *folded)
{
	return strcspn(folded, " ");
}

bool ofwhich_is_ranked(const struct data_sink *s)
{
	return rank_above(s) != ORDINAL_NONE;
}

bool ofwhich_is_alike(struct data_sink *s, const struct cell *label, const struct cell *other)
{
	const struct data_row *above = row_above(s);
	const char *name = above ? above->datum[s->dataset->label].text : NULL;
	struct arena tmp = { 0 };
	const char *a = NULL;
	const char *b;
	bool is;

	if (name)
		a = utf8_fold(name, strlen(name), &tmp);
	else if (other)
		a = utf8_fold(other->text, other->n_text, &tmp);
	b = sink_folded(s, label);
	is = a && first_word(a) && first_word(a) == first_word(b) && !memcmp(a, b, first_word(a));
	arena_clear(&tmp);
	return is;
}

/* ---- rows of a breakdown ---- */

/* "- Hộ Kinh", "+ Hộ Kinh", "• Hộ Kinh" */
static bool has_dash(const struct cell *label)
{
	static const char *const dashes[] = { "-", "+", "–", "—", "•", "*" };
	const char *text = label->text;
	size_t n = label->n_text;

	utf8_trim(&text, &n);
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
		if (n > strlen(dashes[i]) && !memcmp(text, dashes[i], strlen(dashes[i])))
			return true;
	return false;
}

static enum ordinal_rank rank_of(const struct data_sink *s, const struct row *row, const struct cell *label)
{
	for (size_t i = 0; s->ordinal_column && i < row->n_cell; i++) {
		const struct cell *c = &row->cell[i];

		if (c->col == s->ordinal_column && c->n_text <= ROW_TEXT_MAX && !cell_is_blank(c))
			return ordinal_read(c->text, c->n_text, s->last_letter).rank;
	}
	if (s->waiting.is_there && s->waiting.ordinal.in_name && label->n_text <= ROW_TEXT_MAX)
		return ordinal_read(label->text, label->n_text, s->last_letter).rank;
	return ORDINAL_NONE;
}

enum part { PART_ENDS, PART_BELONGS, PART_UNSURE };

/* What stands below "Trong đó:", with a name of its own. */
static enum part part_of(struct data_sink *s, const struct row *row, const struct cell *label)
{
	enum ordinal_rank rank = rank_of(s, row, label);
	enum ordinal_rank above = s->breakdown.above;
	bool is_numbered = above >= ORDINAL_NUMBER && above < ORDINAL_DASH;

	if (rank >= ORDINAL_LOWER || has_dash(label)) {
		rank = rank >= ORDINAL_LOWER ? rank : ORDINAL_DASH;
		if (above == ORDINAL_LETTER || above == ORDINAL_ROMAN)
			return PART_UNSURE;
		return above != ORDINAL_NONE && above >= rank ? PART_ENDS : PART_BELONGS;
	}
	if (rank != ORDINAL_NONE)
		return PART_ENDS;
	if (is_numbered)
		return ofwhich_is_alike(s, label, NULL) ? PART_UNSURE : PART_BELONGS;
	return above == ORDINAL_NONE && s->breakdown.n_row ? PART_ENDS : PART_UNSURE;
}

static bool has_kind_of_its_own(struct data_sink *s, const struct row *row, const struct look *l, const struct cell *label,
	struct diags *d)
{
	enum total_kind kind = datarow_total_kind(s, label, d);

	return kind == TOTAL_WHOLE || kind == TOTAL_PART || !l->has_key || label->n_cols > 1
		|| (!l->has_figures && !has_dash(label) && rank_of(s, row, label) < ORDINAL_LOWER
			&& row_words_match(sink_words(s, d)->note, sink_folded(s, label)));
}

static bool refuse_unsure(struct data_sink *s, const struct cell *label, struct diags *d)
{
	s->wrong = !diag_error(d, sink_place(s, label->row, label->col), "of-which",
		"does '%s' belong to '%s' above it, so that its figures are counted already, or is it an area? Nothing tells: write "
		"'- ' in front of its name if it belongs to it, or give it the ordinal of an area (1, 2, 3)",
		shown_text(label->text, label->n_text, s->arena), s->breakdown.text);
	s->breakdown.is_open = false;
	return true;
}

static bool goes_on(struct data_sink *s, const struct row *row, const struct look *l, const struct cell *label, struct diags *d)
{
	enum part part = PART_ENDS;

	if (!has_kind_of_its_own(s, row, l, label, d))
		part = part_of(s, row, label);
	if (part == PART_UNSURE)
		return refuse_unsure(s, label, d);
	s->breakdown.is_open = part == PART_BELONGS;
	if (!s->breakdown.is_open)
		return false;
	s->breakdown.n_row++;
	diag_note(d, sink_place(s, label->row, label->col), "of-which",
		"'%s' stands below '%s', breaks down the row above and is no row of data; it is skipped",
		shown_text(label->text, label->n_text, s->arena), s->breakdown.text);
	return true;
}

/* Above the first row of data it stands over the areas. */
static void begin(struct data_sink *s, const struct look *l, const char *text)
{
	s->breakdown.is_open = row_above(s) != NULL;
	s->breakdown.above = rank_above(s);
	s->breakdown.text = text;
	s->breakdown.n_row = l->has_figures;
}

bool ofwhich_take(struct data_sink *s, const struct row *row, const struct look *l, struct diags *d)
{
	const struct cell *label = datarow_label(s, row);
	const char *text;

	if (sink_field(s, s->dataset->label)->type != FIELD_AREA)
		return false;
	if (!row_words_match(sink_words(s, d)->of_which, sink_folded(s, label)))
		return s->breakdown.is_open && goes_on(s, row, l, label, d);
	text = shown_text(label->text, label->n_text, s->arena);
	begin(s, l, text);
	diag_note(d, sink_place(s, label->row, label->col), "of-which",
		"'%s' breaks down the row above and is no row of data; it is skipped", text);
	return true;
}
