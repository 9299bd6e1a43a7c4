#include "layout/layout.h"

#include "base/buf.h"

static const char *role_name(enum role role)
{
	static const char *const name[] = {
		[ROLE_DOCUMENT] = "Document",
		[ROLE_PART] = "Part",
		[ROLE_HEADING] = "H",
		[ROLE_PARAGRAPH] = "P",
		[ROLE_LIST] = "L",
		[ROLE_LIST_ITEM] = "LI",
		[ROLE_LABEL] = "Lbl",
		[ROLE_LIST_BODY] = "LBody",
		[ROLE_TABLE] = "Table",
		[ROLE_CAPTION] = "Caption",
		[ROLE_ROW] = "TR",
		[ROLE_HEADER_CELL] = "TH",
		[ROLE_DATA_CELL] = "TD",
		[ROLE_LINK] = "Link",
		[ROLE_FIGURE] = "Figure",
		[ROLE_FORM] = "Form",
	};

	return name[role];
}

static const char *face_letters(enum face face)
{
	static const char *const name[] = {
		[FACE_REGULAR] = "regular",
		[FACE_BOLD] = "bold",
		[FACE_ITALIC] = "italic",
		[FACE_BOLD_ITALIC] = "bold-italic",
	};

	return name[face];
}

static void put_element(struct buf *b, const struct element *e)
{
	buf_puts(b, role_name(e->role));
	if (e->role == ROLE_HEADING)
		buf_printf(b, "%d", e->level);
	if (e->role == ROLE_TABLE)
		buf_printf(b, "(%s)", e->table->id);
	if (e->role == ROLE_HEADER_CELL || e->role == ROLE_DATA_CELL)
		buf_printf(b, "(%u,%u)", e->row, e->column);
	if (e->rows > 1 || e->columns > 1)
		buf_printf(b, "%ux%u", e->rows, e->columns);
}

/* From below the document down to the element. */
static void put_path(struct buf *b, const struct pages *p, int element)
{
	const struct element *e;

	if (element < 0) {
		buf_puts(b, "artifact");
		return;
	}
	e = &p->element[element];
	if (e->parent > 0) {
		put_path(b, p, e->parent);
		buf_putc(b, '/');
	}
	put_element(b, e);
}

static void put_words(struct buf *b, const struct item *item)
{
	for (size_t i = 0; i < item->n_glyphs; i++)
		buf_put(b, item->glyphs[i].word->text, item->glyphs[i].word->n_text);
}

/* In tenths of a point; never "-0.0". */
static double tenths(float x)
{
	double y = (double)x;

	return y > -0.05 && y < 0 ? 0 : y;
}

static void put_text(struct buf *b, const struct pages *p, const char *name,
	const struct item *item)
{
	buf_printf(b, "%s %.1f %.1f %.1f %s ", name, tenths(item->x), tenths(item->y),
		tenths(item->size_pt), face_letters(item->face));
	put_path(b, p, item->element);
	buf_puts(b, ": ");
	put_words(b, item);
}

static void put_box(struct buf *b, const char *name, const struct item *item)
{
	buf_printf(b, "%s %.1f %.1f %.1f %.1f", name, tenths(item->x), tenths(item->y),
		tenths(item->x2), tenths(item->y2));
}

static const char *const dash_name[] = { [DASH_NONE] = "solid", [DASH_LONG] = "dashed", [DASH_DOTS] = "dotted", [DASH_MIXED] = "dash-dot" };

static const char *const shape_name[] = {
	[SHAPE_DISC] = "disc",
	[SHAPE_SQUARE] = "square",
	[SHAPE_TRIANGLE] = "triangle",
	[SHAPE_DIAMOND] = "diamond",
	[SHAPE_HOLLOW | SHAPE_DISC] = "hollow-disc",
	[SHAPE_HOLLOW | SHAPE_SQUARE] = "hollow-square",
	[SHAPE_HOLLOW | SHAPE_TRIANGLE] = "hollow-triangle",
	[SHAPE_HOLLOW | SHAPE_DIAMOND] = "hollow-diamond",
};

/* Colour, thickness and pattern, where it has them. */
static void put_paint(struct buf *b, const struct item *item, const char *const *pattern_name)
{
	buf_printf(b, " #%06X", (unsigned)item->colour);
	if (pattern_name)
		buf_printf(b, " %.2f %s", (double)item->thickness_pt, pattern_name[item->pattern]);
}

static const char *block_title(const struct block *block)
{
	if (block->bookmark)
		return block->bookmark;
	return block->table ? block->table->id : "";
}

static void put_item(struct buf *b, const struct pages *p, const struct item *item)
{
	switch (item->kind) {
	case ITEM_TEXT:
		put_text(b, p, "text", item);
		if (item->colour)
			put_paint(b, item, NULL);
		break;
	case ITEM_DRAFT:
		put_text(b, p, "draft", item);
		break;
	case ITEM_RULE:
		put_box(b, "rule", item);
		buf_printf(b, " %.2f", (double)item->thickness_pt);
		break;
	case ITEM_LINK:
		put_box(b, "link", item);
		buf_printf(b, " to: %s", block_title(item->target));
		break;
	case ITEM_LINE:
		put_box(b, "line", item);
		put_paint(b, item, dash_name);
		break;
	case ITEM_BOX:
		put_box(b, "box", item);
		put_paint(b, item, NULL);
		break;
	case ITEM_MARK:
		buf_printf(b, "mark %.1f %.1f", tenths(item->x), tenths(item->y));
		put_paint(b, item, shape_name);
		break;
	}
	buf_putc(b, '\n');
}

static void put_page(struct buf *b, const struct pages *p, size_t i)
{
	const struct page *page = &p->page[i];

	buf_printf(b, "page %zu %.0fx%.0f number=%s\n", i + 1, (double)page->width_pt,
		(double)page->height_pt, page->number ? page->number : "-");
	for (size_t k = 0; k < page->n_item; k++)
		put_item(b, p, &page->item[k]);
}

static void put_field(struct buf *b, const struct pages *p, const struct form_field *field)
{
	buf_printf(b, "field %s page %zu %.1f %.1f %.1f %.1f ", field->name, field->page + 1, tenths(field->x), tenths(field->y),
		tenths(field->x2), tenths(field->y2));
	if (field->size_pt > 0)
		buf_printf(b, "baseline %.1f %.1f %s ", tenths(field->baseline), tenths(field->size_pt),
			face_letters(field->face));
	put_path(b, p, field->element);
	buf_printf(b, ": %s\n", field->tooltip);
}

static void put_record(struct buf *b, const struct record_property *r)
{
	if (r->group)
		buf_printf(b, "record %s[%zu].%s: %s\n", r->group, r->entry, r->name, r->text);
	else
		buf_printf(b, "record %s: %s\n", r->name, r->text);
}

const char *pages_text(const struct pages *p, struct arena *a)
{
	struct buf b = { 0 };
	const char *text;

	buf_printf(&b, "file: %s\n", p->title ? p->title : "");
	for (size_t i = 0; i < p->n_page; i++)
		put_page(&b, p, i);
	for (size_t i = 0; i < p->n_bookmark; i++)
		buf_printf(&b, "bookmark %d page %zu y %.1f: %s\n", p->bookmark[i].level,
			p->bookmark[i].page + 1, (double)p->bookmark[i].y, p->bookmark[i].text);
	for (size_t i = 0; i < p->n_anchor; i++)
		buf_printf(&b, "anchor page %zu %.1f %.1f: %s\n", p->anchor[i].page + 1,
			(double)p->anchor[i].x, (double)p->anchor[i].y,
			block_title(p->anchor[i].block));
	for (size_t i = 0; i < p->n_field; i++)
		put_field(&b, p, &p->field[i]);
	for (size_t i = 0; i < p->n_record; i++)
		put_record(&b, &p->record[i]);
	text = arena_slice(a, b.text ? b.text : "", b.n);
	buf_clear(&b);
	return text;
}
