"""Test the archive that bin/test-containers has started: `python -m tests.containers [--cluster] --uploads N`."""

import argparse
import http.client
import os
import ssl
import subprocess
import urllib.parse
from contextlib import closing, suppress

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.desk.bringing import UPLOADS, multipart  # noqa: E402
from tests.desk.served import LOG_IN, TOKEN  # noqa: E402
from tests.minutes_text import minutes_text  # noqa: E402
from tests.waiting import until  # noqa: E402

PROJECT = "minutes-archive"


class Visitor:
    """A client of the web server, or of the proxy of a cluster; with a session if signed in."""

    def __init__(self, is_cluster: bool, session: str = "") -> None:
        self.is_cluster = is_cluster
        self.headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}"}
        if is_cluster:
            self.headers |= {"Host": "minutes.example.org", "Referer": "https://minutes.example.org/"}

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
        # The certificate is self-signed.
        connection = (
            http.client.HTTPSConnection("127.0.0.1", 8443, timeout=30, context=ssl._create_unverified_context())
            if self.is_cluster
            else http.client.HTTPConnection("127.0.0.1", 8000, timeout=30)
        )
        with closing(connection):
            connection.request(method, path, body, self.headers | headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    def sees(self, words: str, path: str) -> bool:
        return words in self.ask("GET", path)[1]


def podman(*words: str) -> str:
    command = [*os.environ["PODMAN"].split(), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def containers() -> list[str]:
    return podman("ps", "--format", "{{.Names}}").split()


def inside(container: str, *words: str) -> str:
    """Return the output of a program run in a container, by the user of that container."""
    return podman("exec", container, *words)


def expect(what: str, is_so) -> None:
    def is_so_by_now() -> bool:
        with suppress(http.client.HTTPException, subprocess.CalledProcessError):
            return is_so()
        return False

    until(is_so_by_now)
    print(f"  {what}", flush=True)


def all_are_healthy() -> bool:
    """Return whether all health checks of the image and of the compose files pass."""
    asked = {name: podman("inspect", "--format", "{{.Config.Healthcheck}}", name) for name in containers()}
    checked = [name for name, check in asked.items() if "CMD" in check]
    for name in checked:
        podman("healthcheck", "run", name)
    return bool(checked)


def all_are_confined() -> bool:
    for name in containers():
        with suppress(subprocess.CalledProcessError):
            inside(name, "touch", "/usr/x")
            return False
        if "CapEff:\t0000000000000000" not in inside(name, "cat", "/proc/1/status"):
            return False
    return True


def sign_in(is_cluster: bool) -> Visitor:
    name = f"u{os.getpid()}"
    script = LOG_IN.format(names=(name,))
    session = inside(f"{PROJECT}-web-1", "python", "manage.py", "shell", "-v0", "-c", script).strip()
    return Visitor(is_cluster, session)


def upload_a_file(clerk: Visitor) -> None:
    number = os.getpid() % 900 + 90
    text = minutes_text(number, doc_number=f"〔2021〕{number}号").encode()
    body, content_type = multipart(("a.txt", text), csrfmiddlewaretoken=TOKEN)
    status, page = clerk.ask("POST", UPLOADS, body, **{"Content-Type": content_type})
    if status != 302:
        raise SystemExit(f"The upload was answered with {status}: {page[:500]}")
    expect("An upload is read.", lambda: clerk.sees(f"第{number}次常务会议", UPLOADS))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cluster", action="store_true")
    parser.add_argument("--uploads", type=int, help="how many earlier uploads there must be")
    arguments = parser.parse_args()
    visitor = Visitor(arguments.cluster)
    expect("The first page opens.", lambda: visitor.sees("云川市", "/"))
    expect("A search finds something.", lambda: visitor.sees("</mark>", "/search/?q=" + urllib.parse.quote("老旧小区")))
    expect("All health checks pass.", all_are_healthy)
    expect("No container can write to its image or has capabilities.", all_are_confined)
    clerk = sign_in(arguments.cluster)
    expect("Earlier uploads are kept.", lambda: clerk.ask("GET", UPLOADS)[1].count("a.txt") >= arguments.uploads)
    upload_a_file(clerk)


if __name__ == "__main__":
    main()
