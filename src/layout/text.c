#include "layout/layout.h"

#include "base/utf8.h"

#include <string.h>

enum {
	LONG_WORD = 12,	   /* [bytes] a longer one may be broken behind - and / */
	SPACES_MAX = 1000, /* kept of spaces in a row */
};

void text_clear(struct text *t)
{
	*t = (struct text){ .atom = t->atom, .cap = t->cap };
}

enum face face_of(unsigned flags)
{
	static const enum face face[] = { FACE_REGULAR, FACE_BOLD, FACE_ITALIC, FACE_BOLD_ITALIC };

	return face[flags & (RUN_BOLD | RUN_ITALIC)];
}

static void atom_put(struct flow *f, struct text *t, const struct word *word, struct atom like)
{
	struct atom *atom = ARENA_PUSH(f->arena, t->atom, t->n, &t->cap);
	int64_t gap = (int64_t)t->pending_spaces * f->space[like.face]->advance;
	bool first = t->n == 1;

	*atom = like;
	atom->word = word;
	atom->joint = first ? JOINT_FORCED : (uint8_t)t->pending;
	atom->spaces = first ? 0 : (uint16_t)t->pending_spaces;
	gap = first ? 0 : gap;
	t->n_space += atom->spaces;
	t->whole += gap + word->advance;
	t->part = (atom->joint == JOINT_NONE ? t->part + gap : 0) + word->advance;
	if (t->part > t->widest)
		t->widest = t->part;
	t->pending = JOINT_NONE;
	t->pending_spaces = 0;
}

static bool is_letter(unsigned char c)
{
	return c >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Long words may be broken behind their dashes, numbers of documents ("07/2021/NĐ-CP") and years
 * not. */
static bool is_divisible(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] >= '0' && s[i] <= '9')
			return false;
	return n > LONG_WORD;
}

/* Bytes of a long word up to and with the next place where it may be broken: behind "-", "–",
 * "/" and before a letter. */
static size_t piece_length(const char *s, size_t n)
{
	for (size_t i = 1; i + 1 < n; i++) {
		bool mark = s[i] == '-' || s[i] == '/' || (i >= 2 && !memcmp(s + i - 2, "–", 3));

		if (mark && is_letter((unsigned char)s[i + 1]))
			return i + 1;
	}
	return n;
}

/* No line begins with a dash between words or a lone percent sign. */
static bool clings(const char *s, size_t n)
{
	return (n == 1 && (*s == '-' || *s == '%')) || (n == 3 && !memcmp(s, "–", 3));
}

static void token_put(struct flow *f, struct text *t, const char *s, size_t n, struct atom like,
	struct origin at)
{
	bool divisible = is_divisible(s, n);

	if (t->pending == JOINT_SPACE && clings(s, n))
		t->pending = JOINT_NONE;
	while (n) {
		size_t piece = divisible ? piece_length(s, n) : n;
		const struct word *word = fonts_word(f->fonts, (enum face)like.face, s, piece, at,
			f->diags);

		if (word)
			atom_put(f, t, word, like);
		s += piece;
		n -= piece;
		if (n && t->pending == JOINT_NONE)
			t->pending = JOINT_DASH;
	}
}

static bool is_space(char c)
{
	return (unsigned char)c <= ' ';
}

static void put(struct flow *f, struct text *t, const char *s, struct atom like, struct origin at)
{
	while (*s) {
		size_t n = 0;

		for (; *s && is_space(*s); s++) {
			t->pending = t->pending == JOINT_FORCED ? JOINT_FORCED : JOINT_SPACE;
			t->pending_spaces += t->pending_spaces < SPACES_MAX;
		}
		while (!is_space(s[n]))
			n++;
		if (n)
			token_put(f, t, s, n, like, at);
		s += n;
	}
}

void text_put(struct flow *f, struct text *t, const char *s, enum face face, int element,
	struct origin at)
{
	if (s)
		put(f, t, s, (struct atom){ .element = element, .face = (uint8_t)face }, at);
}

void text_runs(struct flow *f, struct text *t, const struct runs *runs, unsigned flags, int element)
{
	for (size_t i = 0; i < runs->n_run; i++) {
		const struct run *run = &runs->run[i];
		struct atom like = { .element = element,
			.face = (uint8_t)face_of(run->flags | flags) };

		if ((run->flags & RUN_LINK) && run->target && is_target_here(f, run->target)) {
			like.target = run->target;
			like.element = element_new(f, ROLE_LINK, element);
		}
		if ((run->flags & RUN_BREAK) && t->n) {
			t->pending = JOINT_FORCED;
			t->pending_spaces = 0;
		}
		if (run->text)
			put(f, t, run->text, like, run->at);
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

static void atom_cut(struct flow *f, struct text *t, const struct atom *atom)
{
	const char *s = atom->word->text;

	for (size_t n = atom->word->n_text, step; n; n -= step, s += step) {
		const struct word *word;

		step = character_length(s, n);
		word = fonts_word(f->fonts, (enum face)atom->face, s, step, (struct origin){ 0 },
			f->diags);
		if (word)
			atom_put(f, t, word, *atom);
		if (t->pending == JOINT_NONE)
			t->pending = JOINT_CHARACTER;
	}
	t->pending = JOINT_NONE;
}

/* Behind the part that begins at i: up to the next place where a line may end. */
static size_t part_end(const struct flow *f, const struct text *t, size_t i, int64_t *width)
{
	*width = t->atom[i].word->advance;
	for (i++; i < t->n && t->atom[i].joint == JOINT_NONE; i++)
		*width += t->atom[i].word->advance +
			t->atom[i].spaces * f->space[t->atom[i].face]->advance;
	return i;
}

void text_cut(struct flow *f, struct text *t, int64_t max)
{
	struct text cut = { 0 };

	if (t->widest <= max)
		return;
	for (size_t i = 0; i < t->n;) {
		int64_t width;
		size_t end = part_end(f, t, i, &width);

		for (; i < end; i++) {
			const struct atom *atom = &t->atom[i];

			cut.pending = (enum joint)atom->joint;
			cut.pending_spaces = atom->spaces;
			if (width > max)
				atom_cut(f, &cut, atom);
			else
				atom_put(f, &cut, atom->word, *atom);
		}
	}
	*t = cut;
}
