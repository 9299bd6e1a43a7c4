/* seal KEY.p12 PASSWORD-FILE N: N signatures over the bytes of a document with one unlock; CPU time beside the goal. */
#include "seal/cms.h"

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

int main(int argc, char **argv)
{
	struct diags d = { 0 };
	struct secret secret = { 0 };
	struct signing_key *key = NULL;
	static char document[DOCUMENT];
	struct bytes slice[] = { { document, DOCUMENT / 2 }, { document + DOCUMENT / 2, DOCUMENT / 2 } };
	long n = argc > 3 ? atol(argv[3]) : 0;
	struct timespec now;
	double start;
	double rate;

	clock_gettime(CLOCK_REALTIME, &now);
	if (n < 1 || !secret_read(argv[2], &secret, &d) ||
		!signing_key_open(&(struct key_source){ .p12 = argv[1] }, &secret, now.tv_sec, &key, &d)) {
		diags_print(&d, stderr);
		return 1;
	}
	start = cpu_seconds();
	for (long i = 0; i < n; i++) {
		struct arena a = { 0 };
		struct bytes der;

		document[0] = (char)i;
		if (!cms_sign(key, slice, 2, &a, &der, &d))
			return 1;
		arena_clear(&a);
	}
	rate = (double)n / (cpu_seconds() - start);
	printf("%-52s %8.0f /s   goal %6d /s  %s\n", "CMS of a B-B signature, RSA-2048, a CPU second", rate, (int)GOAL,
		rate >= GOAL ? "reached" : "NOT REACHED");
	signing_key_close(key);
	secret_close(&secret);
	diags_clear(&d);
	return 0;
}
