"""The shipped configurations of nginx and Caddy, run in front of an archive that gunicorn serves."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

from servers.confined import free_port
from tests.conftest import need
from tests.desk.served import Site, kill
from tests.minutes_text import minutes_text

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
NAME = "minutes.example.org"


def nginx_command(config: str, folder: Path, upstream: int, port: int) -> list[str]:
    config = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", config, flags=re.DOTALL)
    config = re.sub(r"    ssl_\w+ .*\n", "", config).replace("listen 443 ssl http2", f"listen 127.0.0.1:{port}")
    config = config.replace("listen 443 ssl", f"listen 127.0.0.1:{port}").replace(
        "127.0.0.1:8000", f"127.0.0.1:{upstream}"
    )
    config = config.replace("/var/cache/nginx/minutes", str(folder / "cache"))
    paths = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # Without it, workers of a root's nginx are somebody else, who may not write into the test's folder.
    user = "user root; " if os.geteuid() == 0 else ""
    main = f"{user}daemon off; pid {folder}/pid; error_log stderr; events {{}} http {{ {paths} {config} }}"
    (folder / "nginx.conf").write_text(main)
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy_command(config: str, folder: Path, upstream: int, port: int) -> list[str]:
    config = config.replace("{\n\tservers", "{\n\tadmin off\n\tauto_https off\n\tservers", 1)
    config = config.replace(f"{NAME} {{", f"http://{NAME}:{port} {{").replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
    (folder / "Caddyfile").write_text(config)
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


# The shipped file of each proxy, and how it is run with it.
COMMANDS = {"nginx": ("nginx.conf", nginx_command), "caddy": ("Caddyfile", caddy_command)}


def prepare_site(folder: Path, new_archive: Path, **settings: str) -> Site:
    """Return a served archive with two meetings, for use behind a proxy."""
    (folder / "files").mkdir()
    (folder / "files" / "a.txt").write_text(minutes_text(), encoding="utf-8")
    (folder / "files" / "b.txt").write_text(minutes_text(number=13, day=12, doc_number="〔2021〕8号"), encoding="utf-8")
    site = Site(folder / "var")
    site.environment |= {"ARCHIVE_ALLOWED_HOSTS": f"{NAME},127.0.0.1", "ARCHIVE_BEHIND_PROXY": "true", **settings}
    site.prepare(new_archive)
    site.manage("ingest", str(folder / "files"), "--publish")
    site.manage("index")
    site.start_web()
    site.wait_until_open()
    return site


@contextlib.contextmanager
def run_proxy(name: str, folder: Path, upstream: int, before: str = "", after: str = "") -> Iterator[int]:
    """Give the port of a proxy in front of the site; its configuration with one text in place of another."""
    need(shutil.which(name), f"{name} is not installed: bin/install-servers")
    port = free_port()
    file, command = COMMANDS[name]
    config = (DEPLOY / file).read_text()
    assert before in config
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command(config.replace(before, after, 1) if before else config, folder, upstream, port),
            stdout=log,
            stderr=log,
            env=os.environ | {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)},
            start_new_session=True,
        )
    try:
        wait_until_open(port, folder / "log")
        yield port
    finally:
        kill(process)


def wait_until_open(port: int, log: Path) -> None:
    pause = threading.Event()
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        pause.wait(0.05)
    raise AssertionError(log.read_text())
