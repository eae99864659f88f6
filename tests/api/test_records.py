"""What programs get of each kind of record."""

import datetime

import pytest

from minutes.models import Meeting, MeetingStatus, Organization, OrganizationAlias
from tests.pages.factory import keep_meeting
from tests.pages.stories import LONG_AGENDA, PARKING_DRAFT

KINDS = (
    *("bodies", "meetings", "items", "paragraphs", "decisions", "documents", "organizations", "people"),
    *("attendance", "tasks", "deadlines"),
)


def titles(answer):
    return [record["title"] for record in answer["results"]]


@pytest.mark.parametrize("name", ["市住建局", "市住房和城乡建设局", "{id}"])
def test_one_question_tells_which_items_a_unit_led_in_a_year(ask, archive, name):
    unit = Organization.objects.get(name="市住建局")
    OrganizationAlias.objects.create(body=unit.body, organization=unit, name="市住房和城乡建设局")

    (item,) = ask("items/", lead=name.format(id=unit.pk), year=2019)["results"]

    assert item["title"] == "审议《云川市城镇老旧小区改造三年行动方案》"
    assert item["meeting"]["date"] == "2019-11-21"
    assert item["decision"]["outcome_text"] == "原则同意"
    assert item["decision"]["deadlines"][0]["date"] == "2020-10-31"
    assert [(each["role"], each["organization"]["name"]) for each in item["units"]] == [("lead", "市住建局")]


def test_an_item_says_everything_about_itself(ask, archive, client):
    item = archive.items.get(position=2)
    answer = ask(f"items/{item.pk}/")

    assert answer["url"] == f"http://testserver/api/v1/items/{item.pk}/"
    assert answer["page"] == f"http://testserver{item.get_absolute_url()}"
    assert client.get(answer["page"]).status_code == 200
    assert answer["actions"] == [{"kind": "deliberate", "written": "审议"}]
    assert [(each["title"], each["kind"], each["stage"]) for each in answer["documents"]] == [
        ("云川市公共停车场管理办法", "subject", "草案"),
        ("云川市城市道路管理条例", "mention", None),
    ]
    assert [each["marker"] for each in answer["paragraphs"]] == ["（一）", "（二）", "（三）"]
    start, end = answer["decision"]["span"]
    assert archive.source.text[start:end].startswith("（一）原则同意《云川市公共停车场管理办法》")


def test_a_meeting_says_everything_about_itself(ask, archive):
    answer = ask(f"meetings/{archive.pk}/")

    assert answer["body"]["name"] == "云川市人民政府"
    assert (answer["number"], answer["doc_number"], answer["date"]) == (70, "〔2019〕70号", "2019-11-21")
    assert answer["place"] is None
    source = {"name": "yunchuan-70.txt", "sha256": archive.source.sha256, "format": "text", "source_url": None}
    assert answer["source"] == source
    assert [item["position"] for item in answer["items"]] == list(range(1, len(LONG_AGENDA) + 1))


def test_the_parts_of_an_item_lead_back_to_it(ask, archive):
    (deadline,) = ask("deadlines/", lead="市城管局")["results"]
    (decision,) = ask("decisions/", lead="市城管局", year=2019)["results"]
    paragraph = ask("paragraphs/", item=decision["item"]["id"])["results"][1]

    assert (deadline["text"], deadline["date"]) == ("明年1月底前", "2020-01-31")
    assert deadline["item"]["id"] == decision["item"]["id"] == paragraph["item"]["id"]
    assert deadline["page"] == decision["page"] == paragraph["page"].partition("#")[0]
    assert paragraph["page"].endswith("#p2")


def test_attendance_names_people_and_units(ask, archive):
    absent = ask("attendance/", role="apologies")["results"]

    assert [(each["person"]["name"], each["organization"]["name"], each["note"]) for each in absent] == [
        ("闵若水", "市审计局", "公出")
    ]
    (represented,) = ask("attendance/", role="represented")["results"]
    assert (represented["person"], represented["organization"]["name"]) == (None, "市委宣传部")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_list_and_single_records(ask, archive, client, kind):
    first = ask(f"{kind}/")["results"][0]

    assert client.get(first["url"]).json() == first


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_list_asks_the_database_a_fixed_number_of_times(ask, db, django_assert_max_num_queries, kind):
    for number in range(1, 9):
        keep_meeting(number=number, date=datetime.date(2019, number, 5), items=(PARKING_DRAFT, *LONG_AGENDA[4:]))

    most = {"items": 12, "tasks": 4, "meetings": 2, "decisions": 4, "deadlines": 2, "organizations": 2}.get(kind, 1)
    with django_assert_max_num_queries(most):
        answer = ask(f"{kind}/", page_size=200)
    assert answer["results"]


def test_conditions_ask_the_database_once_more_each(ask, archive, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        ask("items/", lead="市住建局", organization="市住建局", body="云川市人民政府", year=2019)


@pytest.mark.parametrize(
    ("path", "conditions", "found"),
    [
        ("meetings/", {"year": "2019"}, 1),
        ("meetings/", {"date_after": "2019-11-21"}, 2),
        ("meetings/", {"date_before": "2019-11-21"}, 2),
        ("meetings/", {"number": "79"}, 1),
        ("meetings/", {"number": "0"}, 0),
        ("meetings/", {"kind": "plenary"}, 0),
        ("meetings/", {"doc_number": "〔2019〕70号"}, 1),
        ("meetings/", {"year": "unknown"}, 0),
        ("items/", {"document": "《云川市公共停车场管理办法》"}, 2),
        ("items/", {"document": "云川市公共停车场管理办法", "year": "2019"}, 1),
        ("items/", {"outcome": "approved_in_principle", "year": "2018"}, 2),
        ("items/", {"action": "convey"}, 0),
        ("items/", {"organization": "市公安局", "role": "supporting"}, 1),
        ("items/", {"organization": "市公安局", "role": "lead"}, 1),
        ("items/", {"organization": "市城管局", "role": "supporting"}, 0),
        ("items/", {"reporting": "市应急局"}, 2),
        ("items/", {"title": "老旧小区"}, 2),
        ("paragraphs/", {"text": "加装电梯"}, 2),
        ("deadlines/", {"date_after": "2020-02-01", "date_before": "2020-12-31"}, 2),
        ("deadlines/", {"organization": "市城管局"}, 1),
        ("documents/", {"title": "停车场"}, 1),
        ("organizations/", {"name": "市住建局"}, 1),
        ("people/", {"name": "闵若水"}, 1),
        ("attendance/", {"organization": "市审计局"}, 1),
    ],
)
def test_a_list_is_narrowed_by_what_the_address_asks(ask, archive, path, conditions, found):
    assert len(ask(path, **conditions)["results"]) == found


def test_a_list_is_followed_to_its_end_and_back(ask, archive, client):
    everything = titles(ask("items/", page_size=200))
    pages = [ask("items/", page_size=5)]
    while following := pages[-1]["next"]:
        pages.append(client.get(following).json())

    assert [title for page in pages for title in titles(page)] == everything
    assert len(pages) == 3
    assert titles(client.get(pages[-1]["previous"]).json()) == titles(pages[-2])


def test_only_the_fields_that_are_chosen_are_sent(ask, archive):
    assert ask("items/", fields="title,meeting", lead="市住建局", year=2018)["results"][0].keys() == {
        "title",
        "meeting",
    }
    assert ask(f"meetings/{archive.pk}/", fields="number") == {"number": 70}
    # What is nested keeps its own fields.
    assert "name" in ask(f"meetings/{archive.pk}/", fields="body")["body"]


@pytest.mark.parametrize("status", [MeetingStatus.DRAFT, MeetingStatus.WITHDRAWN])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_published_is_in_no_list(ask, archive, client, kind, status):
    before = ask(f"{kind}/", page_size=200)["results"]
    Meeting.objects.update(status=status)

    assert ask(f"{kind}/", page_size=200)["results"] == []
    assert client.get(before[0]["url"]).status_code == 404


@pytest.mark.parametrize("kind", ["meetings", "items", "paragraphs", "decisions", "tasks", "deadlines", "attendance"])
def test_of_a_withdrawn_meeting_stays_that_it_was_there(client, ask, archive, kind):
    address = ask(f"{kind}/", **({"number": 70} if kind == "meetings" else {"meeting": archive.pk}))["results"][0][
        "url"
    ]
    Meeting.objects.filter(pk=archive.pk).update(
        status=MeetingStatus.WITHDRAWN,
        published_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
        withdrawn_at=datetime.datetime(2020, 2, 3, 4, 5, tzinfo=datetime.UTC),
        withdrawal_reason="附件误收个人信息。",
    )
    response = client.get(address)

    assert response.status_code == 410
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["meeting"] == {
        "id": archive.pk,
        "body": "云川市人民政府",
        "kind": "executive",
        "number": 70,
        "doc_number": "〔2019〕70号",
        "date": "2019-11-21",
        "withdrawn": True,
        "withdrawn_at": "2020-02-03T04:05:00+00:00",
        "reason": "附件误收个人信息。",
    }
    assert "老旧小区" not in response.content.decode()


def test_an_answer_already_held_is_not_sent_again_until_it_changes(client, archive):
    address = f"/api/v1/meetings/{archive.pk}/"
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304

    Meeting.objects.update(place="市政府三号楼")
    assert client.get(address, headers={"if-none-match": tag}).json()["place"] == "市政府三号楼"


def test_a_task_tells_who_what_and_where_it_stands(ask, archive):
    (task,) = ask("tasks/", organization="市公安局", role="supporting")["results"]

    assert [(actor["role"], actor["organization"]["name"]) for actor in task["actors"]] == [
        ("lead", "市城管局"),
        ("supporting", "市公安局"),
        ("supporting", "市交通局"),
    ]
    start, end = task["span"]
    assert archive.source.text[start:end] == task["text"]
    assert (task["kind"], task["part"]) == ("procedure", "item")
    assert [document["title"] for document in task["documents"]] == ["云川市公共停车场管理办法"]
    assert task["later_record"] is True
    assert task["page"].endswith(f"/meetings/{archive.pk}/items/2/#task-1")
    assert ask("items/", title="停车场", year=2019)["results"][0]["tasks"][0]["text"] == task["text"]


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"no_later_record": "1"}, 0),
        ({"kind": "procedure"}, 1),
        ({"organization": "市住建局"}, 2),
        ({"organization": "市住建局", "deadline": "any", "year": "2019"}, 1),
        ({"deadline": "undated"}, 0),
        ({}, 4),
    ],
)
def test_tasks_take_the_conditions_of_the_register(ask, archive, conditions, found):
    assert len(ask("tasks/", **conditions)["results"]) == found
