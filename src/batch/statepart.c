#include "batch/statepart.h"

#include <stdint.h>

enum { ARGUMENTS_MAX = 32 };

void state_part_put(const struct state_part *p, struct buf *b)
{
	if (!p->shard.n)
		return;
	buf_printf(b, ",\"part\":{\"k\":%u,\"n\":%u,\"from\":", p->shard.k, p->shard.n);
	buf_json(b, p->from);
	buf_puts(b, ",\"arguments\":[");
	for (size_t i = 0; i < p->n_argument; i++) {
		if (i)
			buf_putc(b, ',');
		buf_json(b, p->argument[i]);
	}
	buf_printf(b, "],\"made\":%zu,\"findings\":%zu}", p->n_made, p->n_finding);
}

static bool take_count(const json_t *part, const char *name, json_int_t max, size_t *n)
{
	const json_t *x = json_object_get(part, name);

	*n = json_is_integer(x) && json_integer_value(x) >= 0 && json_integer_value(x) <= max ? (size_t)json_integer_value(x) : 0;
	return json_is_integer(x) && (json_int_t)*n == json_integer_value(x);
}

static bool take_arguments(const json_t *list, struct state_part *p, struct arena *a)
{
	const char **argument;

	p->n_argument = json_array_size(list);
	if (!json_is_array(list) || p->n_argument > ARGUMENTS_MAX)
		return false;
	argument = ARENA_ARRAY(a, p->n_argument + 1, const char *);
	for (size_t i = 0; i < p->n_argument; i++) {
		const char *text = json_string_value(json_array_get(list, i));

		if (!text)
			return false;
		argument[i] = arena_text(a, text);
	}
	p->argument = argument;
	return true;
}

bool state_part_take(const json_t *part, struct state_part *p, struct arena *a)
{
	const char *from = json_string_value(json_object_get(part, "from"));
	size_t k;
	size_t n;

	*p = (struct state_part){ 0 };
	if (!part)
		return true;
	if (!from || !take_count(part, "k", SHARDS_MAX, &k) || !take_count(part, "n", SHARDS_MAX, &n) || k < 1 || k > n
		|| !take_count(part, "made", UINT32_MAX, &p->n_made) || !take_count(part, "findings", UINT32_MAX, &p->n_finding))
		return false;
	p->shard = (struct shard){ (unsigned)k, (unsigned)n };
	p->from = arena_text(a, from);
	return take_arguments(json_object_get(part, "arguments"), p, a);
}
