"""Merge two records into one, split one in two, and undo either.

Nothing here writes the rows of a meeting. An operation changes what names stand for (`merged_into`, aliases,
spans that mean a namesake); then the meetings concerned are rebuilt from what was read and corrected.
"""
