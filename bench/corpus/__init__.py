"""Invented minutes in any number, always the same ones: `meetings` makes them up, `records` keeps them."""
