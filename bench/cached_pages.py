"""Measure public pages behind the shipped nginx, which caches each for a second: `python -m bench.cached_pages`.

`wrk` requests the same few pages repeatedly. Half way, a meeting is withdrawn, and another client measures how long
its page is still shown.
"""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.deploy.proxies import NAME, prepare_site, run_proxy  # noqa: E402
from tests.deploy.test_proxies import WITHDRAW  # noqa: E402
from tests.desk.served import make_new_archive  # noqa: E402

CONNECTIONS, SECONDS = 32, 30
WITHDRAWN = "/meetings/1/"
PAGES = (
    *("/", "/meetings/", WITHDRAWN, "/meetings/2/", "/meetings/2/items/1/", "/meetings/2/items/2/"),
    *("/documents/", "/organizations/", "/tasks/", "/search/?q=%E6%B2%B3%E9%81%93"),
)
# A script of wrk: the pages alternately.
IN_TURNS = """
local paths, turn = {{ {paths} }}, 0
function request()
  turn = turn % #paths + 1
  return wrk.format("GET", paths[turn])
end
"""


def main() -> None:
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: sudo apt install wrk")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_new_archive(folder / "new")
        site = prepare_site(folder, folder / "new")
        script = folder / "pages.lua"
        script.write_text(IN_TURNS.format(paths=", ".join(f'"{page}"' for page in PAGES)))
        (folder / "nginx").mkdir()
        try:
            with run_proxy("nginx", folder / "nginx", site.port) as port:
                where = ["-H", f"Host: {NAME}", f"http://127.0.0.1:{port}"]
                wrk = subprocess.Popen(  # noqa: S603
                    ["wrk", "--latency", "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", script, *where]  # noqa: S607
                )
                time.sleep(SECONDS / 2)
                print(f"withdrawn after {milliseconds_to_withdraw(site, port):.0f} ms", flush=True)
                wrk.wait()
        finally:
            site.close()


def milliseconds_to_withdraw(site, port: int) -> float:
    """Withdraw a meeting; return after how many milliseconds its page answers 410."""
    site.manage("shell", "-v0", "-c", WITHDRAW)
    began = time.monotonic()
    while status(port, WITHDRAWN) != http.client.GONE:
        pass
    return (time.monotonic() - began) * 1000


def status(port: int, path: str) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers={"Host": NAME})
        return connection.getresponse().status


if __name__ == "__main__":
    main()
