/* signatory: who signs, as the options of a command say it: the key, which is unlocked once, services, picture and time.
 *
 * Errors: "usage" of options that do not go together; of a key, a picture, certificates, and of signing
 * Owner:  the signatory, until it is closed; a password is wiped as soon as the key is open, a PIN with the signatory where it rests
 * Fork:   a key of a file serves children too. A token's session is of one process: before the fork the signatory rests, so that the token
 *         is logged out, and each child wakes its own with the PIN, which has proved right by then: it is tried in vain by none of them
 */
#ifndef CMD_SIGNATORY_H
#define CMD_SIGNATORY_H

#include "cmd/cmd.h"
#include "seal/sign.h"

struct signatory_options {
	const char *p12, *password_file, *key, *cert, *module, *token, *label, *pin_file;
	const char *tsa, *trust, *image, *time;
};

/* Rows of a command's table of options; type has the signatory_options as member. */
#define SIGNATORY_OPTIONS(type, member) \
	{ "--p12", "FILE", "key and certificates as PKCS#12", offsetof(type, member.p12) }, \
	{ "--password-file", "FILE", "its password, on one line (asked for on the terminal)", offsetof(type, member.password_file) }, \
	{ "--key", "FILE", "private key as PEM", offsetof(type, member.key) }, \
	{ "--cert", "FILE", "its certificate and those above it, as PEM", offsetof(type, member.cert) }, \
	{ "--pkcs11", "MODULE", "the library of a token", offsetof(type, member.module) }, \
	{ "--token", "LABEL", "which token", offsetof(type, member.token) }, \
	{ "--key-label", "LABEL", "which key on it", offsetof(type, member.label) }, \
	{ "--pin-file", "FILE", "its PIN, on one line (asked for on the terminal)", offsetof(type, member.pin_file) }, \
	{ "--tsa", "URL", "timestamp service (RFC 3161); with --trust", offsetof(type, member.tsa) }, \
	{ "--trust", "FILE", "certificates of the CAs that timestamps and revocation are held against; with --tsa", offsetof(type, member.trust) }, \
	{ "--image", "PNG", "picture of the signature or seal", offsetof(type, member.image) }, \
	{ "--time", "TIME", "what the signature says of its time, as 2023-03-09T08:30:00+07:00 (now)", offsetof(type, member.time) }

struct signatory {
	struct sign_request request; /* picture, times and services; the rest is the command's */
	const struct signatory_options *options;
	const struct surroundings *around;
	struct arena arena;
	struct picture picture;
	struct tsa tsa;
	struct trust *trust;
	struct signing_key *key; /* NULL until opened, or while it rests */
	const char *sha256;	 /* of its certificate; NULL until opened */
	bool forks;		 /* set by who forks processes that sign: the PIN is kept */
	struct secret secret;	 /* the PIN, until it wakes */
	bool rests, lost;
};

/* Whether any of the options was given. */
bool signatory_is_named(const struct signatory_options *);

/* Looks at the options alone: no file is read. The signatory begins all zero. */
bool signatory_read(struct signatory *, const struct signatory_options *, const struct surroundings *, struct diags *);
/* What a level needs of them. */
bool signatory_may(const struct signatory *, enum pades_level, struct origin at, const char *rule, struct diags *);
/* Reads all that they name. */
bool signatory_open(struct signatory *, struct diags *);
void signatory_close(struct signatory *); /* also all zero, or opened in part */

bool signatory_has_key(const struct signatory *);
/* Before processes are forked that sign: nothing where the key is of a file. */
void signatory_rest(struct signatory *);
/* Before it signs. A fault where the token does not open again; then it is not tried any more. */
bool signatory_wake(struct signatory *, struct diags *);

/* Beside its final name first, so that no half file ever has it. */
bool signed_write(const char *path, const struct buf *, struct diags *);

#endif
