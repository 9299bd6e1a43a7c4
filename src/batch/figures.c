#include "batch/figures.h"

#include "base/buf.h"
#include "base/texts.h"

#include <jansson.h>
#include <string.h>

enum { LISTED_AREAS_MAX = 256 << 20 /* [bytes] of a batch.json */ };

/* A file being read, and where. */
struct reading {
	const char *shown;
	const char *part; /* "tables", "texts" */
	size_t table, row, cell;
	struct texts texts; /* labels and ids that come again and again */
	struct arena *arena;
	struct diags *d;
};

static bool wrong(const struct reading *r, const char *what)
{
	return diag_error(r->d, (struct origin){ .file = r->shown }, "format",
		"is not as this program writes it: %s of %s[%zu], row %zu, cell %zu; make these results again", what, r->part, r->table, r->row,
		r->cell);
}

/* ---- values ---- */

static bool read_text(struct reading *r, const json_t *object, const char *name, const char **text)
{
	const char *found = json_string_value(json_object_get(object, name));

	if (!found)
		return wrong(r, name);
	*text = texts_keep(&r->texts, found);
	return true;
}

static bool read_state(struct reading *r, const json_t *object, enum figure_state *state)
{
	const char *name = json_string_value(json_object_get(object, "state"));

	for (int i = FIGURE_OK; name && i <= FIGURE_CONFIDENTIAL; i++) {
		*state = (enum figure_state)i;
		if (!strcmp(name, figure_state_name(*state)))
			return true;
	}
	return wrong(r, "state");
}

/* "value" and "text"; a text that is null is none. */
static bool read_value(struct reading *r, const json_t *object, struct kept_cell *cell)
{
	const json_t *value = json_object_get(object, "value");
	const json_t *text = json_object_get(object, "text");
	const char *exact = json_string_value(value);

	if (!value || (!exact && !json_is_null(value)) || (exact && (cell->state != FIGURE_OK || !ratio_read_exact(exact, &cell->x))))
		return wrong(r, "value");
	if (!text || (!json_is_string(text) && !json_is_null(text)))
		return wrong(r, "text");
	cell->value = texts_keep(&r->texts, exact);
	cell->text = json_is_null(text) ? "" : texts_keep(&r->texts, json_string_value(text));
	if (!exact)
		cell->x = ratio_whole(0);
	return true;
}

/* ---- tables ---- */

/* Which of n labels are those of several keys of a table. */
static const bool *shared_labels(const char *const *label, const char *const *key, size_t n, struct arena *a)
{
	size_t *first = ARENA_ARRAY(a, n, size_t);
	bool *shared = ARENA_ARRAY(a, n, bool);
	struct map known;

	map_init(&known, a);
	for (size_t i = 0; i < n; i++) {
		first[i] = i;
		map_add(&known, label[i], i, &first[i]);
		if (strcmp(key[i], key[first[i]]) != 0)
			shared[first[i]] = true;
	}
	for (size_t i = 0; i < n; i++)
		shared[i] = shared[first[i]];
	return shared;
}

/* [n] what tells them apart. */
static const char **tell_labels(struct reading *r, const char *const *label, const char *const *key, size_t n)
{
	const char **told = ARENA_ARRAY(r->arena, n, const char *);
	struct arena tmp = { 0 };
	const bool *shared = shared_labels(label, key, n, &tmp);

	for (size_t i = 0; i < n; i++) {
		told[i] = label[i];
		if (shared[i])
			told[i] = *label[i] ? arena_printf(r->arena, "%s [%s]", label[i], key[i]) : key[i];
	}
	arena_clear(&tmp);
	return told;
}

static void tell_columns(struct reading *r, struct kept_column *column, size_t n)
{
	const char **label = ARENA_ARRAY(r->arena, n, const char *);
	const char **id = ARENA_ARRAY(r->arena, n, const char *);
	const char **told;

	for (size_t i = 0; i < n; i++) {
		label[i] = column[i].label;
		id[i] = column[i].id;
	}
	told = tell_labels(r, label, id, n);
	for (size_t i = 0; i < n; i++)
		column[i].told = told[i];
}

static void tell_rows(struct reading *r, struct kept_row *row, size_t n)
{
	const char **label = ARENA_ARRAY(r->arena, n, const char *);
	const char **key = ARENA_ARRAY(r->arena, n, const char *);
	const char **told;

	for (size_t i = 0; i < n; i++) {
		label[i] = row[i].label;
		key[i] = row[i].key;
	}
	told = tell_labels(r, label, key, n);
	for (size_t i = 0; i < n; i++)
		row[i].told = told[i];
}

static bool read_label(struct reading *r, const json_t *lines, const char **label)
{
	struct buf b = { 0 };
	bool ok = json_is_array(lines);

	for (size_t i = 0; ok && i < json_array_size(lines); i++) {
		const char *line = json_string_value(json_array_get(lines, i));

		buf_puts(&b, i ? ", " : "");
		buf_puts(&b, line ? line : "");
		ok = line;
	}
	if (ok)
		*label = texts_keep(&r->texts, b.text ? b.text : "");
	buf_clear(&b);
	return ok || wrong(r, "label");
}

static bool read_columns(struct reading *r, const json_t *list, struct kept_table *table)
{
	struct kept_column *column = ARENA_ARRAY(r->arena, json_array_size(list), struct kept_column);

	table->column = column;
	table->n_column = json_array_size(list);
	for (r->cell = 0; r->cell < table->n_column; r->cell++, column++) {
		const json_t *object = json_array_get(list, r->cell);

		if (!read_text(r, object, "id", &column->id) || !read_label(r, json_object_get(object, "label"), &column->label))
			return false;
		column->unit = json_is_null(json_object_get(object, "unit")) ? "" : NULL;
		if (!column->unit && !read_text(r, object, "unit", &column->unit))
			return false;
	}
	tell_columns(r, column - table->n_column, table->n_column);
	return json_is_array(list) || wrong(r, "columns");
}

static bool read_row(struct reading *r, const json_t *object, const struct kept_table *table, struct kept_row *row)
{
	const json_t *cells = json_object_get(object, "cells");
	struct kept_cell *cell = ARENA_ARRAY(r->arena, table->n_column, struct kept_cell);

	row->cell = cell;
	r->cell = 0;
	if (!read_text(r, object, "key", &row->key) || !read_text(r, object, "label", &row->label))
		return false;
	if (json_array_size(cells) != table->n_column)
		return wrong(r, "cells");
	for (; r->cell < table->n_column; r->cell++, cell++) {
		const json_t *one = json_array_get(cells, r->cell);
		const char *column = json_string_value(json_object_get(one, "column"));

		if (!column || strcmp(column, table->column[r->cell].id) != 0)
			return wrong(r, "column");
		if (!read_state(r, one, &cell->state) || !read_value(r, one, cell))
			return false;
	}
	return true;
}

static bool read_table(struct reading *r, const json_t *object, struct kept_table *table)
{
	const json_t *rows = json_object_get(object, "rows");
	struct kept_row *row = ARENA_ARRAY(r->arena, json_array_size(rows), struct kept_row);

	table->row = row;
	table->n_row = json_array_size(rows);
	if (!read_text(r, object, "id", &table->id) || !read_text(r, object, "title", &table->title)
		|| !read_columns(r, json_object_get(object, "columns"), table))
		return false;
	for (r->row = 0; r->row < table->n_row; r->row++)
		if (!read_row(r, json_array_get(rows, r->row), table, &row[r->row]))
			return false;
	tell_rows(r, row, table->n_row);
	r->row = 0;
	r->cell = 0;
	return (json_is_array(rows) && *table->id) || wrong(r, json_is_array(rows) ? "id" : "rows");
}

/* Of a figure in the text only that it is there tells that it is one: it has no state of its own. */
static bool read_sentences(struct reading *r, const json_t *list, struct kept_table *table)
{
	static const struct kept_column only = { "", "", "", "" };
	struct kept_row *row = ARENA_ARRAY(r->arena, json_array_size(list), struct kept_row);
	struct kept_cell *cell = ARENA_ARRAY(r->arena, json_array_size(list), struct kept_cell);

	*table = (struct kept_table){ .id = "", .title = "", .column = &only, .n_column = 1, .row = row, .n_row = json_array_size(list) };
	for (r->row = 0; r->row < table->n_row; r->row++, row++, cell++) {
		const json_t *one = json_array_get(list, r->row);

		cell->state = json_is_null(json_object_get(one, "value")) ? FIGURE_MISSING : FIGURE_OK;
		if (!read_text(r, one, "expression", &row->key) || !read_value(r, one, cell))
			return false;
		row->label = row->told = row->key;
		row->cell = cell;
	}
	return json_is_array(list) || wrong(r, "list");
}

static bool read_root(struct reading *r, const json_t *root, struct kept_figures *figures)
{
	const json_t *tables = json_object_get(root, "tables");
	size_t n = json_array_size(tables);
	struct kept_table *table = ARENA_ARRAY(r->arena, n + 1, struct kept_table);

	*figures = (struct kept_figures){ .table = table, .n_table = n + 1 };
	r->part = "tables";
	if (!read_text(r, root, "job", &figures->job))
		return false;
	for (r->table = 0; r->table < n; r->table++)
		if (!read_table(r, json_array_get(tables, r->table), &table[r->table]))
			return false;
	if (!json_is_array(tables))
		return wrong(r, "list");
	r->part = "texts";
	r->table = 0;
	return read_sentences(r, json_object_get(root, "texts"), &table[n]);
}

bool figures_parse(struct bytes bytes, const char *shown, struct arena *a, struct kept_figures *figures, struct diags *d)
{
	struct reading r = { .shown = shown, .arena = a, .d = d };
	json_error_t error;
	json_t *root = json_loadb(bytes.data, bytes.n, JSON_REJECT_DUPLICATES, &error);
	bool ok;

	texts_init(&r.texts, a);
	if (root)
		ok = read_root(&r, root, figures);
	else
		ok = diag_error(d, (struct origin){ .file = shown, .row = error.line > 0 ? (uint32_t)error.line : 0 }, "format",
			"is no JSON as this program writes it; make these results again");
	texts_clear(&r.texts);
	json_decref(root);
	return ok;
}

size_t figures_count(const struct kept_figures *figures)
{
	size_t n = 0;

	for (size_t t = 0; t < figures->n_table; t++) {
		const struct kept_table *table = &figures->table[t];

		for (size_t i = 0; i < table->n_row; i++)
			for (size_t k = 0; k < table->n_column; k++)
				n += table->row[i].cell[k].value || table->row[i].cell[k].state > FIGURE_MISSING;
	}
	return n;
}

/* ---- names of areas ---- */

void kept_names_init(struct kept_names *names, struct arena *a)
{
	*names = (struct kept_names){ .n = 0 };
	map_init(&names->path, a);
	map_init(&names->listed, a);
	map_init(&names->folder, a);
}

static const char *key_of(const char *path, const char *period, struct arena *a)
{
	return arena_printf(a, "%s|%s", path, period);
}

/* A line of an area is an object, with a comma or what closes the file behind it. */
static json_t *parse_line(const char *line, size_t n)
{
	return json_loadb(line, n, JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, NULL);
}

static void add_name(struct kept_names *names, const json_t *object, const char *prefix, const char *period, struct arena *a)
{
	const char *state = json_string_value(json_object_get(object, "state"));
	const char *code = json_string_value(json_object_get(object, "code"));
	const char *parent = json_string_value(json_object_get(object, "parent"));
	const char *name = json_string_value(json_object_get(object, "name"));

	const char *path;

	if (!code || !parent || !name)
		return;
	path = arena_printf(a, "%s%s%s/%s", prefix, *prefix ? "/" : "", parent, code);
	if (state && (!strcmp(state, "done") || !strcmp(state, "failed")))
		map_add(&names->listed, key_of(path, period, a), *state == 'd', NULL);
	if (map_add(&names->path, path, names->n, NULL))
		*ARENA_PUSH(a, names->name, names->n, &names->cap) = arena_text(a, name);
}

bool kept_names_read(struct kept_names *names, const char *path, const struct kept_list *list, struct arena *a, struct diags *d)
{
	static const char begin[] = "{\"code\":";
	struct arena tmp = { 0 };
	struct bytes bytes;
	bool ok = file_read(path, path, LISTED_AREAS_MAX, &tmp, &bytes, d);
	const char *line = ok ? bytes.data : "";
	const char *end;

	if (ok && list->whole)
		map_add(&names->folder, key_of(list->prefix, list->period, a), 0, NULL);
	for (; ok && *line && (end = memchr(line, '\n', (size_t)(bytes.data + bytes.n - line))); line = end + 1) {
		json_t *object = !strncmp(line, begin, sizeof begin - 1) ? parse_line(line, (size_t)(end - line)) : NULL;

		add_name(names, object, list->prefix, list->period, a);
		json_decref(object);
	}
	arena_clear(&tmp);
	return ok;
}

const char *kept_names_find(const struct kept_names *names, const char *path)
{
	size_t i;

	return map_find(&names->path, path, &i) ? names->name[i] : "";
}

/* The folder of results that an area's folder is in: two above it. NULL: it is not as deep. */
static const char *folder_of(const char *path, struct arena *a)
{
	size_t n = strlen(path);

	for (int i = 0; i < 2; i++) {
		while (n && path[n - 1] != '/')
			n--;
		if (!n)
			return i ? "" : NULL;
		n--;
	}
	return arena_slice(a, path, n);
}

enum kept_state kept_names_state(const struct kept_names *names, const char *path, const char *period, struct arena *a)
{
	const char *folder = folder_of(path, a);
	size_t made;

	if (map_find(&names->listed, key_of(path, period, a), &made))
		return made ? KEPT_MADE : KEPT_FAILED;
	return folder && map_find(&names->folder, key_of(folder, period, a), NULL) ? KEPT_UNLISTED : KEPT_UNKNOWN;
}
