"""Generations on disk: written, published by a rename, verified when opened."""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from search.index.engines.base import SearchUnavailable
from search.index.engines.stamp import Stamp
from search.index.engines.writer_lock import locked_file

_MANIFEST = "manifest.json"

Look = tuple[int, int, int]
# Generations share most files, so a checksum is computed again only if file metadata changed.
_known_sums: dict[Look, int] = {}
_SUMS_KEPT = 256


@dataclass(frozen=True, slots=True)
class Manifest:
    """The metadata of a generation, and the size and checksum of its files."""

    stamp: Stamp
    files: dict[str, list[int]]


class GenerationStore:
    """The generations in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = folder / "CURRENT"

    def current(self) -> Path | None:
        """Return the folder of the published generation, or None."""
        try:
            return self.folder / self._pointer.read_text("ascii").strip()
        except (FileNotFoundError, UnicodeDecodeError):
            return None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Acquire the writer's lock, blocking."""
        with locked_file(self.folder):
            try:
                yield
            except OSError:
                # Half a generation must not keep a full disk full.
                self._remove_generations(keep={self.current()})
                raise

    def begin(self) -> Path:
        """Return an empty folder for the next generation.

        Remove what an interrupted writer left behind.
        """
        current = self.current()
        self._remove_generations(keep={current})
        number = int(current.name) + 1 if current and current.name.isdigit() else 1
        folder = self.folder / f"{number:08d}"
        folder.mkdir()
        return folder

    def publish(self, folder: Path, manifest: Manifest) -> None:
        """Replace the current generation with a finished one, atomically."""
        previous = self.current()
        (folder / _MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), "utf-8")
        for path in _files(folder):
            _flush_to_disk(path)
        _flush_to_disk(folder)
        pointer = self.folder / "CURRENT.new"
        pointer.write_text(folder.name, "ascii")
        _flush_to_disk(pointer)
        pointer.replace(self._pointer)
        _flush_to_disk(self.folder)
        # A reader may be opening the previous generation right now.
        self._remove_generations(keep={folder, previous})

    def _remove_generations(self, keep: set[Path | None]) -> None:
        for path in self.folder.iterdir():
            if path.is_dir() and path not in keep:
                shutil.rmtree(path)


def describe_files(folder: Path) -> dict[str, list[int]]:
    """Return size and checksum of every file of a generation, by path."""
    return {str(path.relative_to(folder)): _size_and_checksum(path) for path in _files(folder)}


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a generation after verifying its files.

    Raise SearchUnavailable if they do not match it.
    """
    try:
        written = json.loads((folder / _MANIFEST).read_text("utf-8"))
        manifest = Manifest(Stamp(**written["stamp"]), written["files"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SearchUnavailable(f"{folder / _MANIFEST} cannot be read: {error}") from error
    for name, expected in manifest.files.items():
        try:
            found = _size_and_checksum(folder / name)
        except OSError as error:
            raise SearchUnavailable(f"{folder / name} cannot be read: {error}") from error
        if found != expected:
            raise SearchUnavailable(f"{folder / name} is not as it was written")
    return manifest


def look_of_files(folder: Path) -> list[Look]:
    """Return file metadata that changes when a file of a generation is modified.

    It is cheap to read.
    """
    try:
        return sorted(_looks_within(str(folder)))
    except OSError:
        return []


def _looks_within(folder: str) -> Iterator[Look]:
    # Every search calls this, so it scans the folder once.
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _looks_within(entry.path)
            else:
                yield _look(entry.stat())


def _look(stat: os.stat_result) -> Look:
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def share_folder(source: Path, target: Path) -> None:
    """Hard-link the files of `source` into `target`.

    Files of a generation are never modified.
    """
    target.mkdir()
    for path in source.iterdir():
        if path.is_file():
            try:
                os.link(path, target / path.name)
            except OSError:  # a file system without hard links
                shutil.copy2(path, target / path.name)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _MANIFEST) + [
        path for path in [folder / _MANIFEST] if path.exists()
    ]


def _size_and_checksum(path: Path) -> list[int]:
    with path.open("rb") as file:
        look = _look(os.fstat(file.fileno()))
        if look not in _known_sums:
            if len(_known_sums) >= _SUMS_KEPT:
                _known_sums.clear()
            _known_sums[look] = _checksum(file)
        return [look[1], _known_sums[look]]


def _checksum(file: BinaryIO) -> int:
    checksum = 0
    while block := file.read(1 << 20):
        checksum = zlib.crc32(block, checksum)
    return checksum


def _flush_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
