/* The font of form fields: a simple font of one byte a character, so that who fills a field in writes its text as bytes.
 *
 * Codes:  32 to 126 are ASCII; the letters of Vietnamese that WinAnsiEncoding has keep its code; the others take the codes from 128
 *         up that are left, and those of six signs that no number or date needs. /Differences names them, /ToUnicode tells them.
 * Bytes:  of one face the same in all files; made once a process
 * Source: ISO 32000-1, 9.6.6; ISO 19005-2, 6.2.11.6: names are those of the Adobe Glyph List
 */
#include "base/utf8.h"
#include "render/finishing.h"
#include "text/cut.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST = 32, ASCII_END = 127, CODES = 256, FONT_LEVEL = 9, VOWELS = 12, TONES = 6, FLAGS_TEXT = 34, FLAG_ITALIC = 64, STEM = 80 };

/* What gives way to letters, once the codes from 128 up are used. */
static const char spare[] = "^`{|}~";

/* Each vowel with its tones: none, grave, acute, hook, tilde, dot below; đ follows. */
static const char letters[] =
	"aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
	"AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬEÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢUÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴĐ";
static const char *const vowel_name[2][VOWELS] = {
	{ "a", "abreve", "acircumflex", "e", "ecircumflex", "i", "o", "ocircumflex", "ohorn", "u", "uhorn", "y" },
	{ "A", "Abreve", "Acircumflex", "E", "Ecircumflex", "I", "O", "Ocircumflex", "Ohorn", "U", "Uhorn", "Y" },
};
static const char *const tone_name[TONES] = { "", "grave", "acute", "hookabove", "tilde", "dotbelow" };

/* Letters of Vietnamese that WinAnsiEncoding has, where Latin 1 has them. */
static const char latin[] = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý";

struct form_font {
	struct arena arena;
	uint32_t code[CODES];	 /* the character of each */
	const char *name[CODES]; /* of the glyphs that are not as in WinAnsiEncoding, or NULL */
	struct cut_font cut;
	const int *advance[CODES]; /* in cut.advance, or NULL */
	struct bytes file;	   /* deflated */
	struct bytes unicode;
};

const char *finish_font_name(enum face face)
{
	static const char *const name[FACES] = { "FR", "FB", "FI", "FBI" };

	return name[face];
}

static void close_form_font(void *object)
{
	struct form_font *font = object;

	arena_clear(&font->arena);
	free(font);
}

static uint32_t next_letter(const char **s)
{
	uint32_t code = 0;

	*s += utf8_decode(*s, strlen(*s), &code);
	return code;
}

static bool is_latin(uint32_t code)
{
	for (const char *s = latin; *s;)
		if (next_letter(&s) == code)
			return true;
	return false;
}

/* The next code that nothing has, from 128 up, then the spare ones. */
static size_t free_code(const struct form_font *font)
{
	for (size_t i = ASCII_END + 1; i < CODES; i++)
		if (!font->code[i])
			return i;
	for (size_t i = 0; i < sizeof spare - 1; i++)
		if (font->code[(unsigned char)spare[i]] == (unsigned char)spare[i])
			return (unsigned char)spare[i];
	return 0;
}

static void add_letter(struct form_font *font, uint32_t code, const char *name)
{
	size_t i;

	if (code < ASCII_END || is_latin(code))
		return;
	i = free_code(font);
	font->code[i] = code;
	font->name[i] = name;
}

static void set_codes(struct form_font *font)
{
	const char *s = letters;

	for (uint32_t i = FIRST; i < ASCII_END; i++)
		font->code[i] = i;
	for (const char *l = latin; *l;) {
		uint32_t code = next_letter(&l);

		font->code[code] = code;
	}
	for (size_t large = 0; large < 2; large++) {
		for (size_t i = 0; i < VOWELS * TONES; i++)
			add_letter(font, next_letter(&s),
				arena_printf(&font->arena, "%s%s", vowel_name[large][i / TONES], tone_name[i % TONES]));
		add_letter(font, next_letter(&s), large ? "Dcroat" : "dcroat");
	}
}

static bool cut_face(struct form_font *font, struct fonts *fonts, enum face face)
{
	uint32_t code[CODES];
	size_t n = 0;

	for (size_t i = 0; i < CODES; i++)
		if (font->code[i])
			code[n++] = font->code[i];
	if (!fonts_cut(fonts, face, code, n, &font->arena, &font->cut))
		return false;
	n = 0;
	for (size_t i = 0; i < CODES; i++)
		if (font->code[i])
			font->advance[i] = &font->cut.advance[n++];
	return true;
}

static void put_unicode(const struct form_font *font, struct buf *b)
{
	size_t n = 0;

	buf_puts(b, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
		    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
		    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n");
	for (size_t i = 0; i < CODES; i++)
		n += font->code[i] != 0;
	for (size_t i = 0, k = 0; i < CODES; i++) {
		if (!font->code[i])
			continue;
		if (k % 100 == 0)
			buf_printf(b, "%zu beginbfchar\n", n - k < 100 ? n - k : 100);
		buf_printf(b, "<%02zX> <%04X>\n", i, (unsigned)font->code[i]);
		if (++k % 100 == 0 || k == n)
			buf_puts(b, "endbfchar\n");
	}
	buf_puts(b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend");
}

static struct bytes deflate(const char *data, size_t n, struct arena *a)
{
	struct pdf_deflater *deflater = pdf_deflater_open(FONT_LEVEL);
	struct buf b = { 0 };
	struct bytes made;

	pdf_deflate(deflater, data, n, &b);
	made = (struct bytes){ arena_slice(a, b.text, b.n), b.n };
	buf_clear(&b);
	pdf_deflater_close(deflater);
	return made;
}

/* The font, made when it is first needed; NULL if it cannot be. */
static const struct form_font *find_font(struct fonts *fonts, enum face face)
{
	void **slot = fonts_finisher(fonts, face, close_form_font);
	struct form_font *font = *slot;
	struct buf unicode = { 0 };

	if (font)
		return font;
	font = memory_new(1, sizeof *font);
	*font = (struct form_font){ 0 };
	set_codes(font);
	if (!cut_face(font, fonts, face)) {
		close_form_font(font);
		return NULL;
	}
	put_unicode(font, &unicode);
	font->file = deflate(font->cut.data, font->cut.n, &font->arena);
	font->unicode = deflate(unicode.text, unicode.n, &font->arena);
	buf_clear(&unicode);
	*slot = font;
	return font;
}

static int thousandths(const struct form_font *font, int units)
{
	return (units * 1000 + (units < 0 ? -1 : 1) * font->cut.units_per_em / 2) / font->cut.units_per_em;
}

static void put_metric(struct finish *f, const char *key, const struct form_font *font, int units)
{
	buf_printf(&f->text, "%s %d", key, thousandths(font, units));
}

/* "/KHVNBA+LiberationSerif-Bold" */
static void put_base_name(struct finish *f, enum face face, const struct form_font *font)
{
	static const char tag[FACES][7] = { "KHVNRA", "KHVNBA", "KHVNIA", "KHVNBI" };
	const char *name = *font->cut.name ? font->cut.name : fonts_name(f->fonts, face);

	buf_printf(&f->text, "/%s+%.*s", tag[face], (int)strcspn(name, "."), name);
}

static uint32_t write_stream(struct finish *f, struct bytes data, size_t n_raw)
{
	struct pdf_object dict = PDF_DICT_OF(&f->arena, { "Filter", pdf_name("FlateDecode") });
	struct pdf_object stream;
	uint32_t number = pdf_write_number(&f->writer);

	if (n_raw)
		dict = pdf_with(dict, "Length1", pdf_integer((int64_t)n_raw), &f->arena);
	stream = pdf_stream(dict, data.data, data.n, &f->arena);
	pdf_write_object(&f->writer, number, &stream);
	return number;
}

static uint32_t write_descriptor(struct finish *f, enum face face, const struct form_font *font)
{
	uint32_t file = write_stream(f, font->file, font->cut.n);
	uint32_t number = pdf_write_number(&f->writer);
	bool italic = face == FACE_ITALIC || face == FACE_BOLD_ITALIC;

	buf_puts(&f->text, "<</Type/FontDescriptor/FontName");
	put_base_name(f, face, font);
	buf_printf(&f->text, "/Flags %d/ItalicAngle %d/StemV %d/FontBBox[", italic ? FLAGS_TEXT | FLAG_ITALIC : FLAGS_TEXT,
		(int)font->cut.italic_angle, STEM);
	for (size_t i = 0; i < 4; i++)
		put_metric(f, i ? " " : "", font, font->cut.box[i]);
	put_metric(f, "]/Ascent", font, font->cut.ascent);
	put_metric(f, "/Descent", font, font->cut.descent);
	put_metric(f, "/CapHeight", font, font->cut.cap_height);
	finish_put_ref(f, "/FontFile2 ", file);
	buf_puts(&f->text, ">>");
	finish_write(f, number);
	return number;
}

static void put_encoding(struct finish *f, const struct form_font *font)
{
	size_t next = 0;

	buf_puts(&f->text, "/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[");
	for (size_t i = 0; i < CODES; i++) {
		if (!font->name[i])
			continue;
		if (i != next)
			buf_printf(&f->text, " %zu", i);
		buf_printf(&f->text, "/%s", font->name[i]);
		next = i + 1;
	}
	buf_puts(&f->text, "]>>/Widths[");
	for (size_t i = FIRST; i < CODES; i++) {
		buf_puts(&f->text, i > FIRST ? " " : "");
		finish_put_count(&f->text, font->advance[i] ? (uint64_t)thousandths(font, *font->advance[i]) : 0);
	}
	buf_puts(&f->text, "]");
}

uint32_t finish_form_font(struct finish *f, enum face face)
{
	const struct form_font *font = find_font(f->fonts, face);
	uint32_t descriptor;
	uint32_t unicode;
	uint32_t number;

	if (!font)
		return 0;
	descriptor = write_descriptor(f, face, font);
	unicode = write_stream(f, font->unicode, 0);
	number = pdf_write_number(&f->writer);
	buf_puts(&f->text, "<</Type/Font/Subtype/TrueType/BaseFont");
	put_base_name(f, face, font);
	buf_printf(&f->text, "/FirstChar %d/LastChar %d", FIRST, CODES - 1);
	put_encoding(f, font);
	finish_put_ref(f, "/FontDescriptor ", descriptor);
	finish_put_ref(f, "/ToUnicode ", unicode);
	buf_puts(&f->text, ">>");
	finish_write(f, number);
	return number;
}
