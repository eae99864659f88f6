"""`python -m bench.page_times`: processor time of whole pages, printed for docs/develop/performance.md."""

import argparse
import datetime
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from bench.corpus.meetings import made_up_meeting  # noqa: E402
from bench.corpus.records import keep  # noqa: E402
from bench.page_times.addresses import addresses  # noqa: E402
from config.prepare import prepare  # noqa: E402
from minutes.models import Meeting  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Measure a page of each kind, in this tree and optionally in that of another commit, alternately."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meetings", type=int, default=2_000, help="how many made-up ones, beside the samples")
    parser.add_argument("--before", help="a commit to compare with, whose tables are the same")
    parser.add_argument("--rounds", type=int, default=9, help="how often each page is requested")
    parser.add_argument("--only", default="", help="kinds of pages whose name begins so")
    arguments = parser.parse_args()
    fill(arguments.meetings)
    with ExitStack() as open_trees:
        trees = {"now": open_trees.enter_context(answering(ROOT))}
        if arguments.before:
            trees = {arguments.before: open_trees.enter_context(answering_at(arguments.before)), **trees}
        print(
            f"{datetime.date.today()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
            f"{arguments.meetings} meetings"
        )
        print(f"\n| page | {' | '.join(trees)} | KB |\n|---|{'---|' * len(trees)}---|")
        for kind, paths in addresses().items():
            if kind.startswith(arguments.only):
                show(kind, paths, list(trees.values()), arguments.rounds)


def fill(meetings: int) -> None:
    """Keep the samples and so many made-up meetings, unless an earlier run in the same BENCH_DIR did."""
    prepare(minutes="samples")
    made_up = Meeting.objects.filter(parser_version="made up").count()
    if keep(made_up_meeting(serial) for serial in range(made_up, meetings)):
        call_command("index", rebuild=True)


class Answering:
    """A process that answers addresses with the files of one tree."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.process = process

    def ask(self, path: str) -> tuple[float, int, str]:
        """Return the milliseconds of processor time, the bytes of the page and their mark."""
        self.process.stdin.write(f"{path}\n")
        self.process.stdin.flush()
        milliseconds, status, size, mark = json.loads(self.process.stdout.readline())
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        return milliseconds, size, mark


@contextmanager
def answering(tree: Path) -> Iterator[Answering]:
    script = Path(__file__).with_name("answering.py")
    command = [sys.executable, str(script), str(tree)]
    limits = os.environ | {"ARCHIVE_API_REQUESTS_A_MINUTE": "1000000"}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=limits)  # noqa: S603
    with process:
        yield Answering(process)
        process.stdin.close()


@contextmanager
def answering_at(commit: str) -> Iterator[Answering]:
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        git("worktree", "add", "--detach", "--quiet", str(tree), commit)
        try:
            with answering(tree) as process:
                yield process
        finally:
            git("worktree", "remove", "--force", str(tree))


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=ROOT, check=True)  # noqa: S603, S607


def show(kind: str, paths: list[str], trees: list[Answering], rounds: int) -> None:
    """Print a line for one kind of page: the median over its pages and rounds, after a first asking of each."""
    times: list[list[float]] = [[] for _ in trees]
    kilobytes = 0.0
    for path in paths:
        first = [tree.ask(path) for tree in trees]
        if len({mark for _, _, mark in first}) > 1:
            print(f"{path} is another page now", file=sys.stderr)
        kilobytes = max(kilobytes, first[-1][1] / 1024)
        for _ in range(rounds):
            for tree, spent in zip(trees, times, strict=True):
                spent.append(tree.ask(path)[0])
    medians = " | ".join(f"{statistics.median(spent):.1f}" for spent in times)
    print(f"| {kind} | {medians} | {kilobytes:.0f} |", flush=True)


if __name__ == "__main__":
    main()
