"""Ask axe what keeps people from using a page."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

STANDARDS = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
# The pages are the same in the dark, but for their colours.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
ASK = "([within, options]) => axe.run(within, options).then(found => found.violations)"


def violations_of(window: Page, rules: dict | list | None = None, within: str = "html") -> dict[str, list[str]]:
    """Return the elements that break a rule of axe, by the rule; all of its rules if none are named."""
    # Axe would also describe every element that breaks none, which takes most of its time.
    options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
    if window.evaluate("typeof axe") == "undefined":
        window.evaluate(AXE_SCRIPT)
    return {each["id"]: [node["html"] for node in each["nodes"]] for each in window.evaluate(ASK, [within, options])}
