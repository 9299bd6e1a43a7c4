#include "cmd/signatory.h"

#include "base/file.h"

#include <fcntl.h>
#include <stddef.h>
#include <sys/file.h>
#include <unistd.h>

static bool usage(const char *text, struct diags *d)
{
	return diag_error(d, (struct origin){ 0 }, "usage", "%s", diag_say(d, text));
}

bool signatory_is_named(const struct signatory_options *o)
{
	return o->p12 || o->password_file || o->key || o->cert || o->module || o->token || o->label || o->pin_file || o->tsa || o->trust
	       || o->image || o->time;
}

/* What an option does something with only: without it, it would be passed over in silence. */
static const struct {
	const char *name;
	size_t option;
	const char *with;
	size_t one, other; /* of them one is given */
} pairs[] = {
#define GIVEN(member) offsetof(struct signatory_options, member)
	{ "--cert", GIVEN(cert), "--key", GIVEN(key), GIVEN(key) },
	{ "--password-file", GIVEN(password_file), "--p12 or --key", GIVEN(p12), GIVEN(key) },
	{ "--token", GIVEN(token), "--pkcs11", GIVEN(module), GIVEN(module) },
	{ "--key-label", GIVEN(label), "--pkcs11", GIVEN(module), GIVEN(module) },
	{ "--pin-file", GIVEN(pin_file), "--pkcs11", GIVEN(module), GIVEN(module) },
	{ "--tsa", GIVEN(tsa), "--trust", GIVEN(trust), GIVEN(trust) },
	{ "--trust", GIVEN(trust), "--tsa", GIVEN(tsa), GIVEN(tsa) },
#undef GIVEN
};

static bool is_given(const struct signatory_options *o, size_t option)
{
	return *(const char *const *)((const char *)o + option) != NULL;
}

static bool check_options(const struct signatory_options *o, struct diags *d)
{
	bool ok = true;

	if (!!o->p12 + !!o->key + !!o->module != 1)
		ok = usage("name one key: --p12 FILE, --key FILE with --cert FILE, or --pkcs11 MODULE", d);
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (is_given(o, pairs[i].option) && !is_given(o, pairs[i].one) && !is_given(o, pairs[i].other))
			ok = diag_error(d, (struct origin){ 0 }, "usage", "%s is not used without %s; give both, or leave %s out", pairs[i].name,
				pairs[i].with, pairs[i].name);
	return ok;
}

bool signatory_read(struct signatory *s, const struct signatory_options *options, const struct surroundings *around, struct diags *d)
{
	s->options = options;
	s->around = around;
	s->request.now = s->request.time = around->now;
	if (options->time && !date_instant(options->time, &s->request.time))
		return usage("--time is a day and a time, as 2023-03-09T08:30:00+07:00", d);
	return check_options(options, d);
}

bool signatory_may(const struct signatory *s, enum pades_level level, struct origin at, const char *rule, struct diags *d)
{
	return level == PADES_B || s->options->tsa
	       || diag_error(d, at, rule, "levels t, lt and lta take a timestamp of a service that you trust: give --tsa URL and --trust CA.pem");
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

static struct key_source source_of(const struct signatory_options *o)
{
	return (struct key_source){ o->p12, o->key, o->cert, o->module, o->token, o->label };
}

static bool open_key(struct signatory *s, struct diags *d)
{
	const struct signatory_options *o = s->options;
	const struct key_source source = source_of(o);
	bool wanted = key_source_wants_secret(&source);
	bool ok = read_secret(o, &source, &s->secret, d) && signing_key_open(&source, &s->secret, s->request.now, &s->key, d);

	if (!ok || !o->module || !s->forks)
		secret_close(&s->secret);
	if (ok)
		s->sha256 = arena_text(&s->arena, signing_key_sha256(s->key));
	if (ok && !wanted && o->password_file)
		return diag_error(d, (struct origin){ .file = o->key }, "password",
			"the key is not encrypted, and --password-file is not used; leave it out, or encrypt the key");
	return ok;
}

static bool open_picture(struct signatory *s, struct diags *d)
{
	const char *path = s->options->image;
	struct bytes png;

	if (!path)
		return true;
	s->request.picture = &s->picture;
	return file_read(path, path, PICTURE_FILE_MAX, &s->arena, &png, d) && picture_read(png, path, &s->arena, &s->picture, d)
	       && picture_check(&s->picture, path, d);
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

bool signatory_has_key(const struct signatory *s)
{
	return s->key || s->rests;
}

void signatory_rest(struct signatory *s)
{
	if (!s->key || !s->options->module)
		return;
	signing_key_close(s->key);
	s->key = NULL;
	s->rests = true;
}

/* One process after another: logging in writes to some tokens, which others find empty meanwhile. */
static bool open_in_turn(struct signatory *s, struct diags *d)
{
	const struct key_source source = source_of(s->options);
	int turn = open(s->options->module, O_RDONLY | O_CLOEXEC);
	bool ok;

	if (turn >= 0)
		flock(turn, LOCK_EX);
	ok = signing_key_open(&source, &s->secret, s->request.now, &s->key, d);
	if (turn >= 0)
		close(turn);
	return ok;
}

bool signatory_wake(struct signatory *s, struct diags *d)
{
	bool opened = s->key || (!s->lost && open_in_turn(s, d));

	secret_close(&s->secret);
	if (opened)
		return true;
	s->lost = true;
	return diag_fault(d, (struct origin){ .file = s->options->module }, "token", "the token does not open any more; see that it is plugged in");
}

void signatory_close(struct signatory *s)
{
	secret_close(&s->secret);
	signing_key_close(s->key);
	trust_close(s->trust);
	arena_clear(&s->arena);
}

bool signed_write(const char *path, const struct buf *bytes, struct diags *d)
{
	struct arena a = { 0 };
	const char *part;
	bool ok = file_reserve(path, &a, &part, d);

	if (ok) {
		ok = file_write(part, bytes->text, bytes->n, d) && file_rename(part, path, d);
		if (!ok)
			file_remove(part);
	}
	arena_clear(&a);
	return ok;
}
