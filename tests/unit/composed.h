/* composed: a small job with one computed table, made by hand, for the tests of compose. */
#ifndef UNIT_COMPOSED_H
#define UNIT_COMPOSED_H

#include "compose/compose.h"

#include <string.h>

enum {
	SAMPLE_NO,
	SAMPLE_AREA,
	SAMPLE_HOUSEHOLDS,
	SAMPLE_POOR,
	SAMPLE_RATE,
	SAMPLE_EXITS,
	SAMPLE_HIDDEN,
	SAMPLE_END,
	SAMPLE_NOTE,
	SAMPLE_COLUMNS,
	SAMPLE_PERIOD = SAMPLE_COLUMNS, /* symbols behind the columns */
	SAMPLE_SYMBOLS,
	SAMPLE_ROWS = 4,
	SAMPLE_TOTAL = 3,
};

struct sample {
	struct arena arena;
	struct diags diags;
	struct library library;
	struct job job;
	struct signer signer;
	struct table table;
	struct column column[SAMPLE_COLUMNS];
	struct symbol symbol[SAMPLE_SYMBOLS];
	struct table_row row[SAMPLE_ROWS];
	struct cell_value cell[SAMPLE_ROWS * SAMPLE_COLUMNS];
	const struct table *tables[1];
	struct tables all;
};

static const struct field sample_field = { .id = "note", .type = FIELD_TEXT, .unit = "", .label = "Ghi chú" };
static const struct dataset sample_dataset = { .id = "targets", .field = &sample_field, .n_field = 1 };
static const size_t sample_leaf[] = { 0, 1, 2 };
static const char *const sample_workbook[] = { "targets", NULL };

static inline bool sample_lookup(void *ctx, const struct symbol *symbol, enum expr_view view,
	size_t row, struct value *value, struct diags *d)
{
	const struct sample *s = ctx;
	const struct cell_value *cell;

	(void)view;
	(void)d;
	if (symbol->index == SAMPLE_PERIOD) {
		*value = (struct value){ .type = EXPR_NUMBER,
			.figure = figure_of(ratio_whole(s->job.period.year)) };
		return true;
	}
	cell = &s->cell[row * SAMPLE_COLUMNS + symbol->index];
	*value = (struct value){ .type = symbol->type, .figure = cell->figure, .text = cell->text };
	return true;
}

static inline bool sample_find_row(void *ctx, const char *key, size_t *row)
{
	const struct sample *s = ctx;

	for (*row = 0; *row < SAMPLE_ROWS; ++*row)
		if (!strcmp(s->row[*row].key, key) || !strcmp(s->row[*row].label, key))
			return true;
	return false;
}

static inline void sample_column(struct sample *s, size_t i, const char *id, enum column_kind kind,
	const char *group, const char *label)
{
	static const char *const units[] = { "hộ" };
	const char **path = ARENA_ARRAY(&s->arena, 2, const char *);
	size_t n = 0;

	if (group)
		path[n++] = group;
	path[n++] = label;
	s->column[i] = (struct column){
		.id = id, .kind = kind, .label = path, .n_label = n, .unit = ""
	};
	s->symbol[i] = (struct symbol){ .name = id,
		.type = EXPR_NUMBER,
		.views = 1U << VIEW_ROW | 1U << VIEW_SHOWN,
		.index = i };
	if (kind == COLUMN_LABEL || kind == COLUMN_TEXT || kind == COLUMN_ORDINAL)
		s->symbol[i].type = EXPR_TEXT;
	else
		s->column[i].unit = s->symbol[i].unit = units[0];
	s->column[i].summed = kind == COLUMN_FIELD;
}

static inline void sample_indicator(struct sample *s, size_t i, const char *value, const char *unit)
{
	struct expr_place place = { 0 };

	s->column[i].unit = s->symbol[i].unit = unit;
	s->column[i].expr = expr_parse(
		value, strlen(value), place, &s->table.symbols, EXPR_NUMBER, &s->arena, &s->diags);
}

static inline void sample_columns(struct sample *s)
{
	sample_column(s, SAMPLE_NO, "no", COLUMN_ORDINAL, NULL, "TT");
	sample_column(s, SAMPLE_AREA, "area", COLUMN_LABEL, NULL, "Đơn vị");
	sample_column(s, SAMPLE_HOUSEHOLDS, "households", COLUMN_FIELD, NULL, "Số hộ");
	sample_column(s, SAMPLE_POOR, "poor_start", COLUMN_FIELD, "Hộ nghèo đầu năm", "Số hộ");
	sample_column(
		s, SAMPLE_RATE, "rate_start", COLUMN_INDICATOR, "Hộ nghèo đầu năm", "Tỷ lệ (%)");
	sample_column(s, SAMPLE_EXITS, "exits", COLUMN_FIELD, NULL, "Giảm");
	sample_column(s, SAMPLE_HIDDEN, "twice", COLUMN_INDICATOR, NULL, "Gấp đôi");
	sample_column(s, SAMPLE_END, "poor_end", COLUMN_INDICATOR, NULL, "Cuối năm");
	sample_column(s, SAMPLE_NOTE, "note", COLUMN_TEXT, NULL, "Ghi chú");
	s->symbol[SAMPLE_PERIOD] = (struct symbol){ .name = "period",
		.type = EXPR_NUMBER,
		.constant = true,
		.views = 1U << VIEW_ROW,
		.index = SAMPLE_PERIOD };
	s->table.symbols = (struct symbols){ s->symbol, SAMPLE_SYMBOLS, true };
	sample_indicator(s, SAMPLE_RATE, "poor_start / households * 100", "%");
	sample_indicator(s, SAMPLE_HIDDEN, "exits + exits", "hộ");
	sample_indicator(s, SAMPLE_END, "poor_start - twice + exits", "hộ");
	s->column[SAMPLE_RATE].decimals = 2;
	s->column[SAMPLE_RATE].may_be_na = true;
	s->column[SAMPLE_EXITS].pad = s->column[SAMPLE_EXITS].total_pad = 2;
	s->column[SAMPLE_EXITS].skip_missing = true;
	s->column[SAMPLE_HIDDEN].hidden = true;
	s->column[SAMPLE_HIDDEN].summed = s->column[SAMPLE_END].summed = true;
}

static inline struct figure sample_ratio(int64_t num, int64_t den)
{
	struct ratio quotient;
	struct diags d = { 0 };

	if (!den)
		return (struct figure){ .state = FIGURE_NOT_APPLICABLE };
	ratio_div(ratio_whole(num), ratio_whole(den), (struct origin){ 0 }, &quotient, &d);
	return figure_of(quotient);
}

/* exits < 0: missing. */
static inline void sample_row(struct sample *s, size_t row, const char *no, const char *label,
	int64_t households, int64_t poor, int64_t exits)
{
	struct cell_value *cell = &s->cell[row * SAMPLE_COLUMNS];

	cell[SAMPLE_NO].text = no;
	cell[SAMPLE_AREA].text = label;
	cell[SAMPLE_NOTE].text = row == SAMPLE_TOTAL ? "" : "có";
	cell[SAMPLE_HOUSEHOLDS].figure = figure_of(ratio_whole(households));
	cell[SAMPLE_POOR].figure = figure_of(ratio_whole(poor));
	cell[SAMPLE_RATE].figure = sample_ratio(poor * 100, households);
	cell[SAMPLE_EXITS].figure = exits < 0 ? figure_missing() : figure_of(ratio_whole(exits));
	cell[SAMPLE_HIDDEN].figure
		= exits < 0 ? figure_missing() : figure_of(ratio_whole(2 * exits));
	cell[SAMPLE_END].figure
		= exits < 0 ? figure_missing() : figure_of(ratio_whole(poor - exits));
	s->row[row] = (struct table_row){ .kind = row == SAMPLE_TOTAL ? ROW_TOTAL : ROW_AREA,
		.key = label,
		.label = label,
		.ordinal = (unsigned)row + 1 };
}

static inline void sample_rows(struct sample *s)
{
	sample_row(s, 0, "1", "Khu phố 1", 1128, 5, 2);
	sample_row(s, 1, "2", "Khu phố 2", 400, 3, 1);
	sample_row(s, 2, "3", "Khu phố 3", 0, 0, -1);
	sample_row(s, SAMPLE_TOTAL, "", "Cộng", 1528, 8, 3);
	s->row[SAMPLE_TOTAL].key = "total";
	s->row[SAMPLE_TOTAL].n_leaf = 3;
	s->cell[SAMPLE_TOTAL * SAMPLE_COLUMNS + SAMPLE_EXITS].skipped = 1;
	s->cell[SAMPLE_TOTAL * SAMPLE_COLUMNS + SAMPLE_HIDDEN].figure = figure_missing();
	s->cell[SAMPLE_TOTAL * SAMPLE_COLUMNS + SAMPLE_END].figure = figure_missing();
}

static inline void sample_job(struct sample *s)
{
	s->signer = (struct signer){ "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
		"Nguyễn Văn A" };
	s->job = (struct job){
		.id = "sample",
		.path = "job.xml",
		.dir = ".",
		.period = { 2024, 0 },
		.agency = "Ủy ban nhân dân phường Bắc Sơn",
		.agency_head = "ỦY BAN NHÂN DÂN\nPHƯỜNG BẮC SƠN",
		.area = "phường Bắc Sơn",
		.number = "66",
		.symbol = "KH-UBND",
		.place = "Bắc Sơn",
		.date = { 2024, 3, 9 },
		.workbook = sample_workbook,
		.form = "nd30",
		.signer = &s->signer,
		.n_signer = 1,
	};
}

/* s must stay where it is. */
static inline void sample_init(struct sample *s)
{
	memset(s, 0, sizeof *s);
	sample_job(s);
	sample_columns(s);
	sample_rows(s);
	s->table.id = "targets";
	s->table.title = "Chỉ tiêu giảm nghèo";
	s->table.unit_line = "Đơn vị tính: hộ";
	s->table.dataset = &sample_dataset;
	s->table.column = s->column;
	s->table.n_column = SAMPLE_COLUMNS;
	s->table.row = s->row;
	s->table.n_row = SAMPLE_ROWS;
	s->table.leaf = sample_leaf;
	s->table.n_leaf = sizeof sample_leaf / sizeof *sample_leaf;
	s->table.has_total = s->table.total_printed = true;
	s->table.total = SAMPLE_TOTAL;
	s->table.cell = s->cell;
	s->table.numbered_columns = true;
	s->table.env = (struct expr_env){ s, sample_lookup, sample_find_row, sample_leaf, 3,
		SAMPLE_TOTAL, NULL };
	s->tables[0] = &s->table;
	s->all = (struct tables){ s->tables, 1 };
	library_init(&s->library, &s->arena);
	library_add(&s->library, "templates", "templates");
}

static inline void sample_clear(struct sample *s)
{
	diags_clear(&s->diags);
	arena_clear(&s->arena);
}

#endif
