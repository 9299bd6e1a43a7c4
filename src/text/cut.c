#include "text/cut.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <string.h>

/* A reader of the file draws glyphs by the cmap and needs nothing else of these. */
static const char dropped_tables[][5] = { "GPOS", "GDEF", "GSUB", "OS/2", "name", "post", "kern", "gasp" };

enum { HEAD_BOX = 36, HEAD_END = 54 }; /* [bytes] in the table "head" */

enum { NAME_POSTSCRIPT = 6, NAME_MAX = 64 }; /* in the table "name"; [bytes] with the NUL */

static hb_face_t *cut(hb_face_t *whole, const uint32_t *code, size_t n_code)
{
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	hb_face_t *face;

	if (!input)
		return NULL;
	for (size_t i = 0; i < n_code; i++)
		hb_set_add(hb_subset_input_unicode_set(input), code[i]);
	for (size_t i = 0; i < sizeof dropped_tables / sizeof *dropped_tables; i++)
		hb_set_add(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG),
			hb_tag_from_string(dropped_tables[i], 4));
	hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
	face = hb_subset_or_fail(whole, input);
	hb_subset_input_destroy(input);
	return face;
}

static int signed_at(const char *data, size_t at)
{
	unsigned value = (unsigned)(unsigned char)data[at] << 8 | (unsigned char)data[at + 1];

	return value < 0x8000 ? (int)value : (int)value - 0x10000;
}

static bool read_box(hb_face_t *face, struct cut_font *font)
{
	hb_blob_t *head = hb_face_reference_table(face, HB_TAG('h', 'e', 'a', 'd'));
	unsigned n;
	const char *data = hb_blob_get_data(head, &n);

	for (size_t i = 0; n >= HEAD_END && i < 4; i++)
		font->box[i] = signed_at(data, HEAD_BOX + 2 * i);
	hb_blob_destroy(head);
	return n >= HEAD_END;
}

static bool read_advances(hb_font_t *of, const uint32_t *code, size_t n_code, struct arena *a, struct cut_font *font)
{
	int *advance = ARENA_ARRAY(a, n_code, int);
	hb_codepoint_t glyph;

	for (size_t i = 0; i < n_code; i++) {
		if (!hb_font_get_nominal_glyph(of, code[i], &glyph))
			return false;
		advance[i] = hb_font_get_glyph_h_advance(of, glyph);
	}
	font->advance = advance;
	return true;
}

/* Of the whole face: the cut one has lost the tables that say it. */
static void read_metrics(hb_font_t *of, struct cut_font *font)
{
	hb_font_extents_t extents = { 0 };
	hb_position_t cap = 0;

	hb_font_get_h_extents(of, &extents);
	font->ascent = extents.ascender;
	font->descent = extents.descender;
	hb_ot_metrics_get_position(of, HB_OT_METRICS_TAG_CAP_HEIGHT, &cap);
	font->cap_height = cap;
	font->italic_angle = (double)hb_style_get_value(of, HB_STYLE_TAG_SLANT_ANGLE);
}

static const char *read_name(hb_face_t *whole, struct arena *a)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
	char name[NAME_MAX] = "";
	unsigned n = sizeof name;

	hb_ot_name_get_utf8(whole, NAME_POSTSCRIPT, hb_language_from_string("en", -1), &n, name);
	return strspn(name, allowed) == strlen(name) ? arena_text(a, name) : "";
}

static bool take_bytes(hb_face_t *face, struct arena *a, struct cut_font *font)
{
	hb_blob_t *blob = hb_face_reference_blob(face);
	unsigned n;
	const char *data = hb_blob_get_data(blob, &n);

	font->data = arena_slice(a, data ? data : "", n);
	font->n = n;
	hb_blob_destroy(blob);
	return n > 0;
}

bool fonts_cut(const struct fonts *f, enum face face, const uint32_t *code, size_t n_code, struct arena *a,
	struct cut_font *font)
{
	size_t n;
	const unsigned char *data = fonts_file(f, face, &n);
	hb_blob_t *blob = hb_blob_create((const char *)data, (unsigned)n, HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *whole = hb_face_create(blob, 0);
	hb_font_t *of = hb_font_create(whole);
	hb_face_t *made = cut(whole, code, n_code);
	bool ok = made;

	*font = (struct cut_font){ .name = read_name(whole, a), .units_per_em = (int)hb_face_get_upem(whole) };
	read_metrics(of, font);
	ok = ok && read_advances(of, code, n_code, a, font) && take_bytes(made, a, font) && read_box(made, font);
	hb_face_destroy(made);
	hb_font_destroy(of);
	hb_face_destroy(whole);
	hb_blob_destroy(blob);
	return ok;
}
