"""Test that the worker resumes and retries tasks, and prunes old ones."""

import datetime
import os
import tempfile
import time

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from desk.models import Worker
from desk.uploads.tasks import read_upload
from desk.worker import presence, recovery
from desk.worker.leftovers import remove_leftovers
from desk.worker.worker import ArchiveWorker
from minutes.models import Meeting
from open_data.public import current_manifest
from open_data.tasks import regenerate_exports
from search.alerts.tasks import send_letters
from search.index.tasks import bring_index_up_to_date
from tests.desk.bringing import bring, logged_in, work
from tests.desk.staff import somebody
from tests.minutes_text import minutes_text

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]

ALL_TASKS = [bring_index_up_to_date, regenerate_exports]


@pytest.fixture(autouse=True)
def directories(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.INDEX_DIR, settings.EXPORT_DIR = tmp_path / "index", tmp_path / "exports"


def die_in(task, times=1):
    """Create a task whose worker was killed while running it, so many times."""
    task.enqueue()
    left = DBTaskResult.objects.get(task_path=task.module_path)
    left.worker_ids, left.status, left.started_at = [f"gone-{n}" for n in range(times)], "RUNNING", timezone.now()
    left.save()
    return left


@pytest.mark.parametrize("task", ALL_TASKS, ids=lambda task: task.name)
def test_a_task_whose_worker_was_killed_is_run_by_the_next(task):
    left = die_in(task)

    work()

    left.refresh_from_db()
    assert left.status == "SUCCESSFUL"
    assert len(left.worker_ids) == 2


@pytest.mark.parametrize("task", ALL_TASKS, ids=lambda task: task.name)
def test_a_task_that_kills_every_worker_is_given_up_and_staff_are_told(task, client):
    left = die_in(task, times=recovery.MAX_TRIES)

    work()

    left.refresh_from_db()
    assert left.status == "FAILED"
    client.force_login(somebody("卓韬", "管理员"))
    assert "项后台任务失败" in client.get("/admin/").content.decode()
    jobs = client.get("/admin/desk/job/?state=FAILED").content.decode()
    assert f"The worker ended before the task did, {recovery.MAX_TRIES} times in a row." in jobs


def test_a_task_that_this_version_does_not_have_is_given_up_and_staff_are_told(client):
    task = die_in(regenerate_exports)
    DBTaskResult.objects.filter(pk=task.pk).update(task_path="minutes.tasks.renamed", status="READY")

    work()

    client.force_login(somebody("卓韬", "管理员"))
    assert "项后台任务失败" in client.get("/admin/").content.decode()
    asked = {"action": "run_again", "_selected_action": str(task.pk)}
    answer = client.post("/admin/desk/job/?state=FAILED", asked, follow=True)
    assert "1项任务属于其他版本的程序" in answer.content.decode()
    assert DBTaskResult.objects.get(pk=task.pk).status == "FAILED"


def test_a_task_of_a_worker_that_lives_is_left_to_it(tmp_path):
    left = die_in(regenerate_exports)
    with presence.present("gone-0"):
        work()
        left.refresh_from_db()
        assert left.status == "RUNNING"


@pytest.mark.parametrize(("seconds", "status"), [(30, "RUNNING"), (60, "SUCCESSFUL")])
def test_a_worker_of_another_machine_lives_as_long_as_its_heartbeat(seconds, status):
    left = die_in(regenerate_exports)
    Worker.objects.create(id="gone-0", machine="quay", seen_at=timezone.now() - datetime.timedelta(seconds=seconds))

    work()

    left.refresh_from_db()
    assert left.status == status


def test_a_worker_of_this_machine_without_its_lock_is_dead_whatever_its_heartbeat():
    left = die_in(regenerate_exports)
    Worker.objects.create(id="gone-0", machine="quay", seen_at=timezone.now())
    presence.folder().mkdir()
    (presence.folder() / "gone-0").write_text(presence.kernel())

    work()

    left.refresh_from_db()
    assert left.status == "SUCCESSFUL"
    assert not Worker.objects.exists()
    assert list(presence.folder().iterdir()) == []


def test_a_task_that_another_worker_took_up_meanwhile_is_left_to_it():
    left = die_in(regenerate_exports)
    DBTaskResult.objects.filter(pk=left.pk).update(worker_ids=["gone-0", "quay"])

    recovery.requeue(left, timezone.now())

    assert DBTaskResult.objects.get(pk=left.pk).status == "RUNNING"


def test_two_rounds_of_letters_never_run_at_once(monkeypatch):
    monkeypatch.setattr("search.alerts.tasks.send_digests", lambda: pytest.fail("a letter would go out twice"))
    for number in range(2):
        send_letters.enqueue()
        DBTaskResult.objects.filter(status="READY").update(status="RUNNING", worker_ids=[f"worker-{number}"])

    assert send_letters.call() == 0


@pytest.mark.parametrize(
    ("error", "state"), [(OperationalError("database is locked"), "READY"), (ZeroDivisionError(), "FAILED")]
)
def test_only_what_may_pass_is_tried_again_by_itself(error, state, monkeypatch):
    def fail():
        raise error

    monkeypatch.setattr("open_data.tasks.regenerate", fail)
    regenerate_exports.enqueue()
    work()

    left = DBTaskResult.objects.get(task_path=regenerate_exports.module_path, priority=0)
    assert left.status == state


def test_what_waits_since_before_the_clock_went_back_is_run_now():
    two_days = timezone.now() + datetime.timedelta(days=2)
    regenerate_exports.using(run_after=two_days).enqueue()

    work()

    assert current_manifest() is not None


def test_an_archive_without_files_to_download_makes_them():
    work()
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
    work()

    assert current_manifest() is not None


def test_an_upload_whose_task_is_lost_is_read_all_the_same():
    bring(logged_in(somebody("鲁一苇", "上传员")), ("a.txt", minutes_text().encode()))
    DBTaskResult.objects.filter(task_path=read_upload.module_path).delete()

    work()

    assert Meeting.objects.count() == 1


def test_reading_twice_what_was_read_adds_nothing():
    bring(logged_in(somebody("鲁一苇", "上传员")), ("a.txt", minutes_text().encode()))
    queued = DBTaskResult.objects.get(task_path=read_upload.module_path)
    read_upload.enqueue(*queued.args_kwargs["args"])

    work()

    assert Meeting.objects.count() == 1


def test_what_is_old_is_pruned():
    long_ago = timezone.now() - datetime.timedelta(days=8)
    for status in ("SUCCESSFUL", "FAILED"):
        regenerate_exports.enqueue()
        DBTaskResult.objects.filter(status="READY").update(status=status, finished_at=long_ago)
    Client().force_login(somebody("鲁一苇", "上传员"))
    Session.objects.update(expire_date=long_ago)

    work()

    assert [task.status for task in DBTaskResult.objects.finished()] == ["FAILED"]
    assert not Session.objects.exists()


def test_what_killed_processes_left_behind_is_removed_after_a_day_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, new = ("minutes-reading-a", ".restoring-a", "exports/.building-a"), ("minutes-reading-b", "minutes-of-2019")
    for name in (*old, *new):
        (tmp_path / name).mkdir(parents=True)
    for name in (*old, "minutes-of-2019"):
        os.utime(tmp_path / name, (0, 0))

    remove_leftovers()

    assert [name for name in (*old, *new) if (tmp_path / name).exists()] == [*new]


def test_the_worker_waits_and_goes_on_when_the_database_cannot_be_written(monkeypatch):
    pauses, rounds = [], recovery.requeue_interrupted

    def locked_twice(own_id):
        if len(pauses) < 2:
            raise OperationalError("attempt to write a readonly database")
        rounds(own_id)

    regenerate_exports.enqueue()
    monkeypatch.setattr(recovery, "requeue_interrupted", locked_twice)
    monkeypatch.setattr(time, "sleep", pauses.append)
    # The test's own transaction.
    monkeypatch.setattr("desk.worker.worker.connection.close", lambda: None)
    monkeypatch.setattr("desk.worker.worker.close_old_connections", lambda: None)
    options = {"queue_names": ["default"], "excluded_queue_names": [], "interval": 1, "batch": False}
    worker = ArchiveWorker(**options, backend_name="default", startup_delay=False, max_tasks=1, worker_id="patient")

    worker.run()

    assert pauses == [1, 2]
    assert current_manifest() is not None
