"""The admin pages of the desk: users and their rights, the audit log, and the lists to work from."""

from desk import audit, lists
from desk.accounts import accounts

__all__ = ["accounts", "audit", "lists"]
