"""Administrative divisions: a register of names, and where each body belongs."""
