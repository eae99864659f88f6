"""Time the index build of the haystack stack with Whoosh 2.7.4 from PyPI.

Two editions of Whoosh cannot be loaded together, so this runs in a process of its own.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.index.documents import IndexDocument


class HaystackWithOldWhoosh:
    """Only builds.

    Whoosh 2.7.4 is in a folder: `pip install --no-deps --target FOLDER Whoosh==2.7.4`.
    """

    name = "haystack, Whoosh 2.7.4"

    def __init__(self, folder: Path, whoosh: str) -> None:
        self.folder = folder
        self.whoosh = whoosh

    def build(self, documents: Sequence[IndexDocument]) -> None:
        """Build the index in another process, which receives the documents."""
        handed_over = self.folder.with_suffix(".pickle")
        handed_over.write_bytes(pickle.dumps(documents))
        command = [sys.executable, "-W", "ignore", "-m", "bench.search.old_whoosh", str(handed_over), str(self.folder)]
        subprocess.run(command, env=os.environ | {"PYTHONPATH": self.whoosh}, check=True)  # noqa: S603


def main() -> None:
    """Build the index of the documents in one file in a folder."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    import whoosh

    from bench.search.haystack_stack import Haystack

    if whoosh.__version__ != (2, 7, 4):
        raise SystemExit(f"This is to be measured with Whoosh 2.7.4, not {whoosh.__version__}; see BENCH_WHOOSH.")
    documents, folder = map(Path, sys.argv[1:])
    Haystack(folder).build(pickle.loads(documents.read_bytes()))  # noqa: S301  what the process that started this wrote


if __name__ == "__main__":
    main()
