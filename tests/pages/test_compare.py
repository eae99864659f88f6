"""Test the comparison of two to four bodies: table, file and errors."""

import csv
import datetime
import io

import pytest

from minutes.models import Body, ItemTopic
from tests.kept import kept
from tests.pages.factory import keep_meeting
from tests.pages.reading import read
from tests.pages.stories import FLOODS, HOUSING, PARKING_DRAFT

pytestmark = pytest.mark.django_db

BOTH = "/compare/?body=云川市人民政府&body=南屏县人民政府"


@kept
def archive():
    """Two meetings of a city, one of a county, whose only item is a matter of housing."""
    keep_meeting(number=1, date=datetime.date(2019, 5, 6), items=(HOUSING, FLOODS))
    keep_meeting(number=2, date=datetime.date(2020, 5, 6), items=(PARKING_DRAFT,))
    county = keep_meeting(number=3, date=datetime.date(2020, 6, 6), items=(HOUSING,), body="南屏县人民政府")
    ItemTopic.objects.create(item=county.items.get(), position=1, code="10.2", words=["住房"])


def row_of(page, label, size=3):
    lines = page.text.splitlines()
    start = lines.index(label, lines.index("收录了什么"))
    return lines[start : start + size]


def test_figures_of_both_stand_in_one_row_and_lead_to_their_lists(archive, client):
    page = read(client.get(BOTH))

    assert row_of(page, "会议") == ["会议", "2", "1"]
    assert row_of(page, "议题") == ["议题", "3", "1"]
    assert row_of(page, "2019年") == ["2019年", "1 次", "0 次"]
    assert row_of(page, "城乡建设、环境保护") == ["城乡建设、环境保护", "0 %", "100 %"]
    county = Body.objects.get(name="南屏县人民政府")
    assert f"/meetings/?body={county.pk}&year=2020" in page.links_saying("1 次")


def test_the_file_holds_the_same_figures(archive, client):
    address = BOTH.replace("/compare/", "/compare/compare.csv")
    lines = list(csv.reader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))

    assert lines[0] == ["表", "项目", "单位", "云川市人民政府", "南屏县人民政府"]
    assert ["每年收录的会议", "2020年", "次", "1", "1"] in lines
    assert ["收录了什么", "会议", "", "2", "1"] in lines


def test_the_order_is_that_of_the_address(archive, client):
    page = read(client.get("/compare/?body=南屏县人民政府&body=&body=云川市人民政府"))

    assert row_of(page, "会议") == ["会议", "1", "2"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("?body=岚汀市人民政府", "档案里没有“岚汀市人民政府”"),
        ("?city=1", "不认识的条件：city"),
        ("?body=" + "9" * 400, "档案里没有“9999"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_a_sentence(archive, client, address, said):
    for path in ("/compare/", "/compare/compare.csv"):
        refused = client.get(f"{path}{address}")

        assert refused.status_code == 400
        assert said in refused.content.decode()


def test_five_governments_are_too_many(archive, client):
    for number in range(3):
        keep_meeting(number=number + 10, body=f"第{number}县人民政府")
    asked = "&".join(f"body={pk}" for pk in Body.objects.values_list("pk", flat=True))

    assert "一次最多比较 4 个政府，这里有 5 个" in client.get(f"/compare/?{asked}").content.decode()


def test_one_alone_asks_for_another(archive, client):
    assert "再选一个" in read(client.get("/compare/?body=云川市人民政府")).text
