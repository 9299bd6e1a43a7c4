/* kehoach sign: PAdES signatures into one file or many: the key is unlocked once. */
#include "cmd/cmd.h"
#include "cmd/progress.h"
#include "base/file.h"
#include "pdf/limits.h"
#include "seal/sign.h"

#include <string.h>
#include <sys/stat.h>

struct sign_options {
	const char *out, *field;
	const char *p12, *password_file, *key, *cert, *module, *token, *label, *pin_file;
	const char *level, *tsa, *trust;
	const char *image, *reason, *location, *certify, *time, *number, *date;
};

static const struct option sign_command_options[] = {
	{ "-o", "OUT", "the signed file; a folder for NAME.signed.pdf if it ends in /, is one, or several files are given",
		offsetof(struct sign_options, out) },
	{ "--field", "NAME", "which field is signed (the first one that waits)", offsetof(struct sign_options, field) },
	{ "--p12", "FILE", "key and certificates as PKCS#12", offsetof(struct sign_options, p12) },
	{ "--password-file", "FILE", "its password, on one line (asked for on the terminal)", offsetof(struct sign_options, password_file) },
	{ "--key", "FILE", "private key as PEM", offsetof(struct sign_options, key) },
	{ "--cert", "FILE", "its certificate and those above it, as PEM", offsetof(struct sign_options, cert) },
	{ "--pkcs11", "MODULE", "the library of a token", offsetof(struct sign_options, module) },
	{ "--token", "LABEL", "which token", offsetof(struct sign_options, token) },
	{ "--key-label", "LABEL", "which key on it", offsetof(struct sign_options, label) },
	{ "--pin-file", "FILE", "its PIN, on one line (asked for on the terminal)", offsetof(struct sign_options, pin_file) },
	{ "--level", "LEVEL", "b, t, lt or lta (b, with --tsa t)", offsetof(struct sign_options, level) },
	{ "--tsa", "URL", "timestamp service (RFC 3161)", offsetof(struct sign_options, tsa) },
	{ "--trust", "FILE", "certificates of the CAs that timestamps and revocation are held against", offsetof(struct sign_options, trust) },
	{ "--image", "PNG", "picture of the signature or seal", offsetof(struct sign_options, image) },
	{ "--reason", "TEXT", "why it is signed", offsetof(struct sign_options, reason) },
	{ "--location", "TEXT", "where", offsetof(struct sign_options, location) },
	{ "--certify", "1|2|3", "what may change later: nothing, forms and signatures, annotations too", offsetof(struct sign_options, certify) },
	{ "--time", "TIME", "what the signature says of its time, as 2023-03-09T08:30:00+07:00 (now)", offsetof(struct sign_options, time) },
	{ "--number", "N", "fills in the document's number", offsetof(struct sign_options, number) },
	{ "--date", "DAY", "fills in its day, as 2023-03-09", offsetof(struct sign_options, date) },
	{ 0 },
};

struct signer {
	const struct sign_options *options;
	const struct surroundings *around;
	struct arena arena;
	struct diags *d;
	struct sign_request request;
	struct picture picture;
	struct tsa tsa;
	struct trust *trust;
	struct signing_key *key;
};

static bool usage(struct signer *s, const char *text)
{
	return diag_error(s->d, (struct origin){ 0 }, "usage", "%s", diag_say(s->d, text));
}

/* ---- the command line ---- */

static bool read_level(struct signer *s)
{
	const struct sign_options *o = s->options;

	s->request.level = o->tsa ? PADES_T : PADES_B;
	if (o->level && !pades_level_read(o->level, &s->request.level))
		return usage(s, "--level is b, t, lt or lta");
	if (s->request.level > PADES_B && !o->tsa)
		return usage(s, "levels t, lt and lta take a timestamp: give --tsa URL");
	if (s->request.level > PADES_T && !o->trust)
		return usage(s, "levels lt and lta hold certificates against those you trust: give --trust CA.pem");
	return true;
}

static bool read_words(struct signer *s)
{
	const struct sign_options *o = s->options;

	s->request.field = o->field;
	s->request.reason = o->reason;
	s->request.location = o->location;
	s->request.number = o->number;
	s->request.now = s->request.time = s->around->now;
	if ((o->reason && strlen(o->reason) > SIGN_TEXT_MAX) || (o->location && strlen(o->location) > SIGN_TEXT_MAX))
		return usage(s, "--reason and --location have at most 500 bytes");
	if (o->certify && (o->certify[0] < '1' || o->certify[0] > '3' || o->certify[1]))
		return usage(s, "--certify is 1, 2 or 3");
	s->request.certify = o->certify ? o->certify[0] - '0' : 0;
	if (o->time && !date_instant(o->time, &s->request.time))
		return usage(s, "--time is a day and a time, as 2023-03-09T08:30:00+07:00");
	if (o->date && (!date_parse(o->date, &s->request.date) || !s->request.date.day))
		return usage(s, "--date is a day, as 2023-03-09");
	return true;
}

static bool check_key_options(struct signer *s)
{
	const struct sign_options *o = s->options;

	if (!!o->p12 + !!o->key + !!o->module != 1)
		return usage(s, "name one key: --p12 FILE, --key FILE with --cert FILE, or --pkcs11 MODULE");
	if (o->cert && !o->key)
		return usage(s, "--cert goes with --key");
	if ((o->token || o->label || o->pin_file) && !o->module)
		return usage(s, "--token, --key-label and --pin-file go with --pkcs11");
	if (o->password_file && o->module)
		return usage(s, "a token has a PIN: --pin-file");
	return true;
}

/* ---- what signing needs ---- */

static bool read_secret(struct signer *s, const struct key_source *source, struct secret *secret)
{
	const char *file = s->options->module ? s->options->pin_file : s->options->password_file;

	if (file)
		return secret_read(file, secret, s->d);
	if (!key_source_wants_secret(source))
		return true;
	return secret_ask(diag_say(s->d, s->options->module ? "PIN of the token: " : "password of the key: "), secret, s->d);
}

static bool open_key(struct signer *s)
{
	const struct sign_options *o = s->options;
	const struct key_source source = { o->p12, o->key, o->cert, o->module, o->token, o->label };
	struct secret secret = { 0 };
	bool ok = read_secret(s, &source, &secret) && signing_key_open(&source, &secret, s->request.now, &s->key, s->d);

	secret_close(&secret);
	return ok;
}

static bool open_picture(struct signer *s)
{
	const char *path = s->options->image;
	struct bytes png;

	if (!path)
		return true;
	s->request.picture = &s->picture;
	return file_read(path, path, PICTURE_FILE_MAX, &s->arena, &png, s->d) && picture_read(png, path, &s->arena, &s->picture, s->d);
}

static bool open_trust(struct signer *s)
{
	s->trust = trust_open();
	s->tsa = (struct tsa){ .url = s->options->tsa, .now = s->around->now, .trust = s->trust };
	s->request.tsa = &s->tsa;
	return !s->options->trust || trust_add_anchors(s->trust, s->options->trust, s->d);
}

/* ---- the files ---- */

static bool is_folder(const char *path)
{
	struct stat st;
	size_t n = strlen(path);

	return (n && path[n - 1] == '/') || (!stat(path, &st) && S_ISDIR(st.st_mode));
}

/* NAME.signed.pdf */
static const char *signed_name(const char *path, struct arena *a)
{
	const char *name = file_name(path);
	size_t n = strlen(name);

	if (n > 4 && !strcmp(name + n - 4, ".pdf"))
		n -= 4;
	return arena_printf(a, "%.*s.signed.pdf", (int)n, name);
}

static bool is_same_file(const char *one, const char *other)
{
	struct stat a, b;

	return !stat(one, &a) && !stat(other, &b) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Beside its final name first, so that no half file ever has it. */
static bool write_signed(struct signer *s, const char *path, const struct buf *bytes)
{
	const char *part = arena_printf(&s->arena, "%s.part", path);

	if (file_write(part, bytes->text, bytes->n, s->d) && file_rename(part, path, s->d))
		return true;
	file_remove(part);
	return false;
}

static bool sign_file(struct signer *s, const char *in, const char *out)
{
	struct arena tmp = { 0 };
	struct buf bytes = { 0 };
	struct bytes file;
	bool ok;

	if (is_same_file(in, out))
		return diag_error(s->d, (struct origin){ .file = in }, "usage", "would be overwritten; name another file with -o");
	ok = file_read(in, in, PDF_FILE_MAX, &tmp, &file, s->d) && sign_pdf(file, in, s->key, &s->request, &bytes, s->d)
	     && write_signed(s, out, &bytes);
	buf_clear(&bytes);
	arena_clear(&tmp);
	return ok;
}

static const char **name_outputs(struct signer *s, char *const in[], size_t n)
{
	const char *dir = s->options->out;
	const char **out = ARENA_ARRAY(&s->arena, n, const char *);

	if (n == 1 && !is_folder(dir)) {
		out[0] = dir;
		return out;
	}
	for (size_t i = 0; i < n; i++) {
		out[i] = file_join(dir, signed_name(in[i], &s->arena), &s->arena);
		for (size_t k = 0; k < i; k++)
			if (!strcmp(out[k], out[i])) {
				diag_error(s->d, (struct origin){ 0 }, "usage", "%s and %s would both become %s; sign them into two folders",
					in[k], in[i], out[i]);
				return NULL;
			}
	}
	return file_make_dirs(dir, s->d) ? out : NULL;
}

static void sign_files(struct signer *s, char *const in[], const char *const *out, size_t n)
{
	struct progress progress = { .terminal = s->around->terminal, .n = n };

	for (size_t i = 0; i < n; i++) {
		sign_file(s, in[i], out[i]);
		progress_step(&progress);
	}
	progress_end(&progress);
}

static int run_signer(struct signer *s, char *const in[], size_t n)
{
	const char *const *out;

	if (!n || !s->options->out) {
		usage(s, "name what to sign and where to: kehoach sign IN.pdf -o OUT.pdf --p12 FILE");
		return EXIT_USAGE;
	}
	if (!read_level(s) || !read_words(s) || !check_key_options(s))
		return EXIT_USAGE;
	out = name_outputs(s, in, n);
	if (!out)
		return s->d->n_fault ? EXIT_MACHINE : EXIT_USAGE;
	if (open_picture(s) && open_trust(s) && open_key(s))
		sign_files(s, in, out, n);
	return diags_exit_code(s->d);
}

static int sign_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	struct sign_options options = { 0 };
	struct signer s = { .options = &options, .around = around, .d = d };
	int code;

	if (!options_read(&argc, argv, sign_command_options, &options, d))
		return EXIT_USAGE;
	code = run_signer(&s, argv, (size_t)argc);
	signing_key_close(s.key);
	trust_close(s.trust);
	arena_clear(&s.arena);
	return code;
}

const struct command command_sign = {
	.name = "sign",
	.args = "IN.pdf... -o OUT (--p12 FILE | --key FILE --cert FILE | --pkcs11 MODULE)",
	.what = "PAdES signatures: earlier bytes stay as they are, earlier signatures stay valid",
	.option = sign_command_options,
	.run = sign_run,
};
