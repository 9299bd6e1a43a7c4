/* Tables as figures.json lists them: every row and column, hidden ones too. */
#include "compose/composer.h"

static const char *kind_name(enum row_kind kind)
{
	switch (kind) {
	case ROW_AREA:
		return "area";
	case ROW_GROUP:
		return "group";
	case ROW_TOTAL:
		return "total";
	}
	return "";
}

static const struct fact_column *make_columns(const struct table *table, struct arena *a)
{
	struct fact_column *column = ARENA_ARRAY(a, table->n_column, struct fact_column);

	for (size_t i = 0; i < table->n_column; i++) {
		const struct column *from = &table->column[i];

		column[i]
			= (struct fact_column){ from->id, from->label, from->n_label, from->unit, column_is_number(from) };
	}
	return column;
}

/* Their texts are few: most numbers are small. */
static const struct fact_cell *make_cells(const struct table *table, size_t row, struct texts *texts, struct arena *a, struct arena *tmp)
{
	struct fact_cell *cell = ARENA_ARRAY(a, table->n_column, struct fact_cell);

	for (size_t i = 0; i < table->n_column; i++)
		cell[i] = (struct fact_cell){ &table_cell(table, row, i)->figure, texts_keep(texts, cell_text(table, row, i, tmp)) };
	arena_reset(tmp);
	return cell;
}

const struct table_facts *facts_of(const struct table *table, struct texts *texts, struct arena *a)
{
	struct arena tmp = { 0 };
	struct table_facts *facts = ARENA_NEW(a, struct table_facts);
	struct fact_row *row = ARENA_ARRAY(a, table->n_row, struct fact_row);

	for (size_t i = 0; i < table->n_row; i++) {
		const struct table_row *from = &table->row[i];

		row[i] = (struct fact_row){ from->key, from->label, kind_name(from->kind),
			make_cells(table, i, texts, a, &tmp) };
	}
	arena_clear(&tmp);
	facts->id = table->id;
	facts->title = table->title;
	facts->column = make_columns(table, a);
	facts->n_column = table->n_column;
	facts->row = row;
	facts->n_row = table->n_row;
	return facts;
}
