"""Administrative divisions: the register of names, and the division of each body."""
