#include "cmd/bar.h"

#include <time.h>

enum { BAR = 40, MINUTE = 60, MS = 1000, NS_OF_MS = 1000000 };

static int64_t now_ms(void)
{
	struct timespec t = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * MS + t.tv_nsec / NS_OF_MS;
}

void bar_time(struct bar *p)
{
	p->since = now_ms();
}

/* "  148/s  1:05" */
static void put_time(const struct bar *p)
{
	int64_t ms = now_ms() - p->since;
	int64_t left = ms * (int64_t)(p->n - p->done) / (int64_t)(p->done + !p->done) / MS;

	if (ms > 0 && p->done)
		fprintf(p->terminal, "  %lld/s  %lld:%02lld ", (long long)p->done * MS / (long long)ms, (long long)left / MINUTE,
			(long long)left % MINUTE);
}

void bar_step(struct bar *p)
{
	bar_show(p, p->done + 1);
}

void bar_show(struct bar *p, size_t done)
{
	size_t full;

	p->done = done;
	if (!p->terminal || p->n < 2)
		return;
	full = p->done * BAR / p->n;
	fputs("\r[", p->terminal);
	for (size_t i = 0; i < BAR; i++)
		fputc(i < full ? '#' : ' ', p->terminal);
	fprintf(p->terminal, "] %zu/%zu", p->done, p->n);
	if (p->since)
		put_time(p);
	fflush(p->terminal);
}

void bar_end(struct bar *p)
{
	if (!p->terminal || p->n < 2)
		return;
	fputs("\r\033[K", p->terminal);
	fflush(p->terminal);
}
