/* rendered: a small table, and a document around it, made by hand for the tests of the backends. */
#ifndef UNIT_RENDERED_H
#define UNIT_RENDERED_H

#include "compose/document.h"

#include <string.h>

enum { SAMPLE_COLUMNS = 5, SAMPLE_ROWS = 4 };

struct sample {
	struct style style;
	struct grid_column column[SAMPLE_COLUMNS];
	struct grid_cell cell[SAMPLE_ROWS * SAMPLE_COLUMNS];
	struct formula_token token[SAMPLE_ROWS][4];
	struct grid_table table;
	const struct grid_table *sheet[3];
	struct run run[8];
	struct block block[12];
	struct letterhead letterhead;
	struct title title;
	struct title appendix;
	struct recipient recipient[2];
	struct signature signature;
	struct foot foot;
	struct part part[2];
	struct document document;
};

static const struct header_cell sample_header[] = {
	{ "TT", 0, 0, 2, 1 },
	{ "Đơn vị", 0, 1, 2, 1 },
	{ "Số hộ", 0, 2, 2, 1 },
	{ "Hộ nghèo đầu năm 2023", 0, 3, 1, 2 },
	{ "Số hộ", 1, 3, 1, 1 },
	{ "Tỷ lệ (%)", 1, 4, 1, 1 },
};
static const char *const sample_numbering[] = { "1", "2", "3", "4", "5=4/3" };
static const enum grid_row_kind sample_kind[] = { GRID_LEAF, GRID_LEAF, GRID_LEAF, GRID_TOTAL };
static const char *const sample_key[] = { "tdp 1", "tdp 2", "tdp 3", "total" };
static const char *const sample_note[] = { "Ghi chú: số liệu tại thời điểm lập kế hoạch." };

static inline void sample_cell(struct sample *s, size_t row, size_t column, const char *text, enum figure_state state,
	int64_t num, int64_t den)
{
	s->cell[row * SAMPLE_COLUMNS + column] = (struct grid_cell){
		.text = text,
		.x = { num, den },
		.state = state,
	};
}

/* =D*100/C of that row. */
static inline void sample_formula(struct sample *s, size_t row)
{
	struct formula_token *token = s->token[row];

	token[0] = (struct formula_token){ .kind = FORMULA_CELL, .row = (unsigned)row, .column = 3 };
	token[1] = (struct formula_token){ .kind = FORMULA_TEXT, .text = "*100/" };
	token[2] = (struct formula_token){ .kind = FORMULA_CELL, .row = (unsigned)row, .column = 2 };
	s->cell[row * SAMPLE_COLUMNS + 4].token = token;
	s->cell[row * SAMPLE_COLUMNS + 4].n_token = 3;
}

static inline void sample_rows(struct sample *s)
{
	static const char *const number[] = { "1", "2", "3", "" };
	static const char *const name[] = { "Tổ dân phố 1", "=Tổ dân phố 2", "Tổ dân phố 3", "Cộng" };

	for (size_t r = 0; r < SAMPLE_ROWS; r++) {
		sample_cell(s, r, 0, number[r], FIGURE_OK, 0, 1);
		sample_cell(s, r, 1, name[r], FIGURE_OK, 0, 1);
	}
	sample_cell(s, 0, 2, "1.200", FIGURE_OK, 1200, 1);
	sample_cell(s, 0, 3, "07", FIGURE_OK, 7, 1);
	sample_cell(s, 1, 2, "0", FIGURE_OK, 0, 1);
	sample_cell(s, 1, 3, "0", FIGURE_OK, 0, 1);
	sample_cell(s, 2, 2, "", FIGURE_MISSING, 0, 1);
	sample_cell(s, 2, 3, "[c]", FIGURE_CONFIDENTIAL, 0, 1);
	sample_cell(s, 3, 2, "1.200", FIGURE_OK, 1200, 1);
	sample_cell(s, 3, 3, "07", FIGURE_OK, 7, 1);
	s->token[3][3] = (struct formula_token){ .kind = FORMULA_RANGE, .row = 0, .row_last = 2, .column = 2 };
	s->cell[3 * SAMPLE_COLUMNS + 2].token = &s->token[3][3];
	s->cell[3 * SAMPLE_COLUMNS + 2].n_token = 1;
	sample_cell(s, 0, 4, "0,58", FIGURE_OK, 7, 12);
	sample_cell(s, 1, 4, "-", FIGURE_NOT_APPLICABLE, 0, 1);
	sample_cell(s, 2, 4, "", FIGURE_MISSING, 0, 1);
	sample_cell(s, 3, 4, "0,58", FIGURE_OK, 7, 12);
	for (size_t r = 0; r < SAMPLE_ROWS; r++)
		sample_formula(s, r);
}

static inline void sample_table(struct sample *s)
{
	static const struct grid_column column[] = {
		{ "no", ALIGN_CENTRE, "@", "@", NULL, false, false },
		{ "area", ALIGN_LEFT, "@", "@", NULL, false, false },
		{ "households", ALIGN_RIGHT, "#,##0", "#,##0", "hộ", true, false },
		{ "poor", ALIGN_RIGHT, "00", "000", "hộ", true, false },
		{ "rate", ALIGN_RIGHT, "#,##0.00", "#,##0.00", "%", true, false },
	};

	memcpy(s->column, column, sizeof column);
	sample_rows(s);
	s->run[0] = (struct run){ .text = "Bảng 1. Hộ nghèo", .flags = RUN_BOLD };
	s->table = (struct grid_table){
		.id = "poor",
		.caption = { &s->run[0], 1 },
		.title = "Biểu tổng hợp hộ nghèo năm 2023/2024",
		.unit_line = "Đơn vị tính: hộ",
		.n_header = 2,
		.header = sample_header,
		.n_header_cell = sizeof sample_header / sizeof *sample_header,
		.numbering = sample_numbering,
		.column = s->column,
		.n_column = SAMPLE_COLUMNS,
		.stub = 2,
		.cell = s->cell,
		.row_kind = sample_kind,
		.row_key = sample_key,
		.n_row = SAMPLE_ROWS,
		.note = sample_note,
		.n_note = 1,
	};
}

static inline void sample_blocks(struct sample *s)
{
	s->run[1] = (struct run){ .text = "Giảm nghèo năm 2023" };
	s->run[2] = (struct run){ .text = "MỤC TIÊU", .flags = RUN_BOLD };
	s->run[3] = (struct run){ .text = "Phấn đấu giảm " };
	s->run[4] = (struct run){ .text = "07", .flags = RUN_FIGURE };
	s->run[5] = (struct run){ .text = " hộ nghèo." };
	s->run[6] = (struct run){ .text = "SỐ LIỆU", .flags = RUN_BOLD };
	s->letterhead = (struct letterhead){ .parent = "THÀNH PHỐ SẦM SƠN", .issuer = { "ỦY BAN NHÂN DÂN", "PHƯỜNG BẮC SƠN" }, .n_issuer = 2,
		.number = "Số: 66/KH-UBND", .nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
		.motto = "Độc lập - Tự do - Hạnh phúc", .place_date = "Bắc Sơn, ngày 09 tháng 3 năm 2023" };
	s->title = (struct title){ "KẾ HOẠCH", { &s->run[1], 1 }, NULL };
	s->appendix = (struct title){ "Phụ lục I", { &s->run[6], 1 }, "(Kèm theo Kế hoạch số 66/KH-UBND)" };
	s->recipient[0].text = "- Như trên;";
	s->recipient[1].text = "- Lưu: VT.";
	s->signature = (struct signature){ .line = { "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH" }, .n_line = 2, .name = "Nguyễn Văn A" };
	s->foot = (struct foot){ "Nơi nhận:", s->recipient, 2, &s->signature, 1 };
	s->block[0] = (struct block){ .kind = BLOCK_LETTERHEAD, .letterhead = &s->letterhead };
	s->block[1] = (struct block){ .kind = BLOCK_TITLE, .head = &s->title };
	s->block[2] = (struct block){ .kind = BLOCK_HEADING, .level = 1, .number = "I.", .title = { &s->run[2], 1 } };
	s->block[3] = (struct block){ .kind = BLOCK_PARAGRAPH, .number = "", .runs = { &s->run[3], 3 } };
	s->block[4] = (struct block){ .kind = BLOCK_ITEM, .level = 1, .number = "-", .runs = { &s->run[3], 3 } };
	s->block[5] = (struct block){ .kind = BLOCK_FOOT, .foot = &s->foot };
	s->block[6] = (struct block){ .kind = BLOCK_APPENDIX, .head = &s->appendix };
	s->block[7] = (struct block){ .kind = BLOCK_TABLE, .table = &s->table };
	s->part[0] = (struct part){ .block = s->block, .n_block = 6, .title = "Kế hoạch" };
	s->part[1] = (struct part){ .landscape = true, .block = s->block + 6, .n_block = 2, .title = "Phụ lục I" };
}

static inline void sample_init(struct sample *s)
{
	*s = (struct sample){
		.style = {
			.portrait = { 210, 297, 20, 20, 30, 20 },
			.landscape = { 297, 210, 20, 20, 30, 20 },
		},
	};
	sample_table(s);
	sample_blocks(s);
	s->sheet[0] = &s->table;
	s->document = (struct document){
		.job = "thu",
		.title = "Kế hoạch thử",
		.author = "UBND phường Bắc Sơn",
		.date = { 2023, 3, 9 },
		.style = &s->style,
		.part = s->part,
		.n_part = 2,
		.sheet = s->sheet,
		.n_sheet = 1,
	};
}

#endif
