"""Run Lighthouse on pages, simulating a phone on a slow connection."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import Any

VERSION = "12.8.2"  # the last version for Node 20
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TRIES = 3


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of a page, at most 100, and the audits it failed."""

    scores: dict[str, int]
    wanting: list[str]


def is_at_hand() -> bool:
    """Return whether Node and a browser are installed."""
    return bool(shutil.which("npx") and shutil.which("chromium"))


def look_at(address: str) -> Report:
    """Return Lighthouse's report on a page with its settings for phones."""
    report = _what_lighthouse_prints(address)
    counted = {
        audit["id"]
        for category in report["categories"].values()
        for audit in category["auditRefs"]
        if audit["weight"] > 0
    }
    return Report(
        scores={name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES},
        wanting=[
            f"{name} ({audit['title']})"
            for name, audit in report["audits"].items()
            if name in counted and audit["score"] is not None and audit["score"] < 0.9
        ],
    )


def _what_lighthouse_prints(address: str) -> dict[str, Any]:
    """Return Lighthouse's JSON output, retrying its occasional failures."""
    for _ in range(TRIES):
        result = subprocess.run(  # noqa: S603
            [
                *(shutil.which("npx") or "npx", "--yes", f"lighthouse@{VERSION}", address),
                *("--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"),
                "--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage",
            ],
            env=os.environ | {"CHROME_PATH": shutil.which("chromium") or ""},
            capture_output=True,
            check=False,
        )
        if result.returncode == 0:
            return json.loads(result.stdout)
    raise RuntimeError(f"Lighthouse cannot look at {address}: {result.stderr.decode()}")
