"""Test that backups made during writes are complete and can be restored."""

import hashlib
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests.desk.served import DATABASE
from tests.minutes_text import minutes_text

pytestmark = pytest.mark.slow


ROOT = Path(__file__).resolve().parents[2]
SECRET = "a-secret-of-fifty-and-more-characters-that-nobody-knows"
FEW_BYTES = 150_000
# Its bytes are not those of its SHA-256.
WAITING_UPLOAD = """
from django.contrib.auth.models import User
from desk.models import Upload
user = User.objects.create_superuser("贺明舟")
Upload.objects.create(by=user, name="等待.txt", sha256="0" * 64, size=1, content=b"a", state="waiting")
"""

FIRST_TABLES = """
import django; django.setup()
from tests.migrating import executor_of_each
executor_of_each().migrate([("auth", "0012_alter_user_first_name_max_length"), ("minutes", "0001_initial")])
"""


class Archive:
    """An archive of its own, with its commands run as processes of their own."""

    def __init__(self, var_dir: Path) -> None:
        self.var_dir = var_dir
        self.database = var_dir / DATABASE

    def start(self, *words: object, **options) -> subprocess.Popen:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("ARCHIVE_")}
        own = {
            "ARCHIVE_VAR_DIR": str(self.var_dir),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "ARCHIVE_SECRET_KEY": SECRET,
        }
        return subprocess.Popen(
            [sys.executable, *map(str, words)],
            cwd=ROOT,
            env=inherited | own,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def manage(self, *words: object, **options) -> subprocess.CompletedProcess:
        process = self.start("manage.py", *words, **options)
        out, err = process.communicate()
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def rows(self, query: str) -> list[tuple]:
        with closing(sqlite3.connect(self.database)) as database:
            return database.execute(query).fetchall()

    def originals(self) -> dict[str, str]:
        """Return the SHA-256 of the content of each original by name."""
        rows = self.rows("SELECT name, content FROM minutes_sourcefile")
        return {name: hashlib.sha256(content).hexdigest() for name, content in rows}

    def found(self, query: str) -> int:
        """How many results a search gives."""
        imports = "from search.service import search; from search.query.params import new_search"
        ask = f"import django; django.setup(); {imports}; print(search(new_search({query!r})).total)"
        out, err = self.start("-c", ask).communicate()
        assert out, err
        return int(out)


def write_minutes(folder: Path, numbers: range) -> Path:
    folder.mkdir()
    for number in numbers:
        text = minutes_text(number, number % 28 + 1, doc_number=f"〔2021〕{number}号")
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def migrated(new_archive, tmp_path_factory):
    """Copy a new archive; not to be changed."""
    var_dir = tmp_path_factory.mktemp("migrated") / "var"
    return Archive(shutil.copytree(new_archive, var_dir, ignore=shutil.ignore_patterns("static")))


@pytest.fixture
def empty(migrated, tmp_path):
    """Create an archive without meetings."""
    return Archive(shutil.copytree(migrated.var_dir, tmp_path / "var"))


@pytest.fixture(scope="module")
def filled(migrated, tmp_path_factory):
    """Create a read-only archive of three meetings."""
    archive = Archive(shutil.copytree(migrated.var_dir, tmp_path_factory.mktemp("filled") / "var"))
    taken_in = archive.manage(
        "ingest", write_minutes(tmp_path_factory.mktemp("files") / "three", range(1, 4)), "--publish"
    )
    assert taken_in.returncode == 0, taken_in.stdout
    return archive


@pytest.fixture(scope="module")
def kept(filled, tmp_path_factory):
    """Create a read-only backup of the archive."""
    folder = tmp_path_factory.mktemp("backups") / "kept"
    made = filled.manage("backup", folder)
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture
def elsewhere(tmp_path):
    """Switch to a machine without an archive."""
    return Archive(tmp_path / "elsewhere")


@pytest.fixture
def copy_of_backup(kept, tmp_path):
    """Copy the backup, for a test to damage."""
    return shutil.copytree(kept, tmp_path / "copy")


def test_a_backup_made_while_others_write_is_whole_and_comes_back_elsewhere(tmp_path, empty, elsewhere):
    empty.manage("ingest", write_minutes(tmp_path / "before", range(1, 6)), "--publish")
    writers = [
        empty.start("manage.py", "ingest", write_minutes(tmp_path / f"during-{start}", range(start, start + 400)))
        for start in (100, 500)
    ]
    for writer in writers:
        writer.stdout.readline()  # it has written one, and goes on
    made = empty.manage("backup", tmp_path / "kept")
    still_writing = [writer.poll() is None for writer in writers]
    for writer in writers:
        writer.send_signal(signal.SIGINT)
        writer.communicate()
    restored = elsewhere.manage("restore", tmp_path / "kept")

    assert made.returncode == 0, made.stderr
    assert all(still_writing)
    assert restored.returncode == 0, restored.stderr
    came_back = elsewhere.originals()
    assert {f"{number:03}.txt" for number in range(1, 6)} < came_back.keys()
    assert came_back.items() < empty.originals().items()
    assert f"{len(came_back)} originals" in restored.stdout
    # No meeting is half there: each has its two items.
    assert {count for (count,) in elsewhere.rows("SELECT count(*) FROM minutes_agendaitem GROUP BY meeting_id")} == {2}
    assert elsewhere.rows("SELECT count(*) FROM minutes_meeting") == [(len(came_back),)]
    assert elsewhere.found("“各地各部门要压实责任”") == 5


def test_what_comes_back_equals_what_was_kept_and_says_what_to_set_again(kept, filled, elsewhere):
    restored = elsewhere.manage("restore", kept)

    assert restored.returncode == 0, restored.stderr
    assert elsewhere.originals() == filled.originals()
    for table in ("minutes_meeting", "minutes_agendaitem", "minutes_attendance", "minutes_problem"):
        assert elsewhere.rows(f"SELECT * FROM {table}") == filled.rows(f"SELECT * FROM {table}")
    assert "Restored as of" in restored.stdout
    assert "3 meetings, 3 originals" in restored.stdout
    assert "ARCHIVE_SECRET_KEY. Set it again" in restored.stdout
    checked = elsewhere.manage("check_index")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    ((about, detail),) = elsewhere.rows("SELECT about, detail FROM minutes_auditentry WHERE action = 'backup_restored'")
    assert (about, detail.partition("，")[0]) == ("备份", str(kept))


def test_no_secret_is_kept_and_nobody_else_may_look(kept):
    manifest = json.loads((kept / "manifest.json").read_text(encoding="utf-8"))

    assert manifest["settings_to_set_again"] == ["ARCHIVE_SECRET_KEY"]
    assert "ARCHIVE_VAR_DIR" in manifest["settings"]
    assert not [path for path in kept.iterdir() if SECRET.encode() in path.read_bytes()]
    assert kept.stat().st_mode & 0o077 == 0


def test_that_a_backup_was_made_is_in_the_audit_log(kept, filled):
    assert ("exported", "备份", str(kept)) in filled.rows("SELECT action, about, detail FROM minutes_auditentry")


def test_no_backup_is_written_over(kept, filled):
    before = (kept / "manifest.json").read_bytes()
    refused = filled.manage("backup", kept)

    assert refused.returncode == 1
    assert "exists, and backups are never overwritten" in refused.stderr
    assert (kept / "manifest.json").read_bytes() == before


def test_where_there_is_no_archive_there_is_no_backup(tmp_path, elsewhere):
    refused = elsewhere.manage("backup", tmp_path / "kept")

    assert refused.returncode == 1
    assert "There is no archive in" in refused.stderr
    assert not (tmp_path / "kept").exists()


def test_a_backup_that_is_killed_leaves_nothing_that_looks_whole(empty, tmp_path):
    # So large that it is not done before it is killed.
    with closing(sqlite3.connect(empty.database)) as database, database:
        bulk = os.urandom(80_000_000)
        row = ("大文件.txt", hashlib.sha256(bulk).hexdigest(), bulk, "text", "utf-8", "", "", "2026-01-01")
        columns = "name, sha256, content, format, encoding, text, source_url, received_at"
        database.execute(f"INSERT INTO minutes_sourcefile ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    backups = tmp_path / "backups"
    backups.mkdir()

    process = empty.start("manage.py", "backup", backups / "kept")
    while process.poll() is None and not list(backups.glob(".kept.unfinished-*/archive.sqlite3")):
        pass
    process.kill()
    process.communicate()
    left = list(backups.iterdir())
    refused = empty.manage("restore", left[0], "--force")
    again = empty.manage("backup", backups / "kept")

    assert process.returncode == -signal.SIGKILL
    assert [path.name.startswith(".kept.unfinished-") for path in left] == [True]
    assert refused.returncode == 1
    assert "is no backup, or one that was never finished" in refused.stderr
    assert again.returncode == 0, again.stderr


def test_a_full_disk_leaves_no_backup(filled, tmp_path):
    refused = filled.manage("backup", tmp_path / "kept", preexec_fn=no_room_for_large_files)

    assert refused.returncode == 1
    assert "The backup could not be written to" in refused.stderr
    assert "make room there" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_archive_as_it_was(kept, empty, tmp_path):
    before = sorted(path.name for path in empty.var_dir.iterdir())
    refused = empty.manage("restore", kept, preexec_fn=no_room_for_large_files)

    assert refused.returncode == 1
    assert "The archive is as it was" in refused.stderr
    assert sorted(path.name for path in empty.var_dir.iterdir()) == before
    assert empty.rows("SELECT count(*) FROM minutes_meeting") == [(0,)]


def no_room_for_large_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (FEW_BYTES, FEW_BYTES))


def test_an_original_that_is_not_what_was_received_keeps_a_backup_from_being_made(copy_of_backup, elsewhere, tmp_path):
    elsewhere.var_dir.mkdir()
    shutil.copyfile(copy_of_backup / "archive.sqlite3", elsewhere.database)
    with closing(sqlite3.connect(elsewhere.database)) as database, database:
        database.execute("UPDATE minutes_sourcefile SET content = x'00' WHERE name = '002.txt'")
    refused = elsewhere.manage("backup", tmp_path / "kept")

    assert refused.returncode == 1
    assert "The original of 002.txt was modified" in refused.stderr
    assert not (tmp_path / "kept").exists()


def test_an_upload_that_is_not_a_source_file_yet_is_kept_and_checked_too(copy_of_backup, elsewhere, tmp_path):
    elsewhere.var_dir.mkdir()
    shutil.copyfile(copy_of_backup / "archive.sqlite3", elsewhere.database)
    added = elsewhere.manage("shell", "-v0", "-c", WAITING_UPLOAD)
    assert added.returncode == 0, added.stderr
    refused = elsewhere.manage("backup", tmp_path / "kept")

    assert "The original of 等待.txt was modified" in refused.stderr


def harm_bytes(folder: Path) -> None:
    path = folder / "archive.sqlite3"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut_off(folder: Path) -> None:
    path = folder / "archive.sqlite3"
    path.write_bytes(path.read_bytes()[:-4096])


def alter_manifest(folder: Path, **changes) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def alter_original(folder: Path) -> None:
    path = folder / "archive.sqlite3"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE minutes_sourcefile SET content = x'00' WHERE name = '002.txt'")
    alter_manifest(folder, size=path.stat().st_size, sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def alter_schema(folder: Path, *statements: str) -> None:
    """Change the schema of a backup, and its manifest so that checksums match."""
    path = folder / "archive.sqlite3"
    with closing(sqlite3.connect(path)) as database, database:
        for statement in statements:
            database.execute(statement)
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        rows = {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in tables
            if not name.startswith("sqlite_")
        }
    content = path.read_bytes()
    alter_manifest(folder, size=len(content), sha256=hashlib.sha256(content).hexdigest(), rows=rows)


MAKE_A_SUPERUSER = """
CREATE TRIGGER helpful AFTER INSERT ON django_migrations BEGIN UPDATE auth_user SET is_superuser = 1; END
"""
DEEP = "[" * 100_000 + "]" * 100_000
HARM = {
    "a trigger": (lambda folder: alter_schema(folder, MAKE_A_SUPERUSER), "has a trigger helpful"),
    "a view": (lambda folder: alter_schema(folder, "CREATE VIEW v AS SELECT * FROM auth_user"), "has a view v"),
    "an audit log that can be changed": (
        lambda folder: alter_schema(folder, "DROP TRIGGER audit_entries_are_not_changed"),
        "audit_entries_are_not_changed",
    ),
    "a table too many": (lambda folder: alter_schema(folder, "CREATE TABLE t (a)"), "not those that the migrations"),
    "a column less": (
        lambda folder: alter_schema(folder, "ALTER TABLE minutes_meeting DROP COLUMN chair_title"),
        "minutes_meeting",
    ),
    "no table of users": (lambda folder: alter_schema(folder, "DROP TABLE auth_user_groups"), "auth_user_groups"),
    "manifest of a wrong type": (lambda folder: alter_manifest(folder, migrations="none"), "it was altered"),
    "manifest with rows of a wrong type": (lambda folder: alter_manifest(folder, rows={"auth_user": "3"}), "altered"),
    "manifest 100,000 deep": (lambda folder: (folder / "manifest.json").write_text(DEEP), "it was altered"),
    "one bit": (harm_bytes, "its SHA-256 is not the one in the manifest"),
    "cut off": (cut_off, "bytes instead of"),
    "no database": (lambda folder: (folder / "archive.sqlite3").unlink(), "cannot be read"),
    "no manifest": (lambda folder: (folder / "manifest.json").unlink(), "is no backup, or one that was never finished"),
    "manifest no JSON": (lambda folder: (folder / "manifest.json").write_text("{"), "cannot be read"),
    "later format": (lambda folder: alter_manifest(folder, format=2), "is a backup of format 2"),
    "fewer rows than listed": (lambda folder: alter_manifest(folder, originals=4), "the number of rows differs"),
    "an original altered with all sums": (alter_original, "The original of 002.txt was modified"),
    "of a later version": (
        lambda folder: alter_manifest(folder, migrations={"minutes": ["9999_of_tomorrow"]}),
        "does not know minutes.9999_of_tomorrow",
    ),
}


@pytest.fixture
def restore_elsewhere(migrated, elsewhere, settings, monkeypatch, run):
    """Restore a backup there by the command, in this process: the tables that migrations make are known already."""
    elsewhere.var_dir.mkdir()
    settings.VAR_DIR = elsewhere.var_dir
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", elsewhere.database)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings")
    monkeypatch.setattr("desk.backup.schema.new_database", migrated.database.read_bytes)
    return lambda folder: run("restore", folder)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="restored here into an SQLite file")
@pytest.mark.parametrize(("harm", "said"), HARM.values(), ids=HARM)
def test_a_harmed_backup_is_refused_and_nothing_is_changed(harm, said, copy_of_backup, elsewhere, restore_elsewhere):
    harm(copy_of_backup)
    refused = restore_elsewhere(copy_of_backup)

    assert said in refused.failure
    assert list(elsewhere.var_dir.iterdir()) == []


def test_an_archive_that_is_not_empty_is_replaced_only_by_force_and_kept_aside(kept, empty, tmp_path):
    empty.manage("ingest", write_minutes(tmp_path / "own", range(50, 51)), "--publish")
    refused = empty.manage("restore", kept)
    after_refusal = empty.originals()
    forced = empty.manage("restore", kept, "--force")

    assert refused.returncode == 1
    assert "is not empty" in refused.stderr
    assert after_refusal.keys() == {"050.txt"}
    assert forced.returncode == 0, forced.stderr
    assert empty.originals().keys() == {"001.txt", "002.txt", "003.txt"}
    [aside] = empty.var_dir.glob("archive-before-restore-*.sqlite3")
    assert str(aside) in forced.stdout
    with closing(sqlite3.connect(aside)) as database:
        assert database.execute("SELECT name FROM minutes_sourcefile").fetchall() == [("050.txt",)]
    assert empty.found("“各地各部门要压实责任”") == 3


ROUND_OF_ACCOUNTS = """
from django.contrib.auth.models import User
gone = User.objects.create_user("旧人", password="x")
gone.is_active = {active}
gone.set_password("{password}")
gone.save()
"""
WITHDRAW = """
from minutes.models import Meeting
from minutes.workflow import withdraw
withdraw(Meeting.objects.get(number={number}), "涉及个人信息", None)
"""


def run_code(archive: Archive, code: str) -> None:
    done = archive.manage("shell", "-v0", "-c", code)
    assert done.returncode == 0, done.stderr


def test_what_was_withdrawn_since_stays_withdrawn_and_it_is_said_before_who_comes_back(filled, tmp_path):
    archive = Archive(tmp_path / "var")
    shutil.copytree(filled.var_dir, archive.var_dir)
    run_code(archive, ROUND_OF_ACCOUNTS.format(active=True, password="old"))
    archive.manage("backup", tmp_path / "kept")
    run_code(archive, WITHDRAW.format(number=2))
    run_code(archive, "from django.contrib.auth.models import User; User.objects.update(is_active=False, password='x')")

    asked = archive.manage("restore", tmp_path / "kept")
    forced = archive.manage("restore", tmp_path / "kept", "--force")
    status = archive.rows("SELECT number, status, withdrawal_reason FROM minutes_meeting ORDER BY number")
    shown = archive.manage("restore", tmp_path / "kept", "--force", "--republish")

    for said in (asked.stdout, forced.stdout):
        assert "Withdrawn since the backup: 云川市人民政府第2次" in said
        assert "stays withdrawn" in said
        assert "Account 旧人: an earlier password is valid again, is active again." in said
    assert asked.returncode == 1
    assert status == [(1, "published", ""), (2, "withdrawn", "涉及个人信息"), (3, "published", "")]
    assert "becomes public again" in shown.stdout
    assert archive.rows("SELECT count(*) FROM minutes_meeting WHERE status = 'withdrawn'") == [(0,)]


def test_an_index_and_files_of_another_database_are_not_used(filled, kept, tmp_path):
    archive = Archive(tmp_path / "var")
    shutil.copytree(filled.var_dir, archive.var_dir)
    archive.manage("index")
    archive.manage("restore", kept, "--force")
    [before] = archive.var_dir.glob("archive-before-restore-*.sqlite3")
    # As an operator goes back to the archive that was there before.
    before.rename(archive.database)

    said = archive.manage("index").stdout

    assert "built from another database" in said
    assert archive.manage("index").stdout == "The index is up to date.\n"


def test_nobody_else_may_read_what_the_archive_writes(tmp_path):
    archive = Archive(tmp_path / "var")
    options = {"preexec_fn": lambda: os.umask(0)}
    archive.manage("migrate", "--skip-checks", "-v0", **options)
    archive.manage("ingest", write_minutes(tmp_path / "own", range(1, 2)), "--publish", **options)
    archive.manage("collectstatic", "-v0", "--no-input", **options)
    archive.manage("export", tmp_path / "export", **options)
    archive.manage("backup", tmp_path / "kept", **options)
    archive.database.chmod(0o644)
    archive.manage("restore", tmp_path / "kept", "--force", **options)

    opened = [
        path
        for folder in ("var", "kept", "export")
        for path in ((tmp_path / folder), *(tmp_path / folder).rglob("*"))
        if path.stat().st_mode & 0o077
    ]
    assert opened == []


def test_a_damaged_archive_is_named_and_not_the_folder(filled, tmp_path):
    archive = Archive(tmp_path / "var")
    shutil.copytree(filled.var_dir, archive.var_dir)
    content = archive.database.read_bytes()
    archive.database.write_bytes(content[:4096] + b"\xff" * 40_000 + content[44_096:])

    refused = archive.manage("backup", tmp_path / "kept")

    assert refused.returncode == 1
    assert "is damaged" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_backup_of_older_tables_is_brought_up_to_date(tmp_path, elsewhere):
    old = Archive(tmp_path / "old")
    _, err = old.start("-c", FIRST_TABLES).communicate()
    assert not err, err
    made = old.manage("backup", tmp_path / "kept")
    restored = elsewhere.manage("restore", tmp_path / "kept")

    assert made.returncode == 0, made.stderr
    assert restored.returncode == 0, restored.stderr
    assert elsewhere.manage("migrate", "--check").returncode == 0
