"""Human corrections over what the parser read: docs/develop/corrections.md."""
