#include "expr/tree.h"

#include <string.h>

struct checker {
	const struct reading *r;
	const char *inside; /* the function over rows that this is in, or NULL */
	bool failed;
};

static void check(struct checker *k, struct tree *t);

static struct origin origin_of(const struct checker *k, size_t offset)
{
	return reading_origin(k->r, offset);
}

static bool is_good(const struct tree *t)
{
	return t->unit;
}

static void set_unit(const struct checker *k, struct tree *t, struct unit u)
{
	t->unit = ARENA_NEW(k->r->arena, struct unit);
	*t->unit = u;
}

static const char *type_name(const struct checker *k, enum expr_type type)
{
	switch (type) {
	case EXPR_NUMBER:
		return diag_say(k->r->diags, "a number");
	case EXPR_TEXT:
		return diag_say(k->r->diags, "a text");
	case EXPR_TRUTH:
		return diag_say(k->r->diags, "a condition");
	}
	return "";
}

static const char *unit_name(const struct checker *k, const struct unit *u)
{
	const char *text = unit_text(u, k->r->arena);

	return *text ? text : diag_say(k->r->diags, "a pure number");
}

/* Whether t, if it is good at all, gives this type. */
static bool need_type(struct checker *k, const struct tree *t, enum expr_type type)
{
	if (!is_good(t))
		return false;
	if (t->type == type)
		return true;
	k->failed = true;
	return diag_error(k->r->diags, origin_of(k, t->offset), "type",
		"this is %s; %s is needed here", type_name(k, t->type), type_name(k, type));
}

struct names {
	const char **name; /* [n] */
	size_t n;
	size_t cap;
};

static void add_functions(const struct checker *k, struct names *names)
{
	for (const struct function *f = expr_functions(); f->name; f++)
		*ARENA_PUSH(k->r->arena, names->name, names->n, &names->cap) = f->name;
}

static void add_symbols(const struct checker *k, enum expr_view view, struct names *names)
{
	const struct symbols *s = k->r->symbols;

	for (size_t i = 0; i < s->n_symbol; i++)
		if (view == VIEW_ROW || s->symbol[i].views & 1U << view)
			*ARENA_PUSH(k->r->arena, names->name, names->n, &names->cap) = s->symbol[i].name;
}

/* The name that may be meant, of the likelier kind first; NULL too where no more findings are kept. */
static const char *nearest(const struct checker *k, const char *word, bool function,
	enum expr_view view)
{
	struct names names = { .name = NULL };

	if (k->r->place.node && diags_are_full(k->r->diags, k->r->place.node->at.file))
		return NULL;
	if (function)
		add_functions(k, &names);
	add_symbols(k, view, &names);
	if (!function && view == VIEW_ROW)
		add_functions(k, &names);
	return names.n ? suggest(word, names.name, names.n) : NULL;
}

static const char *names_known(const struct checker *k, bool function, enum expr_view view)
{
	struct names names = { .name = NULL };

	if (k->r->place.node && diags_are_full(k->r->diags, k->r->place.node->at.file))
		return "";
	if (function)
		add_functions(k, &names);
	else
		add_symbols(k, view, &names);
	return names.n ? word_list(names.name, names.n, k->r->arena) : diag_say(k->r->diags, "nothing");
}

static void unknown_function(struct checker *k, const struct tree *t)
{
	struct origin at = origin_of(k, t->text_offset);
	const char *near = nearest(k, t->text, true, VIEW_ROW);

	k->failed = true;
	if (near)
		diag_error(k->r->diags, at, "unknown-name",
			"there is no function `%s`; did you mean `%s`?", t->text, near);
	else
		diag_error(k->r->diags, at, "unknown-name", "there is no function `%s`; there are: %s", t->text,
			names_known(k, true, VIEW_ROW));
}

static bool is_function(const char *name)
{
	const struct function *f = expr_functions();

	while (f->name && strcmp(f->name, name))
		f++;
	return f->name;
}

static void unknown_name(struct checker *k, const struct tree *t)
{
	struct origin at = origin_of(k, t->text_offset);
	struct diags *d = k->r->diags;
	const char *near;

	k->failed = true;
	if (strchr(t->text, '.')) {
		diag_error(d, at, "unknown-name",
			"there is no `%s`: only total., previous. and plan. stand before a name",
			t->text);
		return;
	}
	if (is_function(t->text)) {
		diag_error(d, at, "unknown-name",
			"`%s` is a function and needs brackets: %s(...)", t->text, t->text);
		return;
	}
	near = nearest(k, t->text, false, t->view);
	if (near)
		diag_error(d, at, "unknown-name", "there is no `%s`; did you mean `%s`?", t->text,
			near);
	else
		diag_error(d, at, "unknown-name", "there is no `%s`; there are: %s", t->text,
			names_known(k, false, t->view));
}

static bool any_has_view(const struct symbols *s, enum expr_view view)
{
	for (size_t i = 0; i < s->n_symbol; i++)
		if (s->symbol[i].views & 1U << view)
			return true;
	return false;
}

static void no_view(struct checker *k, const struct tree *t)
{
	struct origin at = origin_of(k, t->offset);
	struct diags *d = k->r->diags;
	bool any = any_has_view(k->r->symbols, t->view);

	k->failed = true;
	switch (t->view) {
	case VIEW_PREVIOUS:
	case VIEW_PLAN:
		if (any)
			diag_error(d, at, "unknown-name", "the source with role=\"%s\" has no `%s`",
				t->view == VIEW_PLAN ? "plan" : "previous", t->text);
		else
			diag_error(d, at, "unknown-name", "the job has no source with role=\"%s\"",
				t->view == VIEW_PLAN ? "plan" : "previous");
		return;
	case VIEW_UPTO:
		diag_error(d, at, "unknown-name", "`%s` has no months that upto() could add up",
			t->text);
		return;
	case VIEW_SHOWN:
		diag_error(d, at, "unknown-name", "`%s` is no column that is printed", t->text);
		return;
	case VIEW_ROW:
		diag_error(d, at, "unknown-name", "`%s` has no figure of this period", t->text);
		return;
	}
}

static const struct symbol *find_symbol(const struct symbols *s, const char *name)
{
	for (size_t i = 0; i < s->n_symbol; i++)
		if (!strcmp(s->symbol[i].name, name))
			return &s->symbol[i];
	return NULL;
}

static void check_name(struct checker *k, struct tree *t)
{
	const struct symbol *s = find_symbol(k->r->symbols, t->text);

	if (!s) {
		unknown_name(k, t);
		return;
	}
	/* A caller without views may leave them out. */
	if (!(s->views & 1U << t->view) && (s->views || t->view != VIEW_ROW)) {
		no_view(k, t);
		return;
	}
	t->symbol = s;
	t->type = s->type;
	set_unit(k, t, unit_parse(s->unit));
	if (t->view == VIEW_UPTO || t->view == VIEW_SHOWN)
		if (!need_type(k, t, EXPR_NUMBER))
			t->unit = NULL;
}

static bool check_operands(struct checker *k, struct tree *t)
{
	bool good = true;

	for (size_t i = 0; i < t->n_operand; i++) {
		check(k, t->operand[i].tree);
		good = is_good(t->operand[i].tree) && good;
	}
	return good;
}

/* All operands are of the type; with the rest of the tree checked too. */
static bool check_all(struct checker *k, struct tree *t, enum expr_type type)
{
	bool good = check_operands(k, t);

	for (size_t i = 0; i < t->n_operand; i++)
		good = need_type(k, t->operand[i].tree, type) && good;
	t->type = type;
	return good;
}

static void report_units(struct checker *k, const struct tree *t, const struct operand *o,
	const struct unit *left)
{
	struct origin at = origin_of(k, o->offset);
	const char *a = unit_name(k, left);
	const char *b = unit_name(k, o->tree->unit);
	struct diags *d = k->r->diags;

	k->failed = true;
	if (t->kind == TREE_COMPARE)
		diag_error(d, at, "unit", "cannot compare %s and %s", a, b);
	else if (t->kind == TREE_IF)
		diag_error(d, at, "unit", "if() gives %s in one case and %s in the other", a, b);
	else if (t->kind != TREE_ADD)
		diag_error(d, at, "unit", "cannot take the %s of %s and %s", t->text, a, b);
	else if (o->inverse)
		diag_error(d, at, "unit", "cannot subtract %s from %s", b, a);
	else
		diag_error(d, at, "unit", "cannot add %s and %s", a, b);
}

/* Operands from `first` on have one unit, which is written to *common. */
static bool check_units(struct checker *k, const struct tree *t, size_t first, struct unit *common)
{
	*common = *t->operand[first].tree->unit;
	for (size_t i = first + 1; i < t->n_operand; i++) {
		const struct unit *u = t->operand[i].tree->unit;

		if (!unit_fits(common, u)) {
			report_units(k, t, &t->operand[i], common);
			return false;
		}
		if (common->any)
			*common = *u;
	}
	return true;
}

/* + -, min and max */
static void check_alike(struct checker *k, struct tree *t)
{
	struct unit u;

	if (check_all(k, t, EXPR_NUMBER) && check_units(k, t, 0, &u))
		set_unit(k, t, u);
}

static void check_product(struct checker *k, struct tree *t)
{
	struct unit u;

	if (!check_all(k, t, EXPR_NUMBER))
		return;
	u = *t->operand[0].tree->unit;
	for (size_t i = 1; i < t->n_operand; i++)
		if (!unit_combine(&u, t->operand[i].tree->unit, t->operand[i].inverse, &u)) {
			k->failed = true;
			diag_error(k->r->diags, origin_of(k, t->operand[i].offset), "limit",
				"the unit of this product has too many parts");
			return;
		}
	set_unit(k, t, u);
}

static void check_comparison(struct checker *k, struct tree *t)
{
	const struct tree *left = t->operand[0].tree;
	const struct tree *right = t->operand[1].tree;
	struct unit u;

	t->type = EXPR_TRUTH;
	if (!check_operands(k, t))
		return;
	if (left->type == EXPR_TRUTH) {
		need_type(k, left, EXPR_NUMBER);
		return;
	}
	if (!need_type(k, right, left->type))
		return;
	if (left->type == EXPR_TEXT && t->compare != LEX_EQUAL && t->compare != LEX_UNEQUAL) {
		k->failed = true;
		diag_error(k->r->diags, origin_of(k, t->operand[1].offset), "type",
			"texts can only be compared by = and !=");
		return;
	}
	if (check_units(k, t, 0, &u))
		set_unit(k, t, unit_parse(NULL));
}

static void check_truths(struct checker *k, struct tree *t)
{
	if (check_all(k, t, EXPR_TRUTH))
		set_unit(k, t, unit_parse(NULL));
}

static void check_if(struct checker *k, struct tree *t)
{
	const struct operand *o = t->operand;
	bool good = check_operands(k, t);
	struct unit u;

	t->type = o[1].tree->type;
	good = need_type(k, o[0].tree, EXPR_TRUTH) && good;
	if (is_good(o[1].tree))
		good = need_type(k, o[2].tree, t->type) && good;
	if (good && check_units(k, t, 1, &u))
		set_unit(k, t, u);
}

/* abs, and the sign */
static void check_same(struct checker *k, struct tree *t)
{
	if (check_all(k, t, EXPR_NUMBER))
		set_unit(k, t, *t->operand[0].tree->unit);
}

/* Of figures, texts and conditions. */
static void check_known(struct checker *k, struct tree *t)
{
	t->type = EXPR_TRUTH;
	if (check_operands(k, t))
		set_unit(k, t, unit_parse(NULL));
}

static void check_round(struct checker *k, struct tree *t)
{
	const struct tree *n = t->operand[1].tree;

	t->type = EXPR_NUMBER;
	if (n->kind != TREE_NUMBER || n->number.den != 1 || n->number.num > RATIO_DECIMALS) {
		k->failed = true;
		diag_error(k->r->diags, origin_of(k, n->offset), "type",
			"the decimals of round() must be written as a number from 0 to %d",
			RATIO_DECIMALS);
		return;
	}
	t->decimals = (int)n->number.num;
	t->n_operand = 1;
	check_same(k, t);
}

/* Whether the function means something here; k->inside is then set for its operands. */
static bool check_over_rows(struct checker *k, const struct tree *t)
{
	struct origin at = origin_of(k, t->offset);

	if (k->inside) {
		k->failed = true;
		return diag_error(k->r->diags, at, "type", "%s() cannot stand inside %s()", t->text,
			k->inside);
	}
	if (!k->r->symbols->has_rows) {
		k->failed = true;
		return diag_error(k->r->diags, at, "unknown-name",
			"%s() needs the rows of a table, and there is none here", t->text);
	}
	return true;
}

static void check_key(struct checker *k, const struct tree *t)
{
	if (t->kind != TREE_AT || t->operand[0].tree->kind == TREE_TEXT)
		return;
	k->failed = true;
	diag_error(k->r->diags, t->at, "type",
		"the row of at() must be written as a text: at('KEY', x)");
}

/* sum, count, total, at */
static void check_rows(struct checker *k, struct tree *t)
{
	struct tree *x = t->operand[t->n_operand - 1].tree;
	bool good = check_over_rows(k, t);
	const char *outside = k->inside;

	check_key(k, t);
	k->inside = outside ? outside : t->text;
	check(k, x);
	k->inside = outside;
	t->type = EXPR_NUMBER;
	if (t->kind == TREE_SUM)
		good = need_type(k, x, EXPR_NUMBER) && good;
	else if (t->kind == TREE_COUNT)
		good = need_type(k, x, EXPR_TRUTH) && good;
	else
		t->type = x->type;
	if (!good || !is_good(x))
		return;
	if (t->kind == TREE_COUNT)
		set_unit(k, t, (struct unit){ .any = true });
	else
		set_unit(k, t, *x->unit);
}

static void check(struct checker *k, struct tree *t)
{
	switch (t->kind) {
	case TREE_NUMBER:
		t->type = EXPR_NUMBER;
		set_unit(k, t, (struct unit){ .any = true });
		return;
	case TREE_TEXT:
		t->type = EXPR_TEXT;
		set_unit(k, t, unit_parse(NULL));
		return;
	case TREE_NAME:
		check_name(k, t);
		return;
	case TREE_ADD:
	case TREE_MIN:
	case TREE_MAX:
		check_alike(k, t);
		return;
	case TREE_MULTIPLY:
		check_product(k, t);
		return;
	case TREE_COMPARE:
		check_comparison(k, t);
		return;
	case TREE_NOT:
	case TREE_AND:
	case TREE_OR:
		check_truths(k, t);
		return;
	case TREE_IF:
		check_if(k, t);
		return;
	case TREE_ROUND:
		check_round(k, t);
		return;
	case TREE_NEGATE:
	case TREE_ABS:
	case TREE_CEIL:
		check_same(k, t);
		return;
	case TREE_KNOWN:
		check_known(k, t);
		return;
	case TREE_SUM:
	case TREE_COUNT:
	case TREE_TOTAL:
	case TREE_AT:
		check_rows(k, t);
		return;
	case TREE_UNKNOWN:
		check_operands(k, t);
		unknown_function(k, t);
		return;
	}
}

bool tree_check(const struct reading *r, struct tree *t, enum expr_type want)
{
	struct checker k = { .r = r };

	check(&k, t);
	need_type(&k, t, want);
	return !k.failed;
}
