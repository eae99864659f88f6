"""What can go wrong with a backup, told to whoever asked for it."""


class BackupError(Exception):
    """A backup could not be made or brought back; the message says what happened and what to do next."""
