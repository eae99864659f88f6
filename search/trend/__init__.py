"""Frequency of words over time."""
