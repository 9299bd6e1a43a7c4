#include "cmd/explained.h"

#include "base/marks.h"
#include "cmd/places.h"

#include <ctype.h>
#include <string.h>

static const char *column_text(const struct column *column, struct arena *a)
{
	const char *text = column->label[0];

	for (size_t i = 1; i < column->n_label; i++)
		text = arena_printf(a, "%s > %s", text, column->label[i]);
	return text;
}

static const char *shown_value(const struct cell_place *p, const struct explanation *e, struct arena *a)
{
	return cell_text(p->table, p->row, p->column, a)[0] ? cell_text(p->table, p->row, p->column, a)
		: figure_state_name(e->cell->figure.state);
}

static const char *exact_value(const struct value *v, struct arena *a)
{
	if (v->figure.state != FIGURE_OK)
		return figure_state_name(v->figure.state);
	if (v->type == EXPR_TEXT)
		return v->text;
	return v->type == EXPR_TRUTH ? (v->truth ? "1" : "0") : ratio_exact(v->figure.x, a);
}

/* The same for people. */
static const char *value_text(const struct value *v, struct arena *a)
{
	return v->figure.state == FIGURE_OK && v->type == EXPR_NUMBER ? marks_exact(v->figure.x, a) : exact_value(v, a);
}

static size_t number_length(const char *s)
{
	return *s >= '0' && *s <= '9' ? strspn(s, "0123456789.") : 0;
}

/* Of what stands there in an expression and is no number: a text with its quotes, a name, a sign. */
static size_t other_length(const char *s)
{
	const char *end;
	size_t n = 0;

	if (*s == '\'' || *s == '"') {
		end = strchr(s + 1, *s);
		return end ? (size_t)(end - s) + 1 : strlen(s);
	}
	while (isalnum((unsigned char)s[n]) || s[n] == '_' || s[n] == '.')
		n++;
	return n ? n : 1;
}

/* The numbers of an expression with the marks of the sources; texts and names in it stay. */
static const char *marked_numbers(const char *text, struct arena *a)
{
	struct buf b = { 0 };
	const char *marked;

	while (*text) {
		size_t digits = number_length(text);
		size_t n = digits ? digits : other_length(text);

		if (digits)
			buf_puts(&b, marks_put(arena_slice(a, text, n), 1, a));
		else
			buf_put(&b, text, n);
		text += n;
	}
	marked = arena_slice(a, b.text ? b.text : "", b.n);
	buf_clear(&b);
	return marked;
}

/* "Hộ thoát nghèo > Tả Phời": in a table with groups other rows have the same label. */
static const char *row_text(const struct table *table, size_t row, struct arena *a)
{
	const struct table_row *of = &table->row[row];

	for (size_t i = 0; of->kind == ROW_AREA && i < table->n_row; i++) {
		const struct table_row *group = &table->row[i];

		if (group->kind == ROW_GROUP && group->n_leaf && table->leaf[group->first_leaf] <= row
			&& row <= table->leaf[group->first_leaf + group->n_leaf - 1])
			return arena_printf(a, "%s > %s", group->label, of->label);
	}
	return *of->label ? of->label : of->key;
}

void explained_put_text(struct buf *out, const struct job *job, const struct cell_place *p, const struct explanation *e, struct arena *a,
	const struct diags *d)
{
	const struct column *column = &p->table->column[p->column];
	const struct figure *figure = &e->cell->figure;
	bool is_number = column_is_number(column) && figure->state == FIGURE_OK;

	buf_printf(out, "%s, %s: %s", row_text(p->table, p->row, a), column_text(column, a), shown_value(p, e, a));
	if (is_number)
		buf_printf(out, " (%s%s%s)", marks_exact(figure->x, a), *column->unit ? " " : "", column->unit);
	buf_putc(out, '\n');
	if (*e->formula)
		buf_printf(out, "  = %s\n  = %s\n", e->formula, marked_numbers(e->numbers, a));
	for (size_t i = 0; i < e->n_use; i++) {
		const struct explained_use *use = &e->use[i];

		buf_printf(out, "  %s%s%s%s: %s\n", use->name, *use->label ? " (" : "", use->label, *use->label ? ")" : "",
			value_text(&use->value, a));
	}
	if (figure_place(figure))
		buf_printf(out, "%s\n", diag_say(d, "source cells"));
	places_put(job, figure, a, d, out);
}

static void put_member(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, "%s\"%s\":", out->text[out->n - 1] == '{' ? "" : ",", name);
	buf_json(out, value);
}

static void put_uses(const struct explanation *e, struct arena *a, struct buf *out)
{
	buf_puts(out, ",\"uses\":[");
	for (size_t i = 0; i < e->n_use; i++) {
		const struct explained_use *use = &e->use[i];

		buf_puts(out, i ? ",{" : "{");
		put_member(out, "name", use->name);
		put_member(out, "row", use->row);
		put_member(out, "state", figure_state_name(use->value.figure.state));
		put_member(out, "value", use->value.figure.state == FIGURE_OK ? exact_value(&use->value, a) : NULL);
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

static void put_list(struct buf *out, const char *name, const char *const *text, size_t n)
{
	buf_printf(out, ",\"%s\":[", name);
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_putc(out, ',');
		buf_json(out, text[i]);
	}
	buf_putc(out, ']');
}

void explained_put_json(struct buf *out, const struct job *job, const struct cell_place *p, const struct explanation *e, struct arena *a)
{
	const struct column *column = &p->table->column[p->column];
	const struct figure *figure = &e->cell->figure;
	bool is_number = column_is_number(column) && figure->state == FIGURE_OK;

	buf_putc(out, '{');
	put_member(out, "job", job->id);
	put_member(out, "table", p->table->id);
	put_member(out, "row", p->table->row[p->row].key);
	put_member(out, "label", p->table->row[p->row].label);
	put_member(out, "column", column->id);
	put_list(out, "header", column->label, column->n_label);
	put_member(out, "unit", column->unit);
	put_member(out, "state", figure_state_name(figure->state));
	put_member(out, "value", is_number ? ratio_exact(figure->x, a) : NULL);
	put_member(out, "text", cell_text(p->table, p->row, p->column, a));
	put_member(out, "kind", explained_name(e->kind));
	put_member(out, "formula", e->formula);
	put_member(out, "numbers", e->numbers);
	put_uses(e, a, out);
	buf_puts(out, ",\"from\":");
	places_put_json(job, figure, a, out);
	buf_puts(out, "}\n");
}
