"""Topics of agenda items: 22 classes of the State Council's policy library."""
