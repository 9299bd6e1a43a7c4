#include "base/markup.h"

#include "base/arena.h"
#include "base/sax.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DECLARATION_MAX = 1024 }; /* [characters] of <?xml ... ?> */

enum markup_state {
	STATE_TEXT,
	STATE_OPEN, /* behind < */
	STATE_BANG, /* behind <! */
	STATE_START,
	STATE_END,
	STATE_PI,
	STATE_COMMENT,
	STATE_CDATA,
};

/* Those that were taken make room. */
static void tags_make_room(struct markup *m)
{
	if (m->i_tag == m->n_tag) {
		m->i_tag = m->n_tag = 0;
	} else if (m->i_tag) {
		m->n_tag -= m->i_tag;
		memmove(m->tag, m->tag + m->i_tag, m->n_tag * sizeof *m->tag);
		m->i_tag = 0;
	}
	if (m->n_tag == m->cap) {
		m->cap = m->cap ? 2 * m->cap : 64;
		m->tag = memory_resize(m->tag, m->cap, sizeof *m->tag);
	}
}

const struct markup_tag *markup_take(struct markup *m)
{
	static const struct markup_tag none = { 0 };

	return m->i_tag < m->n_tag ? &m->tag[m->i_tag++] : &none;
}

struct markup_place markup_text(const struct markup *m)
{
	return m->i_tag < m->n_tag ? m->tag[m->i_tag].text : m->text_at;
}

void markup_clear(struct markup *m)
{
	free(m->tag);
	*m = (struct markup){ 0 };
}

bool markup_ends_inside(const struct markup *m)
{
	return m->has_half || m->n_rest;
}

static void tag_add(struct markup *m, struct markup_place text)
{
	struct markup_tag *tag;

	if (m->n_tag == m->cap || m->i_tag == m->n_tag)
		tags_make_room(m);
	tag = &m->tag[m->n_tag++];
	tag->at = m->tag_at;
	tag->text = text;
}

static void tag_end(struct markup *m, bool empty)
{
	tag_add(m, m->text_at);
	m->text_at = (struct markup_place){ 0 };
	if (empty)
		tag_add(m, m->text_at);
	m->state = STATE_TEXT;
}

static enum markup_problem open_unit(struct markup *m, uint32_t c)
{
	m->last = c;
	m->quote = 0;
	m->n_same = 0;
	m->n_attribute = 0;
	m->state = c == '!' ? STATE_BANG : c == '?' ? STATE_PI : c == '/' ? STATE_END : STATE_START;
	if (m->state == STATE_PI)
		m->last = 0; /* the ? of <?> ends nothing */
	return MARKUP_FINE;
}

/* Behind "<!": what is none of these is left to the parser to refuse. */
static enum markup_problem bang_unit(struct markup *m, uint32_t c)
{
	if (c == 'D')
		return MARKUP_DOCTYPE;
	m->state = c == '-' ? STATE_COMMENT : c == '[' ? STATE_CDATA : STATE_TEXT;
	if (m->state == STATE_CDATA && !m->text_at.row)
		m->text_at = m->tag_at;
	return MARKUP_FINE;
}

static enum markup_problem start_unit(struct markup *m, uint32_t c)
{
	if (m->quote) {
		if (c == m->quote)
			m->quote = 0;
	} else if (c == '"' || c == '\'') {
		m->quote = c;
		if (++m->n_attribute > 2 * SAX_ATTRIBUTES_MAX) /* with the namespaces */
			return MARKUP_ATTRIBUTES;
	} else if (c == '>') {
		tag_end(m, m->last == '/');
		return MARKUP_FINE;
	}
	m->last = m->quote ? 0 : c;
	return MARKUP_FINE;
}

/* Comments and CDATA end with two or more of `same` and '>'. */
static void closed_unit(struct markup *m, uint32_t c, uint32_t same)
{
	if (c == same) {
		m->n_same++;
		return;
	}
	if (c == '>' && m->n_same >= 2)
		m->state = STATE_TEXT;
	m->n_same = 0;
}

/* One character (or half of a UTF-16 pair), which stands at m->here. */
static enum markup_problem unit(struct markup *m, uint32_t c)
{
	size_t n = m->here.offset - m->tag_at.offset;

	switch ((enum markup_state)m->state) {
	case STATE_TEXT:
		if (c == '<') {
			m->tag_at = m->here;
			m->state = STATE_OPEN;
		} else if (!m->text_at.row) {
			m->text_at = m->here;
		}
		return MARKUP_FINE;
	case STATE_OPEN:
		return open_unit(m, c);
	case STATE_BANG:
		return bang_unit(m, c);
	case STATE_START:
		return n > SAX_TAG_MAX ? MARKUP_LONG_TAG : start_unit(m, c);
	case STATE_END:
		if (c == '>')
			tag_end(m, false);
		return n > SAX_TAG_MAX ? MARKUP_LONG_TAG : MARKUP_FINE;
	case STATE_PI:
		if (c == '>' && m->last == '?')
			m->state = STATE_TEXT;
		m->last = c;
		return n > SAX_TEXT_MAX ? MARKUP_LONG_COMMENT : MARKUP_FINE;
	case STATE_COMMENT:
		closed_unit(m, c, '-');
		return n > SAX_TEXT_MAX ? MARKUP_LONG_COMMENT : MARKUP_FINE;
	case STATE_CDATA:
		closed_unit(m, c, ']');
		return MARKUP_FINE;
	}
	return MARKUP_FINE;
}

static void advance(struct markup *m, uint32_t c)
{
	if (c == '\n') {
		m->here.row++;
		m->here.col = 1;
	} else {
		m->here.col++;
	}
}

/* A byte of UTF-8 that is not the first of its character. */
static enum markup_problem rest_byte(struct markup *m, unsigned char c)
{
	if (c < m->low || c > m->high) {
		m->here.col--; /* of the character, not of the one behind it */
		return MARKUP_BYTES;
	}
	m->low = 0x80;
	m->high = 0xBF;
	m->n_rest--;
	return MARKUP_FINE;
}

/* The first byte of a character beyond ASCII. */
static enum markup_problem head_byte(struct markup *m, unsigned char c)
{
	if (c < 0xC2 || c > 0xF4)
		return MARKUP_BYTES;
	m->n_rest = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
	m->low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
	m->high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
	return MARKUP_FINE;
}

/* ---- ASCII in which nothing happens but that tags begin and end: most of any text ----
 *
 * Each passes what it can of s[i..n), whose byte s[0] stands at m->here, and leaves the rest to scan_utf8's single bytes:
 * control characters, line ends among them, what is not ASCII, and all that may be refused. */

static bool is_plain(char c)
{
	return (signed char)c >= ' ';
}

static struct markup_place place_of(const struct markup *m, size_t i)
{
	return (struct markup_place){ m->here.row, m->here.col + (unsigned)i, m->here.offset + i };
}

/* Up to '<', and over it. */
static size_t pass_text(struct markup *m, const char *s, size_t i, size_t n)
{
	size_t from = i;

	while (i < n && is_plain(s[i]) && s[i] != '<')
		i++;
	if (i > from && !m->text_at.row)
		m->text_at = place_of(m, from);
	if (i < n && s[i] == '<') {
		m->tag_at = place_of(m, i++);
		m->state = STATE_OPEN;
	}
	return i;
}

static size_t pass_end(struct markup *m, const char *s, size_t i, size_t n)
{
	while (i < n && is_plain(s[i]) && s[i] != '>')
		i++;
	if (i < n && s[i] == '>') {
		tag_end(m, false);
		i++;
	}
	return i;
}

/* Over the open quote, if there is one, to the next, and over it, or to the end of the tag. False: that, or nothing. */
static bool pass_value(struct markup *m, const char *s, size_t *at, size_t n)
{
	char quote = (char)m->quote;
	size_t i = *at;

	while (i < n && is_plain(s[i]) && s[i] != quote)
		i++;
	*at = i;
	if (i == n || s[i] != quote)
		return false;
	m->quote = 0;
	m->last = (unsigned char)quote;
	*at = i + 1;
	return true;
}

static size_t pass_start(struct markup *m, const char *s, size_t i, size_t n)
{
	while (!m->quote || pass_value(m, s, &i, n)) {
		size_t from = i;

		while (i < n && s[i] > '\'' && s[i] != '>')
			i++;
		while (i < n && is_plain(s[i]) && s[i] != '"' && s[i] != '\'' && s[i] != '>')
			i++;
		if (i > from)
			m->last = (unsigned char)s[i - 1];
		if (i == n || !is_plain(s[i]))
			return i;
		if (s[i] == '>') {
			tag_end(m, m->last == '/');
			return i + 1;
		}
		if (m->n_attribute >= 2 * SAX_ATTRIBUTES_MAX)
			return i;
		m->n_attribute++;
		m->quote = (unsigned char)s[i++];
		m->last = 0;
	}
	return i;
}

/* Inside a tag up to its longest length. */
static size_t tag_limit(const struct markup *m, size_t n)
{
	size_t end = m->tag_at.offset + SAX_TAG_MAX;

	if (end < m->here.offset)
		return 0;
	return n < end - m->here.offset ? n : end - m->here.offset;
}

static size_t pass_plain(struct markup *m, const char *s, size_t n)
{
	size_t i = 0;
	size_t before;

	do {
		before = i;
		if (m->state == STATE_TEXT)
			i = pass_text(m, s, i, n);
		if (m->state == STATE_OPEN && i < n && is_plain(s[i]) && s[i] != '!' && s[i] != '?')
			open_unit(m, (unsigned char)s[i++]);
		if (m->state == STATE_START)
			i = pass_start(m, s, i, tag_limit(m, n));
		else if (m->state == STATE_END)
			i = pass_end(m, s, i, tag_limit(m, n));
	} while (i > before);
	m->here.col += (unsigned)i;
	m->here.offset += i;
	return i;
}

static size_t scan_utf8(struct markup *m, const char *s, size_t n, enum markup_problem *problem)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c;

		if (!m->n_rest)
			i += pass_plain(m, s + i, n - i);
		if (i == n)
			break;
		c = (unsigned char)s[i];
		if (m->n_rest) {
			*problem = rest_byte(m, c);
		} else {
			*problem = c < 0x80 ? MARKUP_FINE : head_byte(m, c);
			if (!*problem)
				*problem = unit(m, c);
			if (!*problem)
				advance(m, c);
		}
		if (*problem)
			return i;
		m->here.offset++;
	}
	return n;
}

/* A unit of UTF-16; a pair counts as one character. */
static enum markup_problem wide_unit(struct markup *m, uint32_t c)
{
	bool second = c >= 0xDC00 && c <= 0xDFFF;
	enum markup_problem problem;

	if (second != (m->n_rest != 0))
		return MARKUP_BYTES;
	m->n_rest = c >= 0xD800 && c <= 0xDBFF;
	problem = unit(m, c);
	if (!problem && !m->n_rest)
		advance(m, c);
	m->here.offset += 2;
	return problem;
}

static size_t scan_utf16(struct markup *m, const char *s, size_t n, enum markup_problem *problem)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (!m->has_half) {
			m->half = c;
			m->has_half = true;
			continue;
		}
		m->has_half = false;
		*problem = wide_unit(m,
			m->little ? (uint32_t)(c << 8 | m->half) : (uint32_t)(m->half << 8 | c));
		if (*problem)
			return i ? i - 1 : 0;
	}
	return n;
}

/* Whether the declared encoding is the one the bytes are in. */
static bool may_declare(const struct markup *m, const char *name, size_t n)
{
	static const char *const narrow[] = { "UTF-8", "UTF8", "US-ASCII", "ASCII" };
	static const char *const wide[] = { "UTF-16", "UTF-16LE", "UTF-16BE", "UTF16" };
	const char *const *known = m->wide ? wide : narrow;

	for (size_t i = 0; i < sizeof narrow / sizeof *narrow; i++)
		if (strlen(known[i]) == n && !strncasecmp(known[i], name, n))
			return true;
	return false;
}

/* What stands between <?xml and ?>: each encoding named there must be the one in use. */
static bool check_encodings(const struct markup *m, const char *s)
{
	while (*s) {
		const char *name = s + strspn(s, " \t\r\n");
		size_t n_name = strcspn(name, " \t\r\n=\"'");
		const char *value;
		const char *end;

		s = name + n_name;
		s += strspn(s, " \t\r\n=");
		if (*s != '"' && *s != '\'')
			return !*s; /* not well-formed: the parser is not let near it */
		value = s + 1;
		end = strchr(value, *s);
		if (!end)
			return false;
		if (n_name == 8 && !strncasecmp(name, "encoding", 8)
			&& !may_declare(m, value, (size_t)(end - value)))
			return false;
		s = end + 1;
	}
	return true;
}

/* The declaration is read here, so that the parser can never be told to decode the bytes in a
 * third way. */
static enum markup_problem declaration(const struct markup *m, const char *s, size_t n)
{
	char text[DECLARATION_MAX + 1];
	size_t step = m->wide ? 2 : 1;
	size_t n_text = 0;
	char *end;

	for (size_t i = m->wide && !m->little ? 1 : 0; i < n && n_text < DECLARATION_MAX; i += step)
		text[n_text++] = s[i] ? s[i] : ' ';
	text[n_text] = '\0';
	if (strncmp(text, "<?xml", 5) != 0 || !text[5] || !strchr(" \t\r\n", text[5]))
		return MARKUP_FINE;
	end = strstr(text, "?>");
	if (!end)
		return MARKUP_DECLARATION;
	*end = '\0';
	return check_encodings(m, text + 5) ? MARKUP_FINE : MARKUP_ENCODING;
}

/* Finds the encoding and passes the mark. Returns the bytes of the mark. */
static size_t begin(struct markup *m, const char *s, size_t n, enum markup_problem *problem)
{
	static const struct {
		const char bytes[5];
		size_t n;
	} refused[] = {
		{ "\x00\x00\xFE\xFF", 4 }, { "\xFF\xFE\x00\x00", 4 }, /* UTF-32 */
		{ "\x00\x00\x00<", 4 },	   { "<\x00\x00\x00", 4 },
		{ "\x00\x00<\x00", 4 },	   { "\x00<\x00\x00", 4 },
		{ "\x4C\x6F\xA7\x94", 4 }, /* EBCDIC */
	};
	size_t mark = 0;

	m->begun = true;
	m->here = (struct markup_place){ 1, 1, 0 };
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		if (n >= refused[i].n && !memcmp(s, refused[i].bytes, refused[i].n)) {
			*problem = MARKUP_ENCODING;
			return 0;
		}
	if (n >= 3 && !memcmp(s, "\xEF\xBB\xBF", 3)) {
		mark = 3;
	} else if (n >= 2) {
		bool has_mark = !memcmp(s, "\xFF\xFE", 2) || !memcmp(s, "\xFE\xFF", 2);

		m->wide = has_mark || !s[0] || !s[1];
		m->little = has_mark ? s[0] == '\xFF' : !s[1];
		mark = has_mark ? 2 : 0;
	}
	m->here.offset = mark;
	*problem = declaration(m, s + mark, n - mark);
	return mark;
}

size_t markup_scan(struct markup *m, const char *s, size_t n, enum markup_problem *problem)
{
	size_t mark = 0;

	*problem = MARKUP_FINE;
	if (!m->begun)
		mark = begin(m, s, n, problem);
	if (*problem)
		return 0;
	if (m->wide)
		return mark + scan_utf16(m, s + mark, n - mark, problem);
	return mark + scan_utf8(m, s + mark, n - mark, problem);
}
