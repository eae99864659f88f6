"""Text of meeting minutes in, frozen records with their spans out. Knows neither Django nor files."""

from minutes.parser.pipeline import parse
from minutes.parser.types import ParsedMinutes

# Goes up whenever the same text may be read differently; records read by an older one can be read again.
PARSER_VERSION = "8"

__all__ = ["PARSER_VERSION", "ParsedMinutes", "parse"]
