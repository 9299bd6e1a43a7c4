/* numberformat: what spreadsheets of the Excel family keep as a floating-point number, as the text that rows have.
 *
 * Source: ECMA-376 part 1, 18.8.30 (format ids and codes), 18.17.4 (days)
 */
#ifndef INGEST_NUMBERFORMAT_H
#define INGEST_NUMBERFORMAT_H

#include "base/rows.h"

enum {
	NUMBER_TEXT_MAX = 360, /* [bytes] of a number as text, with its NUL: 1E308 has 309 digits */
	FORMAT_OWN = 164,      /* ids from here on are defined in the file */
};

/* How a cell with that format shows a number: CELL_NUMBER, CELL_PERCENT or CELL_DATE. */
enum cell_kind format_kind(const char *code); /* "0.00%", "dd/mm/yyyy", "[Red]#,##0;-#,##0" */
enum cell_kind format_builtin_kind(unsigned id);

/* The number with the 15 digits that spreadsheet programs compute with: "-12.5". 0 for what is no number (NaN, infinity). */
size_t double_text(double, char text[NUMBER_TEXT_MAX]);
/* The same of a number as a file writes it ("5.1299999999999998E-2"). 0 for what is no number. */
size_t number_text_of(const char *s, size_t n, char text[NUMBER_TEXT_MAX]);

/* The day of a serial number, "2024-05-31", its time left out. 0 where there is none (negative, or after 9999). */
size_t serial_text(double serial, bool is_1904, char text[NUMBER_TEXT_MAX]);

/* A part of a day, as number_text_of has it ("0.5"), as the time it is shown as: "12:00", "06:30:15". 0 for other numbers. */
size_t time_text(const char *number, char text[NUMBER_TEXT_MAX]);

/* What a number, as number_text_of has it, is in a cell that shows dates: a day (CELL_DATE), below one a time (CELL_TEXT, so
 * that nobody counts with it), else itself (CELL_NUMBER). */
size_t date_cell_text(const char *number, bool is_1904, enum cell_kind *kind, char text[NUMBER_TEXT_MAX]);

#endif
