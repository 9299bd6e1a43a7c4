#include "seal/der.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
	const char *bytes;
	size_t n;
	unsigned tag; /* 0: refused */
	size_t length;
} elements[] = {
	{ "\x02\x01\x05", 3, DER_INTEGER, 1 },
	{ "\x30\x00", 2, DER_SEQUENCE, 0 },
	{ "\x30\x00zz", 4, DER_SEQUENCE, 0 },
	{ "", 0, 0, 0 },
	{ "\x30", 1, 0, 0 },
	{ "\x30\x01", 2, 0, 0 },	     /* longer than all */
	{ "\x30\x80\x00\x00", 4, 0, 0 },     /* no definite length */
	{ "\x30\x81\x01\x00", 4, 0, 0 },     /* not the shortest length */
	{ "\x30\x82\x00\x81", 4, 0, 0 },
	{ "\x30\x84\xff\xff\xff\xff", 6, 0, 0 },
	{ "\x30\x85\x01\x01\x01\x01\x01", 7, 0, 0 },
	{ "\x1f\x81\x01\x00", 4, 0, 0 },     /* a long tag */
};

static void test_elements(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
		struct der from = { (const unsigned char *)elements[i].bytes, elements[i].n };
		struct der in;
		unsigned tag;
		bool ok = der_next(&from, &tag, &in);

		assert_int_equal(ok, elements[i].tag != 0);
		if (!ok) {
			assert_int_equal(from.n, elements[i].n);
			continue;
		}
		assert_int_equal(tag, elements[i].tag);
		assert_int_equal(in.n, elements[i].length);
		assert_int_equal(from.n, elements[i].n - 2 - in.n);
	}
}

static void test_long(void **state)
{
	unsigned char bytes[4 + 300] = { 0x04, 0x82, 0x01, 0x2c };
	struct der from = { bytes, sizeof bytes };
	struct der in;

	(void)state;
	assert_false(der_take(&from, DER_SET, &in));
	assert_int_equal(from.n, sizeof bytes);
	assert_true(der_take(&from, DER_OCTETS, &in));
	assert_int_equal(in.n, 300);
	assert_int_equal(from.n, 0);
}

static const struct {
	const char *bytes;
	size_t n;
	bool strict;
} forms[] = {
	{ "", 0, true },
	{ "\x30\x05\x02\x01\x01\x31\x00", 7, true },
	{ "\x30\x05\x02\x01\x01\x11\x00", 7, false }, /* a set that is not constructed */
	{ "\x10\x00", 2, false },
	{ "\x24\x02\x04\x00", 4, false }, /* octets in pieces */
	{ "\xa0\x02\x04\x00", 4, true },
	{ "\x80\x02zz", 4, true },
	{ "\x30\x05\x02\x01\x01\x02\x01", 7, false },
	{ "\x30\x03\x02\x01\x01\x00", 6, false },
};

static void test_forms(void **state)
{
	unsigned char deep[200];

	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		assert_int_equal(der_is_strict((struct der){ (const unsigned char *)forms[i].bytes, forms[i].n }), forms[i].strict);
	for (size_t i = 0; i < 100; i += 2) {
		deep[i] = 0x30;
		deep[i + 1] = (unsigned char)(98 - i);
	}
	assert_false(der_is_strict((struct der){ deep, 100 }));
	assert_true(der_is_strict((struct der){ deep + 40, 60 }));
}

static const struct {
	const char *bytes;
	size_t n;
	const char *definite; /* NULL: damaged */
	size_t n_definite;
	size_t used;
} opens[] = {
	{ "\x30\x80\x00\x00", 4, "\x30\x00", 2, 4 },
	{ "\x30\x80\x02\x01\x01\x00\x00zz", 9, "\x30\x03\x02\x01\x01", 5, 7 },
	{ "\x30\x80\xa0\x80\x31\x03\x02\x01\x05\x00\x00\x05\x00\x00\x00", 15, "\x30\x09\xa0\x05\x31\x03\x02\x01\x05\x05\x00", 11, 15 },
	{ "\x30\x06\xa0\x80\x05\x00\x00\x00", 8, "\x30\x04\xa0\x02\x05\x00", 6, 8 },
	{ "\x04\x01x", 3, "\x04\x01x", 3, 3 },
	/* an end that is missing, too early, or has content; what the level above no longer has */
	{ "\x30\x80\x02\x01\x01", 5, NULL, 0, 0 },
	{ "\x30\x80\x02\x01\x01\x00", 6, NULL, 0, 0 },
	{ "\x30\x80\x00\x01\x01\x00\x00", 7, NULL, 0, 0 },
	{ "\x30\x02\xa0\x80\x00\x00", 6, NULL, 0, 0 },
	{ "\x30\x02\x00\x00", 4, NULL, 0, 0 },
	/* no open length but of what holds others; lengths longer than need be; long tags */
	{ "\x04\x80\x00\x00", 4, NULL, 0, 0 },
	{ "\x30\x80\x02\x81\x01\x01\x00\x00", 8, NULL, 0, 0 },
	{ "\x3f\x80\x00\x00", 4, NULL, 0, 0 },
	{ "", 0, NULL, 0, 0 },
};

static void test_open_lengths(void **state)
{
	struct arena a = { 0 };
	unsigned char deep[200];
	struct der found;
	size_t used;

	(void)state;
	for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
		bool ok = der_definite((struct der){ (const unsigned char *)opens[i].bytes, opens[i].n }, &a, &found, &used);

		assert_int_equal(ok, opens[i].definite != NULL);
		if (!ok)
			continue;
		assert_int_equal(used, opens[i].used);
		assert_int_equal(found.n, opens[i].n_definite);
		assert_memory_equal(found.p, opens[i].definite, found.n);
	}
	for (size_t i = 0; i < sizeof deep; i += 2) {
		deep[i] = 0x30;
		deep[i + 1] = 0x80;
	}
	assert_false(der_definite((struct der){ deep, sizeof deep }, &a, &found, &used));
	arena_clear(&a);
}

/* Lengths on both sides of where they take one more byte. */
static void test_long_open(void **state)
{
	static const size_t sizes[] = { 125, 126, 127, 128, 253, 256, 65533, 70000 };
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		size_t n = 2;
		unsigned char *bytes = arena_array(&a, sizes[i] + 20, 1);
		struct der found, in;
		size_t used;

		memcpy(bytes, "\x30\x80", 2);
		while (n < sizes[i]) {
			memcpy(bytes + n, "\x05", 2);
			n += 2;
		}
		assert_true(der_definite((struct der){ bytes, n + 2 }, &a, &found, &used));
		assert_true(der_is_strict(found) && der_take(&found, DER_SEQUENCE, &in));
		assert_int_equal(in.n, n - 2);
		assert_int_equal(found.n, 0);
	}
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_elements),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_open_lengths),
		cmocka_unit_test(test_long_open),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
