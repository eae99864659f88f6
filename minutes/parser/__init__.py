"""Text of meeting minutes in, frozen records with their spans out. Knows neither Django nor files."""

from minutes.parser.records import ParsedMinutes

__all__ = ["ParsedMinutes"]
