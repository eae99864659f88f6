"""Take the screenshots of this folder, from the samples: `make screenshots`.

With a folder as argument, also take every page at both widths, light and dark, for review: `.venv/bin/python
docs/screenshots/take.py FOLDER`.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"

import django

django.setup()

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from bench.pages.samples import pages, served_samples  # noqa: E402
from tests.browser.chromium import chromium_program  # noqa: E402

HERE = Path(__file__).parent
WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")
HEIGHT = 900
# The screenshots of the repository: each page in a suitable variant.
KEPT = {
    "first page": ("1280-light", "360-dark"),
    "results": ("1280-light", "360-light"),
    "nothing found": ("360-light",),
    "meeting": ("1280-light", "1280-dark", "360-light"),
    "item": ("1280-light", "360-light"),
    "source": ("1280-light",),
    "document": ("1280-light", "360-dark"),
    "unit": ("1280-dark", "360-light"),
    "person": ("360-light",),
    "tasks": ("1280-light", "360-light"),
    "tasks of units": ("1280-light",),
    "breakdown": ("1280-light",),
    "attendance": ("1280-light",),
    "coverage": ("1280-dark",),
    "calendar": ("1280-light",),
    "trend": ("1280-light",),
    "data": ("360-light",),
}


def main() -> None:
    """Take the screenshots of the repository, or all of them into a folder."""
    looks = tuple(f"{width}-{scheme}" for width in WIDTHS for scheme in SCHEMES)
    elsewhere = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with served_samples() as website:
        paths = pages()
        wanted = dict.fromkeys(paths, looks) if elsewhere else KEPT
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=chromium_program())
            for kind, kept in wanted.items():
                for look in kept:
                    file = (elsewhere or HERE) / f"{kind.replace(' ', '-')}-{look}.png"
                    take(chromium, f"http://127.0.0.1:{website.port}{paths[kind]}", look, file)
            chromium.close()


def take(browser: Browser, address: str, look: str, file: Path) -> None:
    """Take a screenshot of the first screen of a page."""
    width, scheme = look.split("-")
    window = browser.new_page(
        viewport={"width": int(width), "height": HEIGHT}, color_scheme=scheme, locale="zh-CN", reduced_motion="reduce"
    )
    window.goto(address)
    window.screenshot(path=file)
    window.close()


if __name__ == "__main__":
    main()
