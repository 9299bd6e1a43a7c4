/* Any bytes through the XML reader into a grid, as rows of a path and as rows below the root, and as a job or template. */
#include "base/grid.h"
#include "base/node.h"
#include "ingest/xml.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void read_rows(const uint8_t *bytes, size_t n, const char *rows)
{
	struct reader_options options = { .shown = "f.xml", .rows = rows };
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct grid grid;

	grid_init(&grid, &a, 0);
	xml_read_bytes((const char *)bytes, n, &options, &grid.sink, &d);
	diags_clear(&d);
	arena_clear(&a);
}

static void check_places(const struct node *n, struct diags *d)
{
	static const char *const none[] = { NULL };

	for (; n; n = n->next) {
		if (n->name)
			node_check_attributes(n, none, d);
		else
			node_place(n, NULL, 3);
		check_places(n->child, d);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = { 0 };
	struct diags d = { 0 };

	read_rows(bytes, n, NULL);
	read_rows(bytes, n, "/r/x");
	check_places(node_read_bytes((const char *)bytes, n, "f.xml", "r", "", &a, &d), &d);
	diags_clear(&d);
	arena_clear(&a);
	return 0;
}
