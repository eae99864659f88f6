"""Read-only, versioned JSON API of the records: docs/reference/api.md."""
