"""What became of many files, group by group, and what to do with a whole selection of them."""
