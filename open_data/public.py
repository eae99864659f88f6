"""The export that the public can download: the newest one, and none that says what was withdrawn since."""

from __future__ import annotations

import fcntl
import shutil
import uuid
from pathlib import Path

from django.conf import settings

from minutes.models import Meeting
from minutes.models.database_id import database_id
from open_data.archive import export_to
from open_data.manifest import MANIFEST, Manifest

# Names the folder of the newest export; replaced in one step, so that a reader sees the old one or the new one.
POINTER = "CURRENT"


def regenerate() -> Manifest:
    """Write a new export beside the current one, then switch to it; one process after the other."""
    settings.EXPORT_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.EXPORT_DIR / "writer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return write_and_switch(settings.EXPORT_DIR)


def write_and_switch(root: Path) -> Manifest:
    folder = root / uuid.uuid4().hex
    manifest = export_to(folder)
    pointer = root / f"{POINTER}.new"
    pointer.write_text(folder.name, encoding="ascii")
    pointer.replace(root / POINTER)
    # Who is downloading an older file keeps it open and gets it whole.
    for older in root.iterdir():
        if older.is_dir() and older != folder:
            shutil.rmtree(older, ignore_errors=True)
    return manifest


def present_folder() -> Path | None:
    """Return the folder of the newest export; None before the first one."""
    try:
        return settings.EXPORT_DIR / (settings.EXPORT_DIR / POINTER).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None


def present_manifest() -> Manifest | None:
    """Return what the newest export of this database holds; None before the first one."""
    folder = present_folder()
    try:
        manifest = Manifest.from_json((folder / MANIFEST).read_text(encoding="utf-8")) if folder else None
    except FileNotFoundError:
        return None
    return manifest if manifest and manifest.database == database_id() else None


def says_what_was_withdrawn(manifest: Manifest) -> bool:
    """Whether an export holds the text of a meeting that is withdrawn now."""
    return Meeting.objects.withdrawn().exclude(pk__in=manifest.withdrawn).exists()
