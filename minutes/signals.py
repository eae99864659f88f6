"""What the records announce; search listens, so that the records need not know of it."""

from django.dispatch import Signal

# Sent inside the database transaction that changes what the public may see of a meeting.
# Arguments: sender (the Meeting class), meeting_id.
meeting_changed = Signal()

# Sent when a page wants to tell how fresh the search is. Whoever keeps an index answers with the time it was
# last brought up to date, or with None. Arguments: sender (None).
index_time_asked = Signal()

# Sent by `manage.py ingest` for each file. Whoever lists files that wait for people keeps those that are not in the
# archive. Arguments: sender (None), document, result, options.
file_ingested = Signal()
