"""What the tests of every area share."""

import fcntl
import gc
import io
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as installed
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import TransactionTestCase

from config.search_server import SearchServer
from config.search_server import opensearch as read_address
from servers import opensearch, postgres
from tests import kept, readings
from tests.browser.chromium import MISSING, chromium_program
from tests.desk.served import make_new_archive


def pytest_configure(config: pytest.Config) -> None:
    """Collect the tests without the garbage collector."""
    gc.disable()
    config.pluginmanager.register(kept)
    config.pluginmanager.register(readings)


def pytest_collection_finish() -> None:
    """Spare the garbage collector what lasts to the end: modules and tests."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(10_000, 20, 20)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start with the slow files: what is left for the end is short, and no process works on alone for minutes."""
    kept.in_order(items)
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


class Run:
    """The output and exit status of a management command."""

    def __init__(self, *words: object) -> None:
        out, err = io.StringIO(), io.StringIO()
        self.failure = ""
        try:
            call_command(*map(str, words), stdout=out, stderr=err)
        except CommandError as error:
            self.failure = str(error)
        self.out, self.err = out.getvalue(), err.getvalue()
        self.lines = self.out.splitlines()


@pytest.fixture(autouse=True)
def no_requests_counted():
    """Reset the rate limits, so that tests do not affect each other."""
    cache.clear()


@pytest.fixture
def run():
    """Run a management command as an operator does."""
    return Run


@pytest.fixture
def write(tmp_path):
    """Write a file of the folder that is to be ingested."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


@pytest.fixture
def editor(db):
    """Return a member of staff without rights of their own."""
    return get_user_model().objects.create_user("卓韬", password="long-enough-for-a-test", is_staff=True)


def restore_after_tests_with_a_server() -> None:
    """Restore the migrated database after tests with a live server; Django would truncate every table."""
    migrated = sqlite3.connect(":memory:", check_same_thread=False)
    connection.ensure_connection()
    connection.connection.backup(migrated)

    def restore(test: TransactionTestCase) -> None:
        connection.ensure_connection()
        migrated.backup(connection.connection)

    TransactionTestCase._fixture_teardown = restore


def let_audit_log_be_emptied() -> None:
    """Drop the triggers that prevent PostgreSQL from truncating the tables after a test."""
    with connection.cursor() as cursor:
        for name in ("removed", "emptied"):
            cursor.execute(f"DROP TRIGGER IF EXISTS audit_entries_are_not_{name} ON minutes_auditentry")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Set up the database; tests with a live server leave records behind, which are removed after them."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            restore_after_tests_with_a_server()
        else:
            let_audit_log_be_emptied()
    # A response that a test closes would close the connection under the test's transaction.
    connection.close_if_unusable_or_obsolete = lambda: None


def need(found: object, missing: str) -> None:
    """Skip a test without what it needs; in CI fail it."""
    if not found:
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)


@pytest.fixture(scope="session")
def new_archive(tmp_path_factory) -> Path:
    """Make the data directory of an archive without minutes once for all processes of a run; tests copy it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = shared / "new-archive"
    with (shared / "new-archive.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            make_new_archive(shared / "unfinished")
            (shared / "unfinished").rename(folder)
    return folder


@pytest.fixture(scope="session")
def postgres_server():
    """Yield a PostgreSQL server, started once."""
    need(postgres.programs(), postgres.MISSING)
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="session")
def search_server() -> Iterator[SearchServer]:
    """Yield an OpenSearch server: that of `make test-opensearch`, or a new one."""
    if installed.SEARCH_SERVER:
        yield installed.SEARCH_SERVER
        return
    need(opensearch.is_installed(), opensearch.MISSING)
    with opensearch.running() as cluster:
        yield read_address(cluster.url)


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, opened once."""
    from playwright.sync_api import sync_playwright

    executable = chromium_program()
    need(executable, MISSING)
    # Playwright keeps an event loop in this thread, in which Django would refuse to ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    ours = connections["default"]
    with sync_playwright() as playwright:
        # And in which Django keeps other connections than in a thread without one.
        connections["default"] = ours
        chromium = playwright.chromium.launch(executable_path=executable)
        yield chromium
        chromium.close()


@pytest.fixture
def open_window(browser) -> Iterator[Callable]:
    """Return a function to open a window of some width and colour scheme."""
    contexts = []

    def open_one(width: int, **options):
        context = browser.new_context(viewport={"width": width, "height": 740}, locale="zh-CN", **options)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
