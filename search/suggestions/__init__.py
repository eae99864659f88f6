"""Suggestions while typing, and corrections of spelling."""
