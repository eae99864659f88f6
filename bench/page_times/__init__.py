"""How long the archive works at a page: all of it, from the request to the last byte, without the network."""
