"""The confined process in which a file is read: what it gives up, how it is asked, and how it is ended."""
