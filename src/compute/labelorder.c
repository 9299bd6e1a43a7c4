/* Vietnamese order of names, as dictionaries have it: a ă â b c d đ e ê ...; tones (none, huyền,
 * hỏi, ngã, sắc, nặng) only between names that are the same without them; numbers by their value,
 * as "Tổ 10" follows "Tổ 9". */
#include "compute/work.h"

#include "base/utf8.h"

#include <string.h>
#include <uchar.h>

enum { LETTER_STEP = 4 }; /* room for the letters between two of ASCII */

static const struct {
	char32_t base;
	uint32_t behind; /* letters after the ASCII one */
	const char32_t *tone;
} letters[] = {
	{ U'a', 0, U"aàảãáạ" },
	{ U'a', 1, U"ăằẳẵắặ" },
	{ U'a', 2, U"âầẩẫấậ" },
	{ U'd', 1, U"đ" },
	{ U'e', 0, U"eèẻẽéẹ" },
	{ U'e', 1, U"êềểễếệ" },
	{ U'i', 0, U"iìỉĩíị" },
	{ U'o', 0, U"oòỏõóọ" },
	{ U'o', 1, U"ôồổỗốộ" },
	{ U'o', 2, U"ơờởỡớợ" },
	{ U'u', 0, U"uùủũúụ" },
	{ U'u', 1, U"ưừửữứự" },
	{ U'y', 0, U"yỳỷỹýỵ" },
};

struct weight {
	uint32_t letter;
	uint32_t tone;
};

static struct weight weight_of(uint32_t code)
{
	if (code < 0x80)
		return (struct weight){ code * LETTER_STEP, 0 };
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		for (uint32_t tone = 0; letters[i].tone[tone]; tone++)
			if (letters[i].tone[tone] == code)
				return (struct weight){
					letters[i].base * LETTER_STEP + letters[i].behind, tone
				};
	return (struct weight){ code * LETTER_STEP, 0 };
}

static struct weight take_letter(const char **s)
{
	uint32_t code;
	size_t n = utf8_decode(*s, strnlen(*s, 4), &code);

	if (!n) {
		code = (unsigned char)**s;
		n = 1;
	}
	*s += n;
	return weight_of(code);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits without the zeros before them; *s goes behind. */
static size_t take_number(const char **s, const char **digits)
{
	size_t n = 0;

	while (**s == '0')
		(*s)++;
	*digits = *s;
	while (is_digit(**s)) {
		(*s)++;
		n++;
	}
	return n;
}

static int compare_numbers(const char **a, const char **b)
{
	const char *x;
	const char *y;
	size_t n = take_number(a, &x);
	size_t m = take_number(b, &y);

	return n != m ? (n > m) - (n < m) : memcmp(x, y, n);
}

int label_compare(const char *a, const char *b)
{
	int by_tone = 0;

	while (*a && *b) {
		struct weight v;
		struct weight w;
		int c = 0;

		if (is_digit(*a) && is_digit(*b)) {
			c = compare_numbers(&a, &b);
			if (c)
				return c;
			continue;
		}
		v = take_letter(&a);
		w = take_letter(&b);
		if (v.letter != w.letter)
			return v.letter < w.letter ? -1 : 1;
		if (!by_tone)
			by_tone = (v.tone > w.tone) - (v.tone < w.tone);
	}
	if (*a || *b)
		return *a ? 1 : -1;
	return by_tone;
}
