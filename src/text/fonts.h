/* fonts: the four faces of the document, opened by path once in a process, and words shaped once.
 *
 * Shape:  a word is a run of glyphs of one face, advances in font units (2048 to the em), kerning inside
 * Units:  font units; width in points = units * size / units_per_em
 * Errors: "font" (a file is missing or lacks Vietnamese letters: names the package), "glyph" (a character the face lacks)
 * Owner:  struct fonts owns faces and words; words live until fonts_close (or fonts_trim)
 * Source: Liberation Serif 2.x (fonts-liberation2), metric-compatible with Times New Roman; subset in memory without hints
 */
#ifndef TEXT_FONTS_H
#define TEXT_FONTS_H

#include "base/diag.h"

#include <stdint.h>

enum face { FACE_REGULAR, FACE_BOLD, FACE_ITALIC, FACE_BOLD_ITALIC, FACES };

struct word {
	uint32_t n_glyph;
	int32_t advance;	/* [font units] of all glyphs */
	const uint16_t *glyph;	/* [n_glyph], never 0 */
	const int32_t *x;	/* [n_glyph] offset of each glyph from the word's start, font units */
	const char *text;	/* UTF-8, terminated */
	uint32_t n_text;
};

struct fonts;

/* dir: folder of the font files, or NULL for the usual places. NULL after an error. */
struct fonts *fonts_open(const char *dir, struct diags *);
void fonts_close(struct fonts *); /* accepts NULL */

/* Between documents, while no pages are in use: forgets the words once there are too many (50,000), so that a long batch
 * does not grow. */
void fonts_trim(struct fonts *);

int fonts_units_per_em(const struct fonts *);
int fonts_ascent(const struct fonts *);	 /* [font units] > 0 */
int fonts_descent(const struct fonts *); /* [font units] > 0 */

/* The shaped text (no spaces inside, usually a syllable, or " "), from the cache or shaped now. A glyph the face lacks is
 * an error at the place, naming the character as U+XXXX. NULL then. */
const struct word *fonts_word(struct fonts *, enum face, const char *s, size_t n, struct origin at, struct diags *);

/* Width of a whole text in points, split at spaces; characters that are missing count as nothing. */
double fonts_width_pt(struct fonts *, enum face, double size_pt, const char *s);

/* For painting: the subset font file in memory, the same object all the time. */
struct bytes;
const unsigned char *fonts_file(const struct fonts *, enum face, size_t *n);
void *fonts_ft_face(const struct fonts *, enum face); /* FT_Face of the subset */

/* For painting: a place where the painter keeps its own object for a face as long as the fonts live; NULL at first. fonts_close
 * gives what is there to destroy before it frees the faces. */
void **fonts_painter(struct fonts *, enum face, void (*destroy)(void *));
/* The same for the pass that finishes a file: what it embeds in each. */
void **fonts_finisher(struct fonts *, enum face, void (*destroy)(void *));

/* For the manifest: file name ("LiberationSerif-Regular.ttf") and SHA-256 of the font as installed. */
const char *fonts_name(const struct fonts *, enum face);
const char *fonts_sha256(const struct fonts *, enum face);

#endif
