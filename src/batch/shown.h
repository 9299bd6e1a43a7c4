/* shown: a figure that documents have printed, "5,13", as a number that a spreadsheet shows the same way.
 *
 * Units: decimals [1]; formats are those of spreadsheets
 */
#ifndef BATCH_SHOWN_H
#define BATCH_SHOWN_H

#include "base/ratio.h"

/* Of a printed text: "5,13" has two; at most RATIO_DECIMALS. */
int shown_decimals(const char *text);

/* "#,##0.00" */
const char *shown_format(int decimals, struct arena *);

/* Exactly, where a spreadsheet, which rounds halves up, then shows the text; else as printed, by another rounding. */
struct ratio shown_figure(const char *text, struct ratio exact);

#endif
