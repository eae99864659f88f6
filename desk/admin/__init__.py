"""Admin pages of the desk: users and roles, audit log, meetings, uploads, error reports, background jobs."""

from desk import audit
from desk.admin import accounts, jobs, meetings, reports, uploads

__all__ = ["accounts", "audit", "jobs", "meetings", "reports", "uploads"]
