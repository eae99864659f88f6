"""The search index: documents, updates, consistency, engines."""
