"""Decisions shown in pages of other sites: a frame of our own, and oEmbed that tells how to set it."""
