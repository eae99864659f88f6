"""Extract the text of files, and parse it, in a confined process."""
