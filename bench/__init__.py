"""Measurements: how well and how fast the archive finds. docs/develop/performance.md tells what came out."""
