"""Tables of printed pages (PDF and OFD): found by their ruling lines, read by their cells."""
