/* buf: growing bytes. Owner: whoever called buf_init (all zero is fine too); buf_clear frees. Always NUL-terminated
 * once something was put. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>

struct buf {
	char *text;
	size_t n;
	size_t cap;
};

void buf_put(struct buf *, const char *s, size_t n);
void buf_puts(struct buf *, const char *s);
char *buf_room(struct buf *, size_t n); /* at least n bytes behind those that are there: who fills them adds to n */
static inline void buf_putc(struct buf *b, char c)
{
	char *end = b->n + 1 < b->cap ? b->text + b->n : buf_room(b, 1);

	end[0] = c;
	end[1] = '\0';
	b->n++;
}
void buf_unsigned(struct buf *, size_t); /* in decimal digits */
void buf_printf(struct buf *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_json(struct buf *, const char *s); /* a JSON string with its quotes; NULL gives null */
void buf_json_part(struct buf *, const char *s, size_t n); /* the same without quotes: some of a string */
void buf_clear(struct buf *);

#endif
