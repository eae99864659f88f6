"""E-mail about what a search newly finds.

Asked for twice, sent once a day, ended by one click.
"""
