"""Split a text into lines, page surroundings, and sections."""
