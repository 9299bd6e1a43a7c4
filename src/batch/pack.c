#include "batch/pack.h"

#include <string.h>

void pack_number(struct buf *b, uint64_t x)
{
	buf_put(b, (const char *)&x, sizeof x);
}

void pack_text(struct buf *b, const char *s)
{
	size_t n = s ? strlen(s) : 0;

	pack_number(b, s ? n + 1 : 0);
	buf_put(b, s ? s : "", n);
}

uint64_t packed_number(struct packed *p)
{
	uint64_t x = 0;

	if ((size_t)(p->end - p->at) < sizeof x) {
		p->bad = true;
		return 0;
	}
	memcpy(&x, p->at, sizeof x);
	p->at += sizeof x;
	return x;
}

const char *packed_text(struct packed *p, struct arena *a)
{
	uint64_t n = packed_number(p);
	const char *s;

	if (!n)
		return p->bad ? "" : NULL;
	if (--n > (uint64_t)(p->end - p->at)) {
		p->bad = true;
		return "";
	}
	s = arena_slice(a, p->at, n);
	p->at += n;
	return s;
}
