"""The audit log: only ever added to, read by administrators alone, and taken along as a table."""

import csv
import io
import shutil
import sqlite3

import pytest
from django.test import Client

from minutes.models import AuditAction, AuditEntry
from tests.desk.served import DATABASE
from tests.desk.staff import somebody

pytestmark = pytest.mark.slow


LOG = "/admin/minutes/auditentry/"


@pytest.fixture(scope="module")
def migrated(new_archive, tmp_path_factory):
    """Return a new database, migrated by `manage.py migrate`."""
    database = sqlite3.connect(shutil.copy(new_archive / DATABASE, tmp_path_factory.mktemp("migrated")))
    database.execute(
        "INSERT INTO minutes_auditentry (at, by_name, action, about, detail) "
        "VALUES ('2026-01-02', '闵若水', 'published', '第79次常务会议', '')"
    )
    database.commit()
    yield database
    database.close()


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("UPDATE minutes_auditentry SET by_name = '卓韬'", "no entry of it is changed"),
        ("DELETE FROM minutes_auditentry", "no entry of it is removed"),
        ("REPLACE INTO minutes_auditentry SELECT * FROM minutes_auditentry", "no entry of it is replaced"),
    ],
)
def test_the_database_itself_refuses_to_change_or_remove_an_entry(migrated, statement, refusal):
    before = migrated.execute("SELECT * FROM minutes_auditentry").fetchall()

    with pytest.raises(sqlite3.IntegrityError, match=refusal):
        migrated.execute(statement)

    migrated.rollback()
    assert migrated.execute("SELECT * FROM minutes_auditentry").fetchall() == before


@pytest.fixture
def log(db):
    """Return an administrator's view of a log with entries."""
    administrator = somebody("卓韬", "管理员")
    client = Client()
    client.force_login(administrator)
    AuditEntry.note(AuditAction.PUBLISHED, administrator, "云川市人民政府第79次常务会议")
    AuditEntry.note(AuditAction.WITHDRAWN, somebody("闵若水", "发布员"), "云川市人民政府第80次常务会议", "=原因待核")
    return client


def test_it_is_listed_searched_and_filtered(log):
    everything = log.get(LOG).content.decode()
    searched = log.get(LOG, {"q": "第80次"}).content.decode()
    filtered = log.get(LOG, {"action__exact": "published"}).content.decode()

    assert "第79次" in everything
    assert "第80次" in everything
    assert "第80次" in searched
    assert "第79次" not in searched
    assert "第79次" in filtered
    assert "第80次" not in filtered
    assert log.get(LOG, {"at__year": 2001}).content.decode().count("次常务会议") == 0


def test_it_is_filtered_by_user(log):
    editor = AuditEntry.objects.get(by_name="闵若水").by

    filtered = log.get(LOG, {"by__id__exact": editor.pk}).content.decode()

    assert "第80次" in filtered
    assert "第79次" not in filtered


def test_long_logs_cost_no_more_queries(log, django_assert_max_num_queries):
    for number in range(90):
        AuditEntry.note(AuditAction.UPLOADED, None, f"文件{number}")

    with django_assert_max_num_queries(14):
        log.get(LOG)


def test_nothing_is_added_changed_or_removed_by_hand(log):
    entry = AuditEntry.objects.first()

    for path in ("add/", f"{entry.pk}/delete/"):
        assert log.get(LOG + path).status_code == 403
        assert log.post(LOG + path, {"post": "yes"}).status_code == 403
    assert log.get(f"{LOG}{entry.pk}/change/").status_code == 200
    assert log.post(f"{LOG}{entry.pk}/change/", {"detail": "另一句"}).status_code == 403
    log.post(LOG, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})
    assert AuditEntry.objects.filter(pk=entry.pk, detail=entry.detail).exists()


def read(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_it_is_taken_along_as_a_table_and_that_is_noted(log):
    response = log.get(f"{LOG}table/", {"action__exact": "withdrawn"})

    assert response["Content-Disposition"] == 'attachment; filename="audit.csv"'
    head, entry = read(response)
    assert head == ["时间", "用户名", "动作", "对象", "说明"]
    assert entry[1:] == ["闵若水", "撤回", "云川市人民政府第80次常务会议", "'=原因待核"]
    noted = AuditEntry.objects.first()
    assert (noted.action, noted.by_name, noted.about) == ("exported", "卓韬", "审计日志")


def test_a_table_of_a_wrong_question_leads_back_to_the_list(log):
    response = log.get(f"{LOG}table/", {"at__year": "never"})

    assert (response.status_code, response["Location"]) == (302, f"{LOG}?e=1")


@pytest.mark.parametrize("role", ["上传员", "编辑", "发布员"])
def test_only_administrators_read_it(db, client, role):
    client.force_login(somebody("闵若水", role))

    assert client.get(LOG).status_code == 403
    assert client.get(f"{LOG}table/").status_code == 403
    assert "审计日志" not in client.get("/admin/").content.decode()
