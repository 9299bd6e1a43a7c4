#include "model/datacopy.h"

#include <string.h>

struct copying {
	const struct data *data;
	const char *sheet; /* of the rows, in the old arena */
	const char *new_sheet;
	struct arena *arena;
	struct arena *cells;
};

static const char *copy_text(const struct copying *c, const char *s)
{
	return s ? arena_text(c->arena, s) : NULL;
}

static struct origin copy_origin(const struct copying *c, struct origin at)
{
	at.file = c->data->source->shown;
	at.sheet = at.sheet && at.sheet == c->sheet ? c->new_sheet : copy_text(c, at.sheet);
	return at;
}

/* Its places go where `from` points. */
static struct datum copy_datum(const struct copying *c, const struct datum *x, struct origin *from)
{
	struct datum copy = *x;

	for (size_t i = 0; i < x->figure.n_from; i++)
		from[i] = copy_origin(c, x->figure.from[i]);
	copy.figure.from = from;
	copy.text = copy_text(c, x->text);
	return copy;
}

static size_t count_places(const struct data_row *r, size_t n_field)
{
	size_t n = 0;

	for (size_t i = 0; i < n_field; i++)
		n += r->datum[i].figure.n_from;
	return n;
}

static struct data_row copy_row(const struct copying *c, const struct data_row *r)
{
	struct data_row copy = *r;
	size_t n_field = c->data->dataset->n_field;
	struct datum *datum = ARENA_ARRAY(c->cells, n_field, struct datum);
	struct origin *from = ARENA_ARRAY(c->arena, count_places(r, n_field), struct origin);

	for (size_t i = 0; i < n_field; i++) {
		datum[i] = copy_datum(c, &r->datum[i], from);
		from += datum[i].figure.n_from;
	}
	copy.datum = datum;
	copy.key = copy_text(c, r->key);
	copy.label = copy_text(c, r->label);
	copy.at = copy_origin(c, r->at);
	return copy;
}

struct data data_copy(const struct data *data, struct arena *a, struct arena *cells)
{
	struct copying c = { .data = data, .sheet = data->n_row ? data->row->at.sheet : NULL, .arena = a, .cells = cells };
	struct data copy = { .source = data->source, .dataset = data->dataset, .n_row = data->n_row };
	struct data_row *row = ARENA_ARRAY(a, data->n_row, struct data_row);
	struct data_row *total = data->total ? ARENA_NEW(a, struct data_row) : NULL;
	bool *present = ARENA_ARRAY(a, data->dataset->n_field, bool);

	c.new_sheet = copy_text(&c, c.sheet);
	for (size_t i = 0; i < data->n_row; i++)
		row[i] = copy_row(&c, &data->row[i]);
	if (total)
		*total = copy_row(&c, data->total);
	memcpy(present, data->present, data->dataset->n_field * sizeof *present);
	copy.row = row;
	copy.total = total;
	copy.present = present;
	return copy;
}
