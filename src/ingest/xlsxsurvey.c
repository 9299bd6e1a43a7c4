/* What a sheet has, found by searching its bytes before it is read: merged cells stand behind the cells they are about. */
#include "base/bytes.h"
#include "ingest/opc.h"
#include "ingest/xlsxparts.h"

#include <string.h>

static const char merge_word[] = "mergeCell";
static const char font_word[] = "Font"; /* <rFont>, and the first F that is rare */

struct search {
	char tail[sizeof merge_word]; /* of the piece before */
	size_t n_tail;
	bool begun;
	struct xlsx_survey *found;
};

static void look_for(bool *found, const char *word, const char *s, size_t n)
{
	*found = *found || bytes_have(s, n, word);
}

/* A text in UTF-16 has zero bytes or a mark in front, and is not searched: the parser looks. */
static bool search_piece(void *ctx, const char *data, size_t n, struct diags *d)
{
	struct search *s = ctx;
	size_t n_word = sizeof merge_word - 1;
	char border[2 * sizeof merge_word];
	size_t n_head = n < n_word - 1 ? n : n_word - 1;

	(void)d;
	if (!s->begun && n >= 2)
		s->found->has_merges = s->found->has_runs = !data[0] || !data[1] || (unsigned char)data[0] >= 0xFE;
	s->begun = true;
	memcpy(border, s->tail, s->n_tail);
	memcpy(border + s->n_tail, data, n_head);
	look_for(&s->found->has_merges, merge_word, border, s->n_tail + n_head);
	look_for(&s->found->has_merges, merge_word, data, n);
	look_for(&s->found->has_runs, font_word, border, s->n_tail + n_head);
	look_for(&s->found->has_runs, font_word, data, n);
	s->n_tail = n_head;
	memcpy(s->tail, data + n - n_head, n_head);
	return true;
}

bool xlsx_sheet_survey(struct container *c, size_t part, struct xlsx_survey *found, struct diags *d)
{
	struct search search = { .found = found };
	struct zip_sink sink = { &search, search_piece };

	*found = (struct xlsx_survey){ 0 };
	return container_read(c, part, &sink, d);
}
