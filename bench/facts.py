"""Count the facts parsed correctly, and time the parser: `make bench-facts`

A folder has texts (NAME.txt) and, optionally, the expected reading (NAME.json) in the form of `tests/golden/`.
Problems are counted for every text.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from minutes.parser.pipeline import parse
from tests.parser.golden import reading_of

ROOT = Path(__file__).resolve().parents[1]
SETS = [ROOT / "tests" / "golden", ROOT / "samples"]
# The characters of a printed page of minutes.
PAGE = 600
NO_FACTS = {"format", "problems", "noise"}


def main() -> int:
    """Print a table for each folder; exit with 1 if a fact was wrong."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folders", type=Path, nargs="*", default=SETS)
    wrong = False
    print(f"{'folder':24}{'texts':>6}{'facts':>8}{'right':>8}{'share':>7}{'must':>6}{'ms/page':>9}")
    for folder in arguments.parse_args().folders:
        texts = sorted(folder.rglob("*.txt"))
        if not texts:
            sys.exit(f"{folder} contains no texts")
        expected, right, missed = _facts_right(texts)
        must, milliseconds = _problems_and_speed(texts)
        share = f"{right / expected:7.4f}" if expected else "      –"
        print(f"{folder.name:24}{len(texts):6}{expected:8}{right:8}{share}{must:6}{milliseconds:9.1f}")
        for field, count in missed.most_common():
            print(f"    {field}: {count} not right")
        wrong = wrong or bool(missed)
    return 1 if wrong else 0


def _facts_right(texts: list[Path]) -> tuple[int, int, Counter[str]]:
    """Return the numbers of facts and of correct ones, and the wrong ones by field."""
    total = right = 0
    missed: Counter[str] = Counter()
    for path in texts:
        beside = path.with_suffix(".json")
        if not beside.exists():
            continue
        expected = Counter(_facts(json.loads(beside.read_text(encoding="utf-8"))))
        read = Counter(_facts(reading_of(path.read_text(encoding="utf-8"))))
        total += (expected | read).total()
        right += (expected & read).total()
        missed.update(field for field, _ in ((expected | read) - (expected & read)).elements())
    return total, right, missed


def _facts(reading: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Yield every value of a reading with its field; null counts for single values."""
    if isinstance(reading, dict):
        for key, inner in reading.items():
            if field or key not in NO_FACTS:
                yield from _facts(inner, f"{field}.{key}" if field else key)
    elif isinstance(reading, list):
        for inner in reading:
            yield from _facts(inner, field)
    else:
        yield field, str(reading)


def _problems_and_speed(texts: list[Path]) -> tuple[int, float]:
    """Return the number of blocking problems, and milliseconds per page on one core."""
    must = characters = 0
    started = time.process_time()
    for path in texts:
        text = path.read_text(encoding="utf-8")
        must += sum(problem.weight == "must" for problem in parse(text).problems)
        characters += len(text)
    return must, (time.process_time() - started) * 1000 * PAGE / characters


if __name__ == "__main__":
    sys.exit(main())
