"""The current export for download, and whether it contains withdrawn text."""

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

# Names the folder of the newest export. Replaced atomically, so that readers see either the old or the new one.
POINTER = "CURRENT"


def regenerate() -> Manifest:
    """Write a new export, then switch to it; concurrent callers wait."""
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
    # Running downloads are not cut off: they have the file open.
    for older in root.iterdir():
        if older.is_dir() and older != folder:
            shutil.rmtree(older, ignore_errors=True)
    return manifest


def current_folder() -> Path | None:
    """Return the folder of the newest export; None before the first one."""
    try:
        return settings.EXPORT_DIR / (settings.EXPORT_DIR / POINTER).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None


def current_manifest() -> Manifest | None:
    """Return the manifest of the newest export of this database, or None."""
    folder = current_folder()
    try:
        manifest = Manifest.from_json((folder / MANIFEST).read_text(encoding="utf-8")) if folder else None
    except FileNotFoundError:
        return None
    return manifest if manifest and manifest.database == database_id() else None


def contains_withdrawn(manifest: Manifest) -> bool:
    """Return whether an export contains the text of a meeting withdrawn since."""
    return Meeting.objects.withdrawn().exclude(pk__in=manifest.withdrawn).exists()
