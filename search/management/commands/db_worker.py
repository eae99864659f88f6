"""`manage.py db_worker`: the worker of django-tasks-db, which first takes up what an interrupted one left undone."""

from typing import Any

from django_tasks_db.management.commands.db_worker import Command as WorkerCommand

from search.tasks import ask_for_what_is_still_noted


class Command(WorkerCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        """Run tasks; a task that was running when its worker died never runs again, but its changes are noted."""
        ask_for_what_is_still_noted()
        super().handle(*args, **options)
