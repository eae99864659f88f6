"""Segment Chinese text into words."""
