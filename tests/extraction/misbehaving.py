"""Stands in for the reading process where a file has taken it over: what the file names is done."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from minutes.extraction import worker
from minutes.extraction.results import Found

read_well = worker.read


def loop(tell_page):
    while True:
        pass


def wait(tell_page):
    tell_page(os.getpid(), 0)
    signal.pause()


def segfault(tell_page):
    ctypes.string_at(0)


def memory(tell_page):
    bytearray(4_000_000_000)


def leave(tell_page):
    os._exit(3)


def connect(tell_page):
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def connect_behind_pythons_back(tell_page):
    """Found: what the kernel answers to code that does not ask Python for its socket."""
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.socket(socket.AF_INET, socket.SOCK_DGRAM, 0)
    somewhere = socket.AF_INET.to_bytes(2, sys.byteorder) + (9).to_bytes(2, "big") + bytes([192, 0, 2, 1]) + bytes(8)
    reached = libc.connect(descriptor, somewhere, 16)
    return Found("reached" if reached == 0 else os.strerror(ctypes.get_errno()), [])


def write(tell_page):
    Path("left").write_text("left behind")


def start_a_program(tell_page):
    subprocess.run(["true"], check=True)


def leave_a_child(tell_page):
    """Found: the number of a process that goes on."""
    child = subprocess.Popen(["sleep", "1000"])
    return Found(str(child.pid), [])


def tell_secrets(tell_page):
    return Found(repr(sorted(os.environ)), [])


def talk_without_end(tell_page):
    while True:
        tell_page(1, 2)


def lie(tell_page):
    return Found("会议\ud800纪要\0", [("made-up" * 20, "说明", -5, 10**9)])


def say_nonsense(tell_page):
    return Found(None, [["one"]])


DEEDS = [
    loop, wait, segfault, memory, leave, connect, connect_behind_pythons_back, write, start_a_program, leave_a_child,
    tell_secrets, talk_without_end, lie, say_nonsense,
]  # fmt: skip


def read(order, content, tell_page):
    """Does what the content names; what names nothing is read well."""
    for deed in DEEDS:
        if f"<{deed.__name__}>".encode() in content:
            return deed(tell_page)
    return read_well(order, content, tell_page)


if __name__ == "__main__":
    worker.read = read
    worker.main()
