"""The confined process that reads a file: privileges, protocol, and termination."""
