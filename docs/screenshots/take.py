"""Takes the screenshots of this folder from a running archive that holds the samples, and nothing else:

make run                                   # in one terminal
.venv/bin/python docs/screenshots/take.py  # in another; or with the archive's address
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parent
LOOKS = {
    "home": (1280, "light"),
    "results": (1280, "light"),
    "item": (360, "light"),
    "meeting": (1280, "dark"),
}


def walk_to(name: str, page: Page, address: str) -> None:
    """Goes the way of a reader as far as one page: first page, results, item, meeting."""
    page.goto(address)
    if name == "home":
        return
    page.get_by_label("检索会议纪要").fill("老旧小区")
    page.get_by_role("button", name="检索").click()
    if name == "results":
        return
    page.get_by_role("heading", level=3).first.get_by_role("link").click()
    if name == "meeting":
        page.get_by_label("所在位置").get_by_role("link").last.click()


def main(address: str) -> None:
    """One picture of each page, in the look that shows it best."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for name, (width, scheme) in LOOKS.items():
            size = {"width": width, "height": 860}
            page = chromium.new_page(viewport=size, color_scheme=scheme, locale="zh-CN")
            walk_to(name, page, address)
            page.screenshot(path=FOLDER / f"{name}.png")
        chromium.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000/")
