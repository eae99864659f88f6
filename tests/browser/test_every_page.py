"""Test every kind of page for accessibility, layout and content policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.slow


STANDARDS = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
# The pages are the same in the dark, but for their colours.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
LOOKS = [(360, "light", STANDARDS), (1280, "light", STANDARDS), (360, "dark", COLOURS), (1280, "dark", COLOURS)]


@pytest.mark.parametrize(("width", "scheme", "looked_for"), LOOKS)
def test_axe_finds_nothing(archive, open_window, width, scheme, looked_for):
    window = open_window(width, color_scheme=scheme)

    found = {}
    for kind, path in archive.pages.items():
        window.goto(archive.url + path)
        violations = Axe().run(window, options={"runOnly": looked_for}).response["violations"]
        found |= {(kind, each["id"]): [node["html"] for node in each["nodes"]] for each in violations}

    assert found == {}


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_scrolls_sideways(archive, open_window, width):
    window = open_window(width)

    widths = {}
    for kind, path in archive.pages.items():
        window.goto(archive.url + path)
        widths[kind] = window.evaluate("document.documentElement.scrollWidth")

    assert widths == dict.fromkeys(archive.pages, width)


def test_the_content_policy_is_never_broken(archive, open_window):
    window = open_window(1280)
    complaints = []
    window.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)

    for path in archive.pages.values():
        window.goto(archive.url + path)

    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_follows_the_colour_scheme(archive, open_window, scheme):
    window = open_window(1280, color_scheme=scheme)
    window.goto(archive.url)

    paper = window.evaluate("getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).map(Number)")

    assert (sum(paper[:3]) > 3 * 128) == (scheme == "light")
