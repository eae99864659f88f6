"""The search endpoint of the API, /api/v1/search/, built like the other ones."""
