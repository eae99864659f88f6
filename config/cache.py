"""A cache shared by all web processes that tolerates a read-only or full disk."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache


class FailSafeFileCache(FileBasedCache):
    """A file cache that ignores errors of the disk: rate limits are then not enforced."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        with suppress(OSError):
            return super().get(key, default, version)
        return default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        with suppress(OSError):
            super().set(key, value, timeout, version)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        with suppress(OSError):
            return super().touch(key, timeout, version)
        return False

    def has_key(self, key: str, version: int | None = None) -> bool:
        with suppress(OSError):
            return super().has_key(key, version)
        return False
