"""Pages of documents considered by meetings."""
