"""The state of a running archive: checks for /ready/, the doctor and the dashboard, and metrics."""
