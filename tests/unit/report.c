/* Files signed here, held as a whole: what is covered, when it is judged, what came later, and what is refused. */
#include "sealed.h"

#include "pdf/write.h"
#include "pdfmade.h"
#include "seal/report.h"
#include "seal/sign.h"
#include "seal/signing.h"

static const int64_t DAY = PKI_DAY;

/* text: beneath the seal. */
static void make_with(struct made *m, const char *text, const char *seal)
{
	char content[200];

	snprintf(content, sizeof content, "<< /Length %zu >>\nstream\n%s\nendstream", strlen(text), text);
	buf_puts(&m->out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
	made_object(m, 1, "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R 6 0 R] >> >>");
	made_object(m, 2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
	made_object(m, 3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Annots [5 0 R 6 0 R] >>");
	made_object(m, 4, content);
	made_object(m, 5, "<< /Type /Annot /Subtype /Widget /FT /Sig /T (signer) /F 132 /P 3 0 R /Rect [0 0 50 50] >>");
	made_object(m, 6, seal);
	m->xref = m->out.n;
	buf_puts(&m->out, "xref\n");
	made_group(m, 0, 6);
	made_trailer(m, "<< /Size 7 /Root 1 0 R >>");
	made_end(m);
}

#define SEAL(box) "<< /Type /Annot /Subtype /Widget /FT /Sig /T (seal) /F 132 /P 3 0 R /Rect [" box "] >>"

static void make_plain(struct made *m)
{
	make_with(m, "BT ET", SEAL("50 0 99 50"));
}

/* Signs what is in the file. */
static bool try_sign(struct sealed *f, struct buf *file, const struct pki_id *id, const char *field, int certify)
{
	struct signing_key *key = sealed_key(f, id, PKI_NOW);
	struct sign_request request = { .field = field, .time = PKI_NOW, .now = PKI_NOW, .certify = certify, .leave_blank = !strcmp(field, "seal") };
	struct buf out = { 0 };

	bool ok = sign_pdf((struct bytes){ file->text, file->n }, "a.pdf", key, &request, &out, &f->diags);

	signing_key_close(key);
	if (ok) {
		buf_clear(file);
		*file = out;
	}
	return ok;
}

static void sign(struct sealed *f, struct buf *file, const struct pki_id *id, const char *field, int certify)
{
	assert_true(try_sign(f, file, id, field, certify));
}

/* One more revision, with another object of that number. */
static void replace(struct buf *file, uint32_t number, const struct pdf_object *object)
{
	struct diags d = { 0 };
	struct pdf_file *f = pdf_open((struct bytes){ file->text, file->n }, "a.pdf", &d);
	struct pdf_object trailer = { .kind = PDF_DICT };
	struct pdf_writer w = { 0 };
	struct buf out = { 0 };

	assert_non_null(f);
	pdf_update_begin(&w, f, &out);
	pdf_write_reserve(&w, number + 1);
	pdf_write_object(&w, number, object);
	assert_true(pdf_write_finish(&w, &trailer, &d));
	pdf_close(f);
	buf_clear(file);
	*file = out;
}

/* The rules of the findings; *report as well. */
static const char *report(struct sealed *f, const struct buf *file, int64_t at, struct file_report *r)
{
	struct report_policy policy = { f->trust, at, false };

	diags_clear(&f->diags);
	report_read((struct bytes){ file->text, file->n }, "a.pdf", &policy, &f->pki.arena, r, &f->diags);
	assert_int_equal(r->ok, f->diags.n_error == 0);
	return sealed_rules(f);
}

static void holds(void **state)
{
	struct sealed *f = *state;
	struct made m = { 0 };
	struct file_report r;

	make_plain(&m);
	assert_string_equal(report(f, &m.out, PKI_NOW, &r), "unsigned");
	sign(f, &m.out, &f->pki.signer, "signer", 0);
	assert_string_equal(report(f, &m.out, PKI_NOW, &r), "(revocation)");
	assert_int_equal(r.n, 1);
	assert_string_equal(r.signature[0].field, "signer");
	assert_true(r.signature[0].covered && r.signature[0].is_last && r.signature[0].cms.integrity);
	assert_int_equal(r.signature[0].level, PADES_B);
	assert_int_equal(r.signature[0].bytes, m.out.n);
	assert_string_equal(report(f, &m.out, PKI_NOW + 1000 * DAY, &r), "cert-time");
	sign(f, &m.out, &f->pki.signer, "seal", 0);
	assert_string_equal(report(f, &m.out, PKI_NOW, &r), "(revocation) (revocation)");
	assert_int_equal(r.n, 2);
	assert_int_equal(r.signature[0].n_later, 1);
	assert_int_equal(r.signature[0].later[0].kind, LATER_SIGNATURE);
	assert_false(r.signature[0].is_last);
	assert_true(r.signature[1].is_last);
	made_clear(&m);
}

static void changed_later(void **state)
{
	struct sealed *f = *state;
	struct made m = { 0 };
	struct file_report r;
	struct pdf_object other = pdf_string("x", 1);

	make_plain(&m);
	sign(f, &m.out, &f->pki.signer, "signer", 0);
	replace(&m.out, 4, &other);
	assert_string_equal(report(f, &m.out, PKI_NOW, &r), "(revocation) changed");
	assert_true(r.signature[0].cms.integrity && !r.signature[0].ok);
	assert_int_equal(r.signature[0].later[0].object[0], 4);
	/* nobody signs it then */
	assert_false(try_sign(f, &m.out, &f->pki.signer, "seal", 0));
	assert_string_equal(f->diags.finding[f->diags.n_finding - 1].rule, "changed");
	made_clear(&m);
}

static void take(struct revision *r, struct buf *file)
{
	struct buf out = r->out;

	r->out = (struct buf){ 0 };
	revision_close(r);
	buf_clear(file);
	*file = out;
}

/* A document timestamp in a field of its own. */
static void stamp(struct sealed *f, struct buf *file, const char *name)
{
	enum { ROOM = 8000 };
	struct revision r;
	struct pdf_object value, changed;
	struct pdf_field field;
	struct bytes slice[2], token;
	struct buf over = { 0 };
	uint32_t number;

	assert_true(revision_open(&r, (struct bytes){ file->text, file->n }, "a.pdf", &f->diags));
	value = signature_value(&r, "DocTimeStamp", "ETSI.RFC3161", ROOM);
	assert_true(field_add(&r, name, name, &field));
	number = pdf_write_number(&r.writer);
	changed = pdf_with(*field.dict, "V", pdf_reference(number), &r.arena);
	pdf_write_object(&r.writer, number, &value);
	pdf_write_object(&r.writer, field.number, &changed);
	assert_true(revision_finish(&r));
	signature_range(&r, slice);
	buf_put(&over, slice[0].data, slice[0].n);
	buf_put(&over, slice[1].data, slice[1].n);
	token = pki_token(&f->pki, &f->pki.tsa, (struct bytes){ over.text, over.n }, PKI_NOW, EVP_sha256(), CMS_CADES);
	assert_true(signature_fill(&r, token, ROOM));
	buf_clear(&over);
	take(&r, file);
}

/* A DSS with the CRLs of these, and who signs the one of the CA. */
static void prove(struct sealed *f, struct buf *file, const struct pki_id *const *issuer, size_t n)
{
	struct evidence evidence = { 0 };
	struct revision r;

	for (size_t i = 0; i < n; i++)
		der_list_add(&evidence.crl, pki_make_crl(&f->pki, &(struct pki_crl){ .issuer = issuer[i] }), &f->pki.arena);
	der_list_add(&evidence.cert, pki_cert_der(&f->pki, f->pki.ca.cert), &f->pki.arena);
	assert_true(revision_open(&r, (struct bytes){ file->text, file->n }, "a.pdf", &f->diags));
	assert_true(store_add(&r, &evidence));
	assert_true(revision_finish(&r));
	take(&r, file);
}

/* What each revision after a signature makes of it: s the document timestamp, r and c CRLs of the root and the CA, b both. */
static void levels(void **state)
{
	static const struct {
		const char *then;
		int level;
		const char *why; /* a part of it */
	} cases[] = {
		{ "", PADES_B, "no timestamp" },
		{ "b", PADES_B, "no timestamp" },
		{ "s", PADES_T, "certificate of 'Nguyễn Văn A'" },
		{ "rs", PADES_T, "certificate of 'Nguyễn Văn A'" },
		{ "cs", PADES_T, "certificate of 'Issuing CA'" },
		{ "bs", PADES_LTA, NULL },
		{ "sb", PADES_LT, "came before the proofs" },
		{ "rsc", PADES_LT, "came before the proofs" },
		{ "sbs", PADES_LTA, NULL },
		{ "bsb", PADES_LTA, NULL },
	};
	struct sealed *f = *state;
	const struct pki_id *issuer[] = { &f->pki.root, &f->pki.ca };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct made m = { 0 };
		struct file_report r;
		char name[] = "stamp0";

		make_plain(&m);
		sign(f, &m.out, &f->pki.signer, "signer", 0);
		for (const char *c = cases[i].then; *c; c++) {
			name[5]++;
			if (*c == 's')
				stamp(f, &m.out, name);
			else
				prove(f, &m.out, issuer + (*c == 'c'), *c == 'b' ? 2 : 1);
		}
		report(f, &m.out, PKI_NOW, &r);
		if (!r.ok)
			print_error("'%s': %s\n", cases[i].then, f->diags.finding[0].message);
		assert_true(r.ok);
		assert_int_equal(r.signature[0].n_later, strlen(cases[i].then));
		if (r.signature[0].level != cases[i].level)
			print_error("'%s': %s\n", cases[i].then, r.signature[0].level_why);
		assert_int_equal(r.signature[0].level, cases[i].level);
		assert_true(cases[i].why ? strstr(r.signature[0].level_why, cases[i].why) != NULL : !r.signature[0].level_why);
		made_clear(&m);
	}
}

/* What is told of it once, and harms nothing. */
static void idle(void **state)
{
	struct sealed *f = *state;
	struct made m = { 0 };
	struct file_report r;
	struct pdf_object same;
	struct diags d = { 0 };
	struct pdf_file *file;

	make_plain(&m);
	sign(f, &m.out, &f->pki.signer, "signer", 0);
	file = pdf_open((struct bytes){ m.out.text, m.out.n }, "a.pdf", &d);
	same = *pdf_get(pdf_last(file), 3);
	replace(&m.out, 3, &same);
	pdf_close(file);
	assert_string_equal(report(f, &m.out, PKI_NOW, &r), "(revocation) (idle)");
	assert_true(r.ok);
	assert_int_equal(r.n_revision, 3);
	assert_int_equal(r.n_signed_revision, 2);
	assert_int_equal(r.signature[0].n_later, 1);
	assert_int_equal(r.signature[0].later[0].kind, LATER_NOTHING);
	made_clear(&m);
}

static void certified(void **state)
{
	struct sealed *f = *state;
	struct made m = { 0 };
	struct file_report r;
	struct pdf_object same = pdf_integer(1);

	m.find = "/T (seal)";
	m.put = "/T (other)";
	make_plain(&m);
	sign(f, &m.out, &f->pki.signer, "signer", 1);
	assert_string_equal(report(f, &m.out, PKI_NOW, &r), "(revocation)");
	replace(&m.out, 20, &same);
	assert_string_equal(report(f, &m.out, PKI_NOW, &r), "(revocation) changed");
	made_clear(&m);
}

static size_t find(const struct buf *file, const char *text)
{
	for (size_t i = 0; i + strlen(text) <= file->n; i++)
		if (!memcmp(file->text + i, text, strlen(text)))
			return i;
	fail_msg("no %s", text);
	return 0;
}

/* Two pages, or the page and the form, have one list: what is added for one must not appear in the other. */
static void make_shared(struct made *m, const char *form)
{
	buf_puts(&m->out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
	made_object(m, 1, "<< /Type /Catalog /Pages 2 0 R /AcroForm 4 0 R >>");
	made_object(m, 2, "<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>");
	made_object(m, 3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Annots 6 0 R >>");
	made_object(m, 4, form);
	made_object(m, 5, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Annots 6 0 R >>");
	made_object(m, 6, "[]");
	m->xref = m->out.n;
	buf_puts(&m->out, "xref\n");
	made_group(m, 0, 6);
	made_trailer(m, "<< /Size 7 /Root 1 0 R >>");
	made_end(m);
}

static void shared_lists(void **state)
{
	static const char *const form[] = { "<< /Fields [] >>", "<< /Fields 6 0 R >>" };
	struct sealed *f = *state;

	for (size_t i = 0; i < sizeof form / sizeof *form; i++) {
		struct made m = { 0 };
		struct file_report r;
		struct pdf_file *pdf;
		struct pdf_view view;

		make_shared(&m, form[i]);
		sign(f, &m.out, &f->pki.signer, "one", 0);
		sign(f, &m.out, &f->pki.signer, "two", 0);
		assert_string_equal(report(f, &m.out, PKI_NOW, &r), "(revocation) (revocation)");
		assert_int_equal(r.n, 2);
		pdf = pdf_open((struct bytes){ m.out.text, m.out.n }, "a.pdf", &f->diags);
		assert_non_null(pdf);
		view = pdf_last(pdf);
		assert_int_equal(pdf_look(view, pdf_get(view, 3), "Annots")->n, 2);
		assert_int_equal(pdf_look(view, pdf_get(view, 5), "Annots")->n, 0);
		pdf_close(pdf);
		made_clear(&m);
	}
}

/* By programs that know no order, here by names put into what was signed. */
static void sealed_early(void **state)
{
	struct sealed *f = *state;
	struct made m = { .find = "/T (signer)", .put = "/T (zigner)" };
	struct file_report r;
	size_t at;

	make_plain(&m);
	sign(f, &m.out, &f->pki.signer, "seal", 0);
	assert_string_equal(report(f, &m.out, PKI_NOW, &r), "(revocation)");
	assert_false(r.signature[0].before_signer || r.signature[0].over_blank);
	at = find(&m.out, "(zigner)");
	m.out.text[at + 1] = 's';
	assert_string_equal(report(f, &m.out, PKI_NOW, &r), "cms-digest (order)");
	assert_true(r.signature[0].before_signer && !r.signature[0].over_blank);
	made_clear(&m);
	m = (struct made){ .find = "/FT /Sig /T (signer)", .put = "/FT /Tx /T (number)" };
	make_plain(&m);
	sign(f, &m.out, &f->pki.signer, "seal", 0);
	assert_string_equal(report(f, &m.out, PKI_NOW, &r), "(revocation) (blank)");
	assert_true(r.signature[0].over_blank && !r.signature[0].before_signer);
	made_clear(&m);
}

/* In a range or in the digits: what the bytes say must be what is there. */
static void ranges(void **state)
{
	static const struct {
		const char *behind; /* the first such text, */
		size_t skip;
		const char *put; /* this many bytes behind it */
		const char *want;
	} cases[] = {
		{ "/ByteRange [", 0, "1", "range" },
		{ "/ByteRange [", 0, "9223372036854775807 0", "pdf" },
		{ "/ByteRange [", 0, "0 1 9 999999", "range" },
		{ "/ByteRange [", 0, "0 -1 -1 -1", "range" },
		{ "/ByteRange [", 0, "null ", "range" },
		{ "/ByteRange", 1, "(", "pdf" },
		{ "/Byte", 0, "r", "range" },
		{ "/SubFilter /ETSI", 0, ".", "(revocation)" },
		{ "/SubFilter /ETSI", 0, "-", "field" },
		{ "/Contents <", 0, "00", "cms-format" },
		{ "/Contents <", 30000, " ", "range" },
		{ "/Contents <", 30000, ">", "pdf" },
		{ "/Contents <", 30000, "41", "cms-format" },
		{ "/V ", 0, "5", "field" },
		{ "startxref", 0, " ", "cms-digest" },
	};
	struct sealed *f = *state;
	struct made m = { 0 };
	struct file_report r;

	make_plain(&m);
	sign(f, &m.out, &f->pki.signer, "signer", 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf changed = { 0 };
		size_t at = find(&m.out, cases[i].behind) + strlen(cases[i].behind) + cases[i].skip;

		buf_put(&changed, m.out.text, m.out.n);
		memcpy(changed.text + at, cases[i].put, strlen(cases[i].put));
		if (strcmp(report(f, &changed, PKI_NOW, &r), cases[i].want) != 0)
			print_error("%s %s: %s\n", cases[i].behind, cases[i].put, f->diags.finding[0].message);
		assert_string_equal(sealed_rules(f), cases[i].want);
		buf_clear(&changed);
	}
	made_clear(&m);
}

/* Two fields that show one signature, whoever gave it to the second one. */
static void shared(void **state)
{
	struct sealed *f = *state;
	struct made m = { 0 };
	struct file_report r;
	struct diags d = { 0 };
	struct pdf_object seal;
	struct pdf_file *file;

	make_plain(&m);
	sign(f, &m.out, &f->pki.signer, "signer", 0);
	file = pdf_open((struct bytes){ m.out.text, m.out.n }, "a.pdf", &d);
	seal = pdf_with(*pdf_get(pdf_last(file), 6), "V", *pdf_find(pdf_get(pdf_last(file), 5), "V"), &f->pki.arena);
	replace(&m.out, 6, &seal);
	pdf_close(file);
	assert_string_equal(report(f, &m.out, PKI_NOW, &r), "field field");
	made_clear(&m);
}

static void taken_away(void **state)
{
	struct sealed *f = *state;
	struct made m = { 0 };
	struct file_report r;
	struct pdf_object empty = PDF_DICT_OF(&f->pki.arena, { "FT", pdf_name("Sig") }, { "T", pdf_string("nobody", 6) });

	make_plain(&m);
	sign(f, &m.out, &f->pki.signer, "signer", 0);
	replace(&m.out, 5, &empty);
	assert_string_equal(report(f, &m.out, PKI_NOW, &r), "(lost) unsigned");
	sign(f, &m.out, &f->pki.signer, "seal", 0);
	assert_string_equal(report(f, &m.out, PKI_NOW, &r), "(lost) (revocation)");
	assert_int_equal(r.n, 1);
	made_clear(&m);
}

/* A later signature over what was signed is told, and holds; a seal over the signature does not need to be. */
static void over(void **state)
{
	static const char text[] = "BT /F 20 Tf 60 10 Td (100 ha) Tj ET";
	static const struct {
		const char *text, *seal, *want;
	} cases[] = {
		{ "BT ET", SEAL("50 0 99 50"), "(revocation) (revocation)" },
		{ text, SEAL("50 0 99 50"), "(revocation) (revocation) (over)" },
		{ text, SEAL("30 0 79 50"), "(revocation) (revocation)" },
		{ text, SEAL("30 0 199 50"), "(revocation) (revocation) (over)" },
		{ text, SEAL("0 0 0 0"), "(revocation) (revocation)" },
	};
	struct sealed *f = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct made m = { 0 };
		struct file_report r;

		make_with(&m, cases[i].text, cases[i].seal);
		sign(f, &m.out, &f->pki.signer, "signer", 0);
		sign(f, &m.out, &f->pki.signer, "seal", 0);
		assert_string_equal(report(f, &m.out, PKI_NOW, &r), cases[i].want);
		assert_true(r.ok && !r.signature[0].over && r.signature[0].page == 1);
		assert_int_equal(r.signature[1].over, strstr(cases[i].want, "over") != NULL);
		made_clear(&m);
	}
}

static void cut(void **state)
{
	struct sealed *f = *state;
	struct made m = { 0 };
	struct file_report r;

	make_plain(&m);
	sign(f, &m.out, &f->pki.signer, "signer", 0);
	for (size_t n = 1; n < m.out.n; n += n < 2000 ? 1 : 997) {
		struct buf part = { .text = m.out.text, .n = n };

		report(f, &part, PKI_NOW, &r);
		assert_false(r.ok);
	}
	made_clear(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(holds, sealed_set_up, sealed_tear_down),
		cmocka_unit_test_setup_teardown(changed_later, sealed_set_up, sealed_tear_down),
		cmocka_unit_test_setup_teardown(levels, sealed_set_up, sealed_tear_down),
		cmocka_unit_test_setup_teardown(idle, sealed_set_up, sealed_tear_down),
		cmocka_unit_test_setup_teardown(certified, sealed_set_up, sealed_tear_down),
		cmocka_unit_test_setup_teardown(shared_lists, sealed_set_up, sealed_tear_down),
		cmocka_unit_test_setup_teardown(sealed_early, sealed_set_up, sealed_tear_down),
		cmocka_unit_test_setup_teardown(ranges, sealed_set_up, sealed_tear_down),
		cmocka_unit_test_setup_teardown(shared, sealed_set_up, sealed_tear_down),
		cmocka_unit_test_setup_teardown(taken_away, sealed_set_up, sealed_tear_down),
		cmocka_unit_test_setup_teardown(over, sealed_set_up, sealed_tear_down),
		cmocka_unit_test_setup_teardown(cut, sealed_set_up, sealed_tear_down),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
