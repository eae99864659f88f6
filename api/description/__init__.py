"""The API's description of itself: index, OpenAPI document and HTML page."""
