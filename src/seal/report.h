/* report: what holds of the signatures of a PDF file: each one's bytes, chain and time, and what came after it.
 *
 * Errors: those of the readers and of verify.h, with the field as sheet; "field" a signature that is none; "range" a byte range that
 *         is not the whole revision but for the signature; "changed" what came later; "unsigned" no signature at all
 *         Warnings: "lost" a signature that is in its field no more; "unsigned-text" a text filled in after the last signature;
 *         "idle" a revision that changes nothing; "order" a seal before a signer; "blank" a seal without number or day;
 *         "over" the field of a later signature lies over text
 * Owner:  the arena
 */
#ifndef SEAL_REPORT_H
#define SEAL_REPORT_H

#include "seal/later.h"
#include "seal/sign.h"
#include "seal/verify.h"

/* One signature or document timestamp, in the order of the revisions. */
struct signature_report {
	const char *field;
	bool is_timestamp;
	bool ok;
	bool covered;	   /* its byte range is its whole revision */
	size_t revision;   /* the one it signs, from 0 */
	size_t bytes;	   /* of that revision */
	bool is_last;	   /* nothing came after it */
	int level;	   /* enum pades_level; -1: none of them, a CMS signature all the same */
	const char *level_why; /* why it is none higher, in the language of the findings; NULL: it is the highest, or not known */
	const struct cms_timestamp *kept; /* the first document timestamp after it that holds: it was there by then; NULL */
	bool before_signer; /* a seal, and a field for a signer was empty */
	bool over_blank;    /* a seal, and the number or the day was blank */
	size_t page;	   /* that shows its field, from 1; 0: none does */
	bool over;	   /* text or pictures that were signed before lie beneath, and it is no seal over a signature */
	const char *said_time; /* /M as it stands: what the signer says; NULL */
	struct cms_result cms; /* not is_timestamp */
	struct cms_timestamp stamp; /* is_timestamp */
	const struct later *later; /* [n_later] in the file's list */
	size_t n_later;
};

struct file_report {
	bool ok; /* signed, and all holds */
	struct signature_report *signature; /* [n] */
	size_t n;
	size_t n_revision;
	size_t n_signed_revision; /* of them are covered by a signature that is no timestamp */
	bool has_proofs;	  /* a DSS */
	const char **unsigned_text; /* [n_unsigned_text] names of text fields that were filled in behind those */
	size_t n_unsigned_text;
};

struct report_policy {
	const struct trust *trust;
	int64_t at; /* [s] since 1970 UTC */
	bool revocation_required;
};

/* False where the file cannot be read, then *report is empty; else report->ok says it. */
bool report_read(struct bytes, const char *shown, const struct report_policy *, struct arena *, struct file_report *, struct diags *);

#endif
