/* Any bytes as an OLE container: its names, and all of each stream. */
#include "ingest/ole.h"

#include <stdint.h>

enum { PIECE = 1000 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void read_all(struct ole_file *o, const char *name, struct diags *d)
{
	struct ole_stream *s = ole_stream_open(o, name, d);
	char piece[PIECE];

	for (size_t at = 0; s && at < ole_stream_size(s); at += PIECE) {
		size_t left = ole_stream_size(s) - at;

		if (!ole_stream_read(s, at, piece, left < PIECE ? left : PIECE))
			break;
	}
	ole_stream_close(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct diags d = { 0 };
	struct ole_file *o = ole_open_bytes(bytes, n, "f", &d);

	for (size_t i = 0; o && i < ole_n_name(o); i++)
		read_all(o, ole_name(o, i), &d);
	ole_close(o);
	diags_clear(&d);
	return 0;
}
