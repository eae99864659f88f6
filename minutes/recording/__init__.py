"""ParsedMinutes → rows: one meeting with everything its minutes tell, in a bounded number of queries."""

from minutes.recording.meeting import AlreadyRecorded, record, record_again

__all__ = ["AlreadyRecorded", "record", "record_again"]
