"""Asks a running archive how it is: `python -m config.probe` ends with 0 when it is well, for containers."""

import contextlib
import http.client
import os
import sys

OWN_ADDRESS = "127.0.0.1"


def main() -> None:
    sys.exit(0 if is_healthy(8000, name=first_allowed_host()) else 1)


def first_allowed_host() -> str:
    """Return a host name the archive answers to; in production it refuses any other, its own address included."""
    first = os.environ.get("ARCHIVE_ALLOWED_HOSTS", "").split(",")[0]
    return first.strip().removeprefix(".") or OWN_ADDRESS


def is_healthy(port: int, name: str = OWN_ADDRESS) -> bool:
    """Whether the archive on this port of this machine answers, and says that it is well."""
    connection = http.client.HTTPConnection(OWN_ADDRESS, port, timeout=5)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/health/", headers={"Host": name})
        return connection.getresponse().status == http.HTTPStatus.OK
    return False


if __name__ == "__main__":
    main()
