"""The whole archive in a folder that can be carried elsewhere, and back: docs/backup.md."""

from desk.backup.errors import BackupFailed
from desk.backup.making import back_up
from desk.backup.restoring import restore

__all__ = ["BackupFailed", "back_up", "restore"]
