#include "ingest/oldtexts.h"

#include "base/utf8.h"

#include <string.h>

enum { LOOKED_MAX = 10000 }; /* texts beyond ASCII: more cost time and tell nothing new */

static void note_first(struct old_texts *o, struct old_text *t, const struct row *row, const struct cell *c)
{
	size_t n = c->n_text;

	if (n > OLD_TEXT_SHOWN)
		for (n = OLD_TEXT_SHOWN; n && ((unsigned char)c->text[n] & 0xC0) == 0x80;)
			n--;
	memcpy(t->text, c->text, n);
	t->text[n] = '\0';
	t->at = (struct origin){ .file = o->shown, .row = c->row ? c->row : row->row, .col = c->col };
	if (row->sheet)
		t->at.sheet = arena_text(&o->arena, row->sheet);
}

static void look_at(struct old_texts *o, const struct row *row, const struct cell *c)
{
	if (c->kind != CELL_TEXT || utf8_is_ascii(c->text, c->n_text))
		return;
	o->n_looked++;
	if (legacy_stands(c->text, c->n_text))
		return;
	for (enum legacy_charset charset = LEGACY_TCVN3; charset < N_LEGACY; charset++)
		if (legacy_is_stored(charset, c->text, c->n_text) && !o->seen[charset].n++)
			note_first(o, &o->seen[charset], row, c);
}

static bool take(struct row_sink *sink, const struct row *row, size_t n_row, struct diags *d)
{
	struct old_texts *o = (struct old_texts *)sink;

	for (size_t i = 0; i < n_row; i++)
		for (size_t k = 0; k < row[i].n_cell && o->n_looked < LOOKED_MAX; k++)
			look_at(o, &row[i], &row[i].cell[k]);
	return o->to->take(o->to, row, n_row, d);
}

void old_texts_open(struct old_texts *o, const struct reader_options *options, struct row_sink *to)
{
	*o = (struct old_texts){ .sink = { take }, .to = to, .shown = options->shown };
}

static enum legacy_charset likely(const struct old_texts *o)
{
	enum legacy_charset best = LEGACY_NONE;

	for (enum legacy_charset charset = LEGACY_TCVN3; charset < N_LEGACY; charset++)
		if (o->seen[charset].n > o->seen[best].n)
			best = charset;
	return best;
}

void old_texts_note(const struct old_texts *o, bool is_said, struct diags *d)
{
	enum legacy_charset charset = likely(o);
	const struct old_text *t = &o->seen[charset];
	const char *stands = diag_quoted(d, t->text);
	const char *means;
	struct buf meant = { 0 };

	if (!charset)
		return;
	legacy_convert((struct legacy_font){ .charset = charset }, t->text, strlen(t->text), &meant);
	means = diag_quoted(d, meant.text);
	if (is_said)
		diag_note(d, t->at, "encoding",
			"texts (%zu, this is the first) are no Vietnamese as they stand ('%s'), but are in %s ('%s'); if that is meant, say "
			"encoding=\"%s\" on the job's <source>",
			t->n, stands, legacy_name(charset), means, legacy_code(charset));
	else
		diag_note(d, t->at, "encoding",
			"texts (%zu, this is the first) are no Vietnamese as they stand ('%s'), but are in %s ('%s'); if that is meant, save the "
			"file in Unicode",
			t->n, stands, legacy_name(charset), means);
	buf_clear(&meant);
}

void old_texts_close(struct old_texts *o)
{
	arena_clear(&o->arena);
}
