"""Time the ingestion of web pages on one core: `python -m bench.extraction [PAGES]`.

Prints processor time, which is independent of other work on the machine: with a persistent fork server, and with a
new one for each file, which is what a separate process per file would cost.
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from minutes.extraction.read_file import read_file  # noqa: E402
from minutes.extraction.sandbox import supervisor  # noqa: E402
from tests.extraction.web_pages import page, paragraphs  # noqa: E402
from tests.minutes_text import minutes_text  # noqa: E402


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    pages = [
        page(f'<div class="TRS_Editor">{paragraphs(minutes_text(number))}</div>') for number in range(1, count + 1)
    ]
    print(f"kept:            {per_second(pages, lambda: None):6.1f} pages a second")
    print(f"one for each:    {per_second(pages[: count // 20], supervisor.close_idle_servers):6.1f} pages a second")


def per_second(pages: list[str], after_each: Callable[[], None]) -> float:
    begun = processor_seconds()
    for html in pages:
        read_file("a.html", html.encode())
        after_each()
    supervisor.close_idle_servers()
    return len(pages) / (processor_seconds() - begun)


def processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    main()
