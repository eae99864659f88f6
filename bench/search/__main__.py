"""Print search benchmarks: `python -m bench.search --size small`."""

import argparse
import datetime
import os
import sys
import time
from collections.abc import Sequence
from functools import partial
from itertools import islice
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from bench.corpus.meetings import made_up_meeting  # noqa: E402
from bench.corpus.records import keep  # noqa: E402
from bench.search.contender import Builder, Contender, CutTexts, bytes_in  # noqa: E402
from bench.search.fts5 import Fts5, Fts5Trigrams  # noqa: E402
from bench.search.haystack_stack import Haystack  # noqa: E402
from bench.search.old_whoosh import HaystackWithOldWhoosh  # noqa: E402
from bench.search.ours import AsAPageShows, Ours  # noqa: E402
from bench.search.questions import KINDS, QUESTIONS, Question  # noqa: E402
from bench.search.tantivy_index import Tantivy  # noqa: E402
from bench.search.timing import Times, all_of, in_turns, milliseconds, percentile  # noqa: E402
from bench.search.website import Website, address, served  # noqa: E402
from bench.settings import BENCH_DIR  # noqa: E402
from minutes.models import AgendaItem, Meeting  # noqa: E402
from search import service  # noqa: E402
from search.analysis.words import words  # noqa: E402
from search.index.documents import IndexDocument, build_documents  # noqa: E402
from search.index.engines.base import SearchRequest  # noqa: E402
from search.models import PendingIndexUpdate  # noqa: E402
from search.query import parse_query  # noqa: E402

SIZES = {"small": [200], "medium": [2_000], "large": [20_000], "all": [2_000, 20_000]}
HAYSTACK_MEETINGS = 100
PAGES_READ = 3
COMMON = [question for question in QUESTIONS if question.kind == "common word"]


def main() -> None:
    """Measure with a number of meetings and, if requested, with more."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="all")
    parser.add_argument("--rounds", type=int, default=5, help="how often each question is requested")
    parser.add_argument(
        "--haystack", type=int, default=HAYSTACK_MEETINGS, metavar="MEETINGS", help="how many haystack gets; 0 for none"
    )
    arguments = parser.parse_args()
    call_command("migrate", verbosity=0)
    print(f"{datetime.date.today()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
    words("会议纪要")  # loads the dictionary before anything is timed
    kept = Meeting.objects.count()  # more than none if BENCH_DIR was filled by an earlier run
    for meetings in SIZES[arguments.size]:
        kept += keep(made_up_meeting(serial) for serial in range(kept, meetings))
        measure(meetings, arguments.rounds)
        measure_website(meetings)
        if arguments.haystack and meetings == SIZES[arguments.size][0]:
            measure_haystack(arguments.haystack, arguments.rounds)


def measure(meetings: int, rounds: int) -> None:
    """Compare all engines that can handle this many meetings."""
    documents: list[IndexDocument] = []
    seconds = milliseconds(lambda: documents.extend(build_documents())) / 1000
    title(f"{meetings} meetings, {len(documents)} documents")
    print(f"read from the records in {seconds:.1f} s")
    folder = BENCH_DIR / str(meetings)
    cut = CutTexts(documents)
    contenders: list[Contender] = [
        Ours(Path(settings.INDEX_DIR)),  # where the website expects it
        Tantivy(folder / "tantivy", cut),
        Fts5(folder / "words", cut),
        Fts5Trigrams(folder / "trigrams"),
    ]
    if server := os.environ.get("BENCH_POSTGRES"):
        from bench.search.postgres import Postgres

        contenders.append(Postgres(server, folder / "postgres", cut))
    build(contenders, documents, cut)
    show_times(in_turns(contenders, QUESTIONS, rounds))
    show_as_shown(Path(settings.INDEX_DIR), rounds)
    show_uncached(Path(settings.INDEX_DIR))


def measure_haystack(meetings: int, rounds: int) -> None:
    """Compare with the haystack stack, on as many meetings as it can handle."""
    ids = list(Meeting.objects.order_by("pk").values_list("pk", flat=True)[:meetings])
    documents = list(build_documents(ids))
    title(f"beside haystack: {meetings} meetings, {len(documents)} documents")
    folder = BENCH_DIR / "beside-haystack"
    contenders: list[Contender] = [Ours(folder / "ours"), Haystack(folder / "haystack")]
    build(contenders, documents)
    show_times(in_turns(contenders, QUESTIONS, rounds))
    if whoosh := os.environ.get("BENCH_WHOOSH"):
        build([HaystackWithOldWhoosh(folder / "old", whoosh)], documents)


def build(contenders: Sequence[Builder], documents: list[IndexDocument], cut: CutTexts | None = None) -> None:
    """Build every index; print wall time, processor time and size."""
    print("\n| | documents a second | ms of processor time a document | index MB |\n|---|---|---|---|")
    for contender in contenders:
        worked = processor_seconds()
        seconds = milliseconds(partial(contender.build, documents)) / 1000
        worked = processor_seconds() - worked
        if cut and getattr(contender, "cut", None):
            seconds, worked = seconds + cut.seconds, worked + cut.processor_seconds
        size = (contender.size() if hasattr(contender, "size") else bytes_in(contender.folder)) / 1e6
        each = worked * 1000 / len(documents)
        print(f"| {contender.name} | {len(documents) / seconds:,.0f} | {each:.2f} | {size:,.1f} |", flush=True)


def processor_seconds() -> float:
    """Return the processor seconds of this process and its finished children."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def show_times(times: dict[str, Times]) -> None:
    """Print a line per kind of query: p50 / p95 of repeats, and the slowest first run."""
    print("\nms of processor time, p50 / p95 (longest first asking)")
    print(f"| | {' | '.join(times)} |\n|---|{'---|' * len(times)}")
    for kind in KINDS:
        print(f"| {kind} | {' | '.join(_cell(each.warm[kind], each.first[kind]) for each in times.values())} |")
    without = [kind for kind in KINDS if kind != "snippets"]
    for label, kinds in (("all kinds", KINDS), ("all but snippets", without)):
        cells = [
            _cell(all_of({kind: each.warm[kind] for kind in kinds}), all_of({kind: each.first[kind] for kind in kinds}))
            for each in times.values()
        ]
        print(f"| **{label}** | {' | '.join(cells)} |", flush=True)


def _cell(warm: list[float], first: list[float]) -> str:
    return f"{percentile(warm, 0.5):.2f} / {percentile(warm, 0.95):.2f} ({max(first):.1f})"


def show_as_shown(folder: Path, rounds: int) -> None:
    """Print the time of a first page of results with everything shown on it."""
    snippets = [question for question in QUESTIONS if question.snippets]
    [times] = in_turns([AsAPageShows(folder)], snippets, rounds).values()
    print(
        f"\nsnippets, with all that a page shows of results: {_cell(times.warm['snippets'], times.first['snippets'])}"
    )


def show_uncached(folder: Path) -> None:
    """Print the time of a frequent word in a newly opened index."""
    times = []
    for question in COMMON:
        ours = Ours(folder)
        opened = milliseconds(ours.engine.state, time.process_time)
        ours.engine.search(SearchRequest(parse_query("会议纪要")))
        times.append(milliseconds(partial(ours.ask, question), time.process_time))
    print(f"\ncommon word, nothing cached: {percentile(times, 0.5):.1f} ms, at most {max(times):.1f} ms")
    print(f"opening the index: {opened:.0f} ms", flush=True)


def measure_website(meetings: int) -> None:
    """Measure whole pages, memory and an update with the index just built."""
    title(f"the website with {meetings} meetings")
    with served() as website:
        print("\n| whole page | p50 ms | p95 ms | ms of processor time |\n|---|---|---|---|")
        every: list[float] = []
        worked = website.processor_milliseconds()
        for kind in KINDS:
            paths = [address(question) for question in QUESTIONS if question.kind == kind]
            for path in paths:
                website.read(path)
            before = website.processor_milliseconds()
            times = [milliseconds(partial(website.read, path)) for path in paths for _ in range(PAGES_READ)]
            print(f"| {kind} | {_page_cell(times, website.processor_milliseconds() - before)} |", flush=True)
            every += times
        # Each page was loaded once before it was timed.
        asked = len(every) * (PAGES_READ + 1) / PAGES_READ
        worked = (website.processor_milliseconds() - worked) * len(every) / asked
        print(f"| **all kinds** | {_page_cell(every, worked)} |")
        sizes = ", ".join(f"{size:.0f} MB {name}" for name, size in website.worker_megabytes().items())
        print(f"\na worker after all these: {sizes}")
        show_update(website)


def _page_cell(times: list[float], worked: float) -> str:
    return f"{percentile(times, 0.5):.1f} | {percentile(times, 0.95):.1f} | {worked / len(times):.1f}"


def show_update(website: Website) -> None:
    """Print the time from a change to its indexing and its display, three times."""
    for number, item in enumerate(islice(AgendaItem.objects.order_by("-pk"), 3)):
        item.title = f"审议《云川市第{number}号试验事项》"
        item.save()
        PendingIndexUpdate.objects.create(meeting_id=item.meeting_id)
        worked = processor_seconds()
        written = milliseconds(service.bring_up_to_date)
        worked = (processor_seconds() - worked) * 1000
        page = milliseconds(lambda title=item.title: _refuse_stale(website, title))
        print(
            f"one meeting into the index: {written:.0f} ms, {worked:.0f} ms of processor time; "
            f"the page that shows it: {page:.0f} ms",
            flush=True,
        )


def _refuse_stale(website: Website, title: str) -> None:
    sought = title.partition("《")[2].rstrip("》")
    if "/items/" not in website.read(address(Question("phrase", f'"{sought}"'))):
        raise RuntimeError("The page does not show what was just indexed.")


def title(text: str) -> None:
    """Print a heading."""
    print(f"\n## {text}", flush=True)


if __name__ == "__main__":
    main()
