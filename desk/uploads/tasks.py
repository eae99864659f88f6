"""The tasks that read uploads."""

from django.db.models import QuerySet
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

# A worker runs this queue in a lane of its own: a scan of two hundred pages takes a quarter of an hour.
RECOGNITION_QUEUE = "recognition"


# Lowest priority: published meetings are indexed first even while many files wait.
@task(priority=-10)
def read_upload(upload_id: int) -> str | None:
    """Read an upload; return its new state, or None if nothing was left to do."""
    # Imported here to avoid a cycle: reading a ZIP queues this task for its files.
    from desk.uploads.process_upload import process_upload

    return process_upload(upload_id, recognizes=False)


@task(priority=-10, queue_name=RECOGNITION_QUEUE)
def recognize_upload(upload_id: int) -> str | None:
    """Read an upload that needs character recognition; return as `read_upload`."""
    from desk.uploads.process_upload import process_upload

    return process_upload(upload_id, recognizes=True)


def unfinished_readings() -> QuerySet[DBTaskResult]:
    """Return the tasks of uploads that wait or run."""
    return DBTaskResult.objects.filter(
        task_path__in=(read_upload.module_path, recognize_upload.module_path),
        status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING),
    )
