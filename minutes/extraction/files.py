"""The files that someone means by the paths on a command line, and their bytes."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.formats import ENDINGS
from minutes.extraction.limits import MEGABYTE, limits

LONGEST_NAME = 255
SHOWN_ENDINGS = " ".join(ENDINGS)


def files_meant_by(paths: Iterable[str]) -> Iterator[Path]:
    """Every file given, those of a known ending below a folder given, and what patterns stand for; in order of name.

    A path that leads to nothing is given back as it is, so that whoever reads it can say so.
    """
    for path in paths:
        found = [path] if os.path.lexists(path) else sorted(glob.glob(path, recursive=True)) or [path]
        for each in found:
            if os.path.isdir(each):
                yield from known_files_below(each)
            else:
                yield Path(each)


def known_files_below(folder: str) -> Iterator[Path]:
    """The files of a folder and the folders in it whose ending is that of a format that is read, in order of name."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        # ~$纪要.docx: what Word leaves beside a file that is open.
        yield from (
            Path(parent, name)
            for name in sorted(names)
            if Path(name).suffix.lower() in ENDINGS and not name.startswith("~$")
        )


def shown_name(path: Path | str) -> str:
    """The name of a file as it can be stored and printed, whatever path, odd bytes or length it came with."""
    name = os.fsencode(path).decode("utf-8", "replace").replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(character if character.isprintable() else "\ufffd" for character in name)
    if len(shown) > LONGEST_NAME:
        ending = Path(shown).suffix[:10]
        shown = f"{shown[: LONGEST_NAME - len(ending) - 1]}…{ending}"
    return "\ufffd" if shown in ("", ".", "..") else shown


def bytes_of(path: Path) -> bytes:
    """The bytes of a file; `UnreadableText` says why there are none."""
    try:
        with path.open("rb") as file:
            content = file.read(limits().file_bytes + 1)
    except OSError as error:
        raise UnreadableText(f"文件打不开（{error.strerror}）。") from error
    except ValueError as error:
        raise UnreadableText(f"文件打不开（{error}）。") from error
    refuse_too_large(content)
    return content


def refuse_too_large(content: bytes) -> None:
    most = limits().file_bytes
    if len(content) > most:
        raise UnreadableText(f"文件超过{most // MEGABYTE} MB，纪要没有这么大。请确认文件。")
