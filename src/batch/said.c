#include "batch/said.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static const struct count {
	const char *name;
	size_t offset;
} counts[] = {
	{ "areas", offsetof(struct said, n_area) },
	{ "made", offsetof(struct said, n_made) },
	{ "unchanged", offsetof(struct said, n_unchanged) },
	{ "failed", offsetof(struct said, n_failed) },
	{ "findings", offsetof(struct said, n_finding) },
	{ "not_tried", offsetof(struct said, n_untried) },
};

static const enum severity severities[] = { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

void said_put_text(const struct said *s, const struct diags *d, struct buf *out)
{
	buf_printf(out, diag_say(d, "%s: %zu areas: %zu made, %zu unchanged, %zu failed; %zu findings\n"), s->title, s->n_area, s->n_made,
		s->n_unchanged, s->n_failed, s->n_finding);
	if (s->n_untried)
		buf_printf(out, diag_say(d, "%s: %zu areas were not tried\n"), s->title, s->n_untried);
	if (!s->n_shown)
		return;
	buf_printf(out, diag_say(d, "%s: not made:"), s->title);
	for (size_t i = 0; i < s->n_shown; i++)
		buf_printf(out, "%s %s", i ? "," : "", s->failed[i]);
	if (s->n_failed > s->n_shown && s->n_shown == SAID_SHOWN)
		buf_puts(out, ", ...");
	else if (s->n_failed > s->n_shown)
		buf_printf(out, diag_say(d, ", and %zu rows of the list that have faults"), s->n_failed - s->n_shown);
	buf_puts(out, "\n");
}

void said_put_json(const struct said *s, struct buf *out)
{
	buf_puts(out, "{\"summary\":");
	buf_json(out, s->title);
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		buf_printf(out, ",\"%s\":%zu", counts[i].name, *(const size_t *)((const char *)s + counts[i].offset));
	buf_puts(out, ",\"not_made\":[");
	for (size_t i = 0; i < s->n_shown; i++) {
		buf_puts(out, i ? "," : "");
		buf_json(out, s->failed[i]);
	}
	buf_puts(out, "]}\n");
}

/* ---- reading ---- */

static const char *text_in(const json_t *object, const char *name, struct arena *a)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? arena_text(a, text) : NULL;
}

static unsigned number_in(const json_t *object, const char *name)
{
	json_int_t n = json_integer_value(json_object_get(object, name));

	return n > 0 && n <= INT32_MAX ? (unsigned)n : 0;
}

static bool read_summary(const json_t *object, struct arena *a, struct said *s)
{
	const json_t *failed = json_object_get(object, "not_made");
	size_t n = json_array_size(failed);

	*s = (struct said){ .title = text_in(object, "summary", a) };
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		*(size_t *)((char *)s + counts[i].offset) = number_in(object, counts[i].name);
	for (size_t i = 0; i < n && i < SAID_SHOWN; i++) {
		const char *code = json_string_value(json_array_get(failed, i));

		if (code)
			s->failed[s->n_shown++] = arena_text(a, code);
	}
	return s->title;
}

static bool read_finding(const json_t *object, struct arena *a, struct finding *f)
{
	const char *severity = json_string_value(json_object_get(object, "severity"));
	size_t i = 0;

	while (severity && i < sizeof severities / sizeof *severities && strcmp(severity, severity_name(severities[i])) != 0)
		i++;
	if (!severity || i == sizeof severities / sizeof *severities)
		return false;
	*f = (struct finding){ .severity = severities[i], .rule = text_in(object, "rule", a), .message = text_in(object, "message", a) };
	f->at = (struct origin){ .file = text_in(object, "file", a), .sheet = text_in(object, "sheet", a), .row = number_in(object, "row"),
		.col = number_in(object, "col") };
	return f->rule && f->message;
}

enum said_kind said_read(const char *line, struct arena *a, struct finding *finding, struct said *said)
{
	json_t *object = *line == '{' ? json_loads(line, 0, NULL) : NULL;
	enum said_kind kind = SAID_NOTHING;

	if (json_object_get(object, "summary"))
		kind = read_summary(object, a, said) ? SAID_SUMMARY : SAID_NOTHING;
	else if (object)
		kind = read_finding(object, a, finding) ? SAID_FINDING : SAID_NOTHING;
	json_decref(object);
	return kind;
}
