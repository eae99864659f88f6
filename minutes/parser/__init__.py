"""Parse minutes into frozen dataclasses with spans; independent of Django."""

# Incremented whenever the same text may be parsed differently, so that older readings can be reparsed.
PARSER_VERSION = "10"
