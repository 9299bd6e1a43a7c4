#include "ingest/letters.h"

#include "base/utf8.h"

#include <string.h>

enum {
	N_TONE = 6,   /* with the one that has no mark */
	N_VOWEL = 24, /* small, then capitals in the same order */
	D_STROKE = 0x111,
	GRAVE = 0x300,
	ACUTE = 0x301,
	TILDE = 0x303,
	HOOK = 0x309,
	DOT_BELOW = 0x323,
};

static const uint32_t tones[N_TONE] = { 0, GRAVE, HOOK, TILDE, ACUTE, DOT_BELOW };

/* Each vowel with no tone and with the five of `tones`. */
static const uint32_t vowels[N_VOWEL][N_TONE] = {
	{ 0x0061, 0x00E0, 0x1EA3, 0x00E3, 0x00E1, 0x1EA1 },
	{ 0x0103, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x1EB7 },
	{ 0x00E2, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD },
	{ 0x0065, 0x00E8, 0x1EBB, 0x1EBD, 0x00E9, 0x1EB9 },
	{ 0x00EA, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7 },
	{ 0x0069, 0x00EC, 0x1EC9, 0x0129, 0x00ED, 0x1ECB },
	{ 0x006F, 0x00F2, 0x1ECF, 0x00F5, 0x00F3, 0x1ECD },
	{ 0x00F4, 0x1ED3, 0x1ED5, 0x1ED7, 0x1ED1, 0x1ED9 },
	{ 0x01A1, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3 },
	{ 0x0075, 0x00F9, 0x1EE7, 0x0169, 0x00FA, 0x1EE5 },
	{ 0x01B0, 0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1 },
	{ 0x0079, 0x1EF3, 0x1EF7, 0x1EF9, 0x00FD, 0x1EF5 },
	{ 0x0041, 0x00C0, 0x1EA2, 0x00C3, 0x00C1, 0x1EA0 },
	{ 0x0102, 0x1EB0, 0x1EB2, 0x1EB4, 0x1EAE, 0x1EB6 },
	{ 0x00C2, 0x1EA6, 0x1EA8, 0x1EAA, 0x1EA4, 0x1EAC },
	{ 0x0045, 0x00C8, 0x1EBA, 0x1EBC, 0x00C9, 0x1EB8 },
	{ 0x00CA, 0x1EC0, 0x1EC2, 0x1EC4, 0x1EBE, 0x1EC6 },
	{ 0x0049, 0x00CC, 0x1EC8, 0x0128, 0x00CD, 0x1ECA },
	{ 0x004F, 0x00D2, 0x1ECE, 0x00D5, 0x00D3, 0x1ECC },
	{ 0x00D4, 0x1ED2, 0x1ED4, 0x1ED6, 0x1ED0, 0x1ED8 },
	{ 0x01A0, 0x1EDC, 0x1EDE, 0x1EE0, 0x1EDA, 0x1EE2 },
	{ 0x0055, 0x00D9, 0x1EE6, 0x0168, 0x00DA, 0x1EE4 },
	{ 0x01AF, 0x1EEA, 0x1EEC, 0x1EEE, 0x1EE8, 0x1EF0 },
	{ 0x0059, 0x1EF2, 0x1EF6, 0x1EF8, 0x00DD, 0x1EF4 },
};

static const struct {
	uint32_t base;
	uint32_t shape;
	uint32_t letter;
} shaped[] = {
	{ 'a', CIRCUMFLEX, 0xE2 }, { 'e', CIRCUMFLEX, 0xEA }, { 'o', CIRCUMFLEX, 0xF4 }, { 'a', BREVE, 0x103 },
	{ 'A', CIRCUMFLEX, 0xC2 }, { 'E', CIRCUMFLEX, 0xCA }, { 'O', CIRCUMFLEX, 0xD4 }, { 'A', BREVE, 0x102 },
};


/* Vowels of ASCII letters for the tables below: A â, W ă, E ê, O ô, Q ơ, U ư; D đ. */
static const struct {
	uint32_t code;
	char letter;
} plain[] = { { 0xE2, 'A' }, { 0x103, 'W' }, { 0xEA, 'E' }, { 0xF4, 'O' }, { 0x1A1, 'Q' }, { 0x1B0, 'U' }, { D_STROKE, 'D' } };

static const char *const onsets[] = { "", "b", "c", "ch", "d", "D", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
	"nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x" };

/* Vowels that stand at the end, and those that stand before a consonant. */
static const char *const open_vowels[] = { "", "a", "ai", "ao", "au", "ay", "Au", "Ay", "e", "eo", "E", "Eu", "i", "ia", "iEu", "iu",
	"o", "oa", "oai", "oao", "oay", "oe", "oeo", "oi", "O", "Oi", "Q", "Qi", "u", "ua", "uAy", "ue", "uE", "ui", "uOi",
	"uQ", "uy", "uya", "uyu", "U", "Ua", "Ui", "UQi", "UQu", "Uu", "y", "ya", "yEu", "uA", "UQ", "iE", "W", "A", "uo" };
static const char *const closed_vowels[] = { "", "a", "A", "W", "e", "E", "i", "iE", "o", "O", "oo", "oa", "oW", "oe", "Q", "u", "U",
	"uA", "uE", "uO", "uy", "uyE", "UQ", "y", "yE", "ua", "ue" };
static const char *const codas[] = { "c", "ch", "k", "m", "n", "ng", "nh", "p", "t" };

static bool find_vowel(uint32_t letter, size_t *vowel, size_t *tone)
{
	for (size_t i = 0; i < N_VOWEL * N_TONE; i++)
		if (vowels[i / N_TONE][i % N_TONE] == letter) {
			*vowel = i / N_TONE;
			*tone = i % N_TONE;
			return true;
		}
	return false;
}

static uint32_t with_tone(uint32_t letter, uint32_t tone)
{
	for (size_t i = 0; i < N_VOWEL; i++)
		for (size_t k = 0; vowels[i][0] == letter && k < N_TONE; k++)
			if (tones[k] == tone)
				return vowels[i][k];
	return 0;
}

uint32_t letter_marked(uint32_t letter, uint32_t shape, uint32_t tone)
{
	if (!shape)
		return with_tone(letter, tone);
	for (size_t i = 0; i < sizeof shaped / sizeof *shaped; i++)
		if (shaped[i].base == letter && shaped[i].shape == shape)
			return with_tone(shaped[i].letter, tone);
	return 0;
}

bool letter_is_ascii(uint32_t code)
{
	return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
}

bool letter_is_tone(uint32_t code)
{
	return code == GRAVE || code == ACUTE || code == TILDE || code == HOOK || code == DOT_BELOW;
}

bool letter_is_vietnamese(uint32_t code)
{
	size_t vowel;
	size_t tone;

	if (code >= 0x1EA0 && code <= 0x1EF9)
		return true;
	return code > 0x7F && code < 0x200 && (code == D_STROKE || code == D_STROKE - 1 || find_vowel(code, &vowel, &tone));
}

/* The same letter in the other case, if it is there. */
static uint32_t in_case(uint32_t code, bool capital)
{
	size_t vowel;
	size_t tone;

	if (code == D_STROKE || code == D_STROKE - 1)
		return capital ? D_STROKE - 1 : D_STROKE;
	if (letter_is_ascii(code))
		return capital ? code & ~0x20u : code | 0x20u;
	if (code <= 0x7F || !find_vowel(code, &vowel, &tone))
		return code;
	return vowels[vowel % (N_VOWEL / 2) + (capital ? N_VOWEL / 2 : 0)][tone];
}

uint32_t letter_capital(uint32_t code)
{
	return in_case(code, true);
}

uint32_t letter_small(uint32_t code)
{
	return in_case(code, false);
}

bool letter_is_capital(uint32_t code)
{
	return letter_small(code) != code;
}

/* A letter as the tables have it, its tone put apart; false: it is none. */
static bool take_letter(uint32_t code, char *letter, uint32_t *tone)
{
	size_t vowel;
	size_t i_tone;

	code = letter_small(code);
	*tone = 0;
	if (find_vowel(code, &vowel, &i_tone)) {
		*tone = tones[i_tone];
		code = vowels[vowel][0];
	}
	*letter = (char)code;
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		if (plain[i].code == code) {
			*letter = plain[i].letter;
			return true;
		}
	return letter_is_ascii(code);
}

static bool is_one_of(const char *s, size_t n, const char *const *list, size_t n_list)
{
	for (size_t i = 0; i < n_list; i++)
		if (strlen(list[i]) == n && !memcmp(s, list[i], n))
			return true;
	return false;
}

#define IS_ONE_OF(s, n, list) is_one_of((s), (n), (list), sizeof(list) / sizeof *(list))

/* Behind the first consonants: vowels alone, or vowels and last consonants. */
static bool is_rhyme(const char *s, size_t n, uint32_t tone)
{
	if (n && IS_ONE_OF(s, n, open_vowels))
		return true;
	for (size_t n_coda = 1; n_coda <= 2 && n_coda < n; n_coda++) {
		const char *coda = s + n - n_coda;
		bool stops = strchr("cpt", *coda) || !strcmp(coda, "ch");

		if (IS_ONE_OF(coda, n_coda, codas) && IS_ONE_OF(s, n - n_coda, closed_vowels))
			return !stops || tone == ACUTE || tone == DOT_BELOW;
	}
	return false;
}

bool syllable_is_good(const uint32_t *code, size_t n)
{
	char word[SYLLABLE_MAX + 1];
	uint32_t tone = 0;

	if (!n || n > SYLLABLE_MAX)
		return false;
	for (size_t i = 0; i < n; i++) {
		uint32_t own;

		if (!take_letter(code[i], &word[i], &own) || (own && tone))
			return false;
		if (i && code[i] > 0x7F && letter_is_capital(code[i]) && code[i - 1] >= 'a' && code[i - 1] <= 'z')
			return false;
		tone = own ? own : tone;
	}
	word[n] = '\0';
	for (size_t i = 0; i <= 3 && i < n; i++)
		if (IS_ONE_OF(word, i, onsets) && is_rhyme(word + i, n - i, tone))
			return true;
	return !strncmp(word, "gi", 2) && is_rhyme(word + 1, n - 1, tone); /* gì, gìn: the i is the vowel */
}

/* Signs that stand beside words. */
static bool is_sign(uint32_t code)
{
	return code == 0xA0 || code == 0xB0 || code == 0xB2 || code == 0xB3 || code == 0xB7 || code == 0xD7 || code == 0xAB
		|| code == 0xBB || (code >= 0x2013 && code <= 0x2026);
}

bool word_is_good(const char *s, size_t n)
{
	uint32_t code[WORD_MAX];
	size_t n_code = 0;
	bool any = false;

	for (size_t i = 0; i < n;) {
		uint32_t c = 0;
		size_t len = utf8_decode(s + i, n - i, &c);
		bool letter = letter_is_ascii(c) || letter_is_vietnamese(c);

		if (!len || (!letter && !is_sign(c)) || n_code == WORD_MAX)
			return false;
		i += len;
		if (letter)
			code[n_code++] = c;
		if (n_code && (!letter || i == n)) {
			if (!syllable_is_good(code, n_code))
				return false;
			n_code = 0;
			any = true;
		}
	}
	return any;
}

bool letters_beyond_latin(const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t code = 0;
		size_t len = utf8_decode(s + i, n - i, &code);

		if (code > 0xFF && (letter_is_vietnamese(code) || letter_is_tone(code)))
			return true;
		i += len ? len : 1;
	}
	return false;
}
