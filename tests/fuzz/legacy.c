/* Any bytes in every encoding of before Unicode: converted whole and in blocks, as text, looked at to find the encoding, and
 * read as a CSV file with and without the encoding told. */
#include "base/grid.h"
#include "base/utf8.h"
#include "ingest/csv.h"
#include "ingest/detect.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const char *const known[] = { "thôn", "số hộ", "hộ nghèo", "ma", NULL };
static const char *const codes[] = { NULL, "tcvn3", "vni", "viscii", "cp1258" };

static void check(bool good)
{
	if (!good)
		abort();
}

/* Up to the first byte that is nothing, in blocks of `step`. */
static void convert(enum legacy_charset charset, const uint8_t *bytes, size_t n, size_t step, struct buf *b)
{
	struct legacy l = { .charset = charset, .capitals = n % 2 };
	char *out = malloc(LEGACY_BYTES * step + LEGACY_HELD);

	for (size_t i = 0; i < n;) {
		size_t now = n - i < step ? n - i : step;
		size_t n_out;
		size_t taken = legacy_take(&l, bytes + i, now, out, &n_out);

		check(n_out <= LEGACY_BYTES * now + LEGACY_HELD);
		buf_put(b, out, n_out);
		i += taken;
		if (taken < now)
			break;
	}
	buf_put(b, out, legacy_end(&l, out));
	free(out);
	check(utf8_valid(b->text, b->n, NULL));
}

static void check_converters(const uint8_t *bytes, size_t n)
{
	for (enum legacy_charset charset = LEGACY_TCVN3; charset < N_LEGACY; charset++) {
		struct buf whole = { 0 };
		struct buf parts = { 0 };
		struct buf text = { 0 };

		convert(charset, bytes, n, n, &whole);
		convert(charset, bytes, n, 3, &parts);
		check(whole.n == parts.n && !memcmp(whole.text, parts.text, whole.n));
		legacy_sense((struct legacy_font){ charset, n % 2 }, (const char *)bytes, n);
		legacy_is_stored(charset, (const char *)bytes, n);
		legacy_convert((struct legacy_font){ charset, n % 2 }, (const char *)bytes, n, &text);
		buf_clear(&whole);
		buf_clear(&parts);
		buf_clear(&text);
	}
}

static void check_detection(const uint8_t *bytes, size_t n)
{
	struct arena a = { 0 };
	struct detected found;

	detect_bytes(bytes, n, known, &a, &found);
	check((found.verdict == DETECT_UNDECIDED) == (found.looks != NULL));
	detect_text((const char *)bytes, n, known, &a, &found);
	check(found.verdict != DETECT_FOUND || (found.charset && found.header));
	detect_stored((const char *)bytes, n, LEGACY_TCVN3, &a);
	arena_clear(&a);
}

static void read_csv(const uint8_t *bytes, size_t n, const char *encoding)
{
	struct reader_options options = { .shown = "f.csv", .encoding = encoding, .known = known };
	struct csv_sizes sizes = { 64, 16 };
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct grid g;
	FILE *file = fmemopen((void *)(uintptr_t)bytes, n, "rb");
	bool ok;

	grid_init(&g, &a, 0);
	ok = csv_read_file(file, sizes, &options, &g.sink, &d);
	check(ok == !d.n_error);
	for (size_t i = 0; i < g.n_row; i++)
		for (size_t k = 0; k < g.row[i].n_cell; k++)
			check(utf8_valid(g.row[i].cell[k].text, g.row[i].cell[k].n_text, NULL));
	fclose(file);
	diags_clear(&d);
	arena_clear(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char font[64];
	bool capitals;

	if (!n)
		return 0;
	check_converters(bytes, n);
	check_detection(bytes, n);
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		read_csv(bytes, n, codes[i]);
	font[0] = '\0';
	strncat(font, (const char *)bytes, n < sizeof font - 1 ? n : sizeof font - 1);
	legacy_of_font(font, &capitals);
	return 0;
}
