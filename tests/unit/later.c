/* What a later revision is taken for: each case is one revision behind a small file that has a signature in `signer`, and empty fields
 * `seal`, `number` and `parted` (whose widget is an object of its own). */
#include "pdfmade.h"
#include "seal/later.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { OBJECTS = 25, NEW = 22, WRITTEN_MAX = 9 };

struct object {
	unsigned number;
	const char *text;
};

static const char signature[] = "<< /Type /Sig /SubFilter /ETSI.CAdES.detached >>";
static const char stamp[] = "<< /Type /DocTimeStamp /SubFilter /ETSI.RFC3161 >>";

#define CATALOG "/Type /Catalog /Pages 2 0 R /DSS 17 0 R /StructTreeRoot 30 0 R"
#define ROOT "/Type /StructTreeRoot /K 31 0 R /ParentTree 32 0 R /RoleMap << /Note /P >>"
#define TOP "/Type /StructElem /S /Document /P 30 0 R"
#define PAGE "/Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R"
#define SIGNER "/Type /Annot /Subtype /Widget /FT /Sig /T (signer) /Rect [0 0 50 50]"
#define SEAL "/Type /Annot /Subtype /Widget /FT /Sig /T (seal) /Rect [50 0 90 50]"
#define NUMBER "/Type /Annot /Subtype /Widget /FT /Tx /T (number) /F 4 /DA (/F 12 Tf 0 g) /Rect [100 100 130 115]"
#define UNSEEN "/Type /Annot /Subtype /Widget /FT /Sig /T (timestamp) /Rect [0 0 0 0]"

static const struct object first[] = {
	{ 1, "<< " CATALOG " /AcroForm 5 0 R >>" },
	{ 2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>" },
	{ 3, "<< " PAGE " /Annots 16 0 R >>" },
	{ 4, "<< /Length @ >>\nstream\nBT ET\nendstream" },
	{ 5, "<< /Fields [6 0 R 7 0 R 8 0 R 14 0 R] /SigFlags 3 >>" },
	{ 6, "<< " SIGNER " /V 10 0 R >>" },
	{ 7, "<< " SEAL " >>" },
	{ 8, "<< " NUMBER " >>" },
	{ 9, "<< /Type /Font /Subtype /TrueType /FirstChar 54 /Widths [500 500 500 500] /ToUnicode 12 0 R /FontDescriptor 13 0 R >>" },
	{ 10, signature },
	{ 11, "<< /Title (A) >>" },
	{ 12, "<< /Length @ >>\nstream\n1 beginbfrange\n<36> <39> <0036>\nendbfrange\n\nendstream" },
	{ 13, "<< /Type /FontDescriptor /FontFile2 4 0 R >>" },
	{ 14, "<< /FT /Sig /T (parted) /Kids [15 0 R] >>" },
	{ 15, "<< /Type /Annot /Subtype /Widget /Parent 14 0 R /Rect [0 100 50 150] >>" },
	{ 16, "[6 0 R 7 0 R 8 0 R 15 0 R]" },
	{ 17, "<< /Certs 18 0 R /CRLs 20 0 R /VRI << /AA << /Cert 20 0 R >> >> >>" },
	{ 18, "[19 0 R]" },
	{ 19, "<< /Length @ >>\nstream\ncert\nendstream" },
	{ 20, "[]" },
	{ 21, "<< /Points [50 0 R] /S /P >>" },
	{ 30, "<< " ROOT " /ParentTreeNextKey 2 >>" },
	{ 31, "<< " TOP " /K [33 0 R] >>" },
	{ 32, "<< /Nums [0 [33 0 R] 1 33 0 R] >>" },
	{ 33, "<< /Type /StructElem /S /P /P 31 0 R /Pg 3 0 R /K 0 >>" },
};

/* ---- making ---- */

/* @ is the length of the stream. */
static void put_object(struct made *m, unsigned number, const char *text)
{
	const char *data = strstr(text, "stream\n");
	const char *end = data ? strstr(data, "\nendstream") : NULL;
	char length[20];

	if (end)
		snprintf(length, sizeof length, "%zu", end > data + 7 ? (size_t)(end - data - 7) : 0);
	m->find = end ? "@" : NULL;
	m->put = length;
	made_object(m, number, text);
	m->find = NULL;
}

static void write_table(struct made *m, const struct object *object, size_t n)
{
	m->xref = m->out.n;
	buf_puts(&m->out, "xref\n");
	made_group(m, 0, 0);
	for (size_t i = 0; i < n; i++) {
		if (object[i].text) {
			made_group(m, object[i].number, object[i].number);
		} else {
			buf_printf(&m->out, "%u 1\n0000000000 00001 f \n", object[i].number);
		}
	}
}

/* text NULL: freed; tail: of the trailer. */
static void revision(struct made *m, const struct object *object, size_t n, const char *tail)
{
	size_t prev = m->xref;
	char trailer[200];

	for (size_t i = 0; i < n; i++)
		if (object[i].text)
			put_object(m, object[i].number, object[i].text);
	write_table(m, object, n);
	snprintf(trailer, sizeof trailer, "<< /Size 60 /Root 1 0 R %s /Prev %zu >>", tail, prev);
	made_trailer(m, trailer);
	made_end(m);
}

static void begin(struct made *m)
{
	buf_puts(&m->out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
	for (size_t i = 0; i < OBJECTS; i++)
		put_object(m, first[i].number, first[i].text);
	write_table(m, first, OBJECTS);
	made_trailer(m, "<< /Size 60 /Root 1 0 R /Info 11 0 R /ID [<41> <42>] >>");
	made_end(m);
}

/* "signature 7; change 3 4: why": what the last revision is taken for. */
static void tell(struct made *m, char *text, size_t n)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct later_list list;
	struct pdf_file *f = made_open(m, &d);
	struct buf b = { 0 };

	if (!f || !later_read(f, &a, &list, &d)) {
		snprintf(text, n, "error: %s", d.n_finding ? d.finding[0].rule : "?");
	} else {
		for (size_t i = 0; i < list.n; i++) {
			const struct later *l = &list.item[i];

			if (l->revision + 1 != pdf_n_revision(f))
				continue;
			buf_printf(&b, "%s%s", b.n ? "; " : "", later_kind_name(l->kind));
			for (size_t k = 0; k < l->n_object; k++)
				buf_printf(&b, " %u", (unsigned)l->object[k]);
			if (l->why)
				buf_printf(&b, ": %s", later_why_text(l->why, &d));
		}
		for (size_t i = 0; i < list.n_lost; i++)
			buf_printf(&b, "; lost %s", list.lost[i].field);
		snprintf(text, n, "%s", b.text ? b.text : "");
	}
	buf_clear(&b);
	pdf_close(f);
	diags_clear(&d);
	arena_clear(&a);
}

struct one_case {
	const char *want;
	struct object object[WRITTEN_MAX];
	const char *tail; /* NULL: as before */
};

#define AS_BEFORE "/Info 11 0 R /ID [<41> <43>]"

static size_t count(const struct object *object)
{
	size_t n = 0;

	while (n < WRITTEN_MAX && object[n].number)
		n++;
	return n;
}

static void check(const struct one_case *c, const struct one_case *before)
{
	struct made m = { 0 };
	char found[300];

	begin(&m);
	if (before)
		revision(&m, before->object, count(before->object), AS_BEFORE);
	revision(&m, c->object, count(c->object), c->tail ? c->tail : AS_BEFORE);
	tell(&m, found, sizeof found);
	if (strcmp(found, c->want) != 0)
		print_error("%s\n", c->object[0].text ? c->object[0].text : "freed");
	assert_string_equal(found, c->want);
	made_clear(&m);
}

static void check_all(const struct one_case *c, size_t n, const struct one_case *before)
{
	for (size_t i = 0; i < n; i++)
		check(&c[i], before);
}

#define CHECK(cases, before) check_all(cases, sizeof cases / sizeof *cases, before)

/* ---- signatures ---- */

static void signs(void **state)
{
	static const struct one_case cases[] = {
		{ "nothing", { { 0, NULL } }, NULL },
		{ "nothing 3 4", { { 4, "<< /Length @ >>\nstream\nBT ET\nendstream" }, { 3, "<< /Annots 16 0 R " PAGE " >>" } }, NULL },
		{ "signature 7", { { 7, "<< " SEAL " /V 22 0 R /AP << /N 23 0 R >> >>" }, { 22, signature } }, NULL },
		{ "timestamp 7", { { 7, "<< " SEAL " /V 22 0 R >>" }, { 22, stamp } }, NULL },
		{ "change 7: what is seen, by a timestamp, which anybody can get",
			{ { 7, "<< " SEAL " /V 22 0 R /AP << /N 23 0 R >> >>" }, { 22, stamp } }, NULL },
		{ "change 14 15: what is seen, by a timestamp, which anybody can get",
			{ { 14, "<< /FT /Sig /T (parted) /Kids [15 0 R] /V 22 0 R >>" },
			{ 15, "<< /Type /Annot /Subtype /Widget /Parent 14 0 R /Rect [0 100 50 150] /AP << /N 23 0 R >> >>" }, { 22, stamp } }, NULL },
		{ "signature 14 15", { { 14, "<< /FT /Sig /T (parted) /Kids [15 0 R] /V 22 0 R >>" },
			{ 15, "<< /Type /Annot /Subtype /Widget /Parent 14 0 R /Rect [0 100 50 150] /AP << /N 23 0 R >> >>" },
			{ 22, signature } }, NULL },
		{ "change 15: what a form field shows",
			{ { 15, "<< /Type /Annot /Subtype /Widget /Parent 14 0 R /Rect [0 100 50 150] /AP << /N 23 0 R >> >>" } }, NULL },
		{ "change 7: a signature field, otherwise than by signing it", { { 7, "<< " SEAL " /AP << /N 23 0 R >> >>" } }, NULL },
		{ "change 7: a signature field, otherwise than by signing it",
			{ { 7, "<< /Type /Annot /Subtype /Widget /FT /Sig /T (seal) /Rect [0 0 200 200] /V 22 0 R >>" }, { 22, signature } }, NULL },
		{ "change 6: the field of an earlier signature", { { 6, "<< " SIGNER " /V 10 0 R /AP << /N 22 0 R >> >>" } }, NULL },
		{ "change 6: the field of an earlier signature; lost signer", { { 6, "<< " SIGNER " >>" } }, NULL },
		{ "change 6: the field of an earlier signature; lost signer", { { 6, "<< " SIGNER " /V 22 0 R >>" }, { 22, signature } }, NULL },
		{ "change 10: a part of the document", { { 10, "<< /Type /Sig >>" } }, NULL },
		{ "change 7: a form field", { { 7, "<< /Type /Annot /Subtype /Widget /FT /Sig /T (other) /Rect [50 0 90 50] >>" } }, NULL },
		{ "change 7: a form field", { { 7, "<< /Type /Annot /Subtype /Widget /FT /Tx /T (seal) /Rect [50 0 90 50] >>" } }, NULL },
	};

	(void)state;
	CHECK(cases, NULL);
}

/* ---- new fields ---- */

#define FORM_WITH(more) "<< /Fields [6 0 R 7 0 R 8 0 R 14 0 R " more "] /SigFlags 3 >>"
#define ANNOTS_WITH(more) "[6 0 R 7 0 R 8 0 R 15 0 R " more "]"

static void new_fields(void **state)
{
	static const struct one_case cases[] = {
		{ "timestamp 22", { { 5, FORM_WITH("22 0 R") }, { 16, ANNOTS_WITH("22 0 R") }, { 22, "<< " UNSEEN " /V 23 0 R >>" }, { 23, stamp } }, NULL },
		{ "timestamp 22", { { 1, "<< " CATALOG " /AcroForm " FORM_WITH("22 0 R") " >>" }, { 22, "<< " UNSEEN " /V 23 0 R >>" }, { 23, stamp } }, NULL },
		{ "timestamp 22", { { 5, FORM_WITH("22 0 R") }, { 3, "<< " PAGE " /Annots " ANNOTS_WITH("22 0 R") " >>" }, { 22, "<< " UNSEEN " /V 23 0 R >>" }, { 23, stamp } }, NULL },
		/* seen, empty, or with more than a signature */
		{ "change 5: the form", { { 5, FORM_WITH("22 0 R") }, { 23, signature },
			{ 22, "<< /Type /Annot /Subtype /Widget /FT /Sig /T (x) /Rect [0 0 9 9] /V 23 0 R >>" } }, NULL },
		{ "change 5: the form", { { 5, FORM_WITH("22 0 R") }, { 23, signature },
			{ 22, "<< /Type /Annot /Subtype /Widget /FT /Sig /T (x) /Rect [0 0 99999999999999 99999999999999] /V 23 0 R >>" } }, NULL },
		{ "change 5: the form", { { 5, FORM_WITH("22 0 R") }, { 23, signature },
			{ 22, "<< /Type /Annot /Subtype /Widget /FT /Sig /T (x) /Rect [0 0 0 90] /V 23 0 R >>" } }, NULL },
		{ "change 5: the form", { { 5, FORM_WITH("22 0 R") }, { 23, signature },
			{ 22, "<< /Type /Annot /Subtype /Widget /FT /Sig /T (x) /V 23 0 R >>" } }, NULL },
		{ "change 5: the form", { { 5, FORM_WITH("22 0 R") }, { 22, "<< " UNSEEN " >>" } }, NULL },
		{ "change 5: the form", { { 5, FORM_WITH("22 0 R") }, { 23, signature }, { 22, "<< " UNSEEN " /V 23 0 R /AA << >> >>" } }, NULL },
		{ "change 5 16: the form", { { 5, FORM_WITH("22 0 R") }, { 23, signature }, { 16, ANNOTS_WITH("24 0 R") },
			{ 22, "<< /FT /Sig /T (x) /V 23 0 R /Kids [25 0 R 24 0 R] >>" }, { 24, "<< /Subtype /Widget /Rect [0 0 99 99] >>" },
			{ 25, "<< /Subtype /Widget /Rect [0 0 0 0] >>" } }, NULL },
		{ "change 5: the form", { { 5, FORM_WITH("22 0 R") }, { 23, signature },
			{ 22, "<< /Subtype /Stamp /FT /Sig /T (x) /Rect [0 0 0 0] /V 23 0 R >>" } }, NULL },
		{ "change 5: the form", { { 5, FORM_WITH("22 0 R") }, { 23, signature },
			{ 22, "<< /Type /Annot /Subtype /Widget /FT /Sig /T (seal) /Rect [0 0 0 0] /V 23 0 R >>" } }, NULL },
		{ "signature 22; change 5: the form", { { 5, "<< /Fields [22 0 R 6 0 R 7 0 R 8 0 R 14 0 R] /SigFlags 3 >>" }, { 23, signature },
			{ 22, "<< " UNSEEN " /V 23 0 R >>" } }, NULL },
		{ "change 5: the form; lost signer", { { 5, "<< /Fields [7 0 R 8 0 R 14 0 R] /SigFlags 3 >>" } }, NULL },
		{ "change 5: the form", { { 5, "<< /Fields [6 0 R 7 0 R 8 0 R 14 0 R] /SigFlags 3 /NeedAppearances true >>" } }, NULL },
		{ "error: form", { { 5, FORM_WITH("6 0 R") } }, NULL },
		{ "change 16: a part of the document", { { 16, ANNOTS_WITH("22 0 R") }, { 22, "<< /Type /Annot /Subtype /FreeText /Rect [0 0 9 9] >>" } }, NULL },
	};

	(void)state;
	CHECK(cases, NULL);
}

/* ---- their elements in the structure tree ---- */

#define FIELD(more) "<< " UNSEEN " /P 3 0 R /V 23 0 R " more " >>"
#define KID "<< /Type /OBJR /Obj 22 0 R /Pg 3 0 R >>"
#define ELEMENT(keys) "<< /Type /StructElem /S /Form /P 31 0 R /Pg 3 0 R " keys " >>"
#define GROWN(widget, element, next, kids, numbers) { { 5, FORM_WITH("22 0 R") }, { 22, widget }, { 23, stamp }, { 24, element }, \
	{ 30, "<< " ROOT " /ParentTreeNextKey " next " >>" }, { 31, "<< " TOP " /K [" kids "] >>" }, { 32, "<< /Nums [" numbers "] >>" } }
#define OLD_NUMBERS "0 [33 0 R] 1 33 0 R"
#define NUMBERS OLD_NUMBERS " 2 24 0 R"
#define OTHER(numbers) "timestamp 22; change " numbers ": the structure tree, otherwise than by the element of a new field"
#define TREE OTHER("30 31 32")

static void elements(void **state)
{
	static const struct one_case cases[] = {
		{ "timestamp 22", GROWN(FIELD("/StructParent 2"), ELEMENT("/K " KID), "3", "33 0 R 24 0 R", NUMBERS), NULL },
		{ "timestamp 22", GROWN(FIELD("/StructParent 2"), ELEMENT("/K [" KID "]"), "3", "33 0 R 24 0 R", NUMBERS), NULL },
		{ "timestamp 22", GROWN(FIELD("/StructParent 7"), ELEMENT("/K " KID), "8", "33 0 R 24 0 R", OLD_NUMBERS " 7 24 0 R"), NULL },
		/* no new field, or one that says another key */
		{ "change 31: the structure tree, otherwise than by the element of a new field", { { 31, "<< " TOP " /K [33 0 R 24 0 R] >>" },
			{ 24, "<< /Type /StructElem /S /P /P 31 0 R /Pg 3 0 R /K 0 >>" } }, NULL },
		{ TREE, GROWN(FIELD(""), ELEMENT("/K " KID), "3", "33 0 R 24 0 R", NUMBERS), NULL },
		{ TREE, GROWN(FIELD("/StructParent 1"), ELEMENT("/K " KID), "3", "33 0 R 24 0 R", NUMBERS), NULL },
		/* an element that says something, or is another */
		{ TREE, GROWN(FIELD("/StructParent 2"), ELEMENT("/Alt (x) /K " KID), "3", "33 0 R 24 0 R", NUMBERS), NULL },
		{ TREE, GROWN(FIELD("/StructParent 2"), ELEMENT("/ActualText (x) /K " KID), "3", "33 0 R 24 0 R", NUMBERS), NULL },
		{ TREE, GROWN(FIELD("/StructParent 2"), ELEMENT("/K [0 " KID "]"), "3", "33 0 R 24 0 R", NUMBERS), NULL },
		{ TREE, GROWN(FIELD("/StructParent 2"), ELEMENT("/K << /Type /OBJR /Obj 7 0 R /Pg 3 0 R >>"), "3", "33 0 R 24 0 R", NUMBERS), NULL },
		{ TREE, GROWN(FIELD("/StructParent 2"), ELEMENT("/K << /Type /MCR /Obj 22 0 R /Pg 3 0 R >>"), "3", "33 0 R 24 0 R", NUMBERS), NULL },
		{ TREE, GROWN(FIELD("/StructParent 2"), "<< /S /P /P 31 0 R /Pg 3 0 R /K " KID " >>", "3", "33 0 R 24 0 R", NUMBERS), NULL },
		{ TREE, GROWN(FIELD("/StructParent 2"), "<< /S /Form /P 33 0 R /Pg 3 0 R /K " KID " >>", "3", "33 0 R 24 0 R", NUMBERS), NULL },
		{ TREE, GROWN(FIELD("/StructParent 2"), "<< /S /Form /P 31 0 R /Pg 2 0 R /K " KID " >>", "3", "33 0 R 24 0 R", NUMBERS), NULL },
		/* other kids */
		{ TREE, GROWN(FIELD("/StructParent 2"), ELEMENT("/K " KID), "3", "24 0 R 33 0 R", NUMBERS), NULL },
		{ TREE, GROWN(FIELD("/StructParent 2"), ELEMENT("/K " KID), "3", "24 0 R", NUMBERS), NULL },
		{ TREE, GROWN(FIELD("/StructParent 2"), ELEMENT("/K " KID), "3", "33 0 R 24 0 R 24 0 R", NUMBERS), NULL },
		{ TREE, GROWN(FIELD("/StructParent 2"), ELEMENT("/K " KID), "3", "33 0 R 24 0 R 33 0 R", NUMBERS), NULL },
		{ OTHER("30 32"), GROWN(FIELD("/StructParent 2"), ELEMENT("/K " KID), "3", "33 0 R", NUMBERS), NULL },
		{ TREE, { { 5, FORM_WITH("22 0 R") }, { 22, FIELD("/StructParent 2") }, { 23, stamp }, { 24, ELEMENT("/K " KID) },
			{ 30, "<< " ROOT " /ParentTreeNextKey 3 >>" }, { 31, "<< " TOP " /Alt (x) /K [33 0 R 24 0 R] >>" },
			{ 32, "<< /Nums [" NUMBERS "] >>" } }, NULL },
		/* other keys */
		{ OTHER("30 31"), GROWN(FIELD("/StructParent 2"), ELEMENT("/K " KID), "3", "33 0 R 24 0 R", OLD_NUMBERS), NULL },
		{ TREE, GROWN(FIELD("/StructParent 2"), ELEMENT("/K " KID), "3", "33 0 R 24 0 R", "0 [33 0 R] 1 24 0 R 2 24 0 R"), NULL },
		{ TREE, GROWN(FIELD("/StructParent 2"), ELEMENT("/K " KID), "3", "33 0 R 24 0 R", "0 [33 0 R] 2 24 0 R"), NULL },
		{ OTHER("31 32"), GROWN(FIELD("/StructParent 1"), ELEMENT("/K " KID), "2", "33 0 R 24 0 R", OLD_NUMBERS " 1 24 0 R"), NULL },
		{ TREE, GROWN(FIELD("/StructParent 2"), ELEMENT("/K " KID), "3", "33 0 R 24 0 R", NUMBERS " 3 24 0 R"), NULL },
		{ TREE, GROWN(FIELD("/StructParent 2"), ELEMENT("/K " KID), "3", "33 0 R 24 0 R", NUMBERS " 3"), NULL },
		{ TREE, GROWN(FIELD("/StructParent 2"), ELEMENT("/K " KID), "9", "33 0 R 24 0 R", NUMBERS), NULL },
		{ TREE, { { 5, FORM_WITH("22 0 R") }, { 22, FIELD("/StructParent 2") }, { 23, stamp }, { 24, ELEMENT("/K " KID) },
			{ 30, "<< " ROOT " /ParentTreeNextKey 3 /ClassMap << >> >>" }, { 31, "<< " TOP " /K [33 0 R 24 0 R] >>" },
			{ 32, "<< /Nums [" NUMBERS "] >>" } }, NULL },
		/* an old element beside it */
		{ "timestamp 22; change 33: a part of the document", { { 5, FORM_WITH("22 0 R") }, { 22, FIELD("/StructParent 2") }, { 23, stamp },
			{ 24, ELEMENT("/K " KID) }, { 30, "<< " ROOT " /ParentTreeNextKey 3 >>" }, { 31, "<< " TOP " /K [33 0 R 24 0 R] >>" },
			{ 32, "<< /Nums [" NUMBERS "] >>" }, { 33, "<< /Type /StructElem /S /P /P 31 0 R /Pg 3 0 R /K 0 /Alt (x) >>" } }, NULL },
	};

	(void)state;
	CHECK(cases, NULL);
}

/* A tree with nodes, whose kids stand in a list of their own, and that does not say its next key. */
static void elements_of_nodes(void **state)
{
	static const struct one_case nodes = { "", { { 30, "<< " ROOT " >>" }, { 31, "<< " TOP " /K 34 0 R >>" }, { 34, "[33 0 R]" },
		{ 32, "<< /Kids [35 0 R] >>" }, { 35, "<< /Limits [0 1] /Nums [0 [33 0 R] 1 33 0 R] >>" } }, NULL };
#define NODE(kids, limits, numbers, list) { { 5, FORM_WITH("22 0 R") }, { 22, FIELD("/StructParent 2") }, { 23, stamp }, \
	{ 24, ELEMENT("/K " KID) }, { 32, "<< /Kids [" kids "] >>" }, { 34, "[33 0 R " list "]" }, \
	{ 36, "<< /Limits [" limits "] /Nums [" numbers "] >>" } }
	static const struct one_case cases[] = {
		{ "timestamp 22", NODE("35 0 R 36 0 R", "2 2", "2 24 0 R", "24 0 R"), NULL },
		{ OTHER("32 34"), NODE("36 0 R 35 0 R", "2 2", "2 24 0 R", "24 0 R"), NULL },
		{ OTHER("32 34"), NODE("35 0 R 36 0 R", "0 2", "2 24 0 R", "24 0 R"), NULL },
		{ OTHER("32 34"), NODE("35 0 R 36 0 R", "2 2", "2 33 0 R", "24 0 R"), NULL },
		{ OTHER("32 34"), NODE("35 0 R 36 0 R", "2 2", "2 24 0 R", "24 0 R 33 0 R"), NULL },
		{ "timestamp 22; unused 36; change 32 34: the structure tree, otherwise than by the element of a new field", NODE("35 0 R 35 0 R", "2 2", "2 24 0 R", "24 0 R"), NULL },
		{ "timestamp 22; change 30: the structure tree, otherwise than by the element of a new field",
			{ { 5, FORM_WITH("22 0 R") }, { 22, FIELD("/StructParent 2") }, { 23, stamp }, { 30, "<< " ROOT " /ParentTreeNextKey 3 >>" } },
			NULL },
	};

	(void)state;
	CHECK(cases, &nodes);
}

/* Nothing else may hang on what grows. */
static void elements_elsewhere(void **state)
{
	static const struct one_case shared = { "", { { 40, "<< /PageLabels 32 0 R >>" } }, NULL };
	static const struct one_case cases[] = {
		{ TREE, GROWN(FIELD("/StructParent 2"), ELEMENT("/K " KID), "3", "33 0 R 24 0 R", NUMBERS), NULL },
	};

	(void)state;
	CHECK(cases, &shared);
}

static void tabs(void **state)
{
	static const struct one_case cases[] = {
		{ "timestamp 22", { { 5, FORM_WITH("22 0 R") }, { 22, "<< " UNSEEN " /V 23 0 R >>" }, { 23, stamp },
			{ 3, "<< " PAGE " /Tabs /S /Annots " ANNOTS_WITH("22 0 R") " >>" } }, NULL },
		{ "timestamp 22; change 3: a page", { { 5, FORM_WITH("22 0 R") }, { 22, "<< " UNSEEN " /V 23 0 R >>" }, { 23, stamp },
			{ 3, "<< " PAGE " /Tabs /R /Annots " ANNOTS_WITH("22 0 R") " >>" } }, NULL },
		{ "change 3: a page", { { 3, "<< " PAGE " /Tabs /S /Annots 16 0 R >>" } }, NULL },
	};

	(void)state;
	CHECK(cases, NULL);
}

/* ---- texts ---- */

#define SHOWN_IN(dict, content) \
	"<< /Type /XObject /Subtype /Form /Resources << /Font << /F 9 0 R >> >> " dict " /Length @ >>\nstream\n" content "\nendstream"
#define BOX "/BBox [0 0 30 15]"
#define FILLED "<< " NUMBER " /V (66) /Ff 1 /AP << /N 22 0 R >> >>"
#define HIDES "change 8: a text field that does not show its value"

static void texts(void **state)
{
	static const struct one_case cases[] = {
		{ "form 8", { { 8, FILLED }, { 22, SHOWN_IN(BOX, "/Tx BMC q BT /F 12 Tf 0 g 1 0 0 1 9 3 Tm (66) Tj ET Q EMC") } }, NULL },
		{ "form 8", { { 8, FILLED }, { 22, SHOWN_IN(BOX, "BT 0 g /F 12 Tf 2 3 Td (66) Tj ET") } }, NULL },
		/* another value, none, or not only that */
		{ HIDES, { { 8, FILLED }, { 22, SHOWN_IN(BOX, "BT 0 g /F 12 Tf 2 3 Td (99) Tj ET") } }, NULL },
		{ HIDES, { { 8, FILLED }, { 22, SHOWN_IN(BOX, "BT ET") } }, NULL },
		{ HIDES, { { 8, FILLED }, { 22, SHOWN_IN(BOX, "BT 0 g /F 12 Tf 2 3 Td (6) Tj (6) Tj ET") } }, NULL },
		{ HIDES, { { 8, FILLED }, { 22, SHOWN_IN(BOX, "BT 0 g /F 12 Tf 2 3 Td (66) Tj ET 0 0 9 9 re f") } }, NULL },
		{ HIDES, { { 8, "<< " NUMBER " /Ff 1 /AP << /N 22 0 R >> >>" }, { 22, SHOWN_IN(BOX, "BT 0 g /F 12 Tf 2 3 Td (66) Tj ET") } }, NULL },
		/* white, tiny, huge, turned, unseen mode, outside, in a layer */
		{ HIDES, { { 8, FILLED }, { 22, SHOWN_IN(BOX, "BT 1 g /F 12 Tf 2 3 Td (66) Tj ET") } }, NULL },
		{ HIDES, { { 8, FILLED }, { 22, SHOWN_IN(BOX, "BT 0 g /F 1 Tf 2 3 Td (66) Tj ET") } }, NULL },
		{ HIDES, { { 8, FILLED }, { 22, SHOWN_IN(BOX, "BT 0 g /F 40 Tf 2 3 Td (66) Tj ET") } }, NULL },
		{ HIDES, { { 8, FILLED }, { 22, SHOWN_IN(BOX, "BT /F 12 Tf 0 1 -1 0 9 3 Tm (66) Tj ET") } }, NULL },
		{ HIDES, { { 8, FILLED }, { 22, SHOWN_IN(BOX, "BT /F 12 Tf .01 0 0 1 9 3 Tm (66) Tj ET") } }, NULL },
		{ HIDES, { { 8, FILLED }, { 22, SHOWN_IN(BOX, "BT 3 Tr /F 12 Tf 2 3 Td (66) Tj ET") } }, NULL },
		{ HIDES, { { 8, FILLED }, { 22, SHOWN_IN(BOX, "BT /F 12 Tf 29 3 Td (66) Tj ET") } }, NULL },
		{ HIDES, { { 8, FILLED }, { 22, SHOWN_IN(BOX, "BT /F 12 Tf 2 -9 Td (66) Tj ET") } }, NULL },
		{ HIDES, { { 8, FILLED }, { 22, SHOWN_IN(BOX, "/OC /M BDC BT /F 12 Tf 2 3 Td (66) Tj ET EMC") } }, NULL },
		{ HIDES, { { 8, FILLED }, { 22, SHOWN_IN("/BBox [0 0 3 15]", "BT /F 12 Tf 2 3 Td (66) Tj ET") } }, NULL },
		{ HIDES, { { 8, FILLED }, { 22, SHOWN_IN("/BBox [0 0 300 150]", "BT /F 12 Tf 2 3 Td (66) Tj ET") } }, NULL },
		{ HIDES, { { 8, FILLED }, { 22, SHOWN_IN(BOX " /Matrix [0 1 1 0 0 0]", "BT /F 12 Tf 2 3 Td (66) Tj ET") } }, NULL },
		{ HIDES, { { 8, FILLED }, { 22, SHOWN_IN(BOX " /OC << >>", "BT /F 12 Tf 2 3 Td (66) Tj ET") } }, NULL },
		/* fonts: of its own, or none */
		{ HIDES, { { 8, FILLED }, { 23, "<< /Type /Font /Subtype /TrueType /FirstChar 54 /Widths [500] /ToUnicode 12 0 R /FontDescriptor 13 0 R >>" },
			{ 22, "<< /BBox [0 0 30 15] /Resources << /Font << /F 23 0 R >> >> /Length @ >>\nstream\nBT /F 12 Tf 2 3 Td (66) Tj ET\nendstream" } }, NULL },
		{ HIDES, { { 8, FILLED }, { 22, SHOWN_IN(BOX, "BT 2 3 Td (66) Tj ET") } }, NULL },
		/* what else is changed */
		{ "change 8: a text field, otherwise than by filling it in", { { 8, "<< " NUMBER " /V (66) /AP << /N 22 0 R >> /MaxLen 9 >>" },
			{ 22, SHOWN_IN(BOX, "BT /F 12 Tf 2 3 Td (66) Tj ET") } }, NULL },
		{ "change 8: a text field, otherwise than by filling it in", { { 8, "<< " NUMBER " /V (66) /AP << /N 22 0 R >> /Ff 4096 >>" },
			{ 22, SHOWN_IN(BOX, "BT /F 12 Tf 2 3 Td (66) Tj ET") } }, NULL },
		{ HIDES, { { 8, "<< " NUMBER " /V (66) /AP << /N 22 0 R /R 23 0 R >> >>" }, { 22, SHOWN_IN(BOX, "BT /F 12 Tf 2 3 Td (66) Tj ET") } }, NULL },
	};
	static const struct one_case filled = { "", { { 8, FILLED }, { 22, SHOWN_IN(BOX, "BT /F 12 Tf 2 3 Td (66) Tj ET") } }, NULL };
	static const struct one_case again[] = {
		{ "change 8: a text that was filled in already", { { 8, "<< " NUMBER " /V (67) /Ff 1 /AP << /N 23 0 R >> >>" },
			{ 23, SHOWN_IN(BOX, "BT /F 12 Tf 2 3 Td (67) Tj ET") } }, NULL },
		{ "change 22: content (text, a picture, a font or the like)", { { 22, SHOWN_IN(BOX, "BT /F 12 Tf 2 3 Td (67) Tj ET") } }, NULL },
	};
	static const struct one_case sealed = { "", { { 7, "<< " SEAL " /V 23 0 R >>" }, { 23, signature } }, NULL };
	static const struct one_case after_the_seal[] = {
		{ "change 8: a text, after the seal", { { 8, FILLED }, { 22, SHOWN_IN(BOX, "BT /F 12 Tf 2 3 Td (66) Tj ET") } }, NULL },
	};

	(void)state;
	CHECK(cases, NULL);
	CHECK(again, &filled);
	CHECK(after_the_seal, &sealed);
}

/* ---- the rest ---- */

static void document(void **state)
{
	static const struct one_case cases[] = {
		{ "change 4: content (text, a picture, a font or the like)", { { 4, "<< /Length @ >>\nstream\nx\nendstream" } }, NULL },
		{ "change 4: content (text, a picture, a font or the like)", { { 4, "<< /Length @ /Extra 1 >>\nstream\nBT ET\nendstream" } }, NULL },
		{ "change 3: a page", { { 3, "<< " PAGE " /Annots 16 0 R /Rotate 90 >>" } }, NULL },
		{ "change 3: annotations of a page", { { 3, "<< " PAGE " /Annots [6 0 R] >>" } }, NULL },
		{ "change 2: a part of the document", { { 2, "<< /Type /Pages /Kids [22 0 R] /Count 1 >>" }, { 22, "<< " PAGE " >>" } }, NULL },
		{ "change 1: the document as a whole (its catalog)", { { 1, "<< " CATALOG " /AcroForm 5 0 R /OpenAction << >> >>" } }, NULL },
		{ "change 1: the document as a whole (its catalog)", { { 1, "<< /Type /Catalog /Pages 22 0 R /DSS 17 0 R /AcroForm 5 0 R >>" }, { 22, "<< >>" } }, NULL },
		{ "change 1: what may be changed (permissions)", { { 1, "<< " CATALOG " /AcroForm 5 0 R /Perms << /DocMDP 10 0 R >> >>" } }, NULL },
		{ "change 1: the catalog's extensions", { { 1, "<< " CATALOG " /AcroForm 5 0 R /Extensions [1 2 3 4 5 6 7 8 9] >>" } }, NULL },
		{ "change 1: the form; lost signer", { { 1, "<< " CATALOG " >>" } }, NULL },
		{ "change 4: something, by taking it away", { { 4, NULL } }, NULL },
		{ "change 50: what was referred to before it was there", { { 50, "<< /Any true >>" } }, NULL },
		{ "change 9: a part of the document", { { 9, "<< /Type /Font >>" } }, NULL },
		/* what some programs read otherwise */
		{ "change 3: a page", { { 3, "<< " PAGE " /Annots 16 0 R /Rotate null >>" } }, NULL },
		{ "change 2: a part of the document", { { 2, "<< /Type /Pages /Kids [3 0 R] /Count 1.0 >>" } }, NULL },
		{ "change 2: a part of the document", { { 2, "<< /Type /Pages /Kids [3 0 R] /Count +1 >>" } }, NULL },
		{ "change 21: a part of the document", { { 21, "<< /S /P /Points [50 0 R] /ActualText (x) >>" } }, NULL },
		{ "change 11: the document's properties", { { 11, "<< /Title (B) >>" } }, NULL },
	};

	(void)state;
	CHECK(cases, NULL);
}

#define DATED { 11, "<< /Title (A) /ModDate (D:2023) >>" }
#define EXTENDED { 1, "<< " CATALOG " /AcroForm 5 0 R /Extensions << /ESIC << >> >> >>" }
#define SIGNED { 7, "<< " SEAL " /V 22 0 R >>" }, { 22, signature }
#define STORED { 17, "<< /Certs 18 0 R /CRLs 20 0 R >>" }
#define WITHOUT_CHANGE "the day of its last change (ModDate), without a change that is allowed"
#define WITHOUT_NEED "the catalog's extensions, without a signature or proofs that need them"
#define ADDED "the file by adding what nothing in it refers to and no signature covers"

/* What is permitted beside something else, and not alone. */
static void beside(void **state)
{
	static const struct one_case cases[] = {
		{ "change 11: " WITHOUT_CHANGE, { DATED }, NULL },
		{ "change 1: " WITHOUT_NEED, { EXTENDED }, NULL },
		{ "change 1 11: " WITHOUT_NEED, { EXTENDED, DATED }, NULL },
		{ "change 5: the form", { { 5, "<< /Fields [6 0 R 7 0 R 8 0 R 14 0 R] /SigFlags 1 >>" } }, NULL },
		{ "change 1: the form", { { 1, "<< " CATALOG " /AcroForm << /Fields [6 0 R 7 0 R 8 0 R 14 0 R] /SigFlags 3 >> >>" } }, NULL },
		{ "change 3: annotations of a page", { { 3, "<< " PAGE " /Annots [6 0 R 7 0 R 8 0 R 15 0 R] >>" } }, NULL },
		{ "signature 7", { SIGNED, DATED, EXTENDED }, NULL },
		{ "dss 17", { STORED, DATED, EXTENDED }, NULL },
		{ "form 8", { { 8, FILLED }, { 22, SHOWN_IN(BOX, "BT /F 12 Tf 2 3 Td (66) Tj ET") }, DATED }, NULL },
		{ "form 8; change 1: " WITHOUT_NEED, { { 8, FILLED }, { 22, SHOWN_IN(BOX, "BT /F 12 Tf 2 3 Td (66) Tj ET") }, EXTENDED }, NULL },
		/* what nothing refers to */
		{ "change 22: " ADDED, { { 22, "<< /What (ever) >>" } }, NULL },
		{ "change 22: " ADDED, { { 22, "null" } }, NULL },
		{ "change 22 23: " ADDED, { { 22, "<< /Each 23 0 R >>" }, { 23, "<< /Other 22 0 R >>" } }, NULL },
		{ "dss 17; change 22: " ADDED, { STORED, { 22, "(x)" } }, NULL },
		{ "signature 7; unused 23", { SIGNED, { 23, "(x)" } }, NULL },
		{ "timestamp 7; unused 23 24", { { 7, "<< " SEAL " /V 22 0 R >>" }, { 22, stamp }, { 23, "[24 0 R]" }, { 24, "[23 0 R]" } }, NULL },
		{ "signature 7", { { 7, "<< " SEAL " /V 22 0 R /AP << /N 23 0 R >> >>" }, { 22, signature }, { 23, "<< /Far 24 0 R >>" }, { 24, "(x)" } },
			NULL },
		{ "change: what identifies the file (its trailer)", { { 22, "(x)" } }, AS_BEFORE " /Other 22 0 R" },
		/* taken away where nothing refers to it */
		{ "change 29: something, by taking it away", { { 29, NULL } }, NULL },
		{ "signature 7", { { 29, NULL }, SIGNED }, NULL },
	};
	static const struct one_case unused = { "", { { 29, "(x)" } }, NULL };

	(void)state;
	CHECK(cases, &unused);
}

static void trailers(void **state)
{
	static const struct one_case cases[] = {
		{ "change: what identifies the file (its trailer)", { { 22, "<< /Title (B) >>" } }, "/Info 22 0 R /ID [<41> <43>]" },
		{ "change: what identifies the file (its trailer)", { { 0, NULL } }, "/ID [<41> <43>]" },
		{ "change: what identifies the file (its trailer)", { { 0, NULL } }, "/Info 11 0 R /ID [<42> <43>]" },
		{ "change: what identifies the file (its trailer)", { { 0, NULL } }, "/Info 11 0 R" },
		{ "change: what identifies the file (its trailer)", { { 0, NULL } }, AS_BEFORE " /Other 1" },
	};

	(void)state;
	CHECK(cases, NULL);
}

static void store(void **state)
{
	static const struct one_case cases[] = {
		{ "dss 17", { { 17, "<< /Certs 18 0 R /CRLs 20 0 R >>" } }, NULL },
		{ "dss 18", { { 18, "[19 0 R 22 0 R]" }, { 22, "<< /Length @ >>\nstream\nx\nendstream" } }, NULL },
		{ "dss 1", { { 1, "<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 30 0 R /DSS 22 0 R /AcroForm 5 0 R >>" }, { 22, "<< >>" } }, NULL },
		/* referred to twice: it may be something else too */
		{ "change 20: a part of the document", { { 20, "[19 0 R]" } }, NULL },
		{ "change 19: content (text, a picture, a font or the like)", { { 19, "<< /Length @ >>\nstream\nCERT\nendstream" } }, NULL },
		{ "change 18: a part of the document", { { 18, "<< /Other 1 >>" } }, NULL },
	};

	(void)state;
	CHECK(cases, NULL);
}

/* ---- locks ---- */

#define DOCMDP(p) "<< /Type /Sig /SubFilter /ETSI.CAdES.detached /Reference [<< /TransformMethod /DocMDP /TransformParams << /P " p " >> >>] >>"
#define FIELDMDP(what) \
	"<< /Type /Sig /SubFilter /ETSI.CAdES.detached /Reference [<< /TransformMethod /FieldMDP /TransformParams << " what " >> >>] >>"

static void locks(void **state)
{
	static const char forbids[] = "change 7: a signature that an earlier one forbids";
	static const struct {
		const char *value; /* of a signature in `parted` */
		const char *want;  /* where `seal` is signed then */
	} cases[] = {
		{ DOCMDP("1"), forbids },
		{ DOCMDP("2"), "signature 7" },
		{ DOCMDP("3"), "signature 7" },
		{ DOCMDP("7"), forbids },
		{ DOCMDP("(2)"), forbids },
		{ FIELDMDP("/Action /All"), forbids },
		{ FIELDMDP("/Action /Include /Fields [(seal)]"), forbids },
		{ FIELDMDP("/Action /Include /Fields [(sea)]"), "signature 7" },
		{ FIELDMDP("/Action /Exclude /Fields [(seal)]"), "signature 7" },
		{ FIELDMDP("/Action /Exclude /Fields [(number)]"), forbids },
		{ FIELDMDP("/Action /Whatever"), forbids },
	};
	static const struct one_case sealed = { "", { { 7, "<< " SEAL " /V 22 0 R >>" }, { 22, signature } }, NULL };
	static const struct one_case stamped_unseen = { "timestamp 24",
		{ { 5, FORM_WITH("24 0 R") }, { 24, "<< " UNSEEN " /V 22 0 R >>" }, { 22, stamp } }, NULL };
	static const struct one_case stamped = { "timestamp 7", { { 7, "<< " SEAL " /V 22 0 R >>" }, { 22, stamp } }, NULL };
	static const struct one_case unsealed = { "signature 24; change: a signature that an earlier one forbids",
		{ { 5, FORM_WITH("24 0 R") }, { 24, "<< " UNSEEN " /V 22 0 R >>" }, { 22, signature } }, NULL };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct one_case certified = { "",
			{ { 14, "<< /FT /Sig /T (parted) /Kids [15 0 R] /V 30 0 R >>" }, { 30, cases[i].value } }, NULL };
		struct one_case then = sealed, stamped_then = stamped;

		then.want = cases[i].want;
		stamped_then.want = cases[i].want == forbids ? forbids : stamped.want;
		check(&then, &certified);
		check(&stamped_then, &certified);
		check(&stamped_unseen, &certified);
		if (i == 0)
			check(&unsealed, &certified);
	}
}

/* ---- cross-reference streams ---- */

/* A revision whose table is a stream with the number of something else; entries of the width 1 4 2. */
static void table_with_number(struct made *m, unsigned number)
{
	size_t prev = m->xref;

	m->xref = m->out.n;
	buf_printf(&m->out, "%u 0 obj\n<< /Type /XRef /Size 60 /Root 1 0 R /Info 11 0 R /ID [<41> <43>] /W [1 4 1] /Index [%u 1] /Prev %zu /Length 6 >>\nstream\n",
		number, number, prev);
	buf_putc(&m->out, 1);
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_putc(&m->out, (char)(m->xref >> shift & 255));
	buf_putc(&m->out, 0);
	buf_puts(&m->out, "\nendstream\nendobj\n");
	made_end(m);
}

static void tables(void **state)
{
	static const struct {
		unsigned number;
		const char *want;
	} cases[] = {
		{ NEW, "nothing" },
		{ 4, "change 4: content (text, a picture, a font or the like)" },
		{ 50, "change 50: what was referred to before it was there" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct made m = { 0 };
		char found[300];

		begin(&m);
		table_with_number(&m, cases[i].number);
		tell(&m, found, sizeof found);
		assert_string_equal(found, cases[i].want);
		made_clear(&m);
	}
}

/* Each revision from the second on, whatever it does. */
static void all_listed(void **state)
{
	static const struct object object[] = { STORED, { 22, "(x)" }, { 11, "<< /Title (A) >>" } };
	struct diags d = { 0 };
	struct arena a = { 0 };
	struct later_list list;
	struct made m = { 0 };
	struct pdf_file *f;
	size_t i = 0;

	(void)state;
	begin(&m);
	for (size_t k = 0; k < sizeof object / sizeof *object; k++)
		revision(&m, &object[k], 1, AS_BEFORE);
	revision(&m, NULL, 0, AS_BEFORE);
	f = made_open(&m, &d);
	assert_true(later_read(f, &a, &list, &d));
	assert_int_equal(list.n, pdf_n_revision(f) - 1);
	for (; i < list.n; i++)
		assert_int_equal(list.item[i].revision, i + 1);
	pdf_close(f);
	arena_clear(&a);
	diags_clear(&d);
	made_clear(&m);
}

/* What a revision hides and a later one brings back, in two steps that are harmless each. */
static void hide_and_replace(void **state)
{
	static const struct one_case hidden = { "", { { 50, NULL } }, NULL };
	static const struct one_case shown[] = {
		{ "change 50: what was referred to before it was there", { { 50, "<< /Any true >>" } }, NULL },
	};
	static const struct one_case dangling = { "", { { 7, "<< " SEAL " /V 22 0 R /AP << /N 23 0 R >> >>" }, { 22, signature } }, NULL };
	static const struct one_case appears[] = {
		{ "change 23: what was referred to before it was there", { { 23, "<< /Length @ >>\nstream\n\nendstream" } }, NULL },
	};

	(void)state;
	CHECK(shown, &hidden);
	CHECK(appears, &dangling);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signs), cmocka_unit_test(new_fields), cmocka_unit_test(texts), cmocka_unit_test(document), cmocka_unit_test(beside),
		cmocka_unit_test(trailers), cmocka_unit_test(store), cmocka_unit_test(locks), cmocka_unit_test(tables),
		cmocka_unit_test(hide_and_replace), cmocka_unit_test(all_listed),
		cmocka_unit_test(elements), cmocka_unit_test(elements_of_nodes),
		cmocka_unit_test(elements_elsewhere), cmocka_unit_test(tabs),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
