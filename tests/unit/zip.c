#include "ingest/limits.h"
#include "ingest/zip.h"
#include "zipped.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

static bool take_text(void *ctx, const char *data, size_t n, struct diags *d)
{
	(void)d;
	buf_put(ctx, data, n);
	return true;
}

/* All parts one after the other. */
static bool read_all(const struct zipped *z, struct buf *text, struct diags *d)
{
	struct container *c = container_open_bytes(z->bytes.text, z->bytes.n, "f.zip", d);
	struct zip_sink sink = { text, take_text };
	bool ok = c != NULL;

	for (size_t i = 0; ok && i < container_count(c); i++)
		ok = container_read(c, i, &sink, d);
	container_close(c);
	return ok;
}

static const struct zipped_entry two[] = {
	{ .name = "a/one.xml", .text = "first part, first part, first part" },
	{ .name = "B.xml", .text = "second", .stored = true },
};

static void test_parts(void **state)
{
	struct zipped z = zipped_make(two, 2);
	struct diags d = { 0 };
	struct container *c = container_open_bytes(z.bytes.text, z.bytes.n, "f.zip", &d);
	struct buf text = { 0 };
	struct zip_sink sink = { &text, take_text };
	size_t part;

	(void)state;
	assert_non_null(c);
	assert_int_equal(container_count(c), 2);
	assert_true(container_find(c, "A/One.XML", &part));
	assert_string_equal(container_name(c, part), "a/one.xml");
	assert_string_equal(container_shown(c, part), "f.zip/a/one.xml");
	assert_true(container_read(c, part, &sink, &d));
	assert_true(container_find(c, "b.xml", &part));
	assert_true(container_read(c, part, &sink, &d));
	assert_true(container_read(c, part, &sink, &d));
	assert_string_equal(text.text, "first part, first part, first partsecondsecond");
	assert_false(container_find(c, "a/one", &part));
	assert_false(container_find(c, "a/one.xml2", &part));
	container_close(c);
	buf_clear(&text);
	buf_clear(&z.bytes);
	diags_clear(&d);
}

enum header { LOCAL, CENTRAL, END };

/* One to three changes to the archive of two entries, and what is said of it. */
struct damage {
	const char *rule;    /* NULL: it is read all the same */
	const char *message; /* some of it */
	struct poke {
		enum header header;
		size_t entry;
		size_t at;
		uint64_t value;
		size_t n; /* [bytes] 0: none */
	} poke[4];
};

static const struct damage damages[] = {
	{ NULL, NULL, { { LOCAL, 0, 0, 0x04034B50, 4 } } },
	{ "format", "two different things of its entry 'a/one.xml'", { { LOCAL, 0, 30, 'b', 1 } } }, /* name */
	{ "format", "two different things of its entry 'B.xml'", { { LOCAL, 1, 8, 8, 2 } } },	    /* method */
	{ "format", "two different things of its entry 'B.xml'", { { LOCAL, 1, 18, 5, 4 } } },
	{ "format", "two different things of its entry 'B.xml'", { { LOCAL, 1, 22, 5, 4 } } },
	{ "format", "two different things of its entry 'B.xml'", { { LOCAL, 1, 14, 5, 4 } } }, /* crc */
	{ "format", "two different things of its entry 'B.xml'", { { LOCAL, 1, 6, 8, 2 } } },  /* flags */
	{ "format", "two different things of its entry 'B.xml'", { { LOCAL, 1, 0, 0, 1 } } },
	{ "encrypted", "'a/one.xml' is encrypted", { { CENTRAL, 0, 8, 1, 2 }, { LOCAL, 0, 6, 1, 2 } } },
	{ "encrypted", "'B.xml' is encrypted", { { CENTRAL, 1, 8, 0x41, 2 } } },
	{ "format", "(method 12)", { { CENTRAL, 0, 10, 12, 2 }, { LOCAL, 0, 8, 12, 2 } } },
	{ "format", "this part of the file is damaged", { { CENTRAL, 0, 16, 1, 4 }, { LOCAL, 0, 14, 1, 4 } } },	     /* crc */
	{ "format", "this part of the file is damaged", { { CENTRAL, 0, 24, 33, 4 }, { LOCAL, 0, 22, 33, 4 } } },    /* size */
	{ "format", "this part of the file is damaged", { { CENTRAL, 0, 24, 35, 4 }, { LOCAL, 0, 22, 35, 4 } } },
	{ "format", "damaged or cut off", { { CENTRAL, 1, 24, 7, 4 }, { LOCAL, 1, 22, 7, 4 } } }, /* stored, two sizes */
	{ "format", "damaged or cut off", { { CENTRAL, 1, 20, 99999, 4 }, { LOCAL, 1, 18, 99999, 4 } } },
	{ "format", "two different things", { { CENTRAL, 1, 42, 0, 4 } } },
	{ "format", "damaged or cut off", { { CENTRAL, 1, 42, 99999999, 4 } } },
	{ "format", "damaged or cut off", { { CENTRAL, 1, 42, 0xFFFFFFFF, 4 } } }, /* without the field that says it */
	{ "format", "damaged or cut off", { { CENTRAL, 1, 20, 0xFFFFFFFF, 4 } } },
	{ "format", "damaged or cut off", { { CENTRAL, 1, 28, 9999, 2 } } },
	{ "format", "damaged or cut off", { { CENTRAL, 1, 30, 9999, 2 } } },
	{ "format", "damaged or cut off", { { CENTRAL, 1, 0, 0, 1 } } },
	{ "format", "whose name leads out of it", { { CENTRAL, 0, 46, '/', 1 }, { LOCAL, 0, 30, '/', 1 } } },
	{ "format", "whose name leads out of it", { { CENTRAL, 0, 46, '.' | '.' << 8 | '/' << 16, 3 } } },
	{ "format", "whose name leads out of it", { { CENTRAL, 0, 46, '\\', 1 } } },
	{ "format", "whose name leads out of it", { { CENTRAL, 0, 47, ':', 1 } } },
	{ "format", "damaged or cut off", { { CENTRAL, 0, 46, 0, 1 } } },
	{ "format", "is not UTF-8", { { CENTRAL, 0, 46, 0x80, 1 } } },
	{ "format", "damaged or cut off", { { END, 0, 0, 0, 1 } } },
	{ "format", "damaged or cut off", { { END, 0, 20, 1, 1 } } },
	{ "format", "one piece of a ZIP file", { { END, 0, 4, 1, 2 } } },
	{ "format", "damaged or cut off", { { END, 0, 10, 1, 2 } } },
	{ "format", "damaged or cut off", { { END, 0, 10, 3, 2 } } },
	{ "format", "no whole ZIP file", { { END, 0, 8, 1, 2 } } },
	{ "format", "damaged or cut off", { { END, 0, 10, 0xFFFF, 2 } } },
	{ "format", "damaged or cut off", { { END, 0, 12, 0xFFFFFFF0, 4 } } },
	{ "format", "damaged or cut off", { { END, 0, 16, 0xFFFFFFF0, 4 } } },
	{ "limit", "more than 10000 entries", { { END, 0, 10, 20000, 2 } } },
};

static void poke(struct zipped *z, const struct poke *p)
{
	size_t base = p->header == LOCAL ? z->local[p->entry] : p->header == CENTRAL ? z->central[p->entry] : z->end;

	zipped_poke(z, base + p->at, p->value, p->n);
}

static void expect(const struct zipped *z, const char *rule, const char *message)
{
	struct diags d = { 0 };
	struct buf text = { 0 };
	bool ok = read_all(z, &text, &d);

	if (ok != !rule || (rule && d.n_finding != 1))
		fail_msg("%s: read: %d, findings: %zu", message ? message : "-", ok, d.n_finding);
	if (rule && (strcmp(d.finding[0].rule, rule) != 0 || !strstr(d.finding[0].message, message)))
		fail_msg("wanted %s, %s: got %s", rule, message, d.finding[0].message);
	buf_clear(&text);
	diags_clear(&d);
}

static void test_damages(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
		struct zipped z = zipped_make(two, 2);

		for (const struct poke *p = damages[i].poke; p->n; p++)
			poke(&z, p);
		expect(&z, damages[i].rule, damages[i].message);
		buf_clear(&z.bytes);
	}
}

static void test_cut(void **state)
{
	(void)state;
	for (size_t n = 0;; n++) {
		struct zipped z = zipped_make(two, 2);
		bool is_whole = n >= z.bytes.n;

		z.bytes.n = is_whole ? z.bytes.n : n;
		expect(&z, is_whole ? NULL : "format", "ZIP file");
		buf_clear(&z.bytes);
		if (is_whole)
			break;
	}
}

static void test_twice(void **state)
{
	static const struct zipped_entry twice[] = { { .name = "xl/a.xml", .text = "1" }, { .name = "xl/A.XML", .text = "2" } };
	struct zipped z = zipped_make(twice, 2);

	(void)state;
	expect(&z, "format", "the entry 'xl/a.xml' twice ('xl/A.XML')");
	buf_clear(&z.bytes);
}

/* The second entry begins in the data of the first, which are stored: each alone is fine. */
static void test_overlap(void **state)
{
	static const struct zipped_entry inner[] = { { .name = "b.xml", .text = "inner", .stored = true } };
	struct zipped in = zipped_make(inner, 1);
	struct zipped_entry outer[] = {
		{ .name = "a.xml", .text = in.bytes.text, .n = in.central[0], .stored = true },
		{ .name = "b.xml", .text = "inner", .stored = true },
	};
	struct zipped z = zipped_make(outer, 2);

	(void)state;
	zipped_poke(&z, z.central[1] + 42, 30 + strlen("a.xml"), 4);
	expect(&z, "format", "'a.xml' and 'b.xml' of the ZIP file overlap");
	buf_clear(&z.bytes);
	buf_clear(&in.bytes);
}

static void test_bomb(void **state)
{
	size_t n = 5 << 20;
	char *spaces = memory_new(n, 1);
	struct zipped_entry bomb = { .name = "a.xml", .text = spaces, .n = n };
	struct zipped z;

	(void)state;
	memset(spaces, ' ', n);
	z = zipped_make(&bomb, 1);
	expect(&z, "limit", "more than 200 times its size");
	buf_clear(&z.bytes);
	free(spaces);
}

/* A part of several pieces, each full but the last; without compression too. */
static bool count_piece(void *ctx, const char *data, size_t n, struct diags *d)
{
	size_t *count = ctx;

	(void)data;
	(void)d;
	assert_int_equal(count[0] % ZIP_PIECE, 0);
	count[0] += n;
	count[1]++;
	return count[1] < 3;
}

static void test_pieces(void **state)
{
	size_t n = 3 * ZIP_PIECE + 5;
	char *text = memory_new(n, 1);

	(void)state;
	for (size_t i = 0; i < n; i++)
		text[i] = (char)(i * 7 + i / 256);
	for (int stored = 0; stored < 2; stored++) {
		struct zipped_entry e = { .name = "a", .text = text, .n = n, .stored = stored };
		struct zipped z = zipped_make(&e, 1);
		struct diags d = { 0 };
		struct container *c = container_open_bytes(z.bytes.text, z.bytes.n, "f.zip", &d);
		size_t count[2] = { 0 };
		struct zip_sink sink = { count, count_piece };

		assert_non_null(c);
		assert_false(container_read(c, 0, &sink, &d)); /* the sink has enough after three */
		assert_int_equal(count[0], 3 * ZIP_PIECE);
		assert_int_equal(d.n_error, 0);
		container_close(c);
		buf_clear(&z.bytes);
	}
	free(text);
}

/* From a file, with the sizes of an entry in an extra field and those of the local header behind the data. */
static void test_zip64(void **state)
{
	char path[] = "/tmp/kehoach-zip-XXXXXX";
	static const char *const made =
		"import sys, zipfile\n"
		"class Pipe:\n"
		"    def __init__(self, f): self.f = f\n"
		"    def write(self, b): return self.f.write(b)\n"
		"    def flush(self): self.f.flush()\n"
		"with open(sys.argv[1], 'wb') as f, zipfile.ZipFile(Pipe(f), 'w', 8) as z:\n"
		"    with z.open('a.xml', 'w', force_zip64=True) as part: part.write(b'text')\n"
		"    z.writestr('b.xml', 'text')\n";
	struct diags d = { 0 };
	struct container *c;
	struct buf text = { 0 };
	struct zip_sink sink = { &text, take_text };
	char command[1024];
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	snprintf(command, sizeof command, "/usr/bin/python3 -c \"%s\" %s", made, path);
	assert_int_equal(system(command), 0);
	c = container_open(path, "f.zip", &d);
	if (!c)
		fail_msg("%s", d.finding[0].message);
	assert_true(container_read(c, 0, &sink, &d) && container_read(c, 1, &sink, &d));
	assert_string_equal(text.text, "texttext");
	container_close(c);
	buf_clear(&text);
	diags_clear(&d);
	unlink(path);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_damages),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_twice),
		cmocka_unit_test(test_overlap),
		cmocka_unit_test(test_bomb),
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_zip64),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
