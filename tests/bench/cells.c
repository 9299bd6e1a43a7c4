/* Benchmark: what libxlsxwriter alone takes for a workbook of so many cells, for comparison with a command that writes as many.
 *
 * usage: cells BOOK.xlsx TEXTS NUMBERS COMMAND-SECONDS: COMMAND-SECONDS is what the command took
 */
#include <xlsxwriter.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
	COLUMNS = 10,
	WORDS = 240, /* different texts: names are repeated */
	TIMES = 3,
};

static char memory_dir[] = "/dev/shm"; /* as render/xlsxbook.c */

static double cpu_seconds(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* Texts and numbers mixed, row by row. */
static bool write_book(const char *path, size_t n_text, size_t n_number)
{
	lxw_workbook_options options = { .tmpdir = access(memory_dir, W_OK | X_OK) ? NULL : memory_dir };
	lxw_workbook *book = workbook_new_opt(path, &options);
	lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
	lxw_format *format = workbook_add_format(book);
	size_t n = n_text + n_number;
	size_t texts = 0; /* written */

	for (size_t i = 0; i < n; i++) {
		lxw_row_t row = (lxw_row_t)(i / COLUMNS);
		lxw_col_t column = (lxw_col_t)(i % COLUMNS);
		char word[32];

		if (texts * n > i * n_text) {
			worksheet_write_number(sheet, row, column, (double)(i * 7 % 1000) / 8, format);
			continue;
		}
		snprintf(word, sizeof word, "Xã số %03zu", texts++ % WORDS);
		worksheet_write_string(sheet, row, column, word, format);
	}
	return workbook_close(book) == LXW_NO_ERROR;
}

int main(int argc, char *argv[])
{
	double best = 0;
	double command;

	if (argc != 5)
		return 2;
	command = strtod(argv[4], NULL);
	for (int i = 0; i < TIMES; i++) {
		double began = cpu_seconds();

		if (!write_book(argv[1], strtoul(argv[2], NULL, 10), strtoul(argv[3], NULL, 10)))
			return 1;
		if (!i || cpu_seconds() - began < best)
			best = cpu_seconds() - began;
	}
	printf("%-52s %8.2f s    %.2f times the floor\n", "  floor: libxlsxwriter alone, as many cells", best, best > 0 ? command / best : 0);
	return 0;
}
