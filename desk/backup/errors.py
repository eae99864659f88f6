class BackupFailed(Exception):
    """A backup could not be made or brought back; the message says what happened and what to do next."""
