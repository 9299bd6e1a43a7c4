/* numbertext: a figure as print shows it (vi-VN) and, beside it, the number format that shows the
 * same in a workbook. The only file that knows the marks. */
#ifndef COMPOSE_NUMBERTEXT_H
#define COMPOSE_NUMBERTEXT_H

#include "base/figure.h"

struct number_style {
	int decimals;
	int pad; /* least digits of whole numbers */
	enum rounding rounding;
};

/* "2.737", "05", "25,28", "-" for not applicable, "" for missing, "[c]" for confidential. */
const char *number_text(struct figure, struct number_style, struct arena *);

/* "#,##0", "#,#00" for pad 2, "#,##0.00": the same digits in a spreadsheet program. */
const char *number_format(struct number_style, struct arena *);

#endif
