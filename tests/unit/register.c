/* model/register.c, ingest/scan.c: a register is counted alike by the scanner, by several threads and by the rows of the reader. */
#include "counted.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define HEAD "village,id,class,end,ethnic,f1,f2,f3,f4,members\n"

/* Rows with what may go wrong, and what comes of it. */
static const struct {
	const char *text;
	const char *want;
} cases[] = {
	{ HEAD "01,a,2,2,Kinh,1,0,1,0,4\n01,b,2,0,Kinh,1,1,0,0,3\n02,c,1,,Tày,x,,có,0,5\n",
		"'01': 2 2 1 2 1 1 0 7 7\n'02': 1 0 0 0 0 0 1 5 0\n" },
	/* words, quotes, spaces, blank rows, line ends */
	{ HEAD "01,\"a\",\"Hộ nghèo\",2,Kinh,1,0,1,0,4\r\n\n 01 ,b, hộ nghèo ,0,Kinh,1,1,0,0,3\n,,,,,,,,,\n02,c,1,,Tày,x,,có,0,5",
		"'01': 2 2 1 2 1 1 0 7 7\n'02': 1 0 0 0 0 0 1 5 0\n" },
	/* the second of two is left out, wherever it stands */
	{ HEAD "01,a,2,2,Kinh,1,0,1,0,4\n02,a,2,2,Kinh,1,1,0,0,3\n02,c,1,,Tày,x,,có,0,5\n",
		"0:0 duplicate 1 rows repeat the number of a row above, which no two rows may have in common, and are left out; keep one of them\n"
		"3:2 duplicate the number of this row stands in a row above already\n"
		"'01': 1 1 0 1 0 1 0 4 4\n'02': 1 0 0 0 0 0 1 5 0\n" },
	{ HEAD "01,a,2,2,Kinh,1,0,1,0\n01,b,9,2,Kinh,1,0,1,0,4\n01,c,,2,Kinh,1,0,1,0,4\n01,d,2,2,Kinh,1,0,1,0,-4\n,e,2,2,Kinh,1,0,1,0,4\n"
	       "01,f,0,2,Kinh,1,0,1,0,4\n03,g,2,2,Kinh,1,0,1,0,4\n",
		"0:0 columns 1 rows have more or fewer cells than the header and are left out; is a delimiter missing, or one too many in a text without quotes?\n"
		"2:0 columns this row has more or fewer cells than the header\n"
		"0:0 needed 2 rows lack something that figures are counted by and are left out; fill the cells in\n"
		"4:3 needed 'class': this cell is empty\n6:1 needed 'village': this cell is empty\n"
		"0:0 word 1 rows have something in a column of words or flags that is none of those it knows and are left out; mend it, or add the word to the dataset\n"
		"3:3 word 'class': this is none of the words that may stand here\n"
		"0:0 whole 1 rows have something other than a whole number where numbers are summed and are left out; write digits and nothing else\n"
		"5:10 whole 'members': this is no whole number, or one that is too large\n"
		"0:0 row-check 1 rows are left out: không thể; mend them\n7:0 row-check this row: không thể\n"
		"'03': 1 1 0 1 0 1 0 4 4\n" },
	/* line ends before the rows: alone, and in cells of the header */
	{ "Title\r" HEAD "01,a,2,2,Kinh,1,0,1,0,4\n01,b,2,0,Kinh,1,1,0,0,3\n", "'01': 2 2 1 2 1 1 0 7 7\n" },
	{ "village,id,class,end,ethnic,f1,f2,f3,f4,members\r01,a,2,2,Kinh,1,0,1,0,4\r", "'01': 1 1 0 1 0 1 0 4 4\n" },
	{ "village,id,class,end,ethnic,f1,f2,f3,f4,members\r", "" },
	{ "village,id,class,\"end\r\",ethnic,f1,f2,f3,f4,members\n01,a,2,2,Kinh,1,0,1,0,4\n", "'01': 1 1 0 1 0 1 0 4 4\n" },
	{ "\"village\n\",id,class,\"\nend\",ethnic,f1,f2,f3,f4,members\n01,a,2,2,Kinh,1,0,1,0,4\n", "'01': 1 1 0 1 0 1 0 4 4\n" },
	{ "x,\"\n\"\nvillage,id,class,end,ethnic,f1,f2,f3,f4,\"members\r\n\"\r\n01,a,2,2,Kinh,1,0,1,0,4\r\n", "'01': 1 1 0 1 0 1 0 4 4\n" },
	/* what the reader cannot read, behind the header and before there is one */
	{ HEAD "01,\"a,2,2,Kinh,1,0,1,0,4\n", "0:0 quote 1 rows have quotes that are not closed, or text behind a closing quote, and are left out; a quote inside a cell is written twice\n"
		"2:0 quote a quote of this row is not closed, or text stands behind a closing quote\n" },
	/* a row with such a quote is one line, also where other cells have line ends */
	{ HEAD "01,a,2,2,\"Ki\"nh,1,0,1,0,4\n01,b,2,0,Kinh,1,1,0,0,3\n01,\"c\"d,2,0,\"Kinh,1,1,0,0,3\r\n01,e,2,0,Kinh,1,1,0,0,3\r\n01,e,2,0,Kinh,1,1,0,0,3\n",
		"0:0 quote 2 rows have quotes that are not closed, or text behind a closing quote, and are left out; a quote inside a cell is written twice\n"
		"2:0 quote a quote of this row is not closed, or text stands behind a closing quote\n4:0 quote a quote of this row is not closed, or text stands behind a closing quote\n"
		"0:0 duplicate 1 rows repeat the number of a row above, which no two rows may have in common, and are left out; keep one of them\n"
		"6:2 duplicate the number of this row stands in a row above already\n'01': 2 2 2 2 2 0 0 6 6\n" },
	{ HEAD "01,\"a\n1\",2,2,Kinh,1,0,1,0,4\n01,b,2,0,\"Ki\"nh,1,1,0,0,3\n01,\"c\n2\",2,0,Kinh,1,1,0,0,3\n01,d,2,0,\"Kinh,1,1,0,0,3\n01,e,2,0,Kinh,1,1,0,0,3\n",
		"0:0 quote 2 rows have quotes that are not closed, or text behind a closing quote, and are left out; a quote inside a cell is written twice\n"
		"4:0 quote a quote of this row is not closed, or text stands behind a closing quote\n7:0 quote a quote of this row is not closed, or text stands behind a closing quote\n'01': 3 3 2 3 2 1 0 10 10\n" },
	/* bytes that are no text, behind some that are UTF-8 */
	{ HEAD "02,c,1,,Tày,x,,có,0,5\n01,a,2,2,\xE1,1,0,1,0,4\n01,b,2,0,Kinh,1,1,0,0,3\n",
		"0:0 encoding 1 rows have bytes that are no text in UTF-8 and are left out; save the file as CSV (UTF-8), or say encoding=\"...\" on the job's <source>, if it is another encoding\n"
		"3:0 encoding this row has a byte that is no text in UTF-8\n'02': 1 0 0 0 0 0 1 5 0\n'01': 1 1 1 1 1 0 0 3 3\n" },
	/* rows that are none; the row of numbers is no village "1", of which "4" is a class */
	{ HEAD "1,2,3,4,5,6,7,8,9,10\n01,a,2,2,Kinh,1,0,1,0,4\n" HEAD "01,b,2,0,Kinh,1,1,0,0,3\nTổng cộng,,,,,,,,,7\n",
		"4:0 skipped-rows 2 rows are no rows of the register and are skipped, this is the first: nothing stands in the columns that figures are counted by, or it is a total or the header again\n"
		"'01': 2 2 1 2 1 1 0 7 7\n" },
	{ HEAD "01,b,2,0,Kinh,1,1,0,0,3\nTổng cộng,,,,,,,,,7\n1,2,3,4,5,6,7,8,9,10\n",
		"3:0 skipped-rows 1 rows are no rows of the register and are skipped, this is the first: nothing stands in the columns that figures are counted by, or it is a total or the header again\n"
		"0:0 word 1 rows have something in a column of words or flags that is none of those it knows and are left out; mend it, or add the word to the dataset\n"
		"4:3 word 'class': this is none of the words that may stand here\n'01': 1 1 1 1 1 0 0 3 3\n" },
	/* a column that is not read may stand there twice, one that is read may not */
	{ "age,age," HEAD "1,2,01,b,2,0,Kinh,1,1,0,0,3\n", "'01': 1 1 1 1 1 0 0 3 3\n" },
	{ "f1," HEAD "1,01,b,2,0,Kinh,1,1,0,0,3\n", "1:7 ambiguous-header the columns 1 and 7 can both be 'f1'; rename or delete one of them\n" },
	{ "x\n\"village,id\n", "2:1 quote this quote is never closed; write another one at the end of the field, or none\n" },
	{ "village,class\n01,2\n", "1:0 missing-column the column 'end' is not there, and figures are counted by it; add it, or mend its header\n"
				   "1:0 missing-column the column 'f1' is not there, and figures are counted by it; add it, or mend its header\n"
				   "1:0 missing-column the column 'f2' is not there, and figures are counted by it; add it, or mend its header\n"
				   "1:0 missing-column the column 'f3' is not there, and figures are counted by it; add it, or mend its header\n"
				   "1:0 missing-column the column 'members' is not there, and figures are counted by it; add it, or mend its header\n" },
};

static void check_all(struct counting *c, const char *text, size_t n, const char *want)
{
	static const unsigned threads[] = { 1, 2, 3, 7 };
	struct buf rows = { 0 };
	struct buf scan = { 0 };

	counted(c, text, n, 0, &rows);
	if (want && strcmp(rows.text ? rows.text : "", want) != 0)
		fail_msg("%.200s\ngot\n%s", text, rows.text);
	for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
		counted(c, text, n, threads[i], &scan);
		if (strcmp(scan.text ? scan.text : "", rows.text ? rows.text : "") != 0)
			fail_msg("%u threads: %.200s\ngot\n%.2000s\nbut by rows\n%.2000s", threads[i], text, scan.text, rows.text);
	}
	buf_clear(&rows);
	buf_clear(&scan);
}

static void test_cases(void **state)
{
	struct counting c;

	(void)state;
	counting_open(&c);
	assert_non_null(c.areas);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_all(&c, cases[i].text, strlen(cases[i].text), cases[i].want);
	counting_close(&c);
}

static unsigned next_random(uint64_t *seed, unsigned below)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % below;
}

/* Many rows, some of them odd: blocks, parts and hash tables that grow. */
static void put_random_rows(struct buf *b, unsigned n_row, uint64_t *seed)
{
	static const char *const classes[] = { "2", "1", "0", "2", "0", "Hộ nghèo", " 1", "\"2\"", "7", "" };
	static const char *const flags[] = { "0", "1", "0", "1", "", "x" };

	for (unsigned i = 0; i < n_row; i++) {
		bool odd = !next_random(seed, 50);

		buf_printf(b, "%05u,h%u,%s,%s,Kinh,%s,%s,%s,0,%u%s\n", next_random(seed, 3000), next_random(seed, 40 * n_row),
			classes[next_random(seed, odd ? 10 : 5)], next_random(seed, 9) ? "0" : "2", flags[next_random(seed, odd ? 6 : 4)],
			flags[next_random(seed, 4)], flags[next_random(seed, 4)], next_random(seed, 12), odd && !next_random(seed, 4) ? ",1" : "");
	}
}

static void test_many(void **state)
{
	struct counting c;
	struct buf b = { 0 };
	uint64_t seed = 3;

	(void)state;
	counting_open(&c);
	buf_puts(&b, HEAD);
	put_random_rows(&b, 30000, &seed);
	check_all(&c, b.text, b.n, NULL);
	buf_clear(&b);
	counting_close(&c);
}

/* A line that never ends is passed over; the rows before and behind it count. */
static void test_endless(void **state)
{
	struct counting c;
	struct buf b = { 0 };
	struct buf out = { 0 };

	(void)state;
	counting_open(&c);
	buf_puts(&b, HEAD "01,a,2,2,Kinh,1,0,1,0,4\n02,b,");
	memset(buf_room(&b, 1000000), 'x', 1000000);
	b.n += 1000000;
	buf_puts(&b, "\n01,c,2,2,Kinh,1,0,1,0,4\n");
	for (unsigned n_thread = 1; n_thread < 6; n_thread++) {
		counted(&c, b.text, b.n, n_thread, &out);
		assert_string_equal(out.text,
			"0:0 limit 1 rows are longer than a row of a register may be and are left out; is a line end missing?\n"
			"3:0 limit this row is longer than a row of a register may be\n'01': 2 2 0 2 0 2 0 8 8\n");
	}
	buf_clear(&b);
	buf_clear(&out);
	counting_close(&c);
}

/* The same where the reader of CSV must tell lines from cells: a line break in quotes, and a quote that swallows what follows. */
static void test_endless_rows(void **state)
{
	struct counting c;
	struct buf b = { 0 };

	(void)state;
	counting_open(&c);
	buf_puts(&b, HEAD "01,\"a\n\",2,2,Kinh,1,0,1,0,4\n02,b,");
	memset(buf_room(&b, 1000000), 'x', 1000000);
	b.n += 1000000;
	buf_puts(&b, "\n01,c,2,2,Kinh,1,0,1,0,4\n01,\"d,2,2,Kinh,1,0,1,0,4\n");
	for (unsigned i = 0; i < 20000; i++)
		buf_puts(&b, "01,,2,2,Kinh,1,0,1,0,4\n");
	check_all(&c, b.text, b.n,
		"0:0 limit 1 rows are longer than a row of a register may be and are left out; is a line end missing?\n"
		"4:0 limit this row is longer than a row of a register may be\n"
		"0:0 quote 1 rows have quotes that are not closed, or text behind a closing quote, and are left out; a quote inside a cell is written twice\n"
		"6:0 quote a quote of this row is not closed, or text stands behind a closing quote\n'01': 20002 20002 0 20002 0 20002 0 80008 80008\n");
	buf_clear(&b);
	counting_close(&c);
}

/* More codes of areas than there may be: nothing is counted, however the file was divided. */
static void test_keys(void **state)
{
	struct counting c;
	struct buf b = { 0 };

	(void)state;
	counting_open(&c);
	c.options.n_key_max = 40;
	buf_puts(&b, HEAD);
	for (unsigned i = 0; i < 300; i++)
		buf_printf(&b, "%02u,h%u,2,2,Kinh,1,0,1,0,4\n", i % 40, i % 200);
	buf_puts(&b, "40,a,2,2,Kinh,1,0,1,0,4\n00,b,2,2,Kinh,1,0,1,0,4\n");
	check_all(&c, b.text, b.n, "0:1 limit the rows have more than 40 different codes or names of areas; is it the right column? If it is, divide the file\n");
	buf_clear(&b);
	counting_close(&c);
}

/* Codes of areas on both sides of the length that is its own hash, which the scanner and tables of keys go by: one behind another, in
 * turn, and with a sign or a letter that has no short way. */
static void test_key_lengths(void **state)
{
	static const char key[] = "0123456789AB";
	static const char *const odd[] = { "0123-567", "0123 567", "0123456Đ", "012345Đ" };
	struct counting c;
	struct buf b = { 0 };
	struct buf want = { 0 };
	unsigned n = 0;

	(void)state;
	counting_open(&c);
	buf_puts(&b, HEAD);
	for (int len = 1; len < (int)sizeof key; len++)
		for (int i = 0; i < len; i++)
			buf_printf(&b, "%.*s,h%u,2,2,Kinh,1,0,0,0,1\n", len, key, n++);
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		buf_printf(&b, "%s,h%u,2,2,Kinh,1,0,0,0,1\n", odd[i], n++);
	for (int i = 0; i < 200; i++)
		for (int len = 1; len < (int)sizeof key; len++)
			buf_printf(&b, "%.*s,h%u,2,2,Kinh,1,0,0,0,1\n", len, key, n++);
	for (int len = 1; len < (int)sizeof key; len++)
		buf_printf(&want, "'%.*s': %d %d 0 %d 0 0 0 %d %d\n", len, key, 200 + len, 200 + len, 200 + len, 200 + len, 200 + len);
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		buf_printf(&want, "'%s': 1 1 0 1 0 0 0 1 1\n", odd[i]);
	check_all(&c, b.text, b.n, want.text);
	buf_clear(&b);
	buf_clear(&want);
	counting_close(&c);
}

/* Of parts that fit by themselves, together with records of different texts. */
static void test_full(void **state)
{
	static const struct tally_column column = { .col = 1, .is_key = true, .number = -1, .distinct = 0 };
	static const uint16_t cell[] = { 0 };
	static const struct tally_group group = { .kind = TALLY_DISTINCT, .cell = cell };
	const struct tally_plan plan = { &column, 1, &group, 1, .n_counter = 1, .n_distinct = 1, .n_key_max = 4 };
	struct tally part[2];
	struct hash_record *record;
	struct diags d = { 0 };
	size_t n_all = 0;

	(void)state;
	for (unsigned k = 0; k < 2; k++) {
		tally_init(&part[k], &plan, 1);
		for (unsigned i = 0; i < 3; i++)
			tally_take(&part[k], &(struct tally_text){ &"abcdef"[3 * k + i], 1, 1 }, 1, 10 * k + i);
		assert_int_equal(tally_overflow(&part[k]), TALLY_FITS);
	}
	tally_merge(&part[0], &part[1]);
	assert_int_equal(tally_overflow(&part[0]), TALLY_TOO_MANY_KEYS);
	assert_int_equal(part[0].n_key, 4);
	for (size_t i = 0, n; i < HASHLOG_PARTS; i++, n_all += n) {
		assert_true(hashlog_part(part[0].distinct[0], i, &record, &n, &d));
		for (size_t k = 0; k < n; k++)
			assert_true(record[k].with >> HASHLOG_LOW < 4);
		free(record);
	}
	assert_int_equal(n_all, 4);
	tally_clear(&part[0]);
}

/* Where there is no folder for the file. */
static void test_no_folder(void **state)
{
	const char *tmp = getenv("TMPDIR");
	char *before = tmp ? strdup(tmp) : NULL;
	struct hashlog *log = hashlog_open(1);
	struct hash_record *record;
	struct diags d = { 0 };
	size_t n;

	(void)state;
	setenv("TMPDIR", "/nowhere/at-all", 1);
	hashlog_add(log, 1, 1);
	hashlog_add(log, 2, 2);
	assert_false(hashlog_part(log, 0, &record, &n, &d));
	assert_int_equal(d.n_fault, 1);
	assert_non_null(strstr(d.finding[0].message, "'/nowhere/at-all'"));
	if (before)
		setenv("TMPDIR", before, 1);
	else
		unsetenv("TMPDIR");
	free(before);
	hashlog_close(log);
	diags_clear(&d);
}

/* What repeats is found also where records went to the file. */
static void test_hashlog(void **state)
{
	struct hashlog *log = hashlog_open(100);
	struct diags d = { 0 };
	uint64_t sum = 0;
	size_t n_all = 0;

	(void)state;
	for (uint64_t i = 0; i < 100000; i++)
		hashlog_add(log, i * 7919 % 50021, i);
	for (size_t part = 0; part < HASHLOG_PARTS; part++) {
		struct hash_record *record;
		size_t n;

		assert_true(hashlog_part(log, part, &record, &n, &d));
		for (size_t i = 0; i < n; i++) {
			assert_int_equal(record[i].hash % HASHLOG_PARTS, part);
			assert_int_equal(record[i].with * 7919 % 50021, record[i].hash);
			sum += record[i].with;
		}
		n_all += n;
		free(record);
	}
	assert_int_equal(n_all, 100000);
	assert_int_equal(sum, UINT64_C(99999) * 50000);
	hashlog_close(log);
	diags_clear(&d);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_endless),
		cmocka_unit_test(test_endless_rows),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_key_lengths),
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_hashlog),
		cmocka_unit_test(test_no_folder),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("register", tests, NULL, NULL);
}
