#include "pdf/stream.h"
#include "pdf/writing.h"

enum { TABLE_LINE = 20, OFFSET_BYTES = 4, INDEX_BYTES = 2, ROW_BYTES = 1 + OFFSET_BYTES + INDEX_BYTES };

static void digits_at(char *s, size_t n, uint64_t v)
{
	for (; n; v /= 10)
		s[--n] = (char)('0' + v % 10);
}

static void put_line(struct buf *b, uint64_t at, unsigned generation, char kind)
{
	char *s = buf_room(b, TABLE_LINE);

	digits_at(s, 10, at);
	s[10] = ' ';
	digits_at(s + 11, 5, generation);
	s[16] = ' ';
	s[17] = kind;
	s[18] = ' ';
	s[19] = '\n';
	b->n += TABLE_LINE;
	b->text[b->n] = '\0';
}

/* A whole file has a slot for each number: those that nothing was written for are free. */
static void fill_slots(struct pdf_writer *w)
{
	struct pdf_slot *all;
	size_t k = 0;

	if (w->base || w->n_slot + 1 == w->size)
		return;
	all = ARENA_ARRAY(&w->arena, w->size, struct pdf_slot);
	for (uint32_t i = 1; i < w->size; i++) {
		all[i - 1] = (struct pdf_slot){ .number = i, .state = PDF_FREE };
		if (k < w->n_slot && w->slot[k].number == i)
			all[i - 1] = w->slot[k++];
	}
	w->slot = all;
	w->n_slot = w->size - 1;
}

/* Each free entry names the next one, the last names 0. */
static void link_free(struct pdf_writer *w, uint32_t *first)
{
	*first = 0;
	for (size_t i = w->n_slot; i-- > 0;) {
		if (w->slot[i].state != PDF_FREE)
			continue;
		w->slot[i].at = *first;
		*first = w->slot[i].number;
	}
}

/* How many of the slots from i on have numbers in a row. */
static size_t run_of(const struct pdf_writer *w, size_t i)
{
	size_t n = 1;

	while (i + n < w->n_slot && w->slot[i + n].number == w->slot[i].number + n)
		n++;
	return n;
}

static void put_head(struct buf *b, uint64_t first, uint64_t n)
{
	put_number(b, first);
	buf_putc(b, ' ');
	put_number(b, n);
	buf_putc(b, '\n');
}

void write_table(struct pdf_writer *w, struct pdf_object trailer)
{
	size_t i = 0, n;
	uint32_t first_free;

	fill_slots(w);
	link_free(w, &first_free);
	n = w->n_slot && w->slot[0].number == 1 ? run_of(w, 0) : 0;
	buf_puts(w->out, "xref\n");
	put_head(w->out, 0, n + 1);
	put_line(w->out, first_free, PDF_GENERATION_MAX, 'f');
	for (;;) {
		for (size_t end = i + n; i < end; i++)
			put_line(w->out, w->slot[i].at, w->slot[i].generation, w->slot[i].state == PDF_FREE ? 'f' : 'n');
		if (i == w->n_slot)
			break;
		n = run_of(w, i);
		put_head(w->out, w->slot[i].number, n);
	}
	buf_puts(w->out, "trailer\n");
	pdf_put(w->out, &trailer);
	buf_putc(w->out, '\n');
}

static void put_row(struct buf *b, const struct pdf_slot *slot)
{
	unsigned char *s = (unsigned char *)buf_room(b, ROW_BYTES);
	uint32_t third = slot->state == PDF_IN_STREAM ? slot->index : slot->generation;

	s[0] = (unsigned char)(slot->state == PDF_FREE ? 0 : slot->state == PDF_AT ? 1 : 2);
	for (size_t i = 0; i < OFFSET_BYTES; i++)
		s[1 + i] = (unsigned char)(slot->at >> 8 * (OFFSET_BYTES - 1 - i) & 0xFF);
	s[1 + OFFSET_BYTES] = (unsigned char)(third >> 8 & 0xFF);
	s[2 + OFFSET_BYTES] = (unsigned char)(third & 0xFF);
	b->n += ROW_BYTES;
	b->text[b->n] = '\0';
}

static struct pdf_object index_of(struct pdf_writer *w)
{
	struct pdf_object *item = NULL;
	size_t n = 0, cap = 0, i = w->n_slot && w->slot[0].number == 1 ? run_of(w, 0) : 0;

	*ARENA_PUSH(&w->arena, item, n, &cap) = pdf_integer(0);
	*ARENA_PUSH(&w->arena, item, n, &cap) = pdf_integer((int64_t)i + 1);
	while (i < w->n_slot) {
		size_t run = run_of(w, i);

		*ARENA_PUSH(&w->arena, item, n, &cap) = pdf_integer(w->slot[i].number);
		*ARENA_PUSH(&w->arena, item, n, &cap) = pdf_integer((int64_t)run);
		i += run;
	}
	return pdf_array(item, n, &w->arena);
}

void write_xref_stream(struct pdf_writer *w, struct pdf_object trailer)
{
	struct pdf_slot zero = { .state = PDF_FREE, .generation = PDF_GENERATION_MAX };
	struct buf rows = { 0 };
	struct pdf_object stream;
	uint32_t number = w->size - 1; /* taken last */

	fill_slots(w);
	link_free(w, &zero.at);
	put_row(&rows, &zero);
	for (size_t i = 0; i < w->n_slot; i++)
		put_row(&rows, &w->slot[i]);
	trailer = pdf_with(trailer, "Type", pdf_name("XRef"), &w->arena);
	trailer = pdf_with(trailer, "W", PDF_ARRAY_OF(&w->arena, pdf_integer(1), pdf_integer(OFFSET_BYTES), pdf_integer(INDEX_BYTES)),
		&w->arena);
	trailer = pdf_with(trailer, "Index", index_of(w), &w->arena);
	stream = w->deflater ? pdf_deflated(w->deflater, trailer, rows.text, rows.n, &w->arena)
			     : pdf_stream(trailer, rows.text, rows.n, &w->arena);
	put_number(w->out, number);
	buf_puts(w->out, " 0 obj\n");
	pdf_put(w->out, &stream);
	buf_puts(w->out, "\nendobj\n");
	buf_clear(&rows);
}
