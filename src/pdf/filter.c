#include "pdf/filter.h"

#include "pdf/lex.h"

#include <string.h>

static bool failed(const struct decoding *d, const char *why)
{
	return decoding_failed(d, diag_say(d->diags, why));
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_white(char c)
{
	return lex_class[(unsigned char)c] & LEX_WHITE;
}

bool decode_hex(struct decoding *d, const struct pdf_object *parms, struct bytes in, struct bytes *out)
{
	char *text = ARENA_ARRAY(d->arena, in.n / 2 + 2, char);
	size_t n = 0;

	(void)parms;
	for (size_t i = 0; i < in.n; i++) {
		int v = hex_digit(in.data[i]);

		if (in.data[i] == '>') {
			*out = (struct bytes){ .data = text, .n = (n + 1) / 2 };
			return true;
		}
		if (v < 0 && is_white(in.data[i]))
			continue;
		if (v < 0)
			break;
		text[n / 2] = (char)(n % 2 ? text[n / 2] | v : v << 4);
		n++;
	}
	return failed(d, "is damaged: its ASCIIHexDecode data cannot be read");
}

/* n of the five digits are there (2 to 5): n - 1 bytes. False where they stand for more than four bytes. */
static bool put_group(const unsigned digit[5], size_t n, char *text, size_t *made)
{
	uint64_t v = 0;

	for (size_t i = 0; i < 5; i++)
		v = v * 85 + (i < n ? digit[i] : 84);
	for (size_t i = 0; i + 1 < n; i++)
		text[(*made)++] = (char)(v >> (24 - 8 * i) & 0xFF);
	return v <= UINT32_MAX;
}

bool decode_85(struct decoding *d, const struct pdf_object *parms, struct bytes in, struct bytes *out)
{
	char *text = ARENA_ARRAY(d->arena, in.n * 4 + 5, char); /* each z is four bytes */
	size_t n = 0, n_digit = 0;
	unsigned digit[5];

	(void)parms;
	for (size_t i = 0; i + 1 < in.n; i++) {
		char c = in.data[i];

		if (c == '~' && in.data[i + 1] == '>') {
			if (n_digit == 1 || (n_digit && !put_group(digit, n_digit, text, &n)))
				break;
			*out = (struct bytes){ .data = text, .n = n };
			return true;
		}
		if (c == 'z' && !n_digit) {
			n += 4; /* zero already */
		} else if (c >= '!' && c <= 'u') {
			digit[n_digit++] = (unsigned)(c - '!');
			if (n_digit == 5 && !put_group(digit, 5, text, &n))
				break;
			n_digit %= 5;
		} else if (!is_white(c)) {
			break;
		}
	}
	return failed(d, "is damaged: its ASCII85Decode data cannot be read");
}

/* How many bytes runs make; false where their end is missing. */
static bool measure_runs(struct bytes in, size_t *made)
{
	*made = 0;
	for (size_t i = 0; i < in.n;) {
		unsigned length = (unsigned char)in.data[i];

		if (length == 128)
			return true;
		*made += length < 128 ? length + 1 : 257 - length;
		i += length < 128 ? length + 2 : 2;
		if (i > in.n)
			return false;
	}
	return false;
}

bool decode_runs(struct decoding *d, const struct pdf_object *parms, struct bytes in, struct bytes *out)
{
	size_t made, n = 0;
	char *text;

	(void)parms;
	if (!measure_runs(in, &made))
		return failed(d, "is damaged: its RunLengthDecode data cannot be read");
	*out = (struct bytes){ .data = "", .n = made };
	if (made > decoding_room(d))
		return true; /* who called says that this is too much */
	text = ARENA_ARRAY(d->arena, made + 1, char);
	for (size_t i = 0; n < made;) {
		unsigned length = (unsigned char)in.data[i];
		size_t count = length < 128 ? length + 1 : 257 - length;

		if (length < 128)
			memcpy(text + n, in.data + i + 1, count);
		else
			memset(text + n, in.data[i + 1], count);
		n += count;
		i += length < 128 ? count + 1 : 2;
	}
	out->data = text;
	return true;
}
