"""Shared by all lists: filter forms, pagination, and tables as CSV."""
