/* writing: what the parts of the writer share. */
#ifndef PDF_WRITING_H
#define PDF_WRITING_H

#include "pdf/put.h"
#include "pdf/write.h"

struct pdf_slot {
	uint32_t number;
	uint16_t generation;
	uint8_t state; /* enum pdf_state */
	uint32_t at;   /* AT: byte from the start; IN_STREAM: number of the object stream */
	uint32_t index;
};

void add_slot(struct pdf_writer *, struct pdf_slot);
void write_plain(struct pdf_writer *, uint32_t number, const struct pdf_object *);

/* Object streams (pack.c). False: the object has a mark and was not put into one. */
bool pack_object(struct pdf_writer *, uint32_t number, const struct pdf_object *);
void flush_pack(struct pdf_writer *);
void clear_pack(struct pdf_writer *);

/* The end of the file (trailer.c). The slots are by number, none twice. */
void write_table(struct pdf_writer *, struct pdf_object trailer);
void write_xref_stream(struct pdf_writer *, struct pdf_object trailer);

#endif
