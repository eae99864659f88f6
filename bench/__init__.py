"""Measurements: how well and how fast the archive finds. docs/performance.md tells what came out."""
