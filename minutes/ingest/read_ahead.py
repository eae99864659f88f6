"""Read the next files of a command while it stores or prints the current one."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from minutes.extraction.archives import Document
from minutes.extraction.exceptions import MustBeRecognized
from minutes.extraction.files import display_name
from minutes.extraction.read_file import read_file
from minutes.extraction.results import FileReading, Progress, no_progress

# With the parameters of `read_file`.
Read = Callable[..., FileReading]
# Each takes up to the memory of one sandbox.
MOST_READ_AT_ONCE = 4


def read_ahead(
    documents: Iterable[Document], is_wanted: Callable[[Document], bool] = lambda _: True
) -> Iterator[tuple[Document, Read]]:
    """Yield each document in order, with the function that reads it and may have begun.

    What is not wanted, and scans, whose recognition reports its progress, are read only when that function is called.
    """
    at_once = min(os.cpu_count() or 1, MOST_READ_AT_ONCE)
    waiting: deque[tuple[Document, Read]] = deque()
    with ThreadPoolExecutor(at_once, "reading") as readers:
        for document in documents:
            read: Read = read_file
            if not document.reason and is_wanted(document):
                name = display_name(document.name)
                read = partial(finish, readers.submit(read_file, name, document.content, no_progress, False))
            waiting.append((document, read))
            if len(waiting) > at_once:
                yield waiting.popleft()
        yield from waiting


def finish(
    begun: Future[FileReading],
    name: str,
    content: bytes,
    progress: Progress = no_progress,
    recognizes: bool = True,
) -> FileReading:
    """Return what was read ahead, or read the file now if it must be recognized."""
    try:
        return begun.result()
    except MustBeRecognized:
        return read_file(name, content, progress, recognizes)
