"""Test real minutes beside the project, if present; no wording is quoted here."""

import os
from collections import Counter
from pathlib import Path

import pytest

from minutes.parser.pipeline import parse

pytestmark = pytest.mark.slow


FOLDER = Path(os.environ.get("ARCHIVE_REAL_MINUTES", Path(__file__).parents[3] / "shared" / "minutes"))

# Per file: number, doc_number, date, compiled, issued, items, paragraphs, documents, deadlines (as dates),
# attendance by role, whether it has a closing, and the codes of its problems.
EXPECTED = {
    "000_9cdf47f28f586947.txt": {
        "number": 77, "doc_number": None, "dates": ["2019-09-16", "2019-09-30", "2019-10-09"],
        "paragraphs": [3, 2, 3, 2, 3, 3, 3], "documents": [0, 2, 1, 2, 1, 1, 0], "short_titles": 2,
        "leads": 5, "supporting": 1, "reporters": 1, "next_steps": 5, "deadlines": ["2022-12-31"],
        "attendance": {"present": 11, "in_attendance": 81, "represented": 3}, "units": 72, "closing": False,
    },
    "001_29ee76f5095d1045.txt": {
        "number": 80, "doc_number": "〔2019〕41号", "dates": ["2019-11-05", "2019-11-25", "2019-11-27"],
        "paragraphs": [3, 3, 3, 3, 3, 3, 3, 3], "documents": [2, 1, 1, 1, 1, 1, 0, 0], "short_titles": 2,
        "leads": 6, "supporting": 0, "reporters": 1, "next_steps": 6, "deadlines": ["2019-12-31", "2020-06-30"],
        "attendance": {"present": 8, "in_attendance": 53, "represented": 2}, "units": 46, "closing": False,
    },
    "002_5e77b64ddfc393e1.txt": {
        "number": 96, "doc_number": None, "dates": ["2020-04-29", "2020-06-01", "2020-06-01"],
        "paragraphs": [4, 3, 3, 3, 3, 3, 3, 3, 3, 3], "documents": [0, 1, 0, 0, 1, 1, 1, 1, 0, 0], "short_titles": 2,
        "leads": 7, "supporting": 0, "reporters": 5, "next_steps": 7, "deadlines": ["2020-12-31", "2020-12-31"],
        "attendance": {"present": 11, "in_attendance": 90, "represented": 6}, "units": 86, "closing": False,
    },
    "003_f3538875d2da5691.txt": {
        "number": 102, "doc_number": "〔2020〕21号", "dates": ["2020-06-30", "2020-07-09", "2020-07-10"],
        "paragraphs": [3, 3, 1, 3, 3], "documents": [0, 0, 1, 1, 0], "short_titles": 0,
        "leads": 2, "supporting": 2, "reporters": 3, "next_steps": 2, "deadlines": [],
        "attendance": {"present": 9, "in_attendance": 96, "represented": 3}, "units": 92, "closing": True,
    },
    "004_6c86f736b66dfdcd.txt": {
        "number": 107, "doc_number": None, "dates": ["2020-08-10", "2020-09-01", "2020-09-01"],
        "paragraphs": [3, 3, 3, 3, 2, 3], "documents": [0, 0, 1, 1, 1, 1], "short_titles": 1,
        "leads": 3, "supporting": 0, "reporters": 2, "next_steps": 3, "deadlines": ["2020-12-31"],
        "attendance": {"present": 11, "in_attendance": 63, "represented": 2}, "units": 55, "closing": False,
    },
}  # fmt: skip


@pytest.fixture(scope="module", params=sorted(EXPECTED))
def reading(request):
    path = FOLDER / request.param
    if not path.exists():
        pytest.skip(f"the real minutes are not here: {path} is missing")
    return parse(path.read_text(encoding="utf-8")), EXPECTED[request.param]


def test_head_and_end_are_read(reading):
    parsed, expected = reading
    assert parsed.number.value == expected["number"]
    assert (parsed.doc_number.value if parsed.doc_number else None) == expected["doc_number"]
    dates = [parsed.date, parsed.compiled_on, parsed.issued_on]
    assert [date.value.isoformat() for date in dates] == expected["dates"]
    assert (parsed.part_of_day.value, parsed.kind.value, parsed.chair.title) == ("上午", "常务会议", "市长")
    assert parsed.chair.name == parsed.attendance[0].name
    assert parsed.disclosure.value == "此件公开发布"
    assert parsed.compiled_by.value == parsed.issued_by.value == f"{parsed.body.value}办公室"
    assert len(parsed.distribution) == 3
    assert len(parsed.recorder.value) == 2


def test_items_are_read_with_all_that_was_decided(reading):
    parsed, expected = reading
    decisions = [decision for item in parsed.items for decision in item.decisions]
    assert [len(item.paragraphs) for item in parsed.items] == expected["paragraphs"]
    assert [len(item.documents) for item in parsed.items] == expected["documents"]
    assert len({d.short_title for i in parsed.items for d in i.documents if d.short_title}) == expected["short_titles"]
    assert sum(len(decision.lead) for decision in decisions) == expected["leads"]
    assert sum(len(decision.supporting) for decision in decisions) == expected["supporting"]
    assert sum(len(item.reported_by) for item in parsed.items) == expected["reporters"]
    assert sum(decision.next_step is not None for decision in decisions) == expected["next_steps"]
    assert [d.date.isoformat() for decision in decisions for d in decision.deadlines] == expected["deadlines"]
    assert (parsed.closing is not None) == expected["closing"]
    assert all(item.actions for item in parsed.items)


def test_everyone_who_came_is_read(reading):
    parsed, expected = reading
    assert Counter(attendee.role for attendee in parsed.attendance) == expected["attendance"]
    assert len({attendee.organization for attendee in parsed.attendance if attendee.organization}) == expected["units"]
    assert all(2 <= len(attendee.name) <= 3 for attendee in parsed.attendance if attendee.name)


def test_nothing_is_doubtful(reading):
    parsed, _ = reading
    assert [problem.code for problem in parsed.problems] == []
