"""The search index: documents, updates, consistency checks and engines."""
