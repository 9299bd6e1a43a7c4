/* Benchmark: a register of households counted for villages.
 *
 * usage: register make ROWS sorted|random FILE     writes a register: 17 columns, 40 bytes a row; both orders have the same rows
 *        register count FILE THREADS GOAL [RESULT]  counts it as a job would, up to the counters; prints CPU and wall [s] and peak memory
 *        [MB], and writes the counters of each village, in the order of their codes */
#include "cmd/registers.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum {
	VILLAGES = 95400, /* of 10,600 communes */
	FIRST_CODE = 1000000,
	CODE_DIGITS = 7,
	DEPRIVATIONS = 12,
	ROW = 40, /* [bytes] */
	BLOCK = 8192, /* rows */
	STRIDE = 1000003, /* prime: rows in random order */
	PER_CENT = 100,
};

static uint64_t mixed(uint64_t x)
{
	x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
	return x ^ x >> 31;
}

/* 0: not poor, 1: near-poor, 2: poor. */
static unsigned class_of(unsigned percent)
{
	return percent < 7 ? 2 : percent < 15 ? 1 : 0;
}

static void make_row(uint64_t i, uint64_t n_row, char *s)
{
	uint64_t random = mixed(i + 1);
	unsigned end = class_of((unsigned)(random % PER_CENT));
	unsigned start = random >> 8 & 7 ? end : class_of((unsigned)(random >> 16) % PER_CENT);
	unsigned long village = FIRST_CODE + (unsigned long)(i * VILLAGES / n_row);
	uint64_t flags = mixed(random);

	for (int k = CODE_DIGITS; k-- > 0; village /= 10)
		s[k] = (char)('0' + village % 10);
	s += CODE_DIGITS;
	*s++ = ',';
	*s++ = (char)('0' + (random >> 32) % PER_CENT / 86);
	*s++ = ',';
	*s++ = (char)('0' + start);
	*s++ = ',';
	*s++ = (char)('0' + end);
	for (int k = 0; k < DEPRIVATIONS; k++, flags >>= 4) {
		*s++ = ',';
		*s++ = (char)('0' + ((flags & 15) < (end ? 6 : 1)));
	}
	*s++ = ',';
	*s++ = (char)('1' + (random >> 40) % 9);
	*s = '\n';
}

/* The i-th row in random order: a walk through all of them. */
static uint64_t walk(uint64_t i, uint64_t n_row)
{
	return (uint64_t)((unsigned long long)i * STRIDE % n_row);
}

static bool write_register(uint64_t n_row, bool is_random, const char *path)
{
	FILE *file = fopen(path, "wb");
	char *block = malloc((size_t)BLOCK * ROW);
	bool ok = file && block;

	if (ok)
		ok = fputs("village,ethnic,start,end,d1,d2,d3,d4,d5,d6,d7,d8,d9,d10,d11,d12,cause\n", file) >= 0;
	for (uint64_t i = 0; ok && i < n_row;) {
		size_t n = 0;

		for (; n < BLOCK && i < n_row; n++, i++)
			make_row(is_random ? walk(i, n_row) : i, n_row, block + n * ROW);
		ok = fwrite(block, ROW, n, file) == n;
	}
	if (file && fclose(file))
		ok = false;
	free(block);
	return ok;
}

static int make(char *argv[])
{
	uint64_t n_row = strtoull(argv[0], NULL, 10);

	if (n_row % STRIDE == 0)
		n_row++; /* else the walk would not come by all rows */
	if (write_register(n_row, !strcmp(argv[1], "random"), argv[2]))
		return 0;
	perror(argv[2]);
	return 1;
}

static double seconds(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double peak_mb(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_maxrss / 1024;
}

static const struct tally *sorted;

static int compare_keys(const void *a, const void *b)
{
	return strcmp(sorted->key[*(const size_t *)a].text, sorted->key[*(const size_t *)b].text);
}

static void write_result(struct reg *reg, const struct dataset *areas, const char *path)
{
	const struct tally *t = register_tally(reg);
	size_t *order = malloc((t->n_key + 1) * sizeof *order);
	FILE *file = fopen(path, "wb");

	sorted = t;
	for (size_t i = 0; i < t->n_key; i++)
		order[i] = i;
	qsort(order, t->n_key, sizeof *order, compare_keys);
	for (size_t i = 0; file && i < t->n_key; i++) {
		fputs(t->key[order[i]].text, file);
		for (size_t k = 1; k < areas->n_field; k++)
			fprintf(file, ",%lld", (long long)register_count(reg, k, order[i]));
		fputc('\n', file);
	}
	if (file)
		fclose(file);
	free(order);
}

static bool count(const char *path, unsigned n_thread, const char *result, struct diags *d)
{
	struct arena a = { 0 };
	struct library library;
	struct source source = { .id = "bench", .dataset = "bench-areas", .reg = "bench-households", .shown = path, .path = path, .level = 1 };
	struct reader_options options = { .path = path, .shown = path };
	struct registers registers = { .n_thread = n_thread };
	const struct dataset *areas;
	struct data data;
	double begin = seconds(CLOCK_MONOTONIC);
	bool ok;

	library_init(&library, &a);
	library_add(&library, "tests/bench/register", "templates");
	library_add(&library, "templates", "templates");
	areas = dataset_read(&library, "bench-areas", source.at, &a, d);
	ok = areas && registers_read(&registers, &source, areas, &options, &library, &a, &data, d);
	if (ok)
		printf("%.2f %.2f %.1f\n", seconds(CLOCK_PROCESS_CPUTIME_ID), seconds(CLOCK_MONOTONIC) - begin, peak_mb());
	if (ok && result)
		write_result(registers.file->reg, areas, result);
	registers_close(&registers);
	arena_clear(&a);
	return ok;
}

int main(int argc, char *argv[])
{
	struct diags diags = { 0 };
	bool ok;

	if (argc == 5 && !strcmp(argv[1], "make"))
		return make(argv + 2);
	if (argc < 4 || strcmp(argv[1], "count") != 0)
		return 2;
	ok = count(argv[2], (unsigned)strtoul(argv[3], NULL, 10), argc > 4 ? argv[4] : NULL, &diags);
	if (!ok || diags.n_finding)
		diags_print(&diags, stderr);
	diags_clear(&diags);
	return ok ? 0 : 1;
}
