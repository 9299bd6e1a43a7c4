#include "seal/report.h"

#include "pdf/form.h"
#include "pdf/limits.h"
#include "pdf/stream.h"
#include "seal/order.h"
#include "seal/overlay.h"

#include <stdlib.h>
#include <string.h>

struct reporting {
	const struct report_policy *policy;
	struct pdf_file *file;
	struct pdf_form form; /* last view */
	struct arena *arena;
	struct diags *d;
	struct evidence evidence; /* of the last view */
	struct later_list later;
	size_t archive;		  /* revision of the last document timestamp that holds; 0: none */
	struct evidence archived; /* that it covers */
	struct file_report *report;
};

static struct origin place(const struct reporting *r, const char *field)
{
	struct origin at = pdf_origin(r->file);

	at.sheet = field;
	return at;
}

/* ---- the DSS ---- */

static void read_list(struct pdf_view view, const struct pdf_object *list, struct arena *a, struct der_list *into)
{
	struct diags quiet = { .quiet = true };
	struct bytes der;

	for (uint32_t i = 0; list->kind == PDF_ARRAY && i < list->n && i < EVIDENCE_MAX; i++) {
		const struct pdf_object *stream = pdf_item(view, list, i);

		if (stream->kind == PDF_STREAM && pdf_stream_data(view, stream, a, &der, &quiet))
			der_list_add(into, der, a);
	}
	diags_clear(&quiet);
}

static void read_evidence(struct pdf_view view, struct arena *a, struct evidence *evidence)
{
	const struct pdf_object *dss = pdf_look(view, pdf_catalog(view), "DSS");

	read_list(view, pdf_look(view, dss, "Certs"), a, &evidence->cert);
	read_list(view, pdf_look(view, dss, "CRLs"), a, &evidence->crl);
	read_list(view, pdf_look(view, dss, "OCSPs"), a, &evidence->ocsp);
}

/* ---- what a signature covers ---- */

/* The four numbers, written in the signature itself; false where they are others. */
static bool read_range(const struct pdf_field *field, int64_t range[4])
{
	const struct pdf_object *list = pdf_find(field->value, "ByteRange");

	if (list->kind != PDF_ARRAY || list->n != 4)
		return false;
	for (uint32_t i = 0; i < 4; i++) {
		if (list->item[i].kind != PDF_INTEGER || list->item[i].number < 0 || list->item[i].number > PDF_FILE_MAX)
			return false;
		range[i] = list->item[i].number;
	}
	return true;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* <...> with hexadecimal digits of one case and nothing else: otherwise bytes could be changed that change no value. */
static bool is_all_digits(const struct reporting *r, const struct pdf_object *contents)
{
	const char *digit = pdf_bytes(r->file).data + contents->from + 1;
	bool lower = false;
	bool upper = false;

	if (contents->kind != PDF_STRING || !contents->hex || contents->to - contents->from != 2 * (size_t)contents->n + 2)
		return false;
	for (size_t i = 0; i < 2 * (size_t)contents->n; i++) {
		if (!is_hex(digit[i]))
			return false;
		lower = lower || digit[i] >= 'a';
		upper = upper || (digit[i] >= 'A' && digit[i] <= 'F');
	}
	return !(lower && upper);
}

/* The byte range is all of the revision that holds the signature, but for the digits of /Contents. */
static bool covers(const struct reporting *r, const struct pdf_field *field, const struct pdf_written *w)
{
	const struct pdf_object *contents = pdf_find(field->value, "Contents");
	const struct pdf_revision *revision = pdf_revision(r->file, w->revision);
	int64_t range[4];
	int64_t end;

	if (w->state != PDF_AT || !is_all_digits(r, contents) || !read_range(field, range))
		return false;
	end = range[2] + range[3];
	return range[0] == 0 && range[1] == contents->from && range[2] == contents->to && end >= (int64_t)revision->eof
	       && end <= (int64_t)revision->end;
}

/* The field held this signature in the revision that it signs, in a form of that revision. */
static bool was_in_field(const struct reporting *r, const struct pdf_field *field, size_t revision)
{
	struct diags quiet = { .quiet = true };
	struct pdf_form form;
	bool was = pdf_form_read(pdf_view(r->file, revision), r->arena, &form, &quiet);
	const struct pdf_field *then = was ? pdf_form_find(&form, field->name) : NULL;

	diags_clear(&quiet);
	return then && then->value_number == field->value_number && then->number == field->number;
}

/* ---- one signature ---- */

static bool is_kind(const struct pdf_object *value, bool timestamp)
{
	return timestamp ? pdf_name_is(pdf_find(value, "SubFilter"), "ETSI.RFC3161")
			 : pdf_name_is(pdf_find(value, "SubFilter"), "ETSI.CAdES.detached")
				   || pdf_name_is(pdf_find(value, "SubFilter"), "adbe.pkcs7.detached");
}

/* A signature is that of one field. */
static bool is_shared(const struct reporting *r, const struct pdf_field *field)
{
	size_t n = 0;

	for (size_t i = 0; i < r->form.n_field; i++)
		n += r->form.field[i].value_number == field->value_number;
	return n > 1;
}

static bool cover_report(struct reporting *r, const struct pdf_field *field, struct signature_report *s)
{
	const struct pdf_written *w = field->value_number ? pdf_written(pdf_last(r->file), field->value_number) : NULL;
	struct origin at = place(r, field->name);

	if (!w || field->value->kind != PDF_DICT || !is_kind(field->value, s->is_timestamp))
		return diag_error(r->d, at, "field",
			"is no signature that can be judged: expected a signature object with /SubFilter ETSI.CAdES.detached or "
			"adbe.pkcs7.detached, or a timestamp with ETSI.RFC3161");
	if (is_shared(r, field))
		return diag_error(r->d, at, "field", "shows a signature that another field shows too; each signature has a field of its own");
	s->revision = w->revision;
	s->bytes = pdf_revision(r->file, w->revision)->end;
	s->is_last = w->revision + 1u == pdf_n_revision(r->file);
	s->covered = covers(r, field, w) && was_in_field(r, field, w->revision);
	return s->covered
	       || diag_error(r->d, at, "range", "the signature is not over the whole file as it was when it was signed: each byte but its own digits must be covered, and "
			  "it must have stood in this field then");
}

/* Of a field that is covered. */
static void slices_of(const struct reporting *r, const struct pdf_field *field, struct bytes slice[2])
{
	const char *data = pdf_bytes(r->file).data;
	int64_t range[4] = { 0 };

	read_range(field, range);
	slice[0] = (struct bytes){ data, (size_t)range[1] };
	slice[1] = (struct bytes){ data + range[2], (size_t)range[3] };
}

/* ---- its level ---- */

/* What a CMS is verified with. */
struct question {
	struct bytes der;
	struct bytes slice[2];
	struct cms_policy policy;
	struct origin where;
};

/* Whether the proofs that the last document timestamp covers are enough: what came after it, nothing keeps. */
static bool is_kept(struct reporting *r, const struct question *q, const struct cms_result *now)
{
	struct diags quiet = { .quiet = true };
	struct cms_result then;

	if (!r->archive || !now->archived || r->archive + 1 == pdf_n_revision(r->file))
		return r->archive && now->archived;
	cms_verify(q->der, q->slice, 2, r->policy->trust, &r->archived, &q->policy, q->where, r->arena, &then, &quiet);
	diags_clear(&quiet);
	return then.archived;
}

static int level_of(struct reporting *r, const struct question *q, bool pades, const struct cms_result *cms)
{
	if (!cms->baseline || !pades)
		return -1;
	if (!cms->timestamp.ok && !r->archive)
		return PADES_B;
	if (!cms->archived)
		return PADES_T;
	return is_kept(r, q, cms) ? PADES_LTA : PADES_LT;
}

static const char *level_why(const struct reporting *r, const struct signature_report *s, bool pades)
{
	const char *unproved = s->cms.signer.unproved ? s->cms.signer.unproved : s->cms.timestamp.tsa.unproved;

	if (!s->cms.integrity || s->level == PADES_LTA)
		return NULL;
	if (!pades)
		return diag_say(r->d, "it says of itself that it is a plain CMS signature (adbe.pkcs7.detached)");
	if (s->level < 0)
		return below_text(s->cms.below, r->d);
	if (s->level == PADES_B)
		return diag_say(r->d, "no timestamp proves its time");
	if (s->level == PADES_T && unproved)
		return arena_printf(r->arena, diag_say(r->d, "nothing in the file proves that the certificate of '%s' was not revoked"), unproved);
	if (s->level == PADES_LT)
		return r->archive ? diag_say(r->d, "the document timestamp came before the proofs that it should keep")
				  : diag_say(r->d, "no document timestamp keeps the proofs");
	return NULL;
}

/* at: when it must hold: now, or the time of the first document timestamp after it that holds. */
static bool crypto_report(struct reporting *r, const struct pdf_field *field, struct signature_report *s, int64_t at)
{
	const struct pdf_object *contents = pdf_find(field->value, "Contents");
	bool cades = pdf_name_is(pdf_find(field->value, "SubFilter"), "ETSI.CAdES.detached");
	struct question q = { { contents->text, contents->n }, { { 0 } }, { at, r->policy->revocation_required, cades }, place(r, field->name) };
	bool ok;

	slices_of(r, field, q.slice);
	if (s->is_timestamp)
		return timestamp_verify(q.der, q.slice, 2, r->policy->trust, &r->evidence, &q.policy, q.where, r->arena, &s->stamp, r->d);
	ok = cms_verify(q.der, q.slice, 2, r->policy->trust, &r->evidence, &q.policy, q.where, r->arena, &s->cms, r->d);
	s->level = level_of(r, &q, cades, &s->cms);
	s->level_why = level_why(r, s, cades);
	return ok;
}

/* ---- what came later ---- */

static const char *object_list(const struct later *l, struct arena *a)
{
	const char **number = ARENA_ARRAY(a, l->n_object, const char *);

	for (size_t i = 0; i < l->n_object && i <= LISTED_MAX; i++)
		number[i] = arena_printf(a, "%u", (unsigned)l->object[i]);
	return word_list(number, l->n_object, a);
}

static bool change_report(struct reporting *r, const struct signature_report *s, const struct later *l)
{
	const char *why = later_why_text(l->why, r->d);
	struct origin at = place(r, s->field);

	if (!l->n_object)
		return diag_error(r->d, at, "changed", "version %zu of the file, which came after this signature, changed %s", l->revision + 1, why);
	return diag_error(r->d, at, "changed", "version %zu of the file, which came after this signature, changed %s (objects %s)",
		l->revision + 1, why, object_list(l, r->arena));
}

static bool later_report(struct reporting *r, struct signature_report *s)
{
	const struct later *item = r->later.item;
	bool ok = true;
	size_t first = 0;

	while (first < r->later.n && item[first].revision <= s->revision)
		first++;
	s->later = item + first;
	s->n_later = r->later.n - first;
	for (size_t i = first; i < r->later.n; i++)
		if (item[i].kind == LATER_CHANGE)
			ok = change_report(r, s, &item[i]);
	return ok;
}

/* What is filled in as allowed, but behind the last signature: anybody can have done it. */
static void unsigned_report(struct reporting *r, const struct later *l)
{
	size_t cap = r->report->n_unsigned_text;

	for (size_t i = 0; i < r->form.n_field; i++) {
		const struct pdf_field *field = &r->form.field[i];
		bool is_filled = false;

		for (size_t k = 0; k < l->n_object; k++)
			is_filled |= l->object[k] == field->number;
		if (!is_filled)
			continue;
		*ARENA_PUSH(r->arena, r->report->unsigned_text, r->report->n_unsigned_text, &cap) = field->name;
		diag_warning(r->d, place(r, field->name), "unsigned-text",
			"was filled in by version %zu of the file, after the last signature: it may be so, but nobody has signed what it says; "
			"hold it against the register of documents",
			l->revision + 1);
	}
}

/* Once for the file, what holds for each signature before it. */
static void additions_report(struct reporting *r)
{
	for (size_t i = 0; i < r->later.n; i++) {
		const struct later *l = &r->later.item[i];

		if (l->kind == LATER_FORM && l->revision >= r->report->n_signed_revision)
			unsigned_report(r, l);
		if (l->kind == LATER_NOTHING)
			diag_warning(r->d, pdf_origin(r->file), "idle",
				"version %zu of the file was added without changing anything in it; ask who handed the file on what for", l->revision + 1);
	}
}

/* Who signed after that has seen the file without it. */
static void lost_report(struct reporting *r)
{
	for (size_t i = 0; i < r->later.n_lost; i++)
		diag_warning(r->d, place(r, r->later.lost[i].field), "lost",
			"held a signature until version %zu of the file took it away; what it signed is not judged",
			r->later.lost[i].revision + 1);
}

/* ---- the file ---- */

struct signed_field {
	const struct pdf_field *field;
	size_t revision;
};

static int by_revision(const void *pa, const void *pb)
{
	const struct signed_field *a = pa;
	const struct signed_field *b = pb;

	return a->revision < b->revision ? -1 : a->revision > b->revision;
}

static struct signed_field *find_signed(struct reporting *r, size_t *n)
{
	struct signed_field *list = ARENA_ARRAY(r->arena, r->form.n_field, struct signed_field);

	*n = 0;
	for (size_t i = 0; i < r->form.n_field; i++) {
		const struct pdf_field *field = &r->form.field[i];
		const struct pdf_written *w = field->value_number ? pdf_written(pdf_last(r->file), field->value_number) : NULL;

		if (field->type == PDF_FIELD_SIGNATURE && pdf_field_is_filled(field))
			list[(*n)++] = (struct signed_field){ field, w ? w->revision : 0 };
	}
	qsort(list, *n, sizeof *list, by_revision);
	return list;
}

/* ---- the order ---- */

/* A seal, held against the form as it was then. */
static void order_report(struct reporting *r, const struct pdf_field *field, struct signature_report *s)
{
	struct diags quiet = { .quiet = true };
	struct pdf_form then;
	bool asked = order_is_seal(field) && !s->is_timestamp && s->covered
		     && pdf_form_read(pdf_view(r->file, s->revision), r->arena, &then, &quiet);

	diags_clear(&quiet);
	if (!asked)
		return;
	s->before_signer = !order_is_turn(&then, field);
	s->over_blank = order_lacks_number(&then) || order_lacks_day(&then);
	if (s->before_signer)
		diag_warning(r->d, place(r, field->name), "order",
			"was sealed while a field for a signer was empty: the seal does not confirm who signs behind it; ask the office");
	if (s->over_blank)
		diag_warning(r->d, place(r, field->name), "blank",
			"was sealed while the number or the day was blank, and nobody can fill them in behind the seal; ask the office for the "
			"document as it was issued");
}

/* The last one that holds keeps most. */
static void note_archive(struct reporting *r, size_t revision)
{
	if (r->archive)
		return;
	r->archive = revision;
	if (revision + 1 < pdf_n_revision(r->file))
		read_evidence(pdf_view(r->file, revision), r->arena, &r->archived);
}

/* From the last one back: what a timestamp covers is judged at its time. */
static void read_signatures(struct reporting *r, const struct signed_field *list, size_t n)
{
	const struct cms_timestamp *stamp = NULL;
	int64_t at = r->policy->at;

	for (size_t i = n; i-- > 0;) {
		const struct pdf_field *field = list[i].field;
		struct signature_report *s = &r->report->signature[i];
		const struct pdf_object *said = pdf_look(pdf_last(r->file), field->value, "M");
		bool ok;

		*s = (struct signature_report){ .field = field->name, .level = -1 };
		s->is_timestamp = pdf_field_is_timestamp(pdf_last(r->file), field);
		s->said_time = said->kind == PDF_STRING ? pdf_text_utf8(said, r->arena) : NULL;
		ok = cover_report(r, field, s) && crypto_report(r, field, s, at);
		s->ok = later_report(r, s) && ok;
		s->kept = s->cms.integrity ? stamp : NULL;
		order_report(r, field, s);
		r->report->ok = r->report->ok && s->ok;
		if (s->is_timestamp && s->ok) {
			stamp = &s->stamp;
			at = stamp->time;
			note_archive(r, s->revision);
		}
		if (!s->is_timestamp && s->covered && s->revision >= r->report->n_signed_revision)
			r->report->n_signed_revision = s->revision + 1;
	}
}

/* ---- what later signatures lie over ---- */

/* list: those up to it; on: their pages. */
static bool is_over(struct reporting *r, const struct signed_field *list, const struct overlay_page *on, size_t i)
{
	struct arena tmp = { 0 };
	size_t n_earlier = 0;
	bool over;

	for (size_t k = 0; k < i; k++) {
		n_earlier += !r->report->signature[k].is_timestamp && list[k].revision < list[i].revision;
		if (on[k].number == on[i].number && overlay_is_seal(list[i].field, list[k].field))
			return false;
	}
	over = n_earlier && overlay_covers(pdf_last(r->file), &r->form, list[i].field, &on[i], &tmp);
	arena_clear(&tmp);
	return over;
}

static void overlay_report(struct reporting *r, const struct signed_field *list, size_t n)
{
	struct overlay_page *on = ARENA_ARRAY(r->arena, n, struct overlay_page);
	struct arena tmp = { 0 };

	for (size_t i = 0; i < n; i++) {
		struct signature_report *s = &r->report->signature[i];

		overlay_find(pdf_last(r->file), list[i].field, &tmp, &on[i]);
		s->page = on[i].number;
		s->over = s->page && is_over(r, list, on, i);
		if (s->over)
			diag_warning(r->d, place(r, s->field), "over",
				"what this signature shows on page %zu lies over text or pictures that were signed before it; look at the page "
				"as it was signed before, to see what is beneath",
				s->page);
	}
	arena_clear(&tmp);
}

static bool report_file(struct reporting *r)
{
	struct signed_field *list;
	bool holds;
	size_t n;

	if (!pdf_form_read(pdf_last(r->file), r->arena, &r->form, r->d) || !later_read(r->file, r->arena, &r->later, r->d))
		return false;
	lost_report(r);
	list = find_signed(r, &n);
	if (!n)
		return diag_error(r->d, pdf_origin(r->file), "unsigned", "there is no signature in the file; sign it first (kehoach sign)");
	read_evidence(pdf_last(r->file), r->arena, &r->evidence);
	r->report->has_proofs = r->evidence.cert.n || r->evidence.crl.n || r->evidence.ocsp.n;
	holds = evidence_check(&r->evidence, r->policy->trust, pdf_origin(r->file), r->d);
	r->report->signature = ARENA_ARRAY(r->arena, n, struct signature_report);
	r->report->n = n;
	r->report->ok = holds;
	read_signatures(r, list, n);
	additions_report(r);
	overlay_report(r, list, n);
	return true;
}

bool report_read(struct bytes bytes, const char *shown, const struct report_policy *policy, struct arena *a, struct file_report *report,
	struct diags *d)
{
	struct reporting r = { .policy = policy, .arena = a, .d = d, .report = report };
	bool ok;

	*report = (struct file_report){ 0 };
	r.file = pdf_open(bytes, shown, d);
	if (!r.file)
		return false;
	report->n_revision = pdf_n_revision(r.file);
	ok = report_file(&r);
	pdf_close(r.file);
	return ok;
}
