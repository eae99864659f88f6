"""Saved web pages: find the article, render its lines, read the page's metadata."""
