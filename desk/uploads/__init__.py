"""Upload files, process them in the worker, resolve conflicts."""
