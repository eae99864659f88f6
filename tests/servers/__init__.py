"""Real servers for tests, started and stopped on 127.0.0.1."""
