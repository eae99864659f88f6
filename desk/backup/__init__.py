"""Back up the archive into a folder and restore it: docs/operate/backup.md."""

from desk.backup.create import create_backup
from desk.backup.manifest import BackupError
from desk.backup.restore import restore

__all__ = ["BackupError", "create_backup", "restore"]
