#include "layout/layout.h"

#include "base/utf8.h"

#include <string.h>

enum { SPACES_MAX = 1000 }; /* kept of spaces in a row */

enum face face_of(unsigned flags)
{
	static const enum face face[] = { FACE_REGULAR, FACE_BOLD, FACE_ITALIC, FACE_BOLD_ITALIC };

	return face[flags & (RUN_BOLD | RUN_ITALIC)];
}

/* There is always room for one atom more. */
__attribute__((noinline)) static void galley_grow(struct galley *g)
{
	SCRATCH_ROOM(g->atom, g->n + 1, &g->cap);
}

void galley_clear(struct galley *g)
{
	g->n = 0;
	text_begin(g);
}

void text_begin(struct galley *g)
{
	*g = (struct galley){ .atom = g->atom, .n = g->n, .cap = g->cap, .first = g->n };
	if (g->n == g->cap)
		galley_grow(g);
}

struct text text_end(const struct galley *g)
{
	return (struct text){
		.atom = g->n > g->first ? g->atom + g->first : NULL,
		.n = g->n - g->first,
		.n_space = g->n_space,
		.widest = g->widest,
		.whole = g->whole,
		.goes_on = g->pending_spaces > 0,
	};
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* The word behind what is there, as the pending joint says. */
static void atom_put(const struct flow *f, struct galley *g, const struct word *word,
	const struct atom *like)
{
	bool first = g->n == g->first;
	unsigned spaces = first ? 0 : g->pending_spaces;
	int64_t gap = spaces ? (int64_t)spaces * f->space[like->face]->advance : 0;
	struct atom *atom = &g->atom[g->n++];

	g->gaps += spaces > 0;
	atom->word = word;
	atom->target = like->target;
	atom->start = g->whole + gap;
	atom->end = atom->start + word->advance;
	atom->element = like->element;
	atom->gaps = g->gaps;
	atom->spaces = (uint16_t)spaces;
	atom->face = like->face;
	atom->joint = first ? JOINT_FORCED : (uint8_t)g->pending;
	g->n_space += spaces + (!first && g->pending == JOINT_FORCED); /* it may stand at the end of a line */
	g->whole = atom->end;
	g->part = (g->pending == JOINT_NONE ? g->part + gap : 0) + word->advance;
	g->widest = larger(g->widest, g->part);
	g->pending = JOINT_NONE;
	g->pending_spaces = 0;
	if (g->n == g->cap)
		galley_grow(g);
}

/* ---- words from text ---- */

/* What is to be known of a byte. */
enum { BYTE_MARK = 1, BYTE_HEAD = 2 }; /* may be - / – —; may begin what is bound to a number */

static const uint8_t byte_class[256] = {
	['-'] = BYTE_MARK | BYTE_HEAD,
	['/'] = BYTE_MARK,
	[0xE2] = BYTE_MARK | BYTE_HEAD,
	['%'] = BYTE_HEAD,
	['0'] = BYTE_HEAD, ['1'] = BYTE_HEAD, ['2'] = BYTE_HEAD, ['3'] = BYTE_HEAD,
	['4'] = BYTE_HEAD, ['5'] = BYTE_HEAD, ['6'] = BYTE_HEAD, ['7'] = BYTE_HEAD,
	['8'] = BYTE_HEAD, ['9'] = BYTE_HEAD,
	['I'] = BYTE_HEAD, ['V'] = BYTE_HEAD, ['X'] = BYTE_HEAD,
};

/* Most words are neither numbers nor bound to them: only the others are looked at closely. */
static enum joint pending_joint(const struct flow *f, const struct galley *g, const char *s,
	size_t n)
{
	bool special = byte_class[(unsigned char)*s] & BYTE_HEAD || n <= 2 || g->behind_digit;

	if (g->pending != JOINT_SPACE || !special || g->n == g->first)
		return g->pending;
	return joint_of(f->style, g->atom + g->first, g->n - g->first, s, n);
}

/* A word with a dash inside: its pieces. */
static void pieces_put(struct flow *f, struct galley *g, const char *s, size_t n,
	const struct atom *like, const struct origin *at)
{
	while (n) {
		size_t piece = plain_piece(s, n);
		const struct word *word = fonts_word(f->fonts, (enum face)like->face, s, piece, *at,
			f->diags);

		if (word)
			atom_put(f, g, word, like);
		s += piece;
		n -= piece;
		if (n && g->pending == JOINT_NONE)
			g->pending = JOINT_DASH;
	}
}

static bool is_space(char c)
{
	return (unsigned char)c <= ' ';
}

static void put(struct flow *f, struct galley *g, const char *s, const struct atom *like,
	const struct origin *at)
{
	while (*s) {
		const char *word = s;
		unsigned classes = 0;
		const struct word *shaped;
		size_t n;

		if (is_space(*s)) {
			g->pending = g->pending == JOINT_FORCED ? JOINT_FORCED : JOINT_SPACE;
			g->pending_spaces += g->pending_spaces < SPACES_MAX;
			s++;
			continue;
		}
		for (; !is_space(*s); s++)
			classes |= byte_class[(unsigned char)*s];
		n = (size_t)(s - word);
		g->pending = pending_joint(f, g, word, n);
		g->behind_digit = s[-1] >= '0' && s[-1] <= '9';
		if (classes & BYTE_MARK) {
			pieces_put(f, g, word, n, like, at);
			continue;
		}
		shaped = fonts_word(f->fonts, (enum face)like->face, word, n, *at, f->diags);
		if (shaped)
			atom_put(f, g, shaped, like);
	}
}

void text_put(struct flow *f, struct galley *g, const char *s, enum face face, int element,
	const struct origin *at)
{
	struct atom like = { .element = element, .face = (uint8_t)face };

	if (s)
		put(f, g, s, &like, at);
}

void text_runs(struct flow *f, struct galley *g, const struct runs *runs, unsigned flags,
	int element)
{
	for (size_t i = 0; i < runs->n_run; i++) {
		const struct run *run = &runs->run[i];
		struct atom like = { .element = element,
			.face = (uint8_t)face_of(run->flags | flags) };

		if ((run->flags & RUN_LINK) && run->target && is_target_here(f, run->target)) {
			like.target = run->target;
			like.element = element_new(f, ROLE_LINK, element);
		}
		if ((run->flags & RUN_BREAK) && g->n > g->first) {
			g->pending = JOINT_FORCED;
			g->pending_spaces = 0;
		}
		if (run->text)
			put(f, g, run->text, &like, &run->at);
	}
}

/* ---- words wider than the line ---- */

/* Bytes of the first character with the marks that stand on it. */
static size_t character_length(const char *s, size_t n)
{
	uint32_t code;
	size_t length = utf8_decode(s, n, &code);

	if (!length)
		return n;
	while (length < n) {
		size_t more = utf8_decode(s + length, n - length, &code);

		if (!more || code < 0x300 || code > 0x36F)
			break;
		length += more;
	}
	return length;
}

/* The atom in pieces that reach behind its dashes or, where that is not enough, in characters. */
static void atom_cut(struct flow *f, const char *s, size_t n, const struct atom *like, int64_t max,
	size_t (*piece_of)(const char *, size_t), enum joint joint)
{
	while (n) {
		size_t piece = piece_of(s, n);
		const struct word *word = fonts_word(f->fonts, (enum face)like->face, s, piece,
			(struct origin){ 0 }, f->diags);

		if (word && word->advance > max && piece_of == dashed_piece)
			atom_cut(f, s, piece, like, max, character_length, JOINT_CHARACTER);
		else if (word)
			atom_put(f, &f->cut, word, like);
		s += piece;
		n -= piece;
		if (n && f->cut.pending == JOINT_NONE)
			f->cut.pending = joint;
	}
}

/* Behind the part that begins at i: up to the next place where a line may end. */
static size_t part_end(const struct text *t, size_t i)
{
	for (i++; i < t->n && t->atom[i].joint == JOINT_NONE; i++)
		;
	return i;
}

static void part_cut(struct flow *f, const struct atom *atom, size_t n, int64_t max)
{
	bool wide = atom[n - 1].end - atom->start > max;

	for (size_t i = 0; i < n; i++) {
		f->cut.pending = (enum joint)atom[i].joint;
		f->cut.pending_spaces = atom[i].spaces;
		if (wide && i)
			f->cut.pending = atom[i].spaces ? JOINT_RANGE : JOINT_CHARACTER;
		if (wide)
			atom_cut(f, atom[i].word->text, atom[i].word->n_text, &atom[i], max,
				dashed_piece, JOINT_DASH);
		else
			atom_put(f, &f->cut, atom[i].word, &atom[i]);
	}
}

void text_cut(struct flow *f, struct text *t, int64_t max)
{
	struct atom *kept;

	if (!t->n || t->widest <= max)
		return;
	galley_clear(&f->cut);
	for (size_t i = 0; i < t->n;) {
		size_t end = part_end(t, i);

		part_cut(f, t->atom + i, end - i, max);
		i = end;
	}
	*t = text_end(&f->cut);
	kept = ARENA_ARRAY(f->arena, t->n, struct atom);
	memcpy(kept, t->atom, t->n * sizeof *kept);
	t->atom = kept;
}
