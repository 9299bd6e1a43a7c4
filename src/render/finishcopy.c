/* What is taken over from cairo's file: each object that something refers to, once, with what PDF/A wants of fonts and images. */
#include "render/finishing.h"

#include <string.h>

static const char *const nothing[] = { NULL };

void finish_put_count(struct buf *b, uint64_t n)
{
	char digits[20];
	size_t i = sizeof digits;

	do
		digits[--i] = (char)('0' + n % 10);
	while (n /= 10);
	buf_put(b, digits + i, sizeof digits - i);
}

void finish_put_ref(struct finish *f, const char *key, uint32_t number)
{
	buf_puts(&f->text, key);
	finish_put_count(&f->text, number);
	buf_put(&f->text, " 0 R", 4);
}

void finish_put_string(struct finish *f, const char *key, const char *text)
{
	struct pdf_object string = pdf_text(text, &f->arena);

	buf_puts(&f->text, key);
	pdf_put(&f->text, &string);
}

void finish_put_box(struct finish *f, const char *key, size_t page, const float box[4])
{
	double height = (double)f->pages->page[page].height_pt;

	buf_printf(&f->text, "%s[%.2f %.2f %.2f %.2f ]", key, (double)box[0], height - (double)box[3], (double)box[2], height - (double)box[1]);
}

void finish_write(struct finish *f, uint32_t number)
{
	struct pdf_object text = pdf_verbatim(f->text.text, f->text.n);

	pdf_write_object(&f->writer, number, &text);
	f->text.n = 0;
}

uint32_t finish_number(struct finish *f, uint32_t old)
{
	if (old >= f->n_old)
		return pdf_write_number(&f->writer); /* nothing there: refers to the null object */
	if (!f->number[old]) {
		f->number[old] = pdf_write_number(&f->writer);
		*ARENA_PUSH(&f->arena, f->waiting, f->n_waiting, &f->cap_waiting) = old;
	}
	return f->number[old];
}

static bool is_named(const struct pdf_entry *entry, const char *const *name)
{
	for (; *name; name++)
		if (pdf_key_is(entry, *name))
			return true;
	return false;
}

static void put_key(struct finish *f, const struct pdf_entry *entry)
{
	struct pdf_object key = { .kind = PDF_NAME, .n = entry->n_key, .text = entry->key };

	pdf_put(&f->text, &key);
	buf_putc(&f->text, ' ');
}

void finish_put_entries(struct finish *f, const struct pdf_object *dict, const char *const *but)
{
	for (uint32_t i = 0; i < dict->n; i++) {
		if (is_named(&dict->entry[i], but))
			continue;
		put_key(f, &dict->entry[i]);
		finish_put(f, &dict->entry[i].value);
		buf_putc(&f->text, '\n');
	}
}

/* As deep as values may be (PDF_DEPTH_MAX). */
void finish_put(struct finish *f, const struct pdf_object *o)
{
	if (o->kind == PDF_REFERENCE) {
		finish_put_ref(f, "", finish_number(f, (uint32_t)o->number));
	} else if (o->kind == PDF_ARRAY) {
		buf_putc(&f->text, '[');
		for (uint32_t i = 0; i < o->n; i++) {
			if (i)
				buf_putc(&f->text, ' ');
			finish_put(f, &o->item[i]);
		}
		buf_putc(&f->text, ']');
	} else if (o->kind == PDF_DICT) {
		buf_puts(&f->text, "<<");
		finish_put_entries(f, o, nothing);
		buf_puts(&f->text, ">>");
	} else {
		pdf_put(&f->text, o);
	}
}

static void copy_stream(struct finish *f, const struct pdf_object *o, uint32_t number)
{
	static const char *const length[] = { "Length", NULL };
	static const char *const of_image[] = { "Length", "Interpolate", NULL };
	bool image = pdf_name_is(pdf_find(o, "Subtype"), "Image");
	struct buf packed = { 0 };
	struct bytes body = { o->raw->data, o->raw->n };

	buf_puts(&f->text, "<<");
	finish_put_entries(f, o, image ? of_image : length);
	if (!pdf_has(o, "Filter")) {
		pdf_deflate(f->deflater, body.data, body.n, &packed);
		body = (struct bytes){ packed.text, packed.n };
		buf_puts(&f->text, "/Filter/FlateDecode");
	}
	buf_puts(&f->text, "/Length ");
	finish_put_count(&f->text, body.n);
	buf_puts(&f->text, ">>\nstream\n");
	pdf_write_open(&f->writer, number);
	buf_put(f->writer.out, f->text.text, f->text.n);
	buf_put(f->writer.out, body.data, body.n);
	buf_puts(f->writer.out, "\nendstream");
	pdf_write_close(&f->writer);
	buf_clear(&packed);
	f->text.n = 0;
}

/* As TrueType, which all faces of the program are. */
static bool is_embedded(const struct finish *f, const struct pdf_object *font)
{
	const struct pdf_object *descriptor = pdf_look(f->view, font, "FontDescriptor");

	return pdf_look(f->view, descriptor, "FontFile2")->kind == PDF_STREAM;
}

/* Fonts that a page names, and the one below a composite one. */
static bool check_font(struct finish *f, const struct pdf_object *font, uint32_t old)
{
	const struct pdf_object *kind = pdf_find(font, "Subtype");
	bool below = pdf_name_is(kind, "CIDFontType2") || pdf_name_is(kind, "CIDFontType0");

	if (!below && pdf_look(f->view, font, "ToUnicode")->kind != PDF_STREAM)
		return finish_wrong(f, WRONG_FONT_UNICODE, AT_OBJECT(old));
	if (!pdf_name_is(kind, "Type0") && !is_embedded(f, font))
		return finish_wrong(f, WRONG_FONT_EMBEDDED, AT_OBJECT(old));
	return true;
}

static bool copy_dict(struct finish *f, const struct pdf_object *o, uint32_t old)
{
	if (pdf_name_is(pdf_find(o, "Type"), "Font") && !check_font(f, o, old))
		return false;
	buf_puts(&f->text, "<<");
	finish_put_entries(f, o, nothing);
	if (pdf_name_is(pdf_find(o, "Subtype"), "CIDFontType2") && !pdf_has(o, "CIDToGIDMap"))
		buf_puts(&f->text, "/CIDToGIDMap/Identity");
	buf_puts(&f->text, ">>");
	finish_write(f, f->number[old]);
	return true;
}

static bool copy(struct finish *f, uint32_t old)
{
	const struct pdf_object *o = pdf_get(f->view, old);
	uint32_t number = f->number[old];

	if (pdf_has(o, "StructParents") || pdf_name_is(pdf_find(o, "Type"), "StructElem"))
		return finish_wrong(f, WRONG_MARK_OUTSIDE, AT_OBJECT(old));
	if (pdf_name_is(pdf_find(o, "Type"), "Annot"))
		return finish_link(f, o, old);
	if (o->kind == PDF_DICT)
		return copy_dict(f, o, old);
	if (o->kind == PDF_STREAM) {
		copy_stream(f, o, number);
	} else {
		finish_put(f, o);
		finish_write(f, number);
	}
	return true;
}

bool finish_copy_waiting(struct finish *f)
{
	while (f->n_waiting)
		if (!copy(f, f->waiting[--f->n_waiting]))
			return false;
	return true;
}
