"""Debian's Chromium, for the tests of pages and for screenshots."""

import shutil

MISSING = "Chromium is not installed: sudo apt install chromium-headless-shell fonts-noto-cjk"


def chromium_program() -> str | None:
    """Return the path of the build without windows, or else of the usual one.

    It draws the same pages with two thirds of the processor time.
    """
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")
