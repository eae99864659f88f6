"""Checks of a running archive for /ready/, doctor and dashboard, and metrics."""
