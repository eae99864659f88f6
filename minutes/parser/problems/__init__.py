"""What a reader has to look at: the kinds of problems, the checks that raise them, lines that nothing took."""
