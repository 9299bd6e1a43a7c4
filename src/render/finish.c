#include "render/finish.h"

#include "pdf/icc.h"
#include "render/finishing.h"

#include <stdlib.h>

enum { PDF_VERSION = 17, PAGE_LEVEL = 5 };

/* ---- the catalog ---- */

/* What the claims say of the profile; it comes from templates that anybody may put something else into. */
static bool check_profile(struct finish *f)
{
	struct bytes b = { .data = f->archive->profile, .n = f->archive->n_profile };
	struct icc icc;

	if (icc_read(b, &icc) && icc_is_output(&icc) && icc.colours == 3)
		return true;
	return diag_error(f->d, (struct origin){ .file = f->shown }, "profile",
		"the colour profile color/srgb.icc of the templates is no whole ICC profile of version 2 or 4 of an RGB screen or printer, as PDF/A demands; put one there, such as sRGB");
}

static uint32_t write_profile(struct finish *f)
{
	struct pdf_object dict = PDF_DICT_OF(&f->arena, { "N", pdf_integer(3) });
	struct pdf_object stream = pdf_deflated(f->deflater, dict, f->archive->profile, f->archive->n_profile, &f->arena);
	uint32_t number = pdf_write_number(&f->writer);

	pdf_write_object(&f->writer, number, &stream);
	return number;
}

static uint32_t write_intent(struct finish *f)
{
	struct pdf_object name = pdf_text(f->archive->profile_name, &f->arena);
	struct pdf_object intent = PDF_DICT_OF(&f->arena, { "Type", pdf_name("OutputIntent") }, { "S", pdf_name("GTS_PDFA1") },
		{ "OutputConditionIdentifier", name }, { "Info", name },
		{ "DestOutputProfile", pdf_reference(write_profile(f)) });
	uint32_t number = pdf_write_number(&f->writer);

	pdf_write_object(&f->writer, number, &intent);
	return number;
}

static void put_names(struct finish *f, const struct pdf_object *catalog, const uint32_t *attached)
{
	static const char *const replaced[] = { "EmbeddedFiles", NULL };
	const struct pdf_object *names = pdf_look(f->view, catalog, "Names");
	size_t n_attached = f->claims ? f->options->n_attachment : 0;

	if (names->kind != PDF_DICT && !n_attached)
		return;
	buf_puts(&f->text, "/Names<<");
	if (names->kind == PDF_DICT)
		finish_put_entries(f, names, replaced);
	if (n_attached)
		finish_put_attachment_names(f, attached);
	buf_puts(&f->text, ">>");
	for (size_t i = 0; i < n_attached; i++)
		finish_put_ref(f, i ? " " : "/AF[", attached[i]);
	if (n_attached)
		buf_puts(&f->text, "]");
}

static uint32_t write_catalog(struct finish *f, uint32_t structure, uint32_t form, const uint32_t *attached)
{
	static const char *const replaced[] = { "Type", "StructTreeRoot", "MarkInfo", "Names", "Metadata", "Lang", "ViewerPreferences",
		"OutputIntents", "Version", "Extensions", "AcroForm", "AF", NULL };
	const struct pdf_object *catalog = pdf_catalog(f->view);
	uint32_t xmp = finish_xmp(f);
	uint32_t intent = f->claims ? write_intent(f) : 0;
	uint32_t number = pdf_write_number(&f->writer);

	buf_puts(&f->text, "<</Type/Catalog\n");
	finish_put_entries(f, catalog, replaced);
	finish_put_ref(f, "/StructTreeRoot ", structure);
	buf_puts(&f->text, "/MarkInfo<</Marked true>>/Lang(vi-VN)/ViewerPreferences<</DisplayDocTitle true>>");
	finish_put_ref(f, "/Metadata ", xmp);
	put_names(f, catalog, attached);
	if (intent) {
		finish_put_ref(f, "/OutputIntents[", intent);
		buf_puts(&f->text, "]");
	}
	if (form) { /* its signatures will be of a kind that ETSI added to PDF 1.7 */
		finish_put_ref(f, "/AcroForm ", form);
		buf_puts(&f->text, "/Extensions<</ESIC<</BaseVersion/1.7/ExtensionLevel 2>>>>");
	}
	buf_puts(&f->text, ">>");
	finish_write(f, number);
	return number;
}

/* ---- all of it ---- */

static void set_up(struct finish *f, struct buf *out)
{
	const struct pages *pages = f->pages;

	f->view = pdf_last(f->file);
	f->n_old = pdf_revision(f->file, f->view.revision)->size;
	f->number = ARENA_ARRAY(&f->arena, f->n_old, uint32_t);
	f->page_at = ARENA_ARRAY(&f->arena, f->n_old, uint32_t);
	f->page = ARENA_ARRAY(&f->arena, pages->n_page, struct finish_page);
	f->element = ARENA_ARRAY(&f->arena, pages->n_element, struct finish_element);
	f->deflater = pdf_deflater_open(PAGE_LEVEL);
	pdf_write_begin(&f->writer, PDF_VERSION, f->deflater, out);
	for (size_t i = 0; i < pages->n_element; i++)
		f->element[i].number = pdf_write_number(&f->writer);
}

static void find_next_key(struct finish *f)
{
	for (size_t i = 0; i < f->pages->n_page; i++)
		if (f->page[i].parents >= f->next_key)
			f->next_key = f->page[i].parents + 1;
	for (size_t i = 0; i < f->n_parent; i++)
		if (f->parent[i].key >= f->next_key)
			f->next_key = f->parent[i].key + 1;
}

static bool write_all(struct finish *f)
{
	const uint32_t *attached = NULL;
	struct pdf_object trailer;
	uint32_t structure;
	uint32_t catalog;
	uint32_t form;

	for (size_t i = 0; i < f->pages->n_page; i++)
		if (!finish_page_write(f, i))
			return false;
	if (!finish_copy_waiting(f))
		return false;
	form = finish_form(f);
	structure = finish_structure(f);
	if (f->claims)
		attached = finish_attach(f);
	catalog = write_catalog(f, structure, form, attached);
	trailer = PDF_DICT_OF(&f->arena, { "Root", pdf_reference(catalog) }, { "Info", pdf_reference(finish_info(f)) });
	return finish_copy_waiting(f) && f->d->n_error == f->n_error && pdf_write_finish(&f->writer, &trailer, f->d);
}

bool finish_pdf(const struct painted *painted, const struct pages *pages, struct fonts *fonts, const struct pdf_options *options,
	const char *shown, struct buf *out, struct diags *d)
{
	struct finish f = { .painted = painted, .pages = pages, .archive = pages->document->archive, .options = options,
		.fonts = fonts, .shown = shown, .d = d, .n_error = d->n_error, .claims = !pages->document->draft };
	size_t n_before = out->n;
	bool ok;

	f.file = pdf_open_own((struct bytes){ painted->bytes.text, painted->bytes.n }, shown, d);
	if (!f.file)
		return false;
	set_up(&f, out);
	ok = (!f.claims || check_profile(&f)) && finish_check(&f) && finish_pages_find(&f) && finish_tree(&f);
	if (ok) {
		finish_links_prepare(&f);
		find_next_key(&f);
		finish_form_prepare(&f);
		ok = write_all(&f);
	}
	if (!ok)
		out->n = n_before;
	pdf_write_clear(&f.writer);
	pdf_deflater_close(f.deflater);
	pdf_close(f.file);
	buf_clear(&f.text);
	arena_clear(&f.arena);
	return ok;
}
