#include "layout/layout.h"

#include <stdlib.h>
#include <string.h>

enum { ELEMENTS_OF_BLOCK = 3, ELEMENTS_BESIDE = 32 }; /* usual numbers */

/* Text widths need the fonts' own measures; a space that is not there would be a broken font. */
static bool flow_open(struct flow *f)
{
	f->em = fonts_units_per_em(f->fonts);
	f->ascent = fonts_ascent(f->fonts) / f->em;
	f->descent = fonts_descent(f->fonts) / f->em;
	for (int i = 0; i < FACES; i++) {
		f->space[i] = fonts_word(f->fonts, (enum face)i, " ", 1, (struct origin){ 0 },
			f->diags);
		if (!f->space[i])
			return false;
	}
	return true;
}

static void flow_close(struct flow *f)
{
	free(f->galley.atom);
	free(f->cells.atom);
	free(f->cut.atom);
	free(f->way);
	free(f->line);
	free(f->item);
	free(f->slab);
	free(f->mark);
	free(f->field_slab);
	free(f->figure);
}

static void frame_of(struct flow *f, const struct page_style *page)
{
	f->page_width = page->width_mm * PT_PER_MM;
	f->page_height = page->height_mm * PT_PER_MM;
	f->left = page->left_mm * PT_PER_MM;
	f->width = f->page_width - f->left - page->right_mm * PT_PER_MM;
	f->top = page->top_mm * PT_PER_MM;
	f->bottom = f->page_height - page->bottom_mm * PT_PER_MM;
}

static void part_set(struct flow *f, const struct part *part)
{
	frame_of(f, part->landscape ? &f->style->landscape : &f->style->portrait);
	f->n_item = f->n_slab = f->n_mark = f->n_field_slab = f->n_figure = 0;
	f->heading_base = f->heading_level = 0;
	f->section_level = 0;
	f->gap_below = 0;
	f->n_list = 0;
	f->parent = part == f->document->part ? 0 : element_new(f, ROLE_PART, 0);
	if (part->separate && part->issuing)
		issue_set(f, part->issuing);
	for (size_t i = 0, n; i < part->n_block; i += n) {
		n = charts_beside(f, &part->block[i], part->n_block - i);
		f->next = i + n < part->n_block ? &part->block[i + n] : NULL;
		if (n > 1)
			charts_set(f, &part->block[i], n);
		else
			block_set(f, &part->block[i]);
	}
	paginate(f);
}

static bool is_of_file(const struct part *part, const struct part *only)
{
	return only ? part == only : !part->separate;
}

/* About as many as the file's parts need. */
static size_t count_elements(const struct document *doc, const struct part *only)
{
	size_t n = ELEMENTS_BESIDE;

	for (size_t i = 0; i < doc->n_part; i++) {
		const struct part *part = &doc->part[i];

		for (size_t k = 0; is_of_file(part, only) && k < part->n_block; k++) {
			const struct grid_table *t = part->block[k].table;

			n += ELEMENTS_OF_BLOCK;
			if (t)
				n += t->n_header_cell + (t->n_row + 1) * (t->n_column + 1);
		}
	}
	return n;
}

/* only: the part of a file of its own; NULL: all the others. */
static void file_set(struct flow *f, const struct part *only, struct pages *pages)
{
	const struct document *doc = f->document;

	f->only = only;
	f->pages = pages;
	f->cap_page = f->cap_bookmark = f->cap_anchor = f->cap_field = 0;
	f->bookmark_level = 0;
	*pages = (struct pages){ .document = doc,
		.title = only && only->title ? only->title : doc->title };
	f->cap_element = count_elements(doc, only);
	pages->element = ARENA_ARRAY(f->arena, f->cap_element, struct element);
	element_new(f, ROLE_DOCUMENT, -1);
	for (size_t i = 0; i < doc->n_part; i++)
		if (is_of_file(&doc->part[i], only))
			part_set(f, &doc->part[i]);
}

/* The document's record, with the pages of all its files, in each of them. */
static void record_put(struct flow *f, struct pages *files, size_t n_file)
{
	const struct document *doc = f->document;
	struct record_property *record = ARENA_ARRAY(f->arena, doc->n_record + 1, struct record_property);
	size_t n = 0;
	const char *pages;

	for (size_t i = 0; i < n_file; i++)
		n += files[i].n_page;
	pages = arena_printf(f->arena, "%zu", n);
	for (size_t i = 0; i < doc->n_record; i++)
		record[i] = doc->record[i];
	record[doc->n_record] = (struct record_property){ NULL, 0, doc->page_property, pages };
	for (size_t i = 0; i < n_file; i++) {
		files[i].record = record;
		files[i].n_record = doc->n_record + (doc->page_property != NULL);
	}
	if (doc->page_property && strlen(pages) > doc->page_digits)
		diag_error(f->diags, doc->part->block->at, "record",
			"the document has %zu pages, but the archive takes a number of at most %zu digits; print fewer tables in it",
			n, doc->page_digits);
}

/* [pt] The page has left, if it is the only one. */
static double free_room(const struct flow *f)
{
	const struct slab *last = f->n_slab ? &f->slab[f->n_slab - 1] : NULL;

	return f->pages->n_page == 1 && last ? f->bottom - last->y - last->height : 0;
}

/* Whether a chart of the file wants to be higher than that. */
static bool file_lacks(struct flow *f, const struct part *only, double height_pt)
{
	const struct document *doc = f->document;
	double lack = 0;

	f->chart_least = height_pt;
	for (size_t i = 0; i < doc->n_part; i++)
		if (is_of_file(&doc->part[i], only))
			lack += charts_lack(f, &doc->part[i]);
	return lack > 0;
}

/* Sets the file with charts of that height, to see what its page leaves free for them. Whether it has only one. */
static bool file_try(struct flow *f, const struct part *only, double height_pt, struct pages *pages)
{
	bool quiet = f->diags->quiet;

	f->chart_least = height_pt;
	f->chart_room = 0;
	f->diags->quiet = true;
	file_set(f, only, pages);
	f->diags->quiet = quiet;
	f->chart_room = free_room(f);
	return pages->n_page == 1;
}

/* Charts that cannot show all bars at their usual height take what a file of one page leaves free; where the file fits one page only
 * with lower charts, they shrink, by no more than it lacks. */
static void file_fit(struct flow *f, const struct part *only, struct pages *pages)
{
	double usual = f->style->chart.height_mm * PT_PER_MM;
	double least = f->style->chart.height_least_mm * PT_PER_MM;

	f->chart_room = 0;
	if (!file_lacks(f, only, least) || (!file_try(f, only, usual, pages) && (least >= usual || !file_try(f, only, least, pages))))
		f->chart_least = usual;
	file_set(f, only, pages);
}

bool layout(const struct document *doc, struct fonts *fonts, struct arena *a, struct pages **files,
	size_t *n_file, struct diags *d)
{
	struct flow f = {
		.document = doc, .style = doc->style, .fonts = fonts, .arena = a, .diags = d
	};
	size_t errors = d->n_error;
	size_t n = 1;

	if (!flow_open(&f))
		return false;
	for (size_t i = 0; i < doc->n_part; i++)
		n += doc->part[i].separate;
	*files = ARENA_ARRAY(a, n, struct pages);
	file_fit(&f, NULL, *files);
	*n_file = 1;
	for (size_t i = 0; i < doc->n_part; i++)
		if (doc->part[i].separate)
			file_fit(&f, &doc->part[i], &(*files)[(*n_file)++]);
	record_put(&f, *files, *n_file);
	flow_close(&f);
	return d->n_error == errors;
}
