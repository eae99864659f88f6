"""Attendance pages: the matrix of units and meetings."""
