#include "seal/signing.h"

bool revision_open(struct revision *r, struct bytes bytes, const char *shown, struct diags *d)
{
	*r = (struct revision){ .shown = shown, .d = d };
	r->file = pdf_open(bytes, shown, d);
	if (!r->file)
		return false;
	r->view = pdf_last(r->file);
	if (!pdf_form_read(r->view, &r->arena, &r->form, d))
		return false;
	xmp_read(r->view, &r->arena, &r->xmp);
	r->deflater = pdf_deflater_open(DEFLATE_LEVEL);
	r->catalog = *pdf_catalog(r->view);
	r->acroform = r->form.dict->kind == PDF_DICT ? *r->form.dict : pdf_dict(NULL, 0, &r->arena);
	pdf_update_begin(&r->writer, r->file, &r->out);
	return true;
}

void revision_set_catalog(struct revision *r, const char *key, struct pdf_object value)
{
	r->catalog = pdf_with(r->catalog, key, value, &r->arena);
	r->catalog_changed = true;
}

void revision_set_form(struct revision *r, const char *key, struct pdf_object value)
{
	r->acroform = pdf_with(r->acroform, key, value, &r->arena);
	r->acroform_changed = true;
}

struct appearance_work revision_appearance(struct revision *r)
{
	return (struct appearance_work){
		.view = r->view,
		.form = &r->form,
		.writer = &r->writer,
		.deflater = r->deflater,
		.arena = &r->arena,
		.archive_part = r->xmp.archive_part,
	};
}

bool revision_finish(struct revision *r)
{
	const struct pdf_object *root = pdf_find(pdf_trailer(r->view), "Root");
	struct pdf_object trailer = pdf_dict(NULL, 0, &r->arena);

	if (r->acroform_changed && r->form.number)
		pdf_write_object(&r->writer, r->form.number, &r->acroform);
	else if (r->acroform_changed)
		revision_set_catalog(r, "AcroForm", r->acroform);
	if (r->catalog_changed)
		pdf_write_object(&r->writer, (uint32_t)root->number, &r->catalog);
	return pdf_write_finish(&r->writer, &trailer, r->d);
}

void revision_close(struct revision *r)
{
	pdf_write_clear(&r->writer);
	pdf_deflater_close(r->deflater);
	pdf_close(r->file);
	buf_clear(&r->out);
	arena_clear(&r->arena);
}
