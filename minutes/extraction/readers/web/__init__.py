"""Saved web pages: the article found, its text as lines, and what the page says about it."""
