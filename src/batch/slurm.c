#include "batch/slurm.h"

#include "base/buf.h"

#include <string.h>

const char slurm_script[] =
	"#!/bin/sh\n"
	"# A part of a batch, or what joins the parts. Input that is wrong is no failure of the task.\n"
	"folder=$1 parts=$2 name=merge\n"
	"shift 2\n"
	"[ \"$parts\" = merge ] || { name=$SLURM_ARRAY_TASK_ID; set -- \"$@\" --shard \"$name/$parts\"; }\n"
	"\"$@\"\n"
	"code=$?\n"
	"echo \"$code\" >\"$folder/$name.new\" && mv \"$folder/$name.new\" \"$folder/$name.code\"\n"
	"[ \"$code\" -le 1 ]\n";

static const char lower[] = "abcdefghijklmnopqrstuvwxyz";
static const char digits[] = "0123456789";

/* Those that this program gives itself, and those that would run something else. */
static const char *const ours[] = { "array", "chdir", "dependency", "error", "help", "output", "parsable", "test-only", "usage", "version",
	"wait", "wrap" };

bool slurm_option(const char *word, struct diags *d)
{
	struct origin nowhere = { 0 };
	const char *name = word + 2;
	size_t n;

	if (strncmp(word, "--", 2) != 0 || !strchr(lower, *name) || !*name)
		return diag_error(d, nowhere, "usage", "'%s' is no option for sbatch; write it with two dashes and its value behind '=': --mem=4G",
			word);
	n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
	if (name[n] && name[n] != '=')
		return diag_error(d, nowhere, "usage", "'%s' is no option for sbatch; write it with two dashes and its value behind '=': --mem=4G",
			word);
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		if (n && !strncmp(name, ours[i], n))
			return diag_error(d, nowhere, "usage", "the option --%s of sbatch is given by the program itself; leave it out", ours[i]);
	return true;
}

bool slurm_submitted(const char *said, char id[SLURM_ID_MAX])
{
	size_t n = strspn(said, digits);

	if (!n || n >= SLURM_ID_MAX / 2 || (said[n] && said[n] != '\n') || (said[n] && said[n + 1]))
		return false;
	memcpy(id, said, n);
	id[n] = '\0';
	return true;
}

const char *slurm_path(const char *path, struct arena *a)
{
	struct buf b = { 0 };
	const char *doubled;

	buf_puts(&b, "");
	for (; *path; path++) {
		if (*path == '%')
			buf_putc(&b, '%');
		buf_putc(&b, *path);
	}
	doubled = arena_text(a, b.text);
	buf_clear(&b);
	return doubled;
}

/* ---- the queue ---- */

static const struct state_word {
	const char *word;
	enum slurm_state state;
} words[] = {
	{ "PENDING", SLURM_WAITS }, { "CONFIGURING", SLURM_WAITS }, { "REQUEUED", SLURM_WAITS }, { "REQUEUE_FED", SLURM_WAITS },
	{ "REQUEUE_HOLD", SLURM_STUCK }, { "SPECIAL_EXIT", SLURM_STUCK }, { "RUNNING", SLURM_RUNS }, { "COMPLETING", SLURM_RUNS },
	{ "SUSPENDED", SLURM_RUNS }, { "STOPPED", SLURM_RUNS }, { "SIGNALING", SLURM_RUNS }, { "STAGE_OUT", SLURM_RUNS },
	{ "RESIZING", SLURM_RUNS }, { "BOOT_FAIL", SLURM_ENDED }, { "CANCELLED", SLURM_ENDED }, { "COMPLETED", SLURM_ENDED },
	{ "DEADLINE", SLURM_ENDED }, { "FAILED", SLURM_ENDED }, { "NODE_FAIL", SLURM_ENDED }, { "OUT_OF_MEMORY", SLURM_ENDED },
	{ "PREEMPTED", SLURM_ENDED }, { "REVOKED", SLURM_ENDED }, { "TIMEOUT", SLURM_ENDED },
};

/* What a task that waits may wait for without end, until somebody does something. */
static const char *const endless[] = { "DependencyNeverSatisfied", "launch failed requeued held", "launch_failed_requeued_held" };

static bool starts(const char *s, size_t n, const char *with, char end)
{
	size_t m = strlen(with);

	return m <= n && !strncmp(s, with, m) && (m == n || s[m] == end);
}

static enum slurm_state state_in(const char *s, size_t n)
{
	const char *reason = memchr(s, '|', n);
	enum slurm_state state = SLURM_RUNS; /* a word of a later version: it is still there */

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (starts(s, n, words[i].word, '|'))
			state = words[i].state;
	for (size_t i = 0; reason && state == SLURM_WAITS && i < sizeof endless / sizeof *endless; i++)
		if (starts(reason + 1, n - (size_t)(reason + 1 - s), endless[i], '|'))
			return SLURM_STUCK;
	return state;
}

enum slurm_state slurm_state_of(const char *said, const char *id)
{
	enum slurm_state found = SLURM_GONE;

	while (*said) {
		size_t n = strcspn(said, "\n");
		size_t m = strlen(id);

		if (starts(said, n, id, '|') && m < n)
			found = state_in(said + m + 1, n - m - 1);
		said += n + (said[n] == '\n');
	}
	return found;
}
