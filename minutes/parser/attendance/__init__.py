"""Attendance lists to attendees."""
