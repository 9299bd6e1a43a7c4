/* What signs, stamps and verifies bytes, for seal.sh; the contents of files stand for the document.
 *
 *   seal sign FILE OUT.der [p12=F|key=F|module=F|cert=F|token=L|label=L|secret=F|at=SECONDS]...
 *   seal stamp IN.der OUT.der URL ROOT.pem            a timestamp of the signature in it
 *   seal token FILE OUT.der URL ROOT.pem [POLICY]     a document timestamp
 *   seal collect IN.der OUTDIR ROOT.pem [CRL]...      what belongs into a DSS
 *   seal verify FILE IN.der ROOT.pem AT [DSSDIR]      AT 0: now; revocation is required
 *
 * Findings on standard error; exit code as the program's.
 */
#include "seal/cms.h"
#include "seal/revocation.h"
#include "seal/tsa.h"
#include "seal/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static struct arena arena;
static struct diags diags;

static bool read_bytes(const char *path, struct bytes *b)
{
	return file_read(path, path, 16 << 20, &arena, b, &diags);
}

static bool write_bytes(const char *path, struct bytes b)
{
	return file_write(path, b.data, b.n, &diags);
}

static int64_t clock_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec;
}

static const char *option(int argc, char **argv, const char *name)
{
	size_t n = strlen(name);

	for (int i = 4; i < argc; i++)
		if (!strncmp(argv[i], name, n) && argv[i][n] == '=')
			return argv[i] + n + 1;
	return NULL;
}

static bool sign(int argc, char **argv)
{
	struct key_source from = { option(argc, argv, "p12"), option(argc, argv, "key"), option(argc, argv, "cert"),
		option(argc, argv, "module"), option(argc, argv, "token"), option(argc, argv, "label") };
	const char *at = option(argc, argv, "at");
	struct signing_key *key = NULL;
	struct secret secret = { 0 };
	struct bytes text;
	struct bytes der;
	bool ok = read_bytes(argv[2], &text) &&
		(!option(argc, argv, "secret") || secret_read(option(argc, argv, "secret"), &secret, &diags)) &&
		signing_key_open(&from, &secret, at ? strtoll(at, NULL, 10) : clock_seconds(), &key, &diags) &&
		cms_sign(key, &text, 1, &arena, &der, &diags) && write_bytes(argv[3], der);

	if (ok && der.n > cms_room(key))
		ok = diag_error(&diags, (struct origin){ 0 }, "room", "%zu > %zu", der.n, cms_room(key));
	signing_key_close(key);
	secret_close(&secret);
	return ok;
}

static bool stamp(char **argv, const char *policy)
{
	struct trust *trust = trust_open();
	struct tsa tsa = { argv[4], policy, 2, clock_seconds(), trust };
	bool of_signature = !strcmp(argv[1], "stamp");
	struct bytes in;
	struct bytes over;
	struct bytes out;
	int64_t when;
	bool ok = trust_add_anchors(trust, argv[5], &diags) && read_bytes(argv[2], &in);

	over = in;
	ok = ok && (!of_signature || cms_signature_value(in, &arena, &over, &diags)) &&
		tsa_stamp(&tsa, &over, 1, &arena, &out, &when, &diags) &&
		(!of_signature || cms_add_timestamp(in, out, &arena, &out, &diags)) && write_bytes(argv[3], out);
	trust_close(trust);
	return ok;
}

static bool write_list(const char *dir, const char *kind, const struct der_list *list)
{
	bool ok = true;

	for (size_t i = 0; i < list->n; i++)
		ok &= write_bytes(arena_printf(&arena, "%s/%s%zu", dir, kind, i), list->der[i]);
	return ok;
}

static bool collect(int argc, char **argv)
{
	struct trust *trust = trust_open();
	struct revocation_fetch how = { trust, clock_seconds(), 2 };
	struct evidence e = { 0 };
	struct bytes in;
	bool ok = trust_add_anchors(trust, argv[4], &diags) && read_bytes(argv[2], &in);

	for (int i = 5; ok && i < argc; i++)
		ok = trust_add_crls(trust, argv[i], &diags);
	ok = ok && revocation_collect(in, &how, &arena, &e, &diags) && file_make_dirs(argv[3], &diags) &&
		write_list(argv[3], "cert", &e.cert) && write_list(argv[3], "crl", &e.crl) && write_list(argv[3], "ocsp", &e.ocsp);
	trust_close(trust);
	return ok;
}

static void read_list(const char *dir, const char *kind, struct der_list *list)
{
	for (size_t i = 0; i < 100; i++) {
		const char *path = arena_printf(&arena, "%s/%s%zu", dir, kind, i);
		struct bytes b;

		if (!file_exists(path) || !read_bytes(path, &b))
			return;
		der_list_add(list, b, &arena);
	}
}

static void show(const struct cms_result *r)
{
	printf("ok %d integrity %d baseline %d archived %d\n", r->ok, r->integrity, r->baseline, r->archived);
	printf("signer '%s' by '%s' chain %s revocation %s\n", r->signer.name, r->signer.issuer, chain_status_name(r->signer.chain),
		revocation_status_name(r->signer.revocation));
	printf("timestamp %d ok %d '%s'\n", r->timestamp.present, r->timestamp.ok, r->timestamp.tsa.name ? r->timestamp.tsa.name : "");
}

static bool verify(int argc, char **argv)
{
	struct trust *trust = trust_open();
	struct cms_policy policy = { strtoll(argv[5], NULL, 10), argc > 6 };
	struct origin at = { .file = argv[3] };
	struct evidence e = { 0 };
	struct cms_result r = { 0 };
	struct bytes text;
	struct bytes der;
	bool ok = trust_add_anchors(trust, argv[4], &diags) && read_bytes(argv[2], &text) && read_bytes(argv[3], &der);

	if (!policy.at)
		policy.at = clock_seconds();
	if (argc > 6) {
		read_list(argv[6], "cert", &e.cert);
		read_list(argv[6], "crl", &e.crl);
		read_list(argv[6], "ocsp", &e.ocsp);
	}
	if (ok) {
		ok = cms_verify(der, &text, 1, trust, &e, &policy, at, &arena, &r, &diags);
		ok &= evidence_check(&e, trust, at, &diags);
		show(&r);
	}
	trust_close(trust);
	return ok;
}

int main(int argc, char **argv)
{
	const char *what = argc > 4 ? argv[1] : "";

	if (!strcmp(what, "sign"))
		sign(argc, argv);
	else if (argc > 5 && (!strcmp(what, "stamp") || !strcmp(what, "token")))
		stamp(argv, argc > 6 ? argv[6] : NULL);
	else if (!strcmp(what, "collect"))
		collect(argc, argv);
	else if (argc > 5 && !strcmp(what, "verify"))
		verify(argc, argv);
	else
		return 2;
	diags_print(&diags, stderr);
	argc = diags_exit_code(&diags);
	diags_clear(&diags);
	arena_clear(&arena);
	return argc;
}
