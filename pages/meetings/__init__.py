"""Pages of meetings, their list and the year calendar."""
