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

/* What a job says of itself to every expression. */
static const struct symbol constants[] = {
	{ .name = "period", .type = EXPR_NUMBER, .unit = "" },
	{ .name = "month", .type = EXPR_NUMBER, .unit = "" },
	{ .name = "thousand", .type = EXPR_NUMBER, .unit = "đồng/nghìn đồng" },
	{ .name = "million", .type = EXPR_NUMBER, .unit = "đồng/triệu đồng" },
	{ .name = "billion", .type = EXPR_NUMBER, .unit = "đồng/tỷ đồng" },
	{ .name = "agency", .type = EXPR_TEXT, .unit = "" },
	{ .name = "locality", .type = EXPR_TEXT, .unit = "" },
	{ .name = "period_kind", .type = EXPR_TEXT, .unit = "" },
	{ .name = "period_part", .type = EXPR_NUMBER, .unit = "" },
};

enum { N_CONSTANT = sizeof constants / sizeof *constants };

struct symbols job_symbols(const struct job *job, struct arena *a)
{
	struct symbol *symbol = ARENA_ARRAY(a, N_CONSTANT, struct symbol);

	(void)job;
	for (size_t i = 0; i < N_CONSTANT; i++) {
		symbol[i] = constants[i];
		symbol[i].constant = true;
		symbol[i].views = 1U << VIEW_ROW;
		symbol[i].index = i;
	}
	return (struct symbols){ symbol, N_CONSTANT, false };
}

static const char *text_constant(const struct job *job, const char *name)
{
	if (!strcmp(name, "agency"))
		return job->agency;
	return !strcmp(name, "locality") ? job->area : period_kind(&job->period);
}

bool job_lookup(const struct job *job, const struct symbol *symbol, struct value *value)
{
	static const struct {
		const char *name;
		int64_t value;
	} scales[] = { { "thousand", 1000 }, { "million", 1000000 }, { "billion", 1000000000 } };
	const char *text = symbol->type == EXPR_TEXT ? text_constant(job, symbol->name) : NULL;

	*value = (struct value){ .type = symbol->type, .figure = figure_missing(), .text = text };
	if (text)
		value->figure = figure_of(ratio_whole(0));
	else if (!strcmp(symbol->name, "period"))
		value->figure = figure_of(ratio_whole(job->period.year));
	else if (!strcmp(symbol->name, "month") && job->period.month)
		value->figure = figure_of(ratio_whole(job->period.month));
	else if (!strcmp(symbol->name, "period_part"))
		value->figure = figure_of(ratio_whole(period_part(&job->period)));
	for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
		if (!strcmp(symbol->name, scales[i].name))
			value->figure = figure_of(ratio_whole(scales[i].value));
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

/* A text of the job. */
static bool is_text_name(const char *word, size_t n)
{
	for (size_t i = 0; i < N_CONSTANT; i++)
		if (constants[i].type == EXPR_TEXT && strlen(constants[i].name) == n && !memcmp(word, constants[i].name, n))
			return true;
	return false;
}

static bool put_value(struct filling *f, const struct expr *expr, const struct value *value)
{
	if (value->figure.state != FIGURE_OK)
		return diag_error(f->d, expr_origin(expr), "label", "{%s} is not known in this job, whose period is a whole year",
			expr_source(expr));
	if (value->type == EXPR_NUMBER && value->figure.x.den != 1)
		return diag_error(f->d, expr_origin(expr), "label", "{%s} is not a whole number",
			expr_source(expr));
	if (value->type == EXPR_TEXT)
		buf_puts(&f->out, value->text);
	else
		buf_printf(&f->out, "%lld", (long long)value->figure.x.num);
	return true;
}

/* The expression of n bytes at offset. */
static bool fill_in(struct filling *f, const char *text, size_t offset, size_t n)
{
	struct expr_place place = { f->node, f->attribute, offset, { 0 } };
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
	expr = expr_parse(text + offset, n, place, &symbols, is_text_name(word, n_word) ? EXPR_TEXT : EXPR_NUMBER, f->a,
		f->d);
	return expr && expr_eval(expr, &env, 0, &value, f->a, f->d) && put_value(f, expr, &value);
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
