/* batch.json and its journal, read again: nothing in them is believed that this program does not write. */
#include "batch/statefile.h"

#include "base/file.h"
#include "model/joblist.h"

#include <jansson.h>
#include <string.h>

enum {
	STATE_MAX = 256 << 20, /* [bytes] */
	OUTPUTS_MAX = 1000,
	USES_MAX = 10000,
};

static const char *text_of(const struct state *s, const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? arena_text(s->arena, text) : NULL;
}

static const char *const *read_texts(const struct state *s, const json_t *list, size_t *n)
{
	const char **text;

	*n = json_array_size(list);
	text = ARENA_ARRAY(s->arena, *n, const char *);
	for (size_t i = 0; i < *n; i++) {
		const char *one = json_string_value(json_array_get(list, i));

		if (!one)
			return NULL;
		text[i] = arena_text(s->arena, one);
	}
	return text;
}

/* A checksum as this program writes it. */
static bool is_sha256(const char *s)
{
	return s && strlen(s) == STATE_SHA256 && strspn(s, "0123456789abcdef") == STATE_SHA256;
}

static bool read_mark(const json_t *size, const json_t *mtime, struct file_mark *mark)
{
	if (!json_is_integer(size) || !json_is_integer(mtime) || json_integer_value(size) < 0)
		return false;
	*mark = (struct file_mark){ (uint64_t)json_integer_value(size), json_integer_value(mtime) };
	return true;
}

/* Its texts are those of the object. */
static bool take_input(const json_t *object, struct state_input *input)
{
	*input = (struct state_input){
		.path = json_string_value(json_object_get(object, "path")),
		.sha256 = json_string_value(json_object_get(object, "sha256")),
	};
	return input->path && is_sha256(input->sha256)
		&& read_mark(json_object_get(object, "size"), json_object_get(object, "mtime"), &input->mark);
}

static bool read_input(struct state *s, const json_t *object, uint32_t *index)
{
	struct state_input input;

	if (!take_input(object, &input))
		return false;
	*index = state_input(s, input);
	return true;
}

bool state_is_output_name(const char *name)
{
	return name && *name && *name != '.' && !strchr(name, '/');
}

static bool read_outputs(const struct state *s, const json_t *list, struct state_area *area)
{
	area->n_output = json_array_size(list);
	if (!area->n_output || area->n_output > OUTPUTS_MAX)
		return false;
	area->output = ARENA_ARRAY(s->arena, area->n_output, struct state_output);
	for (size_t i = 0; i < area->n_output; i++) {
		const json_t *one = json_array_get(list, i);
		const char *name = json_string_value(json_array_get(one, 0));

		if (!state_is_output_name(name) || !read_mark(json_array_get(one, 1), json_array_get(one, 2), &area->output[i].mark))
			return false;
		area->output[i].name = arena_text(s->arena, name);
	}
	return true;
}

static bool read_signed(const struct state *s, const json_t *object, struct state_signed *seal)
{
	const json_t *complete = json_object_get(object, "complete");

	*seal = (struct state_signed){ .complete = json_is_true(complete) };
	if (!object)
		return true;
	seal->sha256 = text_of(s, object, "sha256");
	return is_sha256(seal->sha256) && json_is_boolean(complete)
		&& read_mark(json_object_get(object, "size"), json_object_get(object, "mtime"), &seal->mark);
}

static bool read_area(struct state *s, const json_t *object, struct state_area *area)
{
	const char *state = json_string_value(json_object_get(object, "state"));
	size_t n_figure = 0;
	size_t n_value = 0;

	*area = (struct state_area){ .code = text_of(s, object, "code"), .parent = text_of(s, object, "parent"),
		.name = text_of(s, object, "name"), .parent_name = text_of(s, object, "parent_name"),
		.n_finding = (uint32_t)json_integer_value(json_object_get(object, "findings")) };
	if (!state || !area->code || !area->parent || !area->name || !area->parent_name || !list_is_code(area->code)
		|| !list_is_code(area->parent))
		return false;
	area->state = !strcmp(state, state_words[AREA_DONE]) ? AREA_DONE : !strcmp(state, state_words[AREA_FAILED]) ? AREA_FAILED : AREA_UNKNOWN;
	if (area->state != AREA_DONE)
		return true;
	area->key = text_of(s, object, "key");
	area->manifest = text_of(s, object, "manifest");
	area->figure = read_texts(s, json_object_get(object, "figures"), &n_figure);
	area->value = read_texts(s, json_object_get(object, "values"), &n_value);
	return is_sha256(area->key) && is_sha256(area->manifest) && area->figure && area->value && n_figure == s->n_figure
		&& n_value == n_figure
		&& read_outputs(s, json_object_get(object, "outputs"), area)
		&& read_signed(s, json_object_get(object, "signed"), &area->seal);
}

static bool read_uses(struct state *s, const json_t *lists)
{
	for (size_t i = 0; i < json_array_size(lists); i++) {
		const json_t *list = json_array_get(lists, i);
		size_t n = json_array_size(list);
		uint32_t *input = n <= USES_MAX ? ARENA_ARRAY(s->arena, n, uint32_t) : NULL;

		for (size_t k = 0; input && k < n; k++) {
			json_int_t x = json_integer_value(json_array_get(list, k));

			if (x < 0 || (size_t)x >= s->n_input)
				return false;
			input[k] = (uint32_t)x;
		}
		if (!input || state_uses(s, input, n) != i)
			return false;
	}
	return true;
}

static bool read_index(struct state *s, const json_t *index)
{
	const json_t *files = json_object_get(index, "files");

	s->index_key = text_of(s, index, "key");
	s->n_page = json_array_size(files);
	if (!s->index_key || s->n_page > STATE_PAGES)
		return false;
	for (size_t i = 0; i < s->n_page; i++) {
		struct state_input *page = &s->page[i];

		if (!take_input(json_array_get(files, i), page) || !state_is_output_name(page->path))
			return false;
		page->path = arena_text(s->arena, page->path);
		page->sha256 = arena_text(s->arena, page->sha256);
	}
	return true;
}

static bool read_head(struct state *s, const json_t *root)
{
	json_int_t shown = json_integer_value(json_object_get(root, "shown"));

	s->job = text_of(s, root, "job");
	s->program = text_of(s, root, "program");
	s->options = text_of(s, root, "options");
	s->n_lost = (size_t)json_integer_value(json_object_get(root, "lost"));
	s->figure = read_texts(s, json_object_get(root, "figures"), &s->n_figure);
	s->n_shown = (size_t)shown;
	return s->job && s->program && s->options && s->figure && shown >= 0 && s->n_shown <= s->n_figure
		&& read_index(s, json_object_get(root, "index")) && state_part_take(json_object_get(root, "part"), &s->part, s->arena);
}

static bool read_root(struct state *s, const json_t *root)
{
	const json_t *areas = json_object_get(root, "areas");
	const json_t *inputs = json_object_get(root, "inputs");
	uint32_t index;

	if (!read_head(s, root))
		return false;
	for (size_t i = 0; i < json_array_size(inputs); i++)
		if (!read_input(s, json_array_get(inputs, i), &index) || index != i)
			return false;
	if (!read_uses(s, json_object_get(root, "uses")))
		return false;
	for (size_t i = 0; i < json_array_size(areas); i++) {
		struct state_area area;
		json_int_t uses = json_integer_value(json_object_get(json_array_get(areas, i), "uses"));

		if (!read_area(s, json_array_get(areas, i), &area) || uses < 0 || ((size_t)uses >= s->n_uses && area.state == AREA_DONE))
			return false;
		area.uses = (size_t)uses;
		*ARENA_PUSH(s->arena, s->area, s->n_area, &s->cap_area) = area;
	}
	return true;
}

bool state_read(const char *path, struct state *s, struct diags *d)
{
	struct diags quiet = { .quiet = true };
	struct bytes bytes;
	struct arena a = { 0 };
	json_t *root = NULL;
	bool is_there = file_exists(path);
	bool ok = is_there && file_read(path, path, STATE_MAX, &a, &bytes, &quiet) && bytes.n && state_is_sealed(bytes.data, bytes.n - 1);

	if (ok)
		root = json_loadb(bytes.data, bytes.n, 0, NULL);
	ok = root && read_root(s, root);
	if (is_there && !ok)
		diag_warning(d, (struct origin){ .file = path }, "state", "this is not as the program writes it, so all is made anew");
	json_decref(root);
	arena_clear(&a);
	diags_clear(&quiet);
	if (!ok)
		state_init(s, s->arena);
	return ok;
}

/* ---- the journal ---- */

static bool read_line(struct state *s, const char *line, size_t n, struct state_area *area)
{
	json_t *object = state_is_sealed(line, n) ? json_loadb(line, n, 0, NULL) : NULL;
	const json_t *inputs = json_object_get(object, "inputs");
	size_t n_input = json_array_size(inputs);
	uint32_t *input = n_input <= USES_MAX ? ARENA_ARRAY(s->arena, n_input, uint32_t) : NULL;
	bool ok = object && input && read_area(s, object, area);

	for (size_t i = 0; ok && i < n_input; i++)
		ok = read_input(s, json_array_get(inputs, i), &input[i]);
	if (ok)
		area->uses = state_uses(s, input, n_input);
	json_decref(object);
	return ok;
}

void state_read_journal(const char *path, struct state *s)
{
	struct diags quiet = { .quiet = true };
	struct arena a = { 0 };
	struct bytes bytes;
	struct map codes;

	map_init(&codes, &a);
	for (size_t i = 0; i < s->n_area; i++)
		map_add(&codes, s->area[i].code, i, NULL);
	if (!file_exists(path) || !file_read(path, path, STATE_MAX, &a, &bytes, &quiet))
		bytes = (struct bytes){ "", 0 };
	for (const char *line = bytes.data, *end; (end = memchr(line, '\n', (size_t)(bytes.data + bytes.n - line))); line = end + 1) {
		struct state_area area;
		size_t i = s->n_area;

		if (!read_line(s, line, (size_t)(end - line), &area))
			continue;
		if (map_add(&codes, area.code, i, &i))
			*ARENA_PUSH(s->arena, s->area, s->n_area, &s->cap_area) = area;
		else
			s->area[i] = area;
	}
	arena_clear(&a);
	diags_clear(&quiet);
}
