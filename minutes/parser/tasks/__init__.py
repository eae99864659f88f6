"""Tasks: who is told to do what, by when, read from the paragraphs of a text."""
