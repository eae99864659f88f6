"""The archive's settings in a temporary folder, with those of the haystack stack."""

import os
import tempfile
from pathlib import Path

# The process that starts a measurement creates the folder; its children inherit the variable.
if "BENCH_DIR" not in os.environ:
    _folder = tempfile.TemporaryDirectory(prefix="archive-bench-")
    os.environ["BENCH_DIR"] = _folder.name
BENCH_DIR = Path(os.environ["BENCH_DIR"])
os.environ["ARCHIVE_VAR_DIR"] = str(BENCH_DIR / "var")

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, POSTGRES  # noqa: E402

# Data lost in a power failure can be generated again.
if not POSTGRES:
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
HAYSTACK_CONNECTIONS = {
    "default": {"ENGINE": "haystack.backends.whoosh_backend.WhooshEngine", "PATH": str(BENCH_DIR / "haystack")},
}
