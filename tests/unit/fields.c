/* Form fields: their boxes against the words and rules around them. */
#include "documents.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const double near = 0.05; /* [pt] */
static const double mm = 72 / 25.4;

static const struct letterhead blank_head = {
	.issuer = { "ỦY BAN NHÂN DÂN", "XÃ MẪU" },
	.n_issuer = 2,
	.number = "Số:           /KH-UBND",
	.number_blank = { 5, 16, "Số của văn bản" },
	.nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
	.motto = "Độc lập - Tự do - Hạnh phúc",
	.place_date = "Mau, ngày      tháng      năm 2026",
	.day_blank = { 10, 16, "Ngày" },
	.month_blank = { 22, 28, "Tháng" },
};

static const struct signature signatures[] = {
	{ { "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH" }, 2, "Nguyễn Văn A", "Chữ ký", "Con dấu" },
	{ { "TM. ỦY BAN MẶT TRẬN TỔ QUỐC", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH" }, 3, "Nguyễn Văn A", "Chữ ký", "Con dấu" },
};

static const struct form_field *find_field(const struct pages *file, const char *name)
{
	for (size_t i = 0; i < file->n_field; i++)
		if (!strcmp(file->field[i].name, name))
			return &file->field[i];
	fail_msg("no field '%s'", name);
	return NULL;
}

static void assert_near(double x, double y)
{
	if (fabs(x - y) > near)
		fail_msg("%.3f is not %.3f", x, y);
}

static const struct glyphs *find_word(const struct page *page, const char *text, const struct item **item)
{
	for (size_t i = 0; i < page->n_item; i++)
		for (size_t k = 0; k < page->item[i].n_glyphs; k++)
			if (!strcmp(page->item[i].glyphs[k].word->text, text)) {
				*item = &page->item[i];
				return &page->item[i].glyphs[k];
			}
	fail_msg("no word '%s'", text);
	return NULL;
}

/* The field reaches from one word to another of the same line and is as high as its type. */
static void assert_blank(struct sheaf *s, const struct form_field *field, const char *before, const char *behind)
{
	const struct page *page = &s->file[0].page[0];
	const struct item *item;
	const struct item *item2;
	const struct glyphs *a = find_word(page, before, &item);
	const struct glyphs *b = find_word(page, behind, &item2);
	double em = fonts_units_per_em(s->fonts);
	double size = (double)item->size_pt;

	assert_int_equal(field->page, 0);
	assert_int_equal(s->file[0].element[field->element].role, ROLE_FORM);
	assert_int_equal(s->file[0].element[field->element].parent, s->file[0].element[item->element].parent);
	assert_true(field->element > item->element);
	assert_near((double)field->x, (double)a->x + a->word->advance * size / em);
	assert_near((double)field->x2, (double)b->x);
	assert_near((double)field->baseline, (double)item->y);
	assert_near((double)field->baseline, (double)item2->y);
	assert_near((double)field->size_pt, size);
	assert_int_equal(field->face, item->face);
	assert_near((double)(field->baseline - field->y), fonts_ascent(s->fonts) / em * size);
	assert_near((double)(field->y2 - field->baseline), fonts_descent(s->fonts) / em * size);
}

static void test_blanks(void **state)
{
	struct sheaf s;

	sheaf_init(&s, *state);
	sheaf_block(&s, BLOCK_LETTERHEAD)->letterhead = &blank_head;
	assert_true(sheaf_layout(&s));
	assert_int_equal(s.file[0].n_field, 3);
	assert_blank(&s, find_field(&s.file[0], "number"), "Số:", "/KH-UBND");
	assert_blank(&s, find_field(&s.file[0], "date"), "ngày", "tháng");
	assert_blank(&s, find_field(&s.file[0], "month"), "tháng", "năm");
	assert_string_equal(find_field(&s.file[0], "month")->tooltip, "Tháng");
	assert_int_equal(find_field(&s.file[0], "date")->kind, FORM_DATE);
	assert_int_equal(find_field(&s.file[0], "date")->max_chars, 2);
	assert_int_equal(find_field(&s.file[0], "number")->max_chars, 7);
	sheaf_clear(&s);
}

/* A blank without a name is no field: that of a draft. */
static void test_no_names(void **state)
{
	struct letterhead head = blank_head;
	struct foot foot = { .signature = &(struct signature){ { "CHỦ TỊCH" }, 1, "Nguyễn Văn A", NULL, NULL }, .n_signature = 1 };
	struct sheaf s;

	head.number_blank.name = head.day_blank.name = head.month_blank.name = NULL;
	sheaf_init(&s, *state);
	sheaf_block(&s, BLOCK_LETTERHEAD)->letterhead = &head;
	sheaf_block(&s, BLOCK_FOOT)->foot = &foot;
	assert_true(sheaf_layout(&s));
	assert_int_equal(s.file[0].n_field, 0);
	for (size_t i = 0; i < s.file[0].n_element; i++)
		assert_int_not_equal(s.file[0].element[i].role, ROLE_FORM);
	sheaf_clear(&s);
}

/* Place and date take two lines, and the second begins behind the blank: the field is as wide as its spaces. */
static void test_blank_at_line_end(void **state)
{
	struct style style = nd30;
	struct letterhead head = blank_head;
	const struct form_field *field = NULL;
	const struct item *line;
	const struct item *next;
	struct sheaf s;

	head.day_blank.name = head.number_blank.name = NULL;
	style.keep_before_number = NULL;
	sheaf_init(&s, *state);
	s.document.style = &style;
	sheaf_block(&s, BLOCK_LETTERHEAD)->letterhead = &head;
	for (double right = 20; right < 120; right += 1) {
		style.portrait.right_mm = right;
		assert_true(sheaf_layout(&s));
		field = find_field(&s.file[0], "month");
		find_word(&s.file[0].page[0], "tháng", &line);
		find_word(&s.file[0].page[0], "năm", &next);
		if (next->y > line->y)
			break;
	}
	assert_true(next->y > line->y);
	assert_near((double)field->baseline, (double)line->y);
	assert_near((double)field->x, item_end(line, *state));
	assert_near((double)(field->x2 - field->x), 6 * fonts_width_pt(s.fonts, FACE_ITALIC, 13, " "));
	sheaf_clear(&s);
}

static const struct page *foot_page(struct sheaf *s, const struct foot *foot)
{
	sheaf_paragraph(s, "Văn bản./.");
	sheaf_block(s, BLOCK_FOOT)->foot = foot;
	assert_true(sheaf_layout(s));
	return &s->file[0].page[0];
}

/* Between title and name, in the middle of both; the seal in its own size over a third of it. */
static void test_signature(void **state)
{
	static const struct recipient recipient = { "- Lưu: VT." };
	static const struct foot foot = { "Nơi nhận:", &recipient, 1, signatures, 1 };
	struct sheaf s;
	const struct page *page;
	const struct form_field *signer;
	const struct form_field *seal;
	const struct item *title;
	const struct item *name;

	sheaf_init(&s, *state);
	page = foot_page(&s, &foot);
	title = page_find(page, "CHỦ TỊCH", &s.arena);
	name = page_find(page, "Nguyễn Văn A", &s.arena);
	signer = find_field(&s.file[0], "signer");
	seal = find_field(&s.file[0], "seal");
	assert_int_equal(s.file[0].n_field, 2);
	assert_near((double)(signer->y2 - signer->y), 25 * mm);
	assert_true(signer->y > title->y && signer->y < title->y + 5);
	assert_true(signer->y2 < name->y - 8 && signer->y2 > name->y - 14);
	assert_near((double)(signer->x + signer->x2), (double)title->x + item_end(title, *state));
	assert_near((double)(signer->x2 - signer->x), 60 * mm);
	assert_near((double)(seal->x2 - seal->x), 36 * mm);
	assert_near((double)(seal->y2 - seal->y), 36 * mm);
	assert_near((double)(seal->y2 + seal->y), (double)(signer->y2 + signer->y));
	assert_near((double)(seal->x2 - signer->x), 0.333 * (double)(signer->x2 - signer->x));
	assert_true(title->element < signer->element);
	assert_true(signer->element < seal->element);
	assert_true(seal->element < name->element);
	sheaf_clear(&s);
}

/* Side by side: each in its own column, in the order they are read. */
static void test_joint_signatures(void **state)
{
	static const struct foot foot = { .signature = signatures, .n_signature = 2 };
	static const char *const names[] = { "signer", "seal", "signer2", "seal2" };
	struct sheaf s;
	const struct form_field *field;

	sheaf_init(&s, *state);
	foot_page(&s, &foot);
	assert_int_equal(s.file[0].n_field, 4);
	field = s.file[0].field;
	for (size_t i = 0; i < 4; i++) {
		assert_string_equal(field[i].name, names[i]);
		assert_true(!i || field[i].element > field[i - 1].element);
	}
	assert_true(field[0].x2 < field[2].x);
	assert_true(field[0].y < field[2].y); /* its title has a line less */
	assert_near((double)field[0].y2, (double)field[2].y2);
	sheaf_clear(&s);
}

/* Where timestamps are wanted, one unseen field for each that is seen, behind them all. */
static void test_timestamps(void **state)
{
	static const struct foot foot = { .signature = signatures, .n_signature = 2 };
	static const char *const names[] = { "signer", "seal", "signer2", "seal2", "timestamp", "timestamp2", "timestamp3", "timestamp4" };
	struct sheaf s;
	const struct form_field *field;

	sheaf_init(&s, *state);
	s.document.stamping = "Dấu thời gian";
	foot_page(&s, &foot);
	assert_int_equal(s.file[0].n_field, 8);
	field = s.file[0].field;
	for (size_t i = 0; i < 8; i++) {
		assert_string_equal(field[i].name, names[i]);
		assert_true(!i || field[i].element > field[i - 1].element);
		assert_int_equal(field[i].kind == FORM_TIMESTAMP, field[i].x2 <= field[i].x && field[i].y2 <= field[i].y);
		assert_int_equal(field[i].page, 0);
	}
	assert_string_equal(field[4].tooltip, "Dấu thời gian");
	sheaf_clear(&s);
}

/* In the top margin of the first page, at the right; nothing else moves. */
static void test_issue(void **state)
{
	struct sheaf s;
	struct sheaf plain;
	const struct form_field *field;

	sheaf_init(&s, *state);
	sheaf_paragraph(&s, "Văn bản./.");
	sheaf_part(&s, true, true);
	s.part[1].issuing = "Chữ ký";
	sheaf_paragraph(&s, "Phụ lục");
	sheaf_init(&plain, *state);
	sheaf_paragraph(&plain, "Văn bản./.");
	sheaf_part(&plain, true, true);
	sheaf_paragraph(&plain, "Phụ lục");
	assert_true(sheaf_layout(&s));
	assert_true(sheaf_layout(&plain));
	assert_int_equal(s.file[0].n_field, 0);
	assert_int_equal(s.file[1].n_field, 1);
	field = find_field(&s.file[1], "issue");
	assert_int_equal(field->page, 0);
	assert_near((double)field->y, 9 * mm);
	assert_true((double)field->y2 < 20 * mm);
	assert_near((double)field->x2, (297 - 20) * mm);
	assert_near((double)field->size_pt, 10);
	assert_true(field->baseline > field->y && field->baseline < (field->y + field->y2) / 2);
	assert_near((double)s.file[1].page[0].item[0].y, (double)plain.file[1].page[0].item[0].y);
	assert_true(field->element < s.file[1].page[0].item[0].element);
	sheaf_clear(&plain);
	sheaf_clear(&s);
}

static int open_fonts(void **state)
{
	struct diags d = { 0 };

	*state = fonts_open(NULL, &d);
	diags_clear(&d);
	return *state ? 0 : -1;
}

static int close_fonts(void **state)
{
	fonts_close(*state);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_blanks),
		cmocka_unit_test(test_no_names),
		cmocka_unit_test(test_blank_at_line_end),
		cmocka_unit_test(test_signature),
		cmocka_unit_test(test_joint_signatures),
		cmocka_unit_test(test_timestamps),
		cmocka_unit_test(test_issue),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
