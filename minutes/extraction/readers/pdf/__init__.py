"""Read PDF files: the text of their pages, and the values of their forms."""
