"""Test the dashboard of the admin: pending work, and state of the archive."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from desk.models import Upload, UploadState
from minutes.models import ErrorReport, Meeting, MeetingStatus, Problem
from search.models import PendingIndexUpdate
from search.service import index_everything
from tests.desk.staff import somebody
from tests.pages.factory import ItemFacts, keep_meeting

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
ONE_ITEM = (ItemFacts(title="审议河道管理办法"),)


def upload(user, state):
    return Upload.objects.create(by=user, name="a.txt", sha256="0" * 64, size=1, content=b"a", state=state)


def fail_a_job():
    DBTaskResult.objects.create(
        status="FAILED",
        args_kwargs={"args": [], "kwargs": {}},
        task_path="search.index.tasks.bring_index_up_to_date",
        backend_name="default",
        run_after=timezone.now(),
        exception_class_path="builtins.OSError",
        traceback="Traceback\nOSError: disk full",
    )


@pytest.fixture
def much_to_do(db):
    """Of everything that can wait a different number."""
    anybody = somebody("某人")
    for number in range(1, 3):
        doubtful = keep_meeting(number=number, status=MeetingStatus.DRAFT, items=ONE_ITEM)
        Problem.objects.create(meeting=doubtful, code="date-missing", message="没有读到会议日期")
    for number in range(10, 13):
        keep_meeting(number=number, status=MeetingStatus.DRAFT, items=ONE_ITEM)
    for number in range(20, 24):
        keep_meeting(number=number, status=MeetingStatus.REVIEWED, items=ONE_ITEM)
    withdrawn = keep_meeting(number=30, status=MeetingStatus.WITHDRAWN, items=ONE_ITEM)
    Meeting.objects.filter(pk=withdrawn.pk).update(parser_version="0.1")
    for number in range(40, 48):
        public = keep_meeting(number=number, status=MeetingStatus.PUBLISHED, items=ONE_ITEM)
        Problem.objects.create(meeting=public, code="date-missing", message="没有读到会议日期")
    for _ in range(5):
        upload(anybody, UploadState.FAILED)
    for _ in range(6):
        upload(anybody, UploadState.WAITING)
    for _ in range(7):
        ErrorReport.objects.create(text="日期不对")
    ErrorReport.objects.create(text="已经改好", handled=True)
    fail_a_job()


ALL = {
    "份草稿有必须核实的问题": 2,
    "份草稿没有必须核实的问题": 3,
    "次已公开的会议有必须核实的问题": 8,
    "次会议由旧版解析器读出": 1,
    "次会议已审核": 4,
    "次会议已撤回": 1,
    "份上传的文件没有收录": 5,
    "份上传的文件正在排队读取": 6,
    "份错误报告待处理": 7,
    "项后台任务失败": 1,
}
UPLOADS = {"份上传的文件没有收录", "份上传的文件正在排队读取"}
REVIEWS = {
    "份草稿有必须核实的问题",
    "份草稿没有必须核实的问题",
    "次已公开的会议有必须核实的问题",
    "次会议由旧版解析器读出",
    "份错误报告待处理",
}
PUBLICATIONS = {"次会议已审核", "次会议已撤回"}
FAILURES = {"项后台任务失败"}
SEEN_BY = {
    "上传员": UPLOADS | FAILURES,
    "编辑": UPLOADS | REVIEWS | FAILURES,
    "发布员": UPLOADS | REVIEWS | PUBLICATIONS | FAILURES,
    "管理员": set(ALL),
}


def start_page(client):
    return client.get(reverse("admin:index")).content.decode()


def counts_on(page):
    # <strong>2</strong>份草稿有必须核实的问题</a>
    return {what: int(count) for count, what in re.findall(r"<strong>(\d+)</strong>([^<]+)<", page)}


def links(page):
    # <a href="/admin/uploads/?left=1"><strong>5</strong>
    found = re.findall(r'<a href="([^"]+)"><strong>(\d+)<', page)
    return [(address.replace("&amp;", "&"), int(count)) for address, count in found]


@pytest.mark.slow
@pytest.mark.parametrize("role", SEEN_BY)
def test_each_role_sees_what_it_can_do_and_every_link_leads_to_as_many(role, much_to_do, client):
    client.force_login(somebody("闵若水", role))
    page = start_page(client)

    assert counts_on(page) == {what: count for what, count in ALL.items() if what in SEEN_BY[role]}
    for link, count in links(page):
        answer = client.get(link)
        assert answer.status_code == 200, link
        if "cl" in answer.context:
            assert answer.context["cl"].result_count == count, link


def test_who_may_not_look_into_jobs_is_told_whom_to_tell(much_to_do, client):
    client.force_login(somebody("闵若水", "编辑"))

    assert "请告知管理员" in start_page(client)


def test_a_fresh_archive_says_what_to_do_first(client):
    client.force_login(somebody("闵若水", "上传员"))
    page = start_page(client)

    assert f'先<a href="{reverse("desk-uploads")}">上传第一份会议纪要</a>' in page
    assert counts_on(page) == {}


def test_nothing_waits_when_all_is_public(client):
    keep_meeting(items=ONE_ITEM)
    client.force_login(somebody("闵若水", "管理员"))

    assert "没有等待处理的事项" in start_page(client)


def test_it_says_as_of_when_the_index_is_and_what_it_lacks(client):
    meeting = keep_meeting(items=ONE_ITEM)
    index_everything()
    client.force_login(somebody("闵若水", "编辑"))
    at_first = start_page(client)
    PendingIndexUpdate.objects.create(meeting_id=meeting.pk)
    behind = start_page(client)
    PendingIndexUpdate.objects.update(noted_at=timezone.now() - datetime.timedelta(hours=1))
    late = start_page(client)

    assert timezone.localtime().strftime("更新至 <time") in at_first
    assert "，与记录一致" in at_first
    assert "1 次会议的更改还没有写入" in behind
    assert "已超过 10 分钟" not in behind
    assert "已超过 10 分钟" in late


def test_an_index_that_cannot_be_read_is_told(client, settings, tmp_path):
    settings.INDEX_DIR = tmp_path / "none"
    client.force_login(somebody("闵若水", "编辑"))

    assert "公众现在无法检索" in start_page(client)


def test_it_counts_the_meetings_that_are_missing_between(client):
    for number, day in ((70, 1), (71, 8), (75, 15)):
        keep_meeting(number=number, date=datetime.date(2019, 11, day), items=ONE_ITEM)
    client.force_login(somebody("闵若水", "编辑"))

    assert f'缺 3 次，<a href="{reverse("coverage")}">' in start_page(client)


def test_it_asks_the_database_as_often_for_much_as_for_little(much_to_do, client, django_assert_max_num_queries):
    client.force_login(somebody("闵若水", "管理员"))
    start_page(client)

    with django_assert_max_num_queries(25):
        start_page(client)
