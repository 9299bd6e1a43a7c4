/* Files that the PDF holds: the sources of the plan.
 *
 * Source: ISO 32000-1, 7.11.4; ISO 19005-3, 6.8 (AFRelationship, the catalog's AF) */
#include "render/finishing.h"

#include <stdlib.h>
#include <string.h>

/* The name of a text in a name tree, which is sorted by bytes. */
struct named {
	struct pdf_object name;
	uint32_t specification;
};

static struct pdf_object day(struct finish *f)
{
	const char *iso = date_iso(f->pages->document->date, &f->arena);
	const char *text = arena_printf(&f->arena, "D:%.4s%.2s%.2s000000Z", iso, iso + 5, iso + 8);

	return pdf_string(text, strlen(text));
}

static struct pdf_object parameters(struct finish *f, const struct attachment *attachment)
{
	unsigned char *sum = arena_array(&f->arena, MD5_BYTES, 1);
	struct pdf_object date = day(f);
	struct pdf_object made = PDF_DICT_OF(&f->arena, { "Size", pdf_integer((int64_t)attachment->bytes.n) },
		{ "CreationDate", date }, { "ModDate", date });

	if (md5_sum(attachment->bytes.data, attachment->bytes.n, sum))
		made = pdf_with(made, "CheckSum", pdf_hex(sum, MD5_BYTES), &f->arena);
	return made;
}

static uint32_t write_file(struct finish *f, const struct attachment *attachment)
{
	struct arena tmp = { 0 };
	uint32_t number = pdf_write_number(&f->writer);
	struct pdf_object dict = PDF_DICT_OF(&tmp, { "Type", pdf_name("EmbeddedFile") },
		{ "Subtype", pdf_name(attachment->mime) }, { "Params", parameters(f, attachment) });
	struct pdf_object stream = pdf_deflated(f->deflater, dict, attachment->bytes.data, attachment->bytes.n, &tmp);

	pdf_write_object(&f->writer, number, &stream);
	arena_clear(&tmp);
	return number;
}

static uint32_t write_specification(struct finish *f, const struct attachment *attachment)
{
	struct pdf_object file = pdf_reference(write_file(f, attachment));
	struct pdf_object name = pdf_text(attachment->name, &f->arena);
	uint32_t number = pdf_write_number(&f->writer);
	struct pdf_object made = PDF_DICT_OF(&f->arena, { "Type", pdf_name("Filespec") }, { "F", name }, { "UF", name },
		{ "AFRelationship", pdf_name(attachment->relationship) },
		{ "EF", PDF_DICT_OF(&f->arena, { "F", file }, { "UF", file }) });

	if (attachment->description)
		made = pdf_with(made, "Desc", pdf_text(attachment->description, &f->arena), &f->arena);
	pdf_write_object(&f->writer, number, &made);
	return number;
}

uint32_t *finish_attach(struct finish *f)
{
	uint32_t *number = ARENA_ARRAY(&f->arena, f->options->n_attachment, uint32_t);

	for (size_t i = 0; i < f->options->n_attachment; i++)
		number[i] = write_specification(f, &f->options->attachment[i]);
	return number;
}

static int by_bytes(const void *pa, const void *pb)
{
	const struct pdf_object *a = &((const struct named *)pa)->name;
	const struct pdf_object *b = &((const struct named *)pb)->name;
	int order = memcmp(a->text, b->text, a->n < b->n ? a->n : b->n);

	return order ? order : a->n < b->n ? -1 : a->n > b->n;
}

void finish_put_attachment_names(struct finish *f, const uint32_t *specification)
{
	size_t n = f->options->n_attachment;
	struct named *named = ARENA_ARRAY(&f->arena, n, struct named);

	for (size_t i = 0; i < n; i++)
		named[i] = (struct named){ pdf_text(f->options->attachment[i].name, &f->arena), specification[i] };
	qsort(named, n, sizeof *named, by_bytes);
	buf_puts(&f->text, "/EmbeddedFiles<</Names[");
	for (size_t i = 0; i < n; i++) {
		pdf_put(&f->text, &named[i].name);
		finish_put_ref(f, " ", named[i].specification);
	}
	buf_puts(&f->text, "]>>");
}
