"""`manage.py db_worker`: the worker of django-tasks-db.

Before anything else it takes up what an interrupted one left undone, and sees to it that letters go out.
"""

from typing import Any

from django_tasks_db.management.commands.db_worker import Command as WorkerCommand

from search.alerts.tasks import ask_for_the_next_round
from search.index.tasks import enqueue_pending_updates


class Command(WorkerCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        """Run tasks; a task that was running when its worker died never runs again, but its changes are noted."""
        enqueue_pending_updates()
        ask_for_the_next_round()
        super().handle(*args, **options)
