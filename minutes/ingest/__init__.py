"""Ingest files of minutes as rows: options, recording, resolving names."""
