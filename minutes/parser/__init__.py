"""Text of meeting minutes in, frozen records with their spans out. Knows neither Django nor files."""

from minutes.parser.records import ParsedMinutes

# Raise it when the same text would give other records.
PARSER_VERSION = "1"

__all__ = ["PARSER_VERSION", "ParsedMinutes"]
