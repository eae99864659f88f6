"""What becomes of a document: the way it has come, and where it comes up again."""
