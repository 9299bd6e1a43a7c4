#include "text/face.h"

#include "base/file.h"
#include "base/utf8.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb-ot.h>
#include <hb-subset.h>
#include <stdlib.h>
#include <string.h>

struct face_engine {
	hb_blob_t *installed;
	hb_blob_t *subset; /* NULL: not used yet */
	hb_font_t *font;   /* of the subset */
	FT_Library library;
	FT_Face painted; /* of the subset; NULL: not painted with yet */
};

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

bool face_open(struct face_file *f, const char *dir, enum face face, struct arena *a,
	struct diags *d)
{
	const char *path = file_join(dir, face_name(face), a);
	hb_blob_t *installed = file_exists(path) ? hb_blob_create_from_file_or_fail(path) : NULL;

	f->name = face_name(face);
	if (!installed)
		return diag_error(d, (struct origin){ .file = path }, "font",
			"this font cannot be read; install the package fonts-liberation2");
	f->engine = memory_new(1, sizeof *f->engine);
	*f->engine = (struct face_engine){ .installed = installed };
	return check_letters(installed, path, d);
}

void face_close(struct face_file *f)
{
	struct face_engine *e = f->engine;

	if (e && e->painted)
		FT_Done_Face(e->painted);
	if (e && e->library)
		FT_Done_FreeType(e->library);
	if (e) {
		hb_font_destroy(e->font);
		hb_blob_destroy(e->subset);
		hb_blob_destroy(e->installed);
	}
	free(e);
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

static void cut(struct face_engine *e)
{
	hb_face_t *whole = hb_face_create(e->installed, 0);
	hb_face_t *built = face_cut(whole);
	hb_face_t *face;

	e->subset = hb_face_reference_blob(built);
	/* Opened anew from its bytes: a face under construction searches its tables one by one. */
	face = hb_face_create(e->subset, 0);
	hb_face_make_immutable(face);
	e->font = hb_font_create(face);
	hb_font_make_immutable(e->font);
	hb_face_destroy(face);
	hb_face_destroy(built);
	hb_face_destroy(whole);
}

void *face_font(struct face_file *f)
{
	if (!f->engine->font)
		cut(f->engine);
	return f->engine->font;
}

const char *face_data(struct face_file *f, size_t *n)
{
	unsigned length;
	const char *data;

	face_font(f);
	data = hb_blob_get_data(f->engine->subset, &length);
	*n = length;
	return data;
}

void *face_painted(struct face_file *f)
{
	struct face_engine *e = f->engine;
	size_t n;
	const char *data = face_data(f, &n);

	if (e->painted)
		return e->painted;
	if (!e->library && FT_Init_FreeType(&e->library))
		return NULL;
	if (FT_New_Memory_Face(e->library, (const FT_Byte *)data, (FT_Long)n, 0, &e->painted))
		e->painted = NULL;
	return e->painted;
}

const char *face_sha256(struct face_file *f)
{
	struct arena a = { 0 };
	unsigned n;
	const char *data = hb_blob_get_data(f->engine->installed, &n);

	if (!f->sha256[0])
		memcpy(f->sha256, sha256_text(data, n, &a), sizeof f->sha256);
	arena_clear(&a);
	return f->sha256;
}
