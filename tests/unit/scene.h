/* scene: two pages made by hand, for the tests of what paints them: a heading, paragraphs, a link, a table, artifacts. */
#ifndef UNIT_SCENE_H
#define UNIT_SCENE_H

#include "layout/pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ITEMS = 32, ELEMENTS = 16 };

/* No more of a colour profile than its header and a table of one tag. */
static const unsigned char scene_profile[160] = { [3] = 160, [8] = 2, [12] = 'm', [13] = 'n', [14] = 't', [15] = 'r', [16] = 'R', [17] = 'G',
	[18] = 'B', [19] = ' ', [36] = 'a', [37] = 'c', [38] = 's', [39] = 'p', [131] = 1, [139] = 144, [143] = 16 };

#define VIETNAMESE "KẾ HOẠCH: Đường ở Bắc Sơn (tỷ lệ 25,28% – “hộ nghèo”);"
#define MARKS "ẵ Ỹ ợ đ Ð µ μ Ω Ω ² ‰ ₫ ‑ ‐ - – — … office, fi-nal, AV To" /* look-alikes stay apart */

struct scene {
	struct arena arena;
	struct diags diags;
	struct fonts *fonts;
	struct document document;
	struct pages pages;
	struct page page[2];
	struct item item[2][ITEMS];
	struct element element[ELEMENTS];
	struct bookmark bookmark[2];
	struct anchor anchor[1];
	struct block target;
	struct archive archive;
};

static inline void put_text(struct scene *s, size_t i_page, int element, float y, const char *text)
{
	struct page *page = &s->page[i_page];
	struct glyphs *glyphs = ARENA_ARRAY(&s->arena, strlen(text) + 1, struct glyphs);
	size_t n = 0;
	double x = 85;

	while (*text) {
		size_t length = *text == ' ' ? 1 : strcspn(text, " ");
		const struct word *word = fonts_word(s->fonts, FACE_REGULAR, text, length,
			(struct origin){ 0 }, &s->diags);

		assert_non_null(word);
		glyphs[n++] = (struct glyphs){ word, (float)x };
		x += word->advance * 14.0 / fonts_units_per_em(s->fonts);
		text += length;
	}
	assert_true(page->n_item < ITEMS);
	page->item[page->n_item++] = (struct item){
		.kind = ITEM_TEXT,
		.element = element,
		.x = 85,
		.y = y,
		.size_pt = 14,
		.glyphs = glyphs,
		.n_glyphs = n,
	};
}

static inline int add_element(struct scene *s, enum role role, int parent)
{
	size_t i = s->pages.n_element++;

	assert_true(i < ELEMENTS);
	s->element[i] = (struct element){ .role = role, .parent = parent, .level = 1 };
	return (int)i;
}

/* A cell below the header of its table. */
static inline int add_cell(struct scene *s, int row, int head)
{
	int *header = ARENA_ARRAY(&s->arena, 1, int);
	int cell = add_element(s, ROLE_DATA_CELL, row);

	*header = head;
	s->element[cell].header = header;
	s->element[cell].n_header = 1;
	return cell;
}

static inline void put_table(struct scene *s)
{
	int table = add_element(s, ROLE_TABLE, 0);
	int row = add_element(s, ROLE_ROW, table);
	int head = add_element(s, ROLE_HEADER_CELL, row);
	int row2 = add_element(s, ROLE_ROW, table);
	int cell;

	s->element[head].columns = 2;
	s->element[head].scope = SCOPE_COLUMN;
	add_cell(s, row2, head); /* blank */
	cell = add_cell(s, row2, head);
	put_text(s, 1, head, 300, "Số hộ");
	put_text(s, 1, cell, 320, "2.737");
}

static inline void put_pages(struct scene *s)
{
	int root = add_element(s, ROLE_DOCUMENT, -1);
	int heading = add_element(s, ROLE_HEADING, root);
	int paragraph = add_element(s, ROLE_PARAGRAPH, root);
	int long_paragraph;
	int link;

	put_text(s, 0, heading, 100, "I. MỤC TIÊU");
	put_text(s, 0, paragraph, 120, VIETNAMESE);
	put_text(s, 0, paragraph, 130, MARKS);
	link = add_element(s, ROLE_LINK, paragraph);
	put_text(s, 0, link, 140, "Phụ lục I");
	s->item[0][s->page[0].n_item++] = (struct item){
		.kind = ITEM_LINK, .element = link, .x = 85, .y = 128, .x2 = 140, .y2 = 144, .target = &s->target,
	};
	put_text(s, 0, paragraph, 140, " kèm theo Kế hoạch này."); /* goes on behind its link */
	put_text(s, 0, ARTIFACT, 50, "1");
	s->item[0][s->page[0].n_item++] = (struct item){
		.kind = ITEM_RULE, .element = ARTIFACT, .x = 85, .y = 150, .x2 = 400, .y2 = 150, .thickness_pt = 0.5F,
	};
	long_paragraph = add_element(s, ROLE_PARAGRAPH, root);
	put_text(s, 0, long_paragraph, 780, "đoạn văn sang");
	put_text(s, 1, ARTIFACT, 50, "2");
	put_text(s, 1, long_paragraph, 80, "trang sau.");
	put_table(s);
	s->bookmark[0] = (struct bookmark){ "I. MỤC TIÊU", 1, 0, 90, &s->target };
	s->bookmark[1] = (struct bookmark){ "1. Chung", 2, 1, 70, &s->target };
	s->anchor[0] = (struct anchor){ &s->target, 1, 85, 290 };
}

static inline int open_scene(void **state)
{
	struct scene *s = calloc(1, sizeof *s);

	assert_non_null(s);
	s->fonts = fonts_open(NULL, &s->diags);
	assert_non_null(s->fonts);
	s->document = (struct document){
		.job = "thu",
		.title = "Kế hoạch thử",
		.author = "UBND phường Bắc Sơn",
		.date = { 2023, 3, 9 },
		.archive = &s->archive,
	};
	s->archive = (struct archive){ (const char *)scene_profile, sizeof scene_profile, "sRGB", { "Đi đến ", "" }, "Đi đến chỗ khác" };
	s->target.bookmark = "I. MỤC TIÊU";
	for (size_t i = 0; i < 2; i++)
		s->page[i] = (struct page){ .width_pt = 595.28F, .height_pt = 841.89F, .item = s->item[i] };
	s->pages = (struct pages){
		.document = &s->document,
		.title = "Kế hoạch thử",
		.page = s->page,
		.n_page = 2,
		.element = s->element,
		.bookmark = s->bookmark,
		.n_bookmark = 2,
		.anchor = s->anchor,
		.n_anchor = 1,
	};
	put_pages(s);
	*state = s;
	return 0;
}

static inline int close_scene(void **state)
{
	struct scene *s = *state;

	fonts_close(s->fonts);
	diags_clear(&s->diags);
	arena_clear(&s->arena);
	free(s);
	return 0;
}

#endif
