"""Decisions on agenda items: outcomes, assignments, deadlines."""
