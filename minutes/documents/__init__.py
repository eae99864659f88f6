"""The timeline of a document, and later records of it."""
