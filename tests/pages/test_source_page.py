"""Every fact leads to the characters it came from, and the file can be had as it was received."""

import hashlib
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from minutes.ingest.ingest_file import IngestOptions, ingest_bytes
from minutes.models import Meeting, SourceFile
from tests.pages.factory import keep_meeting
from tests.pages.reading import read
from tests.parser.golden import FOLDER

# <mark id="mark">原则同意</mark>
MARKED = re.compile(r'<mark id="mark">(.*?)</mark>', re.DOTALL)


def marked_by(client, address):
    return MARKED.findall(client.get(address).content.decode())


def test_the_facts_of_an_item_lead_to_their_words(client, long_meeting):
    page = read(client.get(f"/meetings/{long_meeting.pk}/items/2/"))

    for fact in ("原则同意", "提请市委常委会审议", "明年1月底前", "审议"):
        (address,) = set(page.links_saying(fact))
        assert urlsplit(address).fragment == "mark"
        (marked,) = marked_by(client, address)
        assert fact in marked

    (unit,) = page.links_saying("原文：市城管局")
    assert marked_by(client, unit) == ["市城管局"]
    (paragraph,) = page.links_saying("原文：（三）")
    assert marked_by(client, paragraph)[0].startswith("（三）市级机关大院")


def test_the_facts_of_a_meeting_lead_to_their_words(client, long_meeting):
    page = read(client.get(long_meeting.get_absolute_url()))

    (doc_number,) = page.links_saying("〔2019〕70号")
    assert marked_by(client, doc_number) == ["〔2019〕70号"]
    (on_leave,) = page.links_saying("原文：请假")
    assert marked_by(client, on_leave) == ["市审计局闵若水"]
    (person,) = page.links_saying("闵若水")
    (on_leave,) = read(client.get(person)).links_saying("请假")
    assert marked_by(client, on_leave) == ["市审计局闵若水"]


def test_every_link_into_the_source_marks_something(client, long_meeting):
    addresses = {address for _, address in read(client.get(long_meeting.get_absolute_url())).links}
    text = SourceFile.objects.values_list("text", flat=True).get()

    spans = [parse_qs(urlsplit(address).query) for address in addresses if "from=" in address]
    assert len(spans) > 25
    assert all(text[int(span["from"][0]) : int(span["to"][0])].strip() for span in spans)


def test_without_a_place_the_whole_text_is_shown_and_nothing_marked(client, long_meeting):
    response = client.get(f"/meetings/{long_meeting.pk}/source/")

    assert "由市城管局会同市公安局、市交通局" in read(response).text
    assert not MARKED.search(response.content.decode())


@pytest.mark.parametrize(
    "place", ["from=5&to=5", "from=9&to=3", "from=0&to=99999999", "from=-1&to=4", "from=a&to=b", "to=9"]
)
def test_a_place_that_the_text_does_not_have_is_not_found(client, long_meeting, place):
    assert client.get(f"/meetings/{long_meeting.pk}/source/?{place}").status_code == 404


def source_of(client, meeting, asked=""):
    return read(client.get(f"/meetings/{meeting.pk}/source/{asked}"))


def test_a_field_leads_to_its_characters_and_back(client, long_meeting):
    page = source_of(client, long_meeting)
    (there,) = page.links_saying("〔2019〕70号")[:1]
    (field,) = [address for words, address in page.links if words == "〔2019〕70号" and address.startswith("?")]

    assert there.startswith("#field-")
    assert there[1:] in page.ids
    marked = client.get(f"/meetings/{long_meeting.pk}/source/{field}").content.decode()
    assert MARKED.findall(marked) == ["〔2019〕70号"]
    assert f'</mark><a class="place" href="{there}">回到字段' in marked


def test_beside_the_text_stands_everything_read_from_it(client, long_meeting):
    page = source_of(client, long_meeting)
    text = page.text.rsplit("读出的字段", 1)[1]

    for line in ("文号 〔2019〕70号", "结果 原则同意", "牵头 市城管局", "期限 明年1月底前", "请假 市审计局闵若水"):
        assert line in text
    assert text.index("第 1 项") < text.index("第 2 项") < text.index("期限 明年1月底前") < text.index("第 3 项")


def test_no_two_places_of_the_page_have_the_same_address(client, long_meeting):
    item = long_meeting.items.get(position=2)
    lead = item.involvements.get(role="lead")
    item.involvements.create(
        organization=lead.organization, role="reporting", written=lead.written, start=lead.start, end=lead.end
    )

    ids = source_of(client, long_meeting).ids

    assert len(ids) == len(set(ids))


def test_the_text_is_whole_however_it_is_cut(client, long_meeting):
    text = SourceFile.objects.values_list("text", flat=True).get()
    for asked in ("", "?from=100&to=140", f"?from=0&to={len(text)}"):
        html = client.get(f"/meetings/{long_meeting.pk}/source/{asked}").content.decode()
        shown = html.split('aria-label="原文">')[1].split("</section>")[0]
        shown = re.sub(r'<a class="place".*?</a>', "", shown)
        assert re.sub(r"<[^>]+>", "", shown) == text


def test_the_digest_of_the_file_is_told(client, long_meeting):
    assert long_meeting.source.sha256 in source_of(client, long_meeting).text


def test_the_source_asks_a_fixed_number_of_times(client, django_assert_max_num_queries, long_meeting):
    with django_assert_max_num_queries(11):
        client.get(f"/meetings/{long_meeting.pk}/source/")


def test_control_characters_are_shown_and_move_nothing(client, db):
    meeting = keep_meeting()
    SourceFile.objects.update(text="— 2 —\x01\x0c原则同意")

    response = client.get(f"/meetings/{meeting.pk}/source/?from=7&to=11")

    assert "\x01" not in response.content.decode()
    assert "␁␌" in response.content.decode()
    assert MARKED.findall(response.content.decode()) == ["原则同意"]


@pytest.mark.parametrize("override", ["\u202e", "\u202b", "\u2067"])
def test_no_character_reverses_what_is_shown(override, client, db):
    meeting = keep_meeting()
    SourceFile.objects.update(text=f"由{override}市财政局\u202c牵头")

    assert "由\ufffd市财政局\ufffd牵头" in client.get(f"/meetings/{meeting.pk}/source/").text


def test_the_original_comes_byte_for_byte_to_be_saved(client, long_meeting):
    content = "云川市人民政府\r\n".encode("gb18030") + b"\xff\x00"
    SourceFile.objects.update(content=content, sha256=hashlib.sha256(content).hexdigest(), name="纪要70.txt")

    response = client.get(f"/meetings/{long_meeting.pk}/original/")

    assert response.content == content
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E7%BA%AA%E8%A6%8170.txt"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert hashlib.sha256(response.content).hexdigest() in read(client.get(long_meeting.get_absolute_url())).text


@pytest.mark.parametrize(
    ("name", "saved_as"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\minutes\\70.txt", "70.txt"),
        ('a"b;c\r\nSet-Cookie: x=1.txt', "abcSet-Cookie x=1.txt"),
        ("..", "minutes-{pk}.txt"),
    ],
)
def test_a_hostile_file_name_is_made_harmless(client, db, name, saved_as):
    meeting = keep_meeting(file_name=name)

    response = client.get(f"/meetings/{meeting.pk}/original/")

    assert response["Content-Disposition"] == f'attachment; filename="{saved_as.format(pk=meeting.pk)}"'
    assert "Set-Cookie" not in response


def test_an_original_already_held_is_not_sent_again(client, django_assert_num_queries, long_meeting):
    address = f"/meetings/{long_meeting.pk}/original/"
    first = client.get(address)
    assert first["Cache-Control"] == "no-cache"

    for condition in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        with django_assert_num_queries(2):
            again = client.get(address, headers=condition)

        assert again.status_code == 304
        assert again.content == b""


@pytest.mark.parametrize(
    ("facts", "shown"),
    [({"encoding": "gb18030"}, "按 gb18030 解码，一字未改"), ({"format": "pdf", "encoding": ""}, "从PDF 文件中提取")],
)
def test_the_page_tells_how_the_text_came_out_of_the_file(client, long_meeting, facts, shown):
    SourceFile.objects.filter(pk=long_meeting.source_id).update(**facts)
    assert shown in read(client.get(f"/meetings/{long_meeting.pk}/source/")).text


def test_what_surrounds_the_minutes_is_greyed_with_its_reason(client, db):
    file = FOLDER / "wangchao-web.txt"
    ingest_bytes(file.name, file.read_bytes(), IngestOptions(publish=True))
    meeting = Meeting.objects.get()

    page = client.get(f"/meetings/{meeting.pk}/source/").content.decode()

    greyed = re.findall(r'<span class="noise" title="(.+?)">\s*(.+?)<span', page)
    assert {reason for reason, _ in greyed} == {"网页页首", "网页页脚"}
    assert any(text.startswith("发布时间：2022-10-12 09:30") for _, text in greyed)
    assert re.search(r"灰色的文字不属正文：网页页首 \d+ 处，网页页脚 \d+ 处。", page)
