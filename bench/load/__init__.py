"""Pages a second and response times of a mixed load, on SQLite with an index in a folder, or on servers."""
