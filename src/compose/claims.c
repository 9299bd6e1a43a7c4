/* Figures that were published, in sentences and tables: each is computed anew and compared as it was printed. */
#include "compose/composer.h"

#include "base/buf.h"
#include "base/numeral.h"
#include "base/utf8.h"
#include "base/words.h"
#include "model/number.h"

#include <stdlib.h>
#include <string.h>

enum relation { RELATION_EQUAL, RELATION_AT_LEAST, RELATION_AT_MOST };

enum {
	FIELDS = 7,
	CLAIMS_MAX = 10000,	/* of a job */
	WORDS_TRIED_MAX = 9999, /* numbers that are looked for in words */
};

/* What the dataset "published" must have. */
static const char *const fields[FIELDS] = { "place", "subject", "area", "table", "expression", "printed", "relation" };
enum { PLACE, SUBJECT, AREA, TABLE, EXPRESSION, PRINTED, RELATION };

/* A text as printed: a number with its decimals, where it has one. */
struct printed {
	const char *text;
	bool has_digits;
	bool has_number; /* one, in digits */
	struct ratio x;
	int decimals;
};

struct claim {
	const char *text[FIELDS]; /* "" where there is none */
	struct origin at[FIELDS];
	struct printed printed;
	enum relation relation;
	const struct table *table;
	const struct expr *expr;
	struct value value;
	const char *computed; /* in the form of what is printed */
	size_t same;	      /* the first claim of the same figure */
	bool known;	      /* whether there is a value to compare with */
	bool holds;
};

struct claims {
	struct composer *c;
	struct audit *audit;
	struct claim *claim; /* [n] */
	size_t n;
	struct map asserted; /* paths of cells that differ from the source already -> finding */
};

/* ---- what was printed ---- */

static bool is_number_char(char ch)
{
	return (ch >= '0' && ch <= '9') || ch == '.' || ch == ',';
}

static bool is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

/* The only number in a text: "0,28%", "từ 07 hộ trở lên". False where there is none, or are several: 15/6. */
static bool find_number(const char *text, const char **start, size_t *n)
{
	bool found = false;

	for (const char *s = text; *s;) {
		size_t length = 0;

		if (!is_digit(*s)) {
			s++;
			continue;
		}
		if (found)
			return false;
		while (is_number_char(s[length]))
			length++;
		while (!is_digit(s[length - 1]))
			length--;
		found = true;
		*start = s;
		*n = length;
		s += length;
	}
	return found;
}

/* A minus sign right before the number, and nothing before that which makes it a dash. */
static bool is_negative(const char *text, const char *start)
{
	static const char *const signs[] = { "-", "\u2212" };

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t n = strlen(signs[i]);

		if ((size_t)(start - text) >= n && !memcmp(start - n, signs[i], n) && (start - n == text || start[-(long)n - 1] == ' '))
			return true;
	}
	return false;
}

static struct printed read_printed(const char *text)
{
	struct printed p = { .text = text, .has_digits = strpbrk(text, "0123456789") };
	const char *start = "";
	const char *comma;
	size_t n = 0;

	if (!find_number(text, &start, &n) || number_parse(start, n, 0, &p.x) != NUMBER_OK)
		return p;
	if (is_negative(text, start))
		p.x.num = -p.x.num;
	comma = memchr(start, ',', n);
	p.has_number = true;
	p.decimals = comma ? (int)(start + n - comma - 1) : 0;
	return p;
}

/* ---- words ---- */

/* Words of numbers, and other spellings of them. */
static const struct {
	const char *word;
	const char *same; /* NULL: as it is */
} number_words[] = { { "không", NULL }, { "một", NULL }, { "mốt", NULL }, { "hai", NULL }, { "ba", NULL }, { "bốn", NULL },
	{ "tư", "bốn" }, { "năm", NULL }, { "lăm", NULL }, { "nhăm", "lăm" }, { "sáu", NULL }, { "bảy", NULL }, { "bẩy", "bảy" },
	{ "tám", NULL }, { "chín", NULL }, { "mười", NULL }, { "mươi", NULL }, { "linh", NULL }, { "lẻ", "linh" }, { "trăm", NULL },
	{ "nghìn", NULL }, { "ngàn", "nghìn" }, { "triệu", NULL }, { "tỷ", NULL }, { "tỉ", "tỷ" }, { "phẩy", NULL }, { "âm", NULL } };

/* In one spelling; NULL: no word of a number. */
static const char *number_word(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof number_words / sizeof *number_words; i++)
		if (strlen(number_words[i].word) == n && !memcmp(number_words[i].word, s, n))
			return number_words[i].same ? number_words[i].same : number_words[i].word;
	return NULL;
}

/* The first number in words of a text, in one spelling, a space behind each word; "" where there is none. */
static const char *words_in(const char *text, struct arena *a)
{
	struct buf b = { 0 };
	const char *found;

	while (*text) {
		size_t n = strcspn(text, " ");
		const char *word = number_word(text, n);

		if (word)
			buf_printf(&b, "%s ", word);
		else if (b.n && !strcmp(b.text, "không ") && (!strncmp(text, "quá", n) || !strncmp(text, "vượt", n)))
			b.n = 0; /* "không quá chín" */
		else if (b.n)
			break;
		text += n;
		text += *text == ' ';
	}
	found = arena_slice(a, b.text ? b.text : "", b.n);
	buf_clear(&b);
	return found;
}

/* Whether the text says the number in words. */
static bool says_words(const char *text, struct ratio x, struct arena *a)
{
	const char *words = words_text(x, 0, a);
	const char *found = words_in(text, a);

	return words && *found && !strcmp(found, words_in(words, a));
}

/* A small whole number that stands in words. */
static bool read_words(const char *text, struct ratio *x)
{
	struct arena scratch = { 0 };
	bool found = false;

	if (*words_in(text, &scratch))
		for (int n = 0; n <= WORDS_TRIED_MAX && !found; n++) {
			*x = ratio_whole(n);
			found = says_words(text, *x, &scratch);
		}
	arena_clear(&scratch);
	return found;
}

/* Whether the text holds it as a word of its own: "quý II". */
static bool says_word(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *s = strstr(text, word); s; s = strstr(s + 1, word))
		if ((s == text || s[-1] == ' ') && (!s[n] || strchr(" /,.;", s[n])))
			return true;
	return false;
}

/* A Roman numeral of its own, as in "quý II". */
static bool has_roman(const char *text)
{
	while (*text) {
		size_t n = strcspn(text, " /,.;");

		if (n && strspn(text, "IVXLCDM") == n)
			return true;
		text += n;
		text += *text != '\0';
	}
	return false;
}

static bool says_figure(const struct claim *claim, struct arena *a)
{
	const struct ratio x = claim->value.figure.x;
	const char *text = claim->printed.text;
	const char *folded = utf8_fold(text, strlen(text), a);
	bool in_words = !claim->printed.has_digits && !has_roman(text);

	if (in_words && claim->relation != RELATION_EQUAL) {
		struct ratio printed;

		return read_words(folded, &printed)
		       && (claim->relation == RELATION_AT_LEAST ? ratio_compare(x, printed) >= 0 : ratio_compare(x, printed) <= 0);
	}
	return (in_words && says_words(folded, x, a))
	       || (x.den == 1 && x.num > 0 && x.num < 4000 && says_word(text, roman_text((unsigned)x.num, a)));
}

/* The computed figure in the form of what was printed, where that is no number in digits. */
static const char *said_figure(const struct claim *claim, struct arena *a)
{
	const struct ratio x = claim->value.figure.x;
	const char *words = words_text(x, 0, a);

	if (x.den == 1 && x.num > 0 && x.num < 4000 && has_roman(claim->printed.text))
		return roman_text((unsigned)x.num, a);
	return words && !claim->printed.has_digits ? words : audit_exact(x, a);
}

/* ---- comparing ---- */

static enum rounding rounding_of(struct composer *c, const struct claim *claim)
{
	struct number_style style = { .rounding = c->job->rounding };
	bool total;

	lone_style(c, claim->expr, claim->table, &style, &total);
	return style.rounding;
}

static bool compare_number(struct composer *c, struct claim *claim)
{
	struct ratio x = claim->value.figure.x;
	const struct printed *p = &claim->printed;

	claim->computed = audit_number(x, p->decimals, rounding_of(c, claim), c->a);
	if ((claim->relation == RELATION_AT_LEAST && ratio_compare(x, p->x) >= 0)
		|| (claim->relation == RELATION_AT_MOST && ratio_compare(x, p->x) <= 0))
		return true;
	return !strcmp(claim->computed, audit_number(p->x, p->decimals, ROUND_TRUNCATE, c->a));
}

static bool compare_text(struct composer *c, struct claim *claim)
{
	const char *text = claim->value.text ? claim->value.text : "";
	const char *folded = utf8_fold(text, strlen(text), c->a);
	const char *printed = utf8_fold(claim->printed.text, strlen(claim->printed.text), c->a);
	size_t n = strlen(printed);
	struct date date;

	claim->computed = text;
	if (date_read(text, &date)) /* 15/6 where the year stands elsewhere */
		return !strncmp(folded, printed, n) && (!folded[n] || folded[n] == '/');
	return !strcmp(folded, printed);
}

static void compare(struct composer *c, struct claim *claim)
{
	claim->known = claim->value.figure.state == FIGURE_OK;
	if (!claim->known)
		claim->computed = number_text(claim->value.figure, (struct number_style){ 0 }, c->a);
	else if (claim->value.type == EXPR_TEXT)
		claim->holds = compare_text(c, claim);
	else if (claim->printed.has_number && !has_roman(claim->printed.text))
		claim->holds = compare_number(c, claim);
	else {
		claim->computed = said_figure(claim, c->a);
		claim->holds = says_figure(claim, c->a);
	}
}

/* ---- reading ---- */

static void read_texts(const struct data *data, const struct data_row *row, struct claim *claim)
{
	for (size_t i = 0; i < FIELDS; i++) {
		claim->text[i] = "";
		claim->at[i] = row->at;
		for (size_t k = 0; k < data->dataset->n_field; k++) {
			const struct datum *datum = &row->datum[k];

			if (strcmp(data->dataset->field[k].id, fields[i]) != 0 || datum->figure.state != FIGURE_OK || !datum->text)
				continue;
			claim->text[i] = datum->text;
			if (datum->figure.n_from)
				claim->at[i] = datum->figure.from[0];
		}
	}
}

static bool read_relation(struct composer *c, struct claim *claim)
{
	static const struct {
		const char *text;
		enum relation relation;
	} words[] = { { "", RELATION_EQUAL }, { "=", RELATION_EQUAL }, { ">=", RELATION_AT_LEAST }, { "≥", RELATION_AT_LEAST },
		{ "<=", RELATION_AT_MOST }, { "≤", RELATION_AT_MOST } };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcmp(claim->text[RELATION], words[i].text)) {
			claim->relation = words[i].relation;
			return true;
		}
	return diag_error(c->d, claim->at[RELATION], "claim", "'%s' is no relation; write =, >= or <=, or leave it empty",
		claim->text[RELATION]);
}

static bool find_claimed_table(struct composer *c, struct claim *claim)
{
	const char **names;
	const char *near;

	claim->table = tables_find(c->tables, claim->text[TABLE]);
	if (claim->table)
		return true;
	names = ARENA_ARRAY(c->a, c->tables->n_table + 1, const char *);
	for (size_t i = 0; i < c->tables->n_table; i++)
		names[i] = c->tables->table[i]->id;
	near = suggest(claim->text[TABLE], names, c->tables->n_table);
	if (near)
		return diag_error(c->d, claim->at[TABLE], "claim", "the job has no table '%s'; did you mean '%s'?", claim->text[TABLE],
			near);
	return diag_error(c->d, claim->at[TABLE], "claim", "the job has no table '%s'; there are: %s", claim->text[TABLE],
		word_list(names, c->tables->n_table, c->a));
}

static const struct expr *parse_claim(struct composer *c, const struct claim *claim)
{
	static const enum expr_type wanted[] = { EXPR_TEXT, EXPR_NUMBER };
	const struct symbols *symbols = scope_symbols(c, claim->table);
	struct expr_place place = { .at = claim->at[EXPRESSION] };
	const char *text = claim->text[EXPRESSION];
	struct diags scratch = { .quiet = true };
	const struct expr *expr = expr_parse(text, strlen(text), place, symbols, wanted[0], c->a, &scratch);

	return expr ? expr : expr_parse(text, strlen(text), place, symbols, wanted[1], c->a, c->d);
}

/* False when there is nothing to compare. */
static bool read_claim(struct composer *c, const struct data *data, const struct data_row *row, struct claim *claim)
{
	struct evaluated e;
	bool ok;

	*claim = (struct claim){ .same = SIZE_MAX };
	read_texts(data, row, claim);
	claim->printed = read_printed(claim->text[PRINTED]);
	ok = read_relation(c, claim);
	if (!find_claimed_table(c, claim) || !ok)
		return false;
	claim->expr = parse_claim(c, claim);
	if (!claim->expr)
		return false;
	e = scope_eval(c, claim->expr, (struct scope){ claim->table, NO_ROW }, claim->at[EXPRESSION]);
	claim->value = e.value;
	if (e.failed)
		return false;
	compare(c, claim);
	return true;
}

/* ---- reporting ---- */

/* The cell that the claim speaks of; false when it is no single cell. */
static bool find_cell(const struct claim *claim, size_t *row, size_t *column)
{
	bool total;
	const struct symbol *symbol = expr_lone_symbol(claim->expr, &total);
	const struct column *found = symbol && !symbol->constant ? column_find(claim->table, symbol->name) : NULL;

	*row = claim->table->total;
	if (!found || !expr_lone_row(claim->expr, &claim->table->env, row) || *row >= claim->table->n_row)
		return false;
	*column = (size_t)(found - claim->table->column);
	return true;
}

static bool fits(const struct claim *claim, struct ratio a, struct ratio b, struct arena *arena)
{
	struct diags scratch = { .quiet = true };
	struct ratio difference;
	bool same = ratio_sub(a, b, (struct origin){ 0 }, &difference, &scratch)
		&& !strcmp(audit_number(difference, claim->printed.decimals, ROUND_HALF_UP, arena),
			audit_number(claim->printed.x, claim->printed.decimals, ROUND_TRUNCATE, arena));

	return same;
}

static void explain_difference(struct composer *c, const struct claim *claim, struct audit_finding *f)
{
	struct figure part[2];
	struct ratio rounded[2];
	struct diags scratch = { .quiet = true };
	int decimals = claim->printed.decimals;

	if (!scope_difference(c, claim->expr, (struct scope){ claim->table, claim->table->total }, &part[0], &part[1])
		|| part[0].state != FIGURE_OK || part[1].state != FIGURE_OK)
		return;
	if (ratio_round(part[0].x, decimals, ROUND_HALF_UP, f->at, &rounded[0], &scratch)
		&& ratio_round(part[1].x, decimals, ROUND_HALF_UP, f->at, &rounded[1], &scratch)
		&& fits(claim, rounded[0], rounded[1], c->a))
		audit_reason_add(f, WHY_DIFFERENCE, audit_number(rounded[0], decimals, ROUND_HALF_UP, c->a),
			audit_number(rounded[1], decimals, ROUND_HALF_UP, c->a));
}

static void explain_number(struct composer *c, const struct claim *claim, const char *printed, struct audit_finding *f)
{
	size_t row;
	size_t column;

	if (find_cell(claim, &row, &column)) {
		table_explain_cell(claim->table, row, column, printed, claim->printed.decimals, f, c->a);
		return;
	}
	audit_explain_rounding(f, claim->value.figure.x, printed, claim->printed.decimals, rounding_of(c, claim), c->a);
	explain_difference(c, claim, f);
}

static const char *subject_of(const struct claim *claim, struct arena *a)
{
	const char *subject = claim->text[PLACE];

	if (*claim->text[SUBJECT])
		subject = arena_printf(a, "%s, %s", subject, claim->text[SUBJECT]);
	if (*claim->text[AREA])
		subject = arena_printf(a, "%s (%s)", subject, claim->text[AREA]);
	return subject;
}

/* What another place says of the same figure, if it says something else. */
static void explain_places(const struct claims *all, size_t i, struct audit_finding *f)
{
	const struct claim *claim = &all->claim[i];

	for (size_t k = 0; k < all->n; k++) {
		const struct claim *other = &all->claim[k];

		if (k != i && other->same == claim->same && strcmp(other->text[PRINTED], claim->text[PRINTED]) != 0
			&& (other->holds != claim->holds || !other->holds)) {
			audit_reason_add(f, WHY_OTHER_PLACE, subject_of(other, all->c->a), other->text[PRINTED]);
			return;
		}
	}
}

/* Whether the source's own column has been found to differ in the same way. */
static bool told_already(const struct claims *all, const struct claim *claim, const char *printed)
{
	size_t row;
	size_t column;
	size_t i;

	return find_cell(claim, &row, &column)
	       && map_find(&all->asserted,
		       table_cell_path(claim->table, row, claim->table->column[column].id, all->c->a), &i)
	       && !strcmp(all->audit->finding[i].printed, printed);
}

static void report_claim(struct claims *all, size_t i)
{
	struct composer *c = all->c;
	const struct claim *claim = &all->claim[i];
	const char *printed = claim->text[PRINTED];
	struct audit_finding f = {
		.rule = "published",
		.severity = c->job->audit_severity,
		.at = claim->at[PRINTED],
		.place = claim->text[PLACE],
		.subject = subject_of(claim, c->a),
		.printed = printed,
		.computed = claim->computed,
	};

	if (claim->printed.has_number && claim->value.type == EXPR_NUMBER) {
		const char *number = audit_number(claim->printed.x, claim->printed.decimals, ROUND_TRUNCATE, c->a);

		if (told_already(all, claim, number))
			return;
		explain_number(c, claim, number, &f);
	}
	explain_places(all, i, &f);
	audit_add(all->audit, f, c->d);
}

/* ---- all of them ---- */

static void note_asserted(struct claims *all)
{
	map_init(&all->asserted, all->c->a);
	for (size_t i = 0; i < all->audit->n_finding; i++)
		if (!strcmp(all->audit->finding[i].rule, "asserted"))
			map_add(&all->asserted, all->audit->finding[i].place, i, NULL);
}

static void add_claim(struct claims *all, struct map *figures)
{
	struct claim *claim = &all->claim[all->n];
	size_t first = all->n;
	const char *key = arena_printf(all->c->a, "%s\n%s", claim->text[TABLE], expr_source(claim->expr));

	map_add(figures, key, all->n, &first);
	claim->same = first;
	all->n++;
}

void claims_check(struct composer *c, const struct data *published, struct audit *audit)
{
	struct claims all = { .c = c, .audit = audit };
	struct map figures;

	if (published->n_row > CLAIMS_MAX) {
		diag_error(c->d, published->row[CLAIMS_MAX].at, "limit", "a job has at most %d published figures; leave out those of tables",
			CLAIMS_MAX);
		return;
	}
	all.claim = ARENA_ARRAY(c->a, published->n_row, struct claim);
	map_init(&figures, c->a);
	note_asserted(&all);
	for (size_t i = 0; i < published->n_row; i++)
		if (read_claim(c, published, &published->row[i], &all.claim[all.n]))
			add_claim(&all, &figures);
	for (size_t i = 0; i < all.n; i++)
		if (!all.claim[i].known)
			diag_note(c->d, all.claim[i].at[EXPRESSION], "claim", "%s: {%s} is missing, so what was published cannot be checked",
				all.claim[i].text[PLACE], expr_source(all.claim[i].expr));
		else if (!all.claim[i].holds)
			report_claim(&all, i);
	map_clear(&figures);
	map_clear(&all.asserted);
}
