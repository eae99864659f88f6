"""Overview of imported files in groups, with bulk actions."""
