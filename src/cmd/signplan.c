#include "cmd/signplan.h"

#include "base/file.h"
#include "pdf/limits.h"

#include <string.h>

const char *plan_signed_name(const char *name, struct arena *a)
{
	return arena_printf(a, "%.*s.signed.pdf", (int)(strlen(name) - strlen(".pdf")), name);
}

static bool note(const struct job_sign *sign, const char *text, struct diags *d)
{
	diag_note(d, sign->at, "unsigned", "%s", diag_say(d, text));
	return true;
}

/* ---- what a job may ask for ---- */

static bool is_before(const struct job *job, size_t end, const char *field)
{
	for (size_t i = 0; i < end; i++)
		if (!strcmp(job->sign[i].field, field))
			return true;
	return false;
}

/* All who sign come before the seal: "signer", "signer2". */
static bool check_order(const struct job *job, size_t seal, struct arena *a, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < job->n_signer; i++) {
		const char *field = i ? arena_printf(a, "signer%zu", i + 1) : "signer";

		if (!is_before(job, seal, field))
			ok = diag_error(d, job->sign[seal].at, "order",
				"the plan is sealed when all have signed it; put <sign field=\"%s\" level=\"%s\"/> before this one", field,
				job->sign[seal].level);
	}
	return ok;
}

/* What is blank under the seal stays so for good, and building fills in nothing. */
static bool check_blanks(const struct job *job, const struct job_sign *seal, struct diags *d)
{
	if (!*job->number)
		diag_error(d, seal->at, "blank",
			"the job leaves the document's number blank, and under the seal it stays so for good; give it as number=\"...\" of "
			"<document>, or take this <sign> out and seal with kehoach sign --field seal --number");
	if (!job->date.day)
		diag_error(d, seal->at, "blank",
			"the job leaves the document's day blank, and under the seal it stays so for good; give it as date=\"2024-01-31\" of "
			"<document>, or take this <sign> out and seal with kehoach sign --field seal --date");
	return *job->number && job->date.day;
}

static bool check_job(const struct job *job, const struct signatory *signer, struct arena *a, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < job->n_sign; i++)
		if (!strcmp(job->sign[i].field, "seal")) {
			ok = check_order(job, i, a, d) && ok;
			ok = check_blanks(job, &job->sign[i], d) && ok;
		}
	if (signer->options->image && job->n_sign > 1)
		ok = diag_error(d, job->sign[1].at, "picture",
			"--image is the picture of one signature, and the job asks for several; leave it out, or sign with kehoach sign");
	return ok;
}

/* ---- signing ---- */

static bool sign_once(const struct job_sign *sign, struct signatory *signer, const char *shown, struct bytes in, struct buf *out, struct diags *d)
{
	signer->request.field = sign->field;
	return pades_level_read(sign->level, &signer->request.level)
	       && signatory_may(signer, signer->request.level, sign->at, "sign", d)
	       && sign_pdf(in, shown, signer->key, &signer->request, out, d);
}

/* Each signature continues what the one before it left. */
static bool sign_all(const struct job *job, const char *name, struct signatory *signer, struct staging *s, struct diags *d)
{
	const char *signed_name = plan_signed_name(name, s->arena);
	const char *path = file_join(s->dir, name, s->arena);
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

bool plan_has_timestamp(const struct job *job)
{
	for (size_t i = 0; i < job->n_sign; i++)
		if (strcmp(job->sign[i].level, pades_level_name(PADES_B)) != 0)
			return true;
	return false;
}

bool plan_sign(const struct job *job, const char *name, bool draft, struct signatory *signer, struct staging *s, struct diags *d)
{
	if (!job->n_sign)
		return true;
	if (draft)
		return note(job->sign, "a draft is not signed", d);
	if (!staging_has(s, name)) {
		diag_note(d, job->sign->at, "unsigned", "%s is not among the results, so nothing is signed", name);
		return true;
	}
	if (!signatory_has_key(signer)) {
		diag_note(d, job->sign->at, "unsigned", "%s is not signed: give its key with --p12, --key or --pkcs11", name);
		return true;
	}
	return check_job(job, signer, s->arena, d) && signatory_wake(signer, d) && sign_all(job, name, signer, s, d);
}
