"""E-mail alerts for new results of a search.

Confirmed by e-mail, sent once a day, ended by one click.
"""
