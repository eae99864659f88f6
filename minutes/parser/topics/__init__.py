"""Topics of agenda items: the 22 classes of the State Council's policy library, decided by words."""
