"""Reproducible invented minutes: `meetings` generates them, `records` stores them."""
