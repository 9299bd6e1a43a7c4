#include "compose/archive.h"

#include "base/file.h"
#include "model/wording.h"

#include <string.h>

enum { PROFILE_MAX = 1 << 20, PROFILE_MIN = 128 }; /* [bytes] */

static const char profile_file[] = "color/srgb.icc";

/* Offsets in the header of a profile (ICC.1, 7.2). */
enum { PROFILE_CLASS = 12, PROFILE_SPACE = 16, PROFILE_MARK = 36 };

static bool read_profile(struct library *library, struct origin at, struct archive *archive, struct arena *a, struct diags *d)
{
	struct library_file file;
	struct bytes bytes;

	if (!library_find_data(library, profile_file, at, &file, d)
		|| !file_read(file.path, file.shown, PROFILE_MAX, a, &bytes, d))
		return false;
	if (bytes.n < PROFILE_MIN || memcmp(bytes.data + PROFILE_MARK, "acsp", 4) || memcmp(bytes.data + PROFILE_SPACE, "RGB ", 4)
		|| memcmp(bytes.data + PROFILE_CLASS, "mntr", 4))
		return diag_error(d, (struct origin){ .file = file.shown }, "template",
			"this is no ICC profile of an RGB screen; put sRGB there");
	archive->profile = bytes.data;
	archive->n_profile = bytes.n;
	return true;
}

static const char *say(const struct wording *w, const char *id, const char *argument, struct arena *a)
{
	return wording_text(w, id, (const char *const[WORDING_ARGUMENTS]){ argument }, a);
}

static bool read_words(struct library *library, struct origin at, struct archive *archive, struct arena *a, struct diags *d)
{
	static const char *const ids[] = { "link", "link.other", "profile", NULL };
	const struct wording *w = wording_read(library, "archive", ids, at, a, d);
	const char *link;
	const char *name;

	if (!w)
		return false;
	link = say(w, "link", "\1", a);
	name = strchr(link, '\1');
	archive->link[0] = name ? arena_slice(a, link, (size_t)(name - link)) : link;
	archive->link[1] = name ? name + 1 : "";
	archive->link_other = say(w, "link.other", NULL, a);
	archive->profile_name = say(w, "profile", NULL, a);
	return true;
}

const struct archive *archive_read(struct library *library, struct origin at, struct arena *a, struct diags *d)
{
	struct archive *archive = ARENA_NEW(a, struct archive);
	bool profile = read_profile(library, at, archive, a, d);

	return read_words(library, at, archive, a, d) && profile ? archive : NULL;
}
