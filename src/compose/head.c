/* Letterhead and foot: what stands around the text of every plan. */
#include "compose/composer.h"

#include "base/date.h"

#include <string.h>

enum { ISSUER_LINES = 3, SIGNATURE_LINES = 4 };

/* As wide as a space and a number of four digits and a letter, "1234a": a digit is two spaces wide. */
static const char number_blank[] = "           ";

/* Lines of a text divided by newlines; the number there are, also where they are more than most. */
static size_t split_lines(const char *text, const char **line, size_t most, struct arena *a)
{
	size_t n = 0;

	while (text && *text) {
		size_t length = strcspn(text, "\n");

		if (n < most)
			line[n] = arena_slice(a, text, length);
		n++;
		text += length + (text[length] == '\n');
	}
	return n;
}

void letterhead_add(struct composer *c)
{
	const struct job *job = c->job;
	struct letterhead *l = ARENA_NEW(c->a, struct letterhead);
	struct block *b;

	l->parent = job->parent;
	l->n_issuer = split_lines(job->agency_head, l->issuer, ISSUER_LINES, c->a);
	if (l->n_issuer > ISSUER_LINES) {
		diag_error(c->d, job->at, "limit", "the letterhead has more than %d lines",
			ISSUER_LINES);
		l->n_issuer = ISSUER_LINES;
	}
	l->number = job->number && *job->number
		? arena_printf(c->a, "Số: %s/%s", job->number, job->symbol)
		: arena_printf(c->a, "Số:%s/%s", number_blank, job->symbol);
	l->nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
	l->motto = "Độc lập - Tự do - Hạnh phúc";
	l->place_date = arena_printf(c->a, "%s, %s", job->place, date_long(job->date, c->a));
	letterhead_fields(c, l);
	b = block_add(c, BLOCK_LETTERHEAD, job->at);
	b->letterhead = l;
}

/* ---- recipients ---- */

struct recipient_list {
	struct recipient *recipient; /* [n] */
	size_t n;
	size_t cap;
	const char *file; /* "- Lưu: VP UBND (5 bản)." */
};

/* Without a mark at its end: the list sets its own. */
static const char *unmarked(const char *text, struct arena *a)
{
	size_t n = strlen(text);

	while (n && strchr(" .;,", text[n - 1]))
		n--;
	return arena_slice(a, text, n);
}

static void add_recipient(
	struct composer *c, const struct node *n, struct scope scope, struct recipient_list *list)
{
	const char *text = unmarked(runs_plain(runs_of_children(c, n, scope), c->a), c->a);
	const char *remark = runs_plain(runs_of_attribute(c, n, "remark", scope), c->a);

	if (!*text)
		return;
	if (*remark)
		text = arena_printf(c->a, "%s (%s)", text, remark);
	ARENA_PUSH(c->a, list->recipient, list->n, &list->cap)->text
		= arena_printf(c->a, "- %s;", text);
}

/* What the office writes behind "Lưu:"; the clerk's copy alone where it says nothing. */
static void set_file(
	struct composer *c, const struct node *n, struct scope scope, struct recipient_list *list)
{
	const char *text = unmarked(runs_plain(runs_of_children(c, n, scope), c->a), c->a);
	const char *copies = node_attribute(n, "copies");

	if (!*text)
		text = "VT";
	if (copies)
		text = arena_printf(c->a, "%s (%s bản)", text, copies);
	list->file = arena_printf(c->a, "- Lưu: %s.", text);
}

static void visit_recipient(struct composer *c, const struct node *n, struct scope scope, void *ctx)
{
	if (!n->name)
		return;
	if (node_is(n, "to"))
		add_recipient(c, n, scope, ctx);
	else if (node_is(n, "file"))
		set_file(c, n, scope, ctx);
}

/* ---- signatures ---- */

static void make_signature(struct composer *c, const struct signer *signer, struct signature *s)
{
	bool has_authority = signer->authority && *signer->authority;

	s->name = signer->name ? signer->name : "";
	if (has_authority)
		s->line[s->n_line++] = signer->authority;
	s->n_line += split_lines(
		signer->title, s->line + s->n_line, SIGNATURE_LINES - s->n_line, c->a);
	if (s->n_line > SIGNATURE_LINES) {
		diag_error(c->d, c->job->at, "limit", "a signature has more than %d lines",
			SIGNATURE_LINES);
		s->n_line = SIGNATURE_LINES;
	}
	signature_fields(c, s);
}

void foot_add(struct composer *c)
{
	struct foot *foot = ARENA_NEW(c->a, struct foot);
	struct signature *signature = ARENA_ARRAY(c->a, c->job->n_signer, struct signature);
	struct recipient_list list = { .file = "- Lưu: VT." };
	struct visitor v = { visit_recipient, NULL, &list };
	struct block *b;

	if (c->recipients)
		visit_children(c, c->recipients, c->recipients_scope, &v);
	else if (!compose_is_full(c))
		diag_warning(c->d, c->plan->root->at, "recipients",
			"the plan names no recipients (Nơi nhận); add <recipients> at its end");
	ARENA_PUSH(c->a, list.recipient, list.n, &list.cap)->text = list.file;
	for (size_t i = 0; i < c->job->n_signer; i++)
		make_signature(c, &c->job->signer[i], &signature[i]);
	foot->heading = "Nơi nhận:";
	foot->recipient = list.recipient;
	foot->n_recipient = list.n;
	foot->signature = signature;
	foot->n_signature = c->job->n_signer;
	b = block_add(c, BLOCK_FOOT, c->recipients ? c->recipients->at : c->job->at);
	b->foot = foot;
}
