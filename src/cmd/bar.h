/* bar: how far work of many steps is, on the terminal; nothing where nobody watches. */
#ifndef CMD_BAR_H
#define CMD_BAR_H

#include <stddef.h>
#include <stdio.h>

struct bar {
	FILE *terminal; /* NULL: nobody watches */
	size_t n;	/* steps in all */
	size_t done;
};

void bar_step(struct bar *); /* one more is done */
void bar_end(struct bar *);  /* takes the bar away */

#endif
