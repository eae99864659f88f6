"""Change one rule of the program at a time, and list the changes that no test notices. `make mutants` runs it.

The rules of the parser are its expressions, which tests/parser/switch_off.py switches off. These are rules elsewhere,
each with the tests that have to notice; they run in a copy of the program.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache")


@dataclass(frozen=True)
class Mutant:
    """A wording of the program that occurs once in a file, what it is changed to, and the tests that notice."""

    file: str
    before: str
    after: str
    tests: str


MUTANTS = (
    Mutant(
        "minutes/models/published.py",
        "self.filter(status=MeetingStatus.PUBLISHED)",
        "self.exclude(status=MeetingStatus.DRAFT)",
        "tests/pages/test_visibility.py",
    ),
    Mutant("minutes/workflow.py", "if now.status not in allowed_from:", "if False:", "tests/corrections"),
    Mutant("minutes/workflow.py", "if now.revision != meeting.revision:", "if False:", "tests/corrections"),
    Mutant(
        "minutes/parser/decisions/deadlines.py", "and date < met:", "and date <= met:", "tests/parser/test_decisions.py"
    ),
    Mutant(
        "minutes/parser/decisions/deadlines.py",
        "(month, day or 31) < (",
        "(month, day or 31) <= (",
        "tests/parser/test_decisions.py",
    ),
    Mutant("minutes/parser/head/meeting_date.py", "<= LONGEST_UNTIL_PRINT", "", "tests/parser/test_head.py"),
    Mutant(
        "minutes/corrections/paths.py",
        'return sorted(kept, key=lambda record: record["span"][0])',
        "return kept",
        "tests/corrections",
    ),
    Mutant("minutes/ingest/resolve.py", "if len(candidates) == 1:", "if candidates:", "tests/ingest"),
    Mutant("minutes/filters/base.py", "if unknown:\n", "if False:\n", "tests/api/test_refusals.py"),
    Mutant(
        "minutes/extraction/archives.py",
        'if is_archive("", content):',
        "if False:",
        "tests/extraction/test_archives.py",
    ),
    Mutant("pages/coverage/statistics.py", "before.number > 1]", "before.number > 2]", "tests/pages/test_coverage.py"),
    Mutant(
        "search/query/expansion.py",
        "for other in names if other != name)]",
        "for other in ())]",
        "tests/search/test_expansion.py",
    ),
    Mutant("open_data/spreadsheets.py", 'frozenset("=+-@")', 'frozenset("=+-")', "tests/open_data"),
    Mutant(
        "desk/accounts/second_factor_middleware.py",
        "if step is None or",
        "if True or step is None or",
        "tests/desk/test_second_factor.py",
    ),
)


def is_noticed(mutant: Mutant, copy: Path) -> bool:
    """Return whether a test fails with this change."""
    file = copy / mutant.file
    text = file.read_text("utf-8")
    if text.count(mutant.before) != 1:
        raise SystemExit(f"{mutant.file} has not once: {mutant.before}")
    file.write_text(text.replace(mutant.before, mutant.after), "utf-8")
    try:
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-m", "not slow", mutant.tests]
        return subprocess.run(command, cwd=copy, capture_output=True, check=False).returncode == 1
    finally:
        file.write_text(text, "utf-8")


def main() -> int:
    """Print each change that no test notices; return 1 if there is one."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(ROOT, Path(folder) / "copy", ignore=NOT_COPIED)
        unnoticed = [mutant for mutant in MUTANTS if not is_noticed(mutant, copy)]
    for mutant in unnoticed:
        print(f"no test notices in {mutant.file}: {mutant.before} → {mutant.after}")
    print(f"{len(unnoticed)} of {len(MUTANTS)} changes of rules are not noticed")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
