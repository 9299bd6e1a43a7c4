#include "base/file.h"
#include "compose/plan.h"

#include "composed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* The plan that the others build on. */
static const char base[]
	= "<plan xmlns='urn:kehoach:plan:1' in='targets' end='none'>\n"
	  "<slot name='title'><title>Tên chung năm {period}</title></slot>\n"
	  "<define name='goal' value='5' unit='hộ'/>\n"
	  "<bases><slot name='bases'><basis id='a' type='Luật' subject='Đất đai'>Luật Đất đai</basis></slot>"
	  "<slot name='own-bases'/></bases>\n"
	  "<section title='Một'>\n"
	  "<slot name='outer'><p>ngoài</p><slot name='inner'><p>trong {goal}</p></slot></slot>\n"
	  "<p>giữa <slot name='words'>chữ <cite ref='a'/></slot> sau</p>\n"
	  "</section>\n"
	  "<slot name='tail'/>\n"
	  "<slot name='twice'><p>lại</p></slot><slot name='twice'><p>lại nữa</p></slot>\n"
	  "<recipients><slot name='to'><to>Ông A</to></slot><file>VT</file></recipients></plan>";

#define SPACE "<plan xmlns='urn:kehoach:plan:1' "
#define OWN SPACE "base='base'>\n"
#define END "</plan>"

/* A folder of templates of its own. */
struct folder {
	char dir[64];
	const char *file[4];
	size_t n_file;
};

static void folder_add(struct folder *f, struct sample *s, const char *name, const char *xml)
{
	f->file[f->n_file] = arena_printf(&s->arena, "%s/plans/%s.xml", f->dir, name);
	assert_true(file_write(f->file[f->n_file++], xml, strlen(xml), &s->diags));
}

static void folder_open(struct folder *f, struct sample *s)
{
	const char *tmp = getenv("TMPDIR");

	*f = (struct folder){ .n_file = 0 };
	snprintf(f->dir, sizeof f->dir, "%.40s/kehoach-XXXXXX", tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(f->dir));
	assert_true(file_make_dirs(arena_printf(&s->arena, "%s/plans", f->dir), &s->diags));
	folder_add(f, s, "base", base);
	folder_add(f, s, "second", SPACE "base='base'/>");
	folder_add(f, s, "part", "<part xmlns='urn:kehoach:plan:1'><p>phần</p></part>");
	library_init(&s->library, &s->arena);
	library_add(&s->library, f->dir, "templates");
	library_add(&s->library, "templates", "templates");
}

static void folder_close(struct folder *f, struct sample *s)
{
	for (size_t i = 0; i < f->n_file; i++)
		remove(f->file[i]);
	rmdir(arena_printf(&s->arena, "%s/plans", f->dir));
	rmdir(f->dir);
}

/* s must stay where it is. NULL after errors, of the plan or of its text. */
static const struct document *compose_own(struct sample *s, const char *xml)
{
	struct compose_input in = { .job = &s->job, .tables = &s->all };
	const struct document *doc = NULL;
	struct folder f;
	bool ok;

	sample_init(s);
	folder_open(&f, s);
	in.plan = plan_read_bytes(xml, strlen(xml), "plan.xml", &s->library, &s->arena, &s->diags);
	ok = in.plan && compose(&in, &s->library, &s->arena, &doc, &s->diags);
	folder_close(&f, s);
	return ok ? doc : NULL;
}

static const char *words_of(struct runs runs, struct arena *a)
{
	const char *text = "";

	for (size_t i = 0; i < runs.n_run; i++)
		text = arena_printf(a, "%s%s", text, runs.run[i].text);
	return text;
}

/* "KIND NUMBER TITLE TEXT" of each block from the title on, divided by '|'. */
static const char *document_text(const struct document *doc, struct arena *a)
{
	static const char *const kinds[] = { "letterhead", "title", "basis", "h", "p", "li", "table", "chart", "foot", "appendix" };
	const struct part *part = &doc->part[0];
	const char *text = "";

	for (size_t i = 1; i < part->n_block; i++) {
		const struct block *b = &part->block[i];

		text = arena_printf(a, "%s%s%s %s%s%s", text, i > 1 ? "|" : "", kinds[b->kind], b->number, words_of(b->title, a),
			b->head ? words_of(b->head->name, a) : words_of(b->runs, a));
		for (size_t k = 0; b->foot && k < b->foot->n_recipient; k++)
			text = arena_printf(a, "%s%s%s", text, k ? " " : "", b->foot->recipient[k].text);
	}
	return text;
}

#define TITLE "title Tên chung năm 2024"
#define BASES "basis Luật Đất đai."
#define BODY "h I.MỘT|p ngoài|p trong 5|p giữa chữ Luật Đất đai sau|p lại|p lại nữa"
#define FOOT "foot - Ông A; - Lưu: VT."

static const struct {
	const char *own;
	const char *want;
} texts[] = {
	/* as it is */
	{ OWN END, TITLE "|" BASES "|" BODY "|" FOOT },
	/* other content, more of it, none */
	{ OWN "<own slot='inner'><p>một</p><p>hai</p></own>" END,
		TITLE "|" BASES "|h I.MỘT|p ngoài|p một|p hai|p giữa chữ Luật Đất đai sau|p lại|p lại nữa|" FOOT },
	{ OWN "<own slot='inner'/>" END,
		TITLE "|" BASES "|h I.MỘT|p ngoài|p giữa chữ Luật Đất đai sau|p lại|p lại nữa|" FOOT },
	{ OWN "<own slot='tail'><section title='Hai'><li>cuối</li></section></own>" END,
		TITLE "|" BASES "|h I.MỘT|p ngoài|p trong 5|p giữa chữ Luật Đất đai sau|h II.HAI|li -cuối|p lại|p lại nữa|"
		FOOT },
	/* the outer one goes with all that is in it */
	{ OWN "<own slot='outer'><p>khác</p></own>" END,
		TITLE "|" BASES "|h I.MỘT|p khác|p giữa chữ Luật Đất đai sau|p lại|p lại nữa|" FOOT },
	{ OWN "<own slot='outer'/>" END, TITLE "|" BASES "|h I.MỘT|p giữa chữ Luật Đất đai sau|p lại|p lại nữa|" FOOT },
	/* every slot of that name */
	{ OWN "<own slot='twice'><p>mới</p></own>" END,
		TITLE "|" BASES "|h I.MỘT|p ngoài|p trong 5|p giữa chữ Luật Đất đai sau|p mới|p mới|" FOOT },
	/* in a line, among bases and recipients, around the title */
	{ OWN "<own slot='words'><b>từ</b> {total.poor_start:02}</own>" END,
		TITLE "|" BASES "|h I.MỘT|p ngoài|p trong 5|p giữa từ 08 sau|p lại|p lại nữa|" FOOT },
	{ OWN "<own slot='words'/>" END, TITLE "|" BASES "|h I.MỘT|p ngoài|p trong 5|p giữa sau|p lại|p lại nữa|" FOOT },
	{ OWN "<own slot='bases'><basis id='b' type='Luật' subject='Nhà ở'>Luật Nhà ở</basis></own>"
	      "<own slot='words'><cite ref='b'/></own>" END,
		TITLE "|basis Luật Nhà ở.|h I.MỘT|p ngoài|p trong 5|p giữa Luật Nhà ở sau|p lại|p lại nữa|" FOOT },
	{ OWN "<own slot='own-bases'><basis id='b' type='Luật' subject='Nhà ở'>Luật Nhà ở</basis></own>" END,
		TITLE "|basis Luật Đất đai;|basis Luật Nhà ở.|" BODY "|" FOOT },
	{ OWN "<own slot='to'><to>Bà B</to><to>Ông C</to></own>" END,
		TITLE "|" BASES "|" BODY "|foot - Bà B; - Ông C; - Lưu: VT." },
	{ OWN "<own slot='title'><title>Tên riêng</title></own>" END, "title Tên riêng|" BASES "|" BODY "|" FOOT },
	/* figures of its own, of the table in force, used in its own content and before it */
	{ OWN "<own slot='inner'><p>{least} {goal}</p></own><define name='least' value='7' unit='hộ'/>" END,
		TITLE "|" BASES "|h I.MỘT|p ngoài|p 7 5|p giữa chữ Luật Đất đai sau|p lại|p lại nữa|" FOOT },
	{ OWN "<define name='most' value='total.poor_start * 2'/><own slot='inner'><p>{most:03}</p></own>" END,
		TITLE "|" BASES "|h I.MỘT|p ngoài|p 016|p giữa chữ Luật Đất đai sau|p lại|p lại nữa|" FOOT },
	{ OWN "<define name='a1' value='2'/><define name='a2' value='a1 + 1'/><own slot='outer'><p>{a2}</p></own>" END,
		TITLE "|" BASES "|h I.MỘT|p 3|p giữa chữ Luật Đất đai sau|p lại|p lại nữa|" FOOT },
	/* rows, conditions, parts, a table of its own */
	{ OWN "<own slot='inner'><each where='poor_start &gt; 3'><p>{area}</p></each><include part='part'/></own>" END,
		TITLE "|" BASES "|h I.MỘT|p ngoài|p Khu phố 1|p phần|p giữa chữ Luật Đất đai sau|p lại|p lại nữa|" FOOT },
	{ OWN "<own slot='inner' in='targets'><if test='total.exits = 3'><p>có</p></if></own>" END,
		TITLE "|" BASES "|h I.MỘT|p ngoài|p có|p giữa chữ Luật Đất đai sau|p lại|p lại nữa|" FOOT },
};

static void test_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct sample s;
		const struct document *doc = compose_own(&s, texts[i].own);

		if (!doc)
			diags_print(&s.diags, stderr);
		assert_non_null(doc);
		assert_int_equal(s.diags.n_finding, 0);
		if (strcmp(document_text(doc, &s.arena), texts[i].want) != 0)
			fail_msg("%s gives\n%s\nnot\n%s", texts[i].own, document_text(doc, &s.arena), texts[i].want);
		sample_clear(&s);
	}
}

/* A plan with slots is a plan by itself too. */
static void test_base_alone(void **state)
{
	struct sample s;
	const struct document *doc = compose_own(&s, base);

	(void)state;
	assert_non_null(doc);
	assert_string_equal(document_text(doc, &s.arena), TITLE "|" BASES "|" BODY "|" FOOT);
	sample_clear(&s);
}

/* Line 2 is what each case says; one finding, in plan.xml unless a file is named. */
static const struct {
	const char *own;
	unsigned col;
	const char *rule;
	const char *words; /* that the message has */
} wrong[] = {
	{ OWN "<own slot='iner'/>" END, 12, "slot", "there is no slot 'iner'; did you mean 'inner'?" },
	{ OWN "<own slot='x'/>" END, 12, "slot",
		"there is no slot 'x'; there are: title, bases, own-bases, outer, inner, words, tail, twice" },
	/* it went with the outer one */
	{ OWN "<own slot='outer'/><own slot='inner'/>" END, 31, "slot", "'inner'" },
	{ OWN "<own/>" END, 1, "missing-attribute", "slot" },
	{ OWN "<p>x</p>" END, 1, "misplaced", "<p> cannot stand in <plan>" },
	{ OWN "x" END, 1, "text", "x" },
	{ OWN "<own slot='inner'>x</own>" END, 19, "text", "paragraph" },
	{ OWN "<own slot='words'><p>x</p></own>" END, 19, "misplaced", "<p> cannot stand in <own>" },
	{ OWN "<own slot='inner'><basis id='x' type='Luật'/></own>" END, 19, "misplaced", "<basis> cannot stand in <own>" },
	{ OWN "<own slot='inner'><p>{nothing}</p></own>" END, 23, "unknown-name", "nothing" },
	{ OWN "<own slot='inner'><p><cite ref='b'/></p></own>" END, 33, "cite", "there is no basis 'b'" },
	{ OWN "<own slot='inner'><own slot='outer'/></own>" END, 19, "misplaced", "<own>" },
	{ OWN "<define name='goal' value='6'/>" END, 0, "duplicate", "'goal' is defined twice; keep one" },
	{ OWN "<define name='x' value='poor_strat'/>" END, 25, "unknown-name", "poor_start" },
	/* content of an office has no slots */
	{ OWN "<own slot='inner'><p>x <slot name='new'/></p></own>" END, 24, "misplaced", "<slot> cannot stand in <p>" },
	{ OWN "<slot name='new'/>" END, 1, "misplaced", "<slot> cannot stand in <plan>" },
	{ SPACE "in='targets'>\n<title>x</title><own slot='inner'/>" END, 17, "misplaced", "<own> cannot stand in <plan>" },
	{ SPACE "\nbase='bases'/>", 7, "template", "base" },
	/* a base of a base */
	{ SPACE "\nbase='second'/>", 0, "limit", "cannot build on one itself" },
	{ SPACE "\nbase='base' inn='targets'/>", 13, "unknown-attribute", "inn" },
	{ OWN "<own slot='inner'/><own slot='inner'/>" END, 31, "duplicate", "the slot 'inner' is filled twice; keep one" },
};

static void test_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct sample s;
		const struct finding *f;

		assert_null(compose_own(&s, wrong[i].own));
		f = &s.diags.finding[0];
		if (s.diags.n_finding != 1 || strcmp(f->rule, wrong[i].rule) != 0 || !strstr(f->message, wrong[i].words)
			|| (wrong[i].col && (strcmp(f->at.file, "plan.xml") || f->at.row != 2 || f->at.col != wrong[i].col)))
			diags_print(&s.diags, stderr);
		assert_int_equal(s.diags.n_finding, 1);
		assert_string_equal(f->rule, wrong[i].rule);
		assert_non_null(strstr(f->message, wrong[i].words));
		if (wrong[i].col) {
			assert_string_equal(f->at.file, "plan.xml");
			assert_int_equal(f->at.row, 2);
			assert_int_equal(f->at.col, wrong[i].col);
		}
		sample_clear(&s);
	}
}

/* Slots that would stand in themselves are errors; in a process of its own, should it never end. */
static const char *const rings[] = {
	OWN "<own slot='inner'><slot name='inner'/></own>" END,
	OWN "<own slot='inner'><p>x</p><if test='1 = 1'><slot name='inner'><p>y</p></slot></if></own>" END,
	OWN "<own slot='inner'><slot name='tail'/></own><own slot='tail'><slot name='inner'/></own>" END,
};

static bool is_refused(struct sample *s, const char *xml)
{
	return !plan_read_bytes(xml, strlen(xml), "plan.xml", &s->library, &s->arena, &s->diags) && s->diags.n_error
	       && s->diags.finding[0].at.row == 2;
}

static void test_rings(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rings / sizeof *rings; i++) {
		struct sample s;
		struct folder f;
		int status = 0;
		pid_t child;

		sample_init(&s);
		folder_open(&f, &s);
		child = fork();
		if (!child)
			_exit(is_refused(&s, rings[i]) ? 0 : 1);
		if (child < 0 || waitpid(child, &status, 0) != child)
			status = -1;
		folder_close(&f, &s);
		if (status)
			fail_msg("%s is not refused: it ends with status %d", rings[i], status);
		sample_clear(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_base_alone),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_rings),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
