"""Test difficult small files from upload to public pages and search.

The files are kept beside the repository, so the tests are skipped without them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

from desk.models import Upload
from minutes.models import Document, Meeting, Problem
from tests.desk.bringing import bring, logged_in, work
from tests.desk.staff import somebody
from tests.pages.reading import read

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(not CASES.is_dir(), reason=f"there are no files of cases in {CASES}"),
]


@pytest.fixture
def desk(settings, tmp_path):
    """Create an uploader, an editor and a publisher, with an index of their own."""
    settings.INDEX_DIR, settings.EXPORT_DIR = tmp_path / "index", tmp_path / "exports"
    return [
        logged_in(somebody(name, role)) for name, role in (("阮知秋", "上传员"), ("卓韬", "编辑"), ("温如故", "发布员"))
    ]


@pytest.fixture
def publish_case(desk):
    """Take a file from upload to the public; return its meeting and the codes of its problems."""
    uploader, editor, publisher = desk

    def take_through(name: str, distinction: str = "") -> tuple[Meeting, set[str]]:
        assert bring(uploader, (name, (CASES / name).read_bytes())).status_code == 302
        work()
        upload = Upload.objects.latest("pk")
        if distinction:
            assert upload.state == "conflict"
            assert "两次会议都收录" in uploader.get(upload.get_absolute_url()).text
            uploader.post(f"{upload.get_absolute_url()}both/", {"distinction": distinction})
            work()
            upload.refresh_from_db()
        assert upload.state == "added", upload.message
        meeting = upload.meeting
        codes = {problem.code for problem in meeting.problems.all() if problem.weight != "note"}
        settle_and_publish(meeting)
        return meeting, codes

    def settle_and_publish(meeting: Meeting) -> None:
        assert editor.get(reverse("desk-review", args=[meeting.pk])).status_code == 200
        for problem in Problem.objects.open("must").filter(meeting=meeting):
            editor.post(reverse("desk-settle", args=[meeting.pk]), {"problem": problem.pk})
        editor.post(reverse("desk-reviewed", args=[meeting.pk]), {"revision": meeting.revision})
        meeting.refresh_from_db()
        assert meeting.status == "reviewed"
        publisher.post(reverse("desk-publish", args=[meeting.pk]), {"revision": meeting.revision})
        meeting.refresh_from_db()
        assert meeting.status == "published"
        work()

    return take_through


@pytest.fixture
def found(client):
    """Return how many results a search has, on the page and for programs."""

    def count(query: str) -> int:
        assert client.get("/search/", {"q": query}).status_code == 200
        return client.get("/api/v1/search/", {"q": query}).json()["total"]

    return count


def attendance(meeting: Meeting) -> dict[str, tuple[str, str]]:
    """Return unit and title of every attendee by name."""
    entries = meeting.attendance.exclude(person=None).select_related("person", "organization")
    return {each.person.name: (str(each.organization or ""), each.title) for each in entries}


def units(meeting: Meeting, position: int, role: str) -> list[str]:
    rows = meeting.items.get(position=position).involvements.filter(role=role)
    return [str(each.organization) for each in rows.select_related("organization").order_by("start")]


def deadlines(meeting: Meeting, position: int) -> set[tuple[str, str]]:
    rows = meeting.deadlines.filter(item__position=position)
    return {(each.text, each.date.isoformat() if each.date else "") for each in rows}


def page(client, meeting: Meeting, position: int = 0) -> str:
    """Return the text of a meeting's public page, or of one of its items."""
    address = meeting.get_absolute_url() + (f"items/{position}/" if position else "")
    return read(client.get(address)).text


def paragraphs(meeting: Meeting) -> list[str]:
    return [each.text for item in meeting.items.all() for each in item.paragraphs.all()]


def test_radicals_of_a_pdf(publish_case, client, found):
    meeting, _ = publish_case("cjk-radicals.pdf")

    assert meeting.body.name == "岚汀市人民政府"
    assert (meeting.chair_name, meeting.chair_title) == ("邵青禾", "市委副书记、市长")
    assert attendance(meeting)["赵长风"][0] == "市水务局"
    assert "邵青禾" in page(client, meeting)
    for query in ("市长邵青禾", "人民政府", "赵长风"):
        assert found(query), query


def test_a_year_with_a_zero(publish_case, client):
    meeting, _ = publish_case("deadline-year-with-0.txt")

    assert {date for _, date in deadlines(meeting, 1)} == {"2026-06-30"}
    assert "2026年6月30日" in page(client, meeting, 1)


def test_two_dashes_in_one_title(publish_case, client, found):
    meetings = [publish_case(f"document-dash-{number}.txt")[0] for number in (1, 2)]

    document = Document.objects.get(references__item__meeting=meetings[0])
    assert Document.objects.get(references__item__meeting=meetings[1]) == document
    shown = client.get(document.get_absolute_url()).text
    for meeting in meetings:
        assert f"{meeting.get_absolute_url()}items/1/" in shown
    for dash in "-—–":
        assert found(f"《岚汀市路网规划（2021{dash}2025年）》") == 2


def test_a_cell_that_spans_two_rows(publish_case):
    meeting, _ = publish_case("docx-merged-cell.docx")

    assert attendance(meeting)["林望"][0] == "市交通局"
    assert attendance(meeting)["陆岚"][0] == "市交通局"


def test_a_symbol_of_word(publish_case, client, found):
    meeting, _ = publish_case("docx-symbol-lost.docx")

    assert any("公交分担率≥60%" in text for text in paragraphs(meeting))
    assert "公交分担率≥60%" in page(client, meeting, meeting.items.first().position)
    assert found("“公交分担率≥60%”")


def test_damaged_characters(publish_case):
    _, codes = publish_case("kunjinkao.txt")

    assert "damaged-characters" in codes


def test_a_full_width_dot_in_a_name(publish_case, client, found):
    meeting, _ = publish_case("name-dot-fullwidth.txt")

    assert (meeting.chair_name, meeting.chair_title) == ("艾山·买买提", "市委副书记、市长")
    assert attendance(meeting)["古丽·阿不都"][0] == "市民委"
    assert {*attendance(meeting)} == {"艾山·买买提", "沈一舟", "古丽·阿不都", "林望"}
    for dot in "·．•・":
        assert found(f"人员:古丽{dot}阿不都"), dot
    assert "古丽·阿不都" in page(client, meeting)


def test_a_form_field_of_a_pdf(publish_case):
    meeting, codes = publish_case("pdf-form-field-lost.pdf")

    assert meeting.recorder == "He Qing" or "pdf-form-value" in codes


def test_rare_characters_of_names(publish_case, client, found):
    meeting, codes = publish_case("rare-name-characters.txt")

    expected = {"林\U0002ebf0": "市交通局", "周禾": "市财政局", "赵\ue863峰": "市水务局"}
    came = attendance(meeting)
    assert {name: came.get(name, ("",))[0] for name in expected} == expected
    assert "unknown-character" in codes
    for name in expected:
        assert name in page(client, meeting)
        assert found(f"人员:{name}"), name


def test_a_line_that_stands_in_three_items(publish_case, client):
    meeting, _ = publish_case("repeated-lines-smallest.txt")

    for position in (1, 2, 3):
        assert units(meeting, position, "lead") == ["市住建局"]
        assert "由市住建局负责。" in page(client, meeting, position)


def test_three_columns_without_a_head(publish_case, client):
    meeting, _ = publish_case("three-columns-no-head.txt")

    expected = {"林望": ("市交通局", "局长"), "周禾": ("市财政局", "局长"), "赵长风": ("市水务局", "局长")}
    assert {name: attendance(meeting)[name] for name in expected} == expected
    assert "局长市" not in page(client, meeting)


def test_two_special_meetings_of_one_morning(publish_case, client, found):
    first, _ = publish_case("two-special-meetings-a.txt")
    second, _ = publish_case("two-special-meetings-b.txt", distinction="内涝治理")

    assert str(second).endswith("专题会议（内涝治理）")
    assert "老旧电梯更新" in page(client, first)
    assert "城区内涝治理" in page(client, second)
    assert found("老旧电梯更新")
    assert found("城区内涝治理")
    listed = client.get("/meetings/").text
    assert first.get_absolute_url() in listed
    assert second.get_absolute_url() in listed


def test_two_special_meetings_by_the_command_line(run, db):
    assert not run("ingest", CASES / "two-special-meetings-a.txt").failure
    other = CASES / "two-special-meetings-b.txt"
    refused = run("ingest", other)
    assert "1 of 1 files were not ingested" in refused.failure
    assert "--distinction" in refused.out

    assert not run("ingest", other, "--distinction", "内涝治理").failure

    assert Meeting.objects.count() == 2
    assert str(Meeting.objects.latest("pk")).endswith("（内涝治理）")


def test_words_of_a_web_page_within_an_item(publish_case, client):
    meeting, _ = publish_case("web-footer-cuts-rest.txt")

    assert [item.position for item in meeting.items.order_by("position")] == [1, 2, 3, 4, 5]
    assert "主办单位：市文旅局" in page(client, meeting, 4)
    assert {*attendance(meeting)} == {"邵青禾", "沈一舟", "林望", "周禾", "赵长风"}
    assert meeting.recorder == "何青"
    assert (meeting.compiled_on.isoformat(), meeting.issued_on.isoformat()) == ("2026-09-11", "2026-09-12")


def test_paragraphs_that_begin_as_buttons_do(publish_case, client, found):
    meeting, _ = publish_case("web-words-lost.txt")

    assert units(meeting, 1, "lead") == ["市政府办公室"]
    assert {date for _, date in deadlines(meeting, 1)} == {"2025-06-30"}
    assert units(meeting, 2, "lead") == ["市残联"]
    assert units(meeting, 2, "supporting") == ["市住建局"]
    assert {date for _, date in deadlines(meeting, 2)} == {"2025-12-31"}
    assert "无障碍设施改造" in page(client, meeting, 2)
    assert found("无障碍设施改造")
    assert found("门户网站")


def test_every_file_has_its_test():
    source = Path(__file__).read_text(encoding="utf-8")
    files = [path.name for path in CASES.iterdir() if path.suffix != ".md"]
    numbered = ("document-dash-1.txt", "document-dash-2.txt")
    assert [name for name in files if name not in source and name not in numbered] == []
