"""The records for programs: read-only, versioned, JSON (docs/api.md)."""
