#include "text/face.h"

#include "base/file.h"
#include "base/utf8.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb-ot.h>
#include <hb-subset.h>
#include <string.h>

/* What a plan may hold; the rest of the font is left out. */
static const struct {
	hb_codepoint_t first, last;
} repertoire[] = {
	{ 0x0020, 0x024F }, /* Latin */
	{ 0x0300, 0x036F }, /* combining marks */
	{ 0x0370, 0x03FF }, /* Greek */
	{ 0x1E00, 0x1EFF }, /* Vietnamese */
	{ 0x2000, 0x209F }, /* punctuation, raised and lowered digits */
	{ 0x20A0, 0x20BF }, /* currencies */
	{ 0x2100, 0x214F }, /* letter-like */
	{ 0x2190, 0x21FF }, /* arrows */
	{ 0x2200, 0x22FF }, /* mathematics */
	{ 0x25A0, 0x25FF }, /* shapes */
	{ 0x2610, 0x2612 }, /* boxes to tick */
	{ 0x2713, 0x2713 },
};

/* Not needed once hints and ligatures are gone. GPOS stays: it has the kerning, better than the
 * old table. */
static const char dropped_tables[][5] = { "GSUB", "kern", "gasp", "FFTM", "hdmx", "VDMX", "LTSH",
	"DSIG" };

/* The letters of Vietnamese beyond ASCII, 67 small and 67 capital ones. */
static const char vietnamese[] =
	"àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
	"ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ";

const char *face_name(enum face face)
{
	static const char *const name[FACES] = {
		[FACE_REGULAR] = "LiberationSerif-Regular.ttf",
		[FACE_BOLD] = "LiberationSerif-Bold.ttf",
		[FACE_ITALIC] = "LiberationSerif-Italic.ttf",
		[FACE_BOLD_ITALIC] = "LiberationSerif-BoldItalic.ttf",
	};

	return name[face];
}

static bool check_letters(hb_blob_t *blob, const char *path, struct diags *d)
{
	hb_face_t *face = hb_face_create(blob, 0);
	hb_font_t *font = hb_font_create(face);
	const char *s = vietnamese;
	size_t left = sizeof vietnamese - 1;
	bool ok = hb_face_get_upem(face) > 0 && hb_face_get_glyph_count(face) > 0;
	uint32_t code = 0;

	while (ok && left) {
		hb_codepoint_t glyph;
		size_t n = utf8_decode(s, left, &code);

		ok = hb_font_get_nominal_glyph(font, code, &glyph);
		s += n;
		left -= n;
	}
	hb_font_destroy(font);
	hb_face_destroy(face);
	if (!ok)
		diag_error(d, (struct origin){ .file = path }, "font",
			"this font has no letter U+%04X of Vietnamese; install the package "
			"fonts-liberation2",
			(unsigned)code);
	return ok;
}

bool face_open(
	struct face_file *f, const char *dir, enum face face, struct arena *a, struct diags *d)
{
	f->name = face_name(face);
	f->path = file_join(dir, f->name, a);
	if (file_exists(f->path))
		f->installed = hb_blob_create_from_file_or_fail(f->path);
	if (!f->installed)
		return diag_error(d, (struct origin){ .file = f->path }, "font",
			"this font cannot be read; install the package fonts-liberation2");
	return check_letters(f->installed, f->path, d);
}

void face_close(struct face_file *f)
{
	if (f->painted)
		FT_Done_Face(f->painted);
	if (f->library)
		FT_Done_FreeType(f->library);
	hb_font_destroy(f->font);
	hb_blob_destroy(f->subset);
	hb_blob_destroy(f->installed);
	*f = (struct face_file){ 0 };
}

/* The face without hints and without what no plan needs; the whole one if it cannot be cut. */
static hb_face_t *face_cut(hb_face_t *whole)
{
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	hb_face_t *cut = NULL;

	if (input) {
		hb_set_t *codes = hb_subset_input_unicode_set(input);
		hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);

		for (size_t i = 0; i < sizeof repertoire / sizeof *repertoire; i++)
			hb_set_add_range(codes, repertoire[i].first, repertoire[i].last);
		for (size_t i = 0; i < sizeof dropped_tables / sizeof *dropped_tables; i++)
			hb_set_add(drop, hb_tag_from_string(dropped_tables[i], 4));
		hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
		cut = hb_subset_or_fail(whole, input);
		hb_subset_input_destroy(input);
	}
	return cut ? cut : hb_face_reference(whole);
}

hb_font_t *face_font(struct face_file *f)
{
	hb_face_t *whole, *built, *cut;

	if (f->font)
		return f->font;
	whole = hb_face_create(f->installed, 0);
	built = face_cut(whole);
	f->subset = hb_face_reference_blob(built);
	/* Opened anew from its bytes: look-ups in a face under construction search its tables
	 * one by one. */
	cut = hb_face_create(f->subset, 0);
	hb_face_make_immutable(cut);
	f->font = hb_font_create(cut);
	hb_font_make_immutable(f->font);
	hb_face_destroy(cut);
	hb_face_destroy(built);
	hb_face_destroy(whole);
	return f->font;
}

const char *face_sha256(struct face_file *f)
{
	struct arena a = { 0 };
	unsigned n;
	const char *data = hb_blob_get_data(f->installed, &n);

	if (!f->sha256[0])
		memcpy(f->sha256, sha256_text(data, n, &a), sizeof f->sha256);
	arena_clear(&a);
	return f->sha256;
}

struct FT_FaceRec_ *face_painted(struct face_file *f)
{
	unsigned n;
	const char *data;

	if (f->painted)
		return f->painted;
	face_font(f);
	data = hb_blob_get_data(f->subset, &n);
	if (!f->library && FT_Init_FreeType(&f->library))
		return NULL;
	if (FT_New_Memory_Face(f->library, (const FT_Byte *)data, (FT_Long)n, 0, &f->painted))
		f->painted = NULL;
	return f->painted;
}
