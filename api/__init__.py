"""Read-only, versioned JSON API of the records: docs/reference/api.md.

Its rate limit, renderer and other options of DRF are REST_FRAMEWORK in config/settings.py.
"""
