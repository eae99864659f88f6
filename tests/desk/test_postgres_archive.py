"""An archive moves from SQLite into PostgreSQL, row for row, and its index to OpenSearch, answer for answer.

It is backed up there and restored on either engine.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk.served import DATABASE
from tests.search.conftest import a_name_of_its_own

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
# People's work of each kind: users with roles and a second factor, an upload that the worker read, a correction with
# its history, a settled doubt, records that are one or two or were one by mistake, a withdrawal, a report, a synonym.
WORK = """
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice
from minutes.corrections.changes import correct, current_reading
from minutes.corrections.paths import fingerprint
from minutes.corrections.settling import settle_problem
from minutes.merging.operations import merge, split_entries, undo
from minutes.models import ErrorReport, Meeting, Organization, Person, Problem
from minutes.workflow import withdraw
from search.models import Synonym
from tests.desk.bringing import bring, logged_in, work
from tests.desk.staff import somebody
from tests.minutes_text import minutes_text
user = User.objects.create_superuser("掌印", password="一个够长的口令")
TOTPDevice.objects.create(user=user, confirmed=True)
uploader = logged_in(somebody("阮知秋", "上传员"), SERVER_NAME="localhost")
assert bring(uploader, ("带来的纪要.txt", minutes_text().encode()), ("坏的.docx", b"PK")).status_code == 302
meeting = Meeting.objects.order_by("pk").first()
for place in ("第一会议室", "第二会议室"):
    seen = fingerprint(current_reading(meeting).tree["place"])
    correct(meeting.pk, "place", {"value": place, "span": [0, 2]}, seen, user)
settle_problem(Problem.objects.to_settle().order_by("pk").first(), user)
units = {name: Organization.objects.get(name=name, body__name="云川市人民政府").pk for name in NAMES}
merge("organization", units["市城管局"], units["市住建局"], user)
undo(merge("organization", units["市水务局"], units["市民政局"], user).pk, user)
chair = Person.objects.filter(name="陆砚青").order_by("pk").first()
split_entries("person", chair.pk, [chair.attendance.order_by("pk").first().pk], "另一位", user)
work()
withdraw(Meeting.objects.published().order_by("pk").last(), "涉及个人信息", user)
ErrorReport.objects.create(place="/", text="第二项的牵头单位应为市交通局。")
Synonym.objects.create(typed="小绵羊", written="电动自行车", reason="市民来电这样问")
""".replace("NAMES", str(("市城管局", "市住建局", "市水务局", "市民政局")))
# What a visitor sees of each question, sorted by date; and every result, by weight.
ANSWERS = """
import json
from django.test import Client
from urllib.parse import urlencode
client = Client(SERVER_NAME="localhost")
answers = {}
for question in QUESTIONS:
    page = client.get("/api/v1/search/?" + urlencode({"q": question, "sort": "newest"})).json()
    # The first line says when it was written, and of which index.
    _, *lines = client.get("/search/results.jsonl?" + urlencode({"q": question})).getvalue().decode().splitlines()
    # Of one count, each engine lists values in an order of its own, and of people not all.
    facets = {name: sorted((-each["count"], name == "person" or each["label"]) for each in facet)
              for name, facet in page["facets"].items()}
    answers[question] = page | {"index": "", "facets": facets, "every": sorted(lines)}
print(json.dumps(answers))
"""
QUESTIONS = (
    *("老旧小区", "停车场", "“三年行动”", "安全生产 -消防", "教育 OR 医疗", "市住建局", "市城管局", "陆砚青", "办"),
    *("2022年", "小绵羊", "任务:市住建局", "牵头:市财政局", "河道管理办法", "南屏县 学校", "哪个部门负责停车"),
    "没有这样的词",
)
# What every archive draws for itself, and what a backup and a restore add or do.
OF_ITS_OWN = {"minutes.databaseid", "minutes.auditentry", "search.pendingindexupdate"}


def manage(var_dir: Path, url: str, *words: object, **settings: str) -> subprocess.CompletedProcess:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("ARCHIVE_", "DJANGO_"))}
    environment = inherited | {"ARCHIVE_VAR_DIR": str(var_dir), "ARCHIVE_DATABASE_URL": url, "LC_ALL": "en_US.UTF-8"}
    environment |= settings
    command = [sys.executable, "manage.py", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def succeed(*words: object, **settings: str) -> str:
    done = manage(*words, **settings)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(var_dir: Path, url: str) -> list[dict]:
    """Return every row of every table, except those that archives draw for themselves."""
    every = json.loads(succeed(var_dir, url, "dumpdata", "--all", "--skip-checks", "-v0"))
    kept = [row for row in every if row["model"] not in OF_ITS_OWN]
    return sorted(kept, key=lambda row: (row["model"], str(row["pk"])))


@pytest.fixture(scope="module")
def sqlite_archive(new_archive, tmp_path_factory):
    """Create the directory of an SQLite archive with samples and corrections."""
    var_dir = tmp_path_factory.mktemp("sqlite")
    shutil.copy(new_archive / DATABASE, var_dir)
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
    assert "2 users" in said
    return url


def test_everything_arrives(sqlite_archive, moved):
    assert rows(sqlite_archive, moved) == rows(sqlite_archive, "")
    audit = "from minutes.models import AuditEntry; print(*AuditEntry.objects.order_by('pk').values_list(), sep='\\n')"
    # A backup or a new user of another test adds to it.
    assert succeed(sqlite_archive, moved, "shell", "-v0", "-c", audit).startswith(
        succeed(sqlite_archive, "", "shell", "-v0", "-c", audit)
    )


def answers(var_dir: Path, url: str, **settings: str) -> dict[str, dict]:
    asked = ANSWERS.replace("QUESTIONS", str(QUESTIONS))
    return json.loads(succeed(var_dir, url, "shell", "-v0", "-c", asked, **settings))


def test_a_moved_archive_finds_the_same_on_opensearch(sqlite_archive, moved, search_server):
    succeed(sqlite_archive, "", "index")
    with a_name_of_its_own(search_server) as server:
        address = ",".join(node.removeprefix("http://") for node in server.nodes)
        settings = {"ARCHIVE_SEARCH_URL": f"opensearch://{address}/{server.name}"}
        succeed(sqlite_archive, moved, "index", **settings)
        succeed(sqlite_archive, moved, "check_index", **settings)

        found = answers(sqlite_archive, moved, **settings)

    assert found == answers(sqlite_archive, "")
    assert [question for question in QUESTIONS if not found[question]["total"]] == ["没有这样的词"]
    # The unit that was merged and the one that it became are one; what was withdrawn is nowhere.
    assert found["市城管局"]["total"] == found["市住建局"]["total"]
    assert "第95次常务会议" not in json.dumps(found, ensure_ascii=False)


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
    succeed(var_dir, url, "migrate", "--skip-checks", "-v0")
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
