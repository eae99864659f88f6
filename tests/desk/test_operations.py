"""What an operator can ask a running archive: health, readiness, metrics, logs, the doctor, the dashboard."""

import contextlib
import datetime
import io
import json
import logging

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config.logs import JsonLines, RouteInsteadOfPath, request_id
from desk.models import Worker
from desk.worker import presence
from minutes.models import AuditAction, AuditEntry
from minutes.models.database_id import draw_new_database_id
from search.models import PendingIndexUpdate
from search.service import index_everything
from tests.desk.staff import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def directories(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    tmp_path.chmod(0o700)
    settings.INDEX_DIR, settings.EXPORT_DIR = tmp_path / "index", tmp_path / "exports"


def ready(client):
    response = client.get("/ready/")
    return response.status_code, {name: check["ok"] for name, check in response.json()["checks"].items()}


def test_ready_names_every_check(client):
    index_everything()
    with presence.present("one"):
        assert ready(client) == (200, {"database": True, "index": True, "worker": True, "disk": True})


def test_without_worker_readers_are_still_served(client):
    index_everything()

    assert ready(client) == (200, {"database": True, "index": True, "worker": False, "disk": True})
    assert client.get("/ready/").json()["status"] == "degraded"


def test_without_an_index_of_this_database_it_is_not_ready(client):
    assert ready(client)[0] == 503
    index_everything()
    assert ready(client)[1]["index"]
    draw_new_database_id()
    assert ready(client)[0] == 503


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no file that comes back empty")
def test_an_empty_file_in_the_place_of_the_database_is_neither_healthy_nor_ready(client):
    index_everything()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_migrations RENAME TO gone")

    assert client.get("/health/").status_code == 503
    assert ready(client)[0] == 503
    assert client.get("/ready/").json()["checks"]["database"]["message"] == "is empty or gone"


def test_the_dashboard_tells_of_a_dead_and_of_a_late_worker(client):
    client.force_login(somebody("闵若水", "编辑"))
    assert "没有运行" in client.get("/admin/").content.decode()

    with presence.present("one"):
        assert "没有运行" not in client.get("/admin/").content.decode()
        half_an_hour_ago = timezone.now() - datetime.timedelta(minutes=30)
        DBTaskResult.objects.create(task_path="a.b", args_kwargs={}, backend_name="default", run_after=half_an_hour_ago)
        assert "有 1 项任务等了 10 分钟以上" in " ".join(client.get("/admin/").content.decode().split())
    Worker.objects.create(id="two", machine="harbour", seen_at=timezone.now() - datetime.timedelta(minutes=1))
    assert "没有运行（最近一次在" in client.get("/admin/").content.decode()


def test_the_dashboard_names_the_machines_of_several_workers(client):
    for machine in ("harbour", "quay"):
        Worker.objects.create(id=machine, machine=machine, seen_at=timezone.now())
    client.force_login(somebody("闵若水", "编辑"))

    assert "正在运行 2 个（harbour、quay）。" in client.get("/admin/").content.decode()
    assert client.get("/ready/").json()["checks"]["worker"]["message"] == "2 alive (harbour, quay), nothing is late"


def test_metrics_are_off_unless_a_setting_opens_them(client, settings):
    assert client.get("/metrics/").status_code == 404
    settings.METRICS, settings.METRICS_DIR = True, settings.VAR_DIR / "metrics"
    PendingIndexUpdate.objects.create(meeting_id=1)

    text = client.get("/metrics/").content.decode()

    assert "archive_tasks_waiting 0.0" in text
    assert float(text.partition("\narchive_index_lag_seconds ")[2].splitlines()[0]) > 0


def lines_logged(emit):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    handler.addFilter(RouteInsteadOfPath())
    loggers = [logging.getLogger(name) for name in ("django.request", "access")]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        emit()
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_no_line_of_the_log_holds_a_path_a_query_or_an_address(client):
    logging.getLogger("access").setLevel(logging.INFO)
    token = "a-token:of-a-信"
    lines = lines_logged(lambda: client.get(f"/search/alerts/confirm/{token}/?q=秘密"))

    assert {line["logger"] for line in lines} == {"access", "django.request"}
    assert len({line["request_id"] for line in lines}) == 1
    assert "/search/alerts/confirm/<str:token>/" in lines[-1]["message"]
    assert token not in json.dumps(lines)
    assert "秘密" not in json.dumps(lines, ensure_ascii=False)
    assert "127.0.0.1" not in json.dumps(lines)


def test_an_error_page_tells_the_id_under_which_the_log_has_it(monkeypatch):
    def broken(*arguments, **more):
        raise ZeroDivisionError

    monkeypatch.setattr("pages.home.views.render", broken)
    pages = []
    lines = lines_logged(lambda: pages.append(Client(raise_request_exception=False).get("/")))

    [error] = [line for line in lines if line["level"] == "ERROR"]
    assert pages[0].status_code == 500
    assert error["request_id"] in pages[0].content.decode()
    assert error["request_id"] == pages[0]["X-Request-ID"]
    assert "ZeroDivisionError" in error["traceback"]


def test_the_id_of_a_proxy_is_kept_if_it_is_one(client):
    assert client.get("/health/", headers={"x-request-id": "6f9619ff-8b86"})["X-Request-ID"] == "6f9619ff-8b86"
    assert client.get("/health/", headers={"x-request-id": "<b>"})["X-Request-ID"] != "<b>"
    assert request_id.get() == ""


def examined():
    out = io.StringIO()
    with contextlib.suppress(CommandError):
        call_command("doctor", stdout=out)
    return out.getvalue()


def test_the_doctor_says_what_to_do(tmp_path):
    said = examined()

    assert "BAD  index" in said
    assert "run manage.py index --rebuild" in said
    assert "BAD  worker: is not running" in said
    assert "BAD  backup: there is none -> run manage.py backup DIR" in said
    (tmp_path / "secret_key").touch(mode=0o644)
    (tmp_path / "secret_key").chmod(0o644)
    assert "secret_key can be read by others -> run chmod" in examined()


def test_the_doctor_finds_nothing_where_all_is_well():
    index_everything()
    AuditEntry.note(AuditAction.EXPORTED, None, "备份")
    with presence.present("one"):
        assert "BAD" not in examined()
