"""Error reports by readers."""
