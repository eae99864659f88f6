"""Remove temporary folders left behind by killed processes."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

# No command uses such a folder for that long.
SECONDS_OLD = 24 * 60 * 60


def remove_leftovers() -> None:
    """Remove old folders of interrupted restores, exports and readings."""
    remove_old(settings.VAR_DIR.glob(".restoring-*"))
    remove_old(settings.EXPORT_DIR.glob("**/.building-*"))
    remove_old(Path(tempfile.gettempdir()).glob("minutes-reading-*"))


def remove_old(folders: Iterable[Path]) -> None:
    """Remove folders of this user that were not modified for a day."""
    for folder in list(folders):
        with suppress(OSError):
            found = folder.stat()
            if found.st_uid == os.geteuid() and time.time() - found.st_mtime > SECONDS_OLD:
                shutil.rmtree(folder, ignore_errors=True)
