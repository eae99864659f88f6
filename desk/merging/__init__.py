"""Merge and split records in the admin."""
