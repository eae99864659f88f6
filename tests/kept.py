"""Fixtures whose records are made once for the consecutive tests that ask for them, in a transaction around theirs.

A test gets exactly what it asks for, and what it changes is rolled back, whichever tests ran before it.
"""

from __future__ import annotations

import copy
import inspect
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test.utils import override_settings


def kept(make: Callable) -> Callable:
    """Make a fixture of this function, which takes no other fixtures.

    With an argument `folder`, it makes files there too: the index in `index/`, exports in `exports/`. A test has a copy
    of them in its own folder, which the settings name.
    """

    def with_files(db, tmp_path, settings):
        settings.INDEX_DIR, settings.EXPORT_DIR = tmp_path / "index", tmp_path / "exports"
        if make not in RECORDS.made:
            return make(tmp_path)
        shutil.copytree(RECORDS.folder_of(make), tmp_path, dirs_exist_ok=True)
        return copy.deepcopy(RECORDS.made[make])

    def without_files(db):
        return copy.deepcopy(RECORDS.made[make]) if make in RECORDS.made else make()

    fixture = with_files if writes_files(make) else without_files
    fixture.__doc__ = make.__doc__
    MAKERS[fixture] = make
    return pytest.fixture(name=make.__name__)(fixture)


def writes_files(make: Callable) -> bool:
    return "folder" in inspect.signature(make).parameters


class Records:
    """The records that are there before a test begins, and what the functions that made them returned."""

    def __init__(self) -> None:
        self.made: dict[Callable, object] = {}
        self.block: transaction.Atomic | None = None
        self.folder: tempfile.TemporaryDirectory | None = None

    def folder_of(self, make: Callable) -> Path:
        return Path(self.folder.name) / str(list(self.made).index(make))

    def provide(self, makers: list[Callable]) -> None:
        """Have exactly the records of these functions, in this order."""
        if list(self.made) == makers:
            return
        self.drop()
        if not makers:
            return
        self.folder = tempfile.TemporaryDirectory(prefix="archive-tests-")
        self.block = transaction.atomic()
        # Else Django would refuse a durable transaction within.
        self.block._from_testcase = True
        self.block.__enter__()
        try:
            for make in makers:
                self.made[make] = None
                self.made[make] = self.make(make)
        except BaseException:
            self.drop()
            raise

    def make(self, make: Callable) -> object:
        if not writes_files(make):
            return make()
        folder = self.folder_of(make)
        folder.mkdir()
        with override_settings(INDEX_DIR=folder / "index", EXPORT_DIR=folder / "exports"):
            return make(folder)

    def drop(self) -> None:
        self.made.clear()
        if self.block:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)
            self.folder.cleanup()
            self.block = self.folder = None


RECORDS = Records()
# The function that makes the records of a fixture, by the function of the fixture.
MAKERS: dict[Callable, Callable] = {}


def makers_for(item: pytest.Item) -> list[Callable]:
    """Return the functions whose records this test can have from before it: its transaction is rolled back."""
    found = getattr(item, "_fixtureinfo", None)
    marker = item.get_closest_marker("django_db")
    if not found or {"live_server", "transactional_db"} & {*found.names_closure} or (marker and marker.kwargs):
        return []
    asked = [found.name2fixturedefs[name][-1].func for name in found.names_closure if name in found.name2fixturedefs]
    makers = [MAKERS[function] for function in asked if function in MAKERS]
    # A server's index has one name for each test.
    return [make for make in makers if not (settings.SEARCH_SERVER and writes_files(make))]


def in_order(items: list[pytest.Item]) -> None:
    """Put tests of a file that ask for the same records one after the other."""
    files: dict[Path, int] = {}
    for item in items:
        files.setdefault(item.path, len(files))
    items.sort(key=lambda item: (files[item.path], [make.__name__ for make in makers_for(item)]))


def pytest_fixture_setup(fixturedef: pytest.FixtureDef, request: pytest.FixtureRequest) -> None:
    """Provide the records before pytest-django begins the transaction of a test."""
    if fixturedef.argname == "_django_db_helper":
        RECORDS.blocker = request.getfixturevalue("django_db_blocker")
        with RECORDS.blocker.unblock():
            RECORDS.provide(makers_for(request.node))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Drop the records after the tests of a file, since fixtures of the next may use the database themselves."""
    yield
    if RECORDS.made and (nextitem is None or nextitem.path != item.path):
        with RECORDS.blocker.unblock():
            RECORDS.drop()
