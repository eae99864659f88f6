import datetime
from dataclasses import dataclass

import pytest

from minutes.divisions.placement import get_or_create_division, place
from minutes.divisions.register import Entry
from minutes.models import Document, ItemTopic, Meeting, MeetingStatus, Organization, Person
from open_data.public import regenerate
from search.service import index_everything
from tests.pages.factory import ItemFacts, keep_meeting
from tests.pages.stories import FIRE, HOUSING, LONG_AGENDA, PARKING_AGAIN

UNBREAKABLE = ItemFacts(
    title="研究 https://minutes.yunchuan.example/" + "a" * 180 + " 所列事项",
    document="云川市" + "A" * 120 + "办法",
    paragraphs=("《云川市" + "A" * 120 + "办法》见附件。",),
)


GRAIN = ItemFacts(title="研究粮食储备工作", paragraphs=("会议听取了粮食储备情况的汇报。",))


@dataclass(frozen=True)
class Archive:
    """An archive that answers under an address, and one page of each kind in it."""

    url: str
    meeting: Meeting
    withdrawn: Meeting

    @property
    def pages(self) -> dict[str, str]:
        """Return the path of one page of each kind by name."""
        item = f"/meetings/{self.meeting.pk}/items/2/"
        unit = Organization.objects.get(name="市城管局").get_absolute_url()
        return {
            "first page": "/",
            "results": "/search/?q=老旧小区",
            "results as tasks": "/search/?q=老旧小区&view=tasks",
            "nothing found": "/search/?q=不存在的词句",
            "refused query": "/search/?date_after=never",
            "meetings": "/meetings/?year=2019",
            "no such year": "/meetings/?year=1999",
            "meeting": self.meeting.get_absolute_url(),
            "item": item,
            "embedded decision": f"/embed{item}",
            "item of odd length": f"/meetings/{self.meeting.pk}/items/11/",
            "documents": "/documents/",
            "document": Document.objects.get(title="云川市公共停车场管理办法").get_absolute_url(),
            "organizations": "/organizations/",
            "organization": unit,
            "organization in one role": f"{unit}?role=lead",
            "organization in attendance": f"{unit}?role=attendance",
            "people": "/people/",
            "person": Person.objects.get(name="闵若水").get_absolute_url(),
            "tasks": "/tasks/",
            "tasks with a deadline": "/tasks/?deadline=past&collective=all&sort=due-latest",
            "tasks of a refused unit": "/tasks/?organization=nobody&no_later_record=1",
            "units by tasks": "/tasks/by-unit/",
            "breakdown": f"/meetings/{self.meeting.pk}/tasks/",
            "topics": "/topics/",
            "topic": "/topics/10.2/",
            "bodies": "/bodies/",
            "attendance": f"/attendance/?body={self.meeting.body_id}&year=2019",
            "coverage": "/coverage/",
            "governments side by side": "/compare/?body=云川市人民政府&body=南屏县人民政府",
            "nothing to compare": "/compare/",
            "trend of two governments": "/search/trend/?term=会议&body=云川市人民政府&body=南屏县人民政府",
            "calendar": "/meetings/calendar/2019/",
            "body": self.meeting.body.get_absolute_url(),
            "help": "/help/",
            "citation": f"/cite/{self.meeting.pk}/2/1/",
            "citation of a sentence": f"/cite/{self.meeting.pk}/2/1/1/",
            "report": "/report/?place=/help/",
            "source": f"/meetings/{self.meeting.pk}/source/?from=100&to=140",
            "data": "/data/",
            "interface for programs": "/api/docs/",
            "not found": "/no/such/page/",
            "withdrawn": self.withdrawn.get_absolute_url(),
        }


@pytest.fixture
def archive(live_server) -> Archive:
    """Three meetings of two years, indexed."""
    keep_meeting(number=39, date=datetime.date(2018, 9, 4), items=(FIRE, HOUSING))
    keep_meeting(number=79, date=datetime.date(2020, 3, 6), items=(PARKING_AGAIN,))
    keep_meeting(number=5, date=datetime.date(2020, 4, 6), items=(GRAIN,), body="南屏县人民政府")
    meeting = keep_meeting(
        items=(*LONG_AGENDA, UNBREAKABLE),
        attendees=87,
        represented=("市委宣传部", "团市委"),
        apologies=("闵若水",),
        closing="会上，还进行了学法专题：《云川市物业管理条例》解读。",
    )
    withdrawn = keep_meeting(number=12, date=datetime.date(2017, 5, 4))
    then = datetime.datetime(2020, 2, 2, tzinfo=datetime.UTC)
    Meeting.objects.filter(pk=withdrawn.pk).update(
        status=MeetingStatus.WITHDRAWN, published_at=then, withdrawn_at=then, withdrawal_reason="附件误收。"
    )
    for item in meeting.items.all():
        ItemTopic.objects.create(item=item, position=1, code="10.2", words=["住房"])
    get_or_create_division(Entry(("澜川省", "云川市")))
    place(meeting.body)
    index_everything()
    regenerate()
    return Archive(live_server.url, meeting, withdrawn)
