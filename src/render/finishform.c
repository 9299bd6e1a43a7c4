/* Form fields: empty, in their places, each in an element of its own. */
#include "render/finishing.h"

enum { FLAG_PRINT = 4, FLAG_LOCKED = 128 };

static bool is_signature(const struct form_field *field)
{
	return field->kind == FORM_SIGNER || field->kind == FORM_SEAL || field->kind == FORM_ISSUE
	       || field->kind == FORM_TIMESTAMP;
}

/* How a text stands in its box (/Q): a number against the stroke behind it, a day and a month in the middle of their words. */
static const char *alignment(const struct form_field *field)
{
	if (is_signature(field))
		return "";
	return field->kind == FORM_NUMBER ? "/Q 2" : "/Q 1";
}

static bool has_text(const struct form_field *field)
{
	return field->kind != FORM_SIGNER && field->kind != FORM_SEAL && field->kind != FORM_TIMESTAMP;
}

void finish_form_prepare(struct finish *f)
{
	const struct pages *pages = f->pages;

	f->widget = ARENA_ARRAY(&f->arena, pages->n_field, uint32_t);
	for (size_t i = 0; f->claims && i < pages->n_field; i++) {
		const struct form_field *field = &pages->field[i];

		f->widget[i] = pdf_write_number(&f->writer);
		finish_add_kid(f, field->element,
			(struct kid){ .kind = KID_FIELD, .page = (uint32_t)field->page, .value = (uint32_t)i });
		*ARENA_PUSH(&f->arena, f->parent, f->n_parent, &f->cap_parent) =
			(struct finish_parent){ f->next_key++, field->element };
	}
}

static void put_number(struct buf *b, double value)
{
	buf_printf(b, "%.2f ", value);
}

/* "/FR 13 Tf 0 g" */
static void put_type(struct buf *b, const struct form_field *field)
{
	buf_printf(b, "/%s %g Tf 0 g", finish_font_name(field->face), (double)field->size_pt);
}

static void put_resources(struct finish *f, enum face face)
{
	buf_printf(&f->text, "/Resources<</Font<</%s ", finish_font_name(face));
	finish_put_ref(f, "", f->form_font[face]);
	buf_puts(&f->text, ">>>>");
}

/* The empty text in its place; nothing for a picture. */
static void put_appearance(struct buf *b, const struct form_field *field)
{
	if (!has_text(field))
		return;
	buf_puts(b, "/Tx BMC\nq\nBT\n");
	put_type(b, field);
	buf_puts(b, "\n0 ");
	put_number(b, (double)(field->y2 - field->baseline));
	buf_puts(b, "Td\n() Tj\nET\nQ\nEMC");
}

static uint32_t write_appearance(struct finish *f, const struct form_field *field)
{
	uint32_t number = pdf_write_number(&f->writer);
	struct buf content = { 0 };

	put_appearance(&content, field);
	buf_puts(&f->text, "<</Type/XObject/Subtype/Form/BBox[0 0 ");
	put_number(&f->text, (double)(field->x2 - field->x));
	put_number(&f->text, (double)(field->y2 - field->y));
	buf_puts(&f->text, "]");
	if (has_text(field))
		put_resources(f, field->face);
	buf_puts(&f->text, "/Length ");
	finish_put_count(&f->text, content.n);
	buf_puts(&f->text, ">>\nstream\n");
	pdf_write_open(&f->writer, number);
	buf_put(f->writer.out, f->text.text, f->text.n);
	buf_put(f->writer.out, content.text ? content.text : "", content.n);
	buf_puts(f->writer.out, "\nendstream");
	pdf_write_close(&f->writer);
	f->text.n = 0;
	buf_clear(&content);
	return number;
}

static void put_rect(struct finish *f, const struct form_field *field)
{
	const float box[4] = { field->x, field->y, field->x2, field->y2 };

	if (field->kind == FORM_TIMESTAMP)
		buf_puts(&f->text, "/Rect[0 0 0 0]");
	else
		finish_put_box(f, "/Rect", field->page, box);
}

static void put_text_entries(struct finish *f, const struct form_field *field)
{
	if (!has_text(field))
		return;
	buf_puts(&f->text, "/DA(");
	put_type(&f->text, field);
	buf_printf(&f->text, ")%s", alignment(field));
	if (field->max_chars > 0) {
		buf_puts(&f->text, "/MaxLen ");
		finish_put_count(&f->text, (uint64_t)field->max_chars);
	}
}

/* key: in the parent tree. */
static void write_field(struct finish *f, size_t i, int64_t key)
{
	const struct form_field *field = &f->pages->field[i];
	uint32_t appearance = write_appearance(f, field);

	buf_puts(&f->text, is_signature(field) ? "<</FT/Sig" : "<</FT/Tx");
	finish_put_string(f, "/T", field->name);
	finish_put_string(f, "/TU", field->tooltip);
	buf_puts(&f->text, "/Type/Annot/Subtype/Widget/F ");
	finish_put_count(&f->text, is_signature(field) ? FLAG_PRINT | FLAG_LOCKED : FLAG_PRINT);
	finish_put_ref(f, "/P ", f->page[field->page].number);
	put_rect(f, field);
	put_text_entries(f, field);
	finish_put_ref(f, "/AP<</N ", appearance);
	buf_puts(&f->text, ">>/StructParent ");
	finish_put_count(&f->text, (uint64_t)key);
	buf_puts(&f->text, ">>");
	finish_write(f, f->widget[i]);
}

static bool write_fonts(struct finish *f)
{
	for (size_t i = 0; i < f->pages->n_field; i++) {
		const struct form_field *field = &f->pages->field[i];

		if (has_text(field) && !f->form_font[field->face])
			f->form_font[field->face] = finish_form_font(f, field->face);
		if (has_text(field) && !f->form_font[field->face])
			return finish_wrong(f, WRONG_FONT_FIELDS, AT_FILE);
	}
	return true;
}

static void put_default_resources(struct finish *f)
{
	const char *before = "/DR<</Font<<";

	for (int face = 0; face < FACES; face++) {
		if (!f->form_font[face])
			continue;
		buf_printf(&f->text, "%s/%s ", before, finish_font_name((enum face)face));
		finish_put_ref(f, "", f->form_font[face]);
		before = "";
	}
	if (!*before)
		buf_puts(&f->text, ">>>>");
}

uint32_t finish_form(struct finish *f)
{
	size_t n = f->pages->n_field;
	uint32_t number;

	if (!f->claims || !n || !write_fonts(f))
		return 0;
	for (size_t i = 0; i < n; i++)
		write_field(f, i, f->parent[f->n_parent - n + i].key);
	number = pdf_write_number(&f->writer);
	buf_puts(&f->text, "<</Fields[");
	for (size_t i = 0; i < n; i++)
		finish_put_ref(f, i ? " " : "", f->widget[i]);
	buf_puts(&f->text, "]");
	put_default_resources(f);
	buf_puts(&f->text, ">>");
	finish_write(f, number);
	return number;
}
