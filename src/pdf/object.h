/* object: the values a PDF file is made of, as plain structs that never change once made; and how new ones are built.
 *
 * A value is handed around as a struct (32 bytes); what it holds (items, entries, bytes) is borrowed: from the file and its
 * arena for those that were read, from the builder's arena and arguments for those that were built. What changes a value
 * returns a new one and leaves the old one as it was.
 * Units:  a real number is exact to a millionth of whatever it counts; its text keeps all digits
 * Source: ISO 32000-2, 7.3
 */
#ifndef PDF_OBJECT_H
#define PDF_OBJECT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pdf_kind {
	PDF_NULL, /* all zero is null */
	PDF_BOOL,
	PDF_INTEGER,
	PDF_REAL,
	PDF_STRING,
	PDF_NAME,
	PDF_ARRAY,
	PDF_DICT,
	PDF_STREAM,
	PDF_REFERENCE,
	PDF_VERBATIM, /* built only: bytes that are written as they are */
};

struct pdf_entry;

enum pdf_sign { PDF_PLUS = 1 << 15, PDF_MINUS_ZERO = 1 << 14, PDF_ZEROS = PDF_MINUS_ZERO - 1 };

struct pdf_object {
	uint8_t kind;	/* enum pdf_kind */
	bool hex;	/* STRING: written as <...> */
	uint16_t extra; /* REFERENCE: generation; INTEGER: zeros before it | its sign, where none is needed; STRING: 1: read from an odd
			   number of hexadecimal digits; VERBATIM: mark (see pdf_marked), 0: none */
	uint32_t n;	/* STRING NAME REAL VERBATIM: bytes of text; ARRAY: items; DICT, STREAM: entries */
	uint32_t from;	/* where it was read: its bytes are [from, to) of the file, or, for an object of an object stream, */
	uint32_t to;	/* of that stream when decoded. Built: 0 0 */
	union {
		const char *text; /* STRING NAME: decoded bytes, no NUL behind them; REAL: as written; VERBATIM */
		const struct pdf_object *item; /* ARRAY [n] */
		const struct pdf_entry *entry; /* DICT, STREAM [n], in the order of the file, no key twice */
	};
	union {
		bool truth;	    /* BOOL */
		int64_t number;	    /* INTEGER; REAL: in millionths, cut; REFERENCE: object number */
		const struct pdf_raw *raw; /* STREAM: the bytes between stream and endstream */
	};
};

struct pdf_entry {
	const char *key; /* decoded, no NUL behind it */
	uint32_t n_key;
	struct pdf_object value;
};

struct pdf_raw {
	const char *data;
	size_t n;
};

/* ---- looking ---- (all accept any kind; no reference is followed: pdf/file.h has those that do) */

extern const struct pdf_object pdf_null;

bool pdf_name_is(const struct pdf_object *, const char *name);	/* a NAME of that text */
bool pdf_string_is(const struct pdf_object *, const char *s);	/* a STRING of those bytes */
bool pdf_key_is(const struct pdf_entry *, const char *key);

/* The value of a key of a DICT or STREAM; the null object (never NULL) where there is none. */
const struct pdf_object *pdf_find(const struct pdf_object *dict, const char *key);
bool pdf_has(const struct pdf_object *dict, const char *key); /* false also where the value is null */

/* INTEGER and REAL in millionths; false for other kinds, and where it does not fit. */
bool pdf_millionths(const struct pdf_object *, int64_t *);

/* The same for every program: of the same kind, numbers as they are written (not all programs take 70.0 where 70 stands), strings and
 * names by their bytes, dictionaries in any order but with the same keys (a null may hide what is inherited), streams by dictionary
 * and raw bytes, references by number and generation without following them. */
bool pdf_same(const struct pdf_object *, const struct pdf_object *);
/* Two dictionaries, the same but for the keys named (NULL-terminated). */
bool pdf_same_but(const struct pdf_object *, const struct pdf_object *, const char *const *key);
/* Two dictionaries; the second has all that the first has, and maybe more. */
bool pdf_only_added(const struct pdf_object *before, const struct pdf_object *after);

/* ---- building ---- texts of names are borrowed C strings */

struct pdf_object pdf_bool(bool);
struct pdf_object pdf_integer(int64_t);
struct pdf_object pdf_decimal(int64_t millionths, struct arena *); /* an INTEGER where it is whole */
struct pdf_object pdf_name(const char *name);
struct pdf_object pdf_string(const void *bytes, size_t n);	   /* borrowed; written as (...) or <...>, what is shorter */
struct pdf_object pdf_hex(const void *bytes, size_t n);		   /* borrowed; written as <...> */
/* A text string: as it is where it is printable ASCII, else UTF-16BE with a mark. utf8 must be valid. */
struct pdf_object pdf_text(const char *utf8, struct arena *);
/* The other way: the UTF-8 text of a text string (PDFDocEncoding, UTF-16BE or UTF-8 with marks); NULL where it is none. */
const char *pdf_text_utf8(const struct pdf_object *, struct arena *);
struct pdf_object pdf_reference(uint32_t number);		   /* generation 0 */
struct pdf_object pdf_verbatim(const char *bytes, size_t n);	   /* borrowed; must be one whole value */
/* The same, and pdf/write.h tells where its first byte went; mark: 1 to PDF_MARKS_MAX. */
struct pdf_object pdf_marked(const char *bytes, size_t n, unsigned mark);

struct pdf_object pdf_array(const struct pdf_object *item, size_t n, struct arena *);  /* copies the n structs */
/* NAME, VALUE pairs: pdf_dict((struct pdf_pair[]){ { "Type", pdf_name("Sig") }, ... }, n, arena). Keys differ. */
struct pdf_pair {
	const char *key;
	struct pdf_object value;
};
struct pdf_object pdf_dict(const struct pdf_pair *, size_t n, struct arena *);
#define PDF_DICT_OF(arena, ...) \
	pdf_dict((const struct pdf_pair[]){ __VA_ARGS__ }, \
		sizeof((const struct pdf_pair[]){ __VA_ARGS__ }) / sizeof(struct pdf_pair), (arena))
#define PDF_ARRAY_OF(arena, ...) \
	pdf_array((const struct pdf_object[]){ __VA_ARGS__ }, \
		sizeof((const struct pdf_object[]){ __VA_ARGS__ }) / sizeof(struct pdf_object), (arena))

/* A DICT or STREAM with the key set (in its place, else last) or taken away; an ARRAY with an item behind the others. Each copies
 * the entries: to build many, fill an array and call pdf_dict or pdf_array once. */
struct pdf_object pdf_with(struct pdf_object dict, const char *key, struct pdf_object value, struct arena *);
struct pdf_object pdf_without(struct pdf_object dict, const char *key, struct arena *);
struct pdf_object pdf_appended(struct pdf_object array, struct pdf_object item, struct arena *);

/* A stream of a DICT and raw bytes (borrowed), already encoded as the dictionary says; /Length is set when it is written. */
struct pdf_object pdf_stream(struct pdf_object dict, const void *raw, size_t n, struct arena *);

#endif
