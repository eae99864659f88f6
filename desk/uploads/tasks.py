"""The tasks that read uploads."""

from django.db.models import QuerySet
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

# A worker runs what is queued here beside everything else: a scan of two hundred pages takes a quarter of an hour.
RECOGNITION_QUEUE = "recognition"


# Below everything else: what is published shall be found at once, also while two hundred files wait to be read.
@task(priority=-10)
def read_upload(upload_id: int) -> str | None:
    """Read an upload; return its new state, or None if nothing was left to do."""
    # Imported here: reading a ZIP queues this task for each file in it.
    from desk.uploads.process_upload import process_upload

    return process_upload(upload_id, recognizes=False)


@task(priority=-10, queue_name=RECOGNITION_QUEUE)
def recognize_upload(upload_id: int) -> str | None:
    """Read an upload whose characters must be recognized; return as `read_upload` does."""
    from desk.uploads.process_upload import process_upload

    return process_upload(upload_id, recognizes=True)


def unfinished_readings() -> QuerySet[DBTaskResult]:
    """Return the tasks of uploads that wait or run."""
    return DBTaskResult.objects.filter(
        task_path__in=(read_upload.module_path, recognize_upload.module_path),
        status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING),
    )
