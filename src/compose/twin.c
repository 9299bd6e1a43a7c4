#include "compose/twin.h"

#include "base/map.h"
#include "base/utf8.h"
#include "compose/textgrid.h"
#include "model/wording.h"

#include <string.h>

enum { NAME_CHARACTERS_MAX = 30 };

static const char *const ids[] = {
	"cover.name", "cover.notes", "contents.name", "contents.title", "contents.sheet", "contents.what", "notes.name", "notes.title",
	"notes.number", "notes.text", "notes.sheet", "notes.mark", "notes.where", "notes.exact", "one-table", "no-rows", "group",
	"same-head", "sheet-part", "joint", "shorthand.missing", "shorthand.not-applicable", "shorthand.confidential", "legend", NULL,
};

/* A text below a table of the printed workbook, or of the cover. */
struct note {
	const char *text;
	const char *sheet; /* that refers to it */
};

struct twinmaking {
	const struct twin_input *in;
	const struct wording *words;
	struct arena *a;
	struct note *note; /* [n_note] */
	size_t n_note, cap_note;
};

static const char *say(const struct twinmaking *t, const char *id, const char *first, const char *second)
{
	return wording_text(t->words, id, (const char *const[WORDING_ARGUMENTS]){ first, second }, t->a);
}

/* ---- lists of lines ---- */

struct lines {
	const char **line;
	size_t n, cap;
};

static void add_line(const struct twinmaking *t, struct lines *l, const char *line)
{
	if (line && *line)
		*ARENA_PUSH(t->a, l->line, l->n, &l->cap) = line;
}

static void set_lines(struct twin_sheet *s, const struct lines *l)
{
	s->line = l->line;
	s->n_line = l->n;
}

/* ---- notes ---- */

/* The text with the mark of a new note behind it. */
static const char *mark(struct twinmaking *t, const char *text, const char *note, const char *sheet)
{
	*ARENA_PUSH(t->a, t->note, t->n_note, &t->cap_note) = (struct note){ note, sheet };
	return arena_printf(t->a, "%s %s", text, say(t, "notes.mark", arena_printf(t->a, "%zu", t->n_note), NULL));
}

/* ---- heads of columns ---- */

/* All headings above the column, from the widest: "Thực hiện, Trong kỳ". */
static const char *joint_head(const struct twinmaking *t, const struct grid_table *g, size_t column)
{
	const char *head = "";

	for (size_t i = 0; i < g->n_header_cell; i++) {
		const struct header_cell *h = &g->header[i];

		if (column >= h->column && column < h->column + h->columns && *h->text)
			head = *head ? say(t, "joint", head, h->text) : h->text;
	}
	return *head ? head : g->column[column].id;
}

static const char *const *make_heads(const struct twinmaking *t, const struct grid_table *g, const char *group)
{
	const char **head = ARENA_ARRAY(t->a, g->n_column, const char *);
	struct map known;

	map_init(&known, t->a);
	if (group)
		map_add(&known, utf8_fold(group, strlen(group), t->a), 0, NULL);
	for (size_t c = 0; c < g->n_column; c++) {
		const char *joint = joint_head(t, g, c);

		head[c] = joint;
		for (size_t n = 2; !map_add(&known, utf8_fold(head[c], strlen(head[c]), t->a), c, NULL); n++)
			head[c] = say(t, "same-head", joint, arena_printf(t->a, "%zu", n));
	}
	map_clear(&known);
	return head;
}

/* ---- groups ---- */

/* What a group is called: the last text of its label. */
static const char *group_name(const struct grid_table *g, size_t row)
{
	const struct grid_cell *cell = &g->cell[row * g->n_column];

	for (size_t c = g->stub; c--;)
		if (!g->column[c].is_number && cell[c].text && *cell[c].text)
			return cell[c].text;
	return NULL;
}

static const char *const *make_groups(const struct twinmaking *t, const struct grid_table *g)
{
	const char **group = ARENA_ARRAY(t->a, g->n_row, const char *);
	const char *name = NULL;

	for (size_t r = 0; r < g->n_row; r++) {
		if (g->row_kind[r] == GRID_GROUP)
			name = group_name(g, r);
		if (g->row_kind[r] == GRID_TOTAL)
			name = NULL;
		group[r] = name;
	}
	return group;
}

/* Whether a column of the table names the group of each row already. */
static bool names_groups(const struct grid_table *g, size_t column, const char *const *group)
{
	for (size_t r = 0; r < g->n_row; r++)
		if (group[r] && strcmp(group[r], g->cell[r * g->n_column + column].text) != 0)
			return false;
	return true;
}

static bool has_groups(const struct grid_table *g)
{
	for (size_t r = 0; r < g->n_row; r++)
		if (g->row_kind[r] == GRID_GROUP)
			return true;
	return false;
}

static void set_groups(const struct twinmaking *t, struct twin_sheet *s)
{
	const struct grid_table *g = s->grid;
	const char *const *group;

	if (!has_groups(g))
		return;
	group = make_groups(t, g);
	for (size_t c = 0; c < g->n_column; c++)
		if (!g->column[c].is_number && names_groups(g, c, group))
			return;
	s->group = group;
	s->group_head = say(t, "group", NULL, NULL);
}

/* ---- rows ---- */

/* A head of a group alone. */
static bool is_bare(const struct grid_table *g, size_t row)
{
	if (g->row_kind[row] != GRID_GROUP)
		return false;
	for (size_t c = 0; c < g->n_column; c++)
		if (g->column[c].is_number && g->cell[row * g->n_column + c].state != FIGURE_MISSING)
			return false;
	return true;
}

static void set_rows(const struct twinmaking *t, struct twin_sheet *s)
{
	size_t *row = ARENA_ARRAY(t->a, s->grid->n_row, size_t);

	for (size_t r = 0; r < s->grid->n_row; r++)
		if (!is_bare(s->grid, r))
			row[s->n_row++] = r;
	s->row = row;
}

/* ---- sheets with a table ---- */

static void set_table(const struct twinmaking *t, struct twin_sheet *s, const char *table, bool has_notes)
{
	struct lines l = { 0 };

	set_groups(t, s);
	set_rows(t, s);
	s->table = table;
	s->head = make_heads(t, s->grid, s->group_head);
	add_line(t, &l, say(t, "one-table", NULL, NULL));
	if (has_notes)
		add_line(t, &l, say(t, "notes.where", say(t, "notes.name", NULL, NULL), NULL));
	add_line(t, &l, s->grid->unit_line);
	if (!s->n_row)
		add_line(t, &l, say(t, "no-rows", NULL, NULL));
	set_lines(s, &l);
}

static const char *first_characters(const char *text, size_t most, struct arena *a)
{
	size_t n = strlen(text);

	while (utf8_length(text, n) > most)
		n = utf8_cut(text, n, n - 1);
	return arena_slice(a, text, n);
}

/* "Nguồn số liệu 2": the second table of a sheet that has several. */
static const char *part_name(const struct twinmaking *t, const struct worksheet *from, size_t i)
{
	const char *number = arena_printf(t->a, "%zu", i + 1);

	if (from->n_table == 1)
		return first_characters(from->name, NAME_CHARACTERS_MAX, t->a);
	return say(t, "sheet-part", first_characters(from->name, NAME_CHARACTERS_MAX - strlen(number) - 1, t->a), number);
}

/* Without the marks of notes. */
static const char *plain_title(const struct twin_sheet *s)
{
	return s->grid->title && *s->grid->title ? s->grid->title : s->name;
}

static void make_sheet(struct twinmaking *t, const struct worksheet *from, size_t i, struct twin_sheet *s)
{
	const struct sheet_table *table = &from->table[i];

	*s = (struct twin_sheet){ .name = part_name(t, from, i), .grid = table->grid };
	s->title = plain_title(s);
	for (size_t k = 0; k < table->grid->n_note; k++)
		s->title = mark(t, s->title, table->grid->note[k], s->name);
	set_table(t, s, table->name, table->grid->n_note > 0);
}

/* ---- the sheets in front ---- */

static void make_cover(struct twinmaking *t, const struct twin *twin, struct twin_sheet *s)
{
	const struct workbook *book = t->in->book;
	struct lines l = { 0 };

	*s = (struct twin_sheet){ .name = say(t, "cover.name", NULL, NULL) };
	s->title = mark(t, book->title, say(t, "notes.exact", NULL, NULL), s->name);
	for (size_t i = 0; i < t->in->n_cover; i++)
		add_line(t, &l, t->in->cover[i]);
	for (size_t i = 0; i < book->n_sheet; i++)
		for (size_t k = 0; k < book->sheet[i].n_paragraph; k++)
			add_line(t, &l, book->sheet[i].paragraph[k]);
	add_line(t, &l, wording_text(t->words, "legend", (const char *const[WORDING_ARGUMENTS]){ twin->shorthand[FIGURE_MISSING],
		twin->shorthand[FIGURE_NOT_APPLICABLE], twin->shorthand[FIGURE_CONFIDENTIAL] }, t->a));
	add_line(t, &l, say(t, "cover.notes", say(t, "notes.name", NULL, NULL), NULL));
	set_lines(s, &l);
}

static void make_contents(const struct twinmaking *t, const struct twin_sheet *of, size_t n, struct twin_sheet *s)
{
	enum { N_COLUMN = 2 };
	const struct text_column column[N_COLUMN] = {
		{ "sheet", say(t, "contents.sheet", NULL, NULL), ALIGN_LEFT, false },
		{ "what", say(t, "contents.what", NULL, NULL), ALIGN_LEFT, false },
	};
	const char **text = ARENA_ARRAY(t->a, n * N_COLUMN, const char *);
	const struct text_grid grid = { .id = "contents", .column = column, .n_column = N_COLUMN, .text = text, .n_row = n, .stub = 1 };

	for (size_t i = 0; i < n; i++) {
		text[i * N_COLUMN] = of[i].name;
		text[i * N_COLUMN + 1] = plain_title(&of[i]);
	}
	*s = (struct twin_sheet){ .name = say(t, "contents.name", NULL, NULL), .title = say(t, "contents.title", NULL, NULL), .links = true };
	s->grid = text_grid_make(&grid, t->a);
	set_table(t, s, "muc_luc", false);
}

static void make_notes(const struct twinmaking *t, struct twin_sheet *s)
{
	enum { N_COLUMN = 3 };
	const struct text_column column[N_COLUMN] = {
		{ "number", say(t, "notes.number", NULL, NULL), ALIGN_LEFT, false },
		{ "text", say(t, "notes.text", NULL, NULL), ALIGN_LEFT, false },
		{ "sheet", say(t, "notes.sheet", NULL, NULL), ALIGN_LEFT, false },
	};
	const char **text = ARENA_ARRAY(t->a, t->n_note * N_COLUMN, const char *);
	const struct text_grid grid = { .id = "notes", .column = column, .n_column = N_COLUMN, .text = text, .n_row = t->n_note, .stub = 1 };

	for (size_t i = 0; i < t->n_note; i++) {
		text[i * N_COLUMN] = arena_printf(t->a, "%zu", i + 1);
		text[i * N_COLUMN + 1] = t->note[i].text;
		text[i * N_COLUMN + 2] = t->note[i].sheet;
	}
	*s = (struct twin_sheet){ .name = say(t, "notes.name", NULL, NULL), .title = say(t, "notes.title", NULL, NULL) };
	s->grid = text_grid_make(&grid, t->a);
	set_table(t, s, "chu_thich", false);
}

/* ---- the whole ---- */

static size_t count_tables(const struct workbook *book)
{
	size_t n = 0;

	for (size_t i = 0; i < book->n_sheet; i++)
		n += book->sheet[i].n_table;
	return n;
}

/* The sheets in front have names of their own, and those of a sheet with several tables are new: none may stand twice. */
static bool check_names(const struct twin *twin, struct twinmaking *t, struct diags *d)
{
	struct map known;
	bool ok = true;

	map_init(&known, t->a);
	for (size_t i = 0; i < twin->n_sheet; i++) {
		const char *name = twin->sheet[i].name;

		if (!map_add(&known, utf8_fold(name, strlen(name), t->a), i, NULL))
			ok = diag_error(d, t->in->at, "duplicate",
				"the accessible workbook would have two sheets called '%s'; change the name of the <sheet> in the template of progress, or the words of templates/wording/accessible.xml",
				name);
	}
	map_clear(&known);
	return ok;
}

bool twin_make(const struct twin_input *in, struct library *library, struct arena *a, struct twin *twin, struct diags *d)
{
	enum { COVER, CONTENTS, NOTES, FRONT };
	struct twinmaking t = { .in = in, .words = wording_read(library, "accessible", ids, in->at, a, d), .a = a };
	size_t n = count_tables(in->book);
	struct twin_sheet *sheet = ARENA_ARRAY(a, FRONT + n, struct twin_sheet);

	if (!t.words)
		return false;
	*twin = (struct twin){ .book = in->book, .sheet = sheet, .n_sheet = FRONT };
	twin->shorthand[FIGURE_MISSING] = say(&t, "shorthand.missing", NULL, NULL);
	twin->shorthand[FIGURE_NOT_APPLICABLE] = say(&t, "shorthand.not-applicable", NULL, NULL);
	twin->shorthand[FIGURE_CONFIDENTIAL] = say(&t, "shorthand.confidential", NULL, NULL);
	make_cover(&t, twin, &sheet[COVER]);
	for (size_t i = 0; i < in->book->n_sheet; i++)
		for (size_t k = 0; k < in->book->sheet[i].n_table; k++)
			make_sheet(&t, &in->book->sheet[i], k, &sheet[twin->n_sheet++]);
	make_contents(&t, &sheet[FRONT], n, &sheet[CONTENTS]);
	make_notes(&t, &sheet[NOTES]);
	return check_names(twin, &t, d);
}

const char *twin_shorthand(const struct twin *t, const struct grid_table *g, size_t row, size_t column)
{
	const struct grid_column *c = &g->column[column];
	const struct grid_cell *cell = &g->cell[row * g->n_column + column];

	if (c->is_number)
		return t->shorthand[cell->state];
	return *cell->text ? NULL : t->shorthand[FIGURE_NOT_APPLICABLE];
}
