#include "layout/layout.h"

#include <string.h>

enum { NO_LIST = -1 };

/* [pt] distances that the norm leaves open */
static const double title_gap = 18;
static const double rule_gap = 3;     /* from the descenders to a rule below them */
static const double rule_height = 10; /* of the slab that holds the rule */
static const double title_width = 0.94; /* of the text width, for centred lines */

struct measure measure_of(const struct flow *f, enum setting setting, double size_pt)
{
	struct measure m = {
		.left = f->left, .width = f->width, .size_pt = size_pt, .setting = setting
	};

	if (setting == SET_CENTRED) {
		m.width *= title_width;
		m.left += (f->width - m.width) / 2;
	}
	return m;
}

static bool ends_with_colon(const struct text *t)
{
	const struct word *word = t->n ? t->atom[t->n - 1].word : NULL;

	return word && word->n_text && word->text[word->n_text - 1] == ':';
}

double paragraph_set(struct flow *f, const struct paragraph *p)
{
	const struct measure *m = &p->measure;
	double height = line_height(m->size_pt, p->spacing);
	double baseline = baseline_in(f, m->size_pt, height);
	struct text t = text_end(&f->galley);
	bool keep_next = p->keep_next || ends_with_colon(&t);
	struct glyphs *glyphs;
	size_t n;

	lines_forget(f);
	n = lines_break(f, &t, m).n;
	glyphs = glyphs_new(f, &t);
	for (size_t i = 0; i < n; i++) {
		bool last = i + 1 == n;

		slab_open(f, i ? 0 : p->gap);
		line_set(f, &t, &f->line[i], m, i ? 0 : m->indent, baseline, &glyphs);
		slab_close(f, height, p->keep_all || (last ? keep_next : i == 0 || i + 2 == n));
	}
	return n ? units_pt(f, f->line[n - 1].natural, m->size_pt) : 0;
}

static struct paragraph body_paragraph(const struct flow *f, double further_indent)
{
	struct paragraph p = {
		.measure = measure_of(f, SET_JUSTIFIED, f->style->body_pt),
		.spacing = f->style->line_spacing,
		.gap = f->style->paragraph_gap_pt,
	};

	p.measure.indent = f->style->first_line_mm * PT_PER_MM + further_indent;
	return p;
}

/* A space before what follows, unless one is there. */
static void space_put(struct flow *f, const struct runs *next)
{
	if (f->galley.n && !f->galley.pending_spaces && next->n_run && next->run[0].text &&
		next->run[0].text[0] != ' ')
		text_put(f, &f->galley, " ", FACE_REGULAR, 0, &(struct origin){ 0 });
}

static void paragraph_block(struct flow *f, const struct block *b, unsigned flags)
{
	struct paragraph p = body_paragraph(f, 0);
	int element = element_new(f, ROLE_PARAGRAPH, f->parent);

	galley_clear(&f->galley);
	if (b->number && b->number[0]) {
		text_put(f, &f->galley, b->number, face_of(flags), element, &b->at);
		space_put(f, &b->runs);
	}
	text_runs(f, &f->galley, &b->runs, flags, element);
	paragraph_set(f, &p);
}

static int heading_new(struct flow *f, int level)
{
	int element = element_new(f, ROLE_HEADING, f->parent);

	if (level > f->heading_level + 1)
		level = f->heading_level + 1;
	if (level > HEADING_LEVELS)
		level = HEADING_LEVELS;
	f->pages->element[element].level = level;
	f->heading_level = level;
	return element;
}

static void heading_block(struct flow *f, const struct block *b)
{
	struct paragraph p = body_paragraph(f, 0);
	struct galley *g = &f->galley;
	int element;

	f->section_level = b->level;
	mark_new(f, b, f->left, b->level);
	if (!b->title.n_run) {
		paragraph_block(f, b, 0);
		return;
	}
	element = heading_new(f, f->heading_base + b->level);
	galley_clear(g);
	if (b->number && b->number[0])
		text_put(f, g, b->number, FACE_BOLD, element, &b->at);
	space_put(f, &b->title);
	text_runs(f, g, &b->title, RUN_BOLD, element);
	p.keep_next = f->next && f->next->kind == BLOCK_HEADING && f->next->level > b->level;
	p.keep_all = !b->runs.n_run || p.keep_next;
	if (b->runs.n_run) {
		space_put(f, &b->runs);
		text_runs(f, g, &b->runs, 0, element_new(f, ROLE_PARAGRAPH, f->parent));
	}
	paragraph_set(f, &p);
}

/* ---- lists ---- */

/* What a list of that level hangs from: the item before it of the nearest level above that has one. */
static int list_parent(const struct flow *f, int level)
{
	for (int i = level - 1; i > 0; i--)
		if (f->list[i - 1] != NO_LIST)
			return f->list_body[i - 1];
	return f->parent;
}

/* Lists that the item is not in end: those deeper than it, and those between it and what holds it. */
static void end_lists(struct flow *f, int level, int holder)
{
	if (f->n_list > level)
		f->n_list = level;
	for (int i = holder; i < level - 1 && i < f->n_list; i++)
		if (f->list[i] != NO_LIST)
			f->n_list = holder;
}

/* The list that an item of that level goes in; opened, and others closed, as needed. A level that has no item has no list. */
static int list_at(struct flow *f, int level, int holder)
{
	end_lists(f, level, holder);
	while (f->n_list < level)
		f->list[f->n_list++] = NO_LIST;
	if (f->list[level - 1] == NO_LIST)
		f->list[level - 1] = element_new(f, ROLE_LIST, list_parent(f, level));
	return f->list[level - 1];
}

static int level_of(const struct block *b)
{
	return b->level < 1 ? 1 : b->level > LIST_LEVELS ? LIST_LEVELS : b->level;
}

static struct paragraph item_paragraph(const struct flow *f, const struct block *b)
{
	return body_paragraph(f, (level_of(b) - 1) * f->style->item_indent_mm * PT_PER_MM);
}

/* Text behind other blocks of the item. */
static void item_goes_on(struct flow *f, const struct block *b)
{
	struct paragraph p = item_paragraph(f, b);

	galley_clear(&f->galley);
	text_runs(f, &f->galley, &b->runs, 0, element_new(f, ROLE_PARAGRAPH, f->parent));
	paragraph_set(f, &p);
}

static void item_block(struct flow *f, const struct block *b)
{
	struct paragraph p = item_paragraph(f, b);
	int element = element_new(f, ROLE_LIST_ITEM, list_at(f, level_of(b), b->item < 0 ? 0 : b->item));
	int body;

	galley_clear(&f->galley);
	if (b->number && b->number[0]) {
		text_put(f, &f->galley, b->number, FACE_REGULAR, element_new(f, ROLE_LABEL, element),
			&b->at);
		space_put(f, &b->runs);
	}
	body = element_new(f, ROLE_LIST_BODY, element);
	f->list_body[f->n_list - 1] = body;
	text_runs(f, &f->galley, &b->runs, 0, body);
	paragraph_set(f, &p);
}

/* ---- title and appendix head ---- */

static double centred_set(struct flow *f, const char *s, const struct runs *runs, unsigned flags,
	double size_pt, double gap, int element, const struct origin *at)
{
	struct paragraph p = {
		.measure = measure_of(f, SET_CENTRED, size_pt),
		.spacing = 1,
		.gap = gap,
		.keep_all = true,
	};

	galley_clear(&f->galley);
	if (s)
		text_put(f, &f->galley, s, face_of(flags), element, at);
	else
		text_runs(f, &f->galley, runs, flags, element);
	return paragraph_set(f, &p);
}

/* A rule in the middle, as a part of the text line above it. */
static void centred_rule(struct flow *f, double text_width)
{
	double length = text_width * f->style->subject_rule;
	double x = f->left + (f->width - length) / 2;

	slab_open(f, 0);
	rule_set(f, x, rule_gap, x + length, rule_gap, f->style->rule_pt);
	slab_close(f, rule_height, true);
}

static void title_block(struct flow *f, const struct block *b)
{
	const struct title *head = b->head;
	int element;
	double last;

	f->section_level = 1;
	mark_new(f, b, f->left, 1);
	f->heading_level = 0;
	f->heading_base = 1;
	element = heading_new(f, 1);
	last = centred_set(f, head->name.n_run ? arena_printf(f->arena, "%s ", head->kind) : head->kind, NULL, RUN_BOLD,
		f->style->kind_pt, title_gap, element, &b->at);
	if (head->name.n_run)
		last = centred_set(f, NULL, &head->name, RUN_BOLD, f->style->subject_pt, 0, element,
			&b->at);
	if (head->attached)
		last = centred_set(f, head->attached, NULL, RUN_ITALIC, f->style->body_pt, 2,
			element_new(f, ROLE_PARAGRAPH, f->parent), &b->at);
	centred_rule(f, last);
}

/* Whether the item that holds it is one that was set. */
static bool is_held(const struct flow *f, const struct block *b)
{
	return b->item > 0 && b->item <= f->n_list && f->list[b->item - 1] != NO_LIST;
}

static bool begins_item(const struct block *b)
{
	return b->kind == BLOCK_ITEM && b->item != level_of(b);
}

static void set(struct flow *f, const struct block *b)
{
	switch (b->kind) {
	case BLOCK_LETTERHEAD:
		letterhead_set(f, b);
		break;
	case BLOCK_TITLE:
	case BLOCK_APPENDIX:
		title_block(f, b);
		break;
	case BLOCK_BASIS:
		paragraph_block(f, b, RUN_ITALIC);
		break;
	case BLOCK_HEADING:
		heading_block(f, b);
		break;
	case BLOCK_PARAGRAPH:
		paragraph_block(f, b, 0);
		break;
	case BLOCK_ITEM:
		if (begins_item(b))
			item_block(f, b);
		else
			item_goes_on(f, b);
		break;
	case BLOCK_TABLE:
		table_set(f, b);
		break;
	case BLOCK_CHART:
		charts_set(f, b, 1);
		break;
	case BLOCK_FOOT:
		foot_set(f, b);
		break;
	}
}

/* A block of an item hangs from it, and ends the lists in it; one of none ends all. */
void block_set(struct flow *f, const struct block *b)
{
	int parent = f->parent;

	if (!begins_item(b)) {
		f->n_list = is_held(f, b) ? b->item : 0;
		f->parent = f->n_list ? f->list_body[b->item - 1] : parent;
	}
	set(f, b);
	f->parent = parent;
}
