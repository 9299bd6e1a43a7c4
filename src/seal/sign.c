#include "seal/sign.h"

#include "seal/cert.h"
#include "seal/cms.h"
#include "seal/lock.h"
#include "seal/revocation.h"
#include "seal/signing.h"

#include <string.h>

#define VIETNAM_OFFSET (7 * 3600)

enum { ROOM_MIN = 16 << 10, BASE_PDF_2 = 20, DAY = 86400 };

static const char signature_filter[] = "ETSI.CAdES.detached";
static const char timestamp_filter[] = "ETSI.RFC3161";
static const char timestamp_name[] = "timestamp";

static const char *const level_name[] = { "b", "t", "lt", "lta" };

const char *pades_level_name(enum pades_level level)
{
	return level_name[level];
}

bool pades_level_read(const char *name, enum pades_level *level)
{
	for (int i = PADES_B; i <= PADES_LTA; i++)
		if (!strcmp(level_name[i], name)) {
			*level = (enum pades_level)i;
			return true;
		}
	return false;
}

/* ---- which field ---- */

static bool is_free(const struct pdf_field *field)
{
	return field->type == PDF_FIELD_SIGNATURE && field->number && !pdf_field_is_filled(field);
}

/* Kept for a timestamp: nobody sees it, and its name says so. */
static bool is_for_timestamp(const struct pdf_field *field)
{
	return !pdf_field_width(field) && !strncmp(field->name, timestamp_name, sizeof timestamp_name - 1);
}

static const struct pdf_field *first_free(const struct pdf_form *form, bool seen)
{
	for (size_t i = 0; i < form->n_field; i++) {
		const struct pdf_field *field = &form->field[i];

		if (is_free(field) && !is_for_timestamp(field) && order_is_turn(form, field) && (!seen || pdf_field_width(field)))
			return field;
	}
	return NULL;
}

static const char *free_names(const struct pdf_form *form, struct arena *a)
{
	const char **name = ARENA_ARRAY(a, form->n_field, const char *);
	size_t n = 0;

	for (size_t i = 0; i < form->n_field; i++)
		if (is_free(&form->field[i]) && !is_for_timestamp(&form->field[i]))
			name[n++] = form->field[i].name;
	return n ? word_list(name, n, a) : NULL;
}

static bool wrong_field(struct revision *r, const struct pdf_field *field, const char *name)
{
	struct origin at = pdf_origin(r->file);

	if (field && field->type != PDF_FIELD_SIGNATURE)
		return diag_error(r->d, at, "field", "the field %s is not for signatures", name);
	if (field && !pdf_field_is_filled(field))
		return diag_error(r->d, at, "field",
			"the field %s cannot be signed: it stands inside of another object, and so has no number that a new version could give it "
			"a signature by; have the file made anew by another program, or name another field",
			name);
	if (field)
		return diag_error(r->d, at, "filled", "the field %s is signed already", name);
	return diag_error(r->d, at, "field", "there is no field %s; fields that wait for a signature: %s", name,
		free_names(&r->form, &r->arena));
}

/* Not named: the next one; of who gives number or day, the office's. NULL: there is none. */
static const struct pdf_field *next_field(const struct revision *r, const struct sign_request *request)
{
	const struct pdf_field *found;

	if (request->number || request->date.year)
		return order_office_field(&r->form);
	found = first_free(&r->form, true);
	return found ? found : first_free(&r->form, false);
}

static bool no_field(struct revision *r, const struct sign_request *request)
{
	if (request->number || request->date.year)
		return diag_error(r->d, pdf_origin(r->file), "field",
			"number and day are given by the office with its seal, and the file has no field for one; name the field that is signed "
			"with --field NAME");
	return diag_error(r->d, pdf_origin(r->file), "field",
		"no field waits for a signature; --field NAME makes a new one, which is not seen on the page");
}

static bool choose_field(struct revision *r, const struct sign_request *request, struct pdf_field *field)
{
	const char *name = request->field;
	const struct pdf_field *found = name ? pdf_form_find(&r->form, name) : next_field(r, request);

	if (found && is_free(found)) {
		*field = *found;
		return true;
	}
	if (found || (name && free_names(&r->form, &r->arena)))
		return wrong_field(r, found, name ? name : found->name);
	return name ? field_add(r, name, name, field) : no_field(r, request);
}

/* ---- what a signature says of itself ---- */

static const char *pdf_time(int64_t time, struct arena *a)
{
	int64_t local = time + VIETNAM_OFFSET;
	int64_t second = local % DAY;
	const char *iso = moment_text(time, a); /* 2024-01-31T17:00:00+07:00 */

	return arena_printf(a, "D:%.4s%.2s%.2s%02d%02d%02d+07'00'", iso, iso + 5, iso + 8, (int)(second / 3600),
		(int)(second / 60 % 60), (int)(second % 60));
}

static struct pdf_object certified(struct revision *r, int level)
{
	struct pdf_object parameters = PDF_DICT_OF(&r->arena, { "Type", pdf_name("TransformParams") }, { "P", pdf_integer(level) },
		{ "V", pdf_name("1.2") });
	struct pdf_object reference = PDF_DICT_OF(&r->arena, { "Type", pdf_name("SigRef") }, { "TransformMethod", pdf_name("DocMDP") },
		{ "TransformParams", parameters });

	return PDF_ARRAY_OF(&r->arena, reference);
}

static struct pdf_object with_words(struct revision *r, struct pdf_object value, const struct signing_key *key,
	const struct sign_request *request)
{
	struct arena *a = &r->arena;
	const char *time = pdf_time(request->time, a);

	value = pdf_with(value, "M", pdf_string(time, strlen(time)), a);
	value = pdf_with(value, "Name", pdf_text(signing_key_name(key), a), a);
	if (request->reason)
		value = pdf_with(value, "Reason", pdf_text(request->reason, a), a);
	if (request->location)
		value = pdf_with(value, "Location", pdf_text(request->location, a), a);
	return request->certify ? pdf_with(value, "Reference", certified(r, request->certify), a) : value;
}

/* ---- what the field shows ---- */

/* On an appendix of its own: number and symbol, then the time. */
static bool show_issue(struct revision *r, const struct pdf_field *field, const struct sign_request *request, uint32_t *shown)
{
	struct appearance_work w = revision_appearance(r);
	const char *number = r->number ? r->number : r->xmp.number;
	const char *line[2];

	if (request->picture)
		return diag_error(r->d, pdf_origin(r->file), "picture",
			"the field %s shows number and time as text and takes no picture; sign without --image", field->name);
	if (r->number && r->xmp.number && strcmp(r->number, r->xmp.number) != 0)
		return diag_error(r->d, pdf_origin(r->file), "number",
			"the number of the document is %s, which the file says, and --number gives %s; sign without --number", r->xmp.number,
			r->number);
	if (!number || !r->xmp.notation)
		return diag_error(r->d, pdf_origin(r->file), "number",
			"the appendix shows the number of its document, which the file does not say; give --number");
	line[0] = arena_printf(&r->arena, "%s/%s", number, r->xmp.notation);
	line[1] = moment_text(request->time, &r->arena);
	return appearance_text(&w, field, line, 2, shown, r->d);
}

/* *shown: 0 where what is prepared stays. */
static bool show(struct revision *r, const struct pdf_field *field, const struct sign_request *request, uint32_t *shown)
{
	struct appearance_work w = revision_appearance(r);

	*shown = 0;
	if (!strcmp(field->name, ISSUE_FIELD) && pdf_field_width(field))
		return show_issue(r, field, request, shown);
	if (request->picture && !(pdf_field_width(field) && pdf_field_height(field)))
		return diag_error(r->d, pdf_origin(r->file), "picture",
			"the field %s is not seen on the page and has no room for a picture; sign without --image", field->name);
	if (request->picture)
		return appearance_picture(&w, field, request->picture, shown);
	if (!pdf_has(field->widget, "AP"))
		*shown = appearance_empty(&w, field);
	return true;
}

/* ---- one revision ---- */

static void write_field(struct revision *r, const struct pdf_field *field, struct pdf_object value, uint32_t shown)
{
	uint32_t number = pdf_write_number(&r->writer);
	struct pdf_object changed = pdf_with(*field->dict, "V", pdf_reference(number), &r->arena);
	struct pdf_object appearance = PDF_DICT_OF(&r->arena, { "N", pdf_reference(shown) });
	struct pdf_object widget;

	pdf_write_object(&r->writer, number, &value);
	if (shown && field->widget == field->dict) {
		changed = pdf_with(changed, "AP", appearance, &r->arena);
	} else if (shown && field->widget_number) {
		widget = pdf_with(*field->widget, "AP", appearance, &r->arena);
		pdf_write_object(&r->writer, field->widget_number, &widget);
	}
	pdf_write_object(&r->writer, field->number, &changed);
	if (pdf_has(&value, "Reference"))
		revision_set_catalog(r, "Perms", PDF_DICT_OF(&r->arena, { "DocMDP", pdf_reference(number) }));
}

/* What a file says once it is signed: PAdES before PDF 2.0 is an extension. */
static void mark_signed(struct revision *r)
{
	const struct pdf_object *extensions = pdf_look(r->view, &r->catalog, "Extensions");
	struct pdf_object extension = PDF_DICT_OF(&r->arena, { "BaseVersion", pdf_name("1.7") }, { "ExtensionLevel", pdf_integer(2) });

	if (pdf_look(r->view, &r->acroform, "SigFlags")->number != 3)
		revision_set_form(r, "SigFlags", pdf_integer(3));
	if (form_is_signed(&r->form) || pdf_version(r->file) >= BASE_PDF_2 || pdf_has(extensions, "ESIC"))
		return;
	revision_set_catalog(r, "Extensions",
		pdf_with(extensions->kind == PDF_DICT ? *extensions : pdf_dict(NULL, 0, &r->arena), "ESIC", extension, &r->arena));
}

static bool write_signature(struct revision *r, const struct signing_key *key, const struct sign_request *request, size_t room)
{
	struct pdf_object value = signature_value(r, "Sig", signature_filter, room);
	struct pdf_field field;
	uint32_t shown;

	if (!choose_field(r, request, &field) || !permit_signature(r, &field, request) || !fill_texts(r, &field, request)
		|| !show(r, &field, request, &shown))
		return false;
	write_field(r, &field, with_words(r, value, key, request), shown);
	mark_signed(r);
	return revision_finish(r);
}

static bool add_stamp(const struct tsa *tsa, struct bytes *der, struct arena *a, struct diags *d)
{
	struct bytes value, token;
	int64_t time;

	return cms_signature_value(*der, a, &value, d) && tsa_stamp(tsa, &value, 1, a, &token, &time, d)
	       && cms_add_timestamp(*der, token, a, der, d);
}

static void hand_over(struct revision *r, struct buf *out)
{
	buf_clear(out);
	*out = r->out;
	r->out = (struct buf){ 0 };
}

/* cms: the signature, in the arena a. */
static bool sign_revision(struct bytes in, const char *shown, struct signing_key *key, const struct sign_request *request,
	struct arena *a, struct bytes *cms, struct buf *out, struct diags *d)
{
	size_t room = cms_room(key) + (request->level > PADES_B ? TSA_TOKEN_ROOM : 0);
	struct bytes slice[2];
	struct revision r;
	bool ok;

	room = room < ROOM_MIN ? ROOM_MIN : room;
	ok = revision_open(&r, in, shown, d) && write_signature(&r, key, request, room);
	if (ok) {
		signature_range(&r, slice);
		ok = cms_sign(key, slice, 2, a, cms, d) && (request->level == PADES_B || add_stamp(request->tsa, cms, a, d))
		     && signature_fill(&r, *cms, room);
	}
	if (ok)
		hand_over(&r, out);
	revision_close(&r);
	return ok;
}

/* ---- further revisions ---- */

static bool store_revision(struct bytes cms, const struct sign_request *request, struct arena *a, struct buf *out, const char *shown,
	struct diags *d)
{
	struct revocation_fetch fetch = { .trust = request->tsa->trust, .now = request->now };
	struct evidence evidence = { 0 };
	struct revision r;
	bool ok = revocation_collect(cms, &fetch, a, &evidence, d)
		  && revision_open(&r, (struct bytes){ out->text, out->n }, shown, d);

	if (!ok)
		return false;
	if (store_add(&r, &evidence)) { /* a revision that adds nothing would only raise questions */
		ok = revision_finish(&r);
		if (ok)
			hand_over(&r, out);
	}
	revision_close(&r);
	return ok;
}

/* A further one is described as those before it are, in the language of the document. */
static bool timestamp_field(struct revision *r, struct pdf_field *field)
{
	const char *name = timestamp_name;
	const char *tooltip = NULL;

	for (size_t i = 0; i < r->form.n_field; i++) {
		const struct pdf_field *known = &r->form.field[i];
		const struct pdf_object *said = pdf_look(r->view, known->dict, "TU");

		if (is_free(known) && is_for_timestamp(known)) {
			*field = *known;
			return true;
		}
		if (is_for_timestamp(known) && said->kind == PDF_STRING)
			tooltip = pdf_text_utf8(said, &r->arena);
	}
	for (size_t i = 2; pdf_form_find(&r->form, name); i++)
		name = arena_printf(&r->arena, "%s%zu", timestamp_name, i);
	return field_add(r, name, tooltip && *tooltip ? tooltip : name, field);
}

static bool write_timestamp(struct revision *r, const struct sign_request *request)
{
	struct appearance_work w = revision_appearance(r);
	struct pdf_object value = signature_value(r, "DocTimeStamp", timestamp_filter, TSA_TOKEN_ROOM);
	struct bytes slice[2], token;
	struct pdf_field field;
	int64_t time;

	if (!timestamp_field(r, &field))
		return false;
	write_field(r, &field, value, pdf_has(field.widget, "AP") ? 0 : appearance_empty(&w, &field));
	mark_signed(r);
	if (!revision_finish(r))
		return false;
	signature_range(r, slice);
	return tsa_stamp(request->tsa, slice, 2, &r->arena, &token, &time, r->d) && signature_fill(r, token, TSA_TOKEN_ROOM);
}

static bool stamp_revision(const struct sign_request *request, struct buf *out, const char *shown, struct diags *d)
{
	struct revision r;
	bool ok = revision_open(&r, (struct bytes){ out->text, out->n }, shown, d) && write_timestamp(&r, request);

	if (ok)
		hand_over(&r, out);
	revision_close(&r);
	return ok;
}

bool sign_pdf(struct bytes in, const char *shown, struct signing_key *key, const struct sign_request *request, struct buf *out,
	struct diags *d)
{
	struct arena a = { 0 };
	struct bytes cms;
	bool ok = sign_revision(in, shown, key, request, &a, &cms, out, d);

	if (ok && request->level >= PADES_LT)
		ok = store_revision(cms, request, &a, out, shown, d);
	if (ok && request->level >= PADES_LTA)
		ok = stamp_revision(request, out, shown, d);
	if (!ok)
		buf_clear(out);
	arena_clear(&a);
	return ok;
}
