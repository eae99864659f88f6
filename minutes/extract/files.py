"""The files that someone means by the paths on a command line, and their bytes."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from minutes.extract.text import UnreadableText

# The longest minutes known have 300 pages: well under a megabyte of text.
MOST_BYTES = 20_000_000
TEXT_ENDING = ".txt"


def files_meant_by(paths: Iterable[str]) -> Iterator[Path]:
    """Every file given, every .txt file below a folder given, and what patterns stand for; in order of name.

    A path that leads to nothing is given back as it is, so that whoever reads it can say so.
    """
    for path in paths:
        found = [path] if os.path.lexists(path) else sorted(glob.glob(path, recursive=True)) or [path]
        for each in found:
            if os.path.isdir(each):
                yield from text_files_below(each)
            else:
                yield Path(each)


def text_files_below(folder: str) -> Iterator[Path]:
    """The .txt files of a folder and the folders in it, in order of name."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(parent, name) for name in sorted(names) if name.lower().endswith(TEXT_ENDING))


def shown_name(path: Path) -> str:
    """The name of a file as it can be stored and printed, even when there are odd bytes in it."""
    name = os.fsencode(path.name).decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "\ufffd" for character in name)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file; `UnreadableText` says why there are none."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableText(f"It cannot be opened: {error.strerror}.") from error
    except ValueError as error:
        raise UnreadableText(f"It cannot be opened: {error}.") from error
    if len(content) > MOST_BYTES:
        raise UnreadableText(f"It is larger than {MOST_BYTES:,} bytes, which no minutes are. Is it the right file?")
    return content
