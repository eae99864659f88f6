"""Test merging, splitting and undoing: names resolve, and rows are restored."""

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from minutes.ingest.ingest_file import IngestOptions, ingest_bytes
from minutes.merging import operations, rebuild
from minutes.merging.duplicates import find_duplicates
from minutes.merging.mergeable import MergeRefused
from minutes.merging.rebuild import rebuild_meetings
from minutes.models import (
    Attendance,
    AuditEntry,
    Body,
    Document,
    DocumentReference,
    Involvement,
    Meeting,
    MergeOperation,
    MergeStep,
    Organization,
    OrganizationAlias,
    Person,
    TaskActor,
)
from minutes.workflow import publish
from tests.corrections.editing import SAMPLES

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

NAMES = ("yunchuan-2018-24.txt", "yunchuan-2018-39.txt", "yunchuan-2019-58.txt")
UNIT, PERSON, DOCUMENT = "organization", "person", "document"
# What an act adds to, and what counts changes.
TRACES = {"auditentry", "mergeoperation", "mergestep", "splitspan"}
COUNTERS = {"revision", "updated_at"}


@pytest.fixture
def meetings():
    """Three meetings of 云川市, as drafts."""
    for name in NAMES:
        ingest_bytes(name, (SAMPLES / name).read_bytes(), IngestOptions())
    return list(Meeting.objects.order_by("pk"))


def everything():
    """Every row of every table with its key, but for traces and counters."""
    rows = {}
    for model in apps.get_app_config("minutes").get_models():
        name = model._meta.model_name
        if name not in TRACES and not name.startswith("historical"):
            columns = [field.attname for field in model._meta.concrete_fields if field.name not in COUNTERS]
            rows[name] = list(model.objects.order_by("pk").values_list(*columns))
    return rows


def unit(name):
    return Organization.objects.get(name=name)


def join_units(name, other):
    return operations.merge(UNIT, unit(name).pk, unit(other).pk, None)


def text_with(old, new, number="第24次", other_number="第25次", name=NAMES[0]):
    """Return a sample as another meeting, with some words replaced."""
    text = (SAMPLES / name).read_text(encoding="utf-8")
    assert old in text
    text = text.replace(number, other_number).replace("〔2018〕9号", "〔2018〕99号").replace(old, new)
    return text.encode()


# MergeOperation.


def test_every_reference_goes_to_the_kept_unit_and_the_joined_one_stays(meetings):
    joined, kept = unit("市水利局"), unit("市水务局")
    items = set(Involvement.objects.filter(organization__in=[joined, kept]).values_list("item", flat=True))
    entries = set(Attendance.objects.filter(organization__in=[joined, kept]).values_list("pk", flat=True))
    assert Involvement.objects.filter(organization=joined).exists()

    join_units("市水利局", "市水务局")

    joined.refresh_from_db()
    assert joined.merged_into == kept
    assert not Involvement.objects.filter(organization=joined).exists()
    assert not Attendance.objects.filter(organization=joined).exists()
    assert set(Involvement.objects.filter(organization=kept).values_list("item", flat=True)) == items
    assert set(Attendance.objects.filter(organization=kept).values_list("pk", flat=True)) == entries
    assert {"市水利局", "云川市水利局"} <= set(kept.aliases.values_list("name", flat=True))


@pytest.mark.parametrize(("name", "kept", "is_new"), [("市水利局", "市水务局", False), ("市应急局", "市财政局", True)])
def test_the_people_of_a_joined_unit_become_those_of_the_kept_one(meetings, name, kept, is_new):
    person = Person.objects.filter(organization__name=name, attendance__isnull=False).first()
    count = person.attendance.count()
    operation = join_units(name, kept)
    person.refresh_from_db()
    assert person.merged_into.name == person.name
    assert person.merged_into.organization.name == kept
    assert person.merged_into.attendance.count() >= count
    made = operation.changes["made"]
    assert (person.merged_into_id in made) == is_new
    operations.undo(operation.pk, None)
    person.refresh_from_db()
    assert person.merged_into is None
    assert person.attendance.count() == count
    assert not Person.objects.filter(pk__in=made).exists()


def test_a_person_whom_a_task_names_meanwhile_stays_when_the_merge_is_undone(meetings):
    operation = join_units("市应急局", "市财政局")
    named = operation.changes["made"][0]
    ingest_bytes("other.txt", (SAMPLES / "nanping-2025-41.txt").read_bytes(), IngestOptions())
    actor = TaskActor.objects.filter(task__meeting=Meeting.objects.latest("pk")).first()
    TaskActor.objects.filter(pk=actor.pk).update(person=named, organization=None)
    operations.undo(operation.pk, None)
    assert Person.objects.filter(pk=named).exists()


def test_what_comes_in_later_under_the_old_name_goes_to_the_kept_unit(meetings):
    operation = join_units("市水利局", "市水务局")
    ingest_bytes("later.txt", text_with("市纪委监委", "市水利局"), IngestOptions())
    later = Meeting.objects.latest("pk")
    assert later.attendance.filter(organization=unit("市水务局")).exists()
    operations.undo(operation.pk, None)
    assert later.attendance.filter(organization=unit("市水利局")).exists()
    assert not later.attendance.filter(organization=unit("市水务局")).exists()


def test_two_units_of_one_item_and_role_become_one_and_two_again_under_their_keys(meetings):
    first, second = next(
        same_role[:2]
        for each in Involvement.objects.all()
        if (same_role := each.item.involvements.filter(role=each.role)).count() > 1
    )
    before = everything()
    operation = operations.merge(UNIT, second.organization_id, first.organization_id, None)
    assert not Involvement.objects.filter(pk=second.pk).exists()
    operations.undo(operation.pk, None)
    assert Involvement.objects.get(pk=second.pk).organization_id == second.organization_id
    assert everything() == before


def test_a_chain_leads_to_its_end_and_the_newest_act_is_undone_first(meetings):
    before = everything()
    first = join_units("市水利局", "市水务局")
    second = join_units("市水务局", "市应急局")
    assert unit("市水利局").kept == unit("市应急局")
    assert not Attendance.objects.filter(organization__name__in=["市水利局", "市水务局"]).exists()
    with pytest.raises(MergeRefused, match="市水务局 → 市应急局"):
        operations.undo(first.pk, None)
    operations.undo(second.pk, None)
    operations.undo(first.pk, None)
    assert everything() == before


def test_loops_and_records_of_another_body_are_refused(meetings):
    ingest_bytes("other.txt", (SAMPLES / "nanping-2025-41.txt").read_bytes(), IngestOptions())
    elsewhere = Organization.objects.exclude(body=meetings[0].body).first()
    before = everything()
    one = unit("市财政局")
    for other, reason in [(one, "自己"), (elsewhere, "不同会议主体")]:
        with pytest.raises(MergeRefused, match=reason):
            operations.merge(UNIT, one.pk, other.pk, None)
    assert everything() == before
    join_units("市财政局", "市审计局")
    with pytest.raises(MergeRefused, match="已并入"):
        join_units("市审计局", "市财政局")
    with pytest.raises(MergeRefused, match="没有这条记录"):
        operations.merge(UNIT, 10**9, one.pk, None)


def test_documents_are_joined_and_found_by_either_title(meetings):
    one, other = Document.objects.filter(references__isnull=False).distinct()[:2]
    reference = one.references.first()
    operation = operations.merge(DOCUMENT, one.pk, other.pk, None)
    reference.refresh_from_db()
    assert reference.document == other
    operations.undo(operation.pk, None)
    reference.refresh_from_db()
    assert reference.document == one


def test_acts_are_in_the_audit_log_with_who_and_what(meetings, editor):
    operation = operations.merge(UNIT, unit("市水利局").pk, unit("市水务局").pk, editor)
    operations.undo(operation.pk, editor)
    lines = [(entry.action, entry.by, entry.about) for entry in AuditEntry.objects.order_by("pk")]
    assert lines[-2:] == [(action, editor, "合并单位：市水利局 → 市水务局") for action in ("joined", "undone")]
    with pytest.raises(MergeRefused, match="已经撤销"):
        operations.undo(operation.pk, editor)


def records_to_join():
    """Pairs of keys of records, by kind; of which some cannot be joined."""
    some = st.integers(0, 10**6)
    return st.lists(st.tuples(st.sampled_from([UNIT, PERSON, DOCUMENT]), some, some), min_size=1, max_size=3)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.generate],
    derandomize=True,
)
@given(wanted=records_to_join())
def test_joins_undone_leave_every_row_as_it_was(meetings, wanted):
    """Whatever is joined with whatever, and in whatever chain."""
    models = {UNIT: Organization, PERSON: Person, DOCUMENT: Document}
    before = everything()
    done = []
    for kind, first, second in wanted:
        keys = list(models[kind].objects.filter(merged_into=None).order_by("pk").values_list("pk", flat=True))
        one, other = keys[first % len(keys)], keys[second % len(keys)]
        if one != other:
            done.append(operations.merge(kind, one, other, None))
            assert not operations.meetings_of(models[kind].objects.get(pk=one)).exists()
    for operation in reversed(done):
        operations.undo(operation.pk, None)
    assert everything() == before


# Parting.


def test_a_name_becomes_a_unit_of_its_own_and_comes_back(meetings):
    whole = unit("市应急局")
    meeting = next(each for each in meetings if "市安监局" in each.source.text)
    assert "市安监局" in whole.aliases.values_list("name", flat=True)
    assert meeting.attendance.filter(organization=whole).exists()
    before = {name: rows for name, rows in everything().items() if name not in ("organization", "organizationalias")}

    operation = operations.split_organization(whole.pk, ["市安监局", "市安全生产监督管理局"], "市安监局", None)
    new = unit("市安监局")
    assert meeting.attendance.filter(organization=new).exists()
    assert not meeting.attendance.filter(organization=whole).exists()
    assert Attendance.objects.filter(organization=whole).exists(), "those who write 市应急局 stay"
    assert list(new.aliases.values_list("name", flat=True)) == ["市安全生产监督管理局"]
    assert "市安监局" not in whole.aliases.values_list("name", flat=True)

    operations.undo(operation.pk, None)
    after = everything()
    assert {name: after[name] for name in before if name != "person"} == {
        name: rows for name, rows in before.items() if name != "person"
    }
    new.refresh_from_db()
    assert new.merged_into == whole, "the address of the unit that was parted leads back"
    assert {"市安监局", "市安全生产监督管理局"} <= set(whole.aliases.values_list("name", flat=True))

    again = operations.split_organization(whole.pk, ["市安监局"], "市安监局", None)
    assert again.other == new
    assert meeting.attendance.filter(organization=new).exists()


def test_a_unit_keeps_its_own_name_when_that_is_chosen_the_others_go(meetings):
    whole = unit("市应急局")
    others = set(whole.aliases.values_list("name", flat=True))
    operation = operations.split_organization(whole.pk, ["市应急局"], "市安监局", None)
    new = operation.other
    assert {new.name, *new.aliases.values_list("name", flat=True)} == others
    assert not whole.aliases.exists()


@pytest.mark.parametrize(
    ("names", "called", "reason"),
    [
        ([], "", "选出"),
        (["市财政局"], "市财政局", "选出"),
        (["市安监局"], "市应急管理局", "名称要从分出去的"),
    ],
)
def test_names_that_cannot_be_parted_are_refused(meetings, names, called, reason):
    before = everything()
    with pytest.raises(MergeRefused, match=reason):
        operations.split_organization(unit("市应急局").pk, names, called, None)
    assert everything() == before


def test_a_unit_cannot_give_all_its_names_away(meetings):
    whole = unit("市财政局")
    names = [whole.name, *whole.aliases.values_list("name", flat=True)]
    with pytest.raises(MergeRefused, match="至少留下一个"):
        operations.split_organization(whole.pk, names, "市财政局", None)


@pytest.fixture
def twice_listed(meetings):
    """Create a person listed by two meetings."""
    return next(person for person in Person.objects.all() if person.attendance.values("meeting").distinct().count() > 1)


def test_entries_go_to_another_person_of_the_name_and_stay_so_when_made_again(twice_listed):
    before = everything()
    stays, goes = twice_listed.attendance.order_by("pk")[:2]
    operation = operations.split_entries(PERSON, twice_listed.pk, [goes.pk], "（女）", None)
    goes.refresh_from_db()
    assert str(goes.person) == f"{twice_listed.name}（女）"
    assert goes.person.organization == twice_listed.organization
    for meeting in (stays.meeting_id, goes.meeting_id):
        rebuild.rebuild_rows(rebuild.meeting_to_change(meeting))
    assert Attendance.objects.get(pk=goes.pk).person == goes.person
    assert Attendance.objects.get(pk=stays.pk).person == twice_listed

    operations.undo(operation.pk, None)
    after = everything()
    goes.person.refresh_from_db()
    assert goes.person.merged_into == twice_listed
    assert {name: after[name] for name in before if name != "person"} == {
        name: before[name] for name in before if name != "person"
    }


def test_people_told_apart_stay_so_when_their_unit_is_joined_and_parted_again(twice_listed):
    if twice_listed.organization is None:
        twice_listed = next(
            each
            for each in Person.objects.exclude(organization=None)
            if each.attendance.values("meeting").distinct().count() > 1
        )
    goes = twice_listed.attendance.order_by("pk").last()
    operations.split_entries(PERSON, twice_listed.pk, [goes.pk], "女", None)
    before = everything()
    other = "市财政局" if twice_listed.organization.name != "市财政局" else "市审计局"
    operation = operations.merge(UNIT, twice_listed.organization_id, unit(other).pk, None)
    goes.refresh_from_db()
    assert (goes.person.distinction, goes.person.organization.name) == ("女", other)
    operations.undo(operation.pk, None)
    assert everything() == before


def test_references_go_to_another_document_of_the_title(meetings):
    kept = DocumentReference.objects.filter(item__meeting=meetings[0]).first()
    document = kept.document
    text = (SAMPLES / NAMES[0]).read_text(encoding="utf-8").replace("第24次", "第25次").replace("9号", "98号")
    ingest_bytes("again.txt", text.encode(), IngestOptions())
    goes = document.references.exclude(item__meeting=meetings[0]).first()
    operation = operations.split_entries(DOCUMENT, document.pk, [goes.pk], "2021年", None)
    goes.refresh_from_db()
    kept.refresh_from_db()
    assert str(goes.document) == f"《{document.title}》（2021年）"
    assert kept.document == document
    operations.undo(operation.pk, None)
    goes.refresh_from_db()
    assert goes.document == document


def test_what_cannot_be_told_apart_is_refused(twice_listed):
    entries = list(twice_listed.attendance.values_list("pk", flat=True))
    before = everything()
    for chosen, distinction, reason in [
        ([], "女", "选出"),
        (entries, "女", "至少留下一处"),
        (entries[:1], " ", "怎样区分"),
        ([10**9], "女", "不在这条记录里"),
    ]:
        with pytest.raises(MergeRefused, match=reason):
            operations.split_entries(PERSON, twice_listed.pk, chosen, distinction, None)
    assert everything() == before


# Many meetings.


@pytest.fixture
def few(monkeypatch):
    """Whatever concerns more than one meeting is for the worker."""
    monkeypatch.setattr(rebuild, "FEW", 0)


def test_many_meetings_are_made_again_one_by_one_and_go_on_after_an_interruption(meetings, few, monkeypatch):
    for meeting in meetings:
        publish(meeting)
    joined = unit("市应急局")
    operation = join_units("市应急局", "市财政局")
    assert operation.steps.filter(done_at=None).count() > 1
    assert Attendance.objects.filter(organization=joined).exists(), "the worker has not begun"

    rebuild_step, taken = rebuild.rebuild, []

    def take_one(step):
        if taken:
            raise KeyboardInterrupt
        taken.append(step)
        rebuild_step(step)

    monkeypatch.setattr(rebuild, "rebuild", take_one)
    with pytest.raises(KeyboardInterrupt):
        rebuild_meetings.call(operation.pk)
    monkeypatch.setattr(rebuild, "rebuild", rebuild_step)
    assert operation.steps.exclude(done_at=None).count() == 1
    for meeting in meetings:
        units = set(meeting.attendance.filter(organization__in=[joined, unit("市财政局")]).values_list("organization"))
        of_items = Involvement.objects.filter(item__meeting=meeting, organization=joined)
        is_done = operation.steps.filter(meeting=meeting).exclude(done_at=None).exists()
        assert not (is_done and of_items.exists()), "a meeting is made again whole or not at all"
        assert not (is_done and (joined.pk,) in units)

    assert rebuild_meetings.call(operation.pk) == operation.steps.count() - 1
    assert not Attendance.objects.filter(organization=joined).exists()
    assert not MergeStep.objects.filter(done_at=None).exists()


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the worker closes its connection, and with it the transaction of the test"
)
def test_a_worker_that_starts_takes_up_what_was_left(meetings, few):
    from django.core.management import call_command
    from django_tasks_db.models import DBTaskResult

    joined = unit("市应急局")
    join_units("市应急局", "市财政局")
    DBTaskResult.objects.all().delete()
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
    assert not Attendance.objects.filter(organization=joined).exists()


def test_undone_while_the_worker_is_at_it_every_row_is_what_it_was(meetings, few):
    before = everything()
    operation = join_units("市应急局", "市财政局")
    step = operation.steps.order_by("pk").first()
    assert rebuild.try_step(step.pk)
    operations.undo(operation.pk, None)
    rebuild_meetings.call(operation.pk)
    assert everything() == before


def test_a_meeting_that_cannot_be_made_again_is_told_and_hinders_no_other(meetings, few, monkeypatch):
    operation = join_units("市应急局", "市财政局")
    hindered = operation.steps.order_by("pk").first()
    rebuild_rows = rebuild.rebuild_rows

    def make_again_but_one(meeting):
        if meeting.pk == hindered.meeting_id:
            raise rebuild.CorrectionRefused("更正有矛盾。")
        rebuild_rows(meeting)

    monkeypatch.setattr(rebuild, "rebuild_rows", make_again_but_one)
    rebuild_meetings.call(operation.pk)
    hindered.refresh_from_db()
    assert hindered.problem == "更正有矛盾。"
    assert operation.steps.filter(done_at=None).count() == 1


def test_of_few_meetings_one_that_cannot_be_made_again_refuses_the_whole_act(meetings, monkeypatch):
    def refuse(meeting):
        raise rebuild.CorrectionRefused("更正有矛盾。")

    monkeypatch.setattr(rebuild, "rebuild_rows", refuse)
    before = everything()
    with pytest.raises(MergeRefused, match="没有更新：更正有矛盾。"):
        join_units("市应急局", "市财政局")
    assert everything() == before
    assert not MergeOperation.objects.exists()


# Suggestions.


def test_likely_doubles_are_offered_and_others_are_not(db):
    body = Body.objects.create(name="云川市人民政府")
    for name in ("市住建局", "市住房和城乡建设局", "云川城投集团", "市城投集团", "云川市城投集团", "市财政局"):
        Organization.objects.create(body=body, name=name)
    for title in ("云川市公交管理办法", "云川市 《公交》管理办法", "云川市公交条例"):
        Document.objects.create(body=body, title=title)
    units = {(double.record.name, double.other.name) for double in find_duplicates(UNIT)}
    assert units == {("市住房和城乡建设局", "市住建局"), ("云川市城投集团", "市城投集团")}
    titles = {(double.record.title, double.other.title) for double in find_duplicates(DOCUMENT)}
    assert titles == {("云川市 《公交》管理办法", "云川市公交管理办法")}


def test_a_person_of_a_joined_unit_is_offered_beside_the_same_name_of_the_kept_one(db):
    body = Body.objects.create(name="云川市人民政府")
    kept = Organization.objects.create(body=body, name="市水务局")
    joined = Organization.objects.create(body=body, name="市水利局", merged_into=kept)
    one, other = (Person.objects.create(body=body, name="贺知舟", organization=each) for each in (joined, kept))
    Person.objects.create(body=body, name="季敏", organization=kept)
    assert [(each.record, each.other) for each in find_duplicates(PERSON)] == [(one, other)]


def test_an_alias_that_texts_brought_while_joined_is_read_anew_when_undone(meetings):
    operation = join_units("市水利局", "市水务局")
    unit("市水利局").aliases.all().delete()
    kept = unit("市水务局")
    OrganizationAlias.objects.filter(name="云川市水利局").delete()
    ingest_bytes("later.txt", text_with("市纪委监委", "云川市水利局"), IngestOptions())
    later = Meeting.objects.latest("pk")
    assert later.attendance.filter(organization=kept).exists()
    operations.undo(operation.pk, None)
    assert later.attendance.filter(organization=unit("市水利局")).exists()
    assert OrganizationAlias.objects.get(name="云川市水利局").organization == unit("市水利局")
