"""Read PDF files: the text of their pages, and what was filled into their forms."""
