/* ingest/sheets.c: which sheet is read. */
#include "ingest/sheets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { NAMES_MAX = 4 };

/* Of the sheets, "-" in front: hidden; "+": a chart. */
static const struct {
	const char *names[NAMES_MAX];
	const char *said;
	const char *likely;
	int chosen; /* or -1 */
	size_t n_finding;
} cases[] = {
	{ { "Biểu 1" }, NULL, NULL, 0, 0 },
	{ { "A", "B" }, NULL, NULL, -1, 1 },
	{ { NULL }, NULL, NULL, -1, 1 },
	/* by name and by number */
	{ { "A", "B" }, "B", NULL, 1, 0 },
	{ { "A", "Biểu  1 " }, "BIỂU 1", NULL, 1, 0 },
	{ { "A", "B" }, "2", NULL, 1, 0 },
	{ { "2", "B" }, "2", NULL, 0, 0 },
	{ { "A", "B" }, "3", NULL, -1, 1 },
	{ { "A", "B" }, "0", NULL, -1, 1 },
	{ { "A", "+B" }, "B", NULL, -1, 1 },
	/* names that are nearly the same: the exact one, or none */
	{ { "Biểu 1 ", "Biểu 1" }, "Biểu 1", NULL, 1, 0 },
	{ { "Biểu 1 ", "biểu 1" }, "Biểu 1", NULL, -1, 1 },
	{ { "Biểu 1", "biểu 1" }, "biểu 1", NULL, 1, 0 },
	{ { "+Biểu 1", "biểu 1" }, "Biểu 1", NULL, 1, 0 },
	/* likely ones */
	{ { "A", "B" }, NULL, "b", 1, 0 },
	{ { "A", "B", "b " }, NULL, "B", 1, 0 },
	{ { "A", "b", "b " }, NULL, "B", -1, 1 },
	/* hidden ones, and those without cells */
	{ { "A", "-B" }, NULL, NULL, 0, 0 },
	{ { "-A" }, NULL, NULL, 0, 1 },
	{ { "-A", "+B" }, NULL, NULL, 0, 1 },
	{ { "-A", "-B" }, NULL, NULL, -1, 1 },
	{ { "A", "-B" }, "b", NULL, 1, 1 },
	{ { "+A" }, NULL, NULL, -1, 1 },
	{ { "+A" }, "A", NULL, -1, 1 },
};

static void test_choose(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct reader_options options = { .shown = "f", .sheet = cases[i].said, .likely_sheet = cases[i].likely };
		struct sheet_name sheet[NAMES_MAX];
		struct diags d = { 0 };
		size_t n = 0;
		size_t chosen = 0;
		bool ok;

		for (; n < NAMES_MAX && cases[i].names[n]; n++) {
			const char *name = cases[i].names[n];

			sheet[n] = (struct sheet_name){ .name = name + strspn(name, "-+"), .hidden = *name == '-', .is_chart = *name == '+' };
		}
		ok = sheet_choose(&options, sheet, n, &chosen, &d);
		if (ok != (cases[i].chosen >= 0) || (ok && (int)chosen != cases[i].chosen) || d.n_finding != cases[i].n_finding)
			fail_msg("case %zu: %d %zu, %zu findings", i, ok, chosen, d.n_finding);
		diags_clear(&d);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(test_choose) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
