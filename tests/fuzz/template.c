/* Any bytes as a plan: reading, composing, no file but the style. */
#include "compose/plan.h"

#include "../unit/composed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const struct document *document;
	const struct plan *plan;
	struct sample s;

	sample_init(&s);
	plan = plan_read_bytes((const char *)data, n, "plan.xml", NULL, &s.arena, &s.diags);
	if (plan) {
		struct compose_input in = { .job = &s.job, .plan = plan, .tables = &s.all };

		plan_tables(plan, &s.job, &s.arena);
		compose(&in, &s.library, &s.arena, &document, &s.diags);
	}
	sample_clear(&s);
	return 0;
}
