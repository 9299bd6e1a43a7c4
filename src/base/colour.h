/* colour: how well two colours are told from each other.
 *
 * Units:  0xRRGGBB of sRGB
 * Source: WCAG 2.1, "relative luminance" and "contrast ratio"
 */
#ifndef BASE_COLOUR_H
#define BASE_COLOUR_H

#include <stdbool.h>
#include <stdint.h>

/* "RRGGBB", in either case, and nothing else. */
bool colour_parse(const char *, uint32_t *rgb);

double colour_contrast(uint32_t, uint32_t); /* 1..21 */

/* Least contrast of a text on its ground (WCAG 2.1, 1.4.3). */
#define COLOUR_CONTRAST_MIN 4.5

#endif
