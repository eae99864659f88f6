"""Parse minutes into frozen dataclasses with spans; independent of Django."""

from minutes.parser.pipeline import parse
from minutes.parser.types import ParsedMinutes

# Incremented whenever the same text may be parsed differently, so that older readings can be reparsed.
PARSER_VERSION = "9"

__all__ = ["PARSER_VERSION", "ParsedMinutes", "parse"]
