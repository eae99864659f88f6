"""Merge two records into one, split one in two, and undo either.

Nothing here writes the rows of a meeting. An operation changes what names refer to (`merged_into`, aliases, spans of
namesakes); then the meetings concerned are rebuilt from readings and corrections.
"""
