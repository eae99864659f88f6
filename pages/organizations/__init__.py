"""Pages of organizations and their statistics."""
