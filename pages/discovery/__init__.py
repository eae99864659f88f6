"""Feeds, sitemaps, structured data, Markdown: how programs find and read the pages."""
