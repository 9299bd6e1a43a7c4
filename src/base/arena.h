/* arena: memory for things that die together.
 *
 * Owner:  a function that takes a struct arena * returns memory of that arena; nothing in it is freed alone
 * Errors: out of memory prints one message and exits 3; so no caller checks for NULL
 * Under AddressSanitizer each object is a malloc of its own, so that every overrun is seen.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

/* All zero is an empty arena. */
struct arena {
	struct arena_block *last;
	char *next; /* free bytes of the last block */
	size_t left;
	size_t chunk; /* [bytes] of the next block; 0: of the first */
};

/* Zeroed memory for n objects of size bytes; n * size may not overflow (exits 3). Never NULL. */
void *arena_array(struct arena *, size_t n, size_t size);
#define ARENA_NEW(arena, type) ((type *)arena_array((arena), 1, sizeof(type)))
#define ARENA_ARRAY(arena, n, type) ((type *)arena_array((arena), (n), sizeof(type)))

/* Room for one more object behind n of them: returns old, or a copy twice as large; *cap is the room. Old memory
 * stays in the arena until it is cleared. */
void *arena_grow(struct arena *, void *old, size_t n, size_t *cap, size_t size);
#define ARENA_PUSH(arena, array, n, cap) \
	((n) < *(cap) ? (void)0 : (void)((array) = arena_grow((arena), (array), (n), (cap), sizeof *(array))), \
		&(array)[(n)++])

/* The same for an array that nothing else refers to: the smaller one is given back. */
void *arena_regrow(struct arena *, void *old, size_t n, size_t *cap, size_t size);
#define ARENA_PUSH_OWN(arena, array, n, cap) \
	((n) < *(cap) ? (void)0 : (void)((array) = arena_regrow((arena), (array), (n), (cap), sizeof *(array))), \
		&(array)[(n)++])

/* Gives back a large object that nothing refers to any more, such as an array that was grown; a small one stays. Accepts
 * NULL. */
void arena_drop(struct arena *, void *old);

char *arena_text(struct arena *, const char *s);			/* copy */
char *arena_slice(struct arena *, const char *s, size_t n);		/* copy of n bytes, with a NUL */
char *arena_printf(struct arena *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *, const char *fmt, va_list) __attribute__((format(printf, 2, 0)));

void arena_clear(struct arena *); /* frees all; the arena may be used again */
void arena_reset(struct arena *); /* the same, but keeps a block for what comes next */

/* For the few places that own memory alone: as malloc and realloc, but they exit 3 instead of returning NULL. */
void *memory_new(size_t n, size_t size);
void *memory_resize(void *old, size_t n, size_t size);

#endif
