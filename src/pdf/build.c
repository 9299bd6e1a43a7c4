#include "pdf/object.h"

#include <string.h>

struct pdf_object pdf_bool(bool truth)
{
	return (struct pdf_object){ .kind = PDF_BOOL, .truth = truth };
}

struct pdf_object pdf_integer(int64_t v)
{
	return (struct pdf_object){ .kind = PDF_INTEGER, .number = v };
}

struct pdf_object pdf_decimal(int64_t millionths, struct arena *arena)
{
	uint64_t v = millionths < 0 ? -(uint64_t)millionths : (uint64_t)millionths;
	char *text;
	size_t n;

	if (v % 1000000 == 0)
		return pdf_integer(millionths / 1000000);
	text = arena_printf(arena, "%s%llu.%06llu", millionths < 0 ? "-" : "", (unsigned long long)(v / 1000000),
		(unsigned long long)(v % 1000000));
	for (n = strlen(text); text[n - 1] == '0'; n--)
		;
	return (struct pdf_object){ .kind = PDF_REAL, .n = (uint32_t)n, .text = text, .number = millionths };
}

static struct pdf_object bytes_of(enum pdf_kind kind, const void *bytes, size_t n)
{
	return (struct pdf_object){ .kind = (uint8_t)kind, .n = (uint32_t)n, .text = bytes };
}

struct pdf_object pdf_name(const char *name)
{
	return bytes_of(PDF_NAME, name, strlen(name));
}

struct pdf_object pdf_string(const void *bytes, size_t n)
{
	return bytes_of(PDF_STRING, bytes, n);
}

struct pdf_object pdf_hex(const void *bytes, size_t n)
{
	struct pdf_object o = bytes_of(PDF_STRING, bytes, n);

	o.hex = true;
	return o;
}

struct pdf_object pdf_reference(uint32_t number)
{
	return (struct pdf_object){ .kind = PDF_REFERENCE, .number = number };
}

struct pdf_object pdf_verbatim(const char *bytes, size_t n)
{
	return bytes_of(PDF_VERBATIM, bytes, n);
}

struct pdf_object pdf_marked(const char *bytes, size_t n, unsigned mark)
{
	struct pdf_object o = bytes_of(PDF_VERBATIM, bytes, n);

	o.extra = (uint16_t)mark;
	return o;
}

struct pdf_object pdf_array(const struct pdf_object *item, size_t n, struct arena *arena)
{
	struct pdf_object *copy = ARENA_ARRAY(arena, n, struct pdf_object);

	if (n)
		memcpy(copy, item, n * sizeof *copy);
	return (struct pdf_object){ .kind = PDF_ARRAY, .n = (uint32_t)n, .item = copy };
}

struct pdf_object pdf_dict(const struct pdf_pair *pair, size_t n, struct arena *arena)
{
	struct pdf_entry *entry = ARENA_ARRAY(arena, n, struct pdf_entry);

	for (size_t i = 0; i < n; i++)
		entry[i] = (struct pdf_entry){ .key = pair[i].key, .n_key = (uint32_t)strlen(pair[i].key), .value = pair[i].value };
	return (struct pdf_object){ .kind = PDF_DICT, .n = (uint32_t)n, .entry = entry };
}

struct pdf_object pdf_with(struct pdf_object dict, const char *key, struct pdf_object value, struct arena *arena)
{
	struct pdf_entry *entry = ARENA_ARRAY(arena, dict.n + (size_t)1, struct pdf_entry);
	size_t at = 0;

	if (dict.n)
		memcpy(entry, dict.entry, dict.n * sizeof *entry);
	while (at < dict.n && !pdf_key_is(&entry[at], key))
		at++;
	entry[at] = (struct pdf_entry){ .key = key, .n_key = (uint32_t)strlen(key), .value = value };
	dict.n += at == dict.n;
	dict.entry = entry;
	return dict;
}

struct pdf_object pdf_without(struct pdf_object dict, const char *key, struct arena *arena)
{
	struct pdf_entry *entry = ARENA_ARRAY(arena, dict.n, struct pdf_entry);
	uint32_t n = 0;

	for (size_t i = 0; i < dict.n; i++)
		if (!pdf_key_is(&dict.entry[i], key))
			entry[n++] = dict.entry[i];
	dict.n = n;
	dict.entry = entry;
	return dict;
}

struct pdf_object pdf_appended(struct pdf_object array, struct pdf_object item, struct arena *arena)
{
	struct pdf_object *copy = ARENA_ARRAY(arena, array.n + (size_t)1, struct pdf_object);

	if (array.n)
		memcpy(copy, array.item, array.n * sizeof *copy);
	copy[array.n++] = item;
	array.item = copy;
	return array;
}

struct pdf_object pdf_stream(struct pdf_object dict, const void *raw, size_t n, struct arena *arena)
{
	struct pdf_raw *bytes = ARENA_NEW(arena, struct pdf_raw);

	*bytes = (struct pdf_raw){ .data = raw, .n = n };
	dict.kind = PDF_STREAM;
	dict.raw = bytes;
	return dict;
}
