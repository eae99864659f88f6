"""Small SVG charts in the table cells with the same figures.

Each module maps figures to positions on a line of 100 units; templates/pages/charts/ draws them. A chart has no text
of its own: its figures are in the cell, so it is hidden from screen readers.
"""

WIDTH = 100
