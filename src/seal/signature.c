/* Source: ISO 32000-2, 12.8.1; the byte range is the whole file but for the hexadecimal digits of /Contents and their brackets */
#include "seal/signing.h"

#include <string.h>

/* Room for the three numbers, which are known only at the end. */
static const char range_room[] = "[0 0000000000 0000000000 0000000000]";

struct pdf_object signature_value(struct revision *r, const char *type, const char *subfilter, size_t room)
{
	char *contents = arena_array(&r->arena, 2 * room + 2, 1);

	memset(contents, '0', 2 * room + 2);
	contents[0] = '<';
	contents[2 * room + 1] = '>';
	return PDF_DICT_OF(&r->arena, { "Type", pdf_name(type) }, { "Filter", pdf_name("Adobe.PPKLite") },
		{ "SubFilter", pdf_name(subfilter) },
		{ "ByteRange", pdf_marked(range_room, sizeof range_room - 1, MARK_RANGE) },
		{ "Contents", pdf_marked(contents, 2 * room + 2, MARK_CONTENTS) });
}

void signature_range(struct revision *r, struct bytes slice[2])
{
	char text[sizeof range_room + 1];
	size_t before = r->writer.mark[MARK_CONTENTS];
	size_t behind = before;

	while (r->out.text[behind] != '>')
		behind++;
	behind++;
	memset(text, ' ', sizeof text);
	snprintf(text, sizeof text, "[0 %zu %zu %zu]", before, behind, r->out.n - behind);
	for (char *s = text; s < text + sizeof range_room - 1; s++)
		if (!*s)
			*s = ' ';
	pdf_patch(&r->out, r->writer.mark[MARK_RANGE], text, sizeof range_room - 1);
	slice[0] = (struct bytes){ r->out.text, before };
	slice[1] = (struct bytes){ r->out.text + behind, r->out.n - behind };
}

bool signature_fill(struct revision *r, struct bytes der, size_t room)
{
	static const char digit[] = "0123456789abcdef";
	char *hex;

	if (der.n > room)
		return diag_error(r->d, pdf_origin(r->file), "room",
			"the signature has %zu bytes and %zu were kept for it; the certificate or the timestamp is unusually large", der.n,
			room);
	hex = arena_array(&r->arena, der.n, 2);
	for (size_t i = 0; i < der.n; i++) {
		hex[2 * i] = digit[(unsigned char)der.data[i] >> 4];
		hex[2 * i + 1] = digit[(unsigned char)der.data[i] & 15];
	}
	pdf_patch(&r->out, r->writer.mark[MARK_CONTENTS] + 1, hex, 2 * der.n);
	return true;
}
