/* model/datasink.c, header.c, typing.c and model.c: rows to typed data, areas and keys. */
#include "base/buf.h"
#include "ingest/csv.h"
#include "ingest/xml.h"
#include "model/data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NAMES(...) \
	.name = (const char *const[]){ __VA_ARGS__ }, \
	.n_name = sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *)

/* Names as dataset_read gives them: folded, the id last. */
static const struct field fields[] = {
	{ .id = "area", .type = FIELD_AREA, .unit = "", NAMES("đơn vị", "khu phố", "area"), .label = "Đơn vị", .key = true },
	{ .id = "households", .type = FIELD_COUNT, .unit = "hộ", NAMES("số hộ", "households"), .label = "Số hộ", .required = true,
		.needed = true },
	{ .id = "poor_start", .type = FIELD_COUNT, .unit = "hộ", NAMES("hộ nghèo đầu năm {period} > số hộ", "poor_start"),
		.label = "Hộ nghèo đầu năm {period} > Số hộ" },
	{ .id = "poor_rate", .type = FIELD_RATE, .unit = "%", NAMES("hộ nghèo đầu năm {period} > tỷ lệ (%)", "poor_rate"), .label = "Tỷ lệ" },
	{ .id = "budget", .type = FIELD_MONEY, .unit = "đồng", NAMES("kinh phí", "budget"), .label = "Kinh phí" },
	{ .id = "change", .type = FIELD_MONEY, .unit = "đồng", NAMES("tăng giảm", "change"), .label = "Tăng giảm", .may_be_negative = true },
	{ .id = "done", .type = FIELD_FLAG, .unit = "", NAMES("đạt", "done"), .label = "Đạt" },
	{ .id = "day", .type = FIELD_DATE, .unit = "", NAMES("ngày", "day"), .label = "Ngày" },
	{ .id = "came", .type = FIELD_DATE, .unit = "", NAMES("ngày nhận", "came"), .label = "Ngày nhận", .has_time = true },
	{ .id = "note", .type = FIELD_TEXT, .unit = "", NAMES("ghi chú", "note"), .label = "Ghi chú" },
};

static const struct dataset dataset = {
	.id = "d",
	.field = fields,
	.n_field = sizeof fields / sizeof *fields,
	.total = (const char *const[]){ "tổng cộng", "cộng", NULL },
};

static const struct field monthly_fields[] = {
	{ .id = "area", .type = FIELD_AREA, .unit = "", NAMES("đơn vị", "area"), .label = "Đơn vị", .key = true },
	{ .id = "parent", .type = FIELD_AREA, .unit = "", NAMES("phường", "parent"), .label = "Phường" },
	{ .id = "code", .type = FIELD_TEXT, .unit = "", NAMES("mã", "code"), .label = "Mã" },
	{ .id = "month", .type = FIELD_MONTH, .unit = "", NAMES("tháng", "month"), .label = "Tháng", .key = true },
	{ .id = "n", .type = FIELD_NUMBER, .unit = "", NAMES("số", "n"), .label = "Số" },
};

static const struct dataset monthly = {
	.id = "m",
	.field = monthly_fields,
	.n_field = sizeof monthly_fields / sizeof *monthly_fields,
	.total = (const char *const[]){ NULL },
};

static struct source source_of(const char *file, enum source_role role)
{
	return (struct source){ .id = "s", .shown = file, .role = role, .period_year = 2024 };
}

static bool read_source(const struct source *source, const struct dataset *set, const char *text,
	struct arena *a, struct data *data, struct diags *d)
{
	struct reader_options options = { .shown = source->shown };
	struct csv_sizes sizes = { READER_HEAD, CSV_BLOCK };
	struct data_sink *sink = data_sink_new(source, set, NULL, a);
	FILE *file;
	bool ok;

	if (*text == '<')
		return xml_read_bytes(text, strlen(text), &options, data_sink_rows(sink), d)
			&& data_sink_finish(sink, data, d);
	file = fmemopen((void *)text, strlen(text), "rb");
	assert_non_null(file);
	ok = csv_read_file(file, sizes, &options, data_sink_rows(sink), d)
		&& data_sink_finish(sink, data, d);
	fclose(file);
	return ok;
}

static void put_datum(struct buf *b, const struct field *f, const struct datum *x, struct arena *a)
{
	if (x->figure.state == FIGURE_OK && x->text && f->type != FIELD_MONTH)
		buf_puts(b, x->text);
	else if (x->figure.state == FIGURE_OK)
		buf_puts(b, ratio_exact(x->figure.x, a));
	else if (x->figure.state == FIGURE_CONFIDENTIAL)
		buf_puts(b, "[c]");
}

static void put_row(struct buf *b, const struct data *data, const struct data_row *r, struct arena *a)
{
	buf_printf(b, "%s@%u.%u:", r->key, r->at.row, r->at.col);
	if (r->month)
		buf_printf(b, "%u:", r->month);
	for (size_t i = 0; i < data->dataset->n_field; i++) {
		if (!data->present[i])
			continue;
		buf_putc(b, '|');
		put_datum(b, &data->dataset->field[i], &r->datum[i], a);
	}
	buf_putc(b, '\n');
}

static void put_findings(struct buf *b, const struct diags *d)
{
	for (size_t i = 0; i < d->n_finding; i++)
		buf_printf(b, "%u:%u %s\n", d->finding[i].at.row, d->finding[i].at.col,
			d->finding[i].rule);
}

static void check_text(const char *what, struct buf *got, const char *want)
{
	if (strcmp(got->n ? got->text : "", want) != 0)
		fail_msg("%s: got\n%s", what, got->text);
	buf_clear(got);
}

static const struct {
	const char *what;
	const char *text;
	const char *want;
} cases[] = {
	{ "one header row", "Đơn vị;Số hộ\nKhu phố 1;1.234\nKhu phố 2;05\n",
		"khu phố 1@2.1:|Khu phố 1|1234\nkhu phố 2@3.1:|Khu phố 2|5\n" },
	{ "ids, other order, unknown column", "households,TT,area\n5,1,A\n",
		"a@2.3:|A|5\n1:2 unknown-column\n" },
	{ "two header rows with merged cells below a title",
		"BIỂU 1;;;;\n;;;;\nTT;Đơn vị;Số hộ;Hộ nghèo đầu năm 2024;;Ghi chú\n;;;Số hộ;Tỷ lệ (%);\n"
		"(1);(2);(3);(4);(5)=(4)/(3);(6)\n1;Khu 1;100;5;5,00;x\n;Cộng;100;5;5;\n",
		"khu 1@6.2:|Khu 1|100|5|5|x\ntotal@7.2:||100|5|5|\n3:1 unknown-column\n" },
	{ "the last level alone", "Đơn vị;Số hộ;Tỷ lệ (%)\nA;1;2,5%\n", "a@2.1:|A|1|2.5\n" },
	{ "the header in other letters", "ĐƠN  VỊ;Số Hộ\nA;1\n", "a@2.1:|A|1\n" },
	{ "blank rows", "Đơn vị;Số hộ\n;\nA;1\n\n \n", "a@3.1:|A|1\n" },
	{ "every type", "area;households;budget;change;done;day;note\n"
			"A;1;1.000.000;-5;x;5/3/2024;  một  hai \nB;2;-;0;Không;2024-01-31;\nC;3;[c];;;;\n",
		"a@2.1:|A|1|1000000|-5|x|2024-03-05|một  hai\n"
		"b@3.1:|B|2||0|Không|2024-01-31|\nc@4.1:|C|3|[c]||||\n" },
	{ "a day with a time", "area;households;day;came\nA;1;5/3/2024;5/3/2024 9:05\nB;1;;2024-03-05T14:30:59\nC;1;;05/03/2024\n",
		"a@2.1:|A|1|2024-03-05|2024-03-05T09:05\nb@3.1:|B|1||2024-03-05T14:30\nc@4.1:|C|1||2024-03-05\n" },
	{ "times that are none, and a time where a day is wanted", "area;households;day;came\nA;1;5/3/2024 9:05;5/3/2024 24:00\nB;1;;9:05\n",
		"2:3 date\n2:4 date\n3:4 date\n" },
	{ "the field's own unit behind a number", "area;households;budget\nA;200 hộ;1.500.000 đ\nB;1.200hộ;-\n",
		"a@2.1:|A|200|1500000\nb@3.1:|B|1200|\n" },
	{ "line breaks and tabs", "area;households\n\"A\r\nb\vc\td\re\";1\n", "a b c d e@2.1:|A\nb\nc d\ne|1\n" },
	{ "characters that cannot be printed", "area;households;note\nA\x01;1\nB;1;\xE2\x80\xAE" "1\n",
		"2:1 character\n3:3 character\n" },
	{ "wrong cells, all in one run", "area;households;budget;done;day\n"
					 "A;12.5;12,5;maybe;31/02/2024\nB;-1;-1;x;2024\nC;1,234;x;;\nD;1,5;1.23.4;;\n"
					 "E;9223372036854775808;;;\n;1;;;\nF;;;;\n",
		"2:2 decimal-point\n2:4 flag\n2:5 date\n3:2 range\n3:3 range\n3:5 date\n"
		"4:3 not-a-number\n5:2 whole\n5:3 groups\n6:2 too-large\n7:1 empty-key\n8:2 needed\n4:2 decimal-point\n" },
	{ "the same row twice", "area;households\nHoà Bình;1\nB;2\nHÒA  BÌNH;3\n", "4:1 duplicate\n" },
	{ "two totals", "area;households\nA;1\nCộng;1\nTổng cộng;2\n", "4:1 duplicate\n" },
	{ "a missing column", "Đơn vị;Số hô;x\nA;1;2\n",
		"1:2 unknown-column\n1:3 unknown-column\n1:0 missing-column\n" },
	{ "no key", "Số hộ;x\n1;2\n", "1:2 unknown-column\n1:0 missing-column\n" },
	{ "a column twice", "Đơn vị;Số hộ;Số hộ\nA;1;2\n", "1:3 duplicate-column\n" },
	{ "no header", "a;b\n1;2\n", "1:0 missing-column\n" },
	{ "nothing", "\n", "1:0 missing-column\n" },
	{ "names of XML",
		"<r><x area='A' households='1' poor-start='5'><budget>7</budget></x>"
		"<x area='B' households='1'><poor_start>6</poor_start></x></r>",
		"a@1.4:|A|1|5|7\nb@1.68:|B|1|6|\n" },
	{ "labels of XML", "<r><x><a label='Khu phố'>A</a><b label='Số hộ'>5</b>"
			   "<c label='Hộ nghèo đầu năm 2024'><d label='Số hộ'>2</d></c></x></r>",
		"a@1.26:|A|5|2\n" },
	{ "unknown names of XML", "<r><x area='A' households='1' other='2'/><x area='B' households='2' other='2'/></r>",
		"a@1.4:|A|1\nb@1.42:|B|2\n1:4 unknown-column\n" },
	{ "no column of XML", "<r><x area='A'/></r>", "1:0 needed\n0:0 missing-column\n" },
	{ "total of XML", "<r><x area='A' households='1'/><x area='Cộng' households='1'/></r>",
		"a@1.4:|A|1\ntotal@1.32:||1\n" },
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct source source = source_of("f", SOURCE_CURRENT);
		struct arena a = { 0 };
		struct diags d = { 0 };
		struct data data = { 0 };
		struct buf out = { 0 };
		bool ok = read_source(&source, &dataset, cases[i].text, &a, &data, &d);

		assert_int_equal(ok, !d.n_error);
		for (size_t k = 0; ok && k < data.n_row; k++)
			put_row(&out, &data, &data.row[k], &a);
		if (ok && data.total)
			put_row(&out, &data, data.total, &a);
		put_findings(&out, &d);
		check_text(cases[i].what, &out, cases[i].want);
		diags_clear(&d);
		arena_clear(&a);
	}
}

/* {period} of a previous source is its own year, which the job has found out. */
static void test_previous(void **state)
{
	static const char *const texts[] = {
		"Đơn vị;Số hộ;Hộ nghèo đầu năm 2023\n;;Số hộ\nA;1;7\n",
		"Đơn vị;Số hộ;Hộ nghèo đầu năm 2024\n;;Số hộ\nA;1;7\n",
	};

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct source source = source_of("f", SOURCE_PREVIOUS);
		struct arena a = { 0 };
		struct diags d = { 0 };
		struct data data = { 0 };

		source.period_year = 2023 + i;
		assert_false(read_source(&source, &dataset, texts[1 - i], &a, &data, &d) && data.present[2]);
		assert_true(read_source(&source, &dataset, texts[i], &a, &data, &d));
		assert_true(data.present[2]);
		assert_int_equal(data.row[0].datum[2].figure.x.num, 7);
		assert_int_equal(data.row[0].datum[2].figure.n_from, 1);
		assert_string_equal(data.row[0].datum[2].figure.from->file, "f");
		assert_int_equal(data.row[0].datum[2].figure.from->row, 3);
		assert_int_equal(data.row[0].datum[2].figure.from->col, 3);
		diags_clear(&d);
		arena_clear(&a);
	}
}

struct models {
	const char *what;
	const char *current; /* of `dataset` */
	const char *months;  /* of `monthly` */
	const char *want;
};

static const struct models models[] = {
	{ "one area in two sources", "area;households\nThuỷ An;1\n", "area,month,n\nThủy An,1,5\nthủy an,2,6\n",
		"thủy an@2.1:|Thuỷ An|1\nthủy an@2.1:1:|Thủy An|1|5\nthủy an@3.1:2:|thủy an|2|6\nroot thủy an\n" },
	{ "areas above", "area;households\nThôn 2;1\n",
		"area,parent,month,n\nThôn 1,Xã A,2024-03,5\nThôn 1,Xã B,3,6\nThôn 2,Xã B,3,7\n",
		"thôn 2@2.1:|Thôn 2|1\nxã a/thôn 1@2.1:3:|Thôn 1|Xã A|3|5\n"
		"xã b/thôn 1@3.1:3:|Thôn 1|Xã B|3|6\nthôn 2@4.1:3:|Thôn 2|Xã B|3|7\n"
		"root xã a xã a/thôn 1 xã b xã b/thôn 1 thôn 2\n" },
	{ "months as people write them", "area;households\nA;1\n",
		"area,month,n\nA,5/2024,1\nA,tháng 6,1\nA,Tháng 07/2024,1\nA,01/08/2024,1\nA,09-2024,1\nA,tháng 10 năm 2024,1\n",
		"a@2.1:|A|1\na@2.1:5:|A|5|1\na@3.1:6:|A|6|1\na@4.1:7:|A|7|1\na@5.1:8:|A|8|1\na@6.1:9:|A|9|1\na@7.1:10:|A|10|1\n"
		"root a\n" },
	{ "codes", "area;households\nThôn 1;1\n", "area,code,month,n\nThôn 1,07,3,5\n",
		"07@2.1:|Thôn 1|1\n07@2.1:3:|Thôn 1|07|3|5\nroot 07\n" },
	{ "an ambiguous area", "area;households\nThôn 1;1\n", "area,parent,month,n\nThôn 1,A,3,5\nThôn 1,B,3,6\n",
		"2:1 ambiguous-area\n" },
	{ "the root itself", "area;households\nPhường  X;1\n", "area,month,n\nA,1,5\n",
		"phường x@2.1:|Phường  X|1\na@2.1:1:|A|1|5\nroot a\n" },
	{ "the same code twice", "area;households\nA;1\n", "area,code,month,n\nA,1,3,5\nB,1,3,5\n",
		"3:1 duplicate\n" },
	{ "spellings", "area;households\nTDP số 01;1\nKP. IV;2\n", "area,month,n\nTổ 1,1,5\ntổ dân phố 1,2,6\nKhu phố 04,1,7\n",
		"tdp số 01@2.1:|TDP số 01|1\nkp. iv@3.1:|KP. IV|2\ntdp số 01@2.1:1:|Tổ 1|1|5\ntdp số 01@3.1:2:|tổ dân phố 1|2|6\n"
		"kp. iv@4.1:1:|Khu phố 04|1|7\nroot tdp số 01 kp. iv\n" },
	{ "spellings of the area above", "area;households\nP. X;1\n",
		"area,parent,month,n\nTổ 1,Xã A,3,5\nTDP 2,X. A,3,6\nTDP 01,Xã B,3,7\nTổ 5,P.X,3,8\n",
		"phường x@2.1:|P. X|1\ntổ 1@2.1:3:|Tổ 1|Xã A|3|5\ntdp 2@3.1:3:|TDP 2|X. A|3|6\n"
		"tdp 01@4.1:3:|TDP 01|Xã B|3|7\ntổ 5@5.1:3:|Tổ 5|P.X|3|8\nroot xã a tổ 1 tdp 2 xã b tdp 01 tổ 5\n" },
	{ "an ambiguous spelling", "area;households\ntổ 01;1\n", "area,parent,month,n\nTổ 1,A,3,5\nTDP 1,B,3,6\n",
		"2:1 ambiguous-area\n" },
	{ "two spellings in one source", "area;households\nTổ 1;1\nTDP 01;2\n", "area,month,n\nTổ 1,1,5\nTDP 1,1,6\n",
		"3:1 duplicate\n3:1 duplicate\n" },
	{ "capitals that are letters", "area;households\nBản Vi;1\n", "area,month,n\nBẢN VI,1,5\n",
		"bản vi@2.1:|Bản Vi|1\nbản vi@2.1:1:|BẢN VI|1|5\nroot bản vi\n" },
	{ "a bare name", "area;households\nKhu phố 5;1\n", "area,month,n\n05,1,5\n5,2,6\n",
		"khu phố 5@2.1:|Khu phố 5|1\nkhu phố 5@2.1:1:|05|1|5\nkhu phố 5@3.1:2:|5|2|6\nroot khu phố 5\n2:1 area-name\n" },
	{ "a bare name that the source has besides", "area;households\nKhu phố 5;1\n", "area,month,n\n5,1,5\nKhu phố 5,1,6\n",
		"khu phố 5@2.1:|Khu phố 5|1\n5@2.1:1:|5|1|5\nkhu phố 5@3.1:1:|Khu phố 5|1|6\nroot khu phố 5 5\n" },
	{ "a bare name of two", "area;households\nKhu phố 5;1\nThôn 5;1\n", "area,month,n\n5,1,5\n", "2:1 near-area\n" },
	{ "a name with a word more", "area;households\nBắc Sơn;1\n", "area,month,n\nThôn Bắc Sơn,1,5\n",
		"bắc sơn@2.1:|Bắc Sơn|1\nbắc sơn@2.1:1:|Thôn Bắc Sơn|1|5\nroot bắc sơn\n2:1 area-name\n" },
	{ "the root has no bare name", "area;households\nX;1\nThôn 1;1\n", "area,month,n\nThôn 1,1,5\n",
		"x@2.1:|X|1\nthôn 1@3.1:|Thôn 1|1\nthôn 1@2.1:1:|Thôn 1|1|5\nroot x thôn 1\n" },
	{ "near names", "area;households\nThôn Tân Lập;1\nThôn 4;1\n", "area,month,n\nThôn Tân Lâp,1,5\nThôn 14,1,6\n",
		"2:1 near-area\n" },
	{ "near names that one source has both", "area;households\nThôn Đông;1\nThôn Đồng;1\n", "area,month,n\nThôn Đồng,1,5\n",
		"thôn đông@2.1:|Thôn Đông|1\nthôn đồng@3.1:|Thôn Đồng|1\nthôn đồng@2.1:1:|Thôn Đồng|1|5\nroot thôn đông thôn đồng\n" },
	{ "near names of two areas above", "area;households\nThôn 7;1\n",
		"area,parent,month,n\nTân Lập,Xã A,3,5\nThôn 7,Xã B,3,6\n",
		"thôn 7@2.1:|Thôn 7|1\ntân lập@2.1:3:|Tân Lập|Xã A|3|5\nthôn 7@3.1:3:|Thôn 7|Xã B|3|6\nroot xã a tân lập xã b thôn 7\n" },
	{ "a code without its zeros", "area;households\nThôn 1;1\n", "area,code,month,n\nThôn 1,07,3,5\nThôn 2,7,3,6\n",
		"07@2.1:|Thôn 1|1\n07@2.1:3:|Thôn 1|07|3|5\n7@3.1:3:|Thôn 2|7|3|6\nroot 07 7\n" },
	{ "a month of another year", "area;households\nA;1\n", "area,month,n\nA,2023-03,5\nA,13,5\n",
		"2:2 month\n3:2 month\n" },
	{ "no months", "area;households\nA;1\n", "area,month,n\nA,5/2023,5\nA,02/05/2024,5\nA,05/24,5\nA,tháng,5\nA,2024,5\nA,0/2024,5\nA,tháng 5 - 6,5\n",
		"2:2 month\n3:2 month\n4:2 month\n5:2 month\n6:2 month\n7:2 month\n8:2 month\n" },
};

/* The months have areas="own". */
static const struct models own_models[] = {
	{ "near names", "area;households\nThôn Tân Lập;1\n", "area,month,n\nThôn Tân Lâp,1,5\n",
		"thôn tân lập@2.1:|Thôn Tân Lập|1\nthôn tân lâp@2.1:1:|Thôn Tân Lâp|1|5\nroot thôn tân lập thôn tân lâp\n" },
	{ "a bare name", "area;households\nThôn Tân Lập;1\n", "area,month,n\nTân Lập,1,5\n",
		"thôn tân lập@2.1:|Thôn Tân Lập|1\ntân lập@2.1:1:|Tân Lập|1|5\nroot thôn tân lập tân lập\n" },
	{ "a spelling", "area;households\nTổ 1;1\n", "area,month,n\nTDP 01,1,5\n",
		"tổ 1@2.1:|Tổ 1|1\ntổ 1@2.1:1:|TDP 01|1|5\nroot tổ 1\n" },
};

static bool build(const struct models *m, bool own, struct arena *a, struct data data[2], struct model *model,
	struct diags *d)
{
	struct source *sources = ARENA_ARRAY(a, 2, struct source);
	struct job *job = ARENA_NEW(a, struct job);
	struct library library;
	bool ok;

	sources[0] = (struct source){ .id = "s", .shown = "s.csv", .period_year = 2024 };
	sources[1] = (struct source){ .id = "m", .shown = "m.csv", .period_year = 2024, .own_areas = own };
	*job = (struct job){ .area = "phường X", .source = sources, .n_source = 2 };
	library_init(&library, a);
	library_add(&library, "templates", "templates");
	ok = read_source(&sources[0], &dataset, m->current, a, &data[0], d);

	return read_source(&sources[1], &monthly, m->months, a, &data[1], d) && ok
		&& model_build(job, area_names_read(&library, (struct origin){ 0 }, a, d), data, 2, a, model, d);
}

static void check_models(const struct models *m, size_t n, bool own)
{
	for (size_t i = 0; i < n; i++) {
		struct arena a = { 0 };
		struct diags d = { 0 };
		struct data data[2] = { 0 };
		struct model model = { 0 };
		struct buf out = { 0 };
		bool ok = build(&m[i], own, &a, data, &model, &d);

		assert_int_equal(ok, !d.n_error);
		for (size_t s = 0; ok && s < 2; s++)
			for (size_t k = 0; k < data[s].n_row; k++) {
				const struct data_row *r = &data[s].row[k];

				put_row(&out, &data[s], r, &a);
				assert_non_null(r->area);
			}
		for (size_t k = 0; ok && k < model.areas.n_area; k++)
			buf_printf(&out, "%s%s", k ? " " : "", k ? model.areas.area[k]->key : "root");
		buf_puts(&out, ok ? "\n" : "");
		put_findings(&out, &d);
		check_text(m[i].what, &out, m[i].want);
		diags_clear(&d);
		arena_clear(&a);
	}
}

static void test_model(void **state)
{
	(void)state;
	check_models(models, sizeof models / sizeof *models, false);
	check_models(own_models, sizeof own_models / sizeof *own_models, true);
}

static void test_find(void **state)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct data data[2] = { 0 };
	struct model model = { 0 };

	(void)state;
	assert_true(build(&models[0], false, &a, data, &model, &d));
	assert_ptr_equal(model_find(&model, "m", SOURCE_CURRENT), &data[1]);
	assert_null(model_find(&model, "m", SOURCE_PREVIOUS));
	assert_null(model_find(&model, "x", SOURCE_CURRENT));
	diags_clear(&d);
	arena_clear(&a);
}

static const struct field text_fields[] = {
	{ .id = "fund", .type = FIELD_TEXT, .unit = "", NAMES("nguồn", "fund"), .label = "Nguồn", .key = true },
	{ .id = "kind", .type = FIELD_TEXT, .unit = "", NAMES("loại", "kind"), .label = "Loại", .key = true },
	{ .id = "n", .type = FIELD_NUMBER, .unit = "", NAMES("n"), .label = "n" },
};

static const struct field month_fields[] = {
	{ .id = "month", .type = FIELD_MONTH, .unit = "", NAMES("tháng", "month"), .label = "Tháng", .key = true },
	{ .id = "n", .type = FIELD_NUMBER, .unit = "", NAMES("n"), .label = "n" },
};

/* Keys without an area: texts joined, a month alone. */
static void test_keys(void **state)
{
	struct dataset sets[] = {
		{ .id = "t", .field = text_fields, .n_field = 3, .total = dataset.total },
		{ .id = "m", .field = month_fields, .n_field = 2, .total = dataset.total },
	};
	static const char *const source_texts[] = { "fund,kind,n\nTỉnh,A b,1\nTỉnh,C,2\n",
		"month,n\n3,1\n2024-04,1\nCộng,2\n" };
	static const char *const want[] = { "tỉnh/a b@2.1:|Tỉnh|A b|1\ntỉnh/c@3.1:|Tỉnh|C|2\n",
		"2024-03@2.1:3:|3|1\n2024-04@3.1:4:|4|1\n" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct source source = source_of("f", SOURCE_CURRENT);
		struct job job = { .area = "X" };
		struct arena a = { 0 };
		struct diags d = { 0 };
		struct data data = { 0 };
		struct model model = { 0 };
		struct buf out = { 0 };

		assert_true(read_source(&source, &sets[i], source_texts[i], &a, &data, &d));
		assert_true(model_build(&job, NULL, &data, 1, &a, &model, &d));
		for (size_t k = 0; k < data.n_row; k++)
			put_row(&out, &data, &data.row[k], &a);
		check_text(sets[i].id, &out, want[i]);
		diags_clear(&d);
		arena_clear(&a);
	}
}

static void test_messages(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} said[] = {
		{ "area;households\nA;12.5\n",
			"Số hộ: '12.5' has a decimal point; write 12,5, or declare decimal=\".\" on the job's <source>" },
		{ "area;households\nA;1.234\nB;1,234\n",
			"Số hộ: '1,234' is divided by commas; write 1.234, or declare decimal=\".\" on the job's <source>" },
		{ "Đơn vị;Số hô\nA;1\n",
			"there is no column 'Số hộ'; did you mean 'Số hô'? Found: 'Đơn vị', 'Số hô'" },
		{ "area;households\nA;1\nB;1\na;1\n", "'a' stands at f:2:1 already; keep one of the two rows" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		struct source source = source_of("f", SOURCE_CURRENT);
		struct arena a = { 0 };
		struct diags d = { 0 };
		struct data data = { 0 };
		bool found = false;

		if (read_source(&source, &dataset, said[i].text, &a, &data, &d))
			fail_msg("no error in %s", said[i].text);
		for (size_t k = 0; k < d.n_finding; k++)
			found |= !strcmp(d.finding[k].message, said[i].want);
		if (!found)
			fail_msg("got %s", d.finding[0].message);
		diags_clear(&d);
		arena_clear(&a);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_previous),
		cmocka_unit_test(test_model),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_messages),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("data", tests, NULL, NULL);
}
