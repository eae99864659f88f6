"""How the interface describes itself: its index, OpenAPI, and the page that people read."""
