/* Parts on a cluster, until all have ended: each second their files are looked at, and squeue is asked about those that say nothing. */
#include "cmd/batchslurm.h"

#include "base/file.h"
#include "batch/program.h"

#include <signal.h>
#include <string.h>
#include <time.h>

static const struct origin nowhere;

/* What squeue would be told by the surroundings. */
static const char *const queue_variables[] = { "SQUEUE_ACCOUNT", "SQUEUE_ALL", "SQUEUE_ARRAY", "SQUEUE_FORMAT", "SQUEUE_FORMAT2",
	"SQUEUE_LICENSES", "SQUEUE_LOCAL", "SQUEUE_NAMES", "SQUEUE_PARTITION", "SQUEUE_PRIORITY", "SQUEUE_QOS", "SQUEUE_SORT", "SQUEUE_STATES",
	"SQUEUE_USERS", NULL };

/* ---- how far it is ---- */

/* Lines that the part's journal has got. */
static void read_journal(struct cluster *c, unsigned k)
{
	struct cluster_task *t = &c->part[k - 1];
	struct arena a = { 0 };
	FILE *f = fopen(file_join(c->b->dir, shard_file((struct shard){ k, c->n_part }, c->b->journal_name, &a), &a), "r");
	char piece[4096];
	size_t n;

	if (f && fseek(f, t->read, SEEK_SET) == 0)
		while ((n = fread(piece, 1, sizeof piece, f)) > 0) {
			t->read += (long)n;
			for (const char *s = piece; (s = memchr(s, '\n', n - (size_t)(s - piece))); s++)
				t->n_seen++;
		}
	if (f)
		fclose(f);
	arena_clear(&a);
}

static void show(struct cluster *c)
{
	size_t n = 0;

	for (unsigned k = 1; k <= c->n_part; k++) {
		struct cluster_task *t = &c->part[k - 1];

		if (t->state == CLUSTER_UNDER_WAY)
			read_journal(c, k);
		n += t->state == CLUSTER_DONE || t->n_seen > t->n_area ? t->n_area : t->n_seen;
	}
	bar_show(&c->b->bar, n);
}

/* ---- what became of tasks ---- */

static void look_at_code(struct cluster *c, struct cluster_task *t)
{
	int code;

	if (t->state == CLUSTER_UNDER_WAY && t->id[0] && cluster_code(c, t, &code)) {
		t->code = code;
		t->state = code <= EXIT_INPUT ? CLUSTER_DONE : CLUSTER_FAILED;
	}
}

static void look_at_queue(struct cluster *c, struct cluster_task *t, const char *said)
{
	enum slurm_state state = slurm_state_of(said, t->id);

	if (t->state != CLUSTER_UNDER_WAY || !t->id[0])
		return;
	if (state == SLURM_STUCK)
		cluster_cancel(c, t->id);
	t->n_gone = state == SLURM_GONE || state == SLURM_ENDED ? t->n_gone + 1 : 0;
	if (state == SLURM_STUCK || t->n_gone > SLURM_GONE_POLLS)
		t->state = CLUSTER_FAILED;
}

/* The jobs that something is under way of. */
static const char *jobs_asked(const struct cluster *c, struct arena *a)
{
	struct buf b = { 0 };
	const char *jobs;

	buf_printf(&b, "--jobs=%s", c->array);
	for (unsigned k = 0; k < c->n_part; k++)
		if (c->part[k].state == CLUSTER_UNDER_WAY && c->part[k].tries > 1)
			buf_printf(&b, ",%s", c->part[k].id);
	if (c->merge.state == CLUSTER_UNDER_WAY && c->merge.id[0])
		buf_printf(&b, ",%s", c->merge.id);
	jobs = arena_text(a, b.text);
	buf_clear(&b);
	return jobs;
}

/* False where nothing was to be learnt for too long. */
static bool ask(struct cluster *c)
{
	struct arena a = { 0 };
	const char *argv[] = { "squeue", "--noheader", "--array", "--states=all", "--format=%i|%T|%r", jobs_asked(c, &a), NULL };
	struct program_said said;
	int why;
	bool ok = program_run(argv, queue_variables, &said, &why) && (!said.code || strstr(said.err.text, "Invalid job id"));

	c->n_silent = ok ? 0 : c->n_silent + 1;
	for (unsigned k = 0; ok && k < c->n_part; k++)
		look_at_queue(c, &c->part[k], said.out.text);
	if (ok && !(c->merge_waits && c->merge.state == CLUSTER_UNDER_WAY))
		look_at_queue(c, &c->merge, said.out.text);
	program_clear(&said);
	arena_clear(&a);
	return c->n_silent < SLURM_SILENT_POLLS
		|| diag_fault(c->b->diags, nowhere, "slurm", "squeue has not answered %d times; the parts go on without being followed",
			SLURM_SILENT_POLLS);
}

bool cluster_has_ended(const struct cluster *c, const char *jobs)
{
	struct arena a = { 0 };
	char *list = arena_text(&a, jobs);
	struct program_said said;
	size_t n = strlen(list);
	int why;
	bool free;

	while (n && list[n - 1] == '\n')
		list[--n] = '\0';
	for (char *s = list; (s = strchr(s, '\n'));)
		*s = ',';
	const char *argv[] = { "squeue", "--noheader", "--format=%i", arena_printf(&a, "--jobs=%s", list), NULL };

	free = !program_run(argv, queue_variables, &said, &why) || said.code || !said.out.n
		|| diag_fault(c->b->diags, (struct origin){ .file = c->folder }, "busy",
			"jobs of an earlier run still make this: %s; wait for their end (squeue), or take them back with scancel", list);
	program_clear(&said);
	arena_clear(&a);
	return free;
}

/* ---- again ---- */

/* What was to join the parts once all had gone well waits for ever. */
static void take_back_merge(struct cluster *c)
{
	if (!c->merge_waits)
		return;
	cluster_cancel(c, c->merge.id);
	c->merge_waits = false;
	c->merge.id[0] = '\0';
	c->merge.tries = 0;
}

static bool tell_given_up(struct cluster *c, const struct cluster_task *t)
{
	if (t->code < 0)
		return diag_fault(c->b->diags, nowhere, "slurm", "the part '%s' has failed %d times, the last time without a word of why", t->name,
			SLURM_TRIES);
	return diag_fault(c->b->diags, nowhere, "slurm", "the part '%s' has failed %d times, the last time with code %d", t->name, SLURM_TRIES,
		t->code);
}

static bool again_part(struct cluster *c, unsigned k)
{
	struct cluster_task *t = &c->part[k - 1];

	if (t->state != CLUSTER_FAILED || t->tries >= SLURM_TRIES)
		return true;
	take_back_merge(c);
	diag_note(c->b->diags, nowhere, "slurm", "the part '%s' has failed and was handed in again", t->name);
	return cluster_submit_part(c, k);
}

static size_t count(const struct cluster *c, enum cluster_state state)
{
	size_t n = 0;

	for (unsigned k = 0; k < c->n_part; k++)
		n += c->part[k].state == state;
	return n;
}

/* One look at all. *ended: nothing more comes. */
static bool step(struct cluster *c, bool *ended)
{
	bool ok = true;

	for (unsigned k = 0; k < c->n_part; k++)
		look_at_code(c, &c->part[k]);
	look_at_code(c, &c->merge);
	ok = ask(c);
	for (unsigned k = 1; ok && k <= c->n_part; k++)
		ok = again_part(c, k);
	show(c);
	if (!ok || count(c, CLUSTER_UNDER_WAY))
		return ok;
	if (count(c, CLUSTER_FAILED)) {
		take_back_merge(c);
		for (unsigned k = 0; k < c->n_part; k++)
			ok = (c->part[k].state != CLUSTER_FAILED || tell_given_up(c, &c->part[k])) && ok;
		return ok;
	}
	c->merge_waits = false;
	if (c->merge.state == CLUSTER_FAILED && c->merge.tries >= SLURM_TRIES)
		return tell_given_up(c, &c->merge);
	*ended = c->merge.state == CLUSTER_DONE;
	return *ended || (c->merge.id[0] && c->merge.state != CLUSTER_FAILED) || cluster_submit_merge(c);
}

/* ---- signals ---- */

/* 0 after a while without one. */
static int wait_signal(const sigset_t *signals)
{
	struct timespec while_long = { .tv_sec = SLURM_POLL_SECONDS };
	int n = sigtimedwait(signals, NULL, &while_long);

	return n > 0 ? n : 0;
}

static bool stopped(struct cluster *c, int signal)
{
	if (signal == SIGHUP)
		return diag_fault(c->b->diags, nowhere, "stopped", "stopped by a signal; the job %s goes on without being followed", c->array);
	cluster_cancel(c, NULL);
	return diag_fault(c->b->diags, nowhere, "stopped", "stopped by a signal; the job %s was cancelled, the same command goes on from there",
		c->array);
}

bool cluster_follow(struct cluster *c)
{
	sigset_t signals;
	sigset_t old;
	bool ended = false;
	int signal = 0;
	bool ok;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGHUP);
	sigprocmask(SIG_BLOCK, &signals, &old);
	c->b->bar = (struct bar){ .terminal = c->b->around->terminal, .n = c->b->list.n_area };
	bar_time(&c->b->bar);
	ok = cluster_submit(c);
	if (!ok)
		cluster_cancel(c, NULL);
	while (ok && !ended && !signal) {
		ok = step(c, &ended);
		signal = ok && !ended ? wait_signal(&signals) : 0;
	}
	bar_end(&c->b->bar);
	if (signal)
		ok = stopped(c, signal);
	sigprocmask(SIG_SETMASK, &old, NULL);
	return ok;
}
