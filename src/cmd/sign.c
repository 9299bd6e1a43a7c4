/* kehoach sign: PAdES signatures into one file or many: the key is unlocked once. */
#include "cmd/bar.h"
#include "cmd/signatory.h"
#include "base/file.h"
#include "base/utf8.h"
#include "pdf/limits.h"

#include <string.h>
#include <sys/stat.h>

struct sign_options {
	const char *out, *field;
	const char *level, *reason, *location, *certify, *number, *date;
	bool leave_blank;
	struct signatory_options signer;
};

static const struct option sign_command_options[] = {
	{ "-o", "OUT", "the signed file; a folder for NAME.signed.pdf if it ends in /, is one, or several files are given",
		offsetof(struct sign_options, out) },
	{ "--field", "NAME", "which field is signed (the first one that waits; with --number or --date the seal)", offsetof(struct sign_options, field) },
	{ "--level", "LEVEL", "b, t, lt or lta (b, with --tsa t); above b with --tsa and --trust", offsetof(struct sign_options, level) },
	SIGNATORY_OPTIONS(struct sign_options, signer),
	{ "--reason", "TEXT", "why it is signed", offsetof(struct sign_options, reason) },
	{ "--location", "TEXT", "where", offsetof(struct sign_options, location) },
	{ "--certify", "1|2|3", "what may change later: nothing, forms and signatures, annotations too", offsetof(struct sign_options, certify) },
	{ "--number", "N", "fills in the document's number, as 66 or 66a", offsetof(struct sign_options, number) },
	{ "--date", "DAY", "fills in its day, as 2023-03-09", offsetof(struct sign_options, date) },
	{ "--leave-blank", NULL, "seals though number or day stay blank for good", offsetof(struct sign_options, leave_blank) },
	{ 0 },
};

struct signing {
	const struct sign_options *options;
	struct signatory signer;
	struct arena arena;
	struct diags *d;
};

static bool usage(struct signing *s, const char *text)
{
	return diag_error(s->d, (struct origin){ 0 }, "usage", "%s", diag_say(s->d, text));
}

/* ---- the command line ---- */

static bool read_level(struct signing *s)
{
	const struct sign_options *o = s->options;
	enum pades_level *level = &s->signer.request.level;

	*level = o->signer.tsa ? PADES_T : PADES_B;
	if (o->level && !pades_level_read(o->level, level))
		return usage(s, "--level is b, t, lt or lta");
	if (*level == PADES_B && o->signer.tsa)
		return usage(s, "level b has no timestamp, so --tsa and --trust are not used; give --level t, or leave them out");
	return signatory_may(&s->signer, *level, (struct origin){ 0 }, "usage", s->d);
}

/* Or none. */
static bool is_short_text(const char *text)
{
	size_t bad;

	return !text || (strlen(text) <= SIGN_TEXT_MAX && utf8_valid(text, strlen(text), &bad));
}

static bool read_words(struct signing *s)
{
	const struct sign_options *o = s->options;
	struct sign_request *request = &s->signer.request;

	request->field = o->field;
	request->reason = o->reason;
	request->location = o->location;
	request->number = o->number;
	request->leave_blank = o->leave_blank;
	if (!is_short_text(o->reason) || !is_short_text(o->location))
		return usage(s, "--reason and --location are texts in UTF-8 of at most 500 bytes");
	if (o->certify && (o->certify[0] < '1' || o->certify[0] > '3' || o->certify[1]))
		return usage(s, "--certify is 1, 2 or 3");
	request->certify = o->certify ? o->certify[0] - '0' : 0;
	if (o->date && (!date_parse(o->date, &request->date) || !request->date.day))
		return usage(s, "--date is a day, as 2023-03-09");
	return true;
}

/* ---- the files ---- */

static bool names_folder(const char *path)
{
	size_t n = strlen(path);

	return (n && path[n - 1] == '/') || file_is_folder(path);
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

static bool sign_file(struct signing *s, const char *in, const char *out)
{
	struct arena tmp = { 0 };
	struct buf bytes = { 0 };
	struct bytes file;
	bool ok = file_read(in, in, PDF_FILE_MAX, &tmp, &file, s->d)
		  && sign_pdf(file, in, s->signer.key, &s->signer.request, &bytes, s->d) && signed_write(out, &bytes, s->d);

	buf_clear(&bytes);
	arena_clear(&tmp);
	return ok;
}

/* The folder of a file that will be written: told before a key is unlocked. */
static bool has_folder(struct signing *s, const char *path)
{
	const char *dir = file_dir(path, &s->arena);

	return file_is_folder(dir)
	       || diag_error(s->d, (struct origin){ .file = path }, "usage",
		       "there is no folder %s for the signed file; make it, or name another file with -o", dir);
}

static const char **name_outputs(struct signing *s, char *const in[], size_t n)
{
	const char *dir = s->options->out;
	const char **out = ARENA_ARRAY(&s->arena, n, const char *);

	if (n == 1 && !names_folder(dir)) {
		out[0] = dir;
		return has_folder(s, dir) ? out : NULL;
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

struct input {
	const char *path;
	dev_t dev;
	ino_t ino;
};

static void add_input(struct signing *s, const char *path, struct input **list, size_t *n, size_t *cap)
{
	struct stat st;

	if (path && !stat(path, &st))
		*ARENA_PUSH(&s->arena, *list, *n, cap) = (struct input){ path, st.st_dev, st.st_ino };
}

/* Also what the key is read from. */
static struct input *list_inputs(struct signing *s, char *const in[], size_t n_in, size_t *n)
{
	const struct signatory_options *o = &s->options->signer;
	const char *const others[] = { o->p12, o->key, o->cert, o->password_file, o->pin_file, o->trust, o->image };
	struct input *list = NULL;
	size_t cap = 0;

	*n = 0;
	for (size_t i = 0; i < n_in; i++)
		add_input(s, in[i], &list, n, &cap);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		add_input(s, others[i], &list, n, &cap);
	return list;
}

/* Before anything is written: one file's result must not be the next one's input. */
static bool spare_inputs(struct signing *s, char *const in[], const char *const *out, size_t n)
{
	size_t n_input;
	struct input *input = list_inputs(s, in, n, &n_input);
	bool ok = true;

	for (size_t i = 0; i < n; i++) {
		struct stat st;
		size_t k = 0;

		if (stat(out[i], &st))
			k = n_input;
		while (k < n_input && !(input[k].dev == st.st_dev && input[k].ino == st.st_ino))
			k++;
		if (k < n_input)
			ok = diag_error(s->d, (struct origin){ .file = input[k].path }, "usage",
				"would be overwritten with the signed %s; name another file or folder with -o", in[i]);
		else
			ok = file_may_replace(out[i], s->d) && ok;
	}
	return ok;
}

static void sign_files(struct signing *s, char *const in[], const char *const *out, size_t n)
{
	struct bar bar = { .terminal = s->signer.around->terminal, .n = n };

	for (size_t i = 0; i < n; i++) {
		sign_file(s, in[i], out[i]);
		bar_step(&bar);
	}
	bar_end(&bar);
}

static int run_signing(struct signing *s, char *const in[], size_t n, const struct surroundings *around)
{
	const char *const *out;
	bool ok;

	if (!n || !s->options->out) {
		usage(s, "name what to sign and where to: kehoach sign IN.pdf -o OUT.pdf --p12 FILE");
		return EXIT_USAGE;
	}
	ok = signatory_read(&s->signer, &s->options->signer, around, s->d);
	ok = read_level(s) && ok;
	if (!read_words(s) || !ok)
		return EXIT_USAGE;
	if (n > 1 && (s->options->number || s->options->date)) {
		usage(s, "a number and a day belong to one document: with --number or --date sign one file at a time");
		return EXIT_USAGE;
	}
	out = name_outputs(s, in, n);
	if (!out || !spare_inputs(s, in, out, n))
		return s->d->n_fault ? EXIT_MACHINE : EXIT_USAGE;
	if (signatory_open(&s->signer, s->d))
		sign_files(s, in, out, n);
	return diags_exit_code(s->d);
}

static int sign_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	struct sign_options options = { 0 };
	struct signing s = { .options = &options, .d = d };
	int code;

	if (!options_read(&argc, argv, sign_command_options, &options, d))
		return EXIT_USAGE;
	code = run_signing(&s, argv, (size_t)argc, around);
	signatory_close(&s.signer);
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
