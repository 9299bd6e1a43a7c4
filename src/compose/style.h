/* style: sizes and distances of a page, read from templates/forms/NAME.xml (nd30 is the state norm, NĐ 30/2020).
 *
 * Units:  mm for the page, pt for type and gaps, as the names say; line heights are multiples of "single" (1.15 x size)
 */
#ifndef COMPOSE_STYLE_H
#define COMPOSE_STYLE_H

#include "model/library.h"

struct page_style {
	double width_mm, height_mm;
	double top_mm, bottom_mm, left_mm, right_mm;
};

enum { ISSUE_LINES = 2 }; /* number and symbol; time */

struct chart_style {
	double across;		/* side by side, at most */
	double height_mm;	/* with what stands below the title */
	double gap_mm;		/* between two beside each other */
	double title_pt, text_pt;
	double line_pt, grid_pt; /* thickness */
	double mark_pt;		/* width of a point's mark */
	double bar_pt;		/* height of a bar's row, at least */
	double height_least_mm; /* at most height_mm: where the file becomes one of one page by it */
	double height_most_mm;	/* where the bars need it, and a file of one page has room for it */
};

struct style {
	struct page_style portrait, landscape;
	double nation_pt, motto_pt, issuer_pt, number_pt, place_pt; /* letterhead */
	double kind_pt, subject_pt;	/* KẾ HOẠCH; trích yếu */
	double body_pt;			/* text, headings */
	double first_line_mm;		/* indent of paragraphs */
	double item_indent_mm;		/* further indent for each level of items below the first */
	double paragraph_gap_pt;	/* before each paragraph */
	double line_spacing;		/* 1 = single */
	double recipients_heading_pt, recipients_pt;
	double signer_pt;
	double signature_space_mm;	/* between title and name */
	double signature_width_mm;	/* of the signer's picture there, at most */
	double seal_mm;			/* diameter */
	double seal_cover;		/* part of the signer's picture that the seal covers, from the left */
	double issue_pt, issue_from_top_mm, issue_width_mm; /* what is printed on a separate appendix when it is issued */
	double page_number_pt;
	double page_number_from_top_mm;
	double rule_pt;			/* thickness of the lines under headings */
	double issuer_rule, subject_rule; /* length as a part of the text line: 1/3 to 1/2 */
	double table_pt, table_min_pt, table_step_pt; /* type size: from, to, in steps */
	double table_rule_pt;
	double table_pad_pt;		/* left and right inside a cell */
	double table_header_pad_pt;	/* above and below inside a cell */
	double draft_pt;
	struct chart_style chart;
	/* Words that no new line stands behind when a number follows ("số"), and before when one precedes ("m²"); NULL-terminated,
	 * or NULL. */
	const char *const *keep_before_number;
	const char *const *keep_after_number;
};

const struct style *style_read(struct library *, const char *name, struct origin at, struct arena *, struct diags *);

#endif
