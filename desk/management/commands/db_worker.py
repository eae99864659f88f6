"""`manage.py db_worker`: search's worker, which here first takes up what an interrupted one left."""

from typing import Any

from desk.uploads.actions import resume_uploads
from minutes.merging.rebuild import resume_unfinished_operations
from search.management.commands.db_worker import Command as WorkerCommand


class Command(WorkerCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        """Run tasks; an upload that was being read when its worker died is read again, an act on records goes on."""
        resume_uploads()
        resume_unfinished_operations()
        super().handle(*args, **options)
