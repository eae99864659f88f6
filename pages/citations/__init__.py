"""Citation pages: permalinks with fingerprints."""
