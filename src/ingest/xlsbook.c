#include "ingest/xls.h"

#include <stdlib.h>
#include <string.h>

enum {
	/* BOF */
	BOF_SIZE = 4,
	VERSION_8 = 0x0600,
	IS_BOOK = 0x0005,

	/* BOUNDSHEET: where, state, type, name */
	SHEET_HEAD = 6,
	SHEET_STATE = 0x03, /* 0: shown */
	SHEET_IS_CELLS = 0,
};

void xls_book_init(struct xls_book *b, struct xls_bytes bytes, const struct reader_options *options)
{
	*b = (struct xls_book){ 0 };
	records_init(&b->records, bytes, options->shown);
	xls_styles_init(&b->styles);
	sheet_fonts_init(&b->fonts, options);
	b->sheet = memory_new(SHEET_NAMES_MAX, sizeof *b->sheet);
	b->sheet_at = memory_new(SHEET_NAMES_MAX, sizeof *b->sheet_at);
}

void xls_book_clear(struct xls_book *b)
{
	records_clear(&b->records);
	xls_strings_clear(&b->strings);
	xls_styles_clear(&b->styles);
	sheet_fonts_clear(&b->fonts);
	arena_clear(&b->arena);
	free(b->sheet);
	free(b->sheet_at);
}

static struct origin whole(const struct xls_book *b)
{
	return (struct origin){ .file = b->records.shown };
}

static bool take_date_system(struct xls_book *b, struct pieces *p, struct diags *d)
{
	unsigned char flag[2];

	if (!pieces_take(p, flag, sizeof flag, d))
		return false;
	b->is_1904 = le16(flag);
	return true;
}

static bool take_sheet(struct xls_book *b, struct pieces *p, struct diags *d)
{
	unsigned char head[SHEET_HEAD];
	struct buf name = { 0 };
	bool ok = pieces_take(p, head, sizeof head, d) && xls_short_text(p, &name, d);

	if (ok && b->n_sheet == SHEET_NAMES_MAX)
		ok = diag_error(d, whole(b), "limit", "the workbook has more than %d sheets; divide it", SHEET_NAMES_MAX);
	if (ok) {
		b->sheet_at[b->n_sheet] = le32(head);
		b->sheet[b->n_sheet++] = (struct sheet_name){
			.name = arena_slice(&b->arena, name.text ? name.text : "", name.n),
			.hidden = head[4] & SHEET_STATE,
			.is_chart = head[5] != SHEET_IS_CELLS,
		};
	}
	buf_clear(&name);
	return ok;
}

static bool take_strings(struct xls_book *b, struct pieces *p, struct diags *d)
{
	if (b->strings.n)
		return records_damaged(&b->records, p->now.at, d);
	return xls_strings_read(&b->strings, p, d);
}

static bool take_format(struct xls_book *b, struct pieces *p, struct diags *d)
{
	return xls_styles_format(&b->styles, p, d);
}

static bool take_style(struct xls_book *b, struct pieces *p, struct diags *d)
{
	return xls_styles_style(&b->styles, p, d);
}

static bool take_font(struct xls_book *b, struct pieces *p, struct diags *d)
{
	return xls_styles_font(&b->styles, p, d);
}

/* The key is nowhere: such a file cannot be read. Excel encrypts also where only the workbook's structure is protected. */
static bool take_password(struct xls_book *b, struct pieces *p, struct diags *d)
{
	(void)p;
	return diag_error(d, whole(b), "encrypted",
		"this workbook is protected by a password (of the file, or of the workbook's structure); open it, take the password off "
		"and save it");
}

static const struct {
	unsigned id;
	bool (*take)(struct xls_book *, struct pieces *, struct diags *);
} book_records[] = {
	{ XLS_FILEPASS, take_password },
	{ XLS_DATE1904, take_date_system },
	{ XLS_BOUNDSHEET, take_sheet },
	{ XLS_SST, take_strings },
	{ XLS_FORMAT, take_format },
	{ XLS_XF, take_style },
	{ XLS_FONT, take_font },
};

static bool take_record(struct xls_book *b, struct record record, struct diags *d)
{
	struct pieces p;

	for (size_t i = 0; i < sizeof book_records / sizeof *book_records; i++)
		if (book_records[i].id == record.id) {
			pieces_init(&p, &b->records, record);
			return book_records[i].take(b, &p, d);
		}
	return true;
}

bool xls_is_old(const char *shown, struct diags *d)
{
	return diag_error(d, (struct origin){ .file = shown }, "format",
		"this workbook is in the form of Excel 95 or older; open it in a spreadsheet program and save it as XLSX");
}

static bool check_begin(struct xls_book *b, struct diags *d)
{
	struct record r;

	if (!records_next(&b->records, &r, d))
		return false;
	if (r.id != XLS_BOF || r.n < BOF_SIZE)
		return records_damaged(&b->records, r.at, d);
	if (le16(r.data) != VERSION_8)
		return xls_is_old(b->records.shown, d);
	return le16(r.data + 2) == IS_BOOK || records_damaged(&b->records, r.at, d);
}

bool xls_book_read(struct xls_book *b, struct diags *d)
{
	struct record r;

	if (!check_begin(b, d))
		return false;
	do {
		if (!records_next(&b->records, &r, d) || !take_record(b, r, d))
			return false;
	} while (r.id != XLS_EOF);
	return true;
}
