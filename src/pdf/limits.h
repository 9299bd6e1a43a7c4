/* limits: all limits of PDF files that are read, in one place. A file that exceeds one is refused with the error "limit",
 * which names the limit and what to do. */
#ifndef PDF_LIMITS_H
#define PDF_LIMITS_H

enum {
	PDF_FILE_MAX = 1 << 30,	      /* [bytes] of a file */
	PDF_REVISIONS_MAX = 1000,     /* of a file */
	PDF_NUMBER_MAX = 8388607,     /* the highest object number */
	PDF_GENERATION_MAX = 65535,
	PDF_ENTRIES_MAX = 4 << 20,    /* entries of all cross-reference sections together */
	PDF_VALUES_MAX = 16 << 20,    /* values (numbers, names, arrays, ...) of all objects together */
	PDF_DEPTH_MAX = 100,	      /* arrays and dictionaries in each other */
	PDF_STRING_MAX = 32 << 20,    /* [bytes] of a string */
	PDF_NAME_MAX = 4096,	      /* [bytes] of a name */
	PDF_PACKED_MAX = 1 << 20,     /* objects of one object stream */
	PDF_INFLATED_MAX = 256 << 20, /* [bytes] of one stream, decoded */
	PDF_INFLATED_TOTAL = 1 << 30, /* [bytes] of all streams of a file that are decoded */
	PDF_FILTERS_MAX = 8,	      /* of one stream */
	PDF_MARKS_MAX = 8,	      /* places in what is written that are asked for later */
};

#endif
