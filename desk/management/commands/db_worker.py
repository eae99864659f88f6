"""`manage.py db_worker`: run tasks until stopped."""

from typing import Any

from django_tasks_db.management.commands.db_worker import Command as LibraryCommand

from desk.worker.worker import ArchiveWorker
from minutes.messages import translate as _


class Command(LibraryCommand):
    help = _("Runs the archive's tasks until stopped: docs/operate/tasks.md.")
    requires_system_checks = ()

    def handle(
        self, *, verbosity: int, queue_name: str, exclude_queues: str, backend_name: str, worker_id: str, **options: Any
    ) -> None:
        """Run our worker with the library's options, except for code reloading."""
        self.configure_logging(verbosity)
        worker = ArchiveWorker(
            queue_names=queue_name.split(","),
            excluded_queue_names=exclude_queues.split(",") if exclude_queues else [],
            backend_name=backend_name,
            worker_id=worker_id,
            **{name: options[name] for name in ("interval", "batch", "startup_delay", "max_tasks")},
        )
        worker.configure_signals()
        worker.run()
