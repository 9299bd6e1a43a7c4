#include "cmd/produce.h"

#include "base/file.h"
#include "cmd/attach.h"
#include "render/pdf.h"

#include <string.h>

static void add_backend(struct produce *p, const struct backend *backend)
{
	for (size_t i = 0; i < p->n_backend; i++)
		if (p->backend[i] == backend)
			return;
	p->backend[p->n_backend++] = backend;
}

static bool choose_backend(const char *name, struct produce *p, struct diags *d)
{
	const struct backend *backend = backend_find(name);
	struct origin nowhere = { 0 };
	const char *names[BACKENDS_MAX];
	size_t n = 0;

	if (backend) {
		add_backend(p, backend);
		return true;
	}
	for (; n < BACKENDS_MAX && backends[n]; n++)
		names[n] = backends[n]->name;
	if (suggest(name, names, n))
		return diag_error(d, nowhere, "usage", "--only does not know '%s'; did you mean %s?", name,
			suggest(name, names, n));
	return diag_error(d, nowhere, "usage", "--only does not know '%s'", name);
}

bool produce_choose(struct produce *p, struct arena *a, struct diags *d)
{
	bool ok = true;
	char *rest = NULL;

	for (size_t i = 0; !p->only && backends[i]; i++)
		if (backends[i]->usual)
			add_backend(p, backends[i]);
	if (!p->only)
		return true;
	for (char *name = strtok_r(arena_text(a, p->only), ", ", &rest); name; name = strtok_r(NULL, ", ", &rest))
		ok = choose_backend(name, p, d) && ok;
	if (ok && !p->n_backend)
		return diag_error(d, (struct origin){ 0 }, "usage", "--only names nothing; write --only pdf,xlsx,json");
	return ok;
}

/* The plan, then the appendices that are files of their own. Only the plan holds attachments. */
static bool paint_files(const struct backend *backend, const struct made *made, const struct pdf_options *attached,
	struct fonts *fonts, const char *dir, struct arena *a, struct diags *d)
{
	static const struct pdf_options alone = { 0 };

	for (size_t i = 0; i < made->n_file; i++) {
		const char *stem = i ? arena_printf(a, "appendix-%zu", i) : backend->stem;
		const char *path = file_join(dir, arena_printf(a, "%s%s", stem, backend->suffix), a);

		if (!backend->paint(&made->file[i], fonts, i ? &alone : attached, path, d))
			return false;
	}
	return true;
}

bool produce_files(const struct produce *p, const struct made *made, struct fonts *fonts, const char *dir,
	struct arena *a, struct diags *d)
{
	struct pdf_options attached = { 0 };
	bool ok = !p->attach || attach_sources(made->job, a, &attached, d);

	for (size_t i = 0; ok && i < p->n_backend; i++) {
		const struct backend *backend = p->backend[i];
		const char *name = arena_printf(a, "%s%s", backend->stem, backend->suffix);

		if (backend->wanted && !backend->wanted(made->document))
			continue;
		if (backend->paint)
			ok = paint_files(backend, made, &attached, fonts, dir, a, d);
		else
			ok = backend->write(made->document, fonts, file_join(dir, name, a), d);
	}
	return ok;
}
