"""Fill the archive, request pages from several threads, and print a table."""

from __future__ import annotations

import datetime
import os
import random
import threading
import time
from collections import Counter, defaultdict

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import QuerySet  # noqa: E402

from bench.corpus.meetings import made_up_meeting  # noqa: E402
from bench.corpus.records import keep  # noqa: E402
from bench.load.sizes import sizes  # noqa: E402
from bench.search.questions import QUESTIONS  # noqa: E402
from bench.search.timing import percentile  # noqa: E402
from bench.search.website import Website, address, served  # noqa: E402
from minutes.models import AgendaItem, Meeting, Organization  # noqa: E402

# OpenSearch answers several times faster once Java has compiled what it does most.
SECONDS_TO_WARM_UP = 60
OF_EACH_KIND = 500
# How many of 20 requests are for each kind of page.
SHARES = {"results": 8, "meeting": 5, "item": 4, "organization": 1, "meetings of a year": 1, "first page": 1}


def measure(meetings: int, readers: int, seconds: int) -> None:
    """Print pages a second and response times in milliseconds."""
    call_command("migrate", verbosity=0)
    timed("records", lambda: keep(made_up_meeting(serial) for serial in range(Meeting.objects.count(), meetings)))
    timed("index", lambda: call_command("index", rebuild=True))
    print(sizes(), flush=True)
    pages = addresses()
    with served(processes=os.cpu_count() or 1) as website:
        load(website, pages, readers, SECONDS_TO_WARM_UP)
        times, failed, spent = load(website, pages, readers, seconds)
    engines = f"{connection.vendor} and {'OpenSearch' if settings.SEARCH_SERVER else 'a folder'}"
    every = [each for of_kind in times.values() for each in of_kind]
    print(
        f"{datetime.date.today()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {meetings} meetings, "
        f"{AgendaItem.objects.count():,} items, {engines}, {readers} readers\n"
    )
    print(f"{len(every) / spent:.1f} pages/s\n")
    print("| page | requests | failed | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|---|---|")
    for kind, of_kind in [*times.items(), ("**all**", every)]:
        p50, p95, p99 = (percentile(of_kind, share) for share in (0.5, 0.95, 0.99))
        errors = failed.total() if of_kind is every else failed[kind]
        print(f"| {kind} | {len(of_kind)} | {errors} | {p50:.0f} | {p95:.0f} | {p99:.0f} |")


def timed(what: str, act) -> None:
    began = time.monotonic()
    act()
    print(f"{what}: {time.monotonic() - began:.0f} s", flush=True)


def addresses() -> dict[str, list[str]]:
    """Return URLs of each kind of page, of records chosen at random but the same in every run."""
    return {
        "results": [address(question) for question in QUESTIONS],
        "meeting": pages_of(Meeting.objects.all()),
        "item": pages_of(AgendaItem.objects.all()),
        "organization": pages_of(Organization.objects.all()),
        "meetings of a year": [f"/meetings/?year={year}" for year in range(1996, 2026)],
        "first page": ["/"],
    }


def pages_of(records: QuerySet) -> list[str]:
    ids = list(records.order_by("pk").values_list("pk", flat=True))
    drawn = random.Random(0).sample(ids, min(OF_EACH_KIND, len(ids)))  # noqa: S311
    return [record.get_absolute_url() for record in records.model.objects.in_bulk(drawn).values()]


def load(
    website: Website, pages: dict[str, list[str]], readers: int, seconds: int
) -> tuple[dict[str, list[float]], Counter[str], float]:
    """Request pages for this number of seconds.

    Return the response times in milliseconds and the number of errors, by kind, and the seconds that it took.
    """
    times: dict[str, list[float]] = defaultdict(list)
    failed: Counter[str] = Counter()
    began = time.monotonic()

    def read(reader: int) -> None:
        chance = random.Random(reader)  # noqa: S311
        here = Website(website.port, website.process)
        while time.monotonic() < began + seconds:
            (kind,) = chance.choices(list(SHARES), list(SHARES.values()))
            path = chance.choice(pages[kind])
            sent = time.monotonic()
            try:
                here.read(path)
            except RuntimeError:
                # Search that takes longer than a visitor is made to wait answers 503.
                failed[kind] += 1
            else:
                times[kind].append((time.monotonic() - sent) * 1000)

    threads = [threading.Thread(target=read, args=(reader,)) for reader in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {kind: times[kind] for kind in SHARES if times[kind]}, failed, time.monotonic() - began
