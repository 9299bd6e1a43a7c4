#include "batch/pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	RESULT_MAX = 64 << 20, /* [bytes] */
	TRIES = 2,
	IDLE = -1,
};

/* What a task sends in front of the bytes that came of it. */
struct message {
	uint64_t task;
	uint64_t n;
};

struct worker {
	pid_t pid; /* 0: there is none */
	int fd;
	ptrdiff_t task; /* or IDLE */
	unsigned tries; /* of the task, with this one */
	struct buf in;
};

/* What came of a task whose turn to be told has not come. */
struct waiting {
	size_t task;
	struct buf bytes;
	int signal;
	int code;
};

struct pool {
	const struct pool_work *work;
	struct worker worker[POOL_WORKERS_MAX];
	size_t n_worker;
	struct waiting waiting[POOL_WORKERS_MAX * 2]; /* [n_waiting] */
	size_t n_waiting;
	size_t next; /* to be handed out */
	size_t told;
	int signals;  /* signalfd */
	sigset_t old; /* signals that were blocked before */
	unsigned n_signal;
	bool stopped;
	bool refused; /* by what was done with a result */
	bool failed;
	struct diags *diags;
};

static const struct origin nowhere;

/* ---- bytes ---- */

static bool send_all(int fd, const void *data, size_t n)
{
	const char *s = data;

	while (n) {
		ssize_t sent = send(fd, s, n, MSG_NOSIGNAL);

		if (sent < 0 && errno != EINTR)
			return false;
		s += sent > 0 ? sent : 0;
		n -= sent > 0 ? (size_t)sent : 0;
	}
	return true;
}

static bool receive_all(int fd, void *into, size_t n)
{
	char *s = into;

	while (n) {
		ssize_t got = recv(fd, s, n, 0);

		if (got == 0 || (got < 0 && errno != EINTR))
			return false;
		s += got > 0 ? got : 0;
		n -= got > 0 ? (size_t)got : 0;
	}
	return true;
}

/* ---- in a worker ---- */

static _Noreturn void serve(const struct pool_work *work, int fd)
{
	struct buf result = { 0 };
	uint64_t task;

	while (receive_all(fd, &task, sizeof task)) {
		struct message m = { .task = task };

		result.n = 0;
		work->work(work->ctx, (size_t)task, &result);
		m.n = result.n;
		if (!send_all(fd, &m, sizeof m) || !send_all(fd, result.text, result.n))
			break;
	}
	_exit(0);
}

/* ---- workers ---- */

static bool start(struct pool *p, struct worker *w)
{
	int pair[2];

	*w = (struct worker){ .task = IDLE, .in = w->in };
	w->in.n = 0;
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		return diag_fault(p->diags, nowhere, "io", "no worker can be started: %s", strerror(errno));
	w->pid = fork();
	if (w->pid == 0) {
		for (size_t i = 0; i < p->n_worker; i++)
			if (p->worker[i].pid && &p->worker[i] != w)
				close(p->worker[i].fd);
		close(p->signals);
		close(pair[0]);
		serve(p->work, pair[1]);
	}
	close(pair[1]);
	w->fd = pair[0];
	if (w->pid > 0)
		return true;
	close(pair[0]);
	w->pid = 0;
	return diag_fault(p->diags, nowhere, "io", "no worker can be started: %s", strerror(errno));
}

static void end(struct worker *w, int *status)
{
	*status = 0;
	if (!w->pid)
		return;
	close(w->fd);
	while (waitpid(w->pid, status, 0) < 0 && errno == EINTR)
		;
	w->pid = 0;
	w->task = IDLE;
}

/* A worker that is gone is noticed by its silence. */
static void hand_out(struct worker *w, size_t task, unsigned tries)
{
	uint64_t number = task;

	w->task = (ptrdiff_t)task;
	w->tries = tries;
	w->in.n = 0;
	send_all(w->fd, &number, sizeof number);
}

/* ---- what came of tasks ---- */

static void tell(struct pool *p, size_t i)
{
	struct waiting w = p->waiting[i];
	struct pool_result result = { w.bytes.text ? w.bytes.text : "", w.bytes.n, w.signal, w.code };

	p->waiting[i] = p->waiting[--p->n_waiting];
	p->told++;
	if (!p->work->done(p->work->ctx, w.task, &result))
		p->stopped = p->refused = true;
	buf_clear(&w.bytes);
}

/* All whose turn has come; nothing behind what ended the run, however far others were then. */
static void tell_all(struct pool *p)
{
	for (size_t i = 0; i < p->n_waiting && !p->refused;)
		if (p->waiting[i].task == p->told) {
			tell(p, i);
			i = 0;
		} else {
			i++;
		}
}

static void finish(struct pool *p, struct worker *w, struct waiting result)
{
	result.task = (size_t)w->task;
	p->waiting[p->n_waiting++] = result;
	w->task = IDLE;
	tell_all(p);
}

/* A worker that is gone. */
static void lose(struct pool *p, struct worker *w)
{
	ptrdiff_t task = w->task;
	unsigned tries = w->tries;
	int status;

	end(w, &status);
	if (task == IDLE || p->n_signal > 1) {
		p->failed = p->failed || task != IDLE;
		return;
	}
	if (tries < TRIES && start(p, w)) {
		hand_out(w, (size_t)task, tries + 1);
		return;
	}
	w->task = task;
	finish(p, w, (struct waiting){ .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
		.code = WIFEXITED(status) ? WEXITSTATUS(status) : 0 });
}

/* What a worker sent, as far as it is there. */
static void listen_to(struct pool *p, struct worker *w)
{
	enum { PIECE = 64 << 10 };
	struct message m;
	ssize_t n = recv(w->fd, buf_room(&w->in, PIECE), PIECE, 0);

	if (n < 0 && errno == EINTR)
		return;
	if (n <= 0) {
		lose(p, w);
		return;
	}
	w->in.n += (size_t)n;
	if (w->in.n < sizeof m)
		return;
	memcpy(&m, w->in.text, sizeof m);
	if (m.n > RESULT_MAX || w->task == IDLE || m.task != (uint64_t)w->task) {
		kill(w->pid, SIGKILL);
		lose(p, w);
	} else if (w->in.n == sizeof m + m.n) {
		struct waiting result = { 0 };

		buf_put(&result.bytes, w->in.text + sizeof m, m.n);
		finish(p, w, result);
	}
}

/* ---- the whole ---- */

/* Room for what comes of a task is kept before it is handed out. */
static bool may_hand_out(const struct pool *p)
{
	return !p->stopped && p->next < p->work->n_task && p->next - p->told < POOL_WORKERS_MAX * 2;
}

static void hand_out_all(struct pool *p)
{
	for (size_t i = 0; i < p->n_worker && may_hand_out(p); i++) {
		struct worker *w = &p->worker[i];

		if (w->pid && w->task != IDLE)
			continue;
		if (!w->pid && !start(p, w)) {
			p->stopped = p->failed = true;
			return;
		}
		hand_out(w, p->next++, 1);
	}
}

static bool is_busy(const struct pool *p)
{
	for (size_t i = 0; i < p->n_worker; i++)
		if (p->worker[i].task != IDLE)
			return true;
	return false;
}

static void take_signal(struct pool *p)
{
	struct signalfd_siginfo info;

	if (read(p->signals, &info, sizeof info) != (ssize_t)sizeof info)
		return;
	p->stopped = true;
	if (++p->n_signal == 1)
		diag_fault(p->diags, nowhere, "stopped", "stopped by a signal; what is done is whole, and --resume goes on from there");
	for (size_t i = 0; p->n_signal > 1 && i < p->n_worker; i++)
		if (p->worker[i].pid)
			kill(p->worker[i].pid, SIGKILL);
}

static void wait_for_any(struct pool *p)
{
	struct pollfd poll_fd[POOL_WORKERS_MAX + 1] = { { .fd = p->signals, .events = POLLIN } };
	size_t n = p->n_worker;

	for (size_t i = 0; i < n; i++)
		poll_fd[i + 1] = (struct pollfd){ .fd = p->worker[i].pid ? p->worker[i].fd : -1, .events = POLLIN };
	if (poll(poll_fd, (nfds_t)n + 1, -1) < 0)
		return;
	if (poll_fd[0].revents)
		take_signal(p);
	for (size_t i = 0; i < n; i++)
		if (poll_fd[i + 1].revents && p->worker[i].pid)
			listen_to(p, &p->worker[i]);
}

static bool open_signals(struct pool *p, struct diags *d)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, &p->old);
	p->signals = signalfd(-1, &set, SFD_CLOEXEC);
	if (p->signals >= 0)
		return true;
	sigprocmask(SIG_SETMASK, &p->old, NULL);
	return diag_fault(d, nowhere, "io", "no worker can be started: %s", strerror(errno));
}

bool pool_run(const struct pool_work *work, struct diags *d)
{
	struct pool *p = memory_new(1, sizeof *p);
	bool ok;
	int status;

	*p = (struct pool){ .work = work, .diags = d, .n_worker = work->n_worker < POOL_WORKERS_MAX ? work->n_worker : POOL_WORKERS_MAX };
	if (p->n_worker > work->n_task)
		p->n_worker = work->n_task;
	for (size_t i = 0; i < p->n_worker; i++)
		p->worker[i].task = IDLE;
	ok = open_signals(p, d);
	if (ok) {
		for (hand_out_all(p); is_busy(p); hand_out_all(p))
			wait_for_any(p);
		for (size_t i = 0; i < p->n_worker; i++) {
			end(&p->worker[i], &status);
			buf_clear(&p->worker[i].in);
		}
		close(p->signals);
		sigprocmask(SIG_SETMASK, &p->old, NULL);
		ok = !p->failed && !p->refused && p->told == work->n_task;
	}
	for (size_t i = 0; i < p->n_waiting; i++)
		buf_clear(&p->waiting[i].bytes);
	free(p);
	return ok;
}
