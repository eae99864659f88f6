"""Print relevance figures: `python -m bench.relevance`.

With --keep, store ours as the new minimum.
"""

import argparse
import io
import json
import os
from dataclasses import asdict, astuple

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from bench.relevance.judged import judged_over_samples  # noqa: E402
from bench.relevance.measure import (  # noqa: E402
    FLOORS,
    OURS,
    Figures,
    compare,
    judged_over_made_up_meetings,
)


def main() -> None:
    """Measure over the samples, then over generated meetings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="write our figures down as the new floors")
    keep_floors = parser.parse_args().keep
    call_command("migrate", verbosity=0)
    call_command("ingest", "samples", "--publish", stdout=io.StringIO())
    # Generated meetings are added to the archive after the samples were measured.
    measured = {
        corpus: compare(judged())
        for corpus, judged in (("samples", judged_over_samples), ("made-up meetings", judged_over_made_up_meetings))
    }
    for corpus, ways in measured.items():
        show(corpus, ways)
    if keep_floors:
        floors = {corpus: _floors(ways[OURS]) for corpus, ways in measured.items()}
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")


def show(corpus: str, ways: dict[str, dict[str, Figures]]) -> None:
    """Print a table with a line per kind of query, and three figures per engine."""
    print(f"\n{corpus}: nDCG@10, MRR, recall@50")
    print(f"| query | {' | '.join(ways)} |")
    print(f"|---|{'---|' * len(ways)}")
    for kind in next(iter(ways.values())):
        figures = (" ".join(f"{value:.3f}" for value in astuple(way[kind])) for way in ways.values())
        print(f"| {kind} | {' | '.join(figures)} |")


def _floors(figures: dict[str, Figures]) -> dict[str, dict[str, float]]:
    """Return our figures, rounded down so that rounding errors do not fail the test."""
    return {
        kind: {name: int(value * 1000) / 1000 for name, value in asdict(each).items()} for kind, each in figures.items()
    }


if __name__ == "__main__":
    main()
