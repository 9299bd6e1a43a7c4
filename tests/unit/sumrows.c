/* model/sumrows.c, sumfind.c, datarow.c: rows that are sums of others, and ordinals in names. */
#include "base/buf.h"
#include "ingest/csv.h"
#include "model/data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define NAMES(...) \
	.name = (const char *const[]){ __VA_ARGS__ }, \
	.n_name = sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *)

static const struct field fields[] = {
	{ .id = "area", .type = FIELD_AREA, .unit = "", NAMES("đơn vị"), .label = "Đơn vị", .key = true },
	{ .id = "parent", .type = FIELD_AREA, .unit = "", NAMES("thuộc"), .label = "Thuộc" },
	{ .id = "households", .type = FIELD_COUNT, .unit = "hộ", NAMES("số hộ"), .label = "Số hộ" },
	{ .id = "poor", .type = FIELD_COUNT, .unit = "hộ", NAMES("hộ nghèo"), .label = "Hộ nghèo" },
	{ .id = "rate", .type = FIELD_RATE, .unit = "%", NAMES("tỷ lệ"), .label = "Tỷ lệ" },
};

static const struct dataset dataset = {
	.id = "d",
	.field = fields,
	.n_field = sizeof fields / sizeof *fields,
	.total = (const char *const[]){ "cộng", NULL },
};

#define HEAD "TT;Đơn vị;Số hộ;Hộ nghèo\n"
#define NAMED "Đơn vị;Số hộ;Hộ nghèo\n"
#define KNOWN NAMED "Thôn 1;110;9\nThôn 2;95;5\nThôn 3;90;9\n"

static const struct sum_case {
	const char *what;
	const char *text;
	const char *want; /* rows of data, groups with the rows they cover, findings */
	const char *other; /* another source, or NULL */
	enum source_sums sums;
} cases[] = {
	{ "nothing tells", NAMED "Khu A;215;13\nThôn 1;120;9\nThôn 2;95;4\nThôn 3;100;8\n", "2:1 error looks-like-total\n", NULL, 0 },
	{ "the job says data", NAMED "Khu A;215;13\nThôn 1;120;9\nThôn 2;95;4\n", "Khu A|Thôn 1|Thôn 2\n", NULL, SUMS_DATA },
	{ "the job says groups", NAMED "Khu A;215;13\nThôn 1;120;9\nThôn 2;95;4\nThôn 3;100;8\n",
		"Thôn 1|Thôn 2|Thôn 3\nKhu A 0+2\n2:1 note group-row\n", NULL, SUMS_GROUPS },
	{ "a level above, also over one row", NAMED "Phường A;215;13\nThôn 1;120;9\nThôn 2;95;4\nPhường B;100;8\nThôn 3;100;8\n",
		"Thôn 1|Thôn 2|Thôn 3\nPhường A 0+2\nPhường B 2+1\n2:1 note group-row\n5:1 note group-row\n", NULL, 0 },
	{ "small figures below a level above", NAMED "Phường A;3;2\nThôn 1;2;1\nThôn 2;1;1\n",
		"Thôn 1|Thôn 2\nPhường A 0+2\n2:1 note group-row\n", NULL, 0 },
	{ "one of the kind is wrong", NAMED "Phường A;215;13\nThôn 1;120;9\nThôn 2;95;4\nPhường B;101;8\nThôn 3;100;8\n",
		"5:2 error group-row\n2:1 note group-row\n", NULL, 0 },
	{ "a level above, one figure is wrong", NAMED "Phường A;216;13\nThôn 1;120;9\nThôn 2;95;4\n", "2:2 error group-row\n", NULL, 0 },
	{ "a level above that is no sum", NAMED "Phường A;500;50\nThôn 1;120;9\nThôn 2;95;4\n", "Phường A|Thôn 1|Thôn 2\n", NULL, 0 },
	{ "no ordinal over numbers", HEAD ";Khu A;215;13\n1;Thôn 1;120;9\n2;Thôn 2;95;4\n;Khu B;7;1\n1;Thôn 3;7;1\n",
		"Thôn 1|Thôn 2|Thôn 3\nKhu A 0+2\nKhu B 2+1\n2:2 note group-row\n5:2 note group-row\n", NULL, 0 },
	{ "Roman numerals over none", HEAD "I;Khu A;215;13\n;Thôn 1;120;9\n;Thôn 2;95;4\n",
		"Thôn 1|Thôn 2\nKhu A 0+2\n2:2 note group-row\n", NULL, 0 },
	{ "an ordinal that is missing, by chance", HEAD ";Thôn 1;3;2\n1;Thôn 2;2;1\n2;Thôn 3;1;1\n", "Thôn 1|Thôn 2|Thôn 3\n", NULL, 0 },
	{ "others know the areas", NAMED "Khu A;215;13\nThôn 1;120;9\nThôn 2;95;4\nThôn 3;100;8\n",
		"Thôn 1|Thôn 2|Thôn 3\nKhu A 0+2\n2:1 note group-row\n", KNOWN, 0 },
	{ "others know it too", NAMED "Thôn 3;215;13\nThôn 1;120;9\nThôn 2;95;4\n", "2:1 error looks-like-total\n", KNOWN, 0 },
	{ "both sources have the group", NAMED "Khu A;215;13\nThôn 1;120;9\nThôn 2;95;4\n",
		"Thôn 1|Thôn 2\nKhu A 0+2\n2:1 note group-row\n2:1 note group-row\n", NAMED "Khu A;205;14\nThôn 1;110;9\nThôn 2;95;5\n", 0 },
	{ "the total row says groups", NAMED "Khu A;30;13\nThôn 1;20;9\nThôn 2;10;4\nThôn 3;7;1\nCộng;37;14\n",
		"Thôn 1|Thôn 2|Thôn 3\nKhu A 0+2\n2:1 note group-row\n", NULL, 0 },
	{ "the total row says data", NAMED "Khu A;30;13\nThôn 1;20;9\nThôn 2;10;4\nCộng;60;26\n", "Khu A|Thôn 1|Thôn 2\n", NULL, 0 },
	{ "the total row counts a large one", NAMED "Khu A;300;13\nThôn 1;200;9\nThôn 2;100;4\nCộng;600;26\n",
		"Khu A|Thôn 1|Thôn 2\n2:1 warning looks-like-total\n", NULL, 0 },
	{ "the total row counts a level above", NAMED "Xã A;300;13\nThôn 1;200;9\nThôn 2;100;4\nCộng;600;26\n",
		"Thôn 1|Thôn 2\nXã A 0+2\n2:1 note group-row\n", NULL, 0 },
	{ "the job's own area", NAMED "Thôn 1;20;9\nThôn 2;10;4\nPhường X;30;13\n",
		"Thôn 1|Thôn 2\nPhường X 0+2\n4:1 note group-row\n", NULL, 0 },
	{ "the job's own area with a wrong figure", NAMED "Thôn 1;20;9\nThôn 2;10;4\nPhường X;30;12\n", "4:3 error group-row\n", NULL, 0 },
	{ "below the rows", NAMED "Thôn 1;120;9\nThôn 2;95;4\nCả khu;215;13\nThôn 3;7;1\n", "4:1 error looks-like-total\n", NULL, 0 },
	{ "groups in a group", NAMED "Xã A;315;21\nKhu A;215;13\nThôn 1;120;9\nThôn 2;95;4\nThôn 3;100;8\n",
		"Thôn 1|Thôn 2|Thôn 3\nXã A 0+3\nKhu A 0+2\n2:1 note group-row\n3:1 note group-row\n", NULL, 0 },
	{ "a sum by chance within a group", NAMED "Xã A;430;26\nThôn 4;215;13\nThôn 1;120;9\nThôn 2;95;4\n",
		"Thôn 4|Thôn 1|Thôn 2\nXã A 0+3\n2:1 note group-row\n", NULL, 0 },
	{ "rows name it as the area above", "Đơn vị;Thuộc;Số hộ;Hộ nghèo\nKhu A;;30;13\nThôn 1;Khu A;20;9\nThôn 2;Khu A;10;4\n",
		"Thôn 1|Thôn 2\nKhu A 0+2\n2:1 note group-row\n", NULL, 0 },
	{ "small figures, by chance", NAMED "A;1;1\nB;2;2\nC;3;3\n", "A|B|C\n", NULL, 0 },
	{ "figures that may be by chance", NAMED "A;60;1\nB;40;1\nC;20;0\n", "A|B|C\n2:1 warning looks-like-total\n", NULL, 0 },
	{ "one column alone", NAMED "A;60;\nB;40;\nC;20;\n", "A|B|C\n", NULL, 0 },
	{ "one column alone, large", NAMED "A;600;\nB;400;\nC;200;\n", "A|B|C\n2:1 warning looks-like-total\n", NULL, 0 },
	{ "one figure differs", NAMED "A;600;3\nB;400;1\nC;200;1\n", "A|B|C\n", NULL, 0 },
	{ "only one row is not zero", NAMED "A;600;3\nB;0;0\nC;600;3\n", "A|B|C\n", NULL, 0 },
	{ "ordinals in names", NAMED "I. Khu A;215;13\n1. Thôn 1;120;9\n2. Thôn 2;95;4\nII. Khu B;;\n1. Thôn 3;7;1\n",
		"Thôn 1|Thôn 2|Thôn 3\nI. Khu A 0+2\nII. Khu B 2+1\n3:1 note ordinal\n", NULL, 0 },
	{ "dashes in names", NAMED "I) Khu A;9;8\n- Thôn 1;9;8\nII) Khu B;7;1\n- Thôn 3;7;1\n",
		"Thôn 1|Thôn 3\nI) Khu A 0+1\nII) Khu B 1+1\n3:1 note ordinal\n", NULL, 0 },
	{ "ordinals in names below none", NAMED "Phường A;215;13\n1. Thôn 1;120;9\n2. Thôn 2;95;4\n",
		"Thôn 1|Thôn 2\nPhường A 0+2\n3:1 note ordinal\n2:1 note group-row\n", NULL, 0 },
	{ "a name without its ordinal is there already", NAMED "1. Thôn 1;1;1\n2. Thôn 1;7;1\n", "2:1 note ordinal\n3:1 error duplicate\n", NULL, 0 },
	{ "words shortened to a letter", NAMED "P. Bắc;7;1\nX. Nam;5;2\nT. Đông;7;1\n", "P. Bắc|X. Nam|T. Đông\n", NULL, 0 },
	{ "one ordinal alone", NAMED "1. Thôn 1;7;1\nThôn 2;5;2\n", "1. Thôn 1|Thôn 2\n", NULL, 0 },
	{ "an ordinal and a name as those that it is the sum of", HEAD "1;Thôn 1;100;5\n2;Thôn 2;100;5\n3;Thôn 3;200;10\n",
		"Thôn 1|Thôn 2|Thôn 3\n4:2 note looks-like-total\n", NULL, 0 },
	{ "others know the rows, not one of the same kind", HEAD "1;Thôn 1;100;5\n2;Thôn 2;100;5\n3;Thôn 9;200;10\n",
		"Thôn 1|Thôn 2|Thôn 9\n4:2 note looks-like-total\n", KNOWN, 0 },
	{ "a word that only sums have", NAMED "Cụm 1;220;10\nThôn 1;120;4\nThôn 2;100;6\nCụm 2;240;10\nThôn 4;140;4\nThôn 5;100;6\nCụm 3;7;1\n"
		"Thôn 6;7;1\n", "Thôn 1|Thôn 2|Thôn 4|Thôn 5|Thôn 6\nCụm 1 0+2\nCụm 2 2+2\nCụm 3 4+1\n2:1 note group-row\n5:1 note group-row\n"
		"8:1 note group-row\n", NULL, 0 },
	{ "a word that only sums have, but for one", NAMED "Cụm 1;220;10\nThôn 1;120;4\nThôn 2;100;6\nCụm 2;241;10\nThôn 4;140;4\nThôn 5;100;6\n",
		"2:1 error looks-like-total\n", NULL, 0 },
	{ "the last row has no ordinal, one figure is off by one", HEAD "1;Thôn 1;100;5\n2;Thôn 2;200;8\n;Toàn huyện;301;13\n",
		"4:3 error looks-like-total\n", NULL, 0 },
	{ "the first row has no ordinal, all are nearly sums", HEAD ";Toàn huyện;301;14\n1;Thôn 1;100;5\n2;Thôn 2;200;8\n",
		"2:3 error looks-like-total\n", NULL, 0 },
	{ "the last row has no ordinal and large figures", HEAD "1;Thôn 1;100;5\n2;Thôn 2;200;8\n;Chung;350;20\n",
		"Thôn 1|Thôn 2|Chung\n4:2 warning looks-like-total\n", NULL, 0 },
	{ "the last row has no ordinal and other figures", HEAD "1;Thôn 1;100;5\n2;Thôn 2;200;8\n;Thôn 3;150;2\n",
		"Thôn 1|Thôn 2|Thôn 3\n", NULL, 0 },
	{ "the last row has another word, one figure is off", NAMED "Thôn 1;100;5\nThôn 2;200;8\nToàn huyện;301;13\n",
		"4:2 error looks-like-total\n", NULL, 0 },
	{ "the last row has the same word, one figure is off", NAMED "Thôn 1;100;5\nThôn 2;200;8\nThôn 3;301;13\n",
		"Thôn 1|Thôn 2|Thôn 3\n", NULL, 0 },
	{ "it is data by the total row", HEAD "1;Thôn 1;100;5\n2;Thôn 2;200;8\n;Toàn huyện;301;13\n;Cộng;601;26\n",
		"Thôn 1|Thôn 2|Toàn huyện\n", NULL, 0 },
	{ "it is data by the job", HEAD "1;Thôn 1;100;5\n2;Thôn 2;200;8\n;Toàn huyện;301;13\n", "Thôn 1|Thôn 2|Toàn huyện\n", NULL, SUMS_DATA },
	{ "the bare name of the job's own area", NAMED "Thôn 1;20;9\nThôn 2;40;4\nX;60;13\n",
		"Thôn 1|Thôn 2\nX 0+2\n4:1 note group-row\n", NULL, 0 },
	{ "its bare name with a wrong figure", NAMED "Thôn 1;20;9\nThôn 2;10;4\nX;31;13\n", "4:2 error group-row\n", NULL, 0 },
	{ "a total with spaces between its letters", NAMED "Thôn 1;20;9\nThôn 2;10;4\nC Ộ  N G;31;13\n", "Thôn 1|Thôn 2\n", NULL, 0 },
	{ "ordinals in names over wrong figures", NAMED "I. Khu A;7;7\n1. Thôn 1;5;1\n2. Thôn 2;5;2\n", "3:1 note ordinal\n2:1 error group-row\n", NULL, 0 },
};

static bool read_source(const struct source *source, const char *text, struct library *library, struct arena *a, struct data *data,
	struct diags *d)
{
	struct reader_options options = { .shown = source->shown };
	struct csv_sizes sizes = { READER_HEAD, CSV_BLOCK };
	struct data_sink *sink = data_sink_new(source, &dataset, library, a);
	FILE *file = fmemopen((void *)text, strlen(text), "rb");
	bool ok;

	assert_non_null(file);
	ok = csv_read_file(file, sizes, &options, data_sink_rows(sink), d) && data_sink_finish(sink, data, d);
	fclose(file);
	return ok;
}

static void put_data(struct buf *b, const struct data *data)
{
	for (size_t i = 0; i < data->n_row; i++)
		buf_printf(b, "%s%s", i ? "|" : "", data->row[i].label);
	buf_putc(b, '\n');
	for (size_t i = 0; i < data->n_group; i++)
		buf_printf(b, "%s %zu+%zu\n", data->group[i].row.label, data->group[i].first, data->group[i].n_row);
}

static void check(const struct sum_case *c)
{
	struct source sources[] = {
		{ .id = "s", .shown = "s.csv", .period_year = 2024, .sums = c->sums },
		{ .id = "t", .shown = "t.csv", .period_year = 2023, .role = SOURCE_PREVIOUS },
	};
	struct job job = { .area = "phường X", .source = sources, .n_source = c->other ? 2 : 1 };
	struct data data[2] = { 0 };
	struct model model = { 0 };
	struct library library;
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct buf out = { 0 };
	bool ok;

	library_init(&library, &a);
	library_add(&library, "templates", "templates");
	ok = read_source(&sources[0], c->text, &library, &a, &data[0], &d)
		&& (!c->other || read_source(&sources[1], c->other, &library, &a, &data[1], &d))
		&& model_build(&job, area_names_read(&library, job.at, &a, &d), data, job.n_source, &a, &model, &d);
	assert_int_equal(ok, !d.n_error);
	if (ok)
		put_data(&out, data);
	for (size_t i = 0; i < d.n_finding; i++)
		if (strcmp(d.finding[i].rule, "unknown-column") != 0)
			buf_printf(&out, "%u:%u %s %s\n", d.finding[i].at.row, d.finding[i].at.col, severity_name(d.finding[i].severity),
				d.finding[i].rule);
	if (strcmp(out.n ? out.text : "", c->want) != 0)
		fail_msg("%s: got\n%s", c->what, out.n ? out.text : "");
	buf_clear(&out);
	diags_clear(&d);
	arena_clear(&a);
}

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(&cases[i]);
}

/* Many rows, each of them all zero or equal to the next: no more work than adding them up. */
static void test_many(void **state)
{
	enum { ROWS = 50000 };
	struct buf b = { 0 };
	struct sum_case c = { "many rows", NULL, NULL, NULL, 0 };
	struct buf want = { 0 };

	(void)state;
	buf_puts(&b, NAMED);
	for (int i = 0; i < ROWS; i++) {
		buf_printf(&b, "Đội %d;0;0\n", i);
		buf_printf(&want, "%sĐội %d", i ? "|" : "", i);
	}
	buf_putc(&want, '\n');
	c.text = b.text;
	c.want = want.text;
	check(&c);
	buf_clear(&b);
	buf_clear(&want);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_many),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("sumrows", tests, NULL, NULL);
}
