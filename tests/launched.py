"""The launchers of `make run` and `make run-cluster`, as processes whose output and offspring a test looks at."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# * The archive is open (Ctrl-C stops it): http://127.0.0.1:8000/
OPEN = re.compile(r"The archive is open.*(http://127\.0\.0\.1:\d+/)$")
# For a busy machine; one that does nothing else takes a tenth of it.
SECONDS_TO_OPEN = 900
SECONDS_TO_END = 60


def inherited():
    """Return the environment without the settings of this test run."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("ARCHIVE_", "DJANGO_"))}


def begin(*command, **settings):
    """Start a module of the archive, with no other settings than these."""
    return subprocess.Popen(
        [sys.executable, "-m", *map(str, command)],
        cwd=ROOT,
        env=inherited() | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


class Launched:
    """A launcher whose output is read as it comes, so that it never waits for its reader."""

    def __init__(self, process):
        self.process = process
        self.said = []
        self.address = None
        self.opened_or_ended = threading.Event()
        self.reading = threading.Thread(target=self.read)
        self.reading.start()

    def read(self):
        with self.process.stdout as output:
            for line in output:
                self.said.append(line.rstrip())
                if found := OPEN.search(self.said[-1]):
                    self.address = found[1]
                    self.opened_or_ended.set()
        self.opened_or_ended.set()

    def ends_with(self):
        """Return the exit code, once it and all processes that share its output have ended."""
        self.reading.join(timeout=SECONDS_TO_END)
        return self.process.wait(timeout=SECONDS_TO_END)


@contextlib.contextmanager
def served(*command, **settings):
    """Yield a launched archive that responds."""
    launched = Launched(begin(*command, **settings))
    try:
        launched.opened_or_ended.wait(timeout=SECONDS_TO_OPEN)
        assert launched.address, "it never opened:\n" + "\n".join(launched.said)
        yield launched
    finally:
        interrupt(launched.process)
        launched.ends_with()


def interrupt(process):
    """Send Ctrl-C as a terminal does: to the process group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)


def parents():
    """Return the parent of every living process by id."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            found[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    return found


def commands(pids):
    found = {}
    for pid in pids:
        with contextlib.suppress(OSError):
            found[pid] = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return found


def children(pid):
    """Return the command line of every child of this process by id."""
    return commands(child for child, parent in parents().items() if parent == pid)


def descendants(pid):
    """Return the command line of every descendant of this process by id."""
    family = parents()
    below = {pid}
    while further := {child for child, parent in family.items() if parent in below} - below:
        below |= further
    return commands(below - {pid})


def lives(pid):
    """Return whether a process still runs: an ended one may remain in the list until its parent waits for it."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    return "State:\tZ" not in status


def wait_until_dead(processes):
    """Return once none of the processes lives."""
    pause = threading.Event()
    for _ in range(SECONDS_TO_END * 20):
        if not any(map(lives, processes)):
            return
        pause.wait(0.05)
    raise AssertionError([command for pid, command in processes.items() if lives(pid)])
