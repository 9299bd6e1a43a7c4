/* Signed forms of documents, NAME.signed.pdf beside NAME.pdf: by the key of the run, or by whoever signed them in the meantime. They are no
 * results, but their size, time and checksum are kept: what is as it was is believed, all else is looked into. */
#include "cmd/batchrun.h"

#include "base/file.h"
#include "batch/pack.h"
#include "cmd/outdated.h"
#include "cmd/signedfields.h"

#include <string.h>

enum { OTHERS_MAX = 100 }; /* signed files that are looked into for whether any is by the key */

/* ---- what is asked for ---- */

static bool asks(const struct batch *b, const struct node *n)
{
	const char *of = node_attribute(n, "of");

	return node_is(n, "sign") && (of && !strcmp(of, "progress")) == (b->plans != NULL);
}

bool batch_signs(const struct batch *b)
{
	const struct node *n = b->signer && b->signs && !b->pipeline.draft ? b->list.root->child : NULL;

	while (n && !asks(b, n))
		n = n->next;
	return n;
}

bool batch_asks(const struct batch *b)
{
	const struct node *n = b->list.root->child;

	while (n && !node_is(n, "sign"))
		n = n->next;
	return n;
}

void batch_note_unsigned(const struct batch *b, const struct job_sign *sign, size_t n)
{
	if (n && !b->signer && !b->merging)
		diag_note(b->diags, sign->at, "unsigned",
			"%s of each area is not signed: give the key with --p12, --key or --pkcs11, or sign with kehoach sign", b->signs);
}

/* As the job says it for all areas: where a field is one of the list's, no file has it, and its area is looked at by its own job. */
static const struct job_sign *asked(const struct batch *b, struct arena *a, size_t *n_sign)
{
	struct job_sign *sign = NULL;
	size_t cap = 0;

	*n_sign = 0;
	for (const struct node *n = b->list.root->child; n; n = n->next) {
		const char *field = asks(b, n) ? node_attribute(n, "field") : NULL;
		const char *level = field ? node_attribute(n, "level") : NULL;

		if (level)
			*ARENA_PUSH(a, sign, *n_sign, &cap) = (struct job_sign){ .field = field, .level = level };
	}
	return sign;
}

/* ---- what lies there ---- */

/* What a signed file is. */
struct look {
	bool good; /* the document with signatures, all of which hold */
	bool bare; /* it has none */
	struct state_signed seal;
	const char *other; /* who signed a field that is asked for, by another certificate than that of the run's key; or NULL */
};

static const char *other_signer(const struct batch *b, const struct signed_fields *fields, const struct job_sign *sign, size_t n)
{
	for (size_t i = 0; b->signer && i < n; i++)
		for (size_t k = 0; k < fields->n; k++)
			if (!strcmp(fields->field[k].name, sign[i].field) && strcmp(fields->field[k].sha256, b->signer->sha256) != 0)
				return fields->field[k].signer;
	return NULL;
}

static struct look look_into(const struct batch *b, const char *path, const char *plain, const struct job_sign *sign, size_t n,
	struct arena *a)
{
	struct look look = { 0 };
	struct signed_fields fields;
	struct diags quiet = { .quiet = true };
	size_t n_more;

	if (!file_mark_of(path, &look.seal.mark) || !outdated_begins(path, plain, &n_more))
		return look;
	signed_fields_read(path, a, &fields);
	look.bare = !n_more;
	look.good = fields.readable && fields.whole && fields.n && file_sha256(path, a, &look.seal.sha256, &quiet);
	look.seal.complete = signed_fields_have(&fields, sign, n);
	look.other = other_signer(b, &fields, sign, n);
	diags_clear(&quiet);
	return look;
}

static bool is_file(const char *path, const char *sha256, struct arena *a)
{
	struct diags quiet = { .quiet = true };
	const char *now;
	bool same = file_sha256(path, a, &now, &quiet) && !strcmp(now, sha256);

	diags_clear(&quiet);
	return same;
}

static bool has_output(const struct state_area *area, const char *name)
{
	for (size_t i = 0; i < area->n_output; i++)
		if (!strcmp(area->output[i].name, name))
			return true;
	return false;
}

/* It is not as it was noted. */
static void look_again(struct batch *b, struct state_area *area, const char *path, const char *plain, struct arena *a)
{
	size_t n;
	const struct job_sign *sign = asked(b, a, &n);
	struct look look = look_into(b, path, plain, sign, n, a);

	b->marks_changed = true;
	area->seal_news = look.good ? SEAL_AS_IT_WAS : SEAL_BAD;
	if (look.good) {
		area->seal = look.seal;
		area->seal.sha256 = arena_text(&b->arena, look.seal.sha256);
		area->seal.complete = look.seal.complete && !look.other; /* whose area is made tells of it */
	} else if (area->seal.sha256) {
		area->seal.mark = (struct file_mark){ 0 }; /* which no file has: the next run looks again */
	}
}

static void forget(struct batch *b, struct state_area *area)
{
	if (!area->seal.sha256)
		return;
	area->seal = (struct state_signed){ 0 };
	area->seal_news = SEAL_GONE;
	b->marks_changed = true;
}

bool batch_seal_holds(struct batch *b, struct state_area *area, const char *dir, struct arena *a)
{
	struct file_mark mark;
	const char *path;

	if (!b->signs || !has_output(area, b->signs))
		return true;
	path = file_join(dir, plan_signed_name(b->signs, a), a);
	if (!file_mark_of(path, &mark)) {
		forget(b, area);
		return !batch_signs(b);
	}
	if (!area->seal.sha256 || ((b->verify || !file_mark_same(mark, area->seal.mark)) && !is_file(path, area->seal.sha256, a))) {
		look_again(b, area, path, file_join(dir, b->signs, a), a);
	} else if (!file_mark_same(mark, area->seal.mark)) {
		area->seal.mark = mark;
		b->marks_changed = true;
	}
	return !batch_signs(b) || (area->seal_news == SEAL_AS_IT_WAS && area->seal.complete);
}

static void tell_bad(const char *path, const char *name, struct diags *d)
{
	diag_warning(d, (struct origin){ .file = path }, "signed",
		"is not %s with signatures that all hold, so it is worth nothing; give the key to have it signed again, or sign %s with kehoach sign",
		name, name);
}

void batch_tell_seal(struct batch *b, const struct state_area *area)
{
	const char *dir = file_join(b->dir, arena_printf(&b->arena, "%s/%s", area->parent, area->code), &b->arena);
	const char *path = b->signs ? file_join(dir, plan_signed_name(b->signs, &b->arena), &b->arena) : "";

	if (area->seal_news == SEAL_BAD)
		tell_bad(path, b->signs, b->diags);
	else if (area->seal_news == SEAL_GONE)
		diag_note(b->diags, (struct origin){ .file = path }, "signed", "was here when this was run before, and is no longer");
}

/* Of an area that is kept: by whom it is signed, if not by the key. false: by the key, or it is not known. */
static bool is_of_other(const struct batch *b, const struct state_area *area, const struct job_sign *sign, size_t n, const char **other, struct arena *a)
{
	const char *dir = file_join(b->dir, arena_printf(a, "%s/%s", area->parent, area->code), a);
	struct look look = look_into(b, file_join(dir, plan_signed_name(b->signs, a), a), file_join(dir, b->signs, a), sign, n, a);

	if (look.other)
		*other = look.other;
	return look.other;
}

/* One that is by the key is enough, so that few are looked into where all is as it should be. */
void batch_tell_other_key(const struct batch *b)
{
	size_t n_area = b->settled ? b->old.n_area : b->list.n_area;
	struct arena a = { 0 };
	const char *other = NULL;
	size_t n_sign;
	size_t n = 0;
	const struct job_sign *sign = batch_signs(b) ? asked(b, &a, &n_sign) : NULL;

	for (size_t i = 0; sign && i < n_area && n < OTHERS_MAX; i++) {
		const struct state_area *area = b->settled ? &b->old.area[i] : b->kept[i];

		if (!area || !area->seal.sha256 || area->seal_news != SEAL_AS_IT_WAS)
			continue;
		if (!is_of_other(b, area, sign, n_sign, &other, &a))
			sign = NULL;
		n++;
	}
	if (sign && other)
		diag_note(b->diags, (struct origin){ .file = b->dir }, "signed",
			"none of the %zu signed files that were looked at is by the key that was given, the last of them is signed by %s; they stay, since "
			"what they sign is the same. To have them signed by this key, move them elsewhere first", n, other);
	arena_clear(&a);
}

/* ---- in a worker ---- */

static struct look look_at_own(struct one *one, const char *dir)
{
	const struct batch *b = one->batch;
	const struct job *job = one->made.job;

	return look_into(b, file_join(one->target, plan_signed_name(b->signs, one->arena), one->arena), file_join(dir, b->signs, one->arena),
		job->sign, job->n_sign, one->arena);
}

/* Whether what lies there is signed as the job asks for it. */
static bool is_signed(struct one *one)
{
	const struct batch *b = one->batch;
	const char *name = plan_signed_name(b->signs, one->arena);
	const struct origin at = { .file = file_join(one->target, name, one->arena) };
	struct look look = look_at_own(one, one->staging.dir);

	if (look.bare)
		diag_warning(one->diags, at, "signed", "has no signature; it is signed again");
	if (!look.good || !look.seal.complete)
		return false;
	if (look.other)
		diag_note(one->diags, at, "signed", "is signed by %s, not by the key that was given, and stays: what it signs is the same", look.other);
	return true;
}

/* A signature whose document is the same stays. */
bool batch_sign(struct one *one)
{
	struct batch *b = one->batch;

	if (!batch_signs(b) || (staging_has(&one->staging, b->signs) && is_signed(one)))
		return true;
	return plan_sign(one->made.job, b->signs, b->pipeline.draft, b->signer, &one->staging, one->diags);
}

/* What this run has signed needs no looking into. */
bool batch_note_seal(struct one *one)
{
	const struct batch *b = one->batch;
	const char *path = b->signs ? file_join(one->target, plan_signed_name(b->signs, one->arena), one->arena) : NULL;
	struct look look;

	if (!path || !staging_has(&one->staging, b->signs) || !file_mark_of(path, &one->seal.mark))
		return true;
	if (one->staging.signed_file) {
		one->seal.complete = true;
		return file_sha256(path, one->arena, &one->seal.sha256, one->diags);
	}
	look = look_at_own(one, one->target);
	if (look.good)
		one->seal = look.seal;
	else
		tell_bad(path, b->signs, one->diags);
	return true;
}

void batch_pack_seal(const struct state_signed *seal, struct buf *result)
{
	pack_text(result, seal->sha256);
	pack_number(result, seal->mark.size);
	pack_number(result, (uint64_t)seal->mark.mtime);
	pack_number(result, seal->complete);
}

struct state_signed batch_take_seal(struct packed *p, struct arena *a)
{
	struct state_signed seal = { .sha256 = packed_text(p, a) };

	seal.mark.size = packed_number(p);
	seal.mark.mtime = (int64_t)packed_number(p);
	seal.complete = packed_number(p);
	return seal;
}
