"""Test the records created by manage.py ingest."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minutes.ingest.enums import action_kind_of, outcome_of
from minutes.models import (
    Action,
    AgendaItem,
    Attendance,
    Deadline,
    Decision,
    Document,
    DocumentReference,
    Involvement,
    Meeting,
    Organization,
    OrganizationAlias,
    Person,
    Problem,
)
from minutes.parser.json_format import as_json
from minutes.parser.pipeline import parse
from minutes.parser.vocabulary.verbs import outcome_kind
from tests.minutes_text import minutes_text, text_with_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def take_in(write):
    """Ingest a text; return the meeting."""

    def take(text: str, name: str = "minutes.txt") -> Meeting:
        call_command("ingest", str(write(name, text)), verbosity=0)
        return Meeting.objects.get(source__name=name)

    return take


def test_the_facts_of_the_meeting_are_those_of_the_parser(take_in):
    text = minutes_text()
    expected = as_json(parse(text))

    meeting = take_in(text)

    for name in ("number", "doc_number", "part_of_day", "recorder", "compiled_by", "issued_by", "disclosure"):
        assert getattr(meeting, name) == expected[name], name
    for name in ("date", "compiled_on", "issued_on"):
        assert getattr(meeting, name).isoformat() == expected[name], name
    assert (meeting.kind, meeting.kind_text) == ("executive", "常务会议")
    assert (meeting.chair_name, meeting.chair_title) == ("沈知远", "市长")
    assert meeting.distribution == expected["distribution"]
    assert meeting.opening == expected["opening"]["text"]
    assert str(meeting) == "云川市人民政府第12次常务会议"


def test_term_issue_and_day_of_the_web_page_are_kept(take_in):
    text = minutes_text(head="发布时间：2021-03-20 09:30\n云川市人民政府\n\n常务会议纪要\n第9期")

    meeting = take_in(text.replace("市政府第12次", "十六届市政府第12次"))

    assert (meeting.term, meeting.serial, meeting.number) == (16, 9, 12)
    assert meeting.web_published_on == datetime.date(2021, 3, 20)
    assert {"term", "serial", "web_published_on"} <= set(meeting.spans)


def test_every_fact_knows_the_characters_it_was_read_from(take_in):
    meeting = take_in(minutes_text())
    text = meeting.source.text

    def at(record):
        return text[record.start : record.end]

    assert text[slice(*meeting.spans["number"])].strip("第次") == "12"
    assert text[slice(*meeting.spans["doc_number"])] == "〔2021〕7号"
    assert "沈知远" in text[slice(*meeting.spans["chair"])]
    decision = Decision.objects.get(item__position=1)
    assert text[slice(*decision.spans["outcome"])] == "原则同意"
    assert text[slice(*decision.spans["next_step"])] == decision.next_step
    assert at(Deadline.objects.get()) == Deadline.objects.get().text
    for action in Action.objects.all():
        assert at(action) == action.written
    for involvement in Involvement.objects.all():
        assert involvement.written in at(involvement)
    for reference in DocumentReference.objects.all():
        assert reference.document.title in at(reference)


def test_items_are_numbered_paragraphs_with_what_was_done(take_in):
    meeting = take_in(minutes_text())

    first, second = meeting.items.order_by("position")
    assert first.title == "审议《云川市河道管理办法（草案）》"
    assert [paragraph.marker for paragraph in first.paragraphs.all()] == ["（一）", "（二）"]
    assert [(action.kind, action.written) for action in first.actions.all()] == [("deliberate", "审议")]
    assert [(action.kind, action.written) for action in second.actions.all()] == [("hear_report", "听取")]
    assert first.get_absolute_url() == f"/meetings/{meeting.pk}/items/1/"


def test_a_decision_has_outcome_next_step_deadline_and_units_by_role(take_in):
    item = take_in(minutes_text()).items.get(position=1)
    decision = item.decisions.get()

    assert (decision.outcome, decision.outcome_text) == ("approved_in_principle", "原则同意")
    assert decision.next_step == "按程序发文"
    assert [deadline.date.isoformat() for deadline in decision.deadlines.all()] == ["2021-12-31"]
    roles = {(each.role, each.organization.name) for each in item.involvements.all()}
    assert roles == {("lead", "市水利局"), ("supporting", "市发改委"), ("responsible", "市住建局")}
    assert {unit.organization.name for unit in decision.units.all()} == {"市水利局", "市发改委"}


def test_a_unit_with_a_role_is_not_mentioned_besides_and_many_names_are_one_unit(take_in):
    """The item names 市应急局 as reporter, and gives 市发展和改革委员会 a task."""
    item = take_in(minutes_text()).items.get(position=2)

    roles = {(each.role, each.organization.name, each.written) for each in item.involvements.all()}
    assert roles == {("reporting", "市应急局", "市应急局"), ("responsible", "市发改委", "市发展和改革委员会")}


def test_the_names_of_a_unit_lead_to_one_organization_over_many_files(take_in):
    take_in(minutes_text(12, 5), "a.txt")
    later = minutes_text(13, 12, doc_number="〔2021〕8号").replace("市发改委", "云川市发展和改革委员会")
    take_in(later, "b.txt")

    organization = Organization.objects.get(name="市发改委")
    assert organization.full_name == "市发展和改革委员会"
    assert {"市发展和改革委员会", "云川市发展和改革委员会"} <= {alias.name for alias in organization.aliases.all()}
    assert Organization.objects.filter(name__contains="发").count() == 1
    assert Attendance.objects.filter(organization=organization).count() == 2


def test_words_for_many_units_stay_in_the_text_and_are_no_organization(take_in):
    meeting = take_in(
        text_with_item(
            "（一）原则同意《云川市节水办法》。由市水利局会同各有关部门按程序发文。各县（市、区）要抓好落实。"
        )
    )

    names = set(Organization.objects.values_list("name", flat=True))
    assert "市水利局" in names
    assert not {name for name in names if name.startswith("各") or "有关" in name}
    assert "各有关部门" in meeting.items.get().paragraphs.first().text


def test_an_ambiguous_unit_is_joined_with_neither_and_reported(take_in):
    meeting = take_in(text_with_item("（一）原则同意《云川市节水办法》。由市文旅局按程序发文。"))

    lead = Involvement.objects.get(role="lead").organization
    assert (lead.name, lead.full_name, lead.aliases.count()) == ("市文旅局", "", 0)
    problem = meeting.problems.get(code="ambiguous-unit")
    assert "市文化广电和旅游局" in problem.message
    assert meeting.source.text[problem.start : problem.end] == "市文旅局"


def test_two_organizations_that_the_table_would_join_are_left_apart_and_reported(take_in):
    """Both names existed before the table had them: a person has to decide."""
    body = take_in(minutes_text(), "a.txt").body
    for name in ("市计量所", "市科技局", "市科学技术局"):
        Organization.objects.create(body=body, name=name)
    OrganizationAlias.objects.filter(name__contains="科").delete()

    text = text_with_item("（一）原则同意《云川市节水办法》。由云川市科学技术局按程序发文。", number=13, day=12)
    meeting = take_in(text, "b.txt")

    assert meeting.problems.filter(code="ambiguous-unit").count() == 1
    assert Involvement.objects.get(item__meeting=meeting, role="lead").organization.name == "云川市科学技术局"


def test_an_alias_that_staff_entered_decides_what_a_name_means(take_in):
    body = take_in(minutes_text(), "a.txt").body
    water = Organization.objects.get(name="市水利局")
    OrganizationAlias.objects.create(body=body, organization=water, name="市河长办")

    text = text_with_item("（一）原则同意《云川市节水办法》。由市河长办按程序发文。", number=13, day=12)
    meeting = take_in(text, "b.txt")

    assert Involvement.objects.get(item__meeting=meeting, role="lead").organization == water


def test_attendance_keeps_order_role_and_person_beside_unit(take_in):
    meeting = take_in(minutes_text())

    rows = [
        (each.role, each.person and each.person.name, each.organization and each.organization.name)
        for each in meeting.attendance.order_by("position")
    ]
    assert rows == [
        ("present", "沈知远", None),
        ("present", "陆岚", None),
        ("present", "贺明舟", None),
        ("in_attendance", "闵怀远", "市发改委"),
        ("in_attendance", "贾子昂", "市水利局"),
        ("in_attendance", "应连胜", "市应急局"),
        ("represented", None, "市检察院"),
        ("represented", None, "武警云川支队"),
    ]


def test_the_same_name_with_the_same_unit_is_one_person_and_with_another_unit_another(take_in):
    take_in(minutes_text(12, 5), "a.txt")
    take_in(minutes_text(13, 12, doc_number="〔2021〕8号").replace("市水利局贾子昂", "市财政局贾子昂"), "b.txt")

    assert {person.organization.name for person in Person.objects.filter(name="贾子昂")} == {"市水利局", "市财政局"}
    assert Person.objects.filter(name="闵怀远").count() == 1
    assert Person.objects.filter(name="沈知远", organization=None).count() == 1


def test_the_drafts_of_a_document_are_one_document(take_in):
    take_in(text_with_item("（一）原则同意《云川市节水办法》。", title="审议《云川市节水办法（草案）》"), "a.txt")
    text = text_with_item("（一）会议同意。", title="审议《云川市节水办法（修订稿）》", number=13, day=12)
    take_in(text, "b.txt")

    document = Document.objects.get()
    assert document.title == "云川市节水办法"
    assert {(each.kind, each.stage) for each in document.references.all()} == {
        ("subject", "草案"),
        ("subject", "修订稿"),
    }


def test_a_mentioned_document_keeps_its_stage_apart_from_its_title(take_in):
    take_in(text_with_item("（一）原则同意《云川市节水办法》。要做好与《云川市供水条例（草案）》的衔接。"))

    mention = DocumentReference.objects.get(kind="mention")
    assert (mention.document.title, mention.stage) == ("云川市供水条例", "草案")


def test_a_short_title_is_kept_with_the_document(take_in):
    take_in(minutes_text())

    reference = DocumentReference.objects.get(kind="subject")
    assert (reference.document.title, reference.stage, reference.short_title) == (
        "云川市河道管理办法",
        "草案",
        "管理办法",
    )


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("原则同意", "approved_in_principle"),
        ("原则上同意", "approved_in_principle"),
        ("原则通过", "approved_in_principle"),
    ],
)
def test_outcomes_in_principle(written, outcome, take_in):
    take_in(text_with_item(f"（一）会议{written}《云川市节水办法》。"))

    assert (Decision.objects.get().outcome, Decision.objects.get().outcome_text) == (outcome, written)
    assert not Problem.objects.filter(code="unknown-outcome").exists()


def test_what_is_too_long_for_its_field_is_left_out_and_reported(take_in):
    title = "关于" + "进一步" * 120 + "的意见"
    meeting = take_in(text_with_item(f"（一）原则同意《云川市节水办法》。要落实《{title}》。"))

    problem = meeting.problems.get(code="too-long")
    assert "文件" in problem.message
    assert title in meeting.source.text[problem.start : problem.end]
    assert title in meeting.items.get().paragraphs.first().text
    assert Document.objects.count() == 1


def test_ninety_attendees_cost_no_more_queries_than_a_few(take_in):
    surnames, units = (
        "赵钱孙李周吴郑王冯陈",
        ["财政局", "教育局", "审计局", "体育局", "统计局", "民政局", "司法局", "水务局", "商务局"],
    )
    listed = "  ".join(f"市{unit}{surname}文远" for unit in units for surname in surnames)
    crowd = minutes_text(14, 19, doc_number="〔2021〕9号").replace("列席：", f"列席：{listed}  ")

    with CaptureQueriesContext(
        connection,
    ) as few:
        take_in(minutes_text(12, 5), "a.txt")
    with CaptureQueriesContext(connection) as many:
        meeting = take_in(crowd, "b.txt")

    assert meeting.attendance.count() > 90
    assert len(few) < 40
    assert len(many) < 40


def test_the_rows_of_a_meeting_go_with_it(take_in):
    take_in(minutes_text()).delete()

    for model in (AgendaItem, Attendance, Decision, Deadline, Involvement, DocumentReference, Action, Problem):
        assert not model.objects.exists(), model
    assert Organization.objects.exists()


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("审议废止", "repeal"),
        ("审议修订", "amend"),
        ("审定", "deliberate"),
        ("听取", "hear_report"),
        ("传达学习", "convey"),
        ("贯彻落实", "convey"),
        ("研究", "study"),
        ("部署", "study"),
        ("调度", "study"),
        ("审核", "deliberate"),
        ("审查", "deliberate"),
        ("观看", "convey"),
        ("通报", "brief"),
        ("举行", "other"),
    ],
)
def test_verbs_become_kinds_of_action(written, kind):
    assert action_kind_of(written) == kind


@pytest.mark.parametrize(
    ("written", "outcome", "known"),
    [
        ("同意", "approved", True),
        ("原则通过", "approved_in_principle", True),
        ("审议通过", "adopted", True),
        ("通过", "adopted", True),
        ("批准", "approved", True),
        ("基本同意", "approved_in_principle", True),
        ("决定", "other", True),
        ("不予同意", "other", False),
        ("不予批准", "other", False),
        ("暂缓通过", "other", False),
    ],
)
def test_only_plain_words_of_approval_count_as_approval(written, outcome, known):
    assert (outcome_of(written), outcome_kind(written) is not None) == (outcome, known)
