"""Serve the archive on this machine until Ctrl-C, for `make run`.

Starts the web server and the worker, and stops both when stopped or when one of them ends. Meant for a first look; in
production a service manager or containers do this (docs/operate/configuration.md).
"""

import argparse
import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from config.probe import OWN_ADDRESS, is_healthy
from minutes.messages import translate as _

SECONDS_TO_ANSWER = 300  # a busy machine takes minutes to import everything
SECONDS_TO_STOP = 15
WEB = _("web server")
WORKER = _("worker")
PR_SET_PDEATHSIG = 1  # from linux/prctl.h
STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    arguments = read_arguments()
    refuse_production()
    refuse_a_busy_port(arguments.port)
    leave_on_signals()
    serve(arguments.minutes, arguments.port)


def serve(minutes: str | None, port: int) -> None:
    """Bring the archive up to date and run both processes until one of them ends or this one is stopped."""
    prepare(minutes)
    processes: dict[str, subprocess.Popen] = {}
    try:
        processes[WORKER] = start(sys.executable, "manage.py", "db_worker")
        processes[WEB] = start(
            *(sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py"),
            *("--bind", f"{OWN_ADDRESS}:{port}", "--log-level", "warning", "config.wsgi"),
        )
        announce_when_open(port, processes)
        name = first_to_end(processes)
        sys.exit(
            _(
                "The {name} ended by itself (exit code {code}), so the archive stops.",
                name=name,
                code=processes[name].returncode,
            )
        )
    finally:
        for process in processes.values():
            stop(process)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=_("Serves the archive on this machine until Ctrl-C."))
    parser.add_argument("minutes", nargs="?", help=_("a folder or file of minutes to ingest first"))
    parser.add_argument("--port", type=int, default=8000)
    return parser.parse_args()


def refuse_production() -> None:
    if os.environ.get("ARCHIVE_ENV", "local") != "local":
        sys.exit(_("make run is for development: unset ARCHIVE_ENV or see docs/operate/configuration.md."))


def refuse_a_busy_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((OWN_ADDRESS, port))
        except (OSError, OverflowError) as problem:
            sys.exit(
                _(
                    "Port {port} cannot be used ({problem}), perhaps because the archive is already running "
                    "there. Choose another one, by adding to make: PORT={other}",
                    port=port,
                    problem=problem,
                    other=port + 1 if port < 65535 else 8000,
                )
            )


def leave_on_signals() -> None:
    for number in STOPPING_SIGNALS:
        signal.signal(number, leave)


def leave(number: int, frame: object) -> None:
    """Exit, ignoring a second Ctrl-C while the processes are stopped."""
    for stopping in STOPPING_SIGNALS:
        signal.signal(stopping, signal.SIG_IGN)
    print("\n" + _("Stopping the archive."), flush=True)
    sys.exit(0)


def prepare(minutes: str | None) -> None:
    paths = [str(Path(minutes).expanduser())] if minutes else []
    if paths and not Path(paths[0]).exists():
        sys.exit(
            _(
                "There is no file or folder {path}: give the path of your minutes, make run MINUTES=path",
                path=paths[0],
            )
        )
    result = subprocess.run([sys.executable, "-m", "config.prepare", *paths], check=False)
    if result.returncode:
        sys.exit(_("The archive could not be prepared; see the messages above."))


def start(*command: str, **options: Any) -> subprocess.Popen:
    """Start a process in its own group.

    Ctrl-C then only reaches the launcher, which stops the group once.
    """
    return subprocess.Popen(command, process_group=0, preexec_fn=end_with_launcher, **options)


def end_with_launcher() -> None:
    """Have the kernel stop this process if the launcher is killed (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def announce_when_open(port: int, processes: dict[str, subprocess.Popen]) -> None:
    """Print the URL once the archive responds; return if a process has ended."""
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while not is_healthy(port):
        if any(process.poll() is not None for process in processes.values()):
            return
        if time.monotonic() > deadline:
            sys.exit(
                _(
                    "The archive did not answer within {seconds} seconds, so it stops.",
                    seconds=SECONDS_TO_ANSWER,
                )
            )
        time.sleep(0.1)
    print(
        _("* The archive is open (Ctrl-C stops it): {address}", address=f"http://{OWN_ADDRESS}:{port}/"),
        flush=True,
    )


def first_to_end(processes: dict[str, subprocess.Popen]) -> str:
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                return name
        time.sleep(0.2)


def stop(process: subprocess.Popen) -> None:
    """Stop a process and its children: SIGTERM first, SIGKILL after a timeout."""
    signal_group(process, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=SECONDS_TO_STOP)
    signal_group(process, signal.SIGKILL)
    process.wait()


def signal_group(process: subprocess.Popen, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


if __name__ == "__main__":
    main()
