#!/usr/bin/python3
"""prompt.py COMMAND...: runs it on a terminal of its own until it asks for a secret, types a part of one and ends it with SIGTERM.

Exit code 0: nothing that was typed was shown, and the terminal shows again what is typed; the command ended by the signal.
"""
import os, pty, select, signal, sys, termios, time

pid, terminal = pty.fork()
if not pid:
    os.execvp(sys.argv[1], sys.argv[1:])


def read_until(wanted, seconds):
    shown = b""
    end = time.monotonic() + seconds
    while wanted not in shown and time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                shown += os.read(terminal, 1000)
            except OSError:  # nobody holds the other end
                break
    return shown


def echoes():
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


shown = read_until(b": ", 30)
faults = []
if b": " not in shown:
    faults.append("does not ask")
elif echoes():
    faults.append("shows what is typed")
os.write(terminal, b"qzw")
time.sleep(0.3)
os.kill(pid, signal.SIGTERM)
end = time.monotonic() + 10
status = None
while status is None and time.monotonic() < end:
    done, code = os.waitpid(pid, os.WNOHANG)
    status = code if done else None
    time.sleep(0.05)
if status is None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    faults.append("does not end")
elif not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGTERM:
    faults.append(f"ends with status {status}, not by the signal")
if not echoes():
    faults.append("leaves the terminal silent")
if b"qzw" in read_until(b"qzw", 0.5):
    faults.append("shows the secret")
sys.exit(", ".join(faults) or 0)
