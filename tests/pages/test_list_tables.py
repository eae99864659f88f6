"""Lists as tables for spreadsheets: the rows of the page, under its conditions."""

import csv
import io

import pytest

from minutes.models import Body, Organization
from tests.pages.factory import ItemFacts, keep_meeting
from tests.pages.reading import read

TABLES = [f"/{kind}/{kind}.csv" for kind in ("meetings", "documents", "organizations", "people", "tasks")]


def table(client, address, **conditions):
    """Return the rows of a table as dictionaries."""
    response = client.get(address, conditions)
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_a_row_tells_what_the_page_tells_and_leads_to_it(client, long_meeting, later_meeting):
    (meeting,) = table(client, "/meetings/meetings.csv", year=2019)
    assert meeting == {
        "日期": "2019-11-21",
        "会议主体": "云川市人民政府",
        "类型": "常务会议",
        "次数": "70",
        "文号": "〔2019〕70号",
        "议题": "10",
        "主持": "陆砚青",
        "印发": "2019-12-11",
        "页面": f"http://testserver{long_meeting.get_absolute_url()}",
    }
    task = table(client, "/tasks/tasks.csv", organization="市住建局", deadline="any")[0]
    assert [task[name] for name in ("期限日期", "期限", "牵头")] == ["2020-10-31", "2020年10月底前", "市住建局"]
    (document,) = table(client, "/documents/documents.csv", title="停车场")
    assert [document[name] for name in ("标题", "最近上会", "会议")] == ["云川市公共停车场管理办法", "2020-03-06", "2"]
    (unit,) = table(client, "/organizations/organizations.csv", name="市城管局")
    assert [unit[name] for name in ("牵头", "配合", "汇报")] == ["2", "0", "0"]
    (person,) = table(client, "/people/people.csv", name="闵若水")
    assert [person[name] for name in ("单位", "会议", "自", "至")] == ["市审计局", "1", "2019-11-21", "2019-11-21"]


@pytest.mark.parametrize(
    ("page", "conditions"),
    [
        ("/meetings/?year=2019", "?year=2019"),
        ("/documents/?title=停车", "?title=%E5%81%9C%E8%BD%A6"),
        ("/organizations/", ""),
        ("/people/", ""),
        ("/tasks/?page=1&organization=市住建局", "?organization=%E5%B8%82%E4%BD%8F%E5%BB%BA%E5%B1%80"),
    ],
)
def test_each_list_offers_its_table_under_its_conditions(client, long_meeting, page, conditions):
    kind = page.split("/")[1]

    assert read(client.get(page)).links_saying("表格（CSV）") == [f"/{kind}/{kind}.csv{conditions}"]
    assert client.get(f"/{kind}/{kind}.csv{conditions}").status_code == 200


@pytest.mark.parametrize("address", TABLES)
def test_what_makes_no_sense_is_refused_in_words(client, long_meeting, address):
    response = client.get(address, {"departement": "市住建局"})

    assert response.status_code == 400
    assert "不认识的条件：departement" in response.content.decode()


def test_a_table_calculates_nothing(client, db):
    keep_meeting(items=(ItemFacts(title="审议《=1+1》", document="=1+1"),))

    (document,) = table(client, "/documents/documents.csv")

    assert document["标题"] == "'=1+1"


def test_a_record_whose_name_is_a_formula_is_no_formula_in_a_table(client, db):
    keep_meeting(items=(ItemFacts("研究预算"),))
    Organization.objects.filter(name="市发改委").update(name="=1+1")
    Body.objects.update(name="+云川")

    people = client.get("/people/people.csv").getvalue().decode()
    cells = [cell for row in csv.reader(io.StringIO(people)) for cell in row]
    assert "'=1+1" in cells
    assert "'+云川" in cells
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@")]
