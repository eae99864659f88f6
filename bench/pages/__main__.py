"""Measure pages of the samples in a browser: `python -m bench.pages`.

The output is for docs/develop/performance.md.
"""

import argparse
import datetime
import os
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import django

django.setup()

from bench.pages import lighthouse  # noqa: E402
from bench.pages.samples import pages, served_samples  # noqa: E402
from bench.pages.weight import weigh  # noqa: E402

# The pages that readers open most often, or first.
LOOKED_AT = ("first page", "results", "meeting", "document")
ROUNDS = 3


def main() -> None:
    """Print the weight of each kind of page, and Lighthouse scores of four."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weight-only", action="store_true", help="without Lighthouse, which needs Node and Chromium")
    asked = parser.parse_args()
    with served_samples() as website:
        paths = pages()
        print(f"\n{datetime.date.today()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        show_weights(website.port, paths)
        if not asked.weight_only and lighthouse.is_at_hand():
            show_scores(website.port, {kind: paths[kind] for kind in LOOKED_AT})
        elif not asked.weight_only:
            print("\nNo Lighthouse: it needs npx (Node) and chromium.")


def show_weights(port: int, paths: dict[str, str]) -> None:
    """Print a line for each kind of page."""
    print("\n| page | KB, itself | KB, with all it loads | files |\n|---|---|---|---|")
    for kind, path in paths.items():
        weight = weigh(port, path)
        whole = (weight.page + weight.files) / 1024
        print(f"| {kind} | {weight.page / 1024:.1f} | {whole:.1f} | {weight.how_many_files} |", flush=True)


def show_scores(port: int, paths: dict[str, str]) -> None:
    """Print a line for each page: scores of the median run, and failed audits."""
    print(f"\n| Lighthouse {lighthouse.VERSION} | {' | '.join(lighthouse.CATEGORIES)} |\n|---|---|---|---|---|")
    lacking: dict[str, list[str]] = {}
    for kind, path in paths.items():
        reports = [lighthouse.look_at(f"http://127.0.0.1:{port}{path}") for _ in range(ROUNDS)]
        middle = sorted(reports, key=lambda report: report.scores["performance"])[ROUNDS // 2]
        print(f"| {kind} | {' | '.join(str(score) for score in middle.scores.values())} |", flush=True)
        lacking |= {kind: middle.wanting} if middle.wanting else {}
    for kind, audits in lacking.items():
        print(f"{kind}: {'; '.join(audits)}")


if __name__ == "__main__":
    main()
