#include "base/colour.h"

#include <math.h>
#include <string.h>

enum { DIGITS = 6 };

bool colour_parse(const char *s, uint32_t *rgb)
{
	static const char digits[] = "0123456789abcdef";

	*rgb = 0;
	if (strlen(s) != DIGITS)
		return false;
	for (; *s; s++) {
		const char *digit = strchr(digits, *s >= 'A' && *s <= 'F' ? *s | 0x20 : *s);

		if (!digit)
			return false;
		*rgb = 16 * *rgb + (uint32_t)(digit - digits);
	}
	return true;
}

static double linear(uint32_t byte)
{
	double c = (double)(byte & 255) / 255;

	return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb)
{
	return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
}

double colour_contrast(uint32_t a, uint32_t b)
{
	double x = luminance(a) + 0.05, y = luminance(b) + 0.05;

	return x > y ? x / y : y / x;
}
