#include "layout/layout.h"

enum { SCRATCH_FIRST = 512 };

void *scratch_room(void *old, size_t need, size_t *cap, size_t size)
{
	size_t more = *cap < SCRATCH_FIRST ? SCRATCH_FIRST : 2 * *cap;

	*cap = need > more ? need : more;
	return memory_resize(old, *cap, size);
}

int element_new(struct flow *f, enum role role, int parent)
{
	struct pages *p = f->pages;

	*ARENA_PUSH(f->arena, p->element, p->n_element, &f->cap_element) = (struct element){
		.role = role,
		.parent = parent,
		.rows = 1,
		.columns = 1,
	};
	return (int)p->n_element - 1;
}

struct item *item_new(struct flow *f)
{
	return SCRATCH_PUSH(f->item, f->n_item, &f->cap_item);
}

struct slab *slab_open(struct flow *f, double gap)
{
	struct slab *slab = SCRATCH_PUSH(f->slab, f->n_slab, &f->cap_slab);

	*slab = (struct slab){ .item = f->n_item, .gap = gap + f->gap_below };
	f->gap_below = 0;
	return slab;
}

void slab_close(struct flow *f, double height, bool keep)
{
	struct slab *slab = &f->slab[f->n_slab - 1];

	slab->n_item = f->n_item - slab->item;
	slab->height = height;
	slab->keep = keep;
}

/* Levels of bookmarks grow by one at most. */
void mark_new(struct flow *f, const struct block *block, double x, int level)
{
	if (level > f->bookmark_level + 1)
		level = f->bookmark_level + 1;
	if (block->bookmark)
		f->bookmark_level = level;
	*SCRATCH_PUSH(f->mark, f->n_mark, &f->cap_mark) =
		(struct mark){ block, f->n_slab, x, block->bookmark, level };
}

bool is_target_here(const struct flow *f, const struct block *target)
{
	const struct document *doc = f->document;

	for (size_t i = 0; i < doc->n_part; i++) {
		const struct part *part = &doc->part[i];

		if (target >= part->block && target < part->block + part->n_block)
			return f->only ? part == f->only : !part->separate;
	}
	return false;
}
