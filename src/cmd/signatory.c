#include "cmd/signatory.h"

#include "base/file.h"

static bool usage(const char *text, struct diags *d)
{
	return diag_error(d, (struct origin){ 0 }, "usage", "%s", diag_say(d, text));
}

bool signatory_is_named(const struct signatory_options *o)
{
	return o->p12 || o->password_file || o->key || o->cert || o->module || o->token || o->label || o->pin_file || o->tsa || o->trust
	       || o->image || o->time;
}

static bool check_key_options(const struct signatory_options *o, struct diags *d)
{
	if (!!o->p12 + !!o->key + !!o->module != 1)
		return usage("name one key: --p12 FILE, --key FILE with --cert FILE, or --pkcs11 MODULE", d);
	if (o->cert && !o->key)
		return usage("--cert goes with --key", d);
	if ((o->token || o->label || o->pin_file) && !o->module)
		return usage("--token, --key-label and --pin-file go with --pkcs11", d);
	if (o->password_file && o->module)
		return usage("a token has a PIN: --pin-file", d);
	return true;
}

bool signatory_read(struct signatory *s, const struct signatory_options *options, const struct surroundings *around, struct diags *d)
{
	s->options = options;
	s->around = around;
	s->request.now = s->request.time = around->now;
	if (options->time && !date_instant(options->time, &s->request.time))
		return usage("--time is a day and a time, as 2023-03-09T08:30:00+07:00", d);
	return check_key_options(options, d);
}

bool signatory_may(const struct signatory *s, enum pades_level level, struct origin at, const char *rule, struct diags *d)
{
	if (level > PADES_B && !s->options->tsa)
		return diag_error(d, at, rule, "levels t, lt and lta take a timestamp: give --tsa URL");
	if (level > PADES_T && !s->options->trust)
		return diag_error(d, at, rule, "levels lt and lta hold certificates against those you trust: give --trust CA.pem");
	return true;
}

/* ---- what the options name ---- */

static bool read_secret(const struct signatory_options *o, const struct key_source *source, struct secret *secret, struct diags *d)
{
	const char *file = o->module ? o->pin_file : o->password_file;

	if (file)
		return secret_read(file, secret, d);
	if (!key_source_wants_secret(source))
		return true;
	return secret_ask(diag_say(d, o->module ? "PIN of the token: " : "password of the key: "), secret, d);
}

static bool open_key(struct signatory *s, struct diags *d)
{
	const struct signatory_options *o = s->options;
	const struct key_source source = { o->p12, o->key, o->cert, o->module, o->token, o->label };
	struct secret secret = { 0 };
	bool ok = read_secret(o, &source, &secret, d) && signing_key_open(&source, &secret, s->request.now, &s->key, d);

	secret_close(&secret);
	return ok;
}

static bool open_picture(struct signatory *s, struct diags *d)
{
	const char *path = s->options->image;
	struct bytes png;

	if (!path)
		return true;
	s->request.picture = &s->picture;
	return file_read(path, path, PICTURE_FILE_MAX, &s->arena, &png, d) && picture_read(png, path, &s->arena, &s->picture, d);
}

static bool open_trust(struct signatory *s, struct diags *d)
{
	s->trust = trust_open();
	s->tsa = (struct tsa){ .url = s->options->tsa, .now = s->around->now, .trust = s->trust };
	s->request.tsa = &s->tsa;
	return !s->options->trust || trust_add_anchors(s->trust, s->options->trust, d);
}

bool signatory_open(struct signatory *s, struct diags *d)
{
	return open_picture(s, d) && open_trust(s, d) && open_key(s, d);
}

void signatory_close(struct signatory *s)
{
	signing_key_close(s->key);
	trust_close(s->trust);
	arena_clear(&s->arena);
}

bool signed_write(const char *path, const struct buf *bytes, struct diags *d)
{
	struct arena a = { 0 };
	const char *part = arena_printf(&a, "%s.part", path);
	bool ok = file_write(part, bytes->text, bytes->n, d) && file_rename(part, path, d);

	if (!ok)
		file_remove(part);
	arena_clear(&a);
	return ok;
}
