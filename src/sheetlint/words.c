/* The words by which the checker knows what sheets and sentences are for: Vietnamese and English, folded (base/utf8.h), in lower
 * case. */
#include "sheetlint/linting.h"

#include "base/utf8.h"

#include <string.h>

enum { WORDS_MAX = 24, WORD_BYTES_MAX = 256 }; /* longer texts are none of them */

static const char *const words[XL_WORDS][WORDS_MAX] = {
	[WORD_COVER] = { "bìa", "trang bìa", "giới thiệu", "cover", "cover sheet" },
	[WORD_CONTENTS] = { "mục lục", "nội dung", "contents", "table of contents" },
	[WORD_NOTES] = { "ghi chú", "chú thích", "notes" },
	[WORD_ONE_TABLE] = { "một bảng", "01 bảng", "one table" },
	[WORD_BLANK] = { "ô trống", "để trống", "blank" },
	[WORD_NOTE_MARK] = { "[ghi chú ", "[chú thích ", "[note " },
	[WORD_NOTE] = { "ghi chú", "chú thích", "note" },
	[WORD_LINK] = { "tại đây", "xem tại đây", "ở đây", "liên kết", "đường dẫn", "bấm vào đây", "here", "click here", "link", "this link" },
	[WORD_CONTACT] = { "liên hệ", "đầu mối", "contact" },
	[WORD_PUBLISHED] = { "ngày công bố", "ngày phát hành", "ngày lập", "ngày báo cáo", "publication date", "date of publication", "published" },
	[WORD_NEXT] = { "lần cập nhật tiếp theo", "cập nhật tiếp theo", "kỳ cập nhật tiếp theo", "lần công bố tiếp theo", "kỳ tiếp theo", "next update",
		"next publication" },
	[WORD_PLAIN_NAME] = { "sheet", "table", "bảng", "trang tính", "trang_tính", "bang" },
	[WORD_SANS] = { "arial", "calibri", "helvetica", "liberation sans", "carlito", "verdana", "tahoma", "segoe ui", "open sans", "noto sans",
		"dejavu sans", "aptos", "roboto", "trebuchet ms", "arimo", "aptos narrow", "arial narrow", "source sans pro" },
};

bool xl_is_word(struct xl *x, enum xl_word w, const char *text)
{
	const char *folded;

	if (strnlen(text, WORD_BYTES_MAX + 1) > WORD_BYTES_MAX)
		return false;
	folded = utf8_fold(text, strlen(text), &x->arena);
	for (size_t i = 0; words[w][i]; i++)
		if (!strcmp(words[w][i], folded))
			return true;
	return false;
}

bool xl_has_word(struct xl *x, enum xl_word w, const char *text)
{
	const char *folded = utf8_fold(text, strlen(text), &x->arena);

	for (size_t i = 0; words[w][i]; i++)
		if (strstr(folded, words[w][i]))
			return true;
	return false;
}

size_t xl_begins(enum xl_word w, const char *folded)
{
	for (size_t i = 0; words[w][i]; i++)
		if (!strncmp(folded, words[w][i], strlen(words[w][i])))
			return strlen(words[w][i]);
	return 0;
}
