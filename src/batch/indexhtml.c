/* The index as a page: a table that is there without any script; the script only hides rows that are not looked for. */
#include "batch/indexwords.h"

#include "base/file.h"
#include "batch/indexfiles.h"

#include <string.h>

/* A text between tags or in quotes. */
static void put(struct buf *b, const char *s)
{
	for (; *s; s++)
		switch (*s) {
		case '<':
			buf_puts(b, "&lt;");
			break;
		case '>':
			buf_puts(b, "&gt;");
			break;
		case '&':
			buf_puts(b, "&amp;");
			break;
		case '"':
			buf_puts(b, "&quot;");
			break;
		default:
			buf_putc(b, *s);
		}
}

static void put_in(struct buf *b, const char *before, const char *text, const char *behind)
{
	buf_puts(b, before);
	put(b, text);
	buf_puts(b, behind);
}

/* What people call a file; NULL: it is one for programs, and is left out. */
static const char *file_word(const struct index *x, const char *name)
{
	static const char *const kinds[][2] = { { ".pdf", "file.pdf" }, { ".xlsx", "file.xlsx" } };
	const char *suffix = strrchr(name, '.');

	for (size_t i = 0; suffix && i < sizeof kinds / sizeof *kinds; i++)
		if (!strcmp(suffix, kinds[i][0]))
			return index_word(x, kinds[i][1]);
	return NULL;
}

static void put_link(const struct index *x, const struct state_area *area, const char *name, const char *word, struct buf *b)
{
	put_in(b, "<a href=\"", area->parent, "/");
	put_in(b, "", area->code, "/");
	put_in(b, "", name, "\" aria-label=\"");
	put(b, wording_text(x->wording, "file.of", (const char *const[WORDING_ARGUMENTS]){ word, area->name }, x->arena));
	put_in(b, "\">", word, "</a>");
}

static const char *folder_of(const struct index *x, const struct state_area *area)
{
	return arena_printf(x->arena, "%s/%s/%s", x->dir, area->parent, area->code);
}

static void put_progress(const struct index *x, const struct state_area *area, struct buf *b)
{
	const struct index_file *file;
	size_t n = index_files(folder_of(x, area), x->arena, &file);
	bool unfollowed = index_unfollowed(x, area);

	for (size_t i = 0; i < n; i++)
		if (!unfollowed || strcmp(file[i].period, x->period) != 0)
			put_link(x, area, file[i].name, index_period(x, file[i].word, file[i].period), b);
	if (unfollowed)
		put_in(b, "<span>", index_period(x, "file.unfollowed", x->period), "</span>");
}

static void put_links(const struct index *x, const struct state_area *area, struct buf *b)
{
	for (size_t i = 0; i < area->n_output; i++) {
		const char *word = file_word(x, area->output[i].name);

		if (word)
			put_link(x, area, area->output[i].name, word, b);
	}
	if (area->state == AREA_DONE && index_is_signed(folder_of(x, area), x->arena))
		put_link(x, area, INDEX_SIGNED, index_word(x, "file.signed"), b);
	if (area->state == AREA_DONE)
		put_progress(x, area, b);
}

static void put_area(const struct index *x, const struct state_area *area, struct buf *b)
{
	bool done = area->state == AREA_DONE;

	buf_printf(b, "<tr class=\"%s\">", done ? "done" : "failed");
	put_in(b, "<td>", area->code, "</td>");
	put_in(b, "<th scope=\"row\">", area->name, "</th>");
	put_in(b, "<td>", area->parent_name, "</td>");
	put_in(b, "<td class=\"s\">", index_state(x, area), "</td>");
	for (size_t i = 0; i < x->state->n_shown; i++)
		put_in(b, "<td class=\"n\">", done ? area->figure[i] : "", "</td>");
	put_in(b, "<td class=\"n\">", index_count(x, area->n_finding), "</td><td>");
	put_links(x, area, b);
	buf_puts(b, "</td></tr>\n");
}

static void put_one_above(const struct index *x, const struct state_area *area, struct buf *b)
{
	put_in(b, area->state == AREA_DONE ? "<li class=\"done\">" : "<li class=\"failed\">", area->name, " (");
	put_in(b, "", area->code, "): ");
	put_in(b, "<span class=\"s\">", index_state(x, area), "</span> ");
	put_links(x, area, b);
	buf_puts(b, "</li>\n");
}

/* The areas above, each with its files. */
static void put_above(const struct index *x, struct buf *b)
{
	if (!x->n_above)
		return;
	put_in(b, "<section><h2>", index_word(x, "above"), "</h2>\n<ul>\n");
	for (size_t i = 0; i < x->n_above; i++) {
		struct index level = index_of_level(x, i);

		for (size_t k = 0; k < level.state->n_area; k++)
			put_one_above(&level, &level.state->area[k], b);
	}
	buf_puts(b, "</ul></section>\n");
}

static void put_head(const struct index *x, struct buf *b)
{
	static const char *const first[] = { "column.code", "column.name", "column.parent", "column.state" };
	static const char *const last[] = { "column.findings", "column.files" };

	buf_puts(b, "<thead><tr>");
	for (size_t i = 0; i < sizeof first / sizeof *first; i++)
		put_in(b, "<th scope=\"col\">", index_word(x, first[i]), "</th>");
	for (size_t i = 0; i < x->state->n_shown; i++)
		put_in(b, "<th scope=\"col\">", x->state->figure[i], "</th>");
	for (size_t i = 0; i < sizeof last / sizeof *last; i++)
		put_in(b, "<th scope=\"col\">", index_word(x, last[i]), "</th>");
	buf_puts(b, "</tr></thead>\n");
}

/* Hidden until the script runs, without which it does nothing. */
static void put_form(const struct index *x, struct buf *b)
{
	static const char *const states[][2] = { { "", "state.all" }, { "done", "state.done" }, { "failed", "state.failed" } };

	put_in(b, "<form role=\"search\" hidden><div><label for=\"search\">", index_word(x, "search"),
		"</label><input id=\"search\" type=\"search\" autocomplete=\"off\"></div><div><label for=\"state\">");
	put_in(b, "", index_word(x, "state.choose"), "</label><select id=\"state\">");
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		buf_printf(b, "<option value=\"%s\">", states[i][0]);
		put_in(b, "", index_word(x, states[i][1]), "</option>");
	}
	put_in(b, "</select></div><output id=\"shown\" aria-live=\"polite\" data-text=\"",
		wording_text(x->wording, "shown", (const char *const[WORDING_ARGUMENTS]){ "#" }, x->arena), "\"></output></form>\n");
}

void index_html(const struct index *x, struct buf *b)
{
	put_in(b,
		"<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src "
		"'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
		x->title, "</title>\n<style>\n");
	buf_puts(b, x->style);
	put_in(b, "</style></head>\n<body><main><h1>", x->title, "</h1>\n");
	put_in(b, "<p>", x->summary, "</p>\n");
	put_above(x, b);
	put_form(x, b);
	put_in(b, "<table><caption>", index_word(x, "sheet"), "</caption>\n");
	put_head(x, b);
	buf_puts(b, "<tbody>\n");
	for (size_t i = 0; i < x->state->n_area; i++)
		put_area(x, &x->state->area[i], b);
	buf_puts(b, "</tbody></table></main>\n<script>\n");
	buf_puts(b, x->script);
	buf_puts(b, "</script></body></html>\n");
}
