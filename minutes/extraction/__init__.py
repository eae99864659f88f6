"""Extraction: from the bytes of a file to its text and what was read from it."""
