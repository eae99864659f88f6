"""An archive moves from SQLite into PostgreSQL, is backed up there and restored on either, row for row."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
# A person's work of each kind: a user, a correction with its history, a withdrawal.
WORK = """
from django.contrib.auth.models import User
from minutes.corrections.changes import correct, current_reading
from minutes.corrections.paths import fingerprint
from minutes.models import Meeting
from minutes.workflow import withdraw
user = User.objects.create_superuser("掌印", password="一个够长的口令")
meeting = Meeting.objects.order_by("pk").first()
seen = fingerprint(current_reading(meeting).tree["place"])
correct(meeting.pk, "place", {"value": "第二会议室", "span": [0, 2]}, seen, user)
withdraw(Meeting.objects.order_by("pk").last(), "涉及个人信息", user)
"""
# What every archive draws for itself, and what a backup and a restore add or do.
OF_ITS_OWN = {"minutes.databaseid", "minutes.auditentry", "search.pendingindexupdate"}


def manage(var_dir: Path, url: str, *words: object) -> subprocess.CompletedProcess:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("ARCHIVE_", "DJANGO_"))}
    environment = inherited | {"ARCHIVE_VAR_DIR": str(var_dir), "ARCHIVE_DATABASE_URL": url, "LC_ALL": "en_US.UTF-8"}
    command = [sys.executable, "manage.py", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def succeed(*words: object) -> str:
    done = manage(*words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(var_dir: Path, url: str) -> list[dict]:
    """Return every row of every table, except those that archives draw for themselves."""
    every = json.loads(succeed(var_dir, url, "dumpdata", "--all", "--verbosity", "0"))
    kept = [row for row in every if row["model"] not in OF_ITS_OWN]
    return sorted(kept, key=lambda row: (row["model"], str(row["pk"])))


@pytest.fixture(scope="module")
def sqlite_archive(tmp_path_factory):
    """Create the directory of an SQLite archive with samples and corrections."""
    var_dir = tmp_path_factory.mktemp("sqlite") / "var"
    succeed(var_dir, "", "migrate", "--verbosity", "0")
    succeed(var_dir, "", "ingest", "samples", "--publish")
    succeed(var_dir, "", "shell", "-v0", "-c", WORK)
    return var_dir


@pytest.fixture(scope="module")
def moved(postgres_server, sqlite_archive):
    """Move that archive into PostgreSQL; return the URL of the database."""
    url = postgres_server.create_database("moved")
    said = succeed(sqlite_archive, url, "move_archive")
    assert "Moved and compared row by row" in said
    assert "1 corrections" in said
    assert "1 users" in said
    return url


def test_everything_arrives(sqlite_archive, moved):
    assert rows(sqlite_archive, moved) == rows(sqlite_archive, "")
    audit = "from minutes.models import AuditEntry; print(*AuditEntry.objects.order_by('pk').values_list(), sep='\\n')"
    # A backup or a new user of another test adds to it.
    assert succeed(sqlite_archive, moved, "shell", "-v0", "-c", audit).startswith(
        succeed(sqlite_archive, "", "shell", "-v0", "-c", audit)
    )


def test_nothing_is_moved_over_an_archive(sqlite_archive, moved):
    done = manage(sqlite_archive, moved, "move_archive")

    assert done.returncode == 1
    assert "The database is not empty" in done.stderr


def test_new_records_get_ids_behind_the_moved_ones(sqlite_archive, moved):
    add = (
        "from django.contrib.auth.models import User; "
        "last = User.objects.latest('pk').pk; print(User.objects.create_user('新人').pk > last); "
        "User.objects.get(username='新人').delete()"
    )
    assert succeed(sqlite_archive, moved, "shell", "-v0", "-c", add).strip() == "True"


def test_the_audit_log_stays_closed(sqlite_archive, moved):
    for change in ("update(detail='')", "delete()"):
        done = manage(
            sqlite_archive,
            moved,
            *("shell", "-v0", "-c", f"from minutes.models import AuditEntry; AuditEntry.objects.all().{change}"),
        )
        assert done.returncode == 1
        assert "only ever added to" in done.stderr


@pytest.mark.parametrize("engine", ["postgresql", "sqlite"])
def test_a_backup_is_restored_on_either_engine(postgres_server, sqlite_archive, moved, tmp_path, engine):
    before = rows(sqlite_archive, moved)
    succeed(sqlite_archive, moved, "backup", tmp_path / "backup")

    var_dir = tmp_path / "elsewhere"
    url = postgres_server.create_database("restored") if engine == "postgresql" else ""
    succeed(var_dir, url, "migrate", "--verbosity", "0")
    succeed(var_dir, url, "restore", tmp_path / "backup")

    assert rows(var_dir, url) == before


def test_a_restore_over_an_archive_keeps_it_and_its_withdrawals(postgres_server, sqlite_archive, tmp_path):
    url = postgres_server.create_database("overwritten")
    succeed(sqlite_archive, url, "move_archive")
    succeed(sqlite_archive, url, "backup", tmp_path / "backup")
    withdraw = (
        "from minutes.models import Meeting; from minutes.workflow import withdraw; "
        "withdraw(Meeting.objects.published().order_by('pk').first(), '有误', None)"
    )
    succeed(sqlite_archive, url, "shell", "-v0", "-c", withdraw)

    refused = manage(sqlite_archive, url, "restore", tmp_path / "backup")
    assert refused.returncode == 1
    assert "is not empty" in refused.stderr

    said = succeed(sqlite_archive, url, "restore", tmp_path / "backup", "--force")
    assert "stays withdrawn" in said
    kept = list(sqlite_archive.glob("archive-before-restore-*.sqlite3"))
    assert len(kept) == 1
    withdrawn = "from minutes.models import Meeting; print(Meeting.objects.withdrawn().count())"
    assert succeed(sqlite_archive, url, "shell", "-v0", "-c", withdrawn).strip() == "2"
