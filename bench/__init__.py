"""Benchmarks of speed and relevance; results in docs/develop/performance.md."""
