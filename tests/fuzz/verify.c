/* Any bytes as a signed PDF, against an anchor that has signed nothing of it: what came later is told, nothing holds. */
#include "seal/report.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void must(bool truth)
{
	if (!truth)
		__builtin_trap();
}

/* Each signature lists what came after it, by revision, and holds only where nothing of it is a change. */
static void check(const struct file_report *r)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct signature_report *s = &r->signature[i];

		must(!s->ok && (!s->covered || s->bytes));
		for (size_t k = 0; k < s->n_later; k++) {
			must(s->later[k].revision > s->revision);
			must(!k || s->later[k].revision >= s->later[k - 1].revision);
			must((s->later[k].kind == LATER_CHANGE) == (s->later[k].why != WHY_NOT));
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct trust *trust = trust_open();
	struct report_policy policy = { trust, 1796500000, false };
	struct file_report r;

	must(report_read((struct bytes){ (const char *)bytes, n }, "f.pdf", &policy, &a, &r, &d) || d.n_error);
	must(!r.ok && d.n_error);
	check(&r);
	trust_close(trust);
	diags_clear(&d);
	arena_clear(&a);
	return 0;
}
