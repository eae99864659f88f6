"""Reads a file in a process of its own, and ends that process whatever it does."""

from __future__ import annotations

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from minutes.extraction.exceptions import MustBeRecognized, UnreadableText
from minutes.extraction.limits import Limits
from minutes.extraction.results import Doubt, Found, TellPage

logger = logging.getLogger(__name__)
PROJECT = Path(__file__).resolve().parents[2]
WORKER = "minutes.extraction.worker"
# A text of five million characters and its doubts, as JSON.
MOST_SAID = 50_000_000
MOST_CHARACTERS = 5_000_000
ENDED_BY = {
    signal.SIGXCPU: "读取用时超过上限，可能是恶意文件。请拆分或另存后再提交。",
    signal.SIGKILL: "读取用时或内存超过上限，读取程序已被终止。请拆分或另存后再提交。",
}
TOO_SLOW = "读取超过{seconds}秒，已终止，可能是恶意文件。请拆分或另存后再提交。"
CRASHED = "读取程序意外终止（{reason}），文件可能已损坏，或展开后过大。请用原程序打开核对后另存，再提交。"
TOO_LONG = "文字超过{most}万字，不像是会议纪要。请确认文件。"


def read_apart(reader: str, content: bytes, limits: Limits, tell_page: TellPage, is_large: bool = False) -> Found:
    """What a reader (docx, pdf …) finds in the content; `UnreadableText` when it finds nothing or ends otherwise."""
    order = {"reader": reader, "parent": os.getpid(), "is_large": is_large, **asdict(limits)}
    with tempfile.TemporaryDirectory(prefix="minutes-", ignore_cleanup_errors=True) as folder:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(content)
            file.seek(0)
            process = started(order, file, folder)
        try:
            said = last_word(process, limits, tell_page)
        finally:
            ended(process)
    return found_in(said, process.returncode)


def started(order: dict[str, Any], file: IO[bytes], folder: str) -> subprocess.Popen[bytes]:
    """The process, with a group of its own, and nothing of our environment: there are secrets in it."""
    # -P: nothing that lies in its folder is taken for a module.
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-P", "-B", "-m", WORKER, json.dumps(order)],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONPATH": str(PROJECT),
            "HOME": folder,
            "TMPDIR": folder,
            "LANG": "C.UTF-8",
        },
        start_new_session=True,
    )


def ended(process: subprocess.Popen[bytes]) -> None:
    """Nothing, after the process and all that it started are gone."""
    # Before it is waited for, its number cannot belong to anybody else.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()


def last_word(process: subprocess.Popen[bytes], limits: Limits, tell_page: TellPage) -> dict[str, Any]:
    """What the process said at the end, {} when it ended without a word. Pages are told as they are done."""
    said: dict[str, Any] = {}
    for line in lines_from(process, limits):
        try:
            said = json.loads(line)
            if "page" in said:
                tell_page(int(said["page"]), int(said["pages"]))
                said = {}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return {}
    return said


def lines_from(process: subprocess.Popen[bytes], limits: Limits) -> Iterator[bytes]:
    """The whole lines of the process until it closes its output; `UnreadableText` when it takes too long."""
    assert process.stdout
    deadline = time.monotonic() + limits.seconds
    unfinished, read = b"", 0
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(max(deadline - time.monotonic(), 0)):
                raise UnreadableText(TOO_SLOW.format(seconds=limits.seconds))
            piece = os.read(process.stdout.fileno(), 1 << 20)
            if not piece:
                return
            read += len(piece)
            if read > MOST_SAID:
                raise UnreadableText(TOO_LONG.format(most=MOST_CHARACTERS // 10_000))
            *lines, unfinished = (unfinished + piece).split(b"\n")
            yield from lines


def found_in(said: dict[str, Any], exit_code: int) -> Found:
    """The text and its doubts. The process may have been taken over by the file, so what it says is checked."""
    if "error" in said:
        logger.warning("A file could not be read:\n%s", said["error"])
    if "unreadable" in said:
        raise UnreadableText(whole_characters(said["unreadable"]))
    if not said:
        raise UnreadableText(why_it_ended(exit_code))
    try:
        if "pages_to_recognize" in said:
            raise MustBeRecognized(int(said["pages_to_recognize"]))
        text = whole_characters(said["text"]).replace("\0", " ")
        doubts = [doubt_in(text, *doubt) for doubt in said["doubts"]]
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableText(CRASHED.format(reason="答复不合规定")) from error
    if len(text) > MOST_CHARACTERS:
        raise UnreadableText(TOO_LONG.format(most=MOST_CHARACTERS // 10_000))
    return Found(text, doubts)


def doubt_in(text: str, code: Any, message: Any, start: Any, end: Any) -> Doubt:
    if start is None:
        return Doubt(whole_characters(code)[:60], whole_characters(message), None, None)
    begin = min(max(int(start), 0), len(text))
    return Doubt(whole_characters(code)[:60], whole_characters(message), begin, min(max(int(end), begin), len(text)))


def whole_characters(said: Any) -> str:
    """What was said, with halves of characters shown as �: no database could keep them."""
    return str(said).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def why_it_ended(exit_code: int) -> str:
    if exit_code >= 0:
        return CRASHED.format(reason=f"代码 {exit_code}")
    if exit_code in (-signal.SIGXCPU, -signal.SIGKILL):
        return ENDED_BY[signal.Signals(-exit_code)]
    return CRASHED.format(reason=f"信号 {-exit_code}")
