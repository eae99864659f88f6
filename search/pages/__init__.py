"""The search page, its help and the search API."""
