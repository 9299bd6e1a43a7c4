#include "pdf/put.h"

#include "pdf/lex.h"
#include "pdf/limits.h"
#include "pdf/write.h"

#include <string.h>

enum { NUMBER_ROOM = 24, REFERENCE_ROOM = 2 * NUMBER_ROOM };

/* Writes the digits from s on; returns how many. */
static size_t digits(char *s, uint64_t v)
{
	char text[NUMBER_ROOM];
	size_t at = sizeof text;

	do {
		text[--at] = (char)('0' + v % 10);
		v /= 10;
	} while (v);
	memcpy(s, text + at, sizeof text - at);
	return sizeof text - at;
}

/* n bytes were put into the room. */
static void take_room(struct buf *b, size_t n)
{
	b->n += n;
	b->text[b->n] = '\0';
}

void put_number(struct buf *b, uint64_t v)
{
	take_room(b, digits(buf_room(b, NUMBER_ROOM), v));
}

/* As it was written. */
static void put_integer(struct buf *b, const struct pdf_object *o)
{
	int64_t v = o->number;

	if (v < 0 || o->extra & PDF_MINUS_ZERO)
		buf_putc(b, '-');
	if (o->extra & PDF_PLUS)
		buf_putc(b, '+');
	for (unsigned zeros = o->extra & PDF_ZEROS; zeros; zeros--)
		buf_putc(b, '0');
	put_number(b, v < 0 ? -(uint64_t)v : (uint64_t)v);
}

static void put_reference(struct buf *b, const struct pdf_object *o)
{
	char *s = buf_room(b, REFERENCE_ROOM);
	size_t n = digits(s, (uint64_t)o->number);

	s[n++] = ' ';
	n += digits(s + n, o->extra);
	s[n++] = ' ';
	s[n++] = 'R';
	take_room(b, n);
}

static const char hex[] = "0123456789ABCDEF";

static void put_name(struct buf *b, const char *name, size_t n)
{
	char *s = buf_room(b, n * 3 + 1);
	size_t made = 0;

	s[made++] = '/';
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)name[i];

		if (c > ' ' && c < 127 && c != '#' && !(lex_class[c] & LEX_DELIMITER)) {
			s[made++] = (char)c;
			continue;
		}
		s[made++] = '#';
		s[made++] = hex[c >> 4];
		s[made++] = hex[c & 15];
	}
	take_room(b, made);
}

static void put_hex(struct buf *b, const char *text, size_t n)
{
	char *s = buf_room(b, n * 2 + 2);
	size_t made = 0;

	s[made++] = '<';
	for (size_t i = 0; i < n; i++) {
		s[made++] = hex[(unsigned char)text[i] >> 4];
		s[made++] = hex[text[i] & 15];
	}
	s[made++] = '>';
	take_room(b, made);
}

/* How many bytes a byte takes in a literal string. */
static size_t literal_size(unsigned char c)
{
	if (c == '(' || c == ')' || c == '\\' || c == '\n' || c == '\r')
		return 2;
	return c < ' ' || c == 127 ? 4 : 1;
}

static size_t put_literal_byte(char *s, unsigned char c)
{
	size_t n = literal_size(c);

	s[0] = '\\';
	if (n == 1) {
		s[0] = (char)c;
	} else if (n == 2) {
		s[1] = (char)(c == '\n' ? 'n' : c == '\r' ? 'r' : c);
	} else {
		s[1] = (char)('0' + (c >> 6));
		s[2] = (char)('0' + (c >> 3 & 7));
		s[3] = (char)('0' + (c & 7));
	}
	return n;
}

static void put_string(struct buf *b, const struct pdf_object *o)
{
	size_t size = 0, made = 0;
	char *s;

	for (size_t i = 0; i < o->n; i++)
		size += literal_size((unsigned char)o->text[i]);
	if (o->hex || size > (size_t)o->n * 2) {
		put_hex(b, o->text, o->n);
		return;
	}
	s = buf_room(b, size + 2);
	s[made++] = '(';
	for (size_t i = 0; i < o->n; i++)
		made += put_literal_byte(s + made, (unsigned char)o->text[i]);
	s[made++] = ')';
	take_room(b, made);
}

static void put_array(struct putting *p, const struct pdf_object *o)
{
	buf_putc(p->out, '[');
	for (size_t i = 0; i < o->n; i++) {
		if (i)
			buf_putc(p->out, ' ');
		put_object(p, &o->item[i]);
	}
	buf_putc(p->out, ']');
}

static void put_key(struct buf *b, const char *key, size_t n, bool is_first)
{
	if (!is_first)
		buf_putc(b, ' ');
	put_name(b, key, n);
	buf_putc(b, ' ');
}

static void put_length(struct buf *b, const struct pdf_object *stream, bool is_first)
{
	put_key(b, "Length", strlen("Length"), is_first);
	put_number(b, stream->raw->n);
}

static void put_dict(struct putting *p, const struct pdf_object *o)
{
	bool has_length = o->kind != PDF_STREAM;

	buf_put(p->out, "<<", 2);
	for (size_t i = 0; i < o->n; i++) {
		if (o->kind == PDF_STREAM && pdf_key_is(&o->entry[i], "Length")) {
			put_length(p->out, o, !i);
			has_length = true;
			continue;
		}
		put_key(p->out, o->entry[i].key, o->entry[i].n_key, !i);
		put_object(p, &o->entry[i].value);
	}
	if (!has_length)
		put_length(p->out, o, !o->n);
	buf_put(p->out, ">>", 2);
}

static void put_stream(struct putting *p, const struct pdf_object *o)
{
	put_dict(p, o);
	buf_puts(p->out, "\nstream\n");
	buf_put(p->out, o->raw->data, o->raw->n);
	buf_puts(p->out, "\nendstream");
}

static void put_verbatim(struct putting *p, const struct pdf_object *o)
{
	if (o->extra && o->extra <= PDF_MARKS_MAX && p->mark) {
		p->mark[o->extra] = p->out->n - p->start;
		p->is_marked = true;
	}
	buf_put(p->out, o->text, o->n);
}

void put_object(struct putting *p, const struct pdf_object *o)
{
	switch ((enum pdf_kind)o->kind) {
	case PDF_NULL:
		buf_put(p->out, "null", 4);
		break;
	case PDF_BOOL:
		buf_puts(p->out, o->truth ? "true" : "false");
		break;
	case PDF_INTEGER:
		put_integer(p->out, o);
		break;
	case PDF_REAL:
		buf_put(p->out, o->text, o->n);
		break;
	case PDF_STRING:
		put_string(p->out, o);
		break;
	case PDF_NAME:
		put_name(p->out, o->text, o->n);
		break;
	case PDF_ARRAY:
		put_array(p, o);
		break;
	case PDF_DICT:
		put_dict(p, o);
		break;
	case PDF_STREAM:
		put_stream(p, o);
		break;
	case PDF_REFERENCE:
		put_reference(p->out, o);
		break;
	case PDF_VERBATIM:
		put_verbatim(p, o);
		break;
	}
}

void pdf_put(struct buf *out, const struct pdf_object *o)
{
	struct putting p = { .out = out };

	put_object(&p, o);
}
