"""Test that public pages use a fresh replica, and otherwise the primary."""

import os
from urllib.parse import urlencode

import psycopg
import pytest

from servers import postgres
from tests.desk.served import TOKEN, Person, Site
from tests.minutes_text import minutes_text
from tests.waiting import until

pytestmark = pytest.mark.slow

FIRST_ITEM = "from minutes.models import AgendaItem; item = AgendaItem.objects.earliest('pk')"


@pytest.fixture
def replica(postgres_server, new_archive, tmp_path):
    """Yield a replica and the site that reads it, with one published meeting."""
    name = f"replicated_{os.urandom(4).hex()}"
    site = Site(tmp_path / "var", postgres_server.create_database(name))
    site.prepare(new_archive)
    (tmp_path / "a.txt").write_text(minutes_text(), encoding="utf-8")
    site.manage("ingest", str(tmp_path / "a.txt"), "--publish")
    with postgres.running(postgres_server) as server:
        site.environment["ARCHIVE_REPLICA_URL"] = server.url.removesuffix("postgres") + name
        site.environment["ARCHIVE_REPLICA_LAG_SECONDS"] = "15"
        site.start_worker()
        site.start_web()
        site.wait_until_open()
        yield server, site
        site.close()


def rename(site, name):
    with psycopg.connect(site.environment["ARCHIVE_DATABASE_URL"]) as primary:
        primary.execute("UPDATE minutes_agendaitem SET title = %s", [name])


def test_visitors_read_the_replica_until_it_is_late_or_gone(replica):
    server, site = replica
    visitor = Person(site.port, "")
    visitor.cookies = ""
    address = site.manage("shell", "-v0", "-c", f"{FIRST_ITEM}; print(item.get_absolute_url())").strip()

    def sees(name):
        status, page = visitor.ask("GET", address)
        assert status == 200
        return name in page

    url = site.environment["ARCHIVE_REPLICA_URL"]
    until(lambda: reads_of(url) > 0)
    rename(site, "第一个新标题")
    until(lambda: sees("第一个新标题"))

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_wal_replay_pause()")
        rename(site, "第二个新标题")
        assert sees("第一个新标题")
        until(lambda: sees("第二个新标题"))
        rename(site, "第三个新标题")
        # Only the primary has it; each process of the server checks on its own.
        until(lambda: sees("第三个新标题"))
        connection.execute("SELECT pg_wal_replay_resume()")
    until(lambda: sees("第三个新标题") and reads_of(url) > 0)

    server.kill()
    for _ in range(20):
        assert sees("第三个新标题")


def reads_of(url):
    """Return how many connections of the site the replica has."""
    with psycopg.connect(url) as asked:
        return asked.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()"
        ).fetchone()[0]


def test_an_archive_whose_database_takes_no_writes_is_read_on_and_says_so(replica):
    _, site = replica
    standby = Site(site.var_dir, site.environment["ARCHIVE_REPLICA_URL"])
    try:
        standby.start_web()
        standby.wait_until_open()
        visitor = Person(standby.port, "")
        visitor.cookies = f"csrftoken={TOKEN}"
        item = site.manage("shell", "-v0", "-c", f"{FIRST_ITEM}; print(item.get_absolute_url())").strip()
        fields = urlencode({"text": "第二项有错。", "place": "/", "csrfmiddlewaretoken": TOKEN}).encode()

        assert visitor.ask("GET", item)[0] == 200
        status, page = visitor.ask("POST", "/report/", fields, {"Content-Type": "application/x-www-form-urlencoded"})

        assert status == 503
        assert "刚才提交的内容没有保存" in page
    finally:
        standby.close()
