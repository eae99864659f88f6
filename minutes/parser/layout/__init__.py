"""From characters to sections: the page around the minutes, lines, and which section each belongs to."""
