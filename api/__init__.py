"""The records for programs: read-only, versioned, JSON (docs/reference/api.md)."""
