"""Source pages: the decoded text with every field marked, and the original file."""
