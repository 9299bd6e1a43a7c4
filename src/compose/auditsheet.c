/* What the audit found, in the words of the document: for figures.json and for a sheet of the workbook. */
#include "compose/composer.h"

#include "base/buf.h"
#include "base/file.h"

#include <string.h>

/* A document is Vietnamese, whatever the language of the messages. */
static const struct {
	const char *rule;
	const char *label;
} rule_labels[] = {
	{ "published", "Số đã công bố khác số tính được" },
	{ "asserted", "Số trong tệp nguồn khác số tính được" },
	{ "adds-up", "Các phần không cộng thành tổng" },
	{ "stock-flow", "Số cuối kỳ không khớp số đầu kỳ và biến động" },
	{ "subset", "Bộ phận lớn hơn tổng thể" },
	{ "rate", "Tỷ lệ ngoài khoảng 0 - 100%" },
	{ "jump", "Thay đổi bất thường so với kỳ trước" },
	{ "equals", "Hai bảng ghi khác nhau về cùng một số" },
	{ "allocation", "Số phân bổ không cộng thành chỉ tiêu" },
	{ "covers", "Địa bàn không được phân công đúng một lần" },
};

static const char *const why_formats[] = {
	[WHY_ROUNDING] = "làm tròn kiểu “%s” thì được số này",
	[WHY_OTHER_ROW] = "bằng số của “%s”",
	[WHY_DIFFERENCE] = "bằng hiệu của hai số đã làm tròn, %s - %s",
	[WHY_WITHOUT_ROW] = "bằng tổng khi bỏ sót “%s”",
	[WHY_PARTS] = "các số thành phần đã ghi cộng lại được %s",
	[WHY_PARTS_FIT] = "bằng tổng các số thành phần đã ghi",
	[WHY_OTHER_PLACE] = "mục “%s” ghi %s về cùng số này",
	[WHY_NOT_COVERED] = "chưa ai phụ trách “%s”",
	[WHY_COVERED_TWICE] = "“%s” còn được giao ở dòng “%s”",
	[WHY_NO_AREA] = "“%s” không có trong bảng địa bàn",
	[WHY_SEVERAL] = "ô có nhiều số; chỉ ghi một số, ví dụ %s",
	[WHY_FOREIGN] = "số phải viết theo cách Việt Nam, ví dụ %s",
};

static const struct {
	const char *english;
	const char *label;
} roundings[] = { { "half-up", "nửa lên" }, { "truncate", "bỏ phần dư" }, { "half-even", "nửa về số chẵn" } };

static const char *word_text(const struct audit_reason *r, size_t i)
{
	for (size_t k = 0; r->why == WHY_ROUNDING && k < sizeof roundings / sizeof *roundings; k++)
		if (r->words[i] && !strcmp(roundings[k].english, r->words[i]))
			return roundings[k].label;
	return r->words[i] ? r->words[i] : "";
}

static const char *explanation(const struct audit_finding *f, struct arena *a)
{
	struct buf b = { 0 };
	const char *text;

	if (f->message)
		buf_puts(&b, f->message);
	for (size_t i = 0; i < f->n_reason; i++) {
		const struct audit_reason *r = &f->reason[i];

		if (b.n)
			buf_puts(&b, "; ");
		buf_puts(&b, arena_printf(a, why_formats[r->why], word_text(r, 0), word_text(r, 1)));
	}
	text = arena_slice(a, b.text ? b.text : "", b.n);
	buf_clear(&b);
	return text;
}

const struct audit_line *audit_lines(const struct audit *audit, size_t *n, struct arena *a)
{
	struct audit_line *line = ARENA_ARRAY(a, audit->n_finding, struct audit_line);

	for (size_t i = 0; i < audit->n_finding; i++) {
		const struct audit_finding *f = &audit->finding[i];

		line[i] = (struct audit_line){
			.rule = f->rule,
			.severity = severity_name(f->severity),
			.place = f->place,
			.at = f->at,
			.subject = f->subject,
			.printed = f->message ? NULL : f->printed,
			.computed = f->message ? NULL : f->computed,
			.explanation = explanation(f, a),
		};
		if (!f->waiver)
			continue;
		line[i].waived_by = f->waiver->name;
		line[i].waived_why = f->waiver->reason;
		line[i].waived_until = f->waiver->until;
	}
	*n = audit->n_finding;
	return line;
}

/* ---- the sheet ---- */

static const struct grid_column sheet_columns[] = {
	{ "no", ALIGN_CENTRE, "@", "@", "", false },
	{ "rule", ALIGN_LEFT, "@", "@", "", false },
	{ "severity", ALIGN_LEFT, "@", "@", "", false },
	{ "place", ALIGN_LEFT, "@", "@", "", false },
	{ "subject", ALIGN_LEFT, "@", "@", "", false },
	{ "printed", ALIGN_CENTRE, "@", "@", "", false },
	{ "computed", ALIGN_CENTRE, "@", "@", "", false },
	{ "explanation", ALIGN_LEFT, "@", "@", "", false },
	{ "waiver", ALIGN_LEFT, "@", "@", "", false },
};

static const char *const sheet_labels[] = { "TT", "Nội dung kiểm tra", "Mức độ", "Vị trí", "Số liệu", "Đã ghi", "Tính được",
	"Giải thích", "Miễn trừ" };

enum { N_COLUMN = sizeof sheet_columns / sizeof *sheet_columns };

static const char *rule_label(const char *rule)
{
	for (size_t i = 0; i < sizeof rule_labels / sizeof *rule_labels; i++)
		if (!strcmp(rule_labels[i].rule, rule))
			return rule_labels[i].label;
	return "Điều kiện của biểu";
}

static const char *severity_label(const char *severity)
{
	return !strcmp(severity, "error") ? "Lỗi" : !strcmp(severity, "warning") ? "Cảnh báo" : "Ghi chú";
}

static const char *waiver_label(const struct audit_line *line, struct arena *a)
{
	if (!line->waived_by)
		return "";
	return arena_printf(a, "%s (%s, đến hết ngày %s)", line->waived_why, line->waived_by, date_short(line->waived_until, a));
}

/* Of what was published its place in the document; of other figures the cell they stand in. */
static const char *place_label(const struct audit_line *line, struct arena *a)
{
	struct origin at = line->at;
	const char *file = at.file ? file_name(at.file) : "";

	if (!strcmp(line->rule, "published"))
		return line->place;
	if (!at.row)
		return file;
	return arena_printf(a, "tệp %s%s%s, dòng %u, cột %u", file, at.sheet ? ", trang " : "", at.sheet ? at.sheet : "", at.row, at.col);
}

static void set_line(const struct audit_line *line, size_t i, struct grid_cell *cell, struct arena *a)
{
	const char *text[N_COLUMN] = { arena_printf(a, "%zu", i + 1), rule_label(line->rule), severity_label(line->severity),
		place_label(line, a), line->subject, line->printed ? line->printed : "", line->computed ? line->computed : "",
		line->explanation, waiver_label(line, a) };

	for (size_t k = 0; k < N_COLUMN; k++)
		cell[k] = (struct grid_cell){ .text = text[k], .figure = figure_missing(), .at = line->at };
}

const struct grid_table *audit_sheet(const struct document *doc, struct arena *a)
{
	struct grid_table *g = ARENA_NEW(a, struct grid_table);
	struct header_cell *header = ARENA_ARRAY(a, N_COLUMN, struct header_cell);
	struct grid_cell *cell = ARENA_ARRAY(a, doc->n_audit * N_COLUMN, struct grid_cell);
	enum grid_row_kind *kind = ARENA_ARRAY(a, doc->n_audit, enum grid_row_kind);
	const char **key = ARENA_ARRAY(a, doc->n_audit, const char *);
	const char **note = ARENA_ARRAY(a, 1, const char *);

	for (unsigned i = 0; i < N_COLUMN; i++)
		header[i] = (struct header_cell){ sheet_labels[i], 0, i, 1, 1 };
	for (size_t i = 0; i < doc->n_audit; i++) {
		set_line(&doc->audit[i], i, &cell[i * N_COLUMN], a);
		kind[i] = GRID_LEAF;
		key[i] = cell[i * N_COLUMN].text;
	}
	note[0] = "Không có sai lệch nào giữa số đã ghi và số tính được.";
	*g = (struct grid_table){
		.id = "audit",
		.title = "Kiểm tra số liệu",
		.continued = "(tiếp theo)",
		.n_header = 1,
		.header = header,
		.n_header_cell = N_COLUMN,
		.column = sheet_columns,
		.n_column = N_COLUMN,
		.stub = 1,
		.cell = cell,
		.row_kind = kind,
		.row_key = key,
		.n_row = doc->n_audit,
		.note = note,
		.n_note = doc->n_audit ? 0 : 1,
	};
	return g;
}
