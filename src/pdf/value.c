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

static bool same_bytes(const char *a, size_t n, const char *b, size_t m)
{
	return n == m && (!n || memcmp(a, b, n) == 0);
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

/* By key; malloc'ed. */
static const struct pdf_entry **sorted_entries(const struct pdf_object *dict)
{
	const struct pdf_entry **entry = memory_new(dict->n + 1, sizeof *entry);

	for (size_t i = 0; i < dict->n; i++)
		entry[i] = &dict->entry[i];
	if (dict->n)
		qsort(entry, dict->n, sizeof *entry, by_key);
	return entry;
}

static bool is_among(const struct pdf_entry *entry, const char *const *key)
{
	for (; *key; key++)
		if (pdf_key_is(entry, *key))
			return true;
	return false;
}

/* What may be otherwise in the second of two dictionaries: the values of those keys, or also keys that the first one has not. */
struct but {
	const char *const *key;
	bool may_add;
};

/* Goes through both lists side by side. */
static bool sorted_same(const struct pdf_entry **x, size_t n, const struct pdf_entry **y, size_t m, const struct but *but)
{
	size_t i = 0, k = 0;

	while (i < n || k < m) {
		int c = i == n ? 1 : k == m ? -1 : by_key(&x[i], &y[k]);

		if (!is_among(c > 0 ? y[k] : x[i], but->key) && (c < 0 || (c > 0 && !but->may_add) || (!c && !pdf_same(&x[i]->value, &y[k]->value))))
			return false;
		i += c <= 0;
		k += c >= 0;
	}
	return true;
}

static bool entries_differ_only(const struct pdf_object *a, const struct pdf_object *b, const struct but *but)
{
	const struct pdf_entry **x = sorted_entries(a), **y = sorted_entries(b);
	bool is_so = sorted_same(x, a->n, y, b->n, but);

	free(x);
	free(y);
	return is_so;
}

static const char *const no_key[] = { NULL };

bool pdf_same_but(const struct pdf_object *a, const struct pdf_object *b, const char *const *key)
{
	return a->kind == PDF_DICT && b->kind == PDF_DICT && entries_differ_only(a, b, &(struct but){ .key = key });
}

bool pdf_only_added(const struct pdf_object *a, const struct pdf_object *b)
{
	return a->kind == PDF_DICT && b->kind == PDF_DICT && entries_differ_only(a, b, &(struct but){ no_key, true });
}

/* Most are in the same order. */
static bool same_entries(const struct pdf_object *a, const struct pdf_object *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!key_is(&a->entry[i], b->entry[i].key, b->entry[i].n_key))
			return entries_differ_only(a, b, &(struct but){ .key = no_key });
	for (size_t i = 0; i < a->n; i++)
		if (!pdf_same(&a->entry[i].value, &b->entry[i].value))
			return false;
	return true;
}

bool pdf_same(const struct pdf_object *a, const struct pdf_object *b)
{
	if (a->kind != b->kind)
		return false;
	switch ((enum pdf_kind)a->kind) {
	case PDF_BOOL:
		return a->truth == b->truth;
	case PDF_REAL:
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
	case PDF_INTEGER:
	case PDF_REFERENCE:
		return a->number == b->number && a->extra == b->extra;
	case PDF_NULL:
		break;
	}
	return true;
}
