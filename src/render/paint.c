#include "render/paint.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <cairo-ft.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SEVERAL UINT32_MAX

static const double draft_grey = 0.86;
static const double hollow_edge = 0.9; /* [pt] */
static const double pi = 3.14159265358979323846;

enum { DASH_LENGTHS = 4 };

/* [pt] drawn, left out, drawn ... */
static const struct dashes {
	double length[DASH_LENGTHS];
	int n;
} dash_lengths[] = {
	[DASH_NONE] = { { 0 }, 0 },
	[DASH_LONG] = { { 4, 2 }, 2 },
	[DASH_DOTS] = { { 1.2, 1.6 }, 2 },
	[DASH_MIXED] = { { 5, 1.6, 1.2, 1.6 }, 4 },
};

struct paint_face {
	cairo_font_face_t *font;
	uint32_t *code; /* [n_code] character of each glyph: what a reader of the PDF gets for it; 0: none */
	size_t n_code;
};

/* What a cairo font is made from. cairo keeps fonts in a cache of its own for longer than we do, so
 * it gets its own copy and says itself when to free it. */
struct font_source {
	FT_Library library;
	FT_Face face;
	unsigned char *file;
};

static const cairo_user_data_key_t source_key;

static void source_close(void *object)
{
	struct font_source *source = object;

	if (source->library)
		FT_Done_FreeType(source->library);
	free(source->file);
	free(source);
}

static struct font_source *source_open(struct fonts *fonts, enum face face)
{
	struct font_source *source = memory_new(1, sizeof *source);
	size_t n;
	const unsigned char *file = fonts_file(fonts, face, &n);

	*source = (struct font_source){ .file = memory_new(n, 1) };
	memcpy(source->file, file, n);
	if (FT_Init_FreeType(&source->library) == 0
		&& FT_New_Memory_Face(source->library, source->file, (FT_Long)n, 0, &source->face) == 0)
		return source;
	source_close(source);
	return NULL;
}

static void face_close(void *object)
{
	struct paint_face *face = object;

	cairo_font_face_destroy(face->font);
	free(face->code);
	free(face);
}

/* A glyph of several characters stands for none, but ASCII keeps its own ("-" and the soft hyphen). */
static void read_codes(struct paint_face *face, FT_Face ft)
{
	FT_UInt glyph;
	FT_ULong code;

	face->n_code = (size_t)ft->num_glyphs;
	face->code = memory_new(face->n_code, sizeof *face->code);
	FT_Select_Charmap(ft, FT_ENCODING_UNICODE);
	for (code = FT_Get_First_Char(ft, &glyph); glyph; code = FT_Get_Next_Char(ft, code, &glyph))
		if (glyph < face->n_code && !face->code[glyph])
			face->code[glyph] = (uint32_t)code;
		else if (glyph < face->n_code && face->code[glyph] >= 0x80)
			face->code[glyph] = SEVERAL;
}

static struct paint_face *face_open(struct fonts *fonts, enum face which)
{
	struct font_source *source = source_open(fonts, which);
	struct paint_face *face;

	if (!source)
		return NULL;
	face = memory_new(1, sizeof *face);
	*face = (struct paint_face){ 0 };
	read_codes(face, source->face);
	face->font = cairo_ft_font_face_create_for_ft_face(source->face, FT_LOAD_NO_HINTING);
	if (cairo_font_face_set_user_data(face->font, &source_key, source, source_close)
		== CAIRO_STATUS_SUCCESS)
		return face;
	face_close(face);
	source_close(source);
	return NULL;
}

void paint_init(struct paint *p, cairo_t *cr, struct fonts *fonts, struct diags *d)
{
	cairo_font_options_t *options = cairo_font_options_create();

	*p = (struct paint){ .cr = cr, .fonts = fonts, .diags = d };
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	cairo_set_font_options(cr, options);
	cairo_font_options_destroy(options);
	cairo_set_source_rgb(cr, 0, 0, 0);
	cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
}

bool paint_check(const struct paint *p, cairo_status_t status, const char *path)
{
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_status(p->cr);
	if (status != CAIRO_STATUS_SUCCESS)
		return diag_fault(p->diags, (struct origin){ .file = path }, "io",
			"cannot draw the pages: %s", cairo_status_to_string(status));
	return !p->failed;
}

/* The face, opened when it is first needed; NULL after an error. */
static const struct paint_face *find_face(struct paint *p, enum face which)
{
	void **slot = fonts_painter(p->fonts, which, face_close);

	if (!*slot)
		*slot = face_open(p->fonts, which);
	if (!*slot && !p->failed)
		p->failed = !diag_fault(p->diags, (struct origin){ .file = fonts_name(p->fonts, which) },
			"font", "the font cannot be opened for painting");
	return *slot;
}

static void set_colour(struct paint *p, uint32_t colour)
{
	cairo_set_source_rgb(p->cr, (colour >> 16) / 255.0, (colour >> 8 & 0xFF) / 255.0, (colour & 0xFF) / 255.0);
}

/* Texts and rules are black, and rules have no dashes: the context is as it was afterwards. */
static void flush_rules(struct paint *p)
{
	const struct dashes *dashes = &dash_lengths[p->dash];

	if (!p->has_rules)
		return;
	cairo_set_line_width(p->cr, p->thickness_pt);
	if (dashes->n)
		cairo_set_dash(p->cr, dashes->length, dashes->n, 0);
	if (p->colour)
		set_colour(p, p->colour);
	cairo_stroke(p->cr);
	if (p->colour)
		set_colour(p, 0);
	if (dashes->n)
		cairo_set_dash(p->cr, NULL, 0, 0);
	p->has_rules = false;
}

static void flush_text(struct paint *p)
{
	if (!p->n_glyph)
		return;
	if (p->outlines) {
		cairo_glyph_path(p->cr, p->glyph, p->n_glyph);
		cairo_fill(p->cr);
	} else {
		cairo_show_glyphs(p->cr, p->glyph, p->n_glyph);
	}
	p->n_glyph = 0;
}

void paint_flush(struct paint *p)
{
	flush_rules(p);
	flush_text(p);
}

static bool choose_font(struct paint *p, const struct item *item)
{
	const struct paint_face *face = find_face(p, item->face);

	if (!face || (face == p->current && item->size_pt == p->size_pt))
		return face;
	flush_text(p);
	if (face != p->current)
		cairo_set_font_face(p->cr, face->font);
	cairo_set_font_size(p->cr, (double)item->size_pt);
	p->current = face;
	p->size_pt = item->size_pt;
	return true;
}

/* Whether a reader of the PDF, who sees glyphs, gets the word's text back. A no-break space may
 * come back as a space. */
static bool copies_well(const struct paint_face *face, const struct word *word)
{
	const char *s = word->text;
	size_t left = word->n_text;

	for (uint32_t i = 0; i < word->n_glyph; i++) {
		uint32_t code = 0;
		uint32_t back = word->glyph[i] < face->n_code ? face->code[word->glyph[i]] : 0;
		size_t n = utf8_decode(s, left, &code);

		if (!n || (code != back && !(code == 0xa0 && back == ' ')))
			return false;
		s += n;
		left -= n;
	}
	return left == 0;
}

static void place_glyphs(const struct paint *p, const struct word *word, double x, double y,
	cairo_glyph_t *glyph)
{
	double scale = (double)p->size_pt / fonts_units_per_em(p->fonts);

	for (uint32_t i = 0; i < word->n_glyph; i++)
		glyph[i] = (cairo_glyph_t){ word->glyph[i], x + word->x[i] * scale, y };
}

/* The word's characters as clusters: one for each glyph where there are as many, else all in one. */
static int word_clusters(const struct word *word, cairo_text_cluster_t *cluster)
{
	size_t offset = 0;
	uint32_t code;
	int n = 0;

	while (offset < word->n_text) {
		size_t length = utf8_decode(word->text + offset, word->n_text - offset, &code);

		if (!length)
			break;
		cluster[n++] = (cairo_text_cluster_t){ .num_bytes = (int)length, .num_glyphs = 1 };
		offset += length;
	}
	if (offset == word->n_text && (uint32_t)n == word->n_glyph)
		return n;
	cluster[0] = (cairo_text_cluster_t){ (int)word->n_text, (int)word->n_glyph };
	return 1;
}

/* All words in one call: cairo drops a call that shows only a space. */
static void show_with_text(struct paint *p, const struct item *item, double dx, double y)
{
	struct arena tmp = { 0 };
	struct buf text = { 0 };
	cairo_text_cluster_t *cluster;
	cairo_glyph_t *glyph;
	int n_glyph = 0;
	int n_cluster = 0;

	for (size_t i = 0; i < item->n_glyphs; i++) {
		buf_put(&text, item->glyphs[i].word->text, item->glyphs[i].word->n_text);
		n_glyph += (int)item->glyphs[i].word->n_glyph;
	}
	cluster = ARENA_ARRAY(&tmp, text.n, cairo_text_cluster_t);
	glyph = ARENA_ARRAY(&tmp, (size_t)n_glyph, cairo_glyph_t);
	n_glyph = 0;
	for (size_t i = 0; i < item->n_glyphs; i++) {
		const struct word *word = item->glyphs[i].word;

		place_glyphs(p, word, (double)item->glyphs[i].x + dx, y, glyph + n_glyph);
		n_glyph += (int)word->n_glyph;
		n_cluster += word_clusters(word, cluster + n_cluster);
	}
	flush_text(p);
	cairo_show_text_glyphs(p->cr, text.text, (int)text.n, glyph, n_glyph, cluster, n_cluster, 0);
	buf_clear(&text);
	arena_clear(&tmp);
}

/* Text with a word whose glyphs do not tell what it says (a ligature, U+2011 drawn as U+2010) carries
 * its characters. cairo then takes those for the glyphs' meaning, so all text after it carries its own. */
static bool carries_text(struct paint *p, const struct item *item)
{
	if (p->outlines)
		return false;
	for (size_t i = 0; !p->all_with_text && i < item->n_glyphs; i++)
		p->all_with_text = !copies_well(p->current, item->glyphs[i].word);
	return p->all_with_text;
}

static void paint_words(struct paint *p, const struct item *item, double dx, double y)
{
	if (!item->n_glyphs || !choose_font(p, item))
		return;
	if (carries_text(p, item)) {
		show_with_text(p, item, dx, y);
		return;
	}
	for (size_t i = 0; i < item->n_glyphs; i++) {
		const struct word *word = item->glyphs[i].word;

		if (word->n_glyph > PAINT_GLYPHS - (uint32_t)p->n_glyph)
			flush_text(p);
		if (word->n_glyph > PAINT_GLYPHS)
			continue; /* wider than any page */
		place_glyphs(p, word, (double)item->glyphs[i].x + dx, y, p->glyph + p->n_glyph);
		p->n_glyph += (int)word->n_glyph;
	}
}

/* Large, along the diagonal, whatever place layout gave it. */
static void paint_draft(struct paint *p, const struct page *page, const struct item *item)
{
	double scale = (double)item->size_pt / fonts_units_per_em(p->fonts);
	double from;
	double to;

	if (!item->n_glyphs)
		return;
	from = (double)item->glyphs[0].x;
	to = (double)item->glyphs[item->n_glyphs - 1].x
		+ item->glyphs[item->n_glyphs - 1].word->advance * scale;
	paint_flush(p);
	cairo_save(p->cr);
	cairo_translate(p->cr, (double)page->width_pt / 2, (double)page->height_pt / 2);
	cairo_rotate(p->cr, -atan2((double)page->height_pt, (double)page->width_pt));
	cairo_set_source_rgb(p->cr, draft_grey, draft_grey, draft_grey);
	paint_words(p, item, -(from + to) / 2, fonts_ascent(p->fonts) * scale / 3);
	flush_text(p);
	cairo_restore(p->cr);
	p->current = NULL; /* the context is back at the font before */
}

/* A rule, or a coloured line, which goes on where the one before it ended. */
static void paint_rule(struct paint *p, const struct item *item)
{
	bool is_line = item->kind == ITEM_LINE;
	uint32_t colour = is_line ? item->colour : 0;
	enum dash dash = is_line ? (enum dash)item->pattern : DASH_NONE;

	flush_text(p);
	if (p->has_rules && (item->thickness_pt != p->thickness_pt || colour != p->colour || dash != p->dash))
		flush_rules(p);
	if (!p->has_rules || !is_line || item->x != p->x || item->y != p->y)
		cairo_move_to(p->cr, (double)item->x, (double)item->y);
	cairo_line_to(p->cr, (double)item->x2, (double)item->y2);
	p->has_rules = true;
	p->thickness_pt = item->thickness_pt;
	p->colour = colour;
	p->dash = dash;
	p->x = item->x2;
	p->y = item->y2;
}

static void paint_box(struct paint *p, const struct item *item)
{
	paint_flush(p);
	cairo_rectangle(p->cr, (double)item->x, (double)item->y, (double)(item->x2 - item->x), (double)(item->y2 - item->y));
	set_colour(p, item->colour);
	cairo_fill(p->cr);
	set_colour(p, 0);
}

/* Around x, y: reach is half of its width. */
static void shape_path(cairo_t *cr, enum shape shape, double x, double y, double reach)
{
	static const struct {
		int n;
		double x[4], y[4];
	} corners[] = {
		[SHAPE_DISC] = { 0, { 0 }, { 0 } },
		[SHAPE_SQUARE] = { 4, { -0.9, 0.9, 0.9, -0.9 }, { -0.9, -0.9, 0.9, 0.9 } },
		[SHAPE_TRIANGLE] = { 3, { -1.1, 0, 1.1 }, { 0.8, -1.1, 0.8 } },
		[SHAPE_DIAMOND] = { 4, { -1.2, 0, 1.2, 0 }, { 0, -1.2, 0, 1.2 } },
	};
	int n = corners[shape].n;

	cairo_new_path(cr);
	if (!n)
		cairo_arc(cr, x, y, reach, 0, 2 * pi);
	for (int i = 0; i < n; i++)
		cairo_line_to(cr, x + reach * corners[shape].x[i], y + reach * corners[shape].y[i]);
	cairo_close_path(cr);
}

static void paint_mark(struct paint *p, const struct item *item)
{
	unsigned shape = item->pattern & (SHAPE_HOLLOW - 1U);
	bool hollow = item->pattern & SHAPE_HOLLOW;
	double edge = hollow ? hollow_edge : 0;

	paint_flush(p);
	shape_path(p->cr, (enum shape)shape, (double)item->x, (double)item->y, ((double)item->thickness_pt - edge) / 2);
	set_colour(p, hollow ? 0xFFFFFF : item->colour);
	if (hollow)
		cairo_fill_preserve(p->cr);
	else
		cairo_fill(p->cr);
	if (hollow) {
		set_colour(p, item->colour);
		cairo_set_line_width(p->cr, edge);
		cairo_stroke(p->cr);
	}
	set_colour(p, 0);
}

static void paint_text(struct paint *p, const struct item *item)
{
	flush_rules(p);
	if (item->colour) {
		flush_text(p);
		set_colour(p, item->colour);
	}
	paint_words(p, item, 0, (double)item->y);
	if (item->colour) {
		flush_text(p);
		set_colour(p, 0);
	}
}

void paint_item(struct paint *p, const struct page *page, const struct item *item)
{
	switch (item->kind) {
	case ITEM_TEXT:
		paint_text(p, item);
		break;
	case ITEM_RULE:
	case ITEM_LINE:
		paint_rule(p, item);
		break;
	case ITEM_BOX:
		paint_box(p, item);
		break;
	case ITEM_MARK:
		paint_mark(p, item);
		break;
	case ITEM_DRAFT:
		paint_draft(p, page, item);
		break;
	case ITEM_LINK: /* nothing to see */
		break;
	}
}

static void paint_kind(struct paint *p, const struct page *page, enum item_kind kind, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (page->item[i].element == ARTIFACT && page->item[i].kind == kind)
			paint_item(p, page, &page->item[i]);
	paint_flush(p);
}

/* Behind the number's item; 0: the page has none. */
static size_t behind_number(const struct page *page)
{
	for (size_t i = 0; page->number && i < page->n_item; i++)
		if (page->item[i].element == ARTIFACT && page->item[i].kind == ITEM_TEXT)
			return i + 1;
	return 0;
}

/* What lies behind all else, the number, rules, then what tables repeat: text that rules part is not one, so that the number can be said to be the header. */
void paint_artifacts(struct paint *p, const struct page *page)
{
	size_t behind = behind_number(page);

	paint_kind(p, page, ITEM_BOX, 0, page->n_item);
	paint_kind(p, page, ITEM_DRAFT, 0, page->n_item);
	paint_kind(p, page, ITEM_TEXT, 0, behind);
	paint_kind(p, page, ITEM_RULE, 0, page->n_item);
	paint_kind(p, page, ITEM_TEXT, behind, page->n_item);
}
