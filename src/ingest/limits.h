/* limits: all limits of what is read, in one place. A file that exceeds one is refused with the error "limit", which names
 * the limit and what to do. XML has its own below these: base/sax.h. */
#ifndef INGEST_LIMITS_H
#define INGEST_LIMITS_H

enum {
	/* any reader */
	READER_HEAD = 4096, /* [bytes] that knows() may look at */

	/* files as they are */
	ATTACHED_MAX = 64 << 20, /* [bytes] of all sources that are put into a PDF */

	/* csv */
	CSV_FIELD_MAX = 1 << 20, /* [bytes] of one field */
	CSV_ROW_MAX = 8 << 20,	 /* [bytes] of one row */
	CSV_FAULTLESS_MAX = 128 << 10, /* [bytes] of one row, where rows with faults are passed over: as SCAN_ROW_MAX */
	CSV_COLUMNS_MAX = 16384, /* as many as a spreadsheet has */
	CSV_BLOCK = 256 << 10,	 /* [bytes] read at once */

	/* csv whose rows are only counted: base/tally.h has the others */
	SCAN_ROW_MAX = CSV_FAULTLESS_MAX,  /* [bytes] of one row: a longer one is passed over */
	SCAN_BLOCK = 128 << 10,	   /* [bytes] read at once */
	SCAN_THREADS_MAX = 64,

	/* xml rows */
	XML_COLUMNS_MAX = 1024,	/* different cell names of one source */
	XML_ROW_MAX = 8 << 20,	/* [bytes] of the texts of one row */
	XML_NAME_MAX = 1024,	/* [bytes] of a cell's name with the names above it */
	XML_SEGMENTS_MAX = 16,	/* of rows="/a/b" */

	/* any spreadsheet */
	SHEET_ROWS_MAX = 1048576,  /* as XLSX has them */
	SHEET_COLUMNS_MAX = 16384, /* as XLSX has them */
	SHEET_TEXT_MAX = 1 << 20,  /* [bytes] of one cell */
	SHEET_REPEATED_MAX = 4096, /* rows that one row with cells stands for */
	SHEET_COPIES_MAX = 1000000, /* cells that repeated cells and rows stand for beyond the first */
	SHEET_COPIES_TEXT_MAX = 64 << 20, /* [bytes] of their texts */
	SHEET_BLANKS_MAX = 1000,   /* that one element stands for */
	SHEET_BLANKS_IN_ALL = 1000000, /* in a sheet */
	SHEET_ROW_MAX = 8 << 20,   /* [bytes] of the texts of one row */
	SHEET_CELLS_MAX = 50000000, /* cells that are not blank */
	SHEET_MERGES_MAX = 100000, /* merged ranges of one sheet */
	SHEET_NAMES_MAX = 1024,	   /* sheets of one file */
	SHEET_TITLE_MAX = 512,	   /* [bytes] of the name of one */
	SHEET_STYLES_MAX = 65536,  /* cell formats of one file */
	SHEET_STYLES_TEXT_MAX = 8 << 20, /* [bytes] of the names of those */
	SHEET_STYLES_DEEP = 16,	   /* parents of parents of a cell format */
	SHEET_FONTS_MAX = 65536,
	FORMULAS_TOLD = 20,	   /* places of formulas without a result, of one sheet */

	/* zip containers: XLSX, ODS */
	ZIP_ENTRIES_MAX = 10000,
	ZIP_NAME_MAX = 512,		/* [bytes] */
	ZIP_DIRECTORY_MAX = 8 << 20,	/* [bytes] of all that is said of the entries */
	ZIP_FILE_MAX = 256 << 20,	/* [bytes] of the file itself */
	ZIP_PART_MAX = 1 << 30,		/* [bytes] of one part, counted while it is inflated */
	ZIP_RATIO_MAX = 200,		/* inflated to packed, of parts above ZIP_RATIO_FROM */
	ZIP_RATIO_FROM = 4 << 20,	/* [bytes] inflated */
	OPC_RELATIONS_MAX = 16384,	/* of one part */
	OPC_TEXT_MAX = 4 << 20,		/* [bytes] of the texts of those */
	STRINGS_MAX = 2 << 20,		/* shared strings */
	STRINGS_TEXT_MAX = 32 << 20,	/* [bytes] of all shared strings together */

	/* old Excel files */
	XLS_FILE_MAX = 64 << 20,     /* [bytes] */
	XLS_STRINGS_MAX = 2 << 20,   /* shared strings; their texts: STRINGS_TEXT_MAX */
	XLS_ROWS_MAX = 65536,
	XLS_COLUMNS_MAX = 256,
	XLS_DISORDER_MAX = 1 << 20,  /* cell records of a sheet whose cells are not in order */
	OLE_ENTRIES_MAX = 4096,	     /* of the directory */
	OLE_SMALL_TABLE_MAX = 2 << 20, /* [bytes] */
};

#endif
