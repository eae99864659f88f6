"""What bin/test-containers runs: checks of the running archive, and substitutes for images of servers."""
