"""Pages of the documents that come before meetings."""
