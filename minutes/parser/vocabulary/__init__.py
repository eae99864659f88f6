"""Words and patterns of minutes, shared by all parser stages."""
