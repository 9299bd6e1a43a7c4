/* http: one request to a service of the PKI over libcurl: http and https only, no redirects, answers bounded.
 *
 * Errors: "url" no address, another protocol, or a password in it; "http" an answer with status 3xx or 4xx or too long;
 *         fault "service": no answer in time, or status 5xx
 * Owner:  the arena
 */
#ifndef SEAL_HTTP_H
#define SEAL_HTTP_H

#include "base/file.h"

struct http_request {
	const char *url;
	const char *type;   /* Content-Type of body; NULL: GET */
	struct bytes body;
	size_t max;	    /* [bytes] of an answer */
	unsigned seconds;   /* in all */
};

bool http_ask(const struct http_request *, struct arena *, struct bytes *answer, struct diags *);

#endif
