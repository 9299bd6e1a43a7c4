/* file: reading whole files, staying inside a folder, and writing so that no half file ever has the final name. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/diag.h"

#include <stdint.h>
#include <stdio.h>

enum { FILE_TEMPLATE_MAX = 4 << 20 }; /* [bytes] job, plan, table and dataset files */

struct bytes {
	const char *data; /* a NUL follows the last byte */
	size_t n;
};

/* Whole regular file of at most max bytes. A missing file is an error ("file"), a failing disk a fault ("io"). */
bool file_read(const char *path, const char *shown, size_t max, struct arena *, struct bytes *, struct diags *);

/* For reading a regular file of any size piece by piece, with the same errors; NULL after adding one. */
FILE *file_open(const char *path, const char *shown, struct diags *);

/* The first bytes of a regular file, at most n of them: how many. 0 where it cannot be read: who reads all of it says why. */
size_t file_head(const char *path, char *head, size_t n);

/* Whether a path stays in the folder that it is meant from, by its letters alone; else an error "outside". */
bool file_stays_inside(const char *href, struct origin at, struct diags *);
/* dir/href, for reading; an error ("outside") when href is absolute, has "..", or is a link that leaves dir. */
bool file_within(const char *dir, const char *href, struct origin at, struct arena *, const char **path, struct diags *);
/* The same for a file that need not be there yet: *path is NULL then. */
bool file_may_be_within(const char *dir, const char *href, struct origin at, struct arena *, const char **path, struct diags *);

bool file_exists(const char *path); /* a regular file that can be read */
bool file_is_folder(const char *path);
const char *file_dir(const char *path, struct arena *);	 /* "." where there is none */
const char *file_name(const char *path);		 /* behind the last '/' */
const char *file_join(const char *dir, const char *name, struct arena *);

bool file_make_dirs(const char *dir, struct diags *); /* fault "io" */
bool file_write(const char *path, const char *data, size_t n, struct diags *);
/* The same piece by piece, for what is too much to be held at once. A fault is kept for file_end. */
struct file_out {
	const char *path;
	int fd;
	int why; /* errno of the first fault, or 0 */
};
bool file_begin(const char *path, struct file_out *, struct diags *);
void file_add(struct file_out *, const char *data, size_t n);
bool file_end(struct file_out *, struct diags *);
/* What is written of it stands on the disk, so that it is there even if the machine stops. Fault "io". */
bool file_sync(const char *path, struct diags *);
bool file_rename(const char *from, const char *to, struct diags *);
void file_remove(const char *path); /* a file that is not there is fine */

/* Whether path can be written as a whole: a regular file is there, or nothing; else an error ("file"): a link, a folder, a device. */
bool file_may_replace(const char *path, struct diags *);
/* Makes an empty file beside path, to be written and then given its name. No other program can know its name before, nor put a link
 * there. Errors as file_may_replace; fault "io". */
bool file_reserve(const char *path, struct arena *, const char **part, struct diags *);

/* SHA-256 in lower-case hexadecimal, in the arena. */
const char *sha256_text(const void *data, size_t n, struct arena *);
/* MD5, where a format asks for it as a checksum: no proof of anything. False where the system forbids it. */
enum { MD5_BYTES = 16 };
bool md5_sum(const void *data, size_t n, unsigned char sum[MD5_BYTES]);
bool file_sha256(const char *path, struct arena *, const char **hex, struct diags *);

#endif
