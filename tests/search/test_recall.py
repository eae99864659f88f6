"""The promise: what stands in a text is found. Every file comes in through `ingest`, every query goes search."""

import random
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from minutes.models import Meeting
from search.documents import documents_of
from search.engines import current_engine
from search.engines.base import Request
from search.fold import fold
from search.query import parse_query

SAMPLES = settings.BASE_DIR / "samples"
REAL_MINUTES = settings.BASE_DIR.parent / "shared" / "minutes"
# Typed brackets and quotation marks without their other half, wildcards and a dash before a word are a query's own.
OPERATORS = re.compile(r'["()*?|]|(?:^|\s)[-－]|\bOR\b')
SUBSTRINGS_A_FILE = 120


@pytest.fixture(params=[SAMPLES, REAL_MINUTES], ids=["samples", "real minutes"])
def archive(request, settings, tmp_path, db) -> list[Meeting]:
    """The published meetings of a folder, indexed."""
    folder: Path = request.param
    if not list(folder.glob("*.txt")):
        pytest.skip(f"no minutes in {folder}")
    settings.INDEX_DIR = tmp_path / "index"
    call_command("ingest", str(folder), "--publish", verbosity=0)
    call_command("index", verbosity=0)
    return list(Meeting.objects.published().select_related("source"))


@pytest.fixture(params=[2019, None], ids=["seeded", "random"])
def chance(request) -> random.Random:
    seed = request.param or random.randrange(10**9)
    print(f"substrings drawn with random.Random({seed})")
    return random.Random(seed)


def substrings(text: str, chance: random.Random) -> list[str]:
    """Random parts of the text's lines, 2 to 12 characters long, without spaces at their ends."""
    lines = [line.strip() for line in text.splitlines() if len(fold(line)) >= 2]
    drawn = []
    while len(drawn) < SUBSTRINGS_A_FILE:
        line = chance.choice(lines)
        start = chance.randrange(len(line) - 1)
        part = line[start : start + chance.randint(2, 12)].strip()
        if len(fold(part)) >= 2:
            drawn.append(part)
    return drawn


def meetings_found(query: str) -> set[int]:
    """The meetings of all results, however many pages they fill."""
    answer = current_engine().search(Request(parse_query(query), limit=10_000))
    items = [key.pk for key in answer.keys if not key.is_meeting]
    meetings = {key.pk for key in answer.keys if key.is_meeting}
    return meetings | set(Meeting.objects.filter(items__in=items).values_list("pk", flat=True))


def test_every_part_of_every_line_is_found_quoted_and_unquoted(archive, chance):
    missed = []
    for meeting in archive:
        for part in substrings(meeting.source.text, chance):
            queries = [part] if '"' in part else [f'"{part}"', part]
            missed += [
                (meeting.source.name, query)
                for query in queries
                if (query != part or not OPERATORS.search(part)) and meeting.pk not in meetings_found(query)
            ]
    assert not missed


def test_every_part_of_a_paragraph_finds_its_item_and_is_marked(archive, chance):
    for meeting in archive:
        for item in meeting.items.prefetch_related("paragraphs"):
            text = "".join(f"{each.marker}{each.text}" for each in item.paragraphs.all())
            if len(fold(text)) < 12:
                continue
            start = chance.randrange(len(text) - 11)
            part = text[start : start + chance.randint(2, 12)].strip().replace('"', "")
            answer = current_engine().search(Request(parse_query(f'"{part}"'), limit=10_000))
            assert item.pk in {key.pk for key in answer.keys if not key.is_meeting}, part


def test_a_quoted_text_stands_in_every_result(archive, chance):
    texts = {document.key: document.folded() for document in documents_of()}
    for meeting in archive:
        for part in substrings(meeting.source.text, chance):
            part = part.replace('"', "")
            for key in current_engine().search(Request(parse_query(f'"{part}"'), limit=10_000)).keys:
                assert fold(part) in texts[key]
