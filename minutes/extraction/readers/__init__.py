"""Readers, one module per format: bytes to text. They run in the sandbox."""
