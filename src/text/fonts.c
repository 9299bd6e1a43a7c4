#include "text/fonts.h"

#include "base/file.h"
#include "base/utf8.h"
#include "text/face.h"

#include <hb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	WORDS_FIRST = 4096,    /* slots; a power of two */
	WORDS_MAX = 50000,     /* kept from one document to the next; some 8 MB */
	DIGIT_RUNS = 16,       /* of a word, for which kerning is switched off */
	SHOWN_MAX = 40,	       /* [bytes] of a word in a message */
};

/* Where distributions put the fonts; the first one is Debian's fonts-liberation2. */
static const char *const usual_dirs[] = {
	"/usr/share/fonts/truetype/liberation2",
	"/usr/share/fonts/truetype/liberation",
	"/usr/share/fonts/liberation-serif-fonts",
	"/usr/share/fonts/liberation-serif",
	"/usr/share/fonts/liberation",
	"/usr/share/fonts/TTF",
	"/usr/local/share/fonts",
};

struct entry {
	struct word word;
	enum face face;
	int32_t *x;	 /* the word's, while it is made */
	uint16_t *glyph;
};

struct slot {
	uint64_t hash;
	const struct entry *entry; /* NULL: free */
};

/* An object of somebody else that lives as long as the fonts. */
struct guest {
	void *object;
	void (*destroy)(void *);
};

struct fonts {
	struct arena arena;	/* paths and sums */
	struct arena words;
	struct face_file *face; /* [FACES] */
	struct slot *slot;
	size_t n_slot; /* a power of two */
	size_t n_word;
	hb_buffer_t *buffer;
	int units_per_em;
	int ascent;
	int descent;
	struct guest painter[FACES]; /* what fonts_painter gave out */
	struct guest finisher[FACES];
};

static bool open_dir(struct fonts *f, const char *dir, struct diags *d)
{
	bool ok = true;

	for (int i = 0; i < FACES; i++)
		ok = face_open(&f->face[i], dir, (enum face)i, &f->arena, d) && ok;
	return ok;
}

static void close_faces(struct fonts *f)
{
	for (int i = 0; i < FACES; i++)
		face_close(&f->face[i]);
}

/* The first of the usual folders with good fonts; else the findings about the first folder that
 * has any, or one that names the package. */
static bool open_usual(struct fonts *f, struct diags *d)
{
	const char *bad = NULL;
	bool ok = false;

	for (size_t i = 0; !ok && i < sizeof usual_dirs / sizeof *usual_dirs; i++) {
		struct diags quiet = { 0 };

		if (!file_exists(file_join(usual_dirs[i], face_name(FACE_REGULAR), &f->arena)))
			continue;
		ok = open_dir(f, usual_dirs[i], &quiet);
		if (!ok) {
			close_faces(f);
			bad = bad ? bad : usual_dirs[i];
		}
		diags_clear(&quiet);
	}
	if (ok)
		return true;
	if (bad)
		return open_dir(f, bad, d);
	return diag_error(d, (struct origin){ 0 }, "font",
		"the font Liberation Serif is not installed; install the package "
		"fonts-liberation2");
}

static void read_metrics(struct fonts *f)
{
	hb_font_t *font = face_font(&f->face[FACE_REGULAR]);
	hb_font_extents_t extents;

	hb_font_get_h_extents(font, &extents);
	f->units_per_em = (int)hb_face_get_upem(hb_font_get_face(font));
	f->ascent = extents.ascender;
	f->descent = -extents.descender;
}

struct fonts *fonts_open(const char *dir, struct diags *d)
{
	struct fonts *f = memory_new(1, sizeof *f);

	f->face = memory_new(FACES, sizeof *f->face);
	if (!(dir ? open_dir(f, dir, d) : open_usual(f, d))) {
		fonts_close(f);
		return NULL;
	}
	f->buffer = hb_buffer_create();
	f->n_slot = WORDS_FIRST;
	f->slot = memory_new(f->n_slot, sizeof *f->slot);
	read_metrics(f);
	return f;
}

static void dismiss(const struct guest *guest)
{
	if (guest->object)
		guest->destroy(guest->object);
}

void fonts_close(struct fonts *f)
{
	if (!f)
		return;
	for (int i = 0; i < FACES; i++) {
		dismiss(&f->painter[i]);
		dismiss(&f->finisher[i]);
	}
	hb_buffer_destroy(f->buffer);
	close_faces(f);
	arena_clear(&f->words);
	arena_clear(&f->arena);
	free(f->slot);
	free(f->face);
	free(f);
}

void fonts_trim(struct fonts *f)
{
	if (f->n_word <= WORDS_MAX)
		return;
	arena_clear(&f->words);
	memset(f->slot, 0, f->n_slot * sizeof *f->slot);
	f->n_word = 0;
}

int fonts_units_per_em(const struct fonts *f)
{
	return f->units_per_em;
}

int fonts_ascent(const struct fonts *f)
{
	return f->ascent;
}

int fonts_descent(const struct fonts *f)
{
	return f->descent;
}

/* ---- the cache ---- */

/* Up to eight bytes as a number; some count twice when there are fewer. */
static inline uint64_t load(const char *s, size_t n)
{
	uint64_t all = 0;
	uint32_t low;
	uint32_t high;

	if (n >= 8) {
		memcpy(&all, s, 8);
		return all;
	}
	if (n >= 4) {
		memcpy(&low, s, 4);
		memcpy(&high, s + n - 4, 4);
		return (uint64_t)high << 32 | low;
	}
	if (n)
		all = (unsigned char)s[0] | (unsigned)(unsigned char)s[n / 2] << 8 |
			(unsigned)(unsigned char)s[n - 1] << 16;
	return all;
}

static uint64_t word_hash(enum face face, const char *s, size_t n)
{
	const uint64_t odd = 0x9E3779B97F4A7C15u;
	uint64_t h = (n << 2 | face) * odd;

	for (; n > 8; s += 8, n -= 8)
		h = ((h ^ load(s, 8)) * odd) ^ (h >> 32);
	h = (h ^ load(s, n)) * odd;
	return h ^ (h >> 32);
}

static inline bool is_same(const char *a, const char *b, size_t n)
{
	for (; n > 8; a += 8, b += 8, n -= 8)
		if (load(a, 8) != load(b, 8))
			return false;
	return load(a, n) == load(b, n);
}

/* Where a word goes that is not there. */
static struct slot *slot_free(const struct fonts *f, uint64_t h)
{
	size_t i = (size_t)h & (f->n_slot - 1);

	while (f->slot[i].entry)
		i = (i + 1) & (f->n_slot - 1);
	return &f->slot[i];
}

static void slots_grow(struct fonts *f)
{
	struct slot *old = f->slot;
	size_t n_old = f->n_slot;

	f->n_slot = n_old * 2;
	f->slot = memory_new(f->n_slot, sizeof *f->slot);
	for (size_t i = 0; i < n_old; i++)
		if (old[i].entry)
			*slot_free(f, old[i].hash) = old[i];
	free(old);
}

/* ---- shaping ---- */

/* Kerning stays out of digits, so that figures stand below each other in a column: the font
 * pulls "11" together. */
static unsigned kerning(const char *s, size_t n, hb_feature_t feature[DIGIT_RUNS])
{
	static const hb_feature_t off = { HB_TAG('k', 'e', 'r', 'n'), 0, HB_FEATURE_GLOBAL_START,
		HB_FEATURE_GLOBAL_END };
	bool in_digits = false;
	unsigned n_feature = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		bool digit = c >= '0' && c <= '9';

		if (digit && !in_digits && n_feature < DIGIT_RUNS) {
			feature[n_feature] = off;
			feature[n_feature++].start = (unsigned)i;
		}
		if (digit && n_feature)
			feature[n_feature - 1].end = (unsigned)i + 1;
		in_digits = digit;
	}
	return n_feature;
}

/* Whether this place has a finding about this character already. */
static bool is_reported(const struct diags *d, struct origin at, const char *code)
{
	for (size_t i = d->n_finding; i-- > 0;) {
		const struct finding *f = &d->finding[i];
		const char *found = strcmp(f->rule, "glyph") ? NULL : strstr(f->message, code);
		char next = found ? found[strlen(code)] : '\0';

		if (!found || (next >= '0' && next <= '9') || (next >= 'A' && next <= 'F'))
			continue;
		if (f->at.row == at.row && f->at.col == at.col && !f->at.file == !at.file &&
			(!at.file || !strcmp(f->at.file, at.file)))
			return true;
	}
	return false;
}

static void report_missing(const char *s, size_t n, size_t offset, struct origin at,
	struct diags *d)
{
	char shown[SHOWN_MAX + 1] = "";
	char code[16];
	uint32_t c = 0xFFFD;
	size_t n_shown = n < SHOWN_MAX ? n : SHOWN_MAX;

	if (offset < n)
		utf8_decode(s + offset, n - offset, &c);
	snprintf(code, sizeof code, "U+%04X", (unsigned)c);
	if (is_reported(d, at, code))
		return;
	while (n_shown < n && n_shown > 0 && ((unsigned char)s[n_shown] & 0xC0) == 0x80)
		n_shown--;
	memcpy(shown, s, n_shown);
	diag_error(d, at, "glyph", "the font has no character %s (text '%s')", code, shown);
}

/* With room for its glyphs. */
static struct entry *entry_new(struct fonts *f, enum face face, const char *s, size_t n,
	uint32_t n_glyph)
{
	struct entry *e = ARENA_NEW(&f->words, struct entry);

	e->face = face;
	e->x = ARENA_ARRAY(&f->words, n_glyph, int32_t);
	e->glyph = ARENA_ARRAY(&f->words, n_glyph, uint16_t);
	e->word = (struct word){ .n_glyph = n_glyph, .glyph = e->glyph, .x = e->x,
		.text = arena_slice(&f->words, s, n), .n_text = (uint32_t)n };
	return e;
}

static const struct entry *entry_shaped(struct fonts *f, enum face face, const char *s, size_t n)
{
	unsigned n_glyph;
	const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(f->buffer, &n_glyph);
	const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(f->buffer, NULL);
	struct entry *e = entry_new(f, face, s, n, n_glyph);

	for (unsigned i = 0; i < n_glyph; i++) {
		e->glyph[i] = (uint16_t)info[i].codepoint;
		e->x[i] = e->word.advance + position[i].x_offset;
		e->word.advance += position[i].x_advance;
	}
	return e;
}

static const struct entry *shape(struct fonts *f, enum face face, const char *s, size_t n,
	struct origin at, struct diags *d)
{
	hb_feature_t feature[DIGIT_RUNS];
	unsigned n_feature = kerning(s, n, feature);
	unsigned n_glyph;
	const hb_glyph_info_t *info;
	bool ok = true;

	hb_buffer_clear_contents(f->buffer);
	hb_buffer_add_utf8(f->buffer, s, (int)n, 0, (int)n);
	hb_buffer_set_direction(f->buffer, HB_DIRECTION_LTR);
	hb_buffer_set_script(f->buffer, HB_SCRIPT_LATIN);
	hb_shape(face_font(&f->face[face]), f->buffer, feature, n_feature);
	info = hb_buffer_get_glyph_infos(f->buffer, &n_glyph);
	for (unsigned i = 0; i < n_glyph; i++) {
		if (info[i].codepoint)
			continue;
		ok = false;
		report_missing(s, n, info[i].cluster, at, d);
	}
	return ok ? entry_shaped(f, face, s, n) : NULL;
}

/* Numbers and marks, which have no kerning. */
static bool is_plain(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] < '!' || s[i] > '~' || (s[i] >= 'A' && s[i] <= 'Z') ||
			(s[i] >= 'a' && s[i] <= 'z'))
			return false;
	return n > 1;
}

/* Their characters stand side by side as they are, which is much faster than to shape them. */
static const struct entry *join(struct fonts *f, enum face face, const char *s, size_t n,
	struct origin at, struct diags *d)
{
	struct entry *e = entry_new(f, face, s, n, (uint32_t)n);

	for (size_t i = 0; i < n; i++) {
		const struct word *w = fonts_word(f, face, s + i, 1, at, d);

		if (!w)
			return NULL;
		e->glyph[i] = w->glyph[0];
		e->x[i] = e->word.advance + w->x[0];
		e->word.advance += w->advance;
	}
	return e;
}

/* Kept out of fonts_word, so that what is found there needs no stack. */
__attribute__((noinline)) static const struct word *word_new(struct fonts *f, enum face face, const char *s, size_t n,
	struct origin at, struct diags *d, uint64_t h)
{
	const struct entry *e = is_plain(s, n) ? join(f, face, s, n, at, d)
					       : shape(f, face, s, n, at, d);

	if (!e)
		return NULL;
	*slot_free(f, h) = (struct slot){ h, e };
	if (++f->n_word * 2 > f->n_slot)
		slots_grow(f);
	return &e->word;
}

const struct word *fonts_word(struct fonts *f, enum face face, const char *s, size_t n,
	struct origin at, struct diags *d)
{
	uint64_t h = word_hash(face, s, n);
	size_t i = (size_t)h & (f->n_slot - 1);

	for (; f->slot[i].entry; i = (i + 1) & (f->n_slot - 1)) {
		const struct entry *e = f->slot[i].entry;

		if (f->slot[i].hash == h && e->face == face && e->word.n_text == n &&
			is_same(e->word.text, s, n))
			return &e->word;
	}
	return word_new(f, face, s, n, at, d, h);
}

/* Advance of a word; where a character is missing, of the characters that are there. */
static int64_t advance_of(struct fonts *f, enum face face, const char *s, size_t n, struct diags *d)
{
	const struct word *w = fonts_word(f, face, s, n, (struct origin){ 0 }, d);
	int64_t units = 0;
	uint32_t code;

	if (w)
		return w->advance;
	for (size_t i = 0, step; i < n; i += step) {
		step = utf8_decode(s + i, n - i, &code);
		step = step ? step : 1;
		w = fonts_word(f, face, s + i, step, (struct origin){ 0 }, d);
		units += w ? w->advance : 0;
	}
	return units;
}

double fonts_width_pt(struct fonts *f, enum face face, double size_pt, const char *s)
{
	struct diags quiet = { 0 };
	int64_t units = 0;

	while (*s) {
		size_t n = *s == ' ' ? 1 : strcspn(s, " ");

		units += advance_of(f, face, s, n, &quiet);
		s += n;
	}
	diags_clear(&quiet);
	return (double)units * size_pt / f->units_per_em;
}

/* ---- the files ---- */

const unsigned char *fonts_file(const struct fonts *f, enum face face, size_t *n)
{
	return (const unsigned char *)face_data(&f->face[face], n);
}

void *fonts_ft_face(const struct fonts *f, enum face face)
{
	return face_painted(&f->face[face]);
}

static void **place_of(struct guest *guest, void (*destroy)(void *))
{
	guest->destroy = destroy;
	return &guest->object;
}

void **fonts_painter(struct fonts *f, enum face face, void (*destroy)(void *))
{
	return place_of(&f->painter[face], destroy);
}

void **fonts_finisher(struct fonts *f, enum face face, void (*destroy)(void *))
{
	return place_of(&f->finisher[face], destroy);
}

const char *fonts_name(const struct fonts *f, enum face face)
{
	return f->face[face].name;
}

const char *fonts_sha256(const struct fonts *f, enum face face)
{
	return face_sha256(&f->face[face]);
}
