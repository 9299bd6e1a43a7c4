#include "render/spans.h"

const struct header_cell *spans_at(const struct grid_table *table, unsigned row, unsigned column)
{
	for (size_t i = 0; i < table->n_header_cell; i++) {
		const struct header_cell *cell = &table->header[i];

		if (row - cell->row < cell->rows && column - cell->column < cell->columns)
			return cell;
	}
	return NULL;
}

void spans_fit_rows(const struct grid_table *table, const double *need, double *size)
{
	for (unsigned rows = 1; rows <= table->n_header; rows++) {
		for (size_t i = 0; i < table->n_header_cell; i++) {
			const struct header_cell *cell = &table->header[i];
			double has = 0;

			if (cell->rows != rows)
				continue;
			for (unsigned k = 0; k < rows; k++)
				has += size[cell->row + k];
			if (need[i] > has)
				size[cell->row + rows - 1] += need[i] - has;
		}
	}
}

double spans_width(const struct header_cell *cell, const double *size, double gap)
{
	double width = gap * (cell->columns - 1);

	for (unsigned k = 0; k < cell->columns; k++)
		width += size[cell->column + k];
	return width;
}

void spans_fit_columns(const struct grid_table *table, const double *need, double gap, double *size)
{
	for (unsigned columns = 1; columns <= table->n_column; columns++) {
		for (size_t i = 0; i < table->n_header_cell; i++) {
			const struct header_cell *cell = &table->header[i];
			double lacks;

			if (cell->columns != columns)
				continue;
			lacks = need[i] - spans_width(cell, size, gap);
			for (unsigned k = 0; lacks > 0 && k < columns; k++)
				size[cell->column + k] += lacks / columns;
		}
	}
}
