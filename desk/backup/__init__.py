"""The whole archive in a folder that can be carried elsewhere, and back: docs/operate/backup.md."""

from desk.backup.create import create_backup
from desk.backup.manifest import BackupError
from desk.backup.restore import restore

__all__ = ["BackupError", "create_backup", "restore"]
