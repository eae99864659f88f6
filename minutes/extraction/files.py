"""Files given on a command line: selection, names and bytes."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.formats import ENDINGS
from minutes.extraction.limits import MEGABYTE, default_limits

MAX_NAME = 255
LISTED_ENDINGS = " ".join(ENDINGS)
# ~$纪要.docx: Word's lock file of an open document.
LOCK_FILE_PREFIX = "~$"


def find_files(paths: Iterable[str]) -> Iterator[Path]:
    """Yield files, files of known extensions in folders, and glob matches, sorted.

    A path that does not exist is yielded as it is, so that the caller can report it.
    """
    for path in paths:
        found = [path] if os.path.lexists(path) else sorted(glob.glob(path, recursive=True), key=_by_stem) or [path]
        for each in found:
            if os.path.isdir(each):
                yield from files_in_folder(each)
            else:
                yield Path(each)


def files_in_folder(folder: str) -> Iterator[Path]:
    """Yield the files of a folder tree whose extension is that of a known format."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        yield from (
            Path(parent, name)
            for name in sorted(names, key=_by_stem)
            if Path(name).suffix.lower() in ENDINGS and not name.startswith(LOCK_FILE_PREFIX)
        )


def _by_stem(name: str) -> tuple[str, str]:
    """Sort 纪要.docx before its copy 纪要 (1).docx, although a blank sorts before a dot."""
    return os.path.splitext(name)


def display_name(path: Path | str) -> str:
    """Return a name for storage and output, however long or badly encoded the path."""
    name = os.fsencode(path).decode("utf-8", "replace").replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(character if character.isprintable() else "\ufffd" for character in name)
    if len(shown) > MAX_NAME:
        ending = Path(shown).suffix[:10]
        shown = f"{shown[: MAX_NAME - len(ending) - 1]}…{ending}"
    return "\ufffd" if shown in ("", ".", "..") else shown


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file; raise `UnreadableText` if it cannot be read.

    That is so for links, pipes and files that are too large, too.
    """
    try:
        # In a folder from elsewhere, it may lead to a private file of the server.
        if path.is_symlink():
            raise UnreadableText("是符号链接，没有读取它指向的文件。请直接给出那个文件。")
        # Opening a pipe without a writer would block forever.
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableText("不是普通的文件（是管道或设备），没有读取。")
        with path.open("rb") as file:
            content = file.read(default_limits().file_bytes + 1)
    except FileNotFoundError as error:
        raise UnreadableText("没有这个文件，可能已被移走或改名。") from error
    except PermissionError as error:
        raise UnreadableText("没有权限读取这个文件。") from error
    except OSError as error:
        raise UnreadableText(f"文件打不开（{error.strerror}）。") from error
    except ValueError as error:
        raise UnreadableText(f"文件打不开（{error}）。") from error
    check_size(content)
    return content


def check_size(content: bytes) -> None:
    """Raise `UnreadableText` for a file larger than the settings allow."""
    most = default_limits().file_bytes
    if len(content) > most:
        raise UnreadableText(f"文件超过{most // MEGABYTE} MB，纪要没有这么大。请确认文件。")
