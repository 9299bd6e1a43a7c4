#include "base/texts.h"

void texts_init(struct texts *t, struct arena *a)
{
	*t = (struct texts){ .n = 0 };
	map_init(&t->known, a);
}

const char *texts_keep(struct texts *t, const char *text)
{
	struct arena *a = t->known.arena;
	size_t i;

	if (!text || !*text)
		return text ? "" : NULL;
	if (map_find(&t->known, text, &i))
		return t->text[i];
	text = arena_text(a, text);
	map_add(&t->known, text, t->n, NULL);
	*ARENA_PUSH_OWN(a, t->text, t->n, &t->cap) = text;
	return text;
}

void texts_clear(struct texts *t)
{
	arena_drop(t->known.arena, t->text);
	map_clear(&t->known);
	*t = (struct texts){ .known = t->known };
}
