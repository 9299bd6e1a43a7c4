#include "cmd/signplan.h"

#include "base/file.h"
#include "pdf/limits.h"

static const char plan_name[] = "plan.pdf";
static const char signed_name[] = "plan.signed.pdf";

static bool note(const struct job_sign *sign, const char *text, struct diags *d)
{
	diag_note(d, sign->at, "unsigned", "%s", diag_say(d, text));
	return true;
}

static bool sign_once(const struct job_sign *sign, struct signatory *signer, const char *shown, struct bytes in, struct buf *out, struct diags *d)
{
	signer->request.field = sign->field;
	return pades_level_read(sign->level, &signer->request.level)
	       && signatory_may(signer, signer->request.level, sign->at, "sign", d)
	       && sign_pdf(in, shown, signer->key, &signer->request, out, d);
}

/* Each signature continues what the one before it left. */
static bool sign_all(const struct job *job, struct signatory *signer, struct staging *s, struct diags *d)
{
	const char *path = file_join(s->dir, plan_name, s->arena);
	const char *shown = file_join(s->target, signed_name, s->arena);
	struct buf done[2] = { { 0 } };
	struct bytes in;
	bool ok = file_read(path, shown, PDF_FILE_MAX, s->arena, &in, d);
	size_t i = 0;

	for (; ok && i < job->n_sign; i++) {
		ok = sign_once(&job->sign[i], signer, shown, in, &done[i % 2], d);
		in = (struct bytes){ done[i % 2].text, done[i % 2].n };
		buf_clear(&done[(i + 1) % 2]);
	}
	ok = ok && signed_write(file_join(s->dir, signed_name, s->arena), &done[(i + 1) % 2], d);
	buf_clear(&done[0]);
	buf_clear(&done[1]);
	if (ok)
		s->signed_file = signed_name;
	return ok;
}

bool plan_sign(const struct job *job, bool draft, struct signatory *signer, struct staging *s, struct diags *d)
{
	if (!job->n_sign)
		return true;
	if (draft)
		return note(job->sign, "a draft is not signed", d);
	if (!staging_has(s, plan_name))
		return note(job->sign, "plan.pdf is not among the results, so nothing is signed", d);
	if (!signer->key)
		return note(job->sign, "the plan is not signed: give its key with --p12, --key or --pkcs11", d);
	return sign_all(job, signer, s, d);
}
