"""Wait for what other processes do."""

import contextlib
import threading
import time

SECONDS = 600


def until(is_so):
    """Return the first true result of a function; fail if there is none within minutes, as on a busy machine."""
    pause = threading.Event()
    last = time.monotonic() + SECONDS
    while time.monotonic() < last:
        # A server that is about to start or to end refuses connections.
        with contextlib.suppress(OSError):
            if found := is_so():
                return found
        pause.wait(0.1)
    raise AssertionError(f"not within {SECONDS} seconds: {is_so}")
