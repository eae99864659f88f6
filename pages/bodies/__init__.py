"""Pages of the bodies that meet."""
