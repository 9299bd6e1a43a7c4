#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef __has_feature
#define __has_feature(x) 0
#endif

#if defined __SANITIZE_ADDRESS__ || __has_feature(address_sanitizer)
enum { ARENA_FIRST = 0, ARENA_CHUNK = 0 }; /* one malloc an object */
#else
enum { ARENA_FIRST = 2 << 10, ARENA_CHUNK = 64 << 10 }; /* [bytes] blocks double: most arenas hold little, and all of a block is zeroed */
#endif

enum { ARENA_FIRST_CAP = 8 };

struct arena_block {
	struct arena_block *before;
	size_t size; /* 0: of one object */
	alignas(max_align_t) char data[];
};

static _Noreturn void out_of_memory(void)
{
	fputs("kehoach: error: out of memory [memory]\n", stderr);
	exit(3);
}

static size_t product(size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		out_of_memory();
	return bytes;
}

void *memory_new(size_t n, size_t size)
{
	size_t bytes = product(n, size);
	void *p = calloc(1, bytes ? bytes : 1);

	if (!p)
		out_of_memory();
	return p;
}

void *memory_resize(void *old, size_t n, size_t size)
{
	size_t bytes = product(n, size);
	void *p = realloc(old, bytes ? bytes : 1);

	if (!p)
		out_of_memory();
	return p;
}

static struct arena_block *block_new(size_t bytes)
{
	size_t whole;

	if (__builtin_add_overflow(bytes, sizeof(struct arena_block), &whole))
		out_of_memory();
	return memory_new(1, whole);
}

/* A block of its own, behind the one that is being filled. */
static void *arena_big(struct arena *a, size_t bytes)
{
	struct arena_block *b = block_new(bytes);

	if (a->last && a->left) {
		b->before = a->last->before;
		a->last->before = b;
	} else {
		b->before = a->last;
		a->last = b;
	}
	return b->data;
}

/* One to be filled by many objects. */
static void add_block(struct arena *a)
{
	size_t size = a->chunk ? a->chunk : ARENA_FIRST;
	struct arena_block *b = block_new(size);

	b->size = size;
	b->before = a->last;
	a->last = b;
	a->next = b->data;
	a->left = size;
	a->chunk = size * 2 > ARENA_CHUNK ? ARENA_CHUNK : size * 2;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
	size_t bytes = product(n, size);
	size_t step;
	char *p;

	if (!bytes)
		bytes = 1;
	if (bytes > (a->chunk ? a->chunk : ARENA_FIRST) / 8)
		return arena_big(a, bytes);
	step = (bytes + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
	if (step > a->left)
		add_block(a);
	p = a->next;
	a->next += step;
	a->left -= step;
	return p;
}

void *arena_grow(struct arena *a, void *old, size_t n, size_t *cap, size_t size)
{
	size_t more;
	void *grown;

	if (n < *cap)
		return old;
	more = n < ARENA_FIRST_CAP / 2 ? ARENA_FIRST_CAP : product(n, 2);
	grown = arena_array(a, more, size);
	if (n)
		memcpy(grown, old, n * size);
	*cap = more;
	return grown;
}

void *arena_regrow(struct arena *a, void *old, size_t n, size_t *cap, size_t size)
{
	void *grown = arena_grow(a, old, n, cap, size);

	if (grown != old)
		arena_drop(a, old);
	return grown;
}

void arena_drop(struct arena *a, void *old)
{
	struct arena_block **link = &a->last;

	while (*link && ((*link)->data != (char *)old || (*link)->size))
		link = &(*link)->before;
	if (*link) {
		struct arena_block *b = *link;

		*link = b->before;
		free(b);
	}
}

char *arena_slice(struct arena *a, const char *s, size_t n)
{
	char *copy;

	if (n == SIZE_MAX)
		out_of_memory();
	copy = arena_array(a, n + 1, 1);
	if (n)
		memcpy(copy, s, n);
	return copy;
}

char *arena_text(struct arena *a, const char *s)
{
	return arena_slice(a, s, strlen(s));
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list args)
{
	va_list again;
	char *s;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, args);
	if (n < 0)
		n = 0;
	s = arena_array(a, (size_t)n + 1, 1);
	if (vsnprintf(s, (size_t)n + 1, fmt, again) < 0)
		s[0] = '\0';
	va_end(again);
	return s;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list args;
	char *s;

	va_start(args, fmt);
	s = arena_vprintf(a, fmt, args);
	va_end(args);
	return s;
}

/* The block that is being filled is the last one, where there is one: those of one object stand behind it. */
void arena_reset(struct arena *a)
{
	struct arena_block *kept = a->last && a->last->size ? a->last : NULL;
	struct arena older = { .last = kept ? kept->before : a->last };

	arena_clear(&older);
	a->last = kept;
	if (!kept) {
		*a = (struct arena){ 0 };
		return;
	}
	kept->before = NULL;
	memset(kept->data, 0, (size_t)(a->next - kept->data));
	a->next = kept->data;
	a->left = kept->size;
}

void arena_clear(struct arena *a)
{
	struct arena_block *b = a->last;

	while (b) {
		struct arena_block *before = b->before;

		free(b);
		b = before;
	}
	*a = (struct arena){ 0 };
}
