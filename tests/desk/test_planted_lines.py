"""Test that items keep thirty lines that look like parts of a web page."""

import random
import re

import pytest
from django.urls import reverse

from desk.models import Upload
from minutes.models import Problem
from tests.desk.bringing import bring, logged_in, work
from tests.desk.staff import somebody
from tests.pages.reading import read
from tests.parser.test_noise import DANGEROUS, END, HEAD, without_sign

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

NUMERALS = "一二三四五六七八九十"
A_LINE = 24


def minutes_with(lines: list[str], wrapped: bool) -> str:
    """Ten items, each with three of the lines between two of its own; a wrapped line runs over several."""
    items = []
    for place, number in enumerate(NUMERALS):
        planted = [f"{line}，并按月报告进展情况，确保各项任务落到实处。" for line in lines[3 * place : 3 * place + 3]]
        if wrapped:
            planted = [piece for line in planted for piece in re.findall(f".{{1,{A_LINE}}}", line)]
        items.append(
            "\n".join(
                (f"{number}、研究第{number}段堤防工作", "会议原则同意。", *planted, "由市水务局负责，6月底前完成。")
            )
        )
    return HEAD + "\n".join(items) + "\n" + END


@pytest.mark.parametrize("wrapped", [False, True], ids=["whole", "wrapped"])
def test_thirty_planted_lines_are_all_on_the_pages_of_their_items(client, settings, tmp_path, wrapped):
    settings.INDEX_DIR, settings.EXPORT_DIR = tmp_path / "index", tmp_path / "exports"
    planted = random.Random(30).sample(DANGEROUS, 30)
    publisher = logged_in(somebody("温如故", "发布员"))
    bring(publisher, ("planted.txt", minutes_with(planted, wrapped).encode()))
    work()
    meeting = Upload.objects.get().meeting
    for problem in Problem.objects.open("must").filter(meeting=meeting):
        publisher.post(reverse("desk-settle", args=[meeting.pk]), {"problem": problem.pk})
    for step in ("reviewed", "publish"):
        meeting.refresh_from_db()
        publisher.post(reverse(f"desk-{step}", args=[meeting.pk]), {"revision": meeting.revision})
    work()

    lost = []
    for place in range(10):
        shown = "".join(read(client.get(f"/meetings/{meeting.pk}/items/{place + 1}/")).text.split())
        lost += [line for line in planted[3 * place : 3 * place + 3] if without_sign(line) not in shown]
        assert "由市水务局负责，6月底前完成。" in shown
        assert "原则同意" in shown
    assert lost == []
    source = client.get(f"/meetings/{meeting.pk}/source/").text
    assert 'class="noise"' not in source
    assert [item.title for item in meeting.items.order_by("position")] == [
        f"研究第{each}段堤防工作" for each in NUMERALS
    ]
    assert meeting.attendance.count() == 3
