#include "seal/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

enum {
	ROOM = SECRET_MAX + 3, /* one byte too many shows a longer line; CR LF or NUL */
	KEY_INTERRUPT = 3,     /* as the keys arrive with the terminal's own handling off */
	KEY_END = 4,
	KEY_BACKSPACE = 8,
	KEY_KILL = 21,
	KEY_DELETE = 127,
};

/* What the system refuses here is no reason not to sign. */
void secret_guard(void)
{
	static const struct rlimit none = { 0, 0 };

	(void)setrlimit(RLIMIT_CORE, &none);
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

static void tell_rights(const struct stat *st, const char *path, const char *what, struct diags *d)
{
	if (S_ISREG(st->st_mode) && (st->st_mode & (S_IRWXG | S_IRWXO)))
		diag_warning(d, (struct origin){ .file = path }, "secret",
			"others on this machine may read or change %s (its rights are %03o); run chmod 600 on the file", diag_say(d, what),
			(unsigned)(st->st_mode & (S_IRWXU | S_IRWXG | S_IRWXO)));
}

void secret_check_rights(const char *path, struct diags *d)
{
	struct stat st;

	if (!stat(path, &st))
		tell_rights(&st, path, "this private key", d);
}

/* What mlock refuses stays usable: the limit of locked memory is often nil. */
static void secret_open(struct secret *s)
{
	secret_guard();
	s->text = memory_new(ROOM, 1);
	s->n = 0;
	(void)mlock(s->text, ROOM);
	s->text[0] = '\0';
}

void secret_close(struct secret *s)
{
	if (!s->text)
		return;
	OPENSSL_cleanse(s->text, ROOM);
	(void)munlock(s->text, ROOM);
	free(s->text);
	*s = (struct secret){ 0 };
}

/* Into the room straight away: no buffer of a library keeps a copy. */
static bool read_all(int fd, struct secret *s)
{
	ssize_t k = 1;

	while (s->n < ROOM - 1) {
		k = read(fd, s->text + s->n, ROOM - 1 - s->n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			break;
		s->n += (size_t)k;
	}
	s->text[s->n] = '\0';
	return s->n == ROOM - 1 || k == 0;
}

static bool one_line(struct secret *s, struct origin at, struct diags *d)
{
	if (s->n && s->text[s->n - 1] == '\n')
		s->n--;
	if (s->n && s->text[s->n - 1] == '\r')
		s->n--;
	s->text[s->n] = '\0';
	if (s->n > SECRET_MAX)
		return diag_error(d, at, "secret", "a password has at most %d bytes; is this the right file?", (int)SECRET_MAX);
	if (memchr(s->text, '\n', s->n) || memchr(s->text, '\0', s->n))
		return diag_error(d, at, "secret",
			"this file has more than one line; write the password alone, on the first line");
	return true;
}

/* A pipe is fine, as a shell gives one for what a password keeper prints; O_NONBLOCK only keeps the opening of one that
 * nobody writes to from lasting for ever. */
static int open_secret(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd >= 0)
		(void)fcntl(fd, F_SETFL, 0);
	return fd;
}

bool secret_read(const char *path, struct secret *s, struct diags *d)
{
	struct origin at = { .file = path };
	struct stat st;
	int fd = open_secret(path);
	bool ok;

	*s = (struct secret){ 0 };
	if (fd < 0)
		return diag_error(d, at, "secret", "the password cannot be read: %s", strerror(errno));
	if (!fstat(fd, &st))
		tell_rights(&st, path, "this password", d);
	secret_open(s);
	ok = read_all(fd, s) || diag_error(d, at, "secret", "the password cannot be read: %s", strerror(errno));
	close(fd);
	ok = ok && one_line(s, at, d);
	if (!ok)
		secret_close(s);
	return ok;
}

/* Until a key was pressed; false where a signal wants to end the program. */
static bool wait_for_key(int tty, int ended)
{
	struct pollfd fd[] = { { .fd = tty, .events = POLLIN }, { .fd = ended, .events = POLLIN } };

	while (poll(fd, 2, -1) < 0)
		if (errno != EINTR)
			return false;
	return !fd[1].revents;
}

/* Keys one by one, so that giving up restores the terminal. */
static bool read_keys(int tty, int ended, struct secret *s)
{
	char key;

	while (wait_for_key(tty, ended)) {
		ssize_t k = read(tty, &key, 1);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0 || key == KEY_INTERRUPT || key == KEY_END)
			break;
		if (key == '\n' || key == '\r') {
			s->text[s->n] = '\0';
			return true;
		}
		if (key == KEY_KILL)
			s->n = 0;
		else if ((key == KEY_BACKSPACE || key == KEY_DELETE) && s->n)
			s->n--;
		else if (key != KEY_BACKSPACE && key != KEY_DELETE && s->n <= SECRET_MAX)
			s->text[s->n++] = key;
	}
	return false;
}

static void say(int tty, const char *s)
{
	(void)!write(tty, s, strlen(s));
}

static bool ask_silently(int tty, int ended, const char *prompt, struct secret *s)
{
	struct termios usual;
	struct termios silent;
	bool ok;

	if (tcgetattr(tty, &usual))
		return false;
	silent = usual;
	silent.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG);
	silent.c_cc[VMIN] = 1;
	silent.c_cc[VTIME] = 0;
	if (tcsetattr(tty, TCSAFLUSH, &silent))
		return false;
	say(tty, prompt);
	ok = read_keys(tty, ended, s);
	say(tty, "\n");
	(void)tcsetattr(tty, TCSAFLUSH, &usual);
	return ok;
}

/* Signals that end a program wait until the terminal shows again what is typed: they are seen, not taken, and come after that. */
static bool ask(int tty, const char *prompt, struct secret *s)
{
	sigset_t ending;
	sigset_t usual;
	int ended;
	bool ok;

	sigemptyset(&ending);
	sigaddset(&ending, SIGHUP);
	sigaddset(&ending, SIGINT);
	sigaddset(&ending, SIGQUIT);
	sigaddset(&ending, SIGTERM);
	if (sigprocmask(SIG_BLOCK, &ending, &usual))
		return false;
	ended = signalfd(-1, &ending, SFD_CLOEXEC); /* -1: poll passes it over */
	ok = ask_silently(tty, ended, prompt, s);
	if (ended >= 0)
		close(ended);
	(void)sigprocmask(SIG_SETMASK, &usual, NULL);
	return ok;
}

bool secret_ask(const char *prompt, struct secret *s, struct diags *d)
{
	struct origin nowhere = { 0 };
	int tty = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	bool ok;

	*s = (struct secret){ 0 };
	if (tty < 0)
		return diag_error(d, nowhere, "secret",
			"there is no terminal to ask for the password; write it into a file and name that");
	secret_open(s);
	ok = ask(tty, prompt, s);
	close(tty);
	if (!ok)
		diag_error(d, nowhere, "secret", "no password was given");
	else if (s->n > SECRET_MAX)
		ok = diag_error(d, nowhere, "secret", "a password has at most %d bytes", (int)SECRET_MAX);
	if (!ok)
		secret_close(s);
	return ok;
}
