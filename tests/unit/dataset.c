/* model/dataset.c: datasets as their files say, with every fault in one run. */
#include "model/dataset.h"

#include "base/buf.h"
#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define HEAD "<dataset xmlns='urn:kehoach:dataset:1' id='d' title='T'"

/* Writes templates/datasets/d.xml in a folder of its own, reads it; findings into out as "ROW:COL rule\n". */
static const struct dataset *read_text(const char *text, struct arena *a, struct buf *out)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = arena_printf(a, "%s/kehoach-dataset-XXXXXX", tmp ? tmp : "/tmp");
	struct diags d = { 0 };
	struct library l;
	const struct dataset *s;
	const char *folder;
	const char *path;

	assert_non_null(mkdtemp(dir));
	folder = file_join(dir, "datasets", a);
	path = file_join(folder, "d.xml", a);
	assert_true(file_make_dirs(folder, &d));
	assert_true(file_write(path, text, strlen(text), &d));
	library_init(&l, a);
	library_add(&l, dir, "templates");
	s = dataset_read(&l, "d", (struct origin){ "job.xml", NULL, 3, 4 }, a, &d);
	assert_int_equal(!s, d.n_error > 0);
	assert_int_equal(l.n_used, 1);
	assert_string_equal(l.used[0].manifest, "templates/datasets/d.xml");
	for (size_t i = 0; i < d.n_finding; i++)
		buf_printf(out, "%s:%u:%u %s\n", file_name(d.finding[i].at.file), d.finding[i].at.row,
			d.finding[i].at.col, d.finding[i].rule);
	file_remove(path);
	rmdir(folder);
	rmdir(dir);
	diags_clear(&d);
	return s;
}

static void test_good(void **state)
{
	static const char text[] = HEAD " total='Cộng| Tổng  CỘNG |'>\n"
		"<!-- keys --><field id='area' type='area' key='yes'><name>Đơn vị</name><name>KHU PHỐ</name></field>\n"
		"<field id='poor_start' type='count' unit='hộ' required='yes' needed='yes'>"
		"<name>Hộ nghèo đầu năm {period - 1} &gt; Số hộ</name></field>\n"
		"<field id='gap' type='money' unit='đồng' signed='yes' cumulative='yes'/><field id='came' type='date' time='yes'/>\n"
		"<field id='note' type='text'/></dataset>";
	struct arena a = { 0 };
	struct buf out = { 0 };
	const struct dataset *s = read_text(text, &a, &out);

	(void)state;
	assert_non_null(s);
	assert_int_equal(out.n, 0);
	assert_string_equal(s->id, "d");
	assert_int_equal(s->n_field, 5);
	assert_int_equal(s->label, 0);
	assert_string_equal(s->total_label, "Cộng");
	assert_string_equal(s->total[0], "cộng");
	assert_string_equal(s->total[1], "tổng cộng");
	assert_null(s->total[2]);
	assert_string_equal(s->field[0].label, "Đơn vị");
	assert_int_equal(s->field[0].n_name, 3);
	assert_string_equal(s->field[0].name[1], "khu phố");
	assert_string_equal(s->field[0].name[2], "area");
	assert_true(s->field[0].key);
	assert_string_equal(s->field[0].unit, "");
	assert_int_equal(s->field[1].type, FIELD_COUNT);
	assert_string_equal(s->field[1].name[0], "hộ nghèo đầu năm {period - 1} > số hộ");
	assert_true(s->field[1].required && s->field[1].needed && !s->field[1].key);
	assert_true(s->field[2].may_be_negative && s->field[2].is_cumulative && s->field[3].has_time);
	assert_string_equal(s->field[2].label, "gap");
	assert_ptr_equal(dataset_field(s, "note"), &s->field[4]);
	assert_null(dataset_field(s, "nothing"));
	buf_clear(&out);
	arena_clear(&a);
}

static const struct {
	const char *text;
	const char *want;
} faults[] = {
	{ HEAD "/>", "d.xml:1:1 missing-element\n" },
	{ "<dataset xmlns='urn:kehoach:dataset:1' id='e'><field id='a' type='text'/></dataset>",
		"d.xml:1:1 missing-attribute\nd.xml:1:44 id\n" },
	{ HEAD ">\n<field id='a' type='cuont'/>\n<feild/>\n<field type='text'/></dataset>",
		"d.xml:2:21 value\nd.xml:3:1 unknown-element\nd.xml:4:1 missing-attribute\n" },
	{ HEAD ">\n<field id='A b' type='text'/>\n<field id='a' type='text' key='ja' reqired='yes'/></dataset>",
		"d.xml:2:12 name\nd.xml:3:36 unknown-attribute\nd.xml:3:32 value\n" },
	{ HEAD ">\n<field id='a' type='text' unit='hộ'/>\n<field id='b' type='count' key='yes'/></dataset>",
		"d.xml:2:33 unit\nd.xml:3:33 key\n" },
	{ HEAD ">\n<field id='a' type='text' time='yes'/>\n<field id='b' type='rate' cumulative='yes'/></dataset>",
		"d.xml:2:33 type\nd.xml:3:39 type\n" },
	{ HEAD ">\n<field id='a' type='text'/>\n<field id='a' type='text'/></dataset>",
		"d.xml:3:12 duplicate\n" },
	{ HEAD ">\n<field id='a' type='text'><name>X</name></field>\n"
	       "<field id='b' type='text'><name>x</name><name>{year}</name><name/></field></dataset>",
		"d.xml:3:27 duplicate\nd.xml:3:47 name\nd.xml:3:60 name\n" },
};

static void test_faults(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		struct arena a = { 0 };
		struct buf out = { 0 };

		assert_null(read_text(faults[i].text, &a, &out));
		if (strcmp(out.text, faults[i].want) != 0)
			fail_msg("%s: got\n%s", faults[i].text, out.text);
		buf_clear(&out);
		arena_clear(&a);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_faults),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("dataset", tests, NULL, NULL);
}
