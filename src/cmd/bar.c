#include "cmd/bar.h"

enum { BAR = 40 };

void bar_step(struct bar *p)
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

void bar_end(struct bar *p)
{
	if (!p->terminal || p->n < 2)
		return;
	fputs("\r\033[K", p->terminal);
	fflush(p->terminal);
}
