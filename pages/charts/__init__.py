"""Small pictures of figures, drawn as SVG in the cells of the table that holds the same figures.

Each module turns figures into places on a line of 100 units; templates/pages/charts/ draws them. A picture
has no words of its own: what it shows stands as text beside it, so it is hidden from screen readers.
"""

WIDTH = 100
