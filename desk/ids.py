"""Primary keys as forms and addresses send them."""

MAX_DIGITS = 18


def parse_id(written: str) -> int | None:
    """Return the number sent, or None if it is not a possible primary key."""
    return int(written) if written.isascii() and written.isdigit() and len(written) <= MAX_DIGITS else None
