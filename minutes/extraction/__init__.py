"""Files of minutes → text: which files there are, and what stands in them."""
