"""Test that lists have the filters of the API, and show those in use."""

import datetime
from urllib.parse import quote, urlencode

import pytest

from minutes.models import Organization
from tests.pages.factory import ItemFacts, keep_meeting
from tests.pages.reading import read
from tests.pages.stories import HOUSING, PARKING_AGAIN, PARKING_DRAFT


@pytest.fixture
def two_meetings(db):
    keep_meeting(items=(HOUSING,))
    return keep_meeting(number=79, date=datetime.date(2020, 3, 6), items=(PARKING_AGAIN,))


def test_a_page_takes_what_the_interface_takes_and_shows_it_in_its_form(client, two_meetings):
    response = client.get("/meetings/", {"date_before": "2019-12-31"})

    assert "第70次常务会议" in read(response).text
    assert "第79次常务会议" not in read(response).text
    assert '<input type="text" name="date_before" value="2019-12-31"' in response.content.decode()


@pytest.mark.parametrize("page", ["/people/", "/tasks/"])
def test_a_unit_known_from_drafts_alone_is_as_unknown_as_any_other(client, two_meetings, page):
    keep_meeting(number=80, items=(PARKING_DRAFT,), status="draft")
    drafted, unknown = (read(client.get(page, {"organization": unit})).text for unit in ("市公安局", "市月球局"))

    assert "档案里没有“市公安局”。" in drafted
    assert unknown.replace("市月球局", "市公安局").replace(quote("市月球局"), quote("市公安局")) == drafted


def test_a_unit_is_meant_by_any_of_its_names(client, two_meetings):
    assert "老旧小区" in read(client.get("/tasks/", {"organization": "市住建局", "deadline": "past"})).text


def test_a_part_of_a_name_is_enough_where_one_name_has_it_and_the_page_says_so(client, two_meetings):
    response = client.get("/tasks/", {"organization": "住建"})
    page = read(response)

    assert "没有叫“住建”的；名称中有这些字的只有“市住建局”，已按它筛选。" in page.text
    assert '<input type="text" name="organization" value="市住建局"' in response.content.decode()
    assert "共 1 条任务" in page.text
    assert page.links_saying("表格（CSV）") == [f"/tasks/tasks.csv?{urlencode({'organization': '市住建局'})}"]


def test_names_that_have_a_part_in_common_are_offered_as_addresses(client, two_meetings):
    surveyed = ItemFacts(
        title="研究房屋安全", paragraphs=("由县住建局牵头排查。",), outcome="牵头排查", lead="县住建局"
    )
    keep_meeting(body="南屏县人民政府", items=(surveyed,), attendees=0)
    page = read(client.get("/tasks/", {"organization": "住建局", "year": "2019"}))

    assert "没有叫“住建局”的。是否指：县住建局、市住建局？这个条件没有使用。" in page.text
    assert page.links_saying("县住建局") == [f"?{urlencode({'year': '2019', 'organization': '县住建局'})}"]


def test_units_are_narrowed_by_name_and_body(client, two_meetings):
    other = keep_meeting(body="南屏县人民政府", items=(HOUSING,), attendees=0)

    by_body = read(client.get("/organizations/", {"body": other.body_id})).text
    by_name = read(client.get("/organizations/", {"name": "市城管局"})).text

    assert "符合条件的 1 个单位" in by_body
    assert "符合条件的 1 个单位" in by_name
    assert "市城管局" in by_name.split("参会")[-1]


def test_units_are_found_by_pinyin(client, two_meetings):
    found = read(client.get("/organizations/", {"name": "zhujian"})).text
    assert "市住建局" in found
    assert "市城管局" not in found
    assert client.get("/api/v1/organizations/", {"name": "zjj"}).json()["results"][0]["name"] == "市住建局"


def test_a_body_asked_for_by_its_name_stays_visible(client, two_meetings):
    html = client.get("/meetings/", {"body": "云川市人民政府"}).content.decode()

    assert '<option value="云川市人民政府" selected>' in html


def test_a_condition_written_twice_is_not_applied(client, two_meetings):
    text = read(client.get("/documents/?title=停车&title=改造")).text

    assert "这个条件只能写一次。这个条件没有使用。" in text
    assert "会议审议或提到的 2 份文件" in text


def test_a_unit_asked_for_by_its_number_is_shown_by_its_name(client, two_meetings):
    unit = Organization.objects.get(name="市住建局")
    response = client.get("/tasks/", {"organization": unit.pk, "deadline": "past"})

    assert '<input type="text" name="organization" value="市住建局"' in response.content.decode()
    assert "36个小区" in read(response).text


def test_a_name_that_two_bodies_have_is_not_put_for_the_number_of_one(client, two_meetings):
    keep_meeting(body="南屏县人民政府", items=(HOUSING,), attendees=0)
    unit = Organization.objects.filter(name="市住建局").first()

    assert f'value="{unit.pk}"' in client.get("/tasks/", {"organization": unit.pk}).content.decode()


@pytest.mark.parametrize("title", ["停车场 办法", "停車場", "《云川市公共停车场管理办法》", "《停车场》 管理", "办法"])
def test_a_title_holds_each_word_in_whatever_characters_it_is_typed(client, db, title):
    keep_meeting(items=(HOUSING, PARKING_DRAFT))

    assert "云川市公共停车场管理办法" in read(client.get("/documents/", {"title": title})).text
    assert "符合条件的 1 份" in read(client.get("/documents/", {"title": title})).text


@pytest.mark.parametrize("number", ["79", "第79次", "七十九", "第七十九次"])
def test_a_meeting_is_asked_for_by_its_number_in_any_numerals(client, two_meetings, number):
    text = read(client.get("/meetings/", {"number": number})).text

    assert "第79次常务会议" in text
    assert "第70次常务会议" not in text
    assert "不是次数" in read(client.get("/meetings/", {"number": "第" + "九" * 5000})).text


def test_a_unit_is_suggested_by_a_part_of_any_of_its_names(client, two_meetings):
    Organization.objects.filter(name="市城管局").update(full_name="市城市管理局")

    assert "名称中有这些字的只有“市城管局”" in read(client.get("/tasks/", {"organization": "城市管理"})).text
    assert "符合条件的 1 个单位" in read(client.get("/organizations/", {"name": "管理 城市"})).text
