"""Compare governments: the overview of two to four side by side."""
