#define _XOPEN_SOURCE 700 /* realpath */

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_PIECE = 64 << 10, PART_BYTES = 8 };

static struct origin whole_file(const char *shown)
{
	return (struct origin){ .file = shown };
}

/* Reading failed: what the user can put right is an error, else the machine is at fault. */
static bool reading_failed(const char *shown, int why, struct diags *d)
{
	switch (why) {
	case ENOENT:
	case ENOTDIR:
		return diag_error(d, whole_file(shown), "file", "there is no such file; check its name and folder");
	case EACCES:
	case EPERM:
		return diag_error(d, whole_file(shown), "file", "this file may not be read; ask for the right to read it");
	case ELOOP:
	case ENAMETOOLONG:
	case EISDIR:
	case ENXIO:
	case EINVAL:
		return diag_error(d, whole_file(shown), "file", "this is no file that can be read");
	default:
		return diag_fault(d, whole_file(shown), "io", "reading failed: %s", strerror(why));
	}
}

static bool writing_failed(const char *path, int why, struct diags *d)
{
	return diag_fault(d, whole_file(path), "io", "writing failed: %s", strerror(why));
}

/* O_NONBLOCK: a FIFO must not hold us up before we see that it is one. */
static bool open_regular(const char *path, const char *shown, int *fd, size_t *size,
	struct diags *d)
{
	struct stat st;

	*fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (*fd < 0)
		return reading_failed(shown, errno, d);
	if (fstat(*fd, &st)) {
		int why = errno;

		close(*fd);
		return reading_failed(shown, why, d);
	}
	if (!S_ISREG(st.st_mode)) {
		close(*fd);
		return diag_error(d, whole_file(shown), "file", "this is a folder, a pipe or a device; name a file");
	}
	*size = (size_t)st.st_size;
	return true;
}

/* Up to n bytes; fewer only at the end of the file. */
static bool read_piece(int fd, char *into, size_t n, size_t *n_read)
{
	*n_read = 0;
	while (*n_read < n) {
		ssize_t k = read(fd, into + *n_read, n - *n_read);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return false;
		if (!k)
			break;
		*n_read += (size_t)k;
	}
	return true;
}

bool file_read(const char *path, const char *shown, size_t max, struct arena *a,
	struct bytes *bytes, struct diags *d)
{
	size_t size;
	size_t n;
	char *data;
	bool ok;
	int fd;

	if (!shown)
		shown = path;
	if (!open_regular(path, shown, &fd, &size, d))
		return false;
	if (size > max) {
		ok = diag_error(d, whole_file(shown), "limit",
			"this file has %zu bytes; at most %zu are read: is it the right one?", size, max);
		goto out;
	}
	/* One byte more than the size shows whether the file grew meanwhile; the arena's zero
	 * ends the text. */
	data = arena_array(a, size + 2, 1);
	ok = read_piece(fd, data, size + 1, &n) || reading_failed(shown, errno, d);
	if (ok && n > size)
		ok = diag_error(d, whole_file(shown), "file", "this file grew while it was read; run this again");
	if (ok)
		*bytes = (struct bytes){ data, n };
	else
		OPENSSL_cleanse(data, size + 2); /* it may be a key */
out:
	close(fd);
	return ok;
}

FILE *file_open(const char *path, const char *shown, struct diags *d)
{
	size_t size;
	FILE *file;
	int fd;

	if (!shown)
		shown = path;
	if (!open_regular(path, shown, &fd, &size, d))
		return NULL;
	file = fdopen(fd, "rb");
	if (!file) {
		reading_failed(shown, errno, d);
		close(fd);
	}
	return file;
}

size_t file_head(const char *path, char *head, size_t n)
{
	struct diags unheard = { .quiet = true };
	FILE *f = file_open(path, path, &unheard);

	n = f ? fread(head, 1, n, f) : 0;
	if (f)
		fclose(f);
	diags_clear(&unheard);
	return n;
}

/* Whether a relative path stays inside by its letters alone. */
static bool stays_inside(const char *href)
{
	if (!*href || *href == '/' || strchr(href, '\\'))
		return false;
	while (*href) {
		size_t n = strcspn(href, "/");

		if (n == 2 && href[0] == '.' && href[1] == '.')
			return false;
		href += n;
		href += strspn(href, "/");
	}
	return true;
}

static bool is_below(const char *dir, const char *path)
{
	size_t n = strlen(dir);

	if (n == 1) /* "/" */
		return true;
	return !strncmp(path, dir, n) && path[n] == '/';
}

bool file_stays_inside(const char *href, struct origin at, struct diags *d)
{
	if (stays_inside(href))
		return true;
	return diag_error(d, at, "outside",
		"'%s' leads out of the folder of this file; copy what it names into the folder, and write its "
		"path from there",
		href);
}

/* may_lack: nothing need be there; *path is NULL then. */
static bool find_within(const char *dir, const char *href, bool may_lack, struct origin at, struct arena *a, const char **path,
	struct diags *d)
{
	const char *joined;
	char *real_dir = NULL;
	char *real = NULL;
	bool ok = true;

	*path = NULL;
	if (!file_stays_inside(href, at, d))
		return false;
	joined = file_join(dir, href, a);
	real_dir = realpath(*dir ? dir : ".", NULL);
	real = realpath(joined, NULL);
	if (!real_dir || !real) {
		if (errno == EIO || errno == ENOMEM)
			ok = diag_fault(d, at, "io", "'%s': %s", href, strerror(errno));
		else if (errno == EACCES)
			ok = diag_error(d, at, "file", "the file '%s' may not be read; ask for the right to read it", href);
		else if (!may_lack)
			ok = diag_error(d, at, "file", "there is no file '%s' in the folder of this file", href);
	} else if (!is_below(real_dir, real)) {
		ok = diag_error(d, at, "outside",
			"'%s' is a link out of the folder of this file; copy what it names into the folder", href);
	} else {
		*path = joined;
	}
	free(real_dir);
	free(real);
	return ok;
}

bool file_within(const char *dir, const char *href, struct origin at, struct arena *a, const char **path, struct diags *d)
{
	return find_within(dir, href, false, at, a, path, d);
}

bool file_may_be_within(const char *dir, const char *href, struct origin at, struct arena *a, const char **path, struct diags *d)
{
	return find_within(dir, href, true, at, a, path, d);
}

bool file_exists(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode) && !access(path, R_OK);
}

bool file_is_folder(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

const char *file_dir(const char *path, struct arena *a)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	if (slash == path)
		return "/";
	return arena_slice(a, path, (size_t)(slash - path));
}

const char *file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *file_join(const char *dir, const char *name, struct arena *a)
{
	size_t n = strlen(dir);

	if (!n || !strcmp(dir, ".") || *name == '/')
		return arena_text(a, name);
	return arena_printf(a, "%s%s%s", dir, dir[n - 1] == '/' ? "" : "/", name);
}

static bool make_dir(const char *dir, struct diags *d)
{
	struct stat st;
	int why;

	if (!mkdir(dir, 0777))
		return true;
	why = errno;
	if (why == EEXIST && !stat(dir, &st)) {
		if (S_ISDIR(st.st_mode))
			return true;
		why = ENOTDIR;
	}
	return diag_fault(d, whole_file(dir), "io", "the folder cannot be made: %s", strerror(why));
}

bool file_make_dirs(const char *dir, struct diags *d)
{
	struct arena tmp = { 0 };
	char *path = arena_text(&tmp, dir);
	bool ok = true;

	for (char *p = path + strspn(path, "/"); ok && *p;) {
		char end;

		p += strcspn(p, "/");
		end = *p;
		*p = '\0';
		ok = make_dir(path, d);
		*p = end;
		p += strspn(p, "/");
	}
	arena_clear(&tmp);
	return ok;
}

bool file_begin(const char *path, struct file_out *out, struct diags *d)
{
	*out = (struct file_out){ .path = path, .fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0666) };
	return out->fd >= 0 || writing_failed(path, errno, d);
}

void file_add(struct file_out *out, const char *data, size_t n)
{
	while (n && !out->why) {
		ssize_t k = write(out->fd, data, n);

		if (k < 0) {
			if (errno != EINTR)
				out->why = errno;
			continue;
		}
		data += k;
		n -= (size_t)k;
	}
}

/* A device, such as the null one, is not removed. */
bool file_end(struct file_out *out, struct diags *d)
{
	struct stat st;
	bool regular = !fstat(out->fd, &st) && S_ISREG(st.st_mode);

	if (close(out->fd) && !out->why)
		out->why = errno;
	if (!out->why)
		return true;
	if (regular)
		unlink(out->path);
	return writing_failed(out->path, out->why, d);
}

bool file_write(const char *path, const char *data, size_t n, struct diags *d)
{
	struct file_out out;

	if (!file_begin(path, &out, d))
		return false;
	file_add(&out, data, n);
	return file_end(&out, d);
}

bool file_sync(const char *path, struct diags *d)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && !fsync(fd);
	int why = errno;

	if (fd >= 0)
		close(fd);
	return ok || diag_fault(d, whole_file(path), "io", "cannot be written: %s", strerror(why));
}

bool file_rename(const char *from, const char *to, struct diags *d)
{
	if (rename(from, to))
		return diag_fault(d, whole_file(to), "io", "'%s' cannot be given this name: %s",
			from, strerror(errno));
	return true;
}

void file_remove(const char *path)
{
	(void)unlink(path);
}

static const char *hex_text(const unsigned char *bytes, size_t n, struct arena *a)
{
	static const char digit[] = "0123456789abcdef";
	char *hex = arena_array(a, 2 * n + 1, 1);

	for (size_t i = 0; i < n; i++) {
		hex[2 * i] = digit[bytes[i] >> 4];
		hex[2 * i + 1] = digit[bytes[i] & 15];
	}
	return hex;
}

bool file_may_replace(const char *path, struct diags *d)
{
	struct stat st;

	return lstat(path, &st) || S_ISREG(st.st_mode)
	       || diag_error(d, whole_file(path), "file",
		       "this is a link, a folder or a device, which is not written over; name another file, or the one that the link leads to");
}

/* The name is no secret, but another one each time: so nothing that lies there is in the way of a later run. */
bool file_reserve(const char *path, struct arena *a, const char **part, struct diags *d)
{
	unsigned char chance[PART_BYTES];
	int fd;

	if (!file_may_replace(path, d))
		return false;
	if (getrandom(chance, sizeof chance, 0) != sizeof chance)
		return writing_failed(path, errno, d);
	*part = arena_printf(a, "%s.%s.part", path, hex_text(chance, sizeof chance, a));
	fd = open(*part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		return writing_failed(*part, errno, d);
	close(fd);
	return true;
}

const char *sha256_text(const void *data, size_t n, struct arena *a)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned n_digest = 0;

	/* SHA-256 is always there; it fails only for want of memory. */
	if (!EVP_Digest(data ? data : "", n, digest, &n_digest, EVP_sha256(), NULL))
		(void)memory_new(SIZE_MAX, SIZE_MAX);
	return hex_text(digest, n_digest, a);
}

bool md5_sum(const void *data, size_t n, unsigned char sum[MD5_BYTES])
{
	unsigned n_sum = 0;

	return EVP_Digest(data ? data : "", n, sum, &n_sum, EVP_md5(), NULL) && n_sum == MD5_BYTES;
}

bool file_sha256(const char *path, struct arena *a, const char **hex, struct diags *d)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned n_digest = 0;
	EVP_MD_CTX *ctx = NULL;
	char *piece = NULL;
	size_t size;
	size_t n;
	bool ok;
	int fd;

	if (!open_regular(path, path, &fd, &size, d))
		return false;
	piece = memory_new(FILE_PIECE, 1);
	ctx = EVP_MD_CTX_new();
	ok = ctx && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL);
	do {
		if (!read_piece(fd, piece, FILE_PIECE, &n)) {
			reading_failed(path, errno, d);
			ok = false;
			goto out;
		}
		ok = ok && EVP_DigestUpdate(ctx, piece, n);
	} while (ok && n == FILE_PIECE);
	ok = ok && EVP_DigestFinal_ex(ctx, digest, &n_digest);
	if (ok)
		*hex = hex_text(digest, n_digest, a);
	else
		diag_fault(d, whole_file(path), "io", "the checksum cannot be computed");
out:
	EVP_MD_CTX_free(ctx);
	free(piece);
	close(fd);
	return ok;
}
