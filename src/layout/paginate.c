#include "layout/layout.h"

enum { ITEMS_BESIDE = 4 }; /* number, draft and a rule of a page */

static const double tolerance = 0.01; /* [pt] */

/* A page being filled. */
struct sheet {
	struct flow *flow;
	struct page *page;
	size_t cap;
	double y;
	const struct table_frame *frame; /* table whose rows are being placed */
	double frame_top;
};

static bool repeats_head(const struct slab *slab)
{
	return slab->frame && slab->frame->repeats;
}

static double head_height(const struct slab *first)
{
	return repeats_head(first) ? first->frame->continued_height + first->frame->head_height : 0;
}

/* Behind the slabs that go on the page that begins with the one at start. */
static size_t page_end(const struct flow *f, size_t start)
{
	double y = f->top + head_height(&f->slab[start]);
	size_t end;
	size_t kept;

	for (end = start; end < f->n_slab; end++) {
		const struct slab *slab = &f->slab[end];

		y += (end > start ? slab->gap : 0) + slab->height;
		if (y > f->bottom + tolerance)
			break;
	}
	if (end == f->n_slab)
		return end;
	for (kept = end; kept > start && f->slab[kept - 1].keep; kept--)
		;
	if (kept > start)
		return kept;
	return end > start ? end : start + 1;
}

static struct item *sheet_item(struct sheet *sheet)
{
	return ARENA_PUSH(sheet->flow->arena, sheet->page->item, sheet->page->n_item, &sheet->cap);
}

static void items_put(struct sheet *sheet, size_t first, size_t n, bool repeated)
{
	for (size_t i = first; i < first + n; i++) {
		struct item *item = sheet_item(sheet);

		*item = sheet->flow->item[i];
		item->y += (float)sheet->y;
		item->y2 += (float)sheet->y;
		if (repeated)
			item->element = ARTIFACT;
	}
}

static void frame_open(struct sheet *sheet, const struct table_frame *frame)
{
	sheet->frame = frame;
	sheet->frame_top = sheet->y;
}

/* The upright rules beside the rows of this page. */
static void frame_close(struct sheet *sheet)
{
	const struct table_frame *frame = sheet->frame;

	sheet->frame = NULL;
	for (size_t i = 0; frame && i < frame->n_edge; i++)
		*sheet_item(sheet) = (struct item){
			.kind = ITEM_RULE,
			.element = ARTIFACT,
			.x = (float)frame->edge[i],
			.x2 = (float)frame->edge[i],
			.y = (float)sheet->frame_top,
			.y2 = (float)sheet->y,
			.thickness_pt = (float)sheet->flow->style->table_rule_pt,
		};
}

/* The head of a table that goes on from the page before; without one, the rule above its first
 * row. */
static void head_put(struct sheet *sheet, const struct slab *first)
{
	const struct table_frame *frame = first->frame;

	if (repeats_head(first)) {
		items_put(sheet, frame->continued, frame->n_continued, true);
		sheet->y += frame->continued_height;
		items_put(sheet, frame->head, frame->n_head, true);
		sheet->y += frame->head_height;
	} else if (frame) {
		*sheet_item(sheet) = (struct item){
			.kind = ITEM_RULE,
			.element = ARTIFACT,
			.x = (float)frame->edge[0],
			.x2 = (float)frame->edge[frame->n_edge - 1],
			.y = (float)sheet->y,
			.y2 = (float)sheet->y,
			.thickness_pt = (float)sheet->flow->style->table_rule_pt,
		};
	}
}

static void slabs_put(struct sheet *sheet, size_t start, size_t end)
{
	struct flow *f = sheet->flow;

	head_put(sheet, &f->slab[start]);
	for (size_t i = start; i < end; i++) {
		struct slab *slab = &f->slab[i];

		if (slab->frame != sheet->frame) {
			frame_close(sheet);
			frame_open(sheet, slab->frame);
		}
		sheet->y += i > start ? slab->gap : 0;
		slab->page = f->pages->n_page - 1;
		slab->y = sheet->y;
		items_put(sheet, slab->item, slab->n_item, false);
		sheet->y += slab->height;
	}
	frame_close(sheet);
}

/* ---- what stands on each page ---- */

/* A plain text in the middle of x, as an artifact. */
static void artifact_put(struct sheet *sheet, const char *s, enum face face, double size_pt,
	double x, double y, enum item_kind kind)
{
	struct flow *f = sheet->flow;
	struct text t;
	struct glyphs *glyphs;
	size_t before = f->n_item;
	struct line line = { .last = true };
	struct measure m = { .left = x, .size_pt = size_pt, .setting = SET_CENTRED };

	galley_clear(&f->galley);
	text_put(f, &f->galley, s, face, ARTIFACT, &(struct origin){ 0 });
	t = text_end(&f->galley);
	line.end = t.n;
	line.natural = t.whole;
	glyphs = glyphs_new(f, &t);
	line_set(f, &t, &line, &m, 0, y, &glyphs);
	for (size_t i = before; i < f->n_item; i++) {
		f->item[i].kind = kind;
		*sheet_item(sheet) = f->item[i];
	}
	f->n_item = before;
}

/* Across the middle of the page, below the text; the painter turns it around its item's x, y. */
static void draft_put(struct sheet *sheet)
{
	struct flow *f = sheet->flow;
	size_t i = sheet->page->n_item;
	double x = f->page_width / 2;
	double y = f->page_height / 2;

	if (!f->document->draft)
		return;
	artifact_put(sheet, f->document->draft, FACE_BOLD, f->style->draft_pt, x, y, ITEM_DRAFT);
	if (i < sheet->page->n_item) {
		sheet->page->item[i].x = (float)x;
		sheet->page->item[i].y = (float)y;
	}
}

static void number_put(struct sheet *sheet, size_t number)
{
	struct flow *f = sheet->flow;
	double size = f->style->page_number_pt;
	double y = f->style->page_number_from_top_mm * PT_PER_MM + f->ascent * size;

	if (number == 1)
		return;
	sheet->page->number = arena_printf(f->arena, "%zu", number);
	artifact_put(sheet, sheet->page->number, FACE_REGULAR, size, f->left + f->width / 2, y,
		ITEM_TEXT);
}

static struct page *page_new(struct flow *f)
{
	struct page *page = ARENA_PUSH(f->arena, f->pages->page, f->pages->n_page, &f->cap_page);

	*page = (struct page){ .width_pt = (float)f->page_width,
		.height_pt = (float)f->page_height };
	return page;
}

/* On the page of these slabs. */
static size_t count_items(const struct flow *f, size_t start, size_t end)
{
	const struct table_frame *frame = start < end ? f->slab[start].frame : NULL;
	size_t n = ITEMS_BESIDE + (frame ? frame->n_continued + frame->n_head + frame->n_edge : 0);

	for (size_t i = start; i < end; i++) {
		n += f->slab[i].n_item;
		if (f->slab[i].frame && f->slab[i].frame != frame)
			n += f->slab[i].frame->n_edge;
		frame = f->slab[i].frame;
	}
	return n;
}

static void page_put(struct flow *f, size_t start, size_t end, size_t number)
{
	struct sheet sheet = { .flow = f, .page = page_new(f), .y = f->top };

	sheet.cap = count_items(f, start, end);
	sheet.page->item = ARENA_ARRAY(f->arena, sheet.cap, struct item);
	draft_put(&sheet);
	number_put(&sheet, number);
	if (start < end)
		slabs_put(&sheet, start, end);
}

/* ---- bookmarks and anchors ---- */

static bool is_anchor(const struct block *block)
{
	return block->kind == BLOCK_TABLE || block->kind == BLOCK_APPENDIX;
}

static struct anchor *anchor_new(struct flow *f)
{
	return ARENA_PUSH(f->arena, f->pages->anchor, f->pages->n_anchor, &f->cap_anchor);
}

static struct bookmark *bookmark_new(struct flow *f)
{
	return ARENA_PUSH(f->arena, f->pages->bookmark, f->pages->n_bookmark, &f->cap_bookmark);
}

static void marks_put(struct flow *f)
{
	for (size_t i = 0; i < f->n_mark; i++) {
		const struct mark *mark = &f->mark[i];
		const struct slab *slab;

		if (mark->slab >= f->n_slab)
			continue;
		slab = &f->slab[mark->slab];
		if (is_anchor(mark->block))
			*anchor_new(f) = (struct anchor){
				mark->block, slab->page, (float)mark->x, (float)slab->y };
		if (mark->bookmark)
			*bookmark_new(f) = (struct bookmark){ mark->bookmark, mark->level,
				slab->page, (float)slab->y, mark->block };
	}
}

void paginate(struct flow *f)
{
	size_t start = 0;
	size_t number = 1;
	size_t first_page = f->pages->n_page;

	do {
		size_t end = start < f->n_slab ? page_end(f, start) : start;

		page_put(f, start, end, number++);
		start = end;
	} while (start < f->n_slab);
	marks_put(f);
	fields_put(f, first_page);
	figures_put(f);
}
