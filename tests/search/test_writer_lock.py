"""One process writes an index that machines share: on SQLite and, with `make test-postgres`, on PostgreSQL."""

import threading

import pytest
from django.db import connection

from search.index.engines.writer_lock import one_writer

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_second_writer_waits_for_the_first_one(settings, tmp_path):
    settings.INDEX_DIR = tmp_path / "index"
    order: list[str] = []
    begun = threading.Event()

    def second() -> None:
        try:
            begun.set()
            with one_writer():
                order.append("second")
        finally:
            connection.close()

    other = threading.Thread(target=second)
    with one_writer():
        other.start()
        begun.wait()
        # It is not let in while anything is asked of the database here.
        for _ in range(100):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        order.append("first")
    other.join()
    assert order == ["first", "second"]


def test_a_writer_that_fails_lets_the_next_one_in():
    with pytest.raises(RuntimeError), one_writer():
        raise RuntimeError
    with one_writer():
        pass
