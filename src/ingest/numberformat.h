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

/* As what a cell shows a number. */
enum number_format {
	FORMAT_NUMBER,
	FORMAT_PERCENT,
	FORMAT_MARKED,	 /* with a "%" behind it that is a text: the number is the percentage */
	FORMAT_DAY,	 /* or a time of day */
	FORMAT_DURATION, /* hours, minutes or seconds, however many: of a day or more it is no day */
};

enum number_format format_of_code(const char *code); /* "0.00%", "dd/mm/yyyy", "[Red]#,##0;-#,##0", "[h]:mm" */
enum number_format format_of_id(unsigned id); /* of those that no file defines */

/* The number with the 15 digits that spreadsheet programs compute with: "-12.5". 0 for what is no number (NaN, infinity). */
size_t double_text(double, char text[NUMBER_TEXT_MAX]);
/* The same of a number as a file writes it ("5.1299999999999998E-2"). 0 for what is no number. */
size_t number_text_of(const char *s, size_t n, char text[NUMBER_TEXT_MAX]);

/* The day of a serial number, "2024-05-31", its time left out. 0 where there is none (negative, or after 9999). */
size_t serial_text(double serial, bool is_1904, char text[NUMBER_TEXT_MAX]);

/* What a number, as number_text_of has it, is in a cell of that format: itself; for FORMAT_DAY a day (CELL_DATE), or below one
 * the time it is shown as: "12:00", "06:30:15" (CELL_TEXT, so that nobody counts with it); for FORMAT_DURATION such a time with
 * all its hours: "30:15", "-2:30". What is beyond all days is itself (CELL_NUMBER). */
size_t number_cell_text(enum number_format, const char *number, bool is_1904, enum cell_kind *kind, char text[NUMBER_TEXT_MAX]);

#endif
