/* textgrid: grids of words, which no table stands behind. Only for compose.
 *
 * Owner:  the arena
 */
#ifndef COMPOSE_TEXTGRID_H
#define COMPOSE_TEXTGRID_H

#include "compose/document.h"

struct text_column {
	const char *id;
	const char *label;
	enum align align;
	bool roomy; /* as in document.h */
};

struct text_grid {
	const char *id;
	const char *title;
	const char *continued;
	const struct text_column *column; /* [n_column] */
	size_t n_column;
	const char *const *text; /* [n_row * n_column] */
	size_t n_row;
	const char *const *note; /* [n_note] lines below it */
	size_t n_note;
	size_t stub;
};

const struct grid_table *text_grid_make(const struct text_grid *, struct arena *);

#endif
