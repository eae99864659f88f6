"""Measure time and memory of very long texts: `python -m bench.sizes`.

At a quarter, half and full size, each is read like an upload, in the sandbox with its limits, in a program of its
own, so that the kernel reports what this text alone took.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from minutes.extraction.exceptions import UnreadableText  # noqa: E402
from minutes.extraction.read_file import read_file  # noqa: E402
from minutes.extraction.sandbox import supervisor  # noqa: E402
from tests.minutes_text import minutes_text  # noqa: E402

MILLION = 1_000_000
NAMES = "市教育局祝向舟、邬维舟  市工信局林望，县长周禾，副县长、公安局局长汪  岳\n"
PAGE_CHARACTERS = 600

# The kinds of long texts, each with a function of the fraction of its full size.
LONG: dict[str, Callable[[float], str]] = {
    "`列席：` and a million `市`": lambda part: minutes_text() + "\n列席：" + "市" * int(MILLION * part),
    "a million lines `云`": lambda part: "云\n" * int(MILLION * part),
    "one line of 10 MB": lambda part: minutes_text() + "\n" + sentence(int(10 * MILLION * part) // 3),
    "300 pages of attendance": lambda part: (
        minutes_text() + "\n列席：" + NAMES * (int(300 * part) * PAGE_CHARACTERS // len(NAMES))
    ),
}
PARTS = (0.25, 0.5, 1.0)


def sentence(characters: int) -> str:
    """Return one paragraph of this many characters."""
    return ("会议指出，市水务局要加强巡查，由市应急局会同市财政局于6月底前完成修订。" * (characters // 30))[:characters]


def main() -> None:
    if len(sys.argv) > 1:
        print(*cost(LONG[sys.argv[1]](float(sys.argv[2]))))
        return
    print("| text | a quarter | half | full |\n|---|---|---|---|")
    for name in LONG:
        print(f"| {name} | " + " | ".join(measured(name, part) for part in PARTS) + " |", flush=True)


def measured(name: str, part: float) -> str:
    """Return processor seconds and megabytes, and whether the text was rejected."""
    command = [sys.executable, "-m", "bench.sizes", name, str(part)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    seconds, megabytes, *refused = done.stdout.split()
    return f"{seconds} s, {megabytes} MB" + (f", {refused[0]}" if refused else "")


def cost(text: str) -> tuple[str, str, str]:
    refused = ""
    try:
        read_file("a.txt", text.encode())
    except UnreadableText as error:
        refused = str(error).replace(" ", "")
    supervisor.close_idle_servers()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return f"{used.ru_utime + used.ru_stime:.1f}", f"{used.ru_maxrss // 1024}", refused


if __name__ == "__main__":
    main()
