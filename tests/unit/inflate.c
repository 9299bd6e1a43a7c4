#include "ingest/inflate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

enum { TEXT = 150000, PACKED = TEXT + 1000 };

static unsigned char text[TEXT];
static unsigned char packed[PACKED + 16];
static unsigned char out[TEXT + 16];

/* Letters with repetitions near and far, and a part that cannot be packed. */
static void make_text(void)
{
	unsigned x = 1;

	for (size_t i = 0; i < TEXT; i++) {
		x = x * 1103515245u + 12345u;
		text[i] = i % 50000 < 10000 ? (unsigned char)(x >> 16) : (unsigned char)("0123456789<v></v>"[(x >> 20) % 17]);
		if (i > 40000 && i % 3000 > 500)
			text[i] = text[i - 32768];
	}
}

static size_t pack(int level, int strategy)
{
	z_stream z = { .next_in = text, .avail_in = TEXT, .next_out = packed, .avail_out = PACKED };

	assert_int_equal(deflateInit2(&z, level, Z_DEFLATED, -MAX_WBITS, 8, strategy), Z_OK);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return PACKED - z.avail_out;
}

/* In pieces; *n_out: bytes that came out; *n_left: those of the input that are behind the data. */
static enum inflated unpack(size_t n_packed, size_t in_piece, size_t out_piece, size_t *n_out, size_t *n_left)
{
	struct inflater *inflater = inflater_open();
	struct inflate_input in = { packed, 0 };
	enum inflated state = INFLATE_MORE;
	bool progress = true;

	*n_out = 0;
	while (state == INFLATE_MORE && progress) {
		size_t rest = (size_t)(packed + n_packed - in.s);
		size_t n = sizeof out - *n_out < out_piece ? sizeof out - *n_out : out_piece;
		size_t given = rest < in_piece ? rest : in_piece;

		in.n = given;
		progress = given;
		state = inflater_take(inflater, &in, out + *n_out, &n);
		*n_out += n;
		progress = progress || n;
		*n_left = in.n + rest - given;
	}
	inflater_close(inflater);
	return state;
}

static void all_kinds_of_blocks_in_any_pieces(void **state)
{
	static const struct {
		int level;
		int strategy;
	} kinds[] = { { 6, Z_DEFAULT_STRATEGY }, { 1, Z_DEFAULT_STRATEGY }, { 9, Z_DEFAULT_STRATEGY }, { 0, Z_DEFAULT_STRATEGY },
		{ 6, Z_FIXED }, { 6, Z_HUFFMAN_ONLY }, { 6, Z_RLE } };
	static const size_t in_pieces[] = { 13, 333, 65536 };
	static const size_t out_pieces[] = { 3333, 65536, TEXT };

	(void)state;
	make_text();
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		size_t n = pack(kinds[i].level, kinds[i].strategy);

		for (size_t k = 0; k < 9; k++) {
			size_t n_out, n_left;

			assert_int_equal(unpack(n, in_pieces[k % 3], out_pieces[k / 3], &n_out, &n_left), INFLATE_END);
			assert_int_equal(n_out, TEXT);
			assert_int_equal(n_left, 0);
			assert_memory_equal(out, text, TEXT);
		}
	}
}

static void what_is_behind_is_not_taken(void **state)
{
	size_t n, n_out;

	(void)state;
	make_text();
	n = pack(6, Z_DEFAULT_STRATEGY);
	for (size_t more = 0; more <= 16; more++) {
		size_t n_left;

		assert_int_equal(unpack(n + more, PACKED + 16, PACKED, &n_out, &n_left), INFLATE_END);
		assert_int_equal(n_left, more);
	}
}

static void a_cut_text_has_no_end(void **state)
{
	size_t n, n_out, n_left;

	(void)state;
	make_text();
	n = pack(6, Z_DEFAULT_STRATEGY);
	for (size_t less = 1; less < n; less = 3 * less + 1)
		assert_int_equal(unpack(n - less, 999, 4096, &n_out, &n_left), INFLATE_MORE);
}

static void what_is_no_deflate_is_broken(void **state)
{
	static const unsigned char bad[][8] = {
		{ 0x07 },		     /* a block of kind 3 */
		{ 0x01, 0x01, 0x00, 0x00, 0x00, 'a' }, /* a length that its complement does not confirm */
		{ 0x73, 0x74, 0x04, 0x61, 0x00 },     /* from before the start */
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		size_t n_out, n_left;

		memcpy(packed, bad[i], sizeof bad[i]);
		assert_int_equal(unpack(sizeof bad[i], 8, 100, &n_out, &n_left), INFLATE_BROKEN);
	}
}

static void checksum(void **state)
{
	(void)state;
	assert_int_equal(inflate_crc(0, (const unsigned char *)"123456789", 9), 0xCBF43926);
	assert_int_equal(inflate_crc(inflate_crc(0, (const unsigned char *)"1234", 4), (const unsigned char *)"56789", 5), 0xCBF43926);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_kinds_of_blocks_in_any_pieces),
		cmocka_unit_test(what_is_behind_is_not_taken),
		cmocka_unit_test(a_cut_text_has_no_end),
		cmocka_unit_test(what_is_no_deflate_is_broken),
		cmocka_unit_test(checksum),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
