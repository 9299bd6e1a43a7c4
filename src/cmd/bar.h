/* progress: a bar on the terminal for work of many steps; nothing where nobody watches. */
#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H

#include <stddef.h>
#include <stdio.h>

struct progress {
	FILE *terminal; /* NULL: nobody watches */
	size_t n;	/* steps in all */
	size_t done;
};

void progress_step(struct progress *); /* one more is done */
void progress_end(struct progress *);  /* takes the bar away */

#endif
