/* Texts of the plan as words and expressions. Each text is read once for each table it speaks of,
 * so that an <each> over thousands of rows parses nothing and reports an error once. */
#include "compose/composer.h"

#include "base/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum {
	SPLIT_KEY_MAX = 64,
	MONEY_DECIMALS = 9, /* a đồng in tỷ */
};

/* A text while it is read. */
struct splitter {
	struct composer *c;
	const struct node *node;
	const char *attribute;
	const struct table *table;
	const char *text;
	struct piece *piece;
	size_t n_piece;
	size_t cap;
};

/* Where the parts of {expression:format} are; offsets in the text. */
struct braces {
	size_t open, colon, close; /* colon == close: no format */
};

static void add_words(struct splitter *s, const char *words, size_t n)
{
	if (n)
		*ARENA_PUSH(s->c->a, s->piece, s->n_piece, &s->cap)
			= (struct piece){ .words = words, .n_words = n };
}

static bool find_braces(const char *text, size_t open, struct braces *b)
{
	bool quoted = false;
	int depth = 0;
	size_t i;

	*b = (struct braces){ .open = open };
	for (i = open + 1; text[i] && (quoted || text[i] != '}'); i++) {
		if (text[i] == '\'')
			quoted = !quoted;
		else if (quoted)
			continue;
		else if (text[i] == '{')
			return false;
		else if (text[i] == '(')
			depth++;
		else if (text[i] == ')')
			depth--;
		else if (text[i] == ':' && depth <= 0 && !b->colon)
			b->colon = i;
	}
	b->close = i;
	if (!b->colon)
		b->colon = i;
	return text[i] == '}';
}

/* ---- how a figure is printed ---- */

struct uses {
	const struct composer *c;
	const struct table *table;
	size_t n;
	bool figures;  /* a column or a define, not only constants of the job */
	bool decimals; /* one that has decimals, or may have */
};

static bool name_has_decimals(const struct table *table, const char *name)
{
	const struct column *column = column_find(table, name);
	const struct field *field
		= table && !column && table->dataset ? dataset_field(table->dataset, name) : NULL;

	if (column)
		return column->decimals > 0;
	return field
		&& (field->type == FIELD_MONEY || field->type == FIELD_RATE
			|| field->type == FIELD_NUMBER);
}

static void note_use(void *ctx, const struct symbol *symbol, enum expr_view view)
{
	struct uses *u = ctx;
	const struct define *define = define_find(u->c, symbol);

	(void)view;
	u->n++;
	u->figures = u->figures || define || !symbol->constant;
	if (define)
		u->decimals = u->decimals || !define->has_style || define->style.decimals > 0;
	else
		u->decimals = u->decimals || name_has_decimals(u->table, symbol->name);
}

static struct uses uses_of(
	const struct composer *c, const struct expr *expr, const struct table *table)
{
	struct uses u = { .c = c, .table = table };

	expr_each_symbol(expr, note_use, &u);
	return u;
}

bool divides(const struct expr *expr)
{
	bool quoted = false;

	for (const char *s = expr_source(expr); *s; s++) {
		if (*s == '\'')
			quoted = !quoted;
		else if (*s == '/' && !quoted)
			return true;
	}
	return false;
}

bool may_have_decimals(const struct composer *c, const struct expr *expr, const struct table *table)
{
	return !expr_is_whole(expr) && (divides(expr) || uses_of(c, expr, table).decimals);
}

struct number_style column_style(const struct column *column, bool total)
{
	return (struct number_style){ column->decimals, total ? column->total_pad : column->pad,
		column->rounding, FORM_DIGITS, column->own_decimals };
}

bool lone_style(const struct composer *c, const struct expr *expr, const struct table *table,
	struct number_style *style, bool *total)
{
	const struct symbol *symbol = expr_lone_symbol(expr, total);
	const struct define *define = symbol ? define_find(c, symbol) : NULL;
	const struct column *column = symbol && !define ? column_find(table, symbol->name) : NULL;

	if (define && !define->has_style)
		return false;
	if (define)
		*style = define->style;
	else if (column)
		*style = column_style(column, *total);
	else
		return symbol && symbol->constant;
	return true;
}

/* [0N][.D][FORM], a space before the form; false when it is nothing of the kind. */
static bool parse_format(const char *s, size_t n, struct number_style *style, bool *has_decimals)
{
	size_t i = 0;

	*has_decimals = false;
	if (!n)
		return false;
	if (i + 1 < n && s[i] == '0' && s[i + 1] >= '1' && s[i + 1] <= '9') {
		style->pad = s[i + 1] - '0';
		i += 2;
	}
	if (i + 1 < n && s[i] == '.' && isdigit((unsigned char)s[i + 1])) {
		style->decimals = s[i + 1] - '0';
		style->own = false;
		style->pad = i ? style->pad : 0;
		*has_decimals = true;
		i += 2;
	}
	if (i == n)
		return true;
	i += i && s[i] == ' ';
	return number_form_parse(s + i, n - i, &style->form) && (!i || number_form_is_money(style->form));
}

/* A form says the figure as it is: how a column prints it does not matter; money has the decimals that were asked for, else
 * as many as it needs. */
static void form_style(struct piece *piece, bool has_decimals)
{
	struct number_style *style = &piece->style;

	style->pad = 0;
	style->own = !has_decimals;
	if (!has_decimals)
		style->decimals = MONEY_DECIMALS;
	piece->may_lack_decimals = !has_decimals && number_form_is_money(style->form);
}

static bool check_money(const struct splitter *s, const struct piece *piece, struct origin at)
{
	if (!number_form_is_money(piece->style.form) || !strcmp(expr_unit(piece->expr), "đồng"))
		return true;
	return diag_error(s->c->d, at, "format", "{%s} is in '%s'; nghìn, triệu and tỷ are for đồng", piece->source,
		expr_unit(piece->expr));
}

static bool choose_style(struct splitter *s, const struct braces *b, struct piece *piece)
{
	const char *format = s->text + b->colon + 1;
	struct origin at
		= node_place(s->node, s->attribute, b->colon < b->close ? b->colon + 1 : b->open);
	bool has_decimals = false;
	bool lone;

	piece->style.rounding = s->c->job->rounding;
	lone = lone_style(s->c, piece->expr, s->table, &piece->style, &piece->total);
	if (b->colon < b->close
		&& !parse_format(format, b->close - b->colon - 1, &piece->style, &has_decimals))
		return diag_error(s->c->d, at, "format",
			"'%.*s' is no format; write 02, .2, 02.1, words, Words, roman, nghìn, triệu or tỷ",
			(int)(b->close - b->colon - 1), format);
	if (piece->style.form != FORM_DIGITS) {
		form_style(piece, has_decimals);
		return check_money(s, piece, at);
	}
	if (!lone && !has_decimals && may_have_decimals(s->c, piece->expr, s->table))
		return diag_error(s->c->d, at, "format",
			"{%s} can have decimals; say how many, as in {%s:.2}", piece->source,
			expr_source(piece->expr));
	piece->may_lack_decimals = !lone && !has_decimals;
	return true;
}

/* ---- expressions ---- */

/* Of n bytes at an offset of the text. */
static const struct expr *parse_as(
	struct splitter *s, size_t offset, size_t n, enum expr_type want, struct diags *d)
{
	struct expr_place place = { s->node, s->attribute, offset, { 0 } };

	return expr_parse(s->text + offset, n, place, scope_symbols(s->c, s->table), want, s->c->a, d);
}

/* A number, else a text; what is wrong is said of the number. */
static const struct expr *parse_number_or_text(struct splitter *s, size_t offset, size_t n)
{
	static const enum expr_type wanted[] = { EXPR_NUMBER, EXPR_TEXT };
	const struct expr *expr = NULL;

	for (size_t i = 0; i < sizeof wanted / sizeof *wanted && !expr; i++) {
		struct diags scratch = { .quiet = true };

		expr = parse_as(s, offset, n, wanted[i], &scratch);
	}
	return expr ? expr : parse_as(s, offset, n, EXPR_NUMBER, s->c->d);
}

/* Whether it is a day of the table. */
static bool is_day(const struct splitter *s, const struct expr *expr)
{
	bool total;
	const struct symbol *symbol = expr_lone_symbol(expr, &total);
	const struct column *column = symbol ? column_find(s->table, symbol->name) : NULL;
	const struct field *field = symbol && s->table && s->table->dataset ? dataset_field(s->table->dataset, symbol->name) : NULL;

	return field && field->type == FIELD_DATE && (!column || column->kind == COLUMN_TEXT);
}

static bool choose_date(const struct splitter *s, const struct braces *b, struct piece *piece)
{
	static const struct {
		const char *name;
		const char *(*text)(struct date, struct arena *);
	} forms[] = { { "short", date_short }, { "long", date_long }, { "day", date_day } };
	const char *format = s->text + b->colon + 1;
	size_t n = b->close - b->colon - 1;
	struct origin at = node_place(s->node, s->attribute, b->colon + 1);

	if (!is_day(s, piece->expr))
		return diag_error(s->c->d, at, "format", "{%s} is a text; it has no format", piece->source);
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (strlen(forms[i].name) == n && !memcmp(forms[i].name, format, n)) {
			piece->date = forms[i].text;
			return true;
		}
	return diag_error(s->c->d, at, "format", "'%.*s' is no format of a day; write short, long or day", (int)n, format);
}

static void add_expression(struct splitter *s, const struct braces *b)
{
	struct piece piece = { .at = node_place(s->node, s->attribute, b->open) };
	const char *source = s->text + b->open + 1;
	size_t n_source = b->close - b->open - 1;
	struct uses uses;

	utf8_trim(&source, &n_source);
	piece.source = arena_slice(s->c->a, source, n_source);
	piece.expr = parse_number_or_text(s, b->open + 1, b->colon - b->open - 1);
	if (piece.expr && expr_type(piece.expr) == EXPR_NUMBER) {
		uses = uses_of(s->c, piece.expr, s->table);
		piece.plain = !uses.figures;
		if (!choose_style(s, b, &piece))
			piece.expr = NULL;
	} else if (piece.expr && b->colon < b->close && !choose_date(s, b, &piece)) {
		piece.expr = NULL;
	}
	*ARENA_PUSH(s->c->a, s->piece, s->n_piece, &s->cap) = piece;
}

static void split_text(struct splitter *s)
{
	const char *text = s->text;
	size_t words = 0; /* where the words begin that were not taken yet */
	size_t i = 0;

	while (text[i]) {
		struct braces b;

		if (text[i] != '{') {
			i++;
			continue;
		}
		add_words(s, text + words, i - words);
		if (text[i + 1] == '{') {
			words = i + 1;
			i += 2;
			continue;
		}
		if (!find_braces(text, i, &b)) {
			diag_error(s->c->d, node_place(s->node, s->attribute, i), "syntax",
				"this '{' has no '}'; a brace as such is written {{");
			return;
		}
		add_expression(s, &b);
		i = words = b.close + 1;
	}
	add_words(s, text + words, i - words);
}

/* ---- each text once ---- */

static const struct split_text *find_done(const struct composer *c, const char *key)
{
	size_t i;

	return c->split_map.arena && map_find(&c->split_map, key, &i) ? &c->split[i] : NULL;
}

static void split_key(char key[SPLIT_KEY_MAX], const char *text, const struct table *table)
{
	snprintf(key, SPLIT_KEY_MAX, "%p %p", (const void *)text, (const void *)table);
}

static const struct split_text *add_done(
	struct composer *c, const char *key, const struct splitter *s)
{
	struct split_text *done;

	if (!c->split_map.arena)
		map_init(&c->split_map, c->a);
	map_add(&c->split_map, arena_text(c->a, key), c->n_split, NULL);
	done = ARENA_PUSH(c->a, c->split, c->n_split, &c->cap_split);
	*done = (struct split_text){ s->text, s->table, s->piece, s->n_piece };
	return done;
}

static struct splitter splitter_of(struct composer *c, const struct node *n, const char *attribute,
	const struct table *table)
{
	return (struct splitter){
		.c = c,
		.node = n,
		.attribute = attribute,
		.table = table,
		.text = attribute ? node_attribute(n, attribute) : n->text,
	};
}

const struct split_text *split_find(struct composer *c, const struct node *n, const char *attribute,
	const struct table *table)
{
	struct splitter s = splitter_of(c, n, attribute, table);
	const struct split_text *done;
	char key[SPLIT_KEY_MAX];

	split_key(key, s.text, table);
	done = find_done(c, key);
	if (done)
		return done;
	split_text(&s);
	return add_done(c, key, &s);
}

const struct expr *condition_find(struct composer *c, const struct node *n, const char *attribute,
	const struct table *table)
{
	struct splitter s = splitter_of(c, n, attribute, table);
	struct expr_place place = { n, attribute, 0, { 0 } };
	const struct split_text *done;
	char key[SPLIT_KEY_MAX];

	split_key(key, s.text, table);
	done = find_done(c, key);
	if (!done) {
		struct piece *piece = ARENA_PUSH(c->a, s.piece, s.n_piece, &s.cap);

		piece->expr = expr_parse(s.text, strlen(s.text), place, scope_symbols(c, table),
			EXPR_TRUTH, c->a, c->d);
		done = add_done(c, key, &s);
	}
	return done->piece->expr;
}

const struct expr *order_find(struct composer *c, const struct node *n, const struct table *table, bool *descending)
{
	static const char desc[] = " desc";
	struct splitter s = splitter_of(c, n, "order", table);
	size_t n_text = strlen(s.text);
	const struct split_text *done;
	char key[SPLIT_KEY_MAX];

	*descending = n_text > strlen(desc) && !strcmp(s.text + n_text - strlen(desc), desc);
	if (*descending)
		n_text -= strlen(desc);
	split_key(key, s.text, table);
	done = find_done(c, key);
	if (!done) {
		ARENA_PUSH(c->a, s.piece, s.n_piece, &s.cap)->expr = parse_number_or_text(&s, 0, n_text);
		done = add_done(c, key, &s);
	}
	return done->piece->expr;
}

/* ---- the whole plan ---- */

/* Every node with the table in force there, through includes; branches are not chosen, rows not
 * counted. */
static void walk(struct composer *c, const struct node *n, const struct table *table,
	void (*visit)(struct composer *, const struct node *, const struct table *))
{
	const struct node *part = NULL;

	table = scope_enter(c, n, (struct scope){ table, NO_ROW }).table;
	visit(c, n, table);
	if (n->name && node_is(n, "include"))
		part = plan_part_find(c->plan, node_attribute(n, "part"));
	if (part)
		walk(c, part, table, visit);
	if (n->name && plan_content(c->plan, n) != n)
		table = scope_enter(c, plan_content(c->plan, n), (struct scope){ table, NO_ROW }).table;
	for (const struct node *child = plan_content(c->plan, n)->child; child; child = child->next)
		walk(c, child, table, visit);
}

/* Defines beside the content of slots. */
static void own_defines(struct composer *c)
{
	const struct table *table = scope_enter(c, c->plan->root, (struct scope){ NULL, NO_ROW }).table;
	const struct node *n = c->plan->own ? c->plan->own->child : NULL;

	for (; n; n = n->next)
		if (n->name && node_is(n, "define"))
			define_add(c, n, scope_enter(c, n, (struct scope){ table, NO_ROW }).table);
}

static void visit_define(struct composer *c, const struct node *n, const struct table *table)
{
	if (n->name && node_is(n, "define"))
		define_add(c, n, table);
}

static void visit_text(struct composer *c, const struct node *n, const struct table *table)
{
	static const char *const texts[] = { "title", "caption", "remark" };
	static const char *const conditions[] = { "where", "test" };

	if (!n->name) {
		if (!node_is_blank(n))
			split_find(c, n, NULL, table);
		return;
	}
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (node_attribute(n, texts[i]))
			split_find(c, n, texts[i], table);
	for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++)
		if (node_attribute(n, conditions[i]))
			condition_find(c, n, conditions[i], table);
	if (node_is(n, "each") && node_attribute(n, "order") && table) {
		bool descending;

		order_find(c, n, table, &descending);
	}
	if (node_is(n, "each") && !table)
		diag_error(c->d, n->at, "in", "<each> needs a table: in=\"TABLE\"");
}

void split_all(struct composer *c)
{
	own_defines(c);
	walk(c, c->plan->root, NULL, visit_define);
	c->all_defined = true;
	walk(c, c->plan->root, NULL, visit_text);
}
