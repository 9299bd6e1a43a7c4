/* ingest/webpage.c: web pages, and XML that only looks like one. */
#include "ingest/webpage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
	const char *head;
	size_t n; /* 0: strlen */
	bool is_page;
} heads[] = {
	{ "<html>", 0, true },
	{ "\xEF\xBB\xBF \n<!DOCTYPE HTML PUBLIC>", 0, true },
	{ "<!-- saved --> <html>", 0, true },
	{ "<?xml version=\"1.0\"?><html xmlns=\"x\">", 0, true },
	{ "<meta charset=utf-8><table>", 0, true },
	{ "<div><table><TR>", 0, true },
	{ "<style>td{x:1}</style><table><tr>", 0, true },
	{ "<\0h\0t\0m\0l\0>\0", 12, true },
	{ "\xFF\xFE<\0h\0t\0m\0l\0>\0", 14, true },
	{ "\xFE\xFF\0<\0h\0t\0m\0l\0>", 14, true },
	{ "<table border=1 style=\"000", 0, true },
	{ "<table>\n<!-- far --><tbody>", 0, true },
	{ "MIME-Version: 1.0", 0, true },
	{ "<table><row><name>Thon</name></row></table>", 0, false },
	{ "<div><row/></div>", 0, false },
	{ "<table><transport><tdate>1</tdate></transport></table>", 0, false },
	{ "<htmls/>", 0, false },
	{ "<data><html/></data>", 0, false },
	{ "<!-- html <html>", 0, false },
	{ "<?xml <html>", 0, false },
	{ "Thon,<html>", 0, false },
	{ "<", 0, false },
	{ "", 0, false },
};

static void test_heads(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		size_t n = heads[i].n ? heads[i].n : strlen(heads[i].head);

		if ((webpage_kind((const unsigned char *)heads[i].head, n) != WEBPAGE_NONE) != heads[i].is_page)
			fail_msg("%zu: %s", i, heads[i].head);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(test_heads) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
