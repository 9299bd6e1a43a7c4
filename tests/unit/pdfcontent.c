#include "base/buf.h"
#include "pdf/content.h"
#include "pdf/write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Each operation as OPERATOR(OPERANDS); a finding as its first words. */
static void list(const char *text, struct buf *out)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct pdf_content *c = pdf_content_open((struct bytes){ .data = text, .n = strlen(text) }, "a.pdf", &a);
	struct pdf_operation op;
	bool done = false;

	buf_put(out, "", 0);
	while (pdf_content_next(c, &op, &done, &d) && !done) {
		buf_put(out, op.name, op.n_name);
		buf_putc(out, '(');
		for (size_t i = 0; i < op.n; i++) {
			if (i)
				buf_putc(out, ' ');
			pdf_put(out, &op.operand[i]);
		}
		buf_putc(out, ')');
		assert_true(op.from < op.to && op.to <= strlen(text));
	}
	if (d.n_finding)
		buf_printf(out, "!%.*s", (int)strcspn(d.finding[0].message, ";"), d.finding[0].message);
	diags_clear(&d);
	arena_clear(&a);
}

static void test_content(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{ "", "" },
		{ " % only a comment\n", "" },
		{ "q 1 0 0 1 .5 -2 cm Q", "q()cm(1 0 0 1 .5 -2)Q()" },
		{ "/P<</MCID 0>>BDC BT/F1 12 Tf[(a)-20<62>]TJ ET EMC",
			"BDC(/P <</MCID 0>>)BT()Tf(/F1 12)TJ([(a) -20 <62>])ET()EMC()" },
		{ "(a)' (b)\" T* f* true false null x", "'((a))\"((b))T*()f*()x(true false null)" },
		{ "BI /W 1 /H 1 ID aEIb\nEI Q", "BI(<</W 1 /H 1>>)Q()" },
		{ "BI ID x EI", "BI(<<>>)" },
		{ "BI /W ID x EI", "!byte 8 of a content stream: expected a value for the last key of the dictionary, found ' x EI'" },
		{ "BI /W 1 ID xEI", "!byte 10 of a content stream: expected EI, behind the bytes of an inline image, found ' xEI'" },
		{ "BI /W 1 Q", "!byte 8 of a content stream: expected ID, behind the names and values of an inline image, found 'Q'" },
		{ "1 2", "!byte 3 of a content stream: expected an operator behind its operands, found the end" },
		{ "q [1 Q", "q()!byte 5 of a content stream: expected a value, found 'Q'" },
		{ "1 ] Q", "!byte 2 of a content stream: expected a value, or what closes the array or dictionary that is open, found '] Q'" },
		{ "1 0 R", "R(1 0)" },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
			"!byte 0 of a content stream: expected an operator, found 'aaaaaaaaaaaaaaaaaaa'" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf out = { 0 };

		list(cases[i].text, &out);
		assert_string_equal(out.text, cases[i].want);
		buf_clear(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_content),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
