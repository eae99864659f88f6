"""Serve the archive on PostgreSQL and three OpenSearch nodes on this machine until Ctrl-C: `make run-cluster`.

For a look at the archive on servers (docs/operate/scale.md). Their data is kept.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from config import launch
from minutes.messages import translate as _
from servers import opensearch, postgres

ROOT = Path(__file__).parent.parent
NODES = 3


def main() -> None:
    arguments = read_arguments()
    launch.refuse_production()
    launch.refuse_a_busy_port(arguments.port)
    refuse_missing_programs()
    launch.leave_on_signals()
    os.umask(0o077)
    with alone_in(arguments.folder) as folder:
        print("* " + _("Starting PostgreSQL and {nodes} nodes of OpenSearch.", nodes=NODES), flush=True)
        with (
            postgres.running(kept=folder / "postgres") as database,
            opensearch.running(NODES, kept=folder / "opensearch") as cluster,
            exported_settings(
                folder / "environment",
                ARCHIVE_VAR_DIR=str(folder / "archive"),
                ARCHIVE_DATABASE_URL=database.url,
                ARCHIVE_SEARCH_URL=cluster.url,
            ),
        ):
            launch.serve(arguments.minutes, arguments.port)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=_("Serves the archive on PostgreSQL and OpenSearch, on this machine until Ctrl-C.")
    )
    parser.add_argument("minutes", nargs="?", help=_("a folder or file of minutes to ingest first"))
    parser.add_argument("--port", type=int, default=8000)
    # Accounts without rights could not enter var/, which is its owner's alone.
    kept = ROOT / "var/cluster" if os.geteuid() else Path("/var/lib/minutes-archive-cluster")
    parser.add_argument("--folder", type=Path, default=kept, help=_("the data directory of the servers"))
    return parser.parse_args()


def refuse_missing_programs() -> None:
    """End with the command that installs what is missing; OpenSearch itself is fetched."""
    is_there = {
        "postgresql": postgres.programs(),
        "openjdk-17-jre-headless": opensearch.java(),
        "maven": opensearch.ARCHIVE.exists() or shutil.which("mvn"),
    }
    if missing := " ".join(package for package, found in is_there.items() if not found):
        sys.exit(_("Servers cannot be run yet. Install what is missing: sudo apt install {packages}", packages=missing))
    if subprocess.run([ROOT / "bin/fetch-opensearch"], check=False).returncode:
        sys.exit(_("OpenSearch could not be fetched; see the messages above."))


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[Path]:
    """Lend the folder to this process alone."""
    folder = folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    # Others pass through to what is theirs, and see nothing else.
    folder.chmod(0o711)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(_("The servers in {folder} are running already.", folder=folder))
        yield folder


@contextlib.contextmanager
def exported_settings(file: Path, **settings: str) -> Iterator[None]:
    """Set the settings here, and keep them meanwhile in a file for other commands; with passwords, so ours alone."""
    os.environ.update(settings)
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in settings.items()]
    file.touch(mode=0o600)
    file.write_text("".join(lines), "utf-8")
    print("* " + _("Other commands find this archive after: . {file}", file=file), flush=True)
    try:
        yield
    finally:
        file.unlink()


if __name__ == "__main__":
    main()
