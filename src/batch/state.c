#include "batch/statefile.h"

#include "base/file.h"

#include <jansson.h>
#include <string.h>
#include <sys/stat.h>

const char *const state_words[] = { [AREA_UNKNOWN] = "unknown", [AREA_DONE] = "done", [AREA_FAILED] = "failed" };
static const int64_t ns = 1000000000;

bool file_mark_of(const char *path, struct file_mark *mark)
{
	struct stat st;

	if (lstat(path, &st) || !S_ISREG(st.st_mode))
		return false;
	*mark = (struct file_mark){ (uint64_t)st.st_size, (int64_t)st.st_mtim.tv_sec * ns + st.st_mtim.tv_nsec };
	return true;
}

bool file_mark_same(struct file_mark a, struct file_mark b)
{
	return a.size == b.size && a.mtime == b.mtime;
}

void state_init(struct state *s, struct arena *a)
{
	*s = (struct state){ .arena = a, .job = "", .program = "", .options = "", .index_key = "" };
	map_init(&s->inputs, a);
	map_init(&s->use_lists, a);
}

uint32_t state_input(struct state *s, struct state_input input)
{
	size_t i;

	if (map_find(&s->inputs, input.path, &i)) {
		s->input[i].mark = input.mark;
		if (strcmp(s->input[i].sha256, input.sha256) != 0)
			s->input[i].sha256 = arena_text(s->arena, input.sha256);
		return (uint32_t)i;
	}
	input.path = arena_text(s->arena, input.path);
	input.sha256 = arena_text(s->arena, input.sha256);
	map_add(&s->inputs, input.path, s->n_input, NULL);
	*ARENA_PUSH(s->arena, s->input, s->n_input, &s->cap_input) = input;
	return (uint32_t)(s->n_input - 1);
}

size_t state_uses(struct state *s, const uint32_t *input, size_t n)
{
	struct buf b = { 0 };
	uint32_t *copy;
	size_t i;

	buf_puts(&b, "");
	for (i = 0; i < n; i++)
		buf_printf(&b, "%u ", input[i]);
	if (!map_find(&s->use_lists, b.text, &i)) {
		copy = ARENA_ARRAY(s->arena, n, uint32_t);
		for (i = 0; i < n; i++)
			copy[i] = input[i];
		i = s->n_uses;
		map_add(&s->use_lists, arena_text(s->arena, b.text), i, NULL);
		*ARENA_PUSH(s->arena, s->uses, s->n_uses, &s->cap_uses) = (struct state_uses){ copy, n };
	}
	buf_clear(&b);
	return i;
}

/* ---- writing ---- */

static const char check_name[] = ",\"check\":\"";
enum { CHECK_LENGTH = sizeof check_name - 1 + STATE_SHA256 + 2 };

/* Ends the object that begins at `from` with a checksum of all that stands in front of it. */
static void seal(struct buf *b, size_t from)
{
	struct arena a = { 0 };
	const char *hex = sha256_text(b->text + from, b->n - from, &a);

	buf_printf(b, "%s%s\"}", check_name, hex);
	arena_clear(&a);
}

bool state_is_sealed(const char *s, size_t n)
{
	struct arena a = { 0 };
	const char *at = s + n - CHECK_LENGTH;
	bool same = n > CHECK_LENGTH && !memcmp(at, check_name, sizeof check_name - 1)
		&& !memcmp(at + sizeof check_name - 1, sha256_text(s, n - CHECK_LENGTH, &a), STATE_SHA256);

	arena_clear(&a);
	return same;
}

static void put_texts(struct buf *b, const char *name, const char *const *text, size_t n)
{
	buf_printf(b, ",\"%s\":[", name);
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_putc(b, ',');
		buf_json(b, text[i]);
	}
	buf_putc(b, ']');
}

static void put_input(struct buf *b, const struct state_input *input)
{
	buf_puts(b, "{\"path\":");
	buf_json(b, input->path);
	buf_printf(b, ",\"size\":%llu,\"mtime\":%lld,\"sha256\":\"%s\"}", (unsigned long long)input->mark.size,
		(long long)input->mark.mtime, input->sha256);
}

static void put_member(struct buf *b, const char *name, const char *text)
{
	buf_printf(b, ",\"%s\":", name);
	buf_json(b, text);
}

static void put_signed(struct buf *b, const struct state_signed *seal)
{
	if (seal->sha256)
		buf_printf(b, ",\"signed\":{\"sha256\":\"%s\",\"size\":%llu,\"mtime\":%lld,\"complete\":%s}", seal->sha256,
			(unsigned long long)seal->mark.size, (long long)seal->mark.mtime, seal->complete ? "true" : "false");
}

/* Without its closing brace. */
static void put_area(struct buf *b, const struct state *s, const struct state_area *area)
{
	buf_puts(b, "{\"code\":");
	buf_json(b, area->code);
	put_member(b, "parent", area->parent);
	put_member(b, "name", area->name);
	put_member(b, "parent_name", area->parent_name);
	put_member(b, "state", state_words[area->state]);
	buf_printf(b, ",\"findings\":%u", area->n_finding);
	if (area->state != AREA_DONE)
		return;
	put_member(b, "key", area->key);
	put_member(b, "manifest", area->manifest);
	buf_puts(b, ",\"outputs\":[");
	for (size_t i = 0; i < area->n_output; i++) {
		buf_puts(b, i ? ",[" : "[");
		buf_json(b, area->output[i].name);
		buf_printf(b, ",%llu,%lld]", (unsigned long long)area->output[i].mark.size, (long long)area->output[i].mark.mtime);
	}
	buf_putc(b, ']');
	put_texts(b, "figures", area->figure, s->n_figure);
	put_texts(b, "values", area->value, s->n_figure);
	put_signed(b, &area->seal);
}

static void put_uses(struct buf *b, const struct state *s)
{
	buf_puts(b, ",\n\"uses\":[");
	for (size_t i = 0; i < s->n_uses; i++) {
		buf_puts(b, i ? ",\n[" : "\n[");
		for (size_t k = 0; k < s->uses[i].n_input; k++)
			buf_printf(b, k ? ",%u" : "%u", s->uses[i].input[k]);
		buf_putc(b, ']');
	}
	buf_putc(b, ']');
}

static void put_index(struct buf *b, const struct state *s)
{
	buf_printf(b, ",\"shown\":%zu,\n\"index\":{\"key\":", s->n_shown);
	buf_json(b, s->index_key);
	buf_puts(b, ",\"files\":[");
	for (size_t i = 0; i < s->n_page; i++) {
		buf_puts(b, i ? ",\n" : "\n");
		put_input(b, &s->page[i]);
	}
	buf_puts(b, "]}");
}

static void put_areas(struct buf *b, const struct state *s)
{
	const char *between = "\n";

	buf_puts(b, ",\n\"areas\":[");
	for (size_t i = 0; i < s->n_area; i++) {
		if (s->area[i].elsewhere)
			continue;
		buf_puts(b, between);
		put_area(b, s, &s->area[i]);
		buf_printf(b, ",\"uses\":%zu}", s->area[i].uses);
		between = ",\n";
	}
}

bool state_write(const struct state *s, const char *path, struct diags *d)
{
	struct buf b = { 0 };
	struct arena a = { 0 };
	const char *part;
	bool ok;

	buf_puts(&b, "{\"job\":");
	buf_json(&b, s->job);
	put_member(&b, "program", s->program);
	put_member(&b, "options", s->options);
	state_part_put(&s->part, &b);
	buf_printf(&b, ",\"lost\":%zu", s->n_lost);
	put_texts(&b, "figures", s->figure, s->n_figure);
	put_index(&b, s);
	buf_puts(&b, ",\n\"inputs\":[");
	for (size_t i = 0; i < s->n_input; i++) {
		buf_puts(&b, i ? ",\n" : "\n");
		put_input(&b, &s->input[i]);
	}
	buf_putc(&b, ']');
	put_uses(&b, s);
	put_areas(&b, s);
	buf_puts(&b, "]");
	seal(&b, 0);
	buf_puts(&b, "\n");
	ok = file_reserve(path, &a, &part, d);
	if (ok) {
		ok = file_write(part, b.text, b.n, d) && file_sync(part, d) && file_rename(part, path, d) && file_sync(file_dir(path, &a), d);
		if (!ok)
			file_remove(part);
	}
	buf_clear(&b);
	arena_clear(&a);
	return ok;
}

void state_put_journal(const struct state *s, const struct state_area *area, struct buf *b)
{
	size_t from = b->n;

	put_area(b, s, area);
	buf_puts(b, ",\"inputs\":[");
	for (size_t i = 0; i < s->uses[area->uses].n_input; i++) {
		if (i)
			buf_putc(b, ',');
		put_input(b, &s->input[s->uses[area->uses].input[i]]);
	}
	buf_puts(b, "]");
	seal(b, from);
	buf_puts(b, "\n");
}

/* ---- what lies there ---- */

static bool listed_output_holds(const json_t *listed, const char *dir, struct arena *a)
{
	struct diags quiet = { .quiet = true };
	const char *name = json_string_value(json_object_get(listed, "path"));
	const char *want = json_string_value(json_object_get(listed, "sha256"));
	const char *found;
	bool ok = state_is_output_name(name) && want && file_sha256(file_join(dir, name, a), a, &found, &quiet) && !strcmp(want, found);

	diags_clear(&quiet);
	return ok;
}

bool state_area_holds(const struct state_area *area, const char *dir, const char *manifest)
{
	struct diags quiet = { .quiet = true };
	struct arena a = { 0 };
	const char *path = file_join(dir, manifest, &a);
	struct bytes bytes;
	json_t *root = NULL;
	bool ok = file_exists(path) && file_read(path, path, FILE_TEMPLATE_MAX, &a, &bytes, &quiet)
		&& !strcmp(sha256_text(bytes.data, bytes.n, &a), area->manifest);
	const json_t *outputs;

	if (ok)
		root = json_loadb(bytes.data, bytes.n, 0, NULL);
	outputs = json_object_get(root, "outputs");
	ok = ok && json_array_size(outputs);
	for (size_t i = 0; ok && i < json_array_size(outputs); i++)
		ok = listed_output_holds(json_array_get(outputs, i), dir, &a);
	json_decref(root);
	arena_clear(&a);
	diags_clear(&quiet);
	return ok;
}
