#define _GNU_SOURCE /* RTLD_NEXT */

#include "render/xlsxbook.h"

#include <assert.h>
#include <dlfcn.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* How hard the parts of a workbook are compressed: 3 of 9 takes half the time of the library's own 6, for files a sixth longer. */
enum { ZIP_LEVEL = 3 };

static const char font_name[] = "Times New Roman"; /* unless book_set_font says another */
static const char memory_dir[] = "/dev/shm"; /* temporary files in memory take half the time */

/* ---- the workbook ---- */

static void set_properties(struct book *book, const struct book_words *words)
{
	int64_t created = date_unix(words->date);
	lxw_doc_properties properties = {
		.title = arena_text(&book->arena, words->title ? words->title : ""),
		.subject = arena_text(&book->arena, words->subject ? words->subject : ""),
		.author = arena_text(&book->arena, words->author ? words->author : ""),
		.created = created > 0 ? (time_t)created : 1, /* 0 would be the present time */
	};

	book_note(book, workbook_set_properties(book->workbook, &properties));
}

/* The library says so on standard error when it cannot open the file, so it is opened once before. */
static bool can_write(const char *path, struct diags *d)
{
	FILE *f = fopen(path, "wb");

	if (!f || fclose(f) != 0)
		return diag_fault(d, (struct origin){ .file = path }, "io", "cannot write the file: %s",
			strerror(errno));
	return true;
}

bool book_open(struct book *book, const char *path, const struct book_words *words, struct diags *d)
{
	lxw_workbook_options options = { 0 };

	*book = (struct book){ 0 };
	if (!can_write(path, d))
		return false;
	if (access(memory_dir, W_OK | X_OK) == 0)
		options.tmpdir = arena_text(&book->arena, memory_dir);
	book->workbook = workbook_new_opt(path, &options);
	book_set_font(book, font_name, SHEET_PT);
	set_properties(book, words);
	return true;
}

bool book_close(struct book *book, const char *path, struct diags *d)
{
	lxw_error closed = workbook_close(book->workbook);

	arena_clear(&book->arena);
	if (closed != LXW_NO_ERROR)
		return diag_fault(d, (struct origin){ .file = path }, "io", "cannot write the workbook: %s",
			lxw_strerror(closed));
	if (book->error != LXW_NO_ERROR)
		return diag_error(d, (struct origin){ .file = path }, "limit",
			"a table does not fit a workbook: %s", lxw_strerror(book->error));
	return true;
}

/* ---- what the library calls of minizip ---- */

typedef int open_part(void *zip, const char *name, const void *info, const void *extra_local, unsigned extra_local_len, const void *extra,
	unsigned extra_len, const char *comment, int method, int level, int raw, int window_bits, int mem_level, int strategy,
	const char *password, unsigned long crc, unsigned long made_by, unsigned long flags, int zip64);

open_part zipOpenNewFileInZip4_64;

/* libxlsxwriter has no option for the level, so the call by which it begins a part of the file passes here on its way to minizip. */
int zipOpenNewFileInZip4_64(void *zip, const char *name, const void *info, const void *extra_local, unsigned extra_local_len,
	const void *extra, unsigned extra_len, const char *comment, int method, int level, int raw, int window_bits, int mem_level,
	int strategy, const char *password, unsigned long crc, unsigned long made_by, unsigned long flags, int zip64)
{
	void *symbol = dlsym(RTLD_NEXT, "zipOpenNewFileInZip4_64");
	open_part *next;

	(void)level;
	assert(symbol);
	memcpy(&next, &symbol, sizeof next); /* a cast between the two is no C */
	return next(zip, name, info, extra_local, extra_local_len, extra, extra_len, comment, method, ZIP_LEVEL, raw, window_bits,
		mem_level, strategy, password, crc, made_by, flags, zip64);
}
