from minutes.ingest.ingest_file import IngestOptions, ingest_bytes
from minutes.models import Meeting
from tests.corrections.editing import SAMPLES
from tests.kept import kept


@kept
def meeting() -> Meeting:
    """Return the 24th meeting of 云川市 as a draft."""
    name = "yunchuan-2018-24.txt"
    result = ingest_bytes(name, (SAMPLES / name).read_bytes(), IngestOptions())
    return Meeting.objects.get(pk=result.meeting)
