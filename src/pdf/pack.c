#include "pdf/stream.h"
#include "pdf/writing.h"

#include <stdlib.h>

enum { PACK_OBJECTS = 200 };

/* An object stream that is being filled. */
struct pdf_packing {
	struct buf head; /* number and place of each object */
	struct buf body;
	uint32_t container;
	uint32_t n;
};

bool pack_object(struct pdf_writer *w, uint32_t number, const struct pdf_object *o)
{
	struct pdf_packing *pack = w->packing;
	struct putting p = { .mark = w->mark };
	size_t from;

	if (!pack)
		pack = w->packing = memory_new(1, sizeof *pack);
	from = pack->body.n;
	p.out = &pack->body;
	put_object(&p, o);
	if (p.is_marked) {
		pack->body.n = from;
		return false;
	}
	buf_putc(&pack->body, '\n');
	if (!pack->n)
		pack->container = pdf_write_number(w);
	put_number(&pack->head, number);
	buf_putc(&pack->head, ' ');
	put_number(&pack->head, from);
	buf_putc(&pack->head, ' ');
	add_slot(w, (struct pdf_slot){ .number = number, .state = PDF_IN_STREAM, .at = pack->container, .index = pack->n++ });
	if (pack->n == PACK_OBJECTS)
		flush_pack(w);
	return true;
}

void flush_pack(struct pdf_writer *w)
{
	struct pdf_packing *pack = w->packing;
	struct arena tmp = { 0 };
	struct pdf_object dict, stream;
	size_t first;

	if (!pack || !pack->n)
		return;
	first = pack->head.n;
	buf_put(&pack->head, pack->body.text, pack->body.n);
	dict = PDF_DICT_OF(&tmp, { "Type", pdf_name("ObjStm") }, { "N", pdf_integer(pack->n) },
		{ "First", pdf_integer((int64_t)first) });
	stream = pdf_deflated(w->deflater, dict, pack->head.text, pack->head.n, &tmp);
	write_plain(w, pack->container, &stream);
	arena_clear(&tmp);
	pack->head.n = pack->body.n = 0;
	pack->n = 0;
}

void clear_pack(struct pdf_writer *w)
{
	if (!w->packing)
		return;
	buf_clear(&w->packing->head);
	buf_clear(&w->packing->body);
	free(w->packing);
	w->packing = NULL;
}
