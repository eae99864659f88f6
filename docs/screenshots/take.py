"""Takes the screenshots of this folder from a running archive that holds the samples, and nothing else:

make run                                   # in one terminal
.venv/bin/python docs/screenshots/take.py  # in another; or with the archive's address
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parent
# Each page in the look that shows it best: where to begin, which links to follow, width and colour scheme.
PAGES = {
    "home": ("/", [], 1280, "light"),
    "results": ("/search/?q=老旧小区", [], 1280, "light"),
    "item": ("/search/?q=老旧小区", ["h3 a"], 360, "light"),
    "meeting": ("/meetings/?year=2020", ["h3 a"], 1280, "dark"),
    "source": ("/meetings/?year=2020", ["h3 a", ".doc-number a, .head-facts a"], 1280, "light"),
    "document": ("/documents/?title=公共停车场", [".listing h2 a"], 1280, "light"),
    "organization": ("/organizations/", [".ledger th a"], 360, "dark"),
    "person": ("/people/?organization=市住建局", [".names th a"], 360, "light"),
    "deadlines": ("/deadlines/?when=past", [], 1280, "light"),
    "attendance": ("/attendance/", [], 360, "dark"),
    "coverage": ("/coverage/", [], 1280, "dark"),
    "calendar": ("/meetings/calendar/2020/", [], 1280, "light"),
}


def walk(page: Page, address: str, links: list[str]) -> None:
    """Goes to a page and on by the first link of each kind."""
    page.goto(address)
    for link in links:
        page.locator(link).first.click()


def main(address: str) -> None:
    """One picture of each page."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for name, (start, links, width, scheme) in PAGES.items():
            page = chromium.new_page(viewport={"width": width, "height": 860}, color_scheme=scheme, locale="zh-CN")
            walk(page, address.rstrip("/") + start, links)
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
        chromium.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000/")
