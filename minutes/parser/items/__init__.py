"""Agenda items: segmentation, titles, paragraphs, documents."""
