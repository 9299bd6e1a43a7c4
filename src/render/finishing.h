/* finishing: what the files of finish share; nobody else includes it.
 *
 * Order: the structure tree of cairo's file becomes kids of the pages' elements (finishtree.c), then objects are written: pages with
 *        their content (finishpage.c, finishcontent.c) and all they refer to (finishcopy.c), fields (finishform.c, finishfont.c),
 *        the structure (finishstruct.c), attachments (finishattach.c), the catalog (finish.c) with XMP (finishxmp.c)
 * Owner: the finish's arena
 */
#ifndef RENDER_FINISHING_H
#define RENDER_FINISHING_H

#include "pdf/stream.h"
#include "pdf/write.h"
#include "render/finish.h"

enum { NO_KID = -1 };

enum kid_kind {
	KID_CONTENT, /* value: number of marked content on the page */
	KID_LINK,    /* value: object number of the annotation in cairo's file */
	KID_FIELD,   /* value: index of pages->field */
	KID_ELEMENT, /* value: index of pages->element */
};

/* What an element holds, in reading order. */
struct kid {
	uint32_t value;
	uint32_t page; /* index; not KID_ELEMENT */
	int next;
	uint8_t kind;
};

struct finish_element {
	uint32_t number;
	int first, last; /* kids */
	bool seen;	 /* in cairo's tree */
	bool has_link;
};

struct finish_page {
	const struct pdf_object *object;
	uint32_t old;	 /* number in cairo's file */
	uint32_t number;
	int64_t parents; /* /StructParents, -1: none */
	bool has_draft, has_number; /* outside the structure */
	int *owner;	 /* [n_owner] element of each marked content, or -1 */
	size_t n_owner;
	size_t cap;
};

/* A link or field in the parent tree. */
struct finish_parent {
	int64_t key;
	int element;
};

/* What a file is not finished for. */
enum wrong {
	WRONG_HEADER_ELSEWHERE,
	WRONG_HEADER_NONE,
	WRONG_FONT_UNICODE,
	WRONG_FONT_FIELDS,
	WRONG_FONT_EMBEDDED,
	WRONG_FIELD_INCOMPLETE,
	WRONG_HEADING_SKIPPED,
	WRONG_LINK_ALONE,
	WRONG_ITEM_BODY,
	WRONG_FIGURE_WORDS,
	WRONG_EMPTY,
	WRONG_OPERATOR,
	WRONG_PAGE_SIZE,
	WRONG_PAGE_CONTENT,
	WRONG_CONTENT_LACKS,
	WRONG_PARENT_NONE,
	WRONG_ANNOTATION_DIRECT,
	WRONG_ANNOTATION_KIND,
	WRONG_ELEMENT_MOVED,
	WRONG_FIELD_NONE,
	WRONG_ELEMENT_LOST,
	WRONG_ROLE,
	WRONG_ELEMENT_PLACE,
	WRONG_MARK_OUTSIDE,
	WRONG_MARK_ALONE,
	WRONG_MARK_TWO_OWNERS,
	WRONG_MARK_UNOPENED,
	WRONG_MARK_NO_PAGE,
	WRONG_MARK_INSIDE,
	WRONG_TABLE_GRID,
	WRONG_CONTENT_UNREADABLE,
	WRONG_CONTENT_CUT,
	WRONG_PAGE_COUNT,
	WRONG_ELEMENT_FIRST,
	WRONG_PAGE_LIST,
	WRONG_TREE_FEWER,
	WRONG_TREE_MORE,
	WRONG_TREE_UNKNOWN,
	WRONG_MARK_TWICE,
	WRONG_REASONS,
};

/* Where; one of them, or none of them. */
struct finish_place {
	size_t page;	 /* from 1 */
	size_t element;	 /* of the pages, from 1 */
	uint32_t object; /* of cairo's file */
};
#define AT_FILE ((struct finish_place){ 0 })
#define AT_PAGE(i) ((struct finish_place){ .page = (size_t)(i) + 1 })
#define AT_ELEMENT(i) ((struct finish_place){ .element = (size_t)(i) + 1 })
#define AT_OBJECT(n) ((struct finish_place){ .object = (n) })

struct finish {
	const struct painted *painted;
	const struct pages *pages;
	const struct archive *archive;
	const struct pdf_options *options;
	struct fonts *fonts;
	const char *shown;
	struct arena arena;
	struct diags *d;
	size_t n_error; /* before */
	bool claims; /* PDF/A and PDF/UA: with fields */
	struct pdf_file *file;
	struct pdf_view view;
	struct pdf_deflater *deflater;
	struct pdf_writer writer;
	struct buf text; /* of the object being written */

	uint32_t n_old;	   /* one more than the highest number in cairo's file */
	uint32_t *number;  /* [n_old] number in the finished file, 0: not met */
	uint32_t *waiting; /* [n_waiting] met, not written yet */
	size_t n_waiting, cap_waiting;
	uint32_t *page_at; /* [n_old] index of the page, counted from 1 */

	struct finish_page *page;	/* [pages->n_page] */
	struct finish_element *element; /* [pages->n_element] */
	struct kid *kid;		/* [n_kid] */
	size_t n_kid, cap_kid;
	struct finish_parent *parent; /* [n_parent], by key once the tree is read */
	size_t n_parent, cap_parent;
	const struct block **target; /* [pages->n_element] of links */
	int64_t next_key;    /* of the parent tree */
	uint32_t *widget;    /* [pages->n_field] */
	uint32_t form_font[FACES]; /* 0: not written */
};

/* finishwrong.c: a fault "finish". Always false. */
bool finish_wrong(struct finish *, enum wrong, struct finish_place);
const char *finish_reason(enum wrong);

/* finishcheck.c: whether the elements are what the claims say: headings, lists, tables. */
bool finish_check(struct finish *);

/* The element that holds it; that of the document is its own. */
static inline int finish_above(const struct pages *pages, int element)
{
	return pages->element[element].parent < 0 ? 0 : pages->element[element].parent;
}

/* finishtree.c: kids of the elements, owners of marked content. */
bool finish_tree(struct finish *);
void finish_add_kid(struct finish *, int element, struct kid);

/* finishcopy.c: f->text is written as the object of that number. */
void finish_write(struct finish *, uint32_t number);
/* The number of an object of cairo's file in ours, which will be written. */
uint32_t finish_number(struct finish *, uint32_t old);
/* A value of cairo's file into f->text, its references as they are in ours; the entries of a dictionary but for those named
 * (NULL-terminated). */
void finish_put(struct finish *, const struct pdf_object *);
void finish_put_entries(struct finish *, const struct pdf_object *dict, const char *const *but);
bool finish_copy_waiting(struct finish *);
void finish_put_ref(struct finish *, const char *key, uint32_t number); /* key: with what stands before: "/P " */
void finish_put_count(struct buf *, uint64_t);
void finish_put_string(struct finish *, const char *key, const char *text);
/* A box of a page: x, y, x2, y2 from its top left corner. */
void finish_put_box(struct finish *, const char *key, size_t page, const float box[4]);

/* finishcontent.c: the content with artifacts marked, behind what is in out. What it marks must be what the page's owners say. */
bool finish_content(struct finish *, const struct finish_page *, struct bytes content, struct buf *out);

/* finishpage.c */
bool finish_pages_find(struct finish *);
bool finish_page_write(struct finish *, size_t i_page);
void finish_links_prepare(struct finish *); /* once the tree is read */
bool finish_link(struct finish *, const struct pdf_object *annotation, uint32_t old);

/* finishstruct.c: /StructTreeRoot; all elements. */
uint32_t finish_structure(struct finish *);

/* finishform.c: numbers of widgets first, then the fields; /AcroForm, 0: none. finishfont.c */
void finish_form_prepare(struct finish *);
uint32_t finish_form(struct finish *);
uint32_t finish_form_font(struct finish *, enum face);
const char *finish_font_name(enum face); /* as resources call it: "FR" */

/* finishattach.c: file specifications: [options->n_attachment]. */
uint32_t *finish_attach(struct finish *);
void finish_put_attachment_names(struct finish *, const uint32_t *specification);

/* finishxmp.c */
uint32_t finish_info(struct finish *);
uint32_t finish_xmp(struct finish *);

#endif
