"""How much one file may take of the machine: docs/extract.md tells the defaults."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

MEGABYTE = 1_000_000
# LibreOffice and the recognition of characters are programs many times the size of their input.
LEAST_MEMORY_OF_LARGE_PROGRAMS = 4_000 * MEGABYTE
# A page takes three to five seconds to recognize; on a slow machine a few times that.
CPU_SECONDS_PER_RECOGNIZED_PAGE = 30


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one reading."""

    file_bytes: int
    pages: int
    memory: int
    cpu_seconds: int
    seconds: int


def limits() -> Limits:
    """What the settings allow a file of Word or PDF."""
    return Limits(
        file_bytes=settings.EXTRACT_FILE_MB * MEGABYTE,
        pages=settings.EXTRACT_PAGES,
        memory=settings.EXTRACT_MEMORY_MB * MEGABYTE,
        cpu_seconds=settings.EXTRACT_CPU_SECONDS,
        seconds=settings.EXTRACT_SECONDS,
    )


def limits_of_large_programs(pages_to_recognize: int = 0) -> Limits:
    """The same for a reading that needs LibreOffice or recognizes characters."""
    usual = limits()
    more_seconds = pages_to_recognize * CPU_SECONDS_PER_RECOGNIZED_PAGE
    return Limits(
        file_bytes=usual.file_bytes,
        pages=usual.pages,
        memory=max(usual.memory, LEAST_MEMORY_OF_LARGE_PROGRAMS),
        cpu_seconds=usual.cpu_seconds + more_seconds,
        seconds=usual.seconds + more_seconds,
    )
