"""ParsedMinutes → rows: one meeting with everything its minutes tell, in a bounded number of queries."""

from minutes.recording.meeting import AlreadyRecorded, record

__all__ = ["AlreadyRecorded", "record"]
