"""The public site, one package for each kind of record."""
