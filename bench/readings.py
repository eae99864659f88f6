"""Compare what two commits parse from the same files: `make corpus DIR=…`"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# Fields that are not facts of the minutes, or differ between output formats.
NO_FACTS = {"format", "source", "span", "problems", "web", "noise", "tasks"}


def main() -> int:
    """Print the comparison; exit with 1 if a field was lost."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--before", default="HEAD~1", help="a commit")
    arguments.add_argument("--after", default="", help="a commit; the working tree if none is given")
    parsed = arguments.parse_args()
    files = sorted(path for path in parsed.folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    if not files:
        sys.exit(f"{parsed.folder} contains no files")
    before, after = readings_at(parsed.before, files), readings_at(parsed.after, files)
    totals: dict[str, Counter[str]] = {}
    for name in sorted(before.keys() | after.keys()):
        lines = list(differences(before.get(name, {}), after.get(name, {})))
        if lines:
            print(name)
        for kind, path, old, new in lines:
            totals.setdefault(field_at(path), Counter())[kind] += 1
            print(f"  {kind:8}{path}: {shown(old)} → {shown(new)}")
    print(f"{len(files)} files; fields gained, lost, changed")
    for field, counts in sorted(totals.items()):
        print(f"  {field:32}{counts['gained']:6}{counts['lost']:6}{counts['changed']:6}")
    return 1 if any(counts["lost"] for counts in totals.values()) else 0


def readings_at(commit: str, files: list[Path]) -> dict[str, dict[str, Any]]:
    """Return the facts that the parser of a commit reads from each file."""
    if not commit:
        return parsed_in(ROOT, files)
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        git("worktree", "add", "--detach", "--quiet", str(tree), commit)
        try:
            return parsed_in(tree, files)
        finally:
            git("worktree", "remove", "--force", str(tree))


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=ROOT, check=True)  # noqa: S603, S607


def parsed_in(tree: Path, files: list[Path]) -> dict[str, dict[str, Any]]:
    """Run `manage.py parse` of a working tree; unreadable files have no facts."""
    command = [sys.executable, "manage.py", "parse", *(str(path.resolve()) for path in files)]
    run = subprocess.run(command, cwd=tree, capture_output=True, text=True)  # noqa: S603
    results = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    if not results:
        sys.exit(f"Nothing was read in {tree}:\n{run.stderr}")
    return {result["source"]["name"]: dict(facts(result)) for result in results}


def facts(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every fact with its path: items/2/decisions/0/outcome."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in NO_FACTS:
                yield from facts(inner, f"{path}/{key}" if path else key)
    elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        for index, inner in enumerate(value):
            yield from facts(inner, f"{path}/{index + 1}")
    elif value not in (None, [], ""):
        yield path, value


def differences(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, str, Any, Any]]:
    """Yield differences with their path: items/2/decisions/1/outcome/value."""
    for path in sorted(before.keys() | after.keys()):
        old, new = before.get(path), after.get(path)
        if old != new:
            kind = "gained" if old is None else "lost" if new is None else "changed"
            yield kind, path, old, new


def field_at(path: str) -> str:
    """Return the field of a path: items/decisions/outcome/value."""
    return "/".join(part for part in path.split("/") if not part.isdigit())


def shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:80]}…"


if __name__ == "__main__":
    sys.exit(main())
