/* ingest/ole.c: containers as libgsf writes them, whole, cut off and with every word of the header wrong. */
#include "base/buf.h"
#include "ingest/ole.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <gsf/gsf.h>

#include <cmocka.h>

enum {
	N_SMALL = 100,	     /* [bytes] kept in small sectors */
	N_LARGE = 100 << 10, /* not */
	SECTOR = 512,
	AT_DIRECTORY = 0x30,
};

static unsigned char byte_at(size_t i)
{
	return (unsigned char)(i * 7 + i / 251);
}

static void add(GsfOutfile *outfile, const char *name, size_t n)
{
	GsfOutput *stream = gsf_outfile_new_child(outfile, name, FALSE);

	for (size_t i = 0; i < n; i++) {
		guint8 byte = byte_at(i);

		gsf_output_write(stream, 1, &byte);
	}
	gsf_output_close(stream);
	g_object_unref(stream);
}

static void make(struct buf *file)
{
	GsfOutput *memory = gsf_output_memory_new();
	GsfOutfile *outfile = gsf_outfile_msole_new(memory);

	add(outfile, "Small", N_SMALL);
	add(outfile, "Large", N_LARGE);
	add(outfile, "Empty", 0);
	gsf_output_close(GSF_OUTPUT(outfile));
	buf_put(file, (const char *)gsf_output_memory_get_bytes(GSF_OUTPUT_MEMORY(memory)), (size_t)gsf_output_size(memory));
	g_object_unref(outfile);
	g_object_unref(memory);
}

/* Whether all of the stream can be read, in pieces of n bytes, and is what was written. */
static bool is_whole(struct ole_file *o, const char *name, size_t n_piece)
{
	struct diags d = { 0 };
	struct ole_stream *s = ole_stream_open(o, name, &d);
	unsigned char piece[4096];
	bool ok = s;

	for (size_t at = 0; ok && at < ole_stream_size(s); at += n_piece) {
		size_t n = ole_stream_size(s) - at < n_piece ? ole_stream_size(s) - at : n_piece;

		ok = ole_stream_read(s, at, piece, n);
		for (size_t i = 0; ok && i < n; i++)
			ok = piece[i] == byte_at(at + i);
	}
	ole_stream_close(s);
	diags_clear(&d);
	return ok;
}

static void test_whole(void **state)
{
	struct buf file = { 0 };
	struct diags d = { 0 };
	struct ole_file *o;
	struct ole_stream *s;
	char byte;

	(void)state;
	make(&file);
	o = ole_open_bytes(file.text, file.n, "f", &d);
	assert_non_null(o);
	assert_int_equal(ole_n_name(o), 3);
	assert_true(ole_has(o, "Small") && ole_has(o, "Large") && ole_has(o, "Empty") && !ole_has(o, "Other"));
	assert_true(is_whole(o, "Small", 1) && is_whole(o, "Small", N_SMALL) && is_whole(o, "Empty", 1));
	assert_true(is_whole(o, "Large", 1) && is_whole(o, "Large", 1000) && is_whole(o, "Large", 4096));
	s = ole_stream_open(o, "Large", &d);
	assert_int_equal(ole_stream_size(s), N_LARGE);
	assert_true(ole_stream_read(s, N_LARGE - 1, &byte, 1));
	assert_false(ole_stream_read(s, N_LARGE, &byte, 1));
	assert_false(ole_stream_read(s, SIZE_MAX, &byte, 2));
	ole_stream_close(s);
	ole_close(o);
	assert_int_equal(d.n_finding, 0);
	assert_null(ole_open_bytes(file.text, 0, "f", &d));
	ole_close(NULL);
	ole_stream_close(NULL);
	diags_clear(&d);
	buf_clear(&file);
}

/* Opens what is there and reads all; whatever it says, it may not break. Copied, so that the sanitizer sees the end. */
static bool try(const char *data, size_t n)
{
	char *exact = memory_new(n, 1);
	struct diags d = { 0 };
	struct ole_file *o;
	bool ok = false;

	memcpy(exact, data, n);
	o = ole_open_bytes(exact, n, "f", &d);
	if (o)
		ok = ole_has(o, "Large") && is_whole(o, "Large", 4096) && is_whole(o, "Small", 64);
	else
		assert_int_equal(d.n_error, 1);
	ole_close(o);
	diags_clear(&d);
	free(exact);
	return ok;
}

static void test_cut(void **state)
{
	struct buf file = { 0 };

	(void)state;
	make(&file);
	assert_true(try(file.text, file.n));
	for (size_t n = 0; n < file.n; n += SECTOR / 4)
		assert_false(try(file.text, n));
	buf_clear(&file);
}

static void put_word(struct buf *file, size_t at, uint32_t x)
{
	for (size_t i = 0; i < 4; i++)
		file->text[at + i] = (char)(x >> 8 * i);
}

static uint32_t word_at(const struct buf *file, size_t at)
{
	uint32_t x = 0;

	for (size_t i = 4; i-- > 0;)
		x = x << 8 | (unsigned char)file->text[at + i];
	return x;
}

/* Each word of the header, of the directory and of the table of sectors, made what a hostile file would have there. */
static void test_words(void **state)
{
	static const uint32_t hostile[] = { 0, 1, 2, 3, 200, 0x00010000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF };
	struct buf file = { 0 };
	size_t begin[3] = { 0 };

	(void)state;
	make(&file);
	begin[1] = (word_at(&file, AT_DIRECTORY) + 1) * SECTOR;
	begin[2] = (word_at(&file, 0x4C) + 1) * SECTOR;
	for (size_t k = 0; k < 3; k++)
		for (size_t at = begin[k]; at < begin[k] + SECTOR; at += 4)
			for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
				uint32_t before = word_at(&file, at);

				put_word(&file, at, hostile[i]);
				try(file.text, file.n);
				put_word(&file, at, before);
			}
	buf_clear(&file);
}

/* A directory whose chain comes back to where it began. */
static void test_loop(void **state)
{
	struct buf file = { 0 };
	uint32_t directory;

	(void)state;
	make(&file);
	directory = word_at(&file, AT_DIRECTORY);
	put_word(&file, (word_at(&file, 0x4C) + 1) * SECTOR + 4 * directory, directory);
	assert_false(try(file.text, file.n));
	buf_clear(&file);
}

static size_t n_said;

static void count_message(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer data)
{
	(void)data;
	n_said++;
	print_message("%s (%d): %s\n", domain ? domain : "-", (int)level, message);
}

/* All that the tests before have read. */
static void test_silence(void **state)
{
	(void)state;
	assert_int_equal(n_said, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_loop),
		cmocka_unit_test(test_silence),
	};

	g_log_set_default_handler(count_message, NULL);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("ole", tests, NULL, NULL);
}
