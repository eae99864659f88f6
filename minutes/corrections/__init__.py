"""Human corrections over what the parser read: docs/corrections.md."""
