/* seal KEY.p12 PASSWORD-FILE N PLAN.pdf: N signatures with one unlock; CPU time beside the goal: of the CMS over the bytes of a
 * document, and of all that signing a plan is, from its bytes to the bytes of the signed file. */
#include "pdf/limits.h"
#include "seal/cms.h"
#include "seal/sign.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { DOCUMENT = 200000, GOAL = 60 }; /* [bytes]; [signatures a CPU second] */

static double cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void report(const char *what, long n, double start)
{
	double rate = (double)n / (cpu_seconds() - start);

	printf("%-52s %8.0f /s   goal %6d /s  %s\n", what, rate, (int)GOAL, rate >= GOAL ? "reached" : "NOT REACHED");
}

static bool run_cms(struct signing_key *key, long n, struct diags *d)
{
	static char document[DOCUMENT];
	struct bytes slice[] = { { document, DOCUMENT / 2 }, { document + DOCUMENT / 2, DOCUMENT / 2 } };
	double start = cpu_seconds();

	for (long i = 0; i < n; i++) {
		struct arena a = { 0 };
		struct bytes der;

		document[0] = (char)i;
		if (!cms_sign(key, slice, 2, &a, &der, d))
			return false;
		arena_clear(&a);
	}
	report("CMS of a B-B signature, RSA-2048, a CPU second", n, start);
	return true;
}

static bool run_plan(struct signing_key *key, const char *path, long n, int64_t now, struct diags *d)
{
	struct arena a = { 0 };
	struct bytes plan;
	struct buf out = { 0 };
	double start;
	bool ok = file_read(path, path, PDF_FILE_MAX, &a, &plan, d);

	start = cpu_seconds();
	for (long i = 0; ok && i < n; i++) {
		struct sign_request request = { .level = PADES_B, .time = now + i, .now = now };

		ok = sign_pdf(plan, path, key, &request, &out, d);
		buf_clear(&out);
	}
	if (ok)
		report("plan signed whole, B-B, RSA-2048, a CPU second", n, start);
	arena_clear(&a);
	return ok;
}

int main(int argc, char **argv)
{
	struct diags d = { 0 };
	struct secret secret = { 0 };
	struct signing_key *key = NULL;
	long n = argc > 4 ? atol(argv[3]) : 0;
	struct timespec now;
	bool ok;

	clock_gettime(CLOCK_REALTIME, &now);
	ok = n >= 1 && secret_read(argv[2], &secret, &d)
	     && signing_key_open(&(struct key_source){ .p12 = argv[1] }, &secret, now.tv_sec, &key, &d) && run_cms(key, n, &d)
	     && run_plan(key, argv[4], n, now.tv_sec, &d);
	if (!ok)
		diags_print(&d, stderr);
	signing_key_close(key);
	secret_close(&secret);
	diags_clear(&d);
	return !ok;
}
