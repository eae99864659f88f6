"""The coverage page: what the archive holds and what is missing."""
