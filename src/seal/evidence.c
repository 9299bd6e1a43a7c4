#include "seal/evidence.h"

#include <string.h>

void der_list_add(struct der_list *list, struct bytes der, struct arena *a)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->der[i].n == der.n && !memcmp(list->der[i].data, der.data, der.n))
			return;
	if (list->n < EVIDENCE_MAX)
		*ARENA_PUSH(a, list->der, list->n, &list->cap) = (struct bytes){ arena_slice(a, der.data, der.n), der.n };
}
