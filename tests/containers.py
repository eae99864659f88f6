"""Ask the archive that bin/test-containers has started: `python -m tests.containers`."""

import os
import subprocess
import threading
import urllib.parse
import urllib.request
from contextlib import suppress

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.desk.served import LOG_IN, Person  # noqa: E402
from tests.minutes_text import minutes_text  # noqa: E402

PORT = 8000
SECONDS = 300


def inside(container, *words):
    """Run a program in a container; return its output."""
    command = [*os.environ["PODMAN"].split(), "exec", f"minutes-archive-{container}-1", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def until(is_so):
    pause = threading.Event()
    for _ in range(SECONDS):
        with suppress(OSError, subprocess.CalledProcessError):
            if is_so():
                return
        pause.wait(1)
    raise SystemExit(f"It did not come within {SECONDS} seconds: {is_so.__name__}")


def get(path):
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=30) as answer:
        return answer.read().decode()


def opens():
    return "云川市" in get("/")


def is_healthy():
    # As the image's own health check asks.
    return inside("web", "python", "-m", "config.probe") is not None


def finds():
    return "</mark>" in get("/search/?q=" + urllib.parse.quote("老旧小区"))


def has_a_worker():
    return '"worker": {"ok": true' in get("/ready/")


def is_confined():
    with suppress(subprocess.CalledProcessError):
        inside("web", "touch", "/archive/x")
        return False
    return "CapEff:\t0000000000000000" in inside("web", "cat", "/proc/self/status")


def main():
    for check in (opens, is_healthy, finds, has_a_worker, is_confined):
        until(check)
        print(f"  {check.__name__.replace('_', ' ')}")
    name = f"u{os.getpid()}"
    session = inside("web", "python", "manage.py", "shell", "-v0", "-c", LOG_IN.format(names=(name,))).strip()
    number = os.getpid() % 900 + 90
    text = minutes_text(number, doc_number=f"〔2021〕{number}号").encode()
    status, page = Person(PORT, session).bring("a.txt", text)
    if status != 302:
        raise SystemExit(f"The upload was answered with {status}: {page[:500]}")

    def reads_the_upload():
        return "已收录" in Person(PORT, session).ask("GET", "/admin/uploads/")[1]

    until(reads_the_upload)
    print("  reads an upload")


if __name__ == "__main__":
    main()
