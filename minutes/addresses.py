"""URLs of pages by number."""

from __future__ import annotations

from functools import cache

from django.urls import get_script_prefix, reverse

# Larger than any id, and not contained in a path.
STAND_IN = 10**18


def address(view: str, *numbers: int) -> str:
    """Return the URL of a view whose arguments are numbers, as `reverse` does, which takes thirty times as long."""
    return _form(view, len(numbers), get_script_prefix()).format(*numbers)


def address_in_source(meeting: int, start: int, end: int) -> str:
    """Return the URL of a span in the source of a meeting, where it is highlighted."""
    return f"{address('source', meeting)}?from={start}&to={end}#mark"


@cache
def _form(view: str, arguments: int, prefix: str) -> str:
    numbers = [STAND_IN + place for place in range(arguments)]
    form = reverse(view, args=numbers)
    for number in numbers:
        form = form.replace(str(number), "{}", 1)
    return form
