#include "base/buf.h"
#include "base/file.h"
#include "base/node.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SPACE "urn:kehoach:test:1"

static const struct node *read_text(const char *xml, struct arena *a, struct diags *d)
{
	return node_read_bytes(xml, strlen(xml), "plan.xml", "plan", SPACE, a, d);
}

static void test_tree(void **state)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	const struct node *root = read_text("<?xml version=\"1.0\"?>\n<plan xmlns='" SPACE
		"' id=\"x\">\n  <p b='1' a='&amp;2'>Tổ <each/> ba</p>\n</plan>", &a, &d);
	const struct node *p;

	(void)state;
	assert_non_null(root);
	assert_true(node_is(root, "plan"));
	assert_null(root->parent);
	assert_null(root->next);
	assert_int_equal(root->at.row, 2);
	assert_string_equal(root->at.file, "plan.xml");
	assert_int_equal(root->n_attribute, 1);
	assert_string_equal(node_attribute(root, "id"), "x");
	assert_true(node_is_blank(root->child));
	assert_string_equal(root->child->text, "\n  ");
	p = root->child->next;
	assert_true(node_is(p, "p"));
	assert_false(node_is(p, "q"));
	assert_false(node_is_blank(p));
	assert_ptr_equal(p->parent, root);
	assert_int_equal(p->at.row, 3);
	assert_int_equal(p->at.col, 3);
	assert_string_equal(node_attribute(p, "a"), "&2");
	assert_null(node_attribute(p, "c"));
	assert_string_equal(p->child->text, "Tổ ");
	assert_null(p->child->name);
	assert_false(node_is(p->child, "p"));
	assert_false(node_is_blank(p->child));
	assert_true(node_is(p->child->next, "each"));
	assert_string_equal(p->child->next->next->text, " ba");
	assert_null(p->child->next->next->next);
	assert_true(node_is_blank(p->next));
	assert_null(p->next->next);
	arena_clear(&a);
	diags_clear(&d);
}

/* The place of a '!' in the decoded text or value must be that of the '!' in the source. */
static void check_bangs(const char *xml)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	const struct node *root = read_text(xml, &a, &d);
	size_t n_found = 0;
	size_t n_bang = 0;
	unsigned want[64][2];
	unsigned row = 1;
	unsigned col = 1;

	for (const char *s = xml + (*xml == '\xEF' ? 3 : 0); *s; s++) {
		if (*s == '!' && (s == xml || s[-1] != '<') && n_bang < 64) {
			want[n_bang][0] = row;
			want[n_bang++][1] = col;
		}
		col = *s == '\n' ? 1 : col + (((unsigned char)*s & 0xC0) != 0x80);
		row += *s == '\n';
	}
	assert_non_null(root);
	for (const struct node *n = root; n; n = n->child ? n->child : n->next) {
		for (size_t i = 0; i <= n->n_attribute; i++) {
			const char *name = i < n->n_attribute ? n->attribute[i].name : NULL;
			const char *text = name ? n->attribute[i].value : n->text;

			for (size_t k = 0; text && text[k]; k++) {
				struct origin at;

				if (text[k] != '!')
					continue;
				at = node_place(n, name, k);
				assert_string_equal(at.file, "plan.xml");
				assert_int_equal(at.row, want[n_found][0]);
				assert_int_equal(at.col, want[n_found][1]);
				n_found++;
			}
		}
	}
	assert_int_equal(n_found, n_bang);
	arena_clear(&a);
	diags_clear(&d);
}

/* Places far into a long text, forwards and backwards. */
static void test_far_places(void **state)
{
	enum { N = 3000 };
	static char xml[N * 16 + 200];
	struct arena a = { 0 };
	struct diags d = { 0 };
	const struct node *root;
	size_t n = (size_t)sprintf(xml, "<plan xmlns='" SPACE "'>");
	const unsigned col = (unsigned)n + 1;

	(void)state;
	for (int i = 0; i < N; i++)
		n += (size_t)sprintf(xml + n, "%s", i % 100 == 50 ? "ế<!-- c -->&amp;\n" : "ế&amp;");
	sprintf(xml + n, "</plan>");
	root = read_text(xml, &a, &d);
	assert_non_null(root);
	for (int pass = 0; pass < 4; pass++) {
		unsigned at = col; /* of the 'ế' */
		unsigned row = 1;
		size_t offset = 0;

		for (int i = 0; i < N; i++) {
			struct origin place = node_place(root->child, NULL, pass == 2 ? 0 : offset);
			bool last = i % 100 == 50;

			if (pass != 2) {
				assert_int_equal(place.row, row);
				assert_int_equal(place.col, at);
			} else {
				assert_int_equal(place.col, col);
			}
			offset += strlen("ế&") + last;
			at = last ? 1 : at + 6;
			row += last;
		}
	}
	arena_clear(&a);
	diags_clear(&d);
}

static void test_places(void **state)
{
	static const char *const cases[] = {
		"<plan xmlns='" SPACE "'>!</plan>",
		"\xEF\xBB\xBF<plan xmlns='" SPACE "'>! !</plan>",
		"<plan xmlns='" SPACE "'>Tổ dân phố! số!\n\nế!</plan>",
		"<plan xmlns='" SPACE "'>a\r\nb!\r\n!</plan>",
		"<plan xmlns='" SPACE "'>&amp;&lt;!&#x1EBF;!&#7871;&#128512;!</plan>",
		"<plan xmlns='" SPACE "'>a!<!-- c -->!<!-- d\n -->!<?p x\n?>!</plan>",
		"<plan xmlns='" SPACE "'><!-- c -->!<!-- d\n -->ế!</plan>",
		"<plan xmlns='" SPACE "'>x<![CDATA[<&amp;!]]>!<![CDATA[\n!]]]]>!</plan>",
		"<plan xmlns='" SPACE "'><![CDATA[!]]><![CDATA[]]>!</plan>",
		"<plan a='!' xmlns='" SPACE "' b = \"x!'!\" c='ế&quot;!\n\t!&gt;!'/>",
		"<p:plan xmlns:p='" SPACE "' xmlnsx='!' p:c='&#10;!'\n\nd='!'>!"
			"<p:b e='\r\n!'/></p:plan>",
		"<plan xmlns='" SPACE "'>x<b/>y!<b/>\n<b/>z!</plan>",
		"<plan xmlns='" SPACE "'><b c='1'>!<d>!\n</d></b></plan>",
		"<plan xmlns='" SPACE "' a='>!' b='/>!'/>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_bangs(cases[i]);
}

static void test_place_ends(void **state)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	const struct node *root = read_text("<plan xmlns='" SPACE "' a='xy'>\nế</plan>", &a, &d);
	struct origin at;

	(void)state;
	at = node_place(root, "a", 2); /* behind the last */
	assert_int_equal(at.col, 39);
	at = node_place(root, "a", 99);
	assert_int_equal(at.col, 39);
	at = node_place(root, "none", 0);
	assert_int_equal(at.col, 1);
	at = node_place(root, NULL, 3); /* of an element */
	assert_int_equal(at.col, 1);
	at = node_place(root->child, NULL, 1);
	assert_int_equal(at.row, 2);
	assert_int_equal(at.col, 1);
	at = node_place(root->child, NULL, 2); /* inside the character */
	assert_int_equal(at.col, 1);
	at = node_place(root->child, NULL, 4);
	assert_int_equal(at.col, 2);
	at = node_place(root->child, NULL, 1000);
	assert_int_equal(at.col, 2);
	arena_clear(&a);
	diags_clear(&d);
}

static void test_nfc(void **state)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	const struct node *root = read_text("<plan xmlns='" SPACE
		"' a='ho\xCC\xA3'>ho\xCC\xA3\xC2\xA0  x</plan>", &a, &d);

	(void)state;
	assert_string_equal(node_attribute(root, "a"), "họ");
	assert_string_equal(root->child->text, "họ\xC2\xA0  x"); /* NBSP stays */
	assert_int_equal(node_place(root->child, NULL, 1).row, 1);
	arena_clear(&a);
	diags_clear(&d);
}

static void test_refused(void **state)
{
	static const struct {
		const char *xml;
		const char *rule;
		unsigned row;
		unsigned col;
	} cases[] = {
		{ "<job xmlns='" SPACE "'/>", "root", 1, 1 },
		{ "\n <plan/>", "root", 2, 2 },
		{ "<plan xmlns='urn:kehoach:other'/>", "root", 1, 1 },
		{ "<plan xmlns='" SPACE "'>\n<p xmlns=''/></plan>", "unknown-element", 2, 1 },
		{ "<!DOCTYPE plan><plan xmlns='" SPACE "'/>", "doctype", 1, 1 },
		{ "\xFE\xFFx", "encoding", 1, 1 },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct diags d = { 0 };

		assert_null(read_text(cases[i].xml, &a, &d));
		assert_int_equal(d.n_finding, 1);
		assert_string_equal(d.finding[0].rule, cases[i].rule);
		assert_int_equal(d.finding[0].at.row, cases[i].row);
		assert_int_equal(d.finding[0].at.col, cases[i].col);
		diags_clear(&d);
	}
	arena_clear(&a);
}

static void check_finding(struct diags *d, const char *rule, unsigned col, const char *message)
{
	assert_int_equal(d->n_finding, 1);
	assert_string_equal(d->finding[0].rule, rule);
	assert_string_equal(d->finding[0].message, message);
	assert_int_equal(d->finding[0].at.row, 2);
	assert_int_equal(d->finding[0].at.col, col);
	diags_clear(d);
}

static void test_checks(void **state)
{
	static const char *const attributes[] = { "title", "value", NULL };
	static const char *const elements[] = { "section", "table", NULL };
	static const char *const none[] = { NULL };
	struct arena a = { 0 };
	struct diags d = { 0 };
	const struct node *root = read_text("<plan xmlns='" SPACE "'>\n"
		"<secton titel = 'x' value='y'/><x zz='1'/>t</plan>", &a, &d);
	const struct node *first = root->child->next;
	const struct node *second = first->next;

	(void)state;
	assert_false(node_check_attributes(first, attributes, &d));
	check_finding(&d, "unknown-attribute", 9,
		"unknown attribute 'titel' of <secton>; did you mean 'title'?");
	assert_false(node_check_attributes(second, attributes, &d));
	check_finding(&d, "unknown-attribute", 35, "unknown attribute 'zz' of <x>; it may have: title, value");
	assert_true(node_check_attributes(root, none, &d));
	assert_false(node_unknown(first, elements, &d));
	check_finding(&d, "unknown-element", 1,
		"unknown element <secton> in <plan>; did you mean <section>?");
	assert_false(node_unknown(second, elements, &d));
	check_finding(&d, "unknown-element", 32, "unknown element <x> in <plan>; it may hold: section, table");
	assert_false(node_unknown(second->next, none, &d));
	check_finding(&d, "unknown-element", 43, "<plan> holds no text of its own; delete it");
	assert_string_equal(node_need(first, "value", &d), "y");
	assert_null(node_need(second, "value", &d));
	check_finding(&d, "missing-attribute", 32, "<x> needs the attribute 'value'");
	arena_clear(&a);
	diags_clear(&d);
}

static void test_file(void **state)
{
	static const char xml[] = "<plan xmlns='" SPACE "'>x</plan>";
	const char *tmp = getenv("TMPDIR");
	struct arena a = { 0 };
	struct diags d = { 0 };
	char *path = arena_printf(&a, "%s/node-%ld.xml", tmp ? tmp : "/tmp", (long)getpid());
	const struct node *root;

	(void)state;
	assert_true(file_write(path, xml, sizeof xml - 1, &d));
	root = node_read(path, "shown.xml", "plan", SPACE, &a, &d);
	assert_non_null(root);
	assert_string_equal(root->child->at.file, "shown.xml");
	file_remove(path);
	assert_null(node_read(path, NULL, "plan", SPACE, &a, &d));
	assert_string_equal(d.finding[0].rule, "file");
	arena_clear(&a);
	diags_clear(&d);
}

/* Many texts on one line: finding their places must not cost the square of the line. */
static void test_long_line(void **state)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct buf b = { 0 };
	const struct node *root;
	const struct node *last = NULL;

	(void)state;
	buf_puts(&b, "<plan xmlns='" SPACE "'>");
	for (int i = 0; i < 100000; i++)
		buf_puts(&b, "ế<b/>");
	buf_puts(&b, "!</plan>");
	root = node_read_bytes(b.text, b.n, "plan.xml", "plan", SPACE, &a, &d);
	assert_non_null(root);
	for (const struct node *n = root->child; n; n = n->next)
		last = n;
	assert_string_equal(last->text, "!");
	assert_int_equal(node_place(last, NULL, 0).col, 34 + 500000);
	buf_clear(&b);
	arena_clear(&a);
	diags_clear(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tree),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_far_places),
		cmocka_unit_test(test_place_ends),
		cmocka_unit_test(test_nfc),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_checks),
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_long_line),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
