/* The long way: a row that is not as rows mostly are. */
#include "ingest/scanning.h"

#include "base/utf8.h"

#include <string.h>

size_t scan_line(const char *line, const char *end)
{
	size_t n = (size_t)(end - line);

	return n && line[n - 1] == '\r' ? n - 1 : n;
}

/* A cell in quotes at *s; its text, and *s behind the closing quote. */
static bool quoted_cell(const char **s, const char *end, char **room, struct tally_text *cell)
{
	const char *p = *s + 1;
	char *to = *room;

	cell->text = to;
	for (;; p++) {
		if (p == end)
			return false;
		if (*p == '"' && (p + 1 == end || *++p != '"'))
			break;
		*to++ = *p;
	}
	if (p + 1 == end && *p == '"')
		p++;
	cell->n = (size_t)(to - cell->text);
	*room = to;
	*s = p;
	return true;
}

static bool next_cell(struct scan_part *p, const char **s, const char *end, char **room, struct tally_text *cell)
{
	const char *stop;

	if (*s < end && **s == '"') {
		p->is_other = !quoted_cell(s, end, room, cell);
		p->is_faulty = !p->is_other && *s < end && **s != p->delimiter;
		return !p->is_other && !p->is_faulty;
	}
	stop = memchr(*s, p->delimiter, (size_t)(end - *s));
	*cell = (struct tally_text){ *s, (size_t)((stop ? stop : end) - *s), 0 };
	*s = stop ? stop : end;
	return true;
}

static bool is_blank(struct tally_text cell)
{
	if (cell.n)
		utf8_trim(&cell.text, &cell.n);
	return !cell.n;
}

unsigned scan_cells(struct scan_part *p, const char *line, size_t n)
{
	const char *s = line;
	const char *end = line + n;
	char *room = p->joined;
	size_t i = 0;
	bool blank = true;

	p->is_faulty = false;
	for (size_t k = 0; k < p->plan->n_column; k++)
		p->cell[k] = (struct tally_text){ "", 0, p->plan->column[k].col };
	for (unsigned col = 1;; col++, s++) {
		struct tally_text cell;

		if (!next_cell(p, &s, end, &room, &cell))
			return 0;
		cell.col = col;
		blank = blank && is_blank(cell);
		while (i < p->plan->n_column && p->plan->column[i].col < col)
			i++;
		if (i < p->plan->n_column && p->plan->column[i].col == col)
			p->cell[i] = cell;
		if (s == end)
			return blank ? 0 : col;
	}
}

void scan_slowly(struct scan_part *p, const char *line, const char *end, uint64_t at)
{
	size_t n = scan_line(line, end);
	unsigned n_cell;

	scan_flush(p);
	if (!scan_check(p))
		return;
	if (n > SCAN_ROW_MAX) {
		tally_add_fault(p->tally, TALLY_LONG, (struct tally_place){ .at = at });
		return;
	}
	n_cell = scan_cells(p, line, n);
	if (p->is_faulty)
		tally_add_fault(p->tally, TALLY_QUOTE, (struct tally_place){ .at = at });
	else if (n_cell && !p->is_other)
		tally_take(p->tally, p->cell, n_cell, at);
}
