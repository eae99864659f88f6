"""The results page of the search, and its help."""
