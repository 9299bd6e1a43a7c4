/* Texts in the encodings of before Unicode, made without the code under test. For unit tests, behind cmocka.h. */
#ifndef TESTS_ENCODED_H
#define TESTS_ENCODED_H

#include "base/buf.h"
#include "ingest/legacy.h"

#include <iconv.h>
#include <string.h>

enum { N_LETTER = 134 };

/* Each Vietnamese letter that is not ASCII and how it is typed in VNI, as its bytes look in Latin-1. */
static const struct {
	const char *letter;
	const char *vni;
} letters[N_LETTER] = {
	{ "á", "aù" }, { "à", "aø" }, { "ả", "aû" }, { "ã", "aõ" }, { "ạ", "aï" }, { "â", "aâ" }, { "ấ", "aá" }, { "ầ", "aà" }, { "ẩ", "aå" },
	{ "ẫ", "aã" }, { "ậ", "aä" }, { "ă", "aê" }, { "ắ", "aé" }, { "ằ", "aè" }, { "ẳ", "aú" }, { "ẵ", "aü" }, { "ặ", "aë" }, { "é", "eù" },
	{ "è", "eø" }, { "ẻ", "eû" }, { "ẽ", "eõ" }, { "ẹ", "eï" }, { "ê", "eâ" }, { "ế", "eá" }, { "ề", "eà" }, { "ể", "eå" }, { "ễ", "eã" },
	{ "ệ", "eä" }, { "ó", "où" }, { "ò", "oø" }, { "ỏ", "oû" }, { "õ", "oõ" }, { "ọ", "oï" }, { "ô", "oâ" }, { "ố", "oá" }, { "ồ", "oà" },
	{ "ổ", "oå" }, { "ỗ", "oã" }, { "ộ", "oä" }, { "ơ", "ô" }, { "ớ", "ôù" }, { "ờ", "ôø" }, { "ở", "ôû" }, { "ỡ", "ôõ" }, { "ợ", "ôï" },
	{ "ú", "uù" }, { "ù", "uø" }, { "ủ", "uû" }, { "ũ", "uõ" }, { "ụ", "uï" }, { "ư", "ö" }, { "ứ", "öù" }, { "ừ", "öø" }, { "ử", "öû" },
	{ "ữ", "öõ" }, { "ự", "öï" }, { "í", "í" }, { "ì", "ì" }, { "ỉ", "æ" }, { "ĩ", "ó" }, { "ị", "ò" }, { "ý", "yù" }, { "ỳ", "yø" },
	{ "ỷ", "yû" }, { "ỹ", "yõ" }, { "ỵ", "î" }, { "đ", "ñ" },
	{ "Á", "AÙ" }, { "À", "AØ" }, { "Ả", "AÛ" }, { "Ã", "AÕ" }, { "Ạ", "AÏ" }, { "Â", "AÂ" }, { "Ấ", "AÁ" }, { "Ầ", "AÀ" }, { "Ẩ", "AÅ" },
	{ "Ẫ", "AÃ" }, { "Ậ", "AÄ" }, { "Ă", "AÊ" }, { "Ắ", "AÉ" }, { "Ằ", "AÈ" }, { "Ẳ", "AÚ" }, { "Ẵ", "AÜ" }, { "Ặ", "AË" }, { "É", "EÙ" },
	{ "È", "EØ" }, { "Ẻ", "EÛ" }, { "Ẽ", "EÕ" }, { "Ẹ", "EÏ" }, { "Ê", "EÂ" }, { "Ế", "EÁ" }, { "Ề", "EÀ" }, { "Ể", "EÅ" }, { "Ễ", "EÃ" },
	{ "Ệ", "EÄ" }, { "Ó", "OÙ" }, { "Ò", "OØ" }, { "Ỏ", "OÛ" }, { "Õ", "OÕ" }, { "Ọ", "OÏ" }, { "Ô", "OÂ" }, { "Ố", "OÁ" }, { "Ồ", "OÀ" },
	{ "Ổ", "OÅ" }, { "Ỗ", "OÃ" }, { "Ộ", "OÄ" }, { "Ơ", "Ô" }, { "Ớ", "ÔÙ" }, { "Ờ", "ÔØ" }, { "Ở", "ÔÛ" }, { "Ỡ", "ÔÕ" }, { "Ợ", "ÔÏ" },
	{ "Ú", "UÙ" }, { "Ù", "UØ" }, { "Ủ", "UÛ" }, { "Ũ", "UÕ" }, { "Ụ", "UÏ" }, { "Ư", "Ö" }, { "Ứ", "ÖÙ" }, { "Ừ", "ÖØ" }, { "Ử", "ÖÛ" },
	{ "Ữ", "ÖÕ" }, { "Ự", "ÖÏ" }, { "Í", "Í" }, { "Ì", "Ì" }, { "Ỉ", "Æ" }, { "Ĩ", "Ó" }, { "Ị", "Ò" }, { "Ý", "YÙ" }, { "Ỳ", "YØ" },
	{ "Ỷ", "YÛ" }, { "Ỹ", "YÕ" }, { "Ỵ", "Î" }, { "Đ", "Ñ" },
};

static inline size_t convert(const char *to, const char *from, const char *s, size_t n, char *out, size_t room)
{
	iconv_t cd = iconv_open(to, from);
	char *in = (char *)s;
	size_t left = room;

	assert_true(cd != (iconv_t)-1);
	if (iconv(cd, &in, &n, &out, &left) == (size_t)-1 || iconv(cd, NULL, NULL, &out, &left) == (size_t)-1)
		left = room;
	iconv_close(cd);
	return room - left;
}

/* The bytes of a letter, by iconv or by the table above. */
static inline size_t encode(enum legacy_charset charset, size_t i, char *out, size_t room)
{
	static const char *const iconv_names[N_LEGACY] = { NULL, "TCVN5712-1", NULL, "VISCII", "CP1258" };

	if (charset == LEGACY_VNI)
		return convert("ISO-8859-1", "UTF-8", letters[i].vni, strlen(letters[i].vni), out, room);
	return convert(iconv_names[charset], "UTF-8", letters[i].letter, strlen(letters[i].letter), out, room);
}

/* A text of Vietnamese letters and ASCII. */
static inline void put_encoded(struct buf *b, enum legacy_charset charset, const char *s)
{
	while (*s) {
		size_t n_letter = 1;
		size_t i = 0;
		char bytes[8];

		while ((s[n_letter] & 0xC0) == 0x80)
			n_letter++;
		while (i < N_LETTER && (n_letter == 1 || strncmp(letters[i].letter, s, n_letter) != 0))
			i++;
		if (i < N_LETTER)
			buf_put(b, bytes, encode(charset, i, bytes, sizeof bytes));
		else
			buf_put(b, s, n_letter);
		s += n_letter;
	}
}

#endif
