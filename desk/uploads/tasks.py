"""The task that reads an upload."""

from django_tasks import task


# Below everything else: what is published shall be found at once, also while two hundred files wait to be read.
@task(priority=-10)
def read_upload(upload_id: int) -> str | None:
    """Read an upload; return its new state, or None if nothing was left to do."""
    # Imported here: reading a ZIP queues this task for each file in it.
    from desk.uploads.process_upload import process_upload

    return process_upload(upload_id)
