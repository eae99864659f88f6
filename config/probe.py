"""Container health check: `python -m config.probe` exits with 0 if healthy."""

import contextlib
import http.client
import os
import sys

OWN_ADDRESS = "127.0.0.1"


def main() -> None:
    sys.exit(0 if is_healthy(8000, name=first_allowed_host()) else 1)


def first_allowed_host() -> str:
    """Return an allowed host name; production rejects others, even 127.0.0.1."""
    first = os.environ.get("ARCHIVE_ALLOWED_HOSTS", "").split(",")[0]
    return first.strip().removeprefix(".") or OWN_ADDRESS


def is_healthy(port: int, name: str = OWN_ADDRESS) -> bool:
    """Return whether the archive on this port of this machine is healthy."""
    connection = http.client.HTTPConnection(OWN_ADDRESS, port, timeout=5)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/health/", headers={"Host": name})
        return connection.getresponse().status == http.HTTPStatus.OK
    return False


if __name__ == "__main__":
    main()
