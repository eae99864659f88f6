"""`manage.py db_worker`: search's worker, which here first takes up the uploads that an interrupted one left."""

from typing import Any

from desk.uploads import take_up_what_was_left
from search.management.commands.db_worker import Command as WorkerCommand


class Command(WorkerCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        """Run tasks; an upload that was being read when its worker died is read again."""
        take_up_what_was_left()
        super().handle(*args, **options)
