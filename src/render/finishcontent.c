/* The content of a page: what cairo did not mark, or only as an artifact, is marked as the artifact it is; what it marked is held
 * against the tree. Only what that takes is looked at: strings, names and numbers are stepped over, at 250 MB/s,
 * where pdf/content.h, which makes values of them, reads 70 MB/s.
 * Source: ISO 32000-1, 14.8.2.2.2; ISO 14289-1, 7.8: a running header is said to be one */
#include "pdf/lex.h"
#include "render/finishing.h"

#include <stdlib.h>
#include <string.h>

enum { MARKS_DEPTH = 32, NOWHERE = -1 };

enum token { TOKEN_END, TOKEN_OPERATOR, TOKEN_OPERAND, TOKEN_BAD };

/* What an operator does, for who wraps artifacts. */
enum effect {
	EFFECT_STATE,	 /* changes the state, or shows text inside BT */
	EFFECT_BUILDS,	 /* begins or goes on with a path */
	EFFECT_PAINTS,	 /* ends it */
	EFFECT_BEGINS,	 /* a text object */
	EFFECT_ENDS,
	EFFECT_SHOWS,	 /* something in one go */
	EFFECT_BOUNDARY, /* q, Q */
	EFFECT_MARKS,
	EFFECT_UNMARKS,
	EFFECT_REFUSED,
};

static const struct {
	const char *name;
	enum effect effect;
} operators[] = {
	{ "BDC", EFFECT_MARKS }, { "BMC", EFFECT_MARKS }, { "EMC", EFFECT_UNMARKS }, { "BT", EFFECT_BEGINS }, { "ET", EFFECT_ENDS },
	{ "q", EFFECT_BOUNDARY }, { "Q", EFFECT_BOUNDARY }, { "m", EFFECT_BUILDS }, { "l", EFFECT_BUILDS },
	{ "c", EFFECT_BUILDS }, { "v", EFFECT_BUILDS }, { "y", EFFECT_BUILDS }, { "h", EFFECT_BUILDS }, { "re", EFFECT_BUILDS },
	{ "S", EFFECT_PAINTS }, { "s", EFFECT_PAINTS }, { "f", EFFECT_PAINTS }, { "F", EFFECT_PAINTS }, { "f*", EFFECT_PAINTS },
	{ "B", EFFECT_PAINTS }, { "B*", EFFECT_PAINTS }, { "b", EFFECT_PAINTS }, { "b*", EFFECT_PAINTS }, { "n", EFFECT_PAINTS },
	{ "Do", EFFECT_SHOWS }, { "sh", EFFECT_SHOWS }, { "BI", EFFECT_REFUSED }, { "DP", EFFECT_REFUSED },
};

/* Marks that are open, from the outside in. */
enum mark {
	MARK_CONTENT,
	MARK_ARTIFACT, /* not in what is written: it gets marks of ours */
	MARK_OTHER,
};

/* Text outside the structure, in the order of paint_artifacts: where the page has it, one text object each, but for the last. */
enum outside { OUTSIDE_DRAFT, OUTSIDE_NUMBER, OUTSIDE_REPEATED };

static const char *const outside_mark[] = {
	[OUTSIDE_DRAFT] = "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC\n",
	[OUTSIDE_NUMBER] = "/Artifact <</Type /Pagination /Subtype /Header>> BDC\n",
	[OUTSIDE_REPEATED] = "/Artifact <</Type /Pagination>> BDC\n",
};

struct wrapping {
	struct finish *f;
	const struct finish_page *page;
	const char *data;
	size_t n, at;
	struct buf *out;
	size_t copied;	    /* bytes that are in out */
	size_t operand;	    /* where the operands of the next operator begin */
	bool has_operand;
	enum mark mark[MARKS_DEPTH];
	size_t n_mark;
	bool in_content; /* inside a mark of content */
	bool in_artifact;
	enum outside outside; /* what the next text outside is, if the page has it */
	long from;	 /* where unmarked content begins, or NOWHERE */
	long to;	 /* where it ends so far */
	bool is_text;
	bool in_text;	/* between BT and ET, outside marks */
	bool in_path;
	bool *met;	/* [page->n_owner] */
	size_t n_met;
};

static struct finish_place here(const struct wrapping *w)
{
	return AT_PAGE(w->page - w->f->page);
}

static bool is_space(char c)
{
	return lex_class[(unsigned char)c] & LEX_WHITE;
}

static bool is_delimiter(char c)
{
	return lex_class[(unsigned char)c] & LEX_DELIMITER;
}

static bool skip_string(struct wrapping *w)
{
	size_t depth = 0;

	for (; w->at < w->n; w->at++) {
		char c = w->data[w->at];

		if (c == '\\')
			w->at++;
		else if (c == '(')
			depth++;
		else if (c == ')' && !--depth) {
			w->at++;
			return true;
		}
	}
	return false;
}

static void skip_word(struct wrapping *w)
{
	while (w->at < w->n && !(lex_class[(unsigned char)w->data[w->at]] & (LEX_WHITE | LEX_DELIMITER)))
		w->at++;
}

/* <...>, <<, >> and brackets; the items of arrays and dictionaries are operands like any other. */
static bool skip_delimiter(struct wrapping *w, char c)
{
	const char *end;

	if (c == '(')
		return skip_string(w);
	if (c == '[' || c == ']') {
		w->at++;
		return true;
	}
	if (w->at + 1 < w->n && (c == '<' || c == '>') && w->data[w->at + 1] == c) {
		w->at += 2;
		return true;
	}
	end = c == '<' ? memchr(w->data + w->at, '>', w->n - w->at) : NULL;
	if (!end)
		return false;
	w->at = (size_t)(end - w->data) + 1;
	return true;
}

/* *from: where it begins; w->at is behind it. */
static enum token next_token(struct wrapping *w, size_t *from)
{
	char c;

	while (w->at < w->n && is_space(w->data[w->at]))
		w->at++;
	*from = w->at;
	if (w->at == w->n)
		return TOKEN_END;
	c = w->data[w->at];
	if (c == '/') {
		w->at++;
		skip_word(w);
		return TOKEN_OPERAND;
	}
	if (is_delimiter(c))
		return skip_delimiter(w, c) ? TOKEN_OPERAND : TOKEN_BAD;
	skip_word(w);
	return lex_class[(unsigned char)c] & LEX_NUMBER ? TOKEN_OPERAND : TOKEN_OPERATOR;
}

static enum effect effect_of(const char *name, size_t n)
{
	for (size_t i = 0; n <= 3 && i < sizeof operators / sizeof *operators; i++)
		if (!strncmp(operators[i].name, name, n) && !operators[i].name[n])
			return operators[i].effect;
	return EFFECT_STATE;
}

static void copy_to(struct wrapping *w, size_t to)
{
	buf_put(w->out, w->data + w->copied, to - w->copied);
	w->copied = to;
}

static enum outside next_outside(struct wrapping *w)
{
	enum outside outside;

	if (w->outside == OUTSIDE_DRAFT && !w->page->has_draft)
		w->outside = OUTSIDE_NUMBER;
	if (w->outside == OUTSIDE_NUMBER && !w->page->has_number)
		w->outside = OUTSIDE_REPEATED;
	outside = w->outside;
	if (w->outside != OUTSIDE_REPEATED)
		w->outside++;
	return outside;
}

/* What is no text is rules. */
static void end_artifact(struct wrapping *w)
{
	if (w->from == NOWHERE)
		return;
	copy_to(w, (size_t)w->from);
	buf_puts(w->out, w->is_text ? outside_mark[next_outside(w)] : "/Artifact <</Type /Layout>> BDC\n");
	copy_to(w, (size_t)w->to);
	buf_puts(w->out, "\nEMC\n");
	w->from = NOWHERE;
}

static void add_artifact(struct wrapping *w, bool is_text)
{
	if (w->from != NOWHERE && w->is_text != is_text)
		end_artifact(w);
	if (w->from == NOWHERE)
		w->from = (long)w->operand;
	w->is_text = is_text;
	w->to = (long)w->at;
}

/* The number of marked content: "/P << /MCID 12 >>"; -1: none. */
static long mark_number(const struct wrapping *w)
{
	static const char key[] = "/MCID";
	const char *s = w->data + w->operand;
	size_t n = w->at - w->operand;

	for (size_t i = 0; i + sizeof key < n; i++)
		if (s[i] == '/' && !memcmp(s + i, key, sizeof key - 1))
			return strtol(s + i + sizeof key - 1, NULL, 10);
	return -1;
}

static bool note_number(struct wrapping *w, long number)
{
	if ((size_t)number >= w->page->n_owner || w->page->owner[number] == NO_KID)
		return finish_wrong(w->f, WRONG_MARK_ALONE, here(w));
	if (w->met[number])
		return finish_wrong(w->f, WRONG_MARK_TWICE, here(w));
	w->met[number] = true;
	w->n_met++;
	return true;
}

static enum mark kind_of_mark(const struct wrapping *w, long number)
{
	static const char artifact[] = "/Artifact";

	if (w->at - w->operand > sizeof artifact && !memcmp(w->data + w->operand, artifact, sizeof artifact - 1))
		return MARK_ARTIFACT;
	return number >= 0 ? MARK_CONTENT : MARK_OTHER;
}

static void drop_mark(struct wrapping *w)
{
	end_artifact(w);
	copy_to(w, w->operand);
	w->copied = w->at;
}

static bool open_mark(struct wrapping *w)
{
	long number = mark_number(w);
	enum mark mark = kind_of_mark(w, number);

	if (w->n_mark == MARKS_DEPTH || (mark != MARK_OTHER && (w->in_content || w->in_artifact || w->in_text || w->in_path)))
		return finish_wrong(w->f, WRONG_MARK_INSIDE, here(w));
	if (mark == MARK_CONTENT && !note_number(w, number))
		return false;
	if (mark == MARK_OTHER && !w->in_content)
		add_artifact(w, true); /* as a whole, up to its end */
	else if (mark == MARK_CONTENT)
		end_artifact(w);
	else if (mark == MARK_ARTIFACT)
		drop_mark(w);
	w->mark[w->n_mark++] = mark;
	w->in_content = w->in_content || mark == MARK_CONTENT;
	w->in_artifact = w->in_artifact || mark == MARK_ARTIFACT;
	return true;
}

static bool close_mark(struct wrapping *w)
{
	enum mark mark;

	if (!w->n_mark)
		return finish_wrong(w->f, WRONG_MARK_UNOPENED, here(w));
	mark = w->mark[--w->n_mark];
	if (mark == MARK_ARTIFACT && (w->in_text || w->in_path))
		return finish_wrong(w->f, WRONG_MARK_INSIDE, here(w));
	if (mark == MARK_ARTIFACT)
		drop_mark(w);
	w->in_content = w->in_content && mark != MARK_CONTENT;
	w->in_artifact = w->in_artifact && mark != MARK_ARTIFACT;
	if (!w->in_content && w->from != NOWHERE)
		w->to = (long)w->at;
	return true;
}

/* Outside marked content. */
static void act(struct wrapping *w, enum effect effect)
{
	bool in_other = w->n_mark > w->in_artifact;

	if (effect == EFFECT_BOUNDARY && !w->in_text && !w->in_path && !in_other) {
		end_artifact(w);
	} else if (effect == EFFECT_BUILDS || effect == EFFECT_PAINTS || effect == EFFECT_SHOWS) {
		add_artifact(w, in_other);
		w->in_path = effect == EFFECT_BUILDS;
	} else if (effect == EFFECT_BEGINS || effect == EFFECT_ENDS) {
		if (effect == EFFECT_BEGINS && w->outside != OUTSIDE_REPEATED)
			end_artifact(w);
		add_artifact(w, true);
		w->in_text = effect == EFFECT_BEGINS;
	}
}

static bool take_operator(struct wrapping *w, const char *name, size_t n)
{
	enum effect effect = w->in_content && n != 3 ? EFFECT_STATE : effect_of(name, n); /* those that mark have three letters */

	if (effect == EFFECT_REFUSED)
		return finish_wrong(w->f, WRONG_OPERATOR, here(w));
	if (effect == EFFECT_MARKS)
		return open_mark(w);
	if (effect == EFFECT_UNMARKS)
		return close_mark(w);
	if (!w->in_content)
		act(w, effect);
	return true;
}

static bool wrap_all(struct wrapping *w)
{
	enum token token;
	size_t from;

	while ((token = next_token(w, &from)) != TOKEN_END) {
		if (token == TOKEN_BAD)
			return finish_wrong(w->f, WRONG_CONTENT_UNREADABLE, here(w));
		if (!w->has_operand)
			w->operand = from;
		w->has_operand = token == TOKEN_OPERAND;
		if (token == TOKEN_OPERATOR && !take_operator(w, w->data + from, w->at - from))
			return false;
	}
	return true;
}

bool finish_content(struct finish *f, const struct finish_page *page, struct bytes content, struct buf *out)
{
	struct wrapping w = { .f = f, .page = page, .data = content.data, .n = content.n, .out = out, .from = NOWHERE };
	bool ok;

	w.met = memory_new(page->n_owner + 1, sizeof *w.met);
	memset(w.met, 0, page->n_owner + 1);
	ok = wrap_all(&w);
	if (ok && (w.n_mark || w.in_text || w.in_path))
		ok = finish_wrong(f, WRONG_CONTENT_CUT, here(&w));
	if (ok && w.n_met != page->n_owner)
		ok = finish_wrong(f, WRONG_CONTENT_LACKS, here(&w));
	end_artifact(&w);
	copy_to(&w, w.n);
	free(w.met);
	return ok;
}
