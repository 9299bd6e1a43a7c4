/* Why a file is not finished. */
#include "render/finishing.h"
#include "render/role.h"

static const char *const reasons[WRONG_REASONS] = {
	[WRONG_HEADER_ELSEWHERE] = "a cell names a header that is none of its table",
	[WRONG_HEADER_NONE] = "a cell of a table with headers has none",
	[WRONG_FONT_UNICODE] = "a font does not say which characters its glyphs are",
	[WRONG_FONT_FIELDS] = "a font for form fields cannot be made",
	[WRONG_FONT_EMBEDDED] = "a font is not embedded",
	[WRONG_FIELD_INCOMPLETE] = "a form field has no element, no page or no description",
	[WRONG_HEADING_SKIPPED] = "a level of headings is skipped",
	[WRONG_LINK_ALONE] = "a link belongs to no element",
	[WRONG_ITEM_BODY] = "a list item has no body",
	[WRONG_FIGURE_WORDS] = "a figure does not say in words what it shows",
	[WRONG_EMPTY] = "a list or a row of a table is empty",
	[WRONG_OPERATOR] = "a page has an operator that is not known here",
	[WRONG_PAGE_SIZE] = "a page has another size than it was laid out for",
	[WRONG_PAGE_CONTENT] = "the content of a page is no stream",
	[WRONG_CONTENT_LACKS] = "a page lacks content that the structure tree has",
	[WRONG_PARENT_NONE] = "a page with marked content is not in the parent tree",
	[WRONG_ANNOTATION_DIRECT] = "an annotation is no object of its own",
	[WRONG_ANNOTATION_KIND] = "an element has an annotation that is no link",
	[WRONG_ELEMENT_MOVED] = "an element is not where its parent is",
	[WRONG_FIELD_NONE] = "an element of a form field has no field",
	[WRONG_ELEMENT_LOST] = "an element of the pages is not in the structure tree",
	[WRONG_ROLE] = "an element of the structure tree has another role than that of the pages",
	[WRONG_ELEMENT_PLACE] = "an element stands where it may not",
	[WRONG_MARK_OUTSIDE] = "content outside the pages is marked",
	[WRONG_MARK_ALONE] = "marked content belongs to no element",
	[WRONG_MARK_TWO_OWNERS] = "marked content belongs to two elements",
	[WRONG_MARK_UNOPENED] = "marked content ends that never began",
	[WRONG_MARK_NO_PAGE] = "marked content is on no page",
	[WRONG_MARK_INSIDE] = "marked content stands inside other content",
	[WRONG_TABLE_GRID] = "the cells of a table do not fill its rows",
	[WRONG_CONTENT_UNREADABLE] = "the content of a page cannot be read",
	[WRONG_CONTENT_CUT] = "the content of a page ends too early",
	[WRONG_PAGE_COUNT] = "the file has another number of pages than were laid out",
	[WRONG_ELEMENT_FIRST] = "the first element is not the document",
	[WRONG_PAGE_LIST] = "the pages of the file are not in one list",
	[WRONG_TREE_FEWER] = "the structure tree has fewer elements than the pages",
	[WRONG_TREE_MORE] = "the structure tree has more elements than the pages",
	[WRONG_TREE_UNKNOWN] = "the structure tree holds something that is not known",
	[WRONG_MARK_TWICE] = "two pieces of a page are marked with one number",
};

const char *finish_reason(enum wrong wrong)
{
	return reasons[wrong];
}

bool finish_wrong(struct finish *f, enum wrong wrong, struct finish_place at)
{
	struct origin file = { .file = f->shown };
	const char *reason = diag_say(f->d, reasons[wrong]);

	if (at.page)
		return diag_fault(f->d, file, "finish",
			"the file cannot be finished for the archive: page %zu: %s; this is a fault of the program, please report it", at.page,
			reason);
	if (at.element)
		return diag_fault(f->d, file, "finish",
			"the file cannot be finished for the archive: structure element %zu (%s): %s; this is a fault of the program, please "
			"report it",
			at.element - 1, role_tag(&f->pages->element[at.element - 1]), reason);
	if (at.object)
		return diag_fault(f->d, file, "finish",
			"the file cannot be finished for the archive: object %u: %s; this is a fault of the program, please report it", at.object,
			reason);
	return diag_fault(f->d, file, "finish",
		"the file cannot be finished for the archive: %s; this is a fault of the program, please report it", reason);
}
