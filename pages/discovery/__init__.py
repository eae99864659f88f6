"""Feeds, sitemaps, structured data and Markdown for programs."""
