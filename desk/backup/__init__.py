"""The whole archive in a folder that can be carried elsewhere, and back: docs/backup.md."""

from desk.backup.create import back_up
from desk.backup.exceptions import BackupFailed
from desk.backup.restore import restore

__all__ = ["BackupFailed", "back_up", "restore"]
