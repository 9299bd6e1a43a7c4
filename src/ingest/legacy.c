#include "ingest/legacy.h"

#include "base/utf8.h"
#include "ingest/letters.h"

#include <string.h>
#include <strings.h>

enum {
	LOW_MAX = 12,	/* letters among the control characters */
	SPECIAL = 0x80, /* in Windows-1252 the first of SPECIALS that are not what they are in Latin-1 */
	SPECIALS = 32,
};

/* What the marks of VNI, written small, do to the letter before them. */
static const struct {
	unsigned char byte;
	uint32_t shape;
	uint32_t tone;
} vni_marks[] = {
	{ 0xF9, 0, 0x301 }, { 0xF8, 0, 0x300 }, { 0xFB, 0, 0x309 }, { 0xF5, 0, 0x303 }, { 0xEF, 0, 0x323 },
	{ 0xE2, CIRCUMFLEX, 0 }, { 0xE1, CIRCUMFLEX, 0x301 }, { 0xE0, CIRCUMFLEX, 0x300 },
	{ 0xE5, CIRCUMFLEX, 0x309 }, { 0xE3, CIRCUMFLEX, 0x303 }, { 0xE4, CIRCUMFLEX, 0x323 },
	{ 0xEA, BREVE, 0 }, { 0xE9, BREVE, 0x301 }, { 0xE8, BREVE, 0x300 },
	{ 0xFA, BREVE, 0x309 }, { 0xFC, BREVE, 0x303 }, { 0xEB, BREVE, 0x323 },
};

/* high: of the bytes 0x80 to 0xFF; 0: nothing, or a mark of VNI. low: letters in place of control characters. */
static const struct {
	const char *name;
	struct {
		unsigned char byte;
		uint16_t code;
	} low[LOW_MAX];
	uint16_t high[128];
} tables[N_LEGACY] = {
	[LEGACY_TCVN3] = {
		.name = "TCVN3 (ABC)",
		.low = {
			{ 0x01, 0x00DA }, { 0x02, 0x1EE4 }, { 0x04, 0x1EEA }, { 0x05, 0x1EEC },
			{ 0x06, 0x1EEE }, { 0x11, 0x1EE8 }, { 0x12, 0x1EF0 }, { 0x13, 0x1EF2 },
			{ 0x14, 0x1EF6 }, { 0x15, 0x1EF8 }, { 0x16, 0x00DD }, { 0x17, 0x1EF4 },
		},
		.high = {
			0x00C0, 0x1EA2, 0x00C3, 0x00C1, 0x1EA0, 0x1EB6, 0x1EAC, 0x00C8,
			0x1EBA, 0x1EBC, 0x00C9, 0x1EB8, 0x1EC6, 0x00CC, 0x1EC8, 0x0128,
			0x00CD, 0x1ECA, 0x00D2, 0x1ECE, 0x00D5, 0x00D3, 0x1ECC, 0x1ED8,
			0x1EDC, 0x1EDE, 0x1EE0, 0x1EDA, 0x1EE2, 0x00D9, 0x1EE6, 0x0168,
			0x00A0, 0x0102, 0x00C2, 0x00CA, 0x00D4, 0x01A0, 0x01AF, 0x0110,
			0x0103, 0x00E2, 0x00EA, 0x00F4, 0x01A1, 0x01B0, 0x0111, 0x1EB0,
			0x0300, 0x0309, 0x0303, 0x0301, 0x0323, 0x00E0, 0x1EA3, 0x00E3,
			0x00E1, 0x1EA1, 0x1EB2, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x1EB4,
			0x1EAE, 0x1EA6, 0x1EA8, 0x1EAA, 0x1EA4, 0x1EC0, 0x1EB7, 0x1EA7,
			0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD, 0x00E8, 0x1EC2, 0x1EBB, 0x1EBD,
			0x00E9, 0x1EB9, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7, 0x00EC,
			0x1EC9, 0x1EC4, 0x1EBE, 0x1ED2, 0x0129, 0x00ED, 0x1ECB, 0x00F2,
			0x1ED4, 0x1ECF, 0x00F5, 0x00F3, 0x1ECD, 0x1ED3, 0x1ED5, 0x1ED7,
			0x1ED1, 0x1ED9, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3, 0x00F9,
			0x1ED6, 0x1EE7, 0x0169, 0x00FA, 0x1EE5, 0x1EEB, 0x1EED, 0x1EEF,
			0x1EE9, 0x1EF1, 0x1EF3, 0x1EF7, 0x1EF9, 0x00FD, 0x1EF5, 0x1ED0,
		},
	},
	[LEGACY_VNI] = {
		.name = "VNI",
		.high = {
			0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
			0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
			0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
			0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
			0x00A0, 0x00A1, 0x00A2, 0x00A3, 0x00A4, 0x00A5, 0x00A6, 0x00A7,
			0x00A8, 0x00A9, 0x00AA, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF,
			0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7,
			0x00B8, 0x00B9, 0x00BA, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x00BF,
			0, 0, 0, 0, 0, 0, 0x1EC8, 0,
			0, 0, 0, 0, 0x00CC, 0x00CD, 0x1EF4, 0,
			0, 0x0110, 0x1ECA, 0x0128, 0x01A0, 0, 0x01AF, 0x00D7,
			0, 0, 0, 0, 0, 0, 0, 0,
			0, 0, 0, 0, 0, 0, 0x1EC9, 0,
			0, 0, 0, 0, 0x00EC, 0x00ED, 0x1EF5, 0,
			0, 0x0111, 0x1ECB, 0x0129, 0x01A1, 0, 0x01B0, 0x00F7,
			0, 0, 0, 0, 0, 0, 0, 0,
		},
	},
	[LEGACY_VISCII] = {
		.name = "VISCII",
		.low = {
			{ 0x02, 0x1EB2 }, { 0x05, 0x1EB4 }, { 0x06, 0x1EAA }, { 0x14, 0x1EF6 },
			{ 0x19, 0x1EF8 }, { 0x1E, 0x1EF4 },
		},
		.high = {
			0x1EA0, 0x1EAE, 0x1EB0, 0x1EB6, 0x1EA4, 0x1EA6, 0x1EA8, 0x1EAC,
			0x1EBC, 0x1EB8, 0x1EBE, 0x1EC0, 0x1EC2, 0x1EC4, 0x1EC6, 0x1ED0,
			0x1ED2, 0x1ED4, 0x1ED6, 0x1ED8, 0x1EE2, 0x1EDA, 0x1EDC, 0x1EDE,
			0x1ECA, 0x1ECE, 0x1ECC, 0x1EC8, 0x1EE6, 0x0168, 0x1EE4, 0x1EF2,
			0x00D5, 0x1EAF, 0x1EB1, 0x1EB7, 0x1EA5, 0x1EA7, 0x1EA9, 0x1EAD,
			0x1EBD, 0x1EB9, 0x1EBF, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EC7, 0x1ED1,
			0x1ED3, 0x1ED5, 0x1ED7, 0x1EE0, 0x01A0, 0x1ED9, 0x1EDD, 0x1EDF,
			0x1ECB, 0x1EF0, 0x1EE8, 0x1EEA, 0x1EEC, 0x01A1, 0x1EDB, 0x01AF,
			0x00C0, 0x00C1, 0x00C2, 0x00C3, 0x1EA2, 0x0102, 0x1EB3, 0x1EB5,
			0x00C8, 0x00C9, 0x00CA, 0x1EBA, 0x00CC, 0x00CD, 0x0128, 0x1EF3,
			0x0110, 0x1EE9, 0x00D2, 0x00D3, 0x00D4, 0x1EA1, 0x1EF7, 0x1EEB,
			0x1EED, 0x00D9, 0x00DA, 0x1EF9, 0x1EF5, 0x00DD, 0x1EE1, 0x01B0,
			0x00E0, 0x00E1, 0x00E2, 0x00E3, 0x1EA3, 0x0103, 0x1EEF, 0x1EAB,
			0x00E8, 0x00E9, 0x00EA, 0x1EBB, 0x00EC, 0x00ED, 0x0129, 0x1EC9,
			0x0111, 0x1EF1, 0x00F2, 0x00F3, 0x00F4, 0x00F5, 0x1ECF, 0x1ECD,
			0x1EE5, 0x00F9, 0x00FA, 0x0169, 0x1EE7, 0x00FD, 0x1EE3, 0x1EEE,
		},
	},
	[LEGACY_CP1258] = {
		.name = "Windows-1258",
		.high = {
			0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
			0x02C6, 0x2030, 0, 0x2039, 0x0152, 0, 0, 0,
			0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
			0x02DC, 0x2122, 0, 0x203A, 0x0153, 0, 0, 0x0178,
			0x00A0, 0x00A1, 0x00A2, 0x00A3, 0x00A4, 0x00A5, 0x00A6, 0x00A7,
			0x00A8, 0x00A9, 0x00AA, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF,
			0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7,
			0x00B8, 0x00B9, 0x00BA, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x00BF,
			0x00C0, 0x00C1, 0x00C2, 0x0102, 0x00C4, 0x00C5, 0x00C6, 0x00C7,
			0x00C8, 0x00C9, 0x00CA, 0x00CB, 0x0300, 0x00CD, 0x00CE, 0x00CF,
			0x0110, 0x00D1, 0x0309, 0x00D3, 0x00D4, 0x01A0, 0x00D6, 0x00D7,
			0x00D8, 0x00D9, 0x00DA, 0x00DB, 0x00DC, 0x01AF, 0x0303, 0x00DF,
			0x00E0, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x00E5, 0x00E6, 0x00E7,
			0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x0301, 0x00ED, 0x00EE, 0x00EF,
			0x0111, 0x00F1, 0x0323, 0x00F3, 0x00F4, 0x01A1, 0x00F6, 0x00F7,
			0x00F8, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x01B0, 0x20AB, 0x00FF,
		},
	},
};

/* Windows-1252 from SPECIAL on. */
static const uint16_t specials[SPECIALS] = {
	0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
	0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

static const unsigned char tcvn3_signs[] = { 0x85, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97 };

static const struct {
	const char *name;
	enum legacy_charset charset;
} names[] = {
	{ "tcvn3", LEGACY_TCVN3 },
	{ "abc", LEGACY_TCVN3 },
	{ "vni", LEGACY_VNI },
	{ "viscii", LEGACY_VISCII },
	{ "cp1258", LEGACY_CP1258 },
	{ "windows-1258", LEGACY_CP1258 },
};

/* How the names of fonts begin; those whose small letters look like capitals end with `capitals`. */
static const struct {
	const char *begin;
	const char *capitals;
	enum legacy_charset charset;
} fonts[] = {
	{ ".vn", "h", LEGACY_TCVN3 },
	{ "vni-", NULL, LEGACY_VNI },
	{ "vni ", NULL, LEGACY_VNI },
	{ "vi times", " hoa", LEGACY_VISCII },
	{ "vi arial", " hoa", LEGACY_VISCII },
};

const char *legacy_name(enum legacy_charset charset)
{
	return tables[charset].name;
}

const char *legacy_code(enum legacy_charset charset)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i].charset == charset)
			return names[i].name;
	return "";
}

enum legacy_charset legacy_named(const char *name)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!strcasecmp(name, names[i].name))
			return names[i].charset;
	return LEGACY_NONE;
}

static bool ends_with(const char *s, size_t n, const char *end)
{
	size_t n_end = strlen(end);

	return n >= n_end && !strncasecmp(s + n - n_end, end, n_end);
}

enum legacy_charset legacy_of_font(const char *font, bool *capitals)
{
	size_t n = strlen(font);

	*capitals = false;
	while (n && font[n - 1] == ' ')
		n--;
	for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++) {
		if (strncasecmp(font, fonts[i].begin, strlen(fonts[i].begin)))
			continue;
		*capitals = fonts[i].capitals && ends_with(font, n, fonts[i].capitals);
		return fonts[i].charset;
	}
	return LEGACY_NONE;
}

static bool takes_marks(uint32_t code)
{
	return code < 0x80 ? letter_is_ascii(code) : letter_marked(code, 0, 0) != 0;
}

/* The code point of a byte; a mark for a mark; 0 for nothing. */
static uint32_t code_of(enum legacy_charset charset, unsigned char byte)
{
	if (byte >= 0x80)
		return tables[charset].high[byte - 0x80];
	for (size_t i = 0; byte < ' ' && i < LOW_MAX; i++)
		if (tables[charset].low[i].code && tables[charset].low[i].byte == byte)
			return tables[charset].low[i].code;
	return byte;
}

static size_t put(struct legacy *l, uint32_t code, char *out)
{
	l->last = code;
	if (code < 0x80 && !l->capitals) {
		*out = (char)code;
		return 1;
	}
	return utf8_encode(l->capitals ? letter_capital(code) : code, out);
}

size_t legacy_end(struct legacy *l, char *out)
{
	size_t n = l->held ? put(l, l->held, out) : 0;

	l->held = 0;
	return n;
}

/* Joins the held letter and a mark; a letter that no Vietnamese word has keeps the mark behind it. False: they do not
 * belong together. */
static bool join(struct legacy *l, uint32_t shape, uint32_t tone, char *out, size_t *n_out)
{
	uint32_t letter = letter_marked(l->held, shape, tone);

	if (!l->held)
		return false;
	if (letter)
		l->held = letter;
	*n_out += legacy_end(l, out + *n_out);
	if (!letter)
		*n_out += put(l, tone, out + *n_out);
	return true;
}

static bool join_vni(struct legacy *l, unsigned char byte, char *out, size_t *n_out)
{
	for (size_t i = 0; byte >= 0xC0 && i < sizeof vni_marks / sizeof *vni_marks; i++)
		if (vni_marks[i].byte == (byte | 0x20))
			return letter_marked(l->held, vni_marks[i].shape, vni_marks[i].tone)
				&& join(l, vni_marks[i].shape, vni_marks[i].tone, out, n_out);
	return false;
}

/* The .Vn fonts have no capitals with tones but the signs of Windows-1252, which a sheet saved as text puts in the bytes
 * where the whole TCVN 5712 has eight of those capitals. A letter follows a capital (HỘ), a sign does not, but where it
 * closes a quotation. */
static bool is_sign(struct legacy *l, unsigned char byte)
{
	bool closes = byte == 0x92 || byte == 0x94;

	if (byte < 0x80 || l->charset != LEGACY_TCVN3 || !memchr(tcvn3_signs, byte, sizeof tcvn3_signs))
		return false;
	if (letter_is_capital(l->held ? l->held : l->last) && !(closes && l->quoted))
		return false;
	l->quoted = byte == 0x91 || byte == 0x93 || (l->quoted && !closes);
	return true;
}

/* False: the byte is nothing here. */
static bool take_byte(struct legacy *l, unsigned char byte, char *out, size_t *n_out)
{
	uint32_t code = is_sign(l, byte) ? specials[byte - SPECIAL] : code_of(l->charset, byte);

	if (byte == '\n')
		l->quoted = false;
	if (!code && byte)
		return l->charset == LEGACY_VNI && join_vni(l, byte, out, n_out);
	if (letter_is_tone(code))
		return join(l, 0, code, out, n_out);
	*n_out += legacy_end(l, out + *n_out);
	if (takes_marks(code))
		l->held = code;
	else
		*n_out += put(l, code, out + *n_out);
	return true;
}

size_t legacy_take(struct legacy *l, const unsigned char *s, size_t n, char *out, size_t *n_out)
{
	size_t i = 0;

	*n_out = 0;
	while (i < n && take_byte(l, s[i], out, n_out))
		i++;
	return i;
}

bool legacy_byte(uint32_t code, unsigned char *byte)
{
	*byte = (unsigned char)code;
	if (code <= 0xFF)
		return true;
	for (unsigned i = 0; i < SPECIALS; i++) {
		*byte = (unsigned char)(SPECIAL + i);
		if (specials[i] == code)
			return true;
	}
	return false;
}

/* The .Vn fonts show the quotes and dashes of Windows-1252 as these, and VNI and Windows-1258 have them too; in VISCII their
 * bytes are letters. */
static bool stored_byte(enum legacy_charset charset, uint32_t code, unsigned char *byte)
{
	return (code <= 0xFF || charset == LEGACY_VISCII) && legacy_byte(code, byte);
}

void legacy_convert(struct legacy_font font, const char *s, size_t n, struct buf *into)
{
	struct legacy l = { .charset = font.charset, .capitals = font.capitals };
	char out[LEGACY_BYTES + LEGACY_HELD];

	for (size_t i = 0; i < n;) {
		uint32_t code = 0xFFFD;
		size_t len = utf8_decode(s + i, n - i, &code);
		unsigned char byte;
		size_t n_out = 0;

		len = len ? len : 1;
		if (!stored_byte(font.charset, code, &byte) || !take_byte(&l, byte, out, &n_out)) {
			buf_put(into, out, legacy_end(&l, out));
			buf_put(into, s + i, len);
		}
		buf_put(into, out, n_out);
		i += len;
	}
	buf_put(into, out, legacy_end(&l, out));
}

/* The next word from *i on; false: none has characters beyond ASCII. */
static bool next_word(const char *s, size_t n, size_t *i, size_t *begin)
{
	bool ascii = true;

	while (*i < n && ascii) {
		for (; *i < n && (unsigned char)s[*i] < 0x80 && !letter_is_ascii((unsigned char)s[*i]); ++*i)
			;
		for (*begin = *i; *i < n && ((unsigned char)s[*i] >= 0x80 || letter_is_ascii((unsigned char)s[*i])); ++*i)
			ascii = ascii && (unsigned char)s[*i] < 0x80;
	}
	return !ascii;
}

struct words {
	size_t n; /* with characters beyond ASCII, of which so many are Vietnamese: */
	size_t n_stand;
	size_t n_converted;
};

static bool has_ascii(const char *s, size_t n)
{
	while (n && (unsigned char)*s >= 0x80)
		s++, n--;
	return n;
}

/* Of all words, or of those with letters of ASCII. */
static struct words count_words(enum legacy_charset charset, const char *s, size_t n, bool all)
{
	struct words words = { 0 };
	struct buf b = { 0 };
	size_t begin;

	for (size_t i = 0; next_word(s, n, &i, &begin);) {
		if (!all && !has_ascii(s + begin, i - begin))
			continue;
		words.n++;
		if (i - begin > WORD_MAX)
			continue;
		words.n_stand += word_is_good(s + begin, i - begin);
		b.n = 0;
		legacy_convert((struct legacy_font){ .charset = charset }, s + begin, i - begin, &b);
		words.n_converted += word_is_good(b.text, b.n);
	}
	buf_clear(&b);
	return words;
}

enum legacy_sense legacy_sense(struct legacy_font font, const char *s, size_t n)
{
	struct words words;

	if (!font.charset || utf8_is_ascii(s, n))
		return font.charset && font.capitals ? LEGACY_SIGNS : LEGACY_PLAIN;
	if (letters_beyond_latin(s, n))
		return LEGACY_UNICODE;
	words = count_words(font.charset, s, n, true);
	if (words.n_stand == words.n_converted)
		return words.n_stand ? LEGACY_EITHER : LEGACY_SIGNS;
	return words.n_stand > words.n_converted ? LEGACY_UNICODE : LEGACY_MEANT;
}

bool legacy_stands(const char *s, size_t n)
{
	size_t begin;

	if (utf8_is_ascii(s, n) || letters_beyond_latin(s, n))
		return true;
	for (size_t i = 0; next_word(s, n, &i, &begin);)
		if (i - begin > WORD_MAX || !word_is_good(s + begin, i - begin))
			return false;
	return true;
}

/* Signs stand alone, as in « a », or dots for what is missing. */
bool legacy_is_stored(enum legacy_charset charset, const char *s, size_t n)
{
	struct words words = { 0 };

	if (!utf8_is_ascii(s, n) && !letters_beyond_latin(s, n))
		words = count_words(charset, s, n, false);
	return words.n && words.n_stand < words.n && words.n_converted == words.n;
}
