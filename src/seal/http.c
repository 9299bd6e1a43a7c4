#include "seal/http.h"
#include "base/buf.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECT_SECONDS = 10 };

struct answer {
	struct buf body;
	size_t max;
	bool too_long;
};

static size_t take(char *data, size_t size, size_t n, void *into)
{
	struct answer *answer = into;

	(void)size; /* always 1 */
	if (n > answer->max - answer->body.n) {
		answer->too_long = true;
		return 0;
	}
	buf_put(&answer->body, data, n);
	return n;
}

static bool has_part(CURLU *url, CURLUPart which)
{
	char *text = NULL;
	bool has = curl_url_get(url, which, &text, 0) == CURLUE_OK && text && *text;

	curl_free(text);
	return has;
}

/* A name or password in the address would be shown in messages. */
static bool check_url(const char *address, struct diags *d)
{
	struct origin nowhere = { 0 };
	CURLU *url = curl_url();
	char *scheme = NULL;
	bool ok;

	if (!url || curl_url_set(url, CURLUPART_URL, address, 0) != CURLUE_OK || !has_part(url, CURLUPART_HOST))
		ok = diag_error(d, nowhere, "url", "this is no address of a service; write it as http://host/path");
	else if (has_part(url, CURLUPART_USER) || has_part(url, CURLUPART_PASSWORD))
		ok = diag_error(d, nowhere, "url", "a name or a password may not stand in the address of a service");
	else if (curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
		(strcmp(scheme, "http") && strcmp(scheme, "https")))
		ok = diag_error(d, nowhere, "url", "'%s' is neither http nor https; services are asked over these", address);
	else
		ok = true;
	curl_free(scheme);
	curl_url_cleanup(url);
	return ok;
}

static bool set_up(CURL *curl, const struct http_request *r, struct curl_slist *header, struct answer *answer)
{
	bool ok = !curl_easy_setopt(curl, CURLOPT_URL, r->url) && !curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https") &&
		!curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L) && !curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) &&
		!curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS) &&
		!curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)r->seconds) &&
		!curl_easy_setopt(curl, CURLOPT_USERAGENT, "kehoach") &&
		!curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take) && !curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);

	if (ok && r->type)
		ok = !curl_easy_setopt(curl, CURLOPT_POSTFIELDS, r->body.data) &&
			!curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)r->body.n) &&
			!curl_easy_setopt(curl, CURLOPT_HTTPHEADER, header);
	return ok;
}

static bool judge(CURL *curl, CURLcode code, const struct http_request *r, const struct answer *answer, struct diags *d)
{
	struct origin at = { .file = r->url };
	long status = 0;

	if (answer->too_long)
		return diag_error(d, at, "http", "the answer of this service is longer than %zu bytes; is the address right?", r->max);
	if (code == CURLE_PEER_FAILED_VERIFICATION)
		return diag_error(d, at, "http", "the service shows a TLS certificate that does not hold; is the address right?");
	if (code)
		return diag_fault(d, at, "service", "this service does not answer: %s", curl_easy_strerror(code));
	if (curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status) || status >= 500)
		return diag_fault(d, at, "service", "this service is out of order (HTTP status %ld); try again later", status);
	if (status >= 300 && status < 400)
		return diag_error(d, at, "http", "this address leads to another one (HTTP status %ld); give the final one", status);
	if (status != 200)
		return diag_error(d, at, "http", "this service refuses the question (HTTP status %ld); is the address right?", status);
	return true;
}

bool http_ask(const struct http_request *r, struct arena *a, struct bytes *bytes, struct diags *d)
{
	struct answer answer = { .max = r->max };
	struct curl_slist *header = NULL;
	struct arena tmp = { 0 };
	CURL *curl;
	bool ok;

	if (!check_url(r->url, d))
		return false;
	curl = curl_easy_init();
	if (r->type)
		header = curl_slist_append(NULL, arena_printf(&tmp, "Content-Type: %s", r->type));
	if (!curl || (r->type && !header) || !set_up(curl, r, header, &answer))
		ok = diag_fault(d, (struct origin){ .file = r->url }, "service", "the question to this service cannot be made");
	else
		ok = judge(curl, curl_easy_perform(curl), r, &answer, d);
	if (ok)
		*bytes = (struct bytes){ arena_slice(a, answer.body.text ? answer.body.text : "", answer.body.n), answer.body.n };
	curl_slist_free_all(header);
	curl_easy_cleanup(curl);
	buf_clear(&answer.body);
	arena_clear(&tmp);
	return ok;
}
