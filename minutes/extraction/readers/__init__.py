"""Readers, one module a format: bytes to text. They run in the confined process."""
