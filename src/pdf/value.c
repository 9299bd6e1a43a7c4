#include "pdf/object.h"

#include <stdlib.h>
#include <string.h>

const struct pdf_object pdf_null = { 0 };

bool pdf_name_is(const struct pdf_object *o, const char *name)
{
	return o->kind == PDF_NAME && o->n == strlen(name) && memcmp(o->text, name, o->n) == 0;
}

bool pdf_string_is(const struct pdf_object *o, const char *s)
{
	return o->kind == PDF_STRING && o->n == strlen(s) && memcmp(o->text, s, o->n) == 0;
}

static bool key_is(const struct pdf_entry *e, const char *key, size_t n)
{
	return e->n_key == n && memcmp(e->key, key, n) == 0;
}

bool pdf_key_is(const struct pdf_entry *e, const char *key)
{
	return key_is(e, key, strlen(key));
}

static const struct pdf_object *find(const struct pdf_object *dict, const char *key, size_t n)
{
	if (dict->kind == PDF_DICT || dict->kind == PDF_STREAM)
		for (size_t i = 0; i < dict->n; i++)
			if (key_is(&dict->entry[i], key, n))
				return &dict->entry[i].value;
	return &pdf_null;
}

const struct pdf_object *pdf_find(const struct pdf_object *dict, const char *key)
{
	return find(dict, key, strlen(key));
}

bool pdf_has(const struct pdf_object *dict, const char *key)
{
	return pdf_find(dict, key)->kind != PDF_NULL;
}

bool pdf_millionths(const struct pdf_object *o, int64_t *v)
{
	if (o->kind == PDF_INTEGER)
		return !__builtin_mul_overflow(o->number, INT64_C(1000000), v);
	*v = o->number;
	return o->kind == PDF_REAL;
}

/* A number's text, without sign, leading zeros and zeros behind the point. */
struct digits {
	bool is_minus;
	const char *whole;
	size_t n_whole;
	const char *part;
	size_t n_part;
};

static struct digits digits_of(const char *s, size_t n)
{
	struct digits d = { .is_minus = n && *s == '-' };
	const char *end = s + n, *point;

	s += n && (*s == '-' || *s == '+');
	while (s < end && *s == '0')
		s++;
	point = memchr(s, '.', (size_t)(end - s));
	d.whole = s;
	d.n_whole = (size_t)((point ? point : end) - s);
	d.part = point ? point + 1 : end;
	while (end > d.part && end[-1] == '0')
		end--;
	d.n_part = (size_t)(end - d.part);
	d.is_minus = d.is_minus && d.n_whole + d.n_part;
	return d;
}

static bool same_digits(struct digits a, struct digits b)
{
	return a.is_minus == b.is_minus && a.n_whole == b.n_whole && a.n_part == b.n_part && memcmp(a.whole, b.whole, a.n_whole) == 0
		&& memcmp(a.part, b.part, a.n_part) == 0;
}

static struct digits number_digits(const struct pdf_object *o, char text[24])
{
	uint64_t v = o->number < 0 ? -(uint64_t)o->number : (uint64_t)o->number;
	size_t at = 24;

	if (o->kind == PDF_REAL)
		return digits_of(o->text, o->n);
	for (; v; v /= 10)
		text[--at] = (char)('0' + v % 10);
	if (o->number < 0)
		text[--at] = '-';
	return digits_of(text + at, 24 - at);
}

static bool same_number(const struct pdf_object *a, const struct pdf_object *b)
{
	char x[24], y[24];

	if (a->kind == PDF_INTEGER && b->kind == PDF_INTEGER)
		return a->number == b->number;
	return same_digits(number_digits(a, x), number_digits(b, y));
}

static bool same_items(const struct pdf_object *a, const struct pdf_object *b)
{
	for (size_t i = 0; i < a->n && i < b->n; i++)
		if (!pdf_same(&a->item[i], &b->item[i]))
			return false;
	return a->n == b->n;
}

static int by_key(const void *a, const void *b)
{
	const struct pdf_entry *x = *(const struct pdf_entry *const *)a, *y = *(const struct pdf_entry *const *)b;
	int c = memcmp(x->key, y->key, x->n_key < y->n_key ? x->n_key : y->n_key);

	return c ? c : (x->n_key > y->n_key) - (x->n_key < y->n_key);
}

/* The entries that are not null, by key; malloc'ed. */
static const struct pdf_entry **sorted_entries(const struct pdf_object *dict, size_t *n)
{
	const struct pdf_entry **entry = memory_new(dict->n, sizeof *entry);

	*n = 0;
	for (size_t i = 0; i < dict->n; i++)
		if (dict->entry[i].value.kind != PDF_NULL)
			entry[(*n)++] = &dict->entry[i];
	qsort(entry, *n, sizeof *entry, by_key);
	return entry;
}

static bool same_entries_in_any_order(const struct pdf_object *a, const struct pdf_object *b)
{
	size_t n, m;
	const struct pdf_entry **x = sorted_entries(a, &n), **y = sorted_entries(b, &m);
	bool is_same = n == m;

	for (size_t i = 0; i < n && is_same; i++)
		is_same = key_is(x[i], y[i]->key, y[i]->n_key) && pdf_same(&x[i]->value, &y[i]->value);
	free(x);
	free(y);
	return is_same;
}

/* Most are in the same order. */
static bool same_entries(const struct pdf_object *a, const struct pdf_object *b)
{
	if (a->n != b->n)
		return same_entries_in_any_order(a, b);
	for (size_t i = 0; i < a->n; i++)
		if (!key_is(&a->entry[i], b->entry[i].key, b->entry[i].n_key))
			return same_entries_in_any_order(a, b);
	for (size_t i = 0; i < a->n; i++)
		if (!pdf_same(&a->entry[i].value, &b->entry[i].value))
			return false;
	return true;
}

static bool same_bytes(const char *a, size_t n, const char *b, size_t m)
{
	return n == m && (!n || memcmp(a, b, n) == 0);
}

bool pdf_same(const struct pdf_object *a, const struct pdf_object *b)
{
	bool is_number = a->kind == PDF_INTEGER || a->kind == PDF_REAL;

	if (is_number && (b->kind == PDF_INTEGER || b->kind == PDF_REAL))
		return same_number(a, b);
	if (a->kind != b->kind)
		return false;
	switch ((enum pdf_kind)a->kind) {
	case PDF_BOOL:
		return a->truth == b->truth;
	case PDF_STRING:
	case PDF_NAME:
	case PDF_VERBATIM:
		return same_bytes(a->text, a->n, b->text, b->n);
	case PDF_ARRAY:
		return same_items(a, b);
	case PDF_DICT:
		return same_entries(a, b);
	case PDF_STREAM:
		return same_bytes(a->raw->data, a->raw->n, b->raw->data, b->raw->n) && same_entries(a, b);
	case PDF_REFERENCE:
		return a->number == b->number && a->extra == b->extra;
	case PDF_NULL:
	case PDF_INTEGER:
	case PDF_REAL:
		break;
	}
	return true;
}
