"""Test that every substring of ingested files can be found by a search."""

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from minutes.fold import fold
from minutes.models import AgendaItem, Meeting
from search.index.documents import DocId, build_documents
from search.index.engines import current_engine
from search.index.engines.base import SearchRequest
from search.index.public_index import open_index
from search.query import QueryError
from search.query.expansion import parse_and_expand

pytestmark = pytest.mark.slow


SAMPLES = settings.BASE_DIR / "samples"
REAL_MINUTES = settings.BASE_DIR.parent / "shared" / "minutes"
# Two thousand parts of sentences in all, drawn from the folders that are there.
SUBSTRINGS = 1000 if any(REAL_MINUTES.glob("*.txt")) else 2000
LONGEST = 20
# 。；！？ at the end of a sentence, or the end of a line
SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
# 他说"好* → typed quotation marks, wildcards and 结果： are a query's own: such text is found or refused.
OPERATORS = re.compile(r'["＂*?]|(?:日期|年份|结果|date|year|outcome)\s*[:：]')


@pytest.fixture(params=[SAMPLES, REAL_MINUTES], ids=["samples", "real minutes"])
def archive(request, settings, tmp_path, db) -> list[Meeting]:
    """Return the published meetings of a folder, indexed."""
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


def substrings(meetings: list[Meeting], chance: random.Random) -> Iterator[tuple[Meeting, str]]:
    """Random parts of the sentences of the files, and which file each is of."""
    sentences = [
        (meeting, sentence)
        for meeting in meetings
        for sentence in SENTENCE.findall(meeting.source.text)
        if fold(sentence)
    ]
    drawn = 0
    while drawn < SUBSTRINGS:
        meeting, sentence = chance.choice(sentences)
        start = chance.randrange(len(sentence))
        part = sentence[start : start + chance.randint(1, LONGEST)]
        if fold(part):
            drawn += 1
            yield meeting, part


def keys_found(query: str) -> set[DocId]:
    """Return all results of a query over all pages."""
    return set(current_engine().search(SearchRequest(parse_and_expand(query, open_index()).query, limit=10_000)).keys)


@pytest.fixture
def meeting_of(archive) -> Callable[[DocId], int]:
    """Return the meeting of a document id."""
    meetings = dict(AgendaItem.objects.values_list("pk", "meeting"))
    return lambda key: key.pk if key.is_meeting else meetings[key.pk]


def test_every_part_of_a_sentence_is_found_unquoted(archive, meeting_of, chance):
    missed = []
    for meeting, part in substrings(archive, chance):
        try:
            found = keys_found(part)
        except QueryError:
            found = set()
            if OPERATORS.search(part):
                continue
        if meeting.pk not in {meeting_of(key) for key in found}:
            missed.append((meeting.source.name, part))
    assert not missed


def test_every_part_of_a_sentence_is_found_quoted_and_stands_in_all_results(archive, meeting_of, chance):
    texts = {document.key: document.folded() for document in build_documents()}
    for meeting, part in substrings(archive, chance):
        if '"' in part or "＂" in part:
            continue  # nobody can quote a quotation mark
        found = keys_found(f'"{part}"')
        assert meeting.pk in {meeting_of(key) for key in found}, (meeting.source.name, part)
        assert all(fold(part) in texts[key] for key in found), part


@pytest.mark.parametrize(
    "part", ["-2020年", "2019-2020年 -续", "人员：陆砚青", "标题： 统一", "《办法》-《细则", "甲|乙", "OR制"]
)
def test_text_that_looks_like_a_query_is_found(take_in, index, part):
    take_in(31, ("研究规划事宜", f"会议研究了文中写有2019{part}的规划。"))
    index()
    assert any(not key.is_meeting for key in keys_found(part))


def test_every_part_of_a_paragraph_finds_its_item_and_is_marked(archive, chance):
    for meeting in archive:
        for item in meeting.items.prefetch_related("paragraphs"):
            text = "".join(f"{each.marker}{each.text}" for each in item.paragraphs.all())
            if len(fold(text)) < 12:
                continue
            start = chance.randrange(len(text) - 11)
            part = text[start : start + chance.randint(2, 12)].strip().replace('"', "")
            assert DocId(item.pk) in keys_found(f'"{part}"'), part
