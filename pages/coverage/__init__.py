"""The coverage page: what the archive contains and what is missing."""
