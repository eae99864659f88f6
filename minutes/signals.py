"""Signals sent by the records, so that they need not import search and open_data."""

from django.dispatch import Signal

# Sent inside the transaction that changes the public content of a meeting. Arguments: sender (the Meeting class),
# meeting_id.
meeting_changed = Signal()

# Sent by pages that show the age of the search index. Receivers return the time of the last index update, or None.
# Arguments: sender (None).
index_time_requested = Signal()

# Sent by `manage.py ingest` for each file, so that the desk can list files that were not ingested. Arguments: sender
# (None), document, result, options.
file_ingested = Signal()
