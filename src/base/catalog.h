/* catalog: the messages in another language, read from templates/locale/LANG.po (the gettext text format).
 *
 * gettext itself translates nothing where the locale is not generated, which is the usual state of the machines this
 * runs on; so the .po file is read directly.
 * Errors: an entry whose conversions (%s, %d...) differ from the English ones is left out: English is printed
 * Source: language = the first set of LC_ALL, LC_MESSAGES, LANG; only `vi...` has a catalogue
 */
#ifndef BASE_CATALOG_H
#define BASE_CATALOG_H

#include "base/arena.h"

struct catalog;

/* NULL when the language is English or the file cannot be read. */
const struct catalog *catalog_open(const char *path, struct arena *);
const char *catalog_find(const struct catalog *, const char *english); /* english itself where nothing is found */

/* The catalogues of a process, each read once, when a message is first looked for in it. */
struct catalogs {
	struct arena *arena; /* lives longer than whoever uses them */
	const struct catalog *first;
};

/* The one of that file, be it there or not; never NULL. */
const struct catalog *catalogs_at(struct catalogs *, const char *path);

/* "vi" or "en", by the environment's variables as given (any may be NULL). */
const char *catalog_language(const char *lc_all, const char *lc_messages, const char *lang);

#endif
