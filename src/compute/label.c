#include "compute/work.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

enum { LABEL_MAX = 4096 }; /* [bytes] of labels, titles and notes */

/* A label or title while its braces are filled in. */
struct filling {
	const struct node *node;
	const char *attribute;
	const struct job *job;
	const char *group; /* what {group} stands for, or NULL */
	struct arena *a;
	struct diags *d;
	struct buf out;
};

struct symbols job_symbols(const struct job *job, struct arena *a)
{
	static const struct symbol constants[] = {
		{ .name = "period",
			.type = EXPR_NUMBER,
			.unit = "",
			.constant = true,
			.views = 1U << VIEW_ROW,
			.index = 0 },
		{ .name = "month",
			.type = EXPR_NUMBER,
			.unit = "",
			.constant = true,
			.views = 1U << VIEW_ROW,
			.index = 1 },
	};

	(void)job;
	(void)a;
	return (struct symbols){ constants, sizeof constants / sizeof *constants, false };
}

bool job_lookup(const struct job *job, const struct symbol *symbol, struct value *value)
{
	*value = (struct value){ .type = EXPR_NUMBER, .figure = figure_missing() };
	if (!strcmp(symbol->name, "period"))
		value->figure = figure_of(ratio_whole(job->period.year));
	else if (!strcmp(symbol->name, "month") && job->period.month)
		value->figure = figure_of(ratio_whole(job->period.month));
	return true;
}

static bool lookup(void *ctx, const struct symbol *symbol, enum expr_view view, size_t row,
	struct value *value, struct diags *d)
{
	(void)view;
	(void)row;
	(void)d;
	return job_lookup(ctx, symbol, value);
}

/* The expression of n bytes at offset. */
static bool fill_in(struct filling *f, const char *text, size_t offset, size_t n)
{
	struct expr_place place = { f->node, f->attribute, offset };
	struct symbols symbols = job_symbols(f->job, f->a);
	struct job job = *f->job;
	struct expr_env env = { .ctx = &job, .lookup = lookup };
	const char *word = text + offset;
	size_t n_word = n;
	const struct expr *expr;
	struct value value;

	utf8_trim(&word, &n_word);
	if (f->group && n_word == strlen("group") && !memcmp(word, "group", n_word)) {
		buf_puts(&f->out, f->group);
		return true;
	}
	expr = expr_parse(text + offset, n, place, &symbols, EXPR_NUMBER, f->a, f->d);
	if (!expr || !expr_eval(expr, &env, 0, &value, f->a, f->d))
		return false;
	if (value.figure.state != FIGURE_OK)
		return diag_error(f->d, expr_origin(expr), "label", "{%s} is not known in this job, whose period is a whole year",
			expr_source(expr));
	if (value.figure.x.den != 1)
		return diag_error(f->d, expr_origin(expr), "label", "{%s} is not a whole number",
			expr_source(expr));
	buf_printf(&f->out, "%lld", (long long)value.figure.x.num);
	return true;
}

static bool fill_all(struct filling *f, const char *text)
{
	bool ok = true;

	for (size_t i = 0; text[i];) {
		const char *close;

		if (text[i] != '{') {
			buf_putc(&f->out, text[i++]);
			continue;
		}
		if (text[i + 1] == '{') {
			buf_putc(&f->out, '{');
			i += 2;
			continue;
		}
		close = strchr(text + i, '}');
		if (!close)
			return diag_error(f->d, node_place(f->node, f->attribute, i), "syntax",
				"this '{' has no '}'; a brace as such is written {{");
		ok = fill_in(f, text, i + 1, (size_t)(close - text) - i - 1) && ok;
		i = (size_t)(close - text) + 1;
	}
	return ok;
}

const char *label_of_group(const struct node *n, const char *attribute, const struct job *job,
	const char *group, struct arena *a, struct diags *d)
{
	struct filling f = {
		.node = n, .attribute = attribute, .job = job, .group = group, .a = a, .d = d
	};
	const char *text = attribute ? node_need(n, attribute, d) : n->text;
	const char *label = NULL;

	if (text && strlen(text) > LABEL_MAX)
		diag_error(d, node_place(n, attribute, 0), "limit", "a label has at most %d bytes; shorten it", LABEL_MAX);
	else if (text && fill_all(&f, text))
		label = arena_slice(a, f.out.n ? f.out.text : "", f.out.n);
	buf_clear(&f.out);
	return label;
}

const char *label_text(const struct node *n, const char *attribute, const struct job *job,
	struct arena *a, struct diags *d)
{
	return label_of_group(n, attribute, job, NULL, a, d);
}
