"""Test timelines of documents."""

import datetime

import pytest

from minutes.models import Action, ActionKind, Decision, Document, DocumentReference, ReferenceKind
from tests.pages.factory import ItemFacts, keep_meeting
from tests.pages.reading import read
from tests.pages.stories import HOUSING, PARKING_AGAIN, PARKING_DRAFT

NOTHING_LATER = "报送之后，本档案中没有后续记录"


def page_of(client, title):
    return read(client.get(Document.objects.get(title=title).get_absolute_url()))


def milestones_in(page):
    lines = page.text.split("历次会议")[0].splitlines()
    return [line for line in lines if line.startswith(("上会", "提请或报送", "印发或公布", "修订", "废止"))]


def test_the_steps_of_a_document_stand_with_their_days(client, long_meeting, later_meeting):
    page = page_of(client, "云川市公共停车场管理办法")

    assert milestones_in(page) == [
        "上会 2019年11月21日",
        "提请或报送 2019年11月21日 提请市委常委会审议",
        "印发或公布 2020年3月6日 按程序印发实施",
        "修订 无记录",
        "废止 无记录",
    ]
    assert page.links_saying("2020年3月6日") == [f"/meetings/{later_meeting.pk}/items/1/"]


@pytest.mark.parametrize(("kind", "words"), [(ActionKind.REPEAL, "废止"), (ActionKind.AMEND, "修订")])
def test_amending_and_repealing_are_steps(client, db, kind, words):
    meeting = keep_meeting(items=(HOUSING,))
    Action.objects.filter(item__meeting=meeting).update(kind=kind)

    assert f"{words} 2019年11月21日" in milestones_in(page_of(client, HOUSING.document))


def test_what_is_published_of_a_repeal_is_not_the_document(client, db):
    meeting = keep_meeting(items=(HOUSING,))
    Action.objects.filter(item__meeting=meeting).update(kind=ActionKind.REPEAL)

    assert "印发或公布 无记录" in milestones_in(page_of(client, HOUSING.document))


def test_where_two_documents_and_two_actions_meet_none_is_called_repealed(client, db):
    meeting = keep_meeting(items=(HOUSING,))
    item = meeting.items.get()
    Action.objects.create(item=item, kind=ActionKind.REPEAL, written="废止", start=item.start, end=item.end)
    other = Document.objects.create(body=meeting.body, title="云川市房屋修缮暂行办法")
    kind = ReferenceKind.SUBJECT
    DocumentReference.objects.create(item=item, document=other, kind=kind, start=item.start, end=item.end)

    for title in (HOUSING.document, other.title):
        assert "废止 无记录" in milestones_in(page_of(client, title))
    # 审议废止《…》《…》: one word of both
    (deliberated,) = item.actions.filter(kind=ActionKind.DELIBERATE)
    item.actions.filter(kind=ActionKind.REPEAL).update(start=deliberated.end, end=deliberated.end + 2)
    for title in (HOUSING.document, other.title):
        assert "废止 2019年11月21日" in milestones_in(page_of(client, title))


def test_a_document_sent_on_and_never_named_again_says_so(client, long_meeting):
    assert NOTHING_LATER in page_of(client, "云川市公共停车场管理办法").text
    assert NOTHING_LATER not in page_of(client, HOUSING.document).text


def test_what_comes_before_the_same_meeting_again_was_not_sent_on(client, long_meeting):
    Decision.objects.filter(item__meeting=long_meeting).update(next_step="适时再次提请市政府常务会议审议")
    page = page_of(client, "云川市公共停车场管理办法")

    assert "提请或报送 无记录" in milestones_in(page)
    assert NOTHING_LATER not in page.text
    assert "没有符合这些条件的文件" in read(client.get("/documents/", {"state": "sent-on"})).text


def test_a_later_record_ends_the_note(client, long_meeting, later_meeting):
    assert NOTHING_LATER not in page_of(client, "云川市公共停车场管理办法").text


def test_a_withdrawn_later_record_is_none(client, long_meeting):
    keep_meeting(number=79, date=datetime.date(2020, 3, 6), items=(PARKING_AGAIN,), status="withdrawn")

    assert NOTHING_LATER in page_of(client, "云川市公共停车场管理办法").text


@pytest.fixture
def three_documents(db):
    return keep_meeting(items=(PARKING_DRAFT, HOUSING))


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"title": "停车"}, ["云川市公共停车场管理办法"]),
        ({"stage": "草案"}, ["云川市公共停车场管理办法"]),
        ({"state": "sent-on"}, ["云川市公共停车场管理办法"]),
        ({"title": "改造", "stage": "草案"}, []),
    ],
)
def test_the_list_is_narrowed_by_its_address(client, three_documents, conditions, found):
    text = read(client.get("/documents/", conditions)).text

    titles = ("云川市公共停车场管理办法", "云川市城镇老旧小区改造三年行动方案", "云川市城市道路管理条例")
    assert [title for title in titles if f"《{title}》" in text] == found
    assert ("没有符合这些条件的文件" in text) == (not found)


def test_documents_of_one_body(client, three_documents):
    other = keep_meeting(
        body="南屏县人民政府", items=(ItemFacts(title="审议《南屏县禁牧办法》", document="南屏县禁牧办法"),)
    )

    text = read(client.get("/documents/", {"body": other.body_id})).text

    assert "《南屏县禁牧办法》" in text
    assert "停车场" not in text
    assert "符合条件的 1 份文件" in text


def test_a_condition_that_makes_no_sense_is_named_and_not_applied(client, three_documents):
    text = read(client.get("/documents/", {"stage": "没有这种稿", "body": "x"})).text

    assert text.count("这个条件没有使用") == 2
    assert "3 份文件" in text


def test_the_conditions_stay_while_turning_pages(client, db):
    agenda = [ItemFacts(title=f"审议《第{n}号方案》", document=f"第{n}号方案", stage="草案") for n in range(60)]
    keep_meeting(items=agenda, attendees=0)

    first = read(client.get("/documents/?stage=草案"))
    (address,) = first.links_saying("下一页")

    assert read(client.get(f"/documents/{address}")).text.count("号方案》") == 10
    assert "stage" in address
