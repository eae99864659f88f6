"""Ingest: a file of minutes becomes rows. Options, recording, resolving names."""
