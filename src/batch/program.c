#include "batch/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { OUT, ERR, FAILED, PIPES };
enum { READ, WRITE };

struct pipes {
	int fd[PIPES][2];
};

static void close_all(struct pipes *p, int end)
{
	for (int i = 0; i < PIPES; i++)
		if (p->fd[i][end] >= 0)
			close(p->fd[i][end]);
}

/* Each end is closed in whatever is executed. */
static bool open_all(struct pipes *p)
{
	for (int i = 0; i < PIPES; i++)
		p->fd[i][READ] = p->fd[i][WRITE] = -1;
	for (int i = 0; i < PIPES; i++)
		if (pipe(p->fd[i]) || fcntl(p->fd[i][READ], F_SETFD, FD_CLOEXEC) || fcntl(p->fd[i][WRITE], F_SETFD, FD_CLOEXEC)) {
			close_all(p, READ);
			close_all(p, WRITE);
			return false;
		}
	return true;
}

static _Noreturn void execute(const char *const argv[], const char *const *without, struct pipes *p)
{
	sigset_t none;
	int nothing = open("/dev/null", O_RDONLY);
	int why;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setpgid(0, 0);
	for (; without && *without; without++)
		unsetenv(*without);
	if (nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && dup2(p->fd[OUT][WRITE], STDOUT_FILENO) >= 0
		&& dup2(p->fd[ERR][WRITE], STDERR_FILENO) >= 0)
		execvp(argv[0], (char *const *)argv);
	why = errno;
	if (write(p->fd[FAILED][WRITE], &why, sizeof why) < 0)
		_exit(126);
	_exit(127);
}

/* False at its end. */
static bool take(int fd, struct buf *b)
{
	char piece[4096];
	ssize_t n = read(fd, piece, sizeof piece);

	if (n > 0 && b->n + (size_t)n <= PROGRAM_SAYS_MAX)
		buf_put(b, piece, (size_t)n);
	return n > 0 || (n < 0 && errno == EINTR);
}

static time_t seconds(void)
{
	struct timespec t = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

static void listen_to(pid_t pid, struct pipes *p, struct program_said *said)
{
	struct pollfd from[] = { { .fd = p->fd[OUT][READ], .events = POLLIN }, { .fd = p->fd[ERR][READ], .events = POLLIN } };
	struct buf *into[] = { &said->out, &said->err };
	time_t end = seconds() + PROGRAM_SECONDS;

	while (from[OUT].fd >= 0 || from[ERR].fd >= 0) {
		if (seconds() >= end)
			kill(-pid, SIGKILL);
		if (poll(from, 2, 1000) <= 0)
			continue;
		for (int i = 0; i < 2; i++)
			if (from[i].fd >= 0 && from[i].revents && !take(from[i].fd, into[i]))
				from[i].fd = -1;
	}
}

static int ended(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

bool program_run(const char *const argv[], const char *const *without, struct program_said *said, int *why)
{
	struct pipes p;
	pid_t pid;
	ssize_t n;

	*said = (struct program_said){ 0 };
	buf_puts(&said->out, "");
	buf_puts(&said->err, "");
	*why = 0;
	if (!open_all(&p)) {
		*why = errno;
		return false;
	}
	pid = fork();
	if (pid == 0)
		execute(argv, without, &p);
	*why = pid < 0 ? errno : 0;
	close_all(&p, WRITE);
	if (pid > 0) {
		n = read(p.fd[FAILED][READ], why, sizeof *why);
		if (n != (ssize_t)sizeof *why)
			*why = 0;
		listen_to(pid, &p, said);
		said->code = ended(pid);
	}
	close_all(&p, READ);
	return !*why;
}

void program_clear(struct program_said *said)
{
	buf_clear(&said->out);
	buf_clear(&said->err);
}
