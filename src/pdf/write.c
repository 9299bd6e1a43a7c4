#include "pdf/write.h"

#include "pdf/reading.h"
#include "pdf/writing.h"

#include <stdlib.h>
#include <string.h>

enum { ID_BYTES = 16, ROOM_FIRST = 64 << 10 };

void pdf_write_begin(struct pdf_writer *w, unsigned version, struct pdf_deflater *deflater, struct buf *out)
{
	*w = (struct pdf_writer){ .out = out, .deflater = deflater, .start = out->n, .size = 1 };
	buf_room(out, ROOM_FIRST);
	buf_printf(out, "%%PDF-%u.%u\n%%\xE2\xE3\xCF\xD3\n", version / 10, version % 10);
}

void pdf_update_begin(struct pdf_writer *w, struct pdf_file *base, struct buf *out)
{
	struct bytes data = pdf_bytes(base);

	*w = (struct pdf_writer){ .out = out, .base = base, .start = out->n, .size = base->revision[base->n_revision - 1].size };
	buf_room(out, data.n + ROOM_FIRST);
	buf_put(out, data.data, data.n);
	if (data.data[data.n - 1] != '\n' && data.data[data.n - 1] != '\r')
		buf_putc(out, '\n');
}

uint32_t pdf_write_number(struct pdf_writer *w)
{
	return w->size++;
}

void pdf_write_reserve(struct pdf_writer *w, uint32_t n)
{
	if (n > w->size)
		w->size = n;
}

void add_slot(struct pdf_writer *w, struct pdf_slot slot)
{
	*ARENA_PUSH_OWN(&w->arena, w->slot, w->n_slot, &w->cap) = slot;
}

static uint16_t generation_of(const struct pdf_writer *w, uint32_t number)
{
	const struct pdf_written *old = w->base ? find_written(w->base, w->base->n_revision - 1, number) : NULL;

	return old ? old->generation : 0;
}

void pdf_write_open(struct pdf_writer *w, uint32_t number)
{
	uint16_t generation = generation_of(w, number);

	add_slot(w, (struct pdf_slot){ .number = number, .generation = generation, .state = PDF_AT,
		.at = (uint32_t)(w->out->n - w->start) });
	put_number(w->out, number);
	buf_putc(w->out, ' ');
	put_number(w->out, generation);
	buf_puts(w->out, " obj\n");
}

void pdf_write_close(struct pdf_writer *w)
{
	buf_puts(w->out, "\nendobj\n");
}

void write_plain(struct pdf_writer *w, uint32_t number, const struct pdf_object *o)
{
	struct putting p = { .out = w->out, .start = w->start, .mark = w->mark };

	pdf_write_open(w, number);
	put_object(&p, o);
	pdf_write_close(w);
}

void pdf_write_object(struct pdf_writer *w, uint32_t number, const struct pdf_object *o)
{
	if (!w->deflater || o->kind == PDF_STREAM || !pack_object(w, number, o))
		write_plain(w, number, o);
}

void pdf_write_free(struct pdf_writer *w, uint32_t number)
{
	uint16_t generation = generation_of(w, number);

	add_slot(w, (struct pdf_slot){ .number = number, .state = PDF_FREE,
		.generation = (uint16_t)(generation < PDF_GENERATION_MAX ? generation + 1 : generation) });
}

static int by_number(const void *a, const void *b)
{
	const struct pdf_slot *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

/* By number, none twice, none that was never taken. */
static bool sort_slots(struct pdf_writer *w, struct diags *d)
{
	if (w->n_slot)
		qsort(w->slot, w->n_slot, sizeof *w->slot, by_number);
	for (size_t i = 0; i < w->n_slot; i++)
		if (w->slot[i].number == 0 || w->slot[i].number >= w->size || (i && w->slot[i].number == w->slot[i - 1].number))
			return diag_error(d, (struct origin){ .file = w->base ? w->base->shown : NULL }, "pdf",
				"object %u of the PDF that is made would be there twice, or has a number that was never taken; this is a fault of the program: please report it",
				(unsigned)w->slot[i].number);
	return true;
}

/* ---- trailer ---- */

static const struct pdf_object *old_id(const struct pdf_writer *w)
{
	return w->base ? pdf_look(pdf_last(w->base), pdf_trailer(pdf_last(w->base)), "ID") : &pdf_null;
}

static int nibble(char c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* From what was written and, in an update, from the number before. */
static struct pdf_object make_id(struct pdf_writer *w)
{
	size_t from = w->start + (w->base ? pdf_bytes(w->base).n : 0);
	struct buf text = { 0 };
	const char *hex;
	char *id = ARENA_ARRAY(&w->arena, ID_BYTES, char);
	struct pdf_object old = *old_id(w), new;

	pdf_put(&text, &old);
	buf_puts(&text, sha256_text(w->out->text + from, w->out->n - from, &w->arena));
	hex = sha256_text(text.text, text.n, &w->arena);
	buf_clear(&text);
	for (size_t i = 0; i < ID_BYTES; i++)
		id[i] = (char)(nibble(hex[2 * i]) << 4 | nibble(hex[2 * i + 1]));
	new = pdf_hex(id, ID_BYTES);
	if (old.kind == PDF_ARRAY && old.n == 2 && old.item[0].kind == PDF_STRING)
		return PDF_ARRAY_OF(&w->arena, old.item[0], new);
	return PDF_ARRAY_OF(&w->arena, new, new);
}

static struct pdf_object merge(struct pdf_object into, const struct pdf_object *from, struct arena *arena)
{
	for (size_t i = 0; from->kind == PDF_DICT && i < from->n; i++)
		into = pdf_with(into, arena_slice(arena, from->entry[i].key, from->entry[i].n_key), from->entry[i].value, arena);
	return into;
}

static struct pdf_object make_trailer(struct pdf_writer *w, const struct pdf_object *given)
{
	static const char *const own[] = { "Size", "Prev", "XRefStm", "ID", "Type", "W", "Index", "Length", "Filter", "DecodeParms", "DL", "F",
		"FFilter", "FDecodeParms" };
	struct pdf_object trailer = pdf_dict(NULL, 0, &w->arena);

	if (w->base)
		trailer = merge(trailer, pdf_trailer(pdf_last(w->base)), &w->arena);
	if (given)
		trailer = merge(trailer, given, &w->arena);
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		trailer = pdf_without(trailer, own[i], &w->arena);
	if (w->base)
		trailer = pdf_with(trailer, "Prev", pdf_integer((int64_t)w->base->revision[w->base->n_revision - 1].xref), &w->arena);
	return pdf_with(trailer, "ID", make_id(w), &w->arena);
}

static bool is_stream_kind(const struct pdf_writer *w)
{
	return w->base ? w->base->revision[w->base->n_revision - 1].kind == PDF_XREF_STREAM : w->deflater != NULL;
}

static bool finish(struct pdf_writer *w, const struct pdf_object *given, struct diags *d)
{
	struct pdf_object trailer;
	size_t at;

	flush_pack(w);
	trailer = make_trailer(w, given);
	at = w->out->n - w->start;
	if (is_stream_kind(w))
		add_slot(w, (struct pdf_slot){ .number = pdf_write_number(w), .state = PDF_AT, .at = (uint32_t)at });
	if (!sort_slots(w, d))
		return false;
	trailer = pdf_with(trailer, "Size", pdf_integer(w->size), &w->arena);
	if (is_stream_kind(w))
		write_xref_stream(w, trailer);
	else
		write_table(w, trailer);
	buf_printf(w->out, "startxref\n%zu\n%%%%EOF\n", at);
	if (w->out->n - w->start <= PDF_FILE_MAX && w->size <= (uint32_t)PDF_NUMBER_MAX + 1)
		return true;
	return diag_error(d, (struct origin){ .file = w->base ? w->base->shown : NULL }, "limit",
		"the PDF that is made would have more than %u bytes or %u objects; make it in parts", (unsigned)PDF_FILE_MAX,
		(unsigned)PDF_NUMBER_MAX);
}

bool pdf_write_finish(struct pdf_writer *w, const struct pdf_object *trailer, struct diags *d)
{
	bool is_good = finish(w, trailer, d);

	pdf_write_clear(w);
	return is_good;
}

void pdf_write_clear(struct pdf_writer *w)
{
	clear_pack(w);
	arena_clear(&w->arena);
	w->slot = NULL;
	w->n_slot = w->cap = 0;
}

void pdf_patch(struct buf *out, size_t at, const char *bytes, size_t n)
{
	if (at <= out->n && n <= out->n - at)
		memcpy(out->text + at, bytes, n);
}
