"""The lists of the desk in the admin: what to do next with many records at once."""

from desk.lists import jobs, meetings, reports, uploads

__all__ = ["jobs", "meetings", "reports", "uploads"]
