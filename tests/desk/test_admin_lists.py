"""Test admin lists: search, filters, bulk actions, renaming and reverting."""

import csv
import io
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from desk.reports import reports_about
from minutes.models import (
    AuditEntry,
    ErrorReport,
    Meeting,
    MeetingStatus,
    Organization,
    OrganizationAlias,
    Person,
    Problem,
)
from search.models import PendingIndexUpdate
from tests.desk.staff import somebody
from tests.desk.test_start_page import fail_a_job
from tests.pages.factory import ItemFacts, keep_meeting

pytestmark = pytest.mark.django_db
MEETINGS = reverse("admin:minutes_meeting_changelist")
REPORTS = reverse("admin:minutes_errorreport_changelist")
ONE_ITEM = (ItemFacts(title="审议河道管理办法", paragraphs=("由市水务局牵头办理。",), mentions=()),)


def keep(number, status, **facts):
    return keep_meeting(number=number, status=status, items=ONE_ITEM, **facts)


def doubt(meeting):
    return Problem.objects.create(meeting=meeting, code="date-missing", message="没有读到会议日期")


def act(client, action, *records, at=MEETINGS, **more):
    data = {"action": action, "_selected_action": [record.pk for record in records], "index": 0, **more}
    return client.post(at, data)


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def status_of(*meetings):
    return [Meeting.objects.get(pk=meeting.pk).status for meeting in meetings]


@pytest.fixture
def editor(client):
    user = somebody("闵若水", "编辑")
    client.force_login(user)
    return user


@pytest.fixture
def publisher(client):
    user = somebody("卓知舟", "发布员")
    client.force_login(user)
    return user


def test_drafts_without_doubts_are_marked_reviewed_and_the_others_are_told_with_their_reason(client, editor):
    clear, doubtful = keep(1, MeetingStatus.DRAFT), keep(2, MeetingStatus.DRAFT)
    doubt(doubtful)
    answer = act(client, "mark_reviewed", clear, doubtful)

    assert status_of(clear, doubtful) == ["reviewed", "draft"]
    done, refused = said(answer)
    assert done == "1次会议已标为已审核。"
    assert "第2次" in refused
    assert "还有1处必须核实的问题" in refused
    assert AuditEntry.objects.filter(by=editor, action="reviewed").count() == 1


def test_only_what_was_reviewed_is_published_many_at_once(client, publisher):
    reviewed, draft, public = keep(1, "reviewed"), keep(2, "draft"), keep(3, "published")
    asked = act(client, "publish", reviewed, draft, public).content.decode()
    assert "任何人都能看到、检索和下载下列 3 次会议的纪要和原件" in asked
    assert reverse("desk-publish", args=[reviewed.pk]) in asked
    assert status_of(reviewed, draft) == ["reviewed", "draft"]

    answer = act(client, "publish", reviewed, draft, public, confirmed="1")

    assert status_of(reviewed, draft, public) == ["published", "draft", "published"]
    done, *refused = said(answer)
    assert done == "1次会议已发布。"
    assert len(refused) == 2
    assert PendingIndexUpdate.objects.values_list("meeting_id", flat=True).get() == reviewed.pk
    assert AuditEntry.objects.get(action="published").by == publisher


def test_a_withdrawal_asks_why_first_and_tells_the_public(client, publisher):
    first, second = keep(1, "published"), keep(2, "published")
    Meeting.objects.update(published_at=timezone.now())
    asked = act(client, "withdraw", first, second)
    page = asked.content.decode()

    assert asked.status_code == 200
    assert "撤回的原因（向公众显示）" in page
    assert status_of(first, second) == ["published", "published"]

    empty = client.post(MEETINGS, {"action": "withdraw", "_selected_action": [first.pk, second.pk], "reason": "  "})
    assert "请写明撤回的原因" in empty.content.decode()
    assert status_of(first, second) == ["published", "published"]

    too_long = {"action": "withdraw", "_selected_action": [first.pk, second.pk], "reason": "错" * 501}
    assert "原因最多 500 字" in client.post(MEETINGS, too_long).content.decode()

    answer = client.post(
        MEETINGS, {"action": "withdraw", "_selected_action": [first.pk, second.pk], "reason": "附件有误"}
    )
    assert said(answer) == ["2次会议已撤回。"]
    assert status_of(first, second) == ["withdrawn", "withdrawn"]
    assert Meeting.objects.get(pk=first.pk).withdrawal_reason == "附件有误"
    assert client.get(first.get_absolute_url()).status_code == 410


def test_what_was_withdrawn_is_restored(client, publisher):
    meeting = keep(1, "withdrawn")

    asked = act(client, "restore", meeting).content.decode()
    assert "恢复公开后，任何人都能看到、检索和下载下列 1 次会议的纪要和原件" in asked
    assert status_of(meeting) == ["withdrawn"]

    assert said(act(client, "restore", meeting, confirmed="1")) == ["1次会议已恢复公开。"]
    assert status_of(meeting) == ["published"]


@pytest.mark.parametrize("action", ["publish", "withdraw", "restore"])
def test_an_editor_is_offered_no_step_of_a_publisher(action, client, editor):
    meeting = keep(1, "reviewed" if action == "publish" else "published" if action == "withdraw" else "withdrawn")
    act(client, action, meeting, reason="附件有误", confirmed="1")

    assert f'value="{action}"' not in client.get(MEETINGS).content.decode()
    assert status_of(meeting) == [meeting.status]


def test_an_uploader_sees_no_way_to_the_review_page(client):
    meeting = keep(1, "draft")
    client.force_login(somebody("闵若水", "上传员"))
    page = client.get(MEETINGS)

    assert page.status_code == 200
    assert reverse("desk-review", args=[meeting.pk]) not in page.content.decode()


def test_the_list_of_meetings_is_narrowed_and_searched_and_leads_to_the_review_page(client, editor):
    doubtful, clear = keep(1, "draft"), keep(2, "draft")
    doubt(doubtful)
    keep(3, "published")
    looked_at = keep(4, "draft")
    looked_at.problems.create(code="unknown-outcome", message="请核对")
    clear.problems.create(code="title-derived", message="标题取自正文首句")

    def listed(**asked):
        return {meeting.pk for meeting in client.get(MEETINGS, asked).context["cl"].queryset}

    assert listed(problems="must") == {doubtful.pk}
    assert listed(problems="look") == {looked_at.pk}
    assert listed(problems="settled", status__exact="draft") == {clear.pk, looked_at.pk}
    assert listed(problems="none", status__exact="draft") == {clear.pk}
    assert len(listed(q="河道管理办法")) == 4
    assert listed(q="〔2019〕2号") == {clear.pk}
    assert len(listed(date__year=2019)) == 4
    assert reverse("desk-review", args=[clear.pk]) in client.get(MEETINGS).content.decode()


def test_the_list_of_meetings_asks_as_often_for_many_as_for_few(client, editor, django_assert_max_num_queries):
    for number in range(1, 30):
        keep_meeting(number=number, status="draft", attendees=0)
    client.get(MEETINGS)

    with django_assert_max_num_queries(20):
        client.get(MEETINGS)


def test_the_list_is_taken_along_as_a_table_and_the_audit_log_tells_of_it(client, editor):
    keep(1, "draft", file_name="=HYPERLINK.txt")
    keep(2, "published")
    answer = client.get(reverse("admin:minutes_meeting_table"), {"status__exact": "draft"})
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))

    assert [(row["文号"], row["状态"], row["来源文件"]) for row in rows] == [("〔2019〕1号", "草稿", "'=HYPERLINK.txt")]
    entry = AuditEntry.objects.get(action="exported")
    assert (entry.by, entry.about, entry.detail) == (editor, "会议列表", "status__exact=draft")


def test_open_reports_lead_to_the_page_and_to_the_review_of_it(client, editor):
    meeting = keep(1, "published")
    ErrorReport.objects.create(text="市水务局写错了", place=f"/meetings/{meeting.pk}/items/1/?from=search")
    ErrorReport.objects.create(text="已经改好", handled=True)
    page = unescape(client.get(REPORTS).content.decode())

    assert f'href="/meetings/{meeting.pk}/items/1/?from=search"' in page
    place = f"{reverse('desk-review', args=[meeting.pk])}#item-1"
    assert f'href="{place}"' in page
    assert 'id="item-1"' in client.get(place).content.decode()
    assert "已经改好" not in page
    assert "已经改好" in client.get(REPORTS, {"handled": "yes"}).content.decode()


def test_a_report_is_handled_with_a_note_and_who_did_it_stays_known(client, editor):
    report = ErrorReport.objects.create(text="市水务局写错了")
    address = reverse("admin:minutes_errorreport_change", args=[report.pk])
    client.post(address, {"note": "已更正第一项", "handled": "on", "text": "别的话"})
    report.refresh_from_db()

    assert (report.handled, report.note, report.text) == (True, "已更正第一项", "市水务局写错了")
    assert report.history.latest().history_user == editor
    history = client.get(reverse("admin:minutes_errorreport_history", args=[report.pk])).content.decode()
    assert "闵若水" in history
    assert "处理说明" in history


def test_many_reports_are_handled_at_once_each_with_its_history(client, editor):
    reports = [ErrorReport.objects.create(text=f"第{number}条") for number in range(3)]
    answer = act(client, "mark_handled", *reports, at=REPORTS)

    assert said(answer) == ["3份报告已标为已处理。"]
    assert not ErrorReport.objects.filter(handled=False).exists()
    assert {report.history.latest().history_user for report in reports} == {editor}


def test_reports_about_a_meeting_are_those_of_its_pages_alone(client):
    meeting, other = keep(1, "published"), keep(2, "published")
    base = f"/meetings/{meeting.pk}/"
    about = [base, f"{base}items/1/", f"{base}source/?from=1&to=2", f"/cite/{meeting.pk}/1/1/"]
    for place in [*about, f"/meetings/{other.pk}/", f"/meetings/{meeting.pk}0/", "/help/", ""]:
        ErrorReport.objects.create(text="有误", place=place)
    ErrorReport.objects.create(text="已改", place=base, handled=True)

    assert [report.place for report in reports_about(meeting)] == about


def unit_form(name, aliases=(), **more):
    forms = {f"aliases-{number}-name": alias for number, alias in enumerate(aliases)}
    counts = {"aliases-TOTAL_FORMS": len(aliases), "aliases-INITIAL_FORMS": 0}
    return {"name": name, "full_name": "", **counts, **forms, **more}


@pytest.fixture
def unit(db):
    """Create a unit named by a published meeting."""
    keep_meeting(number=5, items=ONE_ITEM, represented=("市水务局",))
    return Organization.objects.get(name="市水务局")


def test_a_unit_that_is_renamed_keeps_its_former_name_as_an_alias_and_its_meetings_are_indexed_anew(
    client, editor, unit
):
    address = reverse("admin:minutes_organization_change", args=[unit.pk])
    answer = client.post(address, unit_form("市水利局", ["市水务管理局"]))
    unit.refresh_from_db()

    assert answer.status_code == 302
    assert unit.name == "市水利局"
    assert set(unit.aliases.values_list("name", flat=True)) == {"市水务局", "市水务管理局"}
    assert PendingIndexUpdate.objects.values_list("meeting_id", flat=True).get() == Meeting.objects.get().pk
    assert unit.history.latest().history_user == editor


@pytest.mark.parametrize(
    ("name", "aliases"), [("市水利局", []), ("市水务局", ["市水利局"]), ("市水务局", ["市河湖局"])]
)
def test_a_name_or_alias_of_another_unit_is_refused(name, aliases, client, editor, unit):
    other = Organization.objects.create(body=unit.body, name="市水利局")
    OrganizationAlias.objects.create(body=unit.body, organization=other, name="市河湖局")
    address = reverse("admin:minutes_organization_change", args=[unit.pk])
    answer = client.post(address, unit_form(name, aliases))

    assert answer.status_code == 200
    assert "已经是单位“市水利局”的名称或别名" in answer.content.decode()
    assert Organization.objects.get(pk=unit.pk).name == "市水务局"


def test_a_unit_goes_back_to_an_earlier_version_but_what_was_joined_stays_joined(client, editor, unit):
    address = reverse("admin:minutes_organization_change", args=[unit.pk])
    unit.save()
    before = unit.history.latest().history_id
    client.post(address, unit_form("市水利局"))
    history = client.get(reverse("admin:minutes_organization_history", args=[unit.pk])).content.decode()
    version = reverse("admin:minutes_organization_simple_history", args=[unit.pk, before])
    assert version in history
    assert "市水务局 → 市水利局" in history

    client.post(version, {"name": "市水务局", "full_name": ""})
    assert Organization.objects.get(pk=unit.pk).name == "市水务局"

    into = Organization.objects.create(body=unit.body, name="市水利厅")
    Organization.objects.filter(pk=unit.pk).update(merged_into=into)
    client.post(version, {"name": "市水务局", "full_name": ""})
    assert Organization.objects.get(pk=unit.pk).merged_into == into


def test_a_new_unit_is_entered_with_its_aliases(client, editor, unit):
    address = reverse("admin:minutes_organization_add")
    client.post(address, unit_form("市河湖局", ["市河湖中心"], body=unit.body_id))

    assert OrganizationAlias.objects.get(name="市河湖中心").organization.name == "市河湖局"


def test_a_person_is_told_apart_in_other_words_but_not_renamed(client, editor):
    keep_meeting(number=5, attendees=1)
    person = Person.objects.get()
    address = reverse("admin:minutes_person_change", args=[person.pk])
    assert 'name="_save"' not in client.get(address).content.decode()

    Person.objects.filter(pk=person.pk).update(distinction="之一")
    client.post(address, {"distinction": "2015年至2019年", "name": "别人"})
    person.refresh_from_db()
    assert (person.name, person.distinction) == ("陆砚青", "2015年至2019年")


def test_who_may_not_review_may_not_name(client, unit):
    client.force_login(somebody("闵若水", "上传员"))
    client.post(reverse("admin:minutes_organization_change", args=[unit.pk]), unit_form("市水利局"))

    assert Organization.objects.get(pk=unit.pk).name == "市水务局"


def test_a_failed_job_is_shown_in_chinese_and_asked_for_again(client):
    fail_a_job()
    client.force_login(somebody("闵若水", "管理员"))
    jobs = reverse("admin:desk_job_changelist")
    page = client.get(jobs, {"state": "FAILED"}).content.decode()
    assert "更新检索索引" in page
    assert "OSError: disk full" in page

    answer = act(client, "run_again", DBTaskResult.objects.get(), at=jobs)

    assert said(answer) == ["1项任务已重新排队。"]
    assert DBTaskResult.objects.get().status == "READY"


def test_jobs_are_for_administrators(client, editor):
    assert client.get(reverse("admin:desk_job_changelist")).status_code == 403
