/* json: figures.json: every table computed and every figure in a sentence, exact, with the places it came from.
 * One line a column, a row and a sentence, so that two files compare well line by line. */
#include "base/buf.h"
#include "base/file.h"
#include "render/backend.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	BUFFER_MAX = 64 << 10, /* [bytes] that wait to be written, but for the longest cell */
	FILES_KNOWN = 4096,    /* a power of two */
};

/* What places of a file begin with, as the beginning of a JSON string. Most cells name the same few files. */
struct known_file {
	const char *file, *sheet; /* by their addresses; NULL: none yet */
	struct buf text;
};

struct writer {
	struct file_out out;
	struct buf b;	  /* what is not written yet */
	const char *dir;  /* the job's folder: places inside it are told from there */
	struct arena tmp; /* exact values and places, cleared behind each item */
	struct known_file *known; /* [FILES_KNOWN] by a hash of the addresses: the last one of each */
};

static void put_out(struct writer *w)
{
	file_add(&w->out, w->b.text, w->b.n);
	w->b.n = 0;
}

/* Behind a row or a cell. */
static void end_item(struct writer *w)
{
	arena_reset(&w->tmp);
	if (w->b.n > BUFFER_MAX)
		put_out(w);
}

static void put_member(struct writer *w, const char *name, const char *value)
{
	buf_putc(&w->b, '"');
	buf_puts(&w->b, name);
	buf_puts(&w->b, "\":");
	buf_json(&w->b, value);
}

static const char *file_inside(const struct writer *w, const char *file)
{
	size_t n = w->dir ? strlen(w->dir) : 0;

	return n && file && !strncmp(file, w->dir, n) && file[n] == '/' ? file + n + 1 : file;
}

static const char *place_text(struct writer *w, struct origin at)
{
	at.file = file_inside(w, at.file);
	return origin_text(at, &w->tmp);
}

static const struct buf *file_text(struct writer *w, struct origin at)
{
	uintptr_t hash = ((uintptr_t)at.file >> 4) ^ ((uintptr_t)at.sheet >> 8);
	struct known_file *known = &w->known[hash & (FILES_KNOWN - 1)];
	const char *text;

	if (known->file == at.file && known->sheet == at.sheet)
		return &known->text;
	text = place_text(w, (struct origin){ .file = at.file, .sheet = at.sheet });
	known->file = at.file;
	known->sheet = at.sheet;
	known->text.n = 0;
	buf_putc(&known->text, '"');
	buf_json_part(&known->text, text, strlen(text));
	return &known->text;
}

/* ":12" in front of the end of a text. Returns its beginning. */
static char *put_number_before(char *end, unsigned x)
{
	do
		*--end = (char)('0' + x % 10);
	while (x /= 10);
	*--end = ':';
	return end;
}

/* As origin_text has it. There are very many. */
static void put_place(struct writer *w, struct origin at)
{
	char place[2 * (1 + 3 * sizeof(unsigned)) + 1];
	char *end = place + sizeof place;
	char *begin = end;
	const struct buf *file;

	if (!at.file) {
		buf_puts(&w->b, "\"\"");
		return;
	}
	file = file_text(w, at);
	*--begin = '"';
	if (at.row && at.col)
		begin = put_number_before(begin, at.col);
	if (at.row)
		begin = put_number_before(begin, at.row);
	buf_put(&w->b, file->text, file->n);
	buf_put(&w->b, begin, (size_t)(end - begin));
}

/* A cell as its place; of what was counted over rows the file, the column and how many rows. */
static void put_places(struct writer *w, const struct figure *f)
{
	const struct figure listed = figure_listed(*f, &w->tmp);

	for (size_t i = 0; i < listed.n_from;) {
		unsigned long long n_row;
		size_t n = figure_counted(&listed, i, &n_row);

		if (i)
			buf_putc(&w->b, ',');
		if (n) {
			buf_putc(&w->b, '{');
			put_member(w, "file", file_inside(w, listed.from[i].file));
			buf_putc(&w->b, ',');
			put_member(w, "column", listed.from[i].sheet);
			buf_printf(&w->b, ",\"rows\":%llu}", n_row);
		} else {
			put_place(w, listed.from[i]);
		}
		i += n ? n : 1;
	}
}

/* "value", "text" and "from", which a cell and a sentence have in common. is_text: the text is all there is. */
static void put_figure(struct writer *w, const struct figure *f, const char *text, bool is_text)
{
	bool has_value = f->state == FIGURE_OK && !is_text && f->x.den > 0; /* den 0: no number given */

	put_member(w, "value", has_value ? ratio_exact(f->x, &w->tmp) : NULL);
	buf_putc(&w->b, ',');
	put_member(w, "text", text);
	buf_puts(&w->b, ",\"from\":[");
	put_places(w, f);
	buf_putc(&w->b, ']');
}

static void put_column(struct writer *w, const struct fact_column *column)
{
	buf_putc(&w->b, '{');
	put_member(w, "id", column->id);
	buf_puts(&w->b, ",\"label\":[");
	for (size_t i = 0; i < column->n_label; i++) {
		if (i)
			buf_putc(&w->b, ',');
		buf_json(&w->b, column->label[i]);
	}
	buf_puts(&w->b, "],");
	put_member(w, "unit", column->unit);
	buf_putc(&w->b, '}');
}

/* What every cell of a column begins with, up to its state. */
static struct buf *make_beginnings(const struct table_facts *table)
{
	struct buf *begin = memory_new(table->n_column, sizeof *begin);

	for (size_t i = 0; i < table->n_column; i++) {
		buf_puts(&begin[i], "{\"column\":");
		buf_json(&begin[i], table->column[i].id);
		buf_puts(&begin[i], ",\"state\":\"");
	}
	return begin;
}

static void free_beginnings(const struct table_facts *table, struct buf *begin)
{
	for (size_t i = 0; i < table->n_column; i++)
		buf_clear(&begin[i]);
	free(begin);
}

static void put_cell(struct writer *w, const struct buf *begin, bool is_number, const struct fact_cell *cell)
{
	buf_put(&w->b, begin->text, begin->n);
	buf_puts(&w->b, figure_state_name(cell->figure->state));
	buf_puts(&w->b, "\",");
	put_figure(w, cell->figure, cell->text, !is_number);
	buf_putc(&w->b, '}');
	end_item(w);
}

static void put_row(struct writer *w, const struct table_facts *table, const struct buf *begin, const struct fact_row *row)
{
	buf_putc(&w->b, '{');
	put_member(w, "key", row->key);
	buf_putc(&w->b, ',');
	put_member(w, "label", row->label);
	buf_putc(&w->b, ',');
	put_member(w, "kind", row->kind);
	buf_puts(&w->b, ",\"cells\":[");
	for (size_t i = 0; i < table->n_column; i++) {
		if (i)
			buf_putc(&w->b, ',');
		put_cell(w, &begin[i], table->column[i].is_number, &row->cell[i]);
	}
	buf_puts(&w->b, "]}");
	end_item(w);
}

static void put_table(struct writer *w, const struct table_facts *table)
{
	struct buf *begin = make_beginnings(table);

	buf_putc(&w->b, '{');
	put_member(w, "id", table->id);
	buf_putc(&w->b, ',');
	put_member(w, "title", table->title);
	buf_puts(&w->b, ",\"columns\":[");
	for (size_t i = 0; i < table->n_column; i++) {
		buf_puts(&w->b, i ? ",\n" : "\n");
		put_column(w, &table->column[i]);
	}
	buf_puts(&w->b, "],\n\"rows\":[");
	for (size_t i = 0; i < table->n_row; i++) {
		buf_puts(&w->b, i ? ",\n" : "\n");
		put_row(w, table, begin, &table->row[i]);
	}
	buf_puts(&w->b, "]}");
	free_beginnings(table, begin);
}

static void put_text(struct writer *w, const struct text_figure *figure)
{
	buf_putc(&w->b, '{');
	put_member(w, "at", place_text(w, figure->at));
	buf_putc(&w->b, ',');
	put_member(w, "expression", figure->expression);
	buf_putc(&w->b, ',');
	put_figure(w, &figure->figure, figure->text, false);
	buf_putc(&w->b, '}');
	end_item(w);
}

static void put_waiver(struct writer *w, const struct audit_line *line)
{
	buf_puts(&w->b, ",\"waiver\":");
	if (!line->waived_by) {
		buf_puts(&w->b, "null}");
		return;
	}
	buf_putc(&w->b, '{');
	put_member(w, "reason", line->waived_why);
	buf_putc(&w->b, ',');
	put_member(w, "name", line->waived_by);
	buf_putc(&w->b, ',');
	put_member(w, "until", date_iso(line->waived_until, &w->tmp));
	buf_puts(&w->b, "}}");
}

static void put_audit(struct writer *w, const struct audit_line *line)
{
	const struct {
		const char *name;
		const char *value;
	} members[] = {
		{ "rule", line->rule },
		{ "severity", line->severity },
		{ "place", line->place },
		{ "at", place_text(w, line->at) },
		{ "subject", line->subject },
		{ "printed", line->printed },
		{ "computed", line->computed },
		{ "explanation", line->explanation },
	};

	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		buf_putc(&w->b, i ? ',' : '{');
		put_member(w, members[i].name, members[i].value);
	}
	put_waiver(w, line);
	end_item(w);
}

static void put_document(struct writer *w, const struct document *doc)
{
	buf_putc(&w->b, '{');
	put_member(w, "job", doc->job);
	buf_puts(&w->b, ",\n\"tables\":[");
	for (size_t i = 0; i < doc->n_table; i++) {
		buf_puts(&w->b, i ? ",\n" : "\n");
		put_table(w, doc->table[i]);
	}
	buf_puts(&w->b, "],\n\"texts\":[");
	for (size_t i = 0; i < doc->n_figure; i++) {
		buf_puts(&w->b, i ? ",\n" : "\n");
		put_text(w, &doc->figure[i]);
	}
	buf_puts(&w->b, "],\n\"audit\":[");
	for (size_t i = 0; i < doc->n_audit; i++) {
		buf_puts(&w->b, i ? ",\n" : "\n");
		put_audit(w, &doc->audit[i]);
	}
	buf_puts(&w->b, "]}\n");
}

static bool json_write(const struct document *doc, struct fonts *fonts, const char *path, struct diags *d)
{
	struct writer w = { .dir = doc->dir, .known = memory_new(FILES_KNOWN, sizeof *w.known) };
	bool ok;

	(void)fonts;
	ok = file_begin(path, &w.out, d);
	if (ok) {
		put_document(&w, doc);
		put_out(&w);
		ok = file_end(&w.out, d);
	}
	buf_clear(&w.b);
	arena_clear(&w.tmp);
	for (size_t i = 0; i < FILES_KNOWN; i++)
		buf_clear(&w.known[i].text);
	free(w.known);
	return ok;
}

const struct backend backend_json = { .name = "json", .stem = "figures", .suffix = ".json", .usual = true, .write = json_write };
