"""What the worker does with an upload: read it, and say what became of it."""

from django_tasks import task

from desk.uploads.process_upload import read


# Below everything else: what is published shall be found at once, also while two hundred files wait to be read.
@task(priority=-10)
def read_upload(upload_id: int) -> str | None:
    """The state that the upload came to; None when there was nothing left to do."""
    return read(upload_id)
