"""The worker: runs tasks, survives database outages, resumes interrupted work."""
