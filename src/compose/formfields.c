/* The columns of a form: the fields that are filled in, in the order and under the headings of the job's table. */
#include "compose/formwork.h"

#include "base/utf8.h"
#include "compute/table.h"
#include "model/matcher.h"

#include <stdlib.h>
#include <string.h>

enum {
	KNOWN_MAX = 12,	      /* values that a list offers */
	KNOWN_TEXT_MAX = 255, /* [characters] of all of them with their commas, as a workbook takes them */
	BEHIND = 1 << 16,     /* columns that no table has stand behind those that one has */
};

static const char divider[] = " > ";

/* ---- the job's tables ---- */

static bool read_column(struct formwork *w, const struct node *n, const char *const *above, size_t level)
{
	const char *id = node_need(n, "id", w->d);
	const char **label = ARENA_ARRAY(w->a, level + 1, const char *);
	const char *is = node_attribute(n, "is");
	const char *total = node_attribute(n, "total");

	for (size_t i = 0; i < level; i++)
		label[i] = above[i];
	label[level] = label_text(n, "label", w->model->job, w->a, w->d);
	if (!id || !label[level])
		return false;
	*ARENA_PUSH(w->a, w->place, w->n_place, &w->cap_place) = (struct form_place){
		.id = id,
		.path = { label, level + 1 },
		.is_ordinal = is && !strcmp(is, "ordinal"),
		.is_label = is && !strcmp(is, "label"),
		.computed = node_attribute(n, "value") || node_attribute(n, "by"),
		.no_total = total && !strcmp(total, "none"),
	};
	return true;
}

/* Columns of an element and of the groups in it. */
static bool read_columns(struct formwork *w, const struct node *parent, const char **above, size_t level)
{
	bool ok = true;

	for (const struct node *n = parent->child; n; n = n->next) {
		if (node_is(n, "column")) {
			ok = read_column(w, n, above, level) && ok;
		} else if (node_is(n, "group") && level + 1 < TABLE_HEADER_MAX) {
			above[level] = label_text(n, "label", w->model->job, w->a, w->d);
			ok = above[level] && read_columns(w, n, above, level + 1) && ok;
		}
	}
	return ok;
}

static bool read_table(struct formwork *w, const char *name, struct origin at)
{
	const char *above[TABLE_HEADER_MAX];
	struct library_file file;
	const struct node *root;
	const char *over;

	if (!library_find(w->library, "tables", name, at, &file, w->d))
		return false;
	root = library_tree(w->library, &file, "table", "urn:kehoach:table:1", w->a, w->d);
	over = root ? node_need(root, "over", w->d) : NULL;
	if (!over || strcmp(over, w->dataset->id) != 0)
		return over;
	if (!read_columns(w, root, above, 0))
		return false;
	if (w->n_place)
		w->place[w->n_place - 1].ends = true;
	return true;
}

/* Whether there is a table of that name. */
static bool has_table(struct formwork *w, const char *name)
{
	struct diags quiet = { .quiet = true };
	struct library_file file;
	bool found = library_find(w->library, "tables", name, w->dataset->at, &file, &quiet);

	diags_clear(&quiet);
	return found;
}

bool form_read_tables(struct formwork *w)
{
	const struct job *job = w->model->job;
	bool ok = true;

	for (const char *const *name = job->workbook; *name; name++)
		ok = read_table(w, *name, job_table_place(job, *name)) && ok;
	if (ok && !w->n_place && has_table(w, w->dataset->id))
		ok = read_table(w, w->dataset->id, w->dataset->at);
	return ok;
}

static const struct form_place *place_of(const struct formwork *w, const char *id, bool computed)
{
	for (size_t i = 0; i < w->n_place; i++)
		if (!strcmp(w->place[i].id, id) && !w->place[i].is_label && !w->place[i].is_ordinal && w->place[i].computed == computed)
			return &w->place[i];
	return NULL;
}

static const struct form_place *label_place(const struct formwork *w)
{
	for (size_t i = 0; i < w->n_place; i++)
		if (w->place[i].is_label)
			return &w->place[i];
	return NULL;
}

/* ---- headings ---- */

const char *form_path_text(struct label_path path, const char *between, struct arena *a)
{
	const char *text = path.n_label ? path.label[0] : "";

	for (size_t i = 1; i < path.n_label; i++)
		text = arena_printf(a, "%s%s%s", text, between, path.label[i]);
	return text;
}

/* Whether the reader takes the heading for that field. */
static bool reads_back(const struct formwork *w, const struct matcher *m, struct label_path path, size_t field)
{
	const char *text = form_path_text(path, divider, w->a);
	size_t found;

	return path.n_label <= DATA_HEADER_ROWS_MAX
		&& matcher_find(m, header_text(text, strlen(text), w->a), &found) == MATCH_FULL && found == field;
}

/* The field's own name in that year, its levels apart. */
static struct label_path own_path(const struct formwork *w, size_t field, int year)
{
	const char *name = header_name(w->dataset->field[field].label, year, w->a);
	const char **label = ARENA_ARRAY(w->a, DATA_HEADER_ROWS_MAX, const char *);
	size_t n = 0;

	for (const char *next; n + 1 < DATA_HEADER_ROWS_MAX && (next = strstr(name, divider)); name = next + strlen(divider))
		label[n++] = arena_slice(w->a, name, (size_t)(next - name));
	label[n++] = name;
	return (struct label_path){ label, n };
}

static struct label_path entry_path(const struct formwork *w, const struct matcher *m, size_t field)
{
	const struct field *f = &w->dataset->field[field];
	const struct form_place *place = place_of(w, f->id, false);
	const struct form_place *label = label_place(w);

	if (place && reads_back(w, m, place->path, field))
		return place->path;
	if (f->key && label && reads_back(w, m, label->path, field))
		return label->path;
	return own_path(w, field, m->year);
}

/* Levels of the header over what is filled in; there is room for two in any case. */
static size_t entry_depth(const struct formwork *w)
{
	size_t depth = 2;

	for (size_t i = 0; i < w->n_column; i++)
		depth = w->column[i].path.n_label > depth ? w->column[i].path.n_label : depth;
	return depth;
}

/* Below one heading, the last level in brackets, so that no reader takes it for a field; as many levels as the entries have. */
static struct label_path reference_path(const struct formwork *w, size_t field, size_t depth)
{
	int year = w->input->previous->source->period_year;
	struct label_path own = own_path(w, field, year);
	const char **label = ARENA_ARRAY(w->a, own.n_label + 1, const char *);
	size_t n = 0;

	label[n++] = form_say(w, "reference", arena_printf(w->a, "%d", year), NULL, NULL);
	for (size_t i = 0; i < own.n_label && own.n_label < depth; i++)
		label[n++] = own.label[i];
	if (own.n_label >= depth)
		label[n++] = form_path_text(own, ", ", w->a);
	label[n - 1] = arena_printf(w->a, "(%s)", label[n - 1]);
	return (struct label_path){ label, n };
}

/* ---- which fields ---- */

static bool is_present(const struct data *data, const struct dataset *dataset, size_t field)
{
	return data && data->dataset == dataset && data->present[field];
}

bool form_names_row(const struct field *f)
{
	return f->key || f->type == FIELD_AREA || !strcmp(f->id, "code");
}

static bool is_entered(const struct formwork *w, size_t field)
{
	const struct field *f = &w->dataset->field[field];

	if (f->required || f->key || place_of(w, f->id, false))
		return true;
	if (place_of(w, f->id, true))
		return false;
	return is_present(w->input->rows, w->dataset, field) || is_present(w->input->previous, w->dataset, field);
}

/* ---- values that are known ---- */

struct values {
	const char *text[KNOWN_MAX + 1];
	size_t n;
	size_t n_letter;
	bool fits; /* a workbook can offer them */
};

static void add_value(struct values *v, const char *text)
{
	for (size_t i = 0; i < v->n; i++)
		if (!strcmp(v->text[i], text))
			return;
	v->n_letter += utf8_length(text, strlen(text)) + 1;
	v->fits = v->fits && v->n < KNOWN_MAX && v->n_letter <= KNOWN_TEXT_MAX && !strpbrk(text, ",\n");
	if (v->fits)
		v->text[v->n++] = text;
}

/* A text of every row that says what kind of row it is: some rows have the same. NULL for any other. */
static const char *const *known_values(const struct formwork *w, size_t field)
{
	struct values v = { .fits = true };
	const char **known;
	size_t n_row = 0;

	for (size_t i = 0; i < w->n_row; i++) {
		const struct data_row *own = w->row[i].own;

		if (own && !own->datum[field].text)
			return NULL;
		if (own)
			add_value(&v, own->datum[field].text);
		n_row += own != NULL;
	}
	if (!v.fits || v.n < 2 || v.n >= n_row)
		return NULL;
	known = ARENA_ARRAY(w->a, v.n + 1, const char *);
	memcpy(known, v.text, v.n * sizeof *known);
	return known;
}

/* ---- the columns ---- */

/* A column with what it is sorted by. */
struct ranked {
	struct form_field column;
	size_t rank;
};

static int by_rank(const void *a, const void *b)
{
	size_t x = ((const struct ranked *)a)->rank;
	size_t y = ((const struct ranked *)b)->rank;

	return (x > y) - (x < y);
}

/* Where a field stands: as in the job's table; keys and what each row must say beside the row's name; remarks last, also where
 * the table lacks what stands before them. */
static size_t rank_of(const struct formwork *w, size_t field)
{
	const struct field *f = &w->dataset->field[field];
	const struct form_place *place = place_of(w, f->id, false);
	const struct form_place *label = label_place(w);
	bool remark = f->type == FIELD_TEXT && !f->key && !f->needed;

	if (place && place->ends && remark)
		place = NULL;
	else if (!place && !field_is_number(f->type) && (f->key || f->needed || form_names_row(f)))
		place = label;
	else if (!place)
		place = place_of(w, f->id, true);
	if (place)
		return (size_t)(place - w->place + 1) * BEHIND + field + (place == label && !f->key ? BEHIND / 2 : 0);
	return (form_names_row(f) ? 0 : w->n_place + (remark ? 2 : 1)) * BEHIND + field;
}

/* Whether the column is known for all rows. */
static bool is_given(const struct formwork *w, size_t field)
{
	const struct form_field column = { .field = field, .kind = FORM_GIVEN };

	if (!form_names_row(&w->dataset->field[field]))
		return false;
	for (size_t i = 0; i < w->n_row; i++)
		if (!*form_given_text(w, &w->row[i], &column))
			return false;
	return true;
}

static bool is_summed(const struct formwork *w, const struct field *f)
{
	const struct form_place *place = place_of(w, f->id, false);

	return (f->type == FIELD_COUNT || f->type == FIELD_MONEY) && w->dataset->total_label && !(place && place->no_total);
}

/* The text field for the row's number that the heading names, or NO_FIELD. */
static size_t number_field(const struct formwork *w, const struct matcher *m, struct label_path path)
{
	for (size_t i = 0; i < w->dataset->n_field; i++)
		if (w->dataset->field[i].type == FIELD_TEXT && !w->dataset->field[i].key && reads_back(w, m, path, i))
			return i;
	return NO_FIELD;
}

/* As the job's table heads it, else in the form's own words. */
static size_t ordinal_field(const struct formwork *w, const struct matcher *m, struct label_path *path)
{
	const char **label = ARENA_ARRAY(w->a, 1, const char *);
	size_t field = NO_FIELD;

	for (size_t i = 0; i < w->n_place && field == NO_FIELD; i++)
		if (w->place[i].is_ordinal) {
			*path = w->place[i].path;
			field = number_field(w, m, *path);
		}
	if (field != NO_FIELD)
		return field;
	label[0] = form_say(w, "column.no", NULL, NULL, NULL);
	*path = (struct label_path){ label, 1 };
	return number_field(w, m, *path);
}

static void push(struct formwork *w, struct form_field column)
{
	*ARENA_PUSH(w->a, w->column, w->n_column, &w->cap_column) = column;
}

static void push_sorted(struct formwork *w, struct ranked *ranked, size_t n)
{
	if (n)
		qsort(ranked, n, sizeof *ranked, by_rank);
	for (size_t i = 0; i < n; i++)
		push(w, ranked[i].column);
}

static void choose_entries(struct formwork *w)
{
	struct ranked *ranked = ARENA_ARRAY(w->a, w->dataset->n_field, struct ranked);
	struct label_path path;
	struct matcher m;
	size_t ordinal;
	size_t n = 0;

	matcher_init(&m, w->dataset, w->model->job->period.year, w->a);
	ordinal = ordinal_field(w, &m, &path);
	if (ordinal != NO_FIELD)
		push(w, (struct form_field){ .field = NO_FIELD, .kind = FORM_GIVEN, .path = path });
	for (size_t i = 0; i < w->dataset->n_field; i++) {
		const struct field *f = &w->dataset->field[i];

		if (i == ordinal || !is_entered(w, i))
			continue;
		ranked[n++] = (struct ranked){
			.rank = rank_of(w, i),
			.column = {
				.field = i,
				.kind = is_given(w, i) ? FORM_GIVEN : FORM_ENTRY,
				.path = entry_path(w, &m, i),
				.summed = is_summed(w, f),
				.known = f->type == FIELD_TEXT && !f->key ? known_values(w, i) : NULL,
			},
		};
	}
	push_sorted(w, ranked, n);
}

static bool any_before(const struct formwork *w, size_t field)
{
	for (size_t i = 0; i < w->n_row; i++)
		if (w->row[i].before && w->row[i].before[field].state == FIGURE_OK)
			return true;
	return false;
}

/* Figures of the year before, computed ones too, behind a gap. */
static void choose_references(struct formwork *w)
{
	struct ranked *ranked = ARENA_ARRAY(w->a, w->dataset->n_field, struct ranked);
	size_t depth = entry_depth(w);
	size_t n = 0;

	for (size_t i = 0; i < w->dataset->n_field; i++)
		if (field_is_number(w->dataset->field[i].type) && any_before(w, i))
			ranked[n++] = (struct ranked){
				.rank = rank_of(w, i),
				.column = { .field = i, .kind = FORM_REFERENCE, .path = reference_path(w, i, depth),
					.summed = is_summed(w, &w->dataset->field[i]) },
			};
	if (n)
		push(w, (struct form_field){ .field = NO_FIELD, .kind = FORM_GAP });
	push_sorted(w, ranked, n);
}

void form_choose_columns(struct formwork *w)
{
	choose_entries(w);
	if (w->input->previous)
		choose_references(w);
}
