"""What the tests of every area share."""

import io
import os
import shutil
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection

from tests.servers import postgres


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


def let_audit_log_be_emptied() -> None:
    """Drop the triggers that prevent truncating the tables after a test."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER IF EXISTS audit_entries_are_not_removed")
        else:
            for name in ("removed", "emptied"):
                cursor.execute(f"DROP TRIGGER IF EXISTS audit_entries_are_not_{name} ON minutes_auditentry")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Set up the database with an audit log that can be truncated.

    Every table is truncated after a test with a live server.
    """
    with django_db_blocker.unblock():
        let_audit_log_be_emptied()
    # A response that a test closes would close the connection under the test's transaction.
    connection.close_if_unusable_or_obsolete = lambda: None


@pytest.fixture(scope="session")
def postgres_server():
    """Yield a PostgreSQL server, started once; skip, or fail in CI, without one."""
    if postgres.programs() is None:
        pytest.fail(postgres.MISSING) if os.environ.get("CI") else pytest.skip(postgres.MISSING)
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, opened once; without it a test is skipped, in CI it fails."""
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium")
    if executable is None:
        missing = "Chromium is not installed: sudo apt install chromium fonts-noto-cjk"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    # Playwright keeps an event loop in this thread, in which Django would refuse to ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable)
        yield chromium
        chromium.close()
