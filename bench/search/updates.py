"""`python -m bench.search.updates 18000`: processor time of a build, of updates, and of the first search after each."""

import os
import sys
import time
from collections import defaultdict
from dataclasses import replace
from functools import partial
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from bench.corpus.meetings import made_up_meeting  # noqa: E402
from bench.corpus.records import keep  # noqa: E402
from bench.search.timing import milliseconds  # noqa: E402
from bench.settings import BENCH_DIR  # noqa: E402
from minutes.models import Meeting  # noqa: E402
from search.analysis.words import words  # noqa: E402
from search.index.documents import IndexDocument, build_documents  # noqa: E402
from search.index.engines.base import SearchRequest  # noqa: E402
from search.index.engines.whoosh.engine import WhooshEngine  # noqa: E402
from search.query import parse_query  # noqa: E402

UPDATES = 12
REQUEST = SearchRequest(parse_query("安全生产"))


def main() -> None:
    """Print the figures for an index of so many meetings."""
    call_command("migrate", verbosity=0)
    words("会议纪要")  # loads the dictionary
    keep(made_up_meeting(serial) for serial in range(Meeting.objects.count(), int(sys.argv[1])))
    documents = list(build_documents())
    engine = WhooshEngine(BENCH_DIR / "updated")
    built = milliseconds(lambda: engine.replace_all(documents), time.process_time)
    print(f"{len(documents):,} documents, {built / len(documents):.2f} ms each to build")
    engine.search(REQUEST)
    of_meeting: dict[int, list[IndexDocument]] = defaultdict(list)
    for document in documents:
        of_meeting[document.meeting].append(replace(document, title=f"{document.title}（修订）"))
    for meeting in list(of_meeting)[:: len(of_meeting) // UPDATES][:UPDATES]:
        updated = milliseconds(partial(engine.update, [meeting], of_meeting[meeting]), time.process_time)
        searched = milliseconds(partial(engine.search, REQUEST), time.process_time)
        print(f"update {updated:.0f} ms, next search {searched:.0f} ms", flush=True)


if __name__ == "__main__":
    main()
