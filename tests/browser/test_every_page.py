"""Test every kind of page for accessibility, layout and content policy."""

import pytest

from tests.browser.accessibility import COLOURS, STANDARDS, violations_of

pytestmark = pytest.mark.slow

LOOKS = {"light": STANDARDS, "dark": COLOURS}


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_fits_and_axe_and_the_content_policy_have_nothing_to_say(archive, open_window, width):
    window = open_window(width)
    complaints, violations, widths = [], {}, {}
    window.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)

    for kind, path in archive.pages.items():
        window.goto(archive.url + path)
        widths[kind] = window.evaluate("document.documentElement.scrollWidth")
        for scheme, looked_for in LOOKS.items():
            window.emulate_media(color_scheme=scheme)
            violations |= {(kind, scheme, rule): found for rule, found in violations_of(window, looked_for).items()}

    assert violations == {}
    assert widths == dict.fromkeys(archive.pages, width)
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_follows_the_colour_scheme(archive, open_window, scheme):
    window = open_window(1280, color_scheme=scheme)
    window.goto(archive.url)

    paper = window.evaluate("getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).map(Number)")

    assert (sum(paper[:3]) > 3 * 128) == (scheme == "light")
