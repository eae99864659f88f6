"""Upload files, process them in the worker, choose between two files of one meeting."""
