"""Resource limits for reading one file; defaults in docs/develop/extraction.md."""

from __future__ import annotations

from django.conf import settings

from minutes.extraction.sandbox.confinement import Limits

MEGABYTE = 1_000_000
# LibreOffice and character recognition need many times the memory of their input.
MIN_MEMORY_OF_LARGE_PROGRAMS = 4_000 * MEGABYTE
# Recognizing a page takes three to five seconds, and a few times that on a slow machine.
CPU_SECONDS_PER_RECOGNIZED_PAGE = 30
# LibreOffice converts minutes in two seconds; a file that takes much longer is probably malicious.
SECONDS_OF_CONVERSION = 40


def default_limits() -> Limits:
    """Return the limits for one file according to the settings."""
    return Limits(
        file_bytes=settings.EXTRACT_FILE_MB * MEGABYTE,
        pages=settings.EXTRACT_PAGES,
        memory=settings.EXTRACT_MEMORY_MB * MEGABYTE,
        cpu_seconds=settings.EXTRACT_CPU_SECONDS,
        seconds=settings.EXTRACT_SECONDS,
    )


def conversion_limits() -> Limits:
    """Return the limits for a file that LibreOffice converts."""
    usual = default_limits()
    return Limits(
        file_bytes=usual.file_bytes,
        pages=usual.pages,
        memory=max(usual.memory, MIN_MEMORY_OF_LARGE_PROGRAMS),
        cpu_seconds=min(usual.cpu_seconds, SECONDS_OF_CONVERSION),
        seconds=min(usual.seconds, 2 * SECONDS_OF_CONVERSION),
    )


def recognition_limits(pages: int) -> Limits:
    """Return the limits for recognizing this many pages."""
    usual = default_limits()
    more_seconds = pages * CPU_SECONDS_PER_RECOGNIZED_PAGE
    return Limits(
        file_bytes=usual.file_bytes,
        pages=usual.pages,
        memory=max(usual.memory, MIN_MEMORY_OF_LARGE_PROGRAMS),
        cpu_seconds=usual.cpu_seconds + more_seconds,
        seconds=usual.seconds + more_seconds,
    )
