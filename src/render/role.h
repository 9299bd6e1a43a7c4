/* role: what a structure element is called in a PDF.
 *
 * Source: ISO 32000-1, 14.8.4 (standard structure types)
 */
#ifndef RENDER_ROLE_H
#define RENDER_ROLE_H

#include "layout/pages.h"

const char *role_tag(const struct element *); /* "H1", "TD" */

#endif
