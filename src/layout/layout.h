/* layout.h: what the files of layout share; nobody else includes it.
 *
 * Shape:  a part becomes one column of slabs (a line of a paragraph, a row of a table, the foot),
 *         each holding items placed from its own top; paginate cuts the column into pages. Text is
 *         a row of atoms: shaped words with what stands between them
 * Units:  widths of atoms in font units, so that they hold at every size; else points
 * Owner:  the arena of layout()
 */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include "layout/pages.h"

#define SINGLE_SPACING 1.15 /* [of the type size] ascent, descent and the gap of the font */
#define PT_PER_MM (72 / 25.4)

/* ---- text ---- */

/* How an atom stands to the one before; the further down, the worse a new line between them. */
enum joint {
	JOINT_NONE,	 /* never */
	JOINT_SPACE,	 /* always */
	JOINT_BOUND,	 /* "số 45": where lines would get loose */
	JOINT_DASH,	 /* behind - or / between plain words: where lines would get ugly */
	JOINT_RANGE,	 /* "2021 - 2025": where there is hardly another way */
	JOINT_CHARACTER, /* inside a word wider than the line */
	JOINT_FORCED,	 /* a new line always */
};

struct atom {
	const struct word *word;
	const struct block *target; /* of the link it belongs to, or NULL */
	int64_t start, end; /* [font units] were all the text one line */
	int element;
	uint32_t gaps;	 /* that can stretch, up to this atom */
	uint16_t spaces; /* before it, inside a line */
	uint8_t face;
	uint8_t joint;
};

/* A text to be set. */
struct text {
	struct atom *atom; /* [n] */
	size_t n;
	size_t n_space; /* of all atoms */
	int64_t widest; /* [font units] longest part that is not broken */
	int64_t whole;	/* on one line */
	bool goes_on;	/* another text of the element follows: they are words apart */
};

/* Where texts are written, one behind the other. */
struct galley {
	struct atom *atom; /* [n], scratch */
	size_t n, cap;
	size_t first; /* of the text being written */
	size_t n_space;
	int64_t widest, whole;
	int64_t part; /* [font units] since the last place for a new line */
	uint32_t gaps;
	enum joint pending;
	unsigned pending_spaces;
	bool behind_digit;
};

enum setting { SET_JUSTIFIED, SET_LEFT, SET_CENTRED, SET_RIGHT };

struct measure {
	double left;   /* [pt] from the page's left edge */
	double width;
	double indent; /* of the first line */
	double size_pt;
	uint32_t colour; /* 0xRRGGBB of the letters */
	enum setting setting;
};

struct line {
	size_t first, end; /* atoms */
	int64_t natural;   /* [font units] */
	size_t n_gap;	   /* between atoms, that can stretch */
	bool last;	   /* of the text or before a forced new line */
};

/* In flow->line, until lines_forget. */
struct lines {
	size_t first;
	size_t n;
};

/* ---- the column of slabs ---- */

struct table_frame;

struct slab {
	size_t item, n_item; /* in flow->item; their y counts from the slab's top */
	double gap;	     /* before it, unless it begins a page */
	double height;
	bool keep;	     /* no page ends behind it */
	const struct table_frame *frame; /* a body row of that table */
	size_t page;	     /* set by paginate */
	double y;
};

/* What a table repeats on each page, and the lines that are drawn once a page has its rows. */
struct table_frame {
	size_t continued, n_continued; /* items of "(tiếp theo)" and the unit line */
	double continued_height;
	size_t head, n_head; /* items of the header */
	double head_height;
	bool repeats;	     /* false: the head takes most of a page */
	const double *edge;  /* [n_edge] x of the upright rules */
	size_t n_edge;
};

/* A place that a bookmark or a link goes to: the top of a slab. */
struct mark {
	const struct block *block;
	size_t slab;
	double x;
	const char *bookmark; /* or NULL */
	int level;
};

enum { LIST_LEVELS = 3, HEADING_LEVELS = 6 };

struct way;

/* A figure in a slab. */
struct placed_figure {
	int element;
	size_t slab;
};

struct flow {
	const struct document *document;
	const struct style *style;
	struct fonts *fonts;
	struct arena *arena;
	struct diags *diags;
	struct pages *pages; /* the file being made */
	const struct part *only; /* the separate part that the file is of, or NULL */
	size_t cap_page, cap_element, cap_bookmark, cap_anchor, cap_field;
	const struct word *space[FACES];
	double em; /* font units */
	double ascent, descent; /* [of the em] */

	/* the present part */
	double page_width, page_height;
	double left, width, top, bottom; /* of the text */
	struct item *item;
	size_t n_item, cap_item;
	struct slab *slab;
	size_t n_slab, cap_slab;
	struct mark *mark;
	size_t n_mark, cap_mark;
	size_t *field_slab; /* [n_field_slab] of the last fields of pages, whose places count from its top yet */
	size_t n_field_slab, cap_field_slab;
	struct placed_figure *figure; /* whose boxes count from the tops of their slabs yet */
	size_t n_figure, cap_figure;
	const struct block *next; /* behind the one being set, or NULL */
	int parent;	   /* element the blocks hang from */
	int heading_base;  /* 1 below a title, which is the heading of level 1 */
	int heading_level; /* of the last heading element; 0: none yet */
	int bookmark_level; /* of the last bookmark */
	int section_level;  /* bookmark level of the last title or heading; tables go below it */
	int list[LIST_LEVELS], list_body[LIST_LEVELS];
	int n_list; /* lists that are open */

	double chart_least; /* [pt] height of each chart */
	double chart_room;  /* [pt] charts may be higher by, in all */
	double gap_below; /* further, before what follows a table */

	/* scratch: owned by the flow, kept from one text to the next */
	struct galley galley; /* for one text at a time */
	struct galley cells;  /* of the present table */
	struct galley cut;
	struct way *way;
	size_t cap_way;
	struct line *line;
	size_t n_line, cap_line;
};

/* Room for need objects in memory the flow owns; what is new is not zeroed. */
void *scratch_room(void *old, size_t need, size_t *cap, size_t size);
#define SCRATCH_ROOM(array, need, cap) \
	((need) <= *(cap) ? (void)0 \
			  : (void)((array) = scratch_room((array), (need), (cap), sizeof *(array))))
#define SCRATCH_PUSH(array, n, cap) (SCRATCH_ROOM(array, (n) + 1, cap), &(array)[(n)++])

/* text.c: a text is begun, put together and ended; it is valid until its galley is written in. */
void galley_clear(struct galley *); /* forgets all texts and begins one */
void text_begin(struct galley *);   /* behind the texts that are there */
struct text text_end(const struct galley *);
void text_put(struct flow *, struct galley *, const char *s, enum face, int element,
	const struct origin *at);
/* Runs with flags added to theirs; links get elements of their own below element. */
void text_runs(struct flow *, struct galley *, const struct runs *, unsigned flags, int element);
enum face face_of(unsigned flags); /* enum run_flags */
/* Parts wider than max are cut, at best behind their dashes: the text is another one then. */
void text_cut(struct flow *, struct text *, int64_t max);

/* joint.c: how a word behind a space stands to those before it, of which there is at least one. */
enum joint joint_of(const struct style *, const struct atom *before, size_t n_before,
	const char *s, size_t n);
/* Bytes of the word up to and with the next dash or slash between plain words; else n. */
size_t plain_piece(const char *s, size_t n);
/* ... the next dash or slash that has something behind it. */
size_t dashed_piece(const char *s, size_t n);

/* lines.c */
struct lines lines_break(struct flow *, struct text *, const struct measure *);
void lines_forget(struct flow *);

/* set.c */
double line_height(double size_pt, double spacing);
/* From the top of a line of that height to its baseline. */
double baseline_in(const struct flow *, double size_pt, double height);
double units_pt(const struct flow *, int64_t units, double size_pt);
/* One line with its baseline at y of the slab; glyphs has room for its atoms and spaces and is
 * moved behind them. Returns where the text ends; a space behind it says that a new word begins on
 * the next line. */
double line_set(struct flow *, const struct text *, const struct line *, const struct measure *,
	double indent, double y, struct glyphs **glyphs);
struct glyphs *glyphs_new(struct flow *, const struct text *);
/* Lines below each other from y of the open slab, single-spaced; returns their height. */
double lines_set(struct flow *, const struct text *, const struct lines *, const struct measure *,
	double y);
/* The same for the text just written in f->galley. Optionally the width of the last line. */
double text_set(struct flow *, const struct measure *, double y, double *last_width);
/* The same for a plain string. */
double string_set(struct flow *, const char *s, enum face, const struct measure *, int element,
	const struct origin *at, double y, double *last_width);
void rule_set(struct flow *, double x, double y, double x2, double y2, double thickness_pt);

/* flow.c */
int element_new(struct flow *, enum role, int parent);
struct slab *slab_open(struct flow *, double gap);
void slab_close(struct flow *, double height, bool keep);
struct item *item_new(struct flow *);
void mark_new(struct flow *, const struct block *, double x, int level);
bool is_target_here(const struct flow *, const struct block *); /* in the same file */

/* block.c */
void block_set(struct flow *, const struct block *);

/* A paragraph as slabs, a line each: no line of it stands alone at the end or the top of a page. */
struct paragraph {
	struct measure measure;
	double spacing; /* of its lines; 1: single */
	double gap;	/* before it */
	bool keep_all;	/* and with what follows */
	bool keep_next; /* its end with what follows */
};

/* The text just written in f->galley. Returns the width of its last line. */
double paragraph_set(struct flow *, const struct paragraph *);
struct measure measure_of(const struct flow *, enum setting, double size_pt); /* the whole width */

/* fields.c: a field, whose box is still to be set; before the first slab of a part it counts from the top of the page. */
struct form_field *field_new(struct flow *, enum form_field_kind, int element, const char *tooltip);
/* One for the blank of a string, unless that has no name; the string is set in the items from there on. */
void blank_set(struct flow *, const char *s, const struct blank *, enum form_field_kind, size_t first_item);
/* One at the top right of a part that is about to begin. */
void issue_set(struct flow *, const char *tooltip);
/* One that nobody sees, for a document timestamp, where the document has such. */
void timestamp_set(struct flow *);
/* Their pages and places, once the part's slabs have theirs. */
void fields_put(struct flow *, size_t first_page);

/* letterhead.c, foot.c */
void letterhead_set(struct flow *, const struct block *);
void foot_set(struct flow *, const struct block *);

/* table.c */
void table_set(struct flow *, const struct block *);

/* chart.c: how many of the blocks are charts that stand side by side; 1 where the first is none. */
size_t charts_beside(const struct flow *, const struct block *, size_t n_block);
void charts_set(struct flow *, const struct block *, size_t n);
/* [pt] All charts of the file's parts would be higher by, had they room for all bars. */
double charts_lack(const struct flow *, const struct part *);
/* Their pages and places, once the part's slabs have theirs. */
void figures_put(struct flow *);

/* paginate.c */
void paginate(struct flow *);

#endif
