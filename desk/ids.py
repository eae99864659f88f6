"""The keys of records as forms and addresses send them."""

LONGEST_KEY = 18


def key_in(written: str) -> int | None:
    """The key that somebody sent; None where it is none, for anybody can send anything."""
    return int(written) if written.isascii() and written.isdigit() and len(written) <= LONGEST_KEY else None
