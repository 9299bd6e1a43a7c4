/* What tasks of a cluster have said, as lines of JSON: it is said here, in the language of who follows them. */
#include "cmd/batchslurm.h"

#include "base/file.h"
#include "batch/said.h"

#include <string.h>

enum { SAID_MAX = 16 << 20 }; /* [bytes] of a task */

/* Whether another area has said the same there: "NAME (CODE): MESSAGE". */
static bool was_said(struct batch *b, const struct finding *f, struct arena *a)
{
	const char *end = strstr(f->message, "): ");
	struct buf key = { 0 };
	bool said;

	buf_printf(&key, "%s%d%s", origin_text(f->at, a), (int)f->severity, end ? end : f->message);
	said = !map_add(b->told, arena_text(&b->arena, key.text), 0, NULL);
	buf_clear(&key);
	return said;
}

/* Errors are those of what joined the parts: it has made again what failed, so that it says them all. */
static void tell_finding(struct batch *b, const struct finding *f, bool joined, struct arena *a)
{
	bool is_error = f->severity == DIAG_ERROR;

	if ((is_error && !joined) || (was_said(b, f, a) && !is_error))
		return;
	diag_add(b->diags, f->severity, f->at, f->rule, "%s", f->message);
}

static void tell_line(struct batch *b, const char *line, bool joined, struct arena *a)
{
	struct finding finding;
	struct said said;

	switch (said_read(line, a, &finding, &said)) {
	case SAID_FINDING:
		tell_finding(b, &finding, joined, a);
		break;
	case SAID_SUMMARY:
		if (joined)
			batch_say(b, &said);
		break;
	case SAID_NOTHING:
		break;
	}
}

static void tell(struct cluster *c, const struct cluster_task *t)
{
	struct arena a = { 0 };
	const char *out = cluster_file(c, t->name, ".out", &a);
	struct bytes bytes;
	char *rest = NULL;

	if (file_read(out, out, SAID_MAX, &a, &bytes, c->b->diags))
		for (char *line = strtok_r(arena_text(&a, bytes.data), "\r\n", &rest); line; line = strtok_r(NULL, "\r\n", &rest))
			tell_line(c->b, line, t == &c->merge, &a);
	arena_clear(&a);
}

bool cluster_tell(struct cluster *c)
{
	size_t n_error = c->b->diags->n_error;

	for (unsigned k = 0; k < c->n_part; k++)
		tell(c, &c->part[k]);
	tell(c, &c->merge);
	if (!c->merge.code || c->b->diags->n_error > n_error)
		return true;
	return diag_error(c->b->diags, (struct origin){ .file = c->folder }, "slurm",
		"what joined the parts has found errors (code %d), but none of them can be read here; what it said is in this folder", c->merge.code);
}
