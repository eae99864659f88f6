"""The ways into the archive: the first page, years, documents, units."""

import datetime

import pytest

from minutes.models import Document, Organization, OrganizationAlias
from tests.pages.factory import ItemFacts, keep_meeting
from tests.pages.reading import read
from tests.pages.stories import HOUSING, LONG_AGENDA, PARKING_DRAFT


def test_the_first_page_puts_the_search_before_everything(client, long_meeting):
    response = client.get("/")
    html = response.content.decode()

    assert html.index('action="/search/"') < html.index("最近议定") < html.index("最近的会议")
    assert html.count('type="search"') == 1


def test_the_first_page_tells_what_is_held(client, long_meeting, later_meeting):
    text = read(client.get("/")).text

    assert "收录 2 次会议、12 项议题、9 份文件、" in text
    assert "自 2019年11月21日至 2020年3月6日" in text
    assert text.index("第79次常务会议") < text.index("第70次常务会议")


def test_the_first_page_shows_the_newest_decisions_first(client, long_meeting, later_meeting):
    decided = read(client.get("/")).text.split("最近议定")[1].split("最近的会议")[0]

    assert decided.index("修订稿") < decided.index("草案")
    assert "传达学习全省安全生产电视电话会议精神" not in decided


def test_an_empty_archive_says_what_to_do(client, db):
    assert "档案里还没有公开的会议" in read(client.get("/")).text
    assert "档案里还没有公开的会议" in read(client.get("/meetings/")).text
    assert "档案里还没有文件" in read(client.get("/documents/")).text
    assert "档案里还没有单位" in read(client.get("/organizations/")).text


def test_meetings_open_with_the_latest_year(client, earlier_meeting, long_meeting, later_meeting):
    page = read(client.get("/meetings/"))

    assert "2020年的会议" in page.text
    assert "第79次常务会议" in page.text
    assert "第70次常务会议" not in page.text
    assert page.links_saying("2018 1 次会议") == ["?year=2018"]


def test_meetings_of_a_year(client, earlier_meeting, long_meeting):
    text = read(client.get("/meetings/?year=2018")).text

    assert "第39次常务会议" in text
    assert "第70次常务会议" not in text


def test_meetings_without_a_date_are_not_lost(client, long_meeting):
    keep_meeting(number=12, date=None)

    assert "第12次常务会议" in read(client.get("/meetings/?year=unknown")).text


def test_a_year_without_meetings_says_what_to_do(client, long_meeting):
    assert "档案里没有这一年的会议" in read(client.get("/meetings/?year=1999")).text


@pytest.mark.parametrize("year", ["", "abc", "20199", "0x7e", "２０１９", "-2019", "0000"])
def test_what_is_no_year_is_not_found(client, long_meeting, year):
    assert client.get("/meetings/", {"year": year}).status_code == 404


def test_a_document_tells_its_way_through_the_meetings(client, later_meeting, long_meeting):
    document = Document.objects.get(title="云川市公共停车场管理办法")
    page = read(client.get(document.get_absolute_url()))

    course = page.text.split("历次会议")[1]
    assert course.index("2019年11月21日 草案") < course.index("提请市委常委会审议")
    assert course.index("提请市委常委会审议") < course.index("2020年3月6日 修订稿") < course.index("按程序印发实施")
    assert page.links_saying("审议《云川市公共停车场管理办法（草案）》") == [
        f"/meetings/{long_meeting.pk}/items/2/#task-1",
        f"/meetings/{long_meeting.pk}/items/2/",
    ]


def test_a_document_only_mentioned_claims_no_decision(client, long_meeting):
    document = Document.objects.get(title="云川市城市道路管理条例")
    course = read(client.get(document.get_absolute_url())).text.split("历次会议")[1]

    assert "提到" in course
    assert "原则同意" not in course


def test_documents_are_listed_once_latest_first(client, long_meeting, later_meeting):
    text = read(client.get("/documents/")).text

    assert text.count("《云川市公共停车场管理办法》") == 1
    assert text.index("云川市公共停车场管理办法") < text.index("云川市散煤污染治理实施方案")
    assert "9 份文件" in text


def test_a_unit_tells_what_it_led_and_where_it_came(client, long_meeting, later_meeting):
    unit = Organization.objects.get(name="市城管局")
    OrganizationAlias.objects.create(body=unit.body, organization=unit, name="市城市管理局")
    text = read(client.get(unit.get_absolute_url())).text

    assert "也称市城市管理局" in text
    led = text.rsplit("牵头 2 项")[-1].rsplit("参会记录")[0]
    assert led.index("修订稿") < led.index("草案")
    attended = text.rsplit("参会记录 1 次")[-1]
    came = long_meeting.attendance.filter(organization=unit).first().person
    assert f"列席 {came}" in attended


def test_a_unit_that_did_much_shows_the_latest_and_leads_to_the_rest(client, db):
    for number in range(1, 13):
        keep_meeting(number=number, date=datetime.date(2019, number, 5), items=(HOUSING,), attendees=0)
    unit = Organization.objects.get(name="市住建局")

    overview = read(client.get(unit.get_absolute_url()))
    everything = read(client.get(f"{unit.get_absolute_url()}?role=lead"))

    assert overview.text.rsplit("牵头 12 项")[-1].split("任务 12 条")[0].count("老旧小区") == 10
    assert overview.links_saying("全部 12 项") == ["?role=lead"]
    assert everything.text.count("老旧小区") == 12


def test_all_the_meetings_that_list_a_unit(client, db):
    for number in range(1, 13):
        keep_meeting(number=number, date=datetime.date(2019, number, 5), attendees=9)
    unit = Organization.objects.get(name="市发改委")

    assert read(client.get(unit.get_absolute_url())).links_saying("全部 12 次") == ["?role=attendance"]
    assert read(client.get(f"{unit.get_absolute_url()}?role=attendance")).text.count("次常务会议") == 12


def test_a_role_that_does_not_exist_is_not_found(client, long_meeting):
    unit = Organization.objects.get(name="市城管局")

    assert client.get(f"{unit.get_absolute_url()}?role=owner").status_code == 404


def test_units_are_counted_by_what_they_did(client, long_meeting, later_meeting):
    lines = read(client.get("/organizations/")).text.splitlines()
    row = lines.index("市城管局")

    assert lines.index("市城管局") < lines.index("市教育局")
    assert lines[row + 1] == "2"
    assert lines[lines.index("市交通局") + 1 :][:3] == ["1", "1", "1"]


def test_long_lists_come_in_pages(client, db):
    agenda = [
        ItemFacts(title=f"审议《云川市第{number}号方案》", document=f"云川市第{number}号方案") for number in range(60)
    ]
    keep_meeting(items=agenda, attendees=0)

    first, second = read(client.get("/documents/")), read(client.get("/documents/?page=2"))

    assert first.text.count("号方案》") == 50
    assert second.text.count("号方案》") == 10
    assert first.links_saying("下一页") == ["?page=2"]
    assert second.links_saying("上一页") == ["?page=1"]


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "999999999999"])
def test_a_page_that_does_not_exist_is_not_found(client, long_meeting, page):
    assert client.get("/documents/", {"page": page}).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "most"),
    [("/", 12), ("/meetings/?year=2019", 4), ("/documents/", 4), ("/organizations/", 4)],
)
def test_lists_ask_the_database_a_fixed_number_of_times(client, django_assert_max_num_queries, db, address, most):
    for number in range(1, 9):
        keep_meeting(number=number, date=datetime.date(2019, number, 5), items=(PARKING_DRAFT, *LONG_AGENDA[4:]))

    with django_assert_max_num_queries(most):
        read(client.get(address))


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "most"), [(Document, 19), (Organization, 27)])
def test_one_record_asks_the_database_a_fixed_number_of_times(client, django_assert_max_num_queries, db, kind, most):
    for number in range(1, 9):
        keep_meeting(number=number, date=datetime.date(2019, number, 5), items=(PARKING_DRAFT,), attendees=60)
    name = {"title": "云川市公共停车场管理办法"} if kind is Document else {"name": "市城管局"}
    record = kind.objects.get(**name)

    with django_assert_max_num_queries(most):
        read(client.get(record.get_absolute_url()))


def test_units_and_people_of_several_bodies_stand_beside_their_body(client, long_meeting):
    places = "云川市", "南屏县"
    one = [read(client.get(address)).text for address in ("/organizations/", "/people/")]
    keep_meeting(body="南屏县人民政府", number=3, items=(HOUSING,), attendees=12)
    several = [read(client.get(address)).text for address in ("/organizations/", "/people/")]

    assert [f"市住建局 {place}" in text for text in (one[0], several[0]) for place in places] == [
        False,
        False,
        True,
        True,
    ]
    assert [f"市发改委 {place}" in text for text in (one[1], several[1]) for place in places] == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("path", ["/tasks/", "/documents/"])
@pytest.mark.parametrize("page", ["9999", "0", "x"])
def test_a_page_that_a_list_does_not_have_says_so(client, db, path, page):
    response = client.get(path, {"q": "停车", "page": page})

    assert response.status_code == 404
    apology = read(response, 404)
    assert "没有这么多页" in apology.text
    assert "没有公开" not in apology.text
    [first] = apology.links_saying("回到列表的第一页")
    assert client.get(first).status_code == 200
    assert first.startswith(f"{path}?q=")
    assert "没有公开" in read(client.get("/no/such/page/"), 404).text
