/* bar: how far work of many steps is, on the terminal; nothing where nobody watches. */
#ifndef CMD_BAR_H
#define CMD_BAR_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct bar {
	FILE *terminal; /* NULL: nobody watches */
	size_t n;	/* steps in all */
	size_t done;
	int64_t since; /* [ms] of a clock that only goes forward; 0: neither rate nor time left are shown */
};

void bar_time(struct bar *); /* rate and time left, from now on */
void bar_step(struct bar *); /* one more is done */
void bar_show(struct bar *, size_t done); /* so many are */
void bar_end(struct bar *);  /* takes the bar away */

#endif
