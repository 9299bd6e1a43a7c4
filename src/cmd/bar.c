#include "cmd/progress.h"

enum { BAR = 40 };

void progress_step(struct progress *p)
{
	size_t full;

	p->done++;
	if (!p->terminal || p->n < 2)
		return;
	full = p->done * BAR / p->n;
	fputs("\r[", p->terminal);
	for (size_t i = 0; i < BAR; i++)
		fputc(i < full ? '#' : ' ', p->terminal);
	fprintf(p->terminal, "] %zu/%zu", p->done, p->n);
	fflush(p->terminal);
}

void progress_end(struct progress *p)
{
	if (!p->terminal || p->n < 2)
		return;
	fputs("\r\033[K", p->terminal);
	fflush(p->terminal);
}
