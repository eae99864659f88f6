"""Change the status of meetings: reviewed, published, withdrawn, restored."""
