"""Suggestions while typing, and spelling corrections."""
