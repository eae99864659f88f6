"""The admin pages of the desk: users and their rights, and the audit log."""

from desk import audit
from desk.access import accounts

__all__ = ["accounts", "audit"]
