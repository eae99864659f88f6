"""The worker: runs tasks, survives a database that cannot be written, and resumes what was interrupted."""
