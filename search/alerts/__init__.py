"""E-mail about what a search newly finds: asked for twice, sent once a day, ended by one click."""
