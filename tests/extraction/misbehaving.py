"""A reading process taken over by a file: it does what the file names."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path

from minutes.extraction.results import Extraction
from minutes.extraction.sandbox import worker
from minutes.parser.types import Problem, Span


def loop(progress):
    while True:
        pass


def wait(progress):
    progress(1, os.getpid())
    signal.pause()


def segfault(progress):
    ctypes.string_at(0)


def memory(progress):
    bytearray(4_000_000_000)


def leave(progress):
    os._exit(3)


def connect(progress):
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def connect_behind_pythons_back(progress):
    """Extract what the kernel answers to code that bypasses Python's sockets."""
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.socket(socket.AF_INET, socket.SOCK_DGRAM, 0)
    somewhere = socket.AF_INET.to_bytes(2, sys.byteorder) + (9).to_bytes(2, "big") + bytes([192, 0, 2, 1]) + bytes(8)
    reached = libc.connect(descriptor, somewhere, 16)
    return Extraction("reached" if reached == 0 else os.strerror(ctypes.get_errno()))


def write(progress):
    Path("left").write_text("left behind")


def start_a_program(progress):
    subprocess.run(["true"], check=True)


def leave_a_child(progress):
    """Extract the id of a process that keeps running."""
    child = subprocess.Popen(["sleep", "1000"])
    return Extraction(str(child.pid))


def tell_secrets(progress):
    return Extraction(repr(sorted(os.environ)))


def talk_without_end(progress):
    while True:
        progress(1, 2)


def tell_a_page(progress):
    progress(1, 2)
    return Extraction("told")


def halve_characters(progress):
    return Extraction("会议\ud800纪要\0")


def lie_about_places(progress):
    return Extraction("会议纪要", (Problem("made-up", "说明", Span(0, 10**9)),))


def lie_about_characters(progress):
    say(b'{"extraction": {"text": "\\u0000"}}')


def say_nonsense(progress):
    say(b'{"extraction": {"text": null}}')


def say_nothing(progress):
    os._exit(0)


def say(line):
    """Write to the output past the worker, and exit."""
    descriptors = [int(name) for name in os.listdir("/proc/self/fd")]
    pipes = [each for each in descriptors if each > 2 and stat.S_ISFIFO(os.fstat(each).st_mode)]
    os.write(pipes[-1], line + b"\n")
    os._exit(0)


def remember(progress):
    before = getattr(worker, "remembered", "nothing")
    worker.remembered = "something"
    return Extraction(before)


DEEDS = [
    loop, wait, segfault, memory, leave, connect, connect_behind_pythons_back, write, start_a_program, leave_a_child,
    tell_secrets, talk_without_end, tell_a_page, halve_characters, lie_about_places, lie_about_characters,
    say_nonsense, say_nothing, remember,
]  # fmt: skip


def do(content, limits, progress, read):
    """Do what the content names; extract other content normally."""
    for deed in DEEDS:
        if f"<{deed.__name__}>".encode() in content:
            return deed(progress)
    return read(content, limits, progress)


worker.READERS = {name: partial(do, read=read) for name, read in worker.READERS.items()}
warm_up, run = worker.warm_up, worker.run
