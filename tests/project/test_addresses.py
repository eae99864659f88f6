"""URLs by number: the same as Django's."""

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from minutes.addresses import address


@pytest.mark.parametrize(
    ("view", "numbers"), [("home", ()), ("meeting", (7,)), ("item", (12, 3)), ("item", (3, 12)), ("card-item", (1, 1))]
)
def test_they_are_those_of_the_framework(view, numbers):
    assert address(view, *numbers) == reverse(view, args=numbers)


def test_they_follow_the_prefix_of_the_archive():
    plain = address("meeting", 7)
    set_script_prefix("/minutes/")
    try:
        assert address("meeting", 7) == reverse("meeting", args=[7]) == f"/minutes{plain}"
    finally:
        set_script_prefix("/")


def test_an_unknown_view_is_an_error():
    with pytest.raises(NoReverseMatch):
        address("no-such-view", 1)
