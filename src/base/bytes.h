/* bytes: numbers as files of PCs have them, the lowest byte first, at any address; words among bytes. */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline unsigned le16(const unsigned char *p)
{
	return p[0] | (unsigned)p[1] << 8;
}

static inline uint32_t le32(const unsigned char *p)
{
	return le16(p) | (uint32_t)le16(p + 2) << 16;
}

static inline uint64_t le64(const unsigned char *p)
{
	return le32(p) | (uint64_t)le32(p + 4) << 32;
}

/* Whether the word stands somewhere in the n bytes. */
static inline bool bytes_have(const char *s, size_t n, const char *word)
{
	size_t n_word = strlen(word);
	const char *end = s + n;

	while ((size_t)(end - s) >= n_word && (s = memchr(s, *word, (size_t)(end - s) - n_word + 1))) {
		if (!memcmp(s, word, n_word))
			return true;
		s++;
	}
	return false;
}

#endif
