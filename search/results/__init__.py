"""Search results: hits, highlighting, facets, exports, feeds."""
