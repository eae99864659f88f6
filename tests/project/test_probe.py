import pytest

from config import health
from config.probe import first_allowed_host, is_healthy
from tests.project.test_responses import BrokenConnection

pytestmark = pytest.mark.slow


def test_an_archive_that_is_well_is_healthy(live_server):
    assert is_healthy(live_server.thread.port)


def test_an_archive_without_its_database_is_not(live_server, monkeypatch):
    monkeypatch.setattr(health, "connection", BrokenConnection())

    assert not is_healthy(live_server.thread.port)


def test_the_archive_is_asked_under_a_name_it_answers_to(live_server, settings, monkeypatch):
    settings.ALLOWED_HOSTS = [".example.org"]
    monkeypatch.setenv("ARCHIVE_ALLOWED_HOSTS", ".example.org, minutes.example.net")

    assert not is_healthy(live_server.thread.port)
    assert is_healthy(live_server.thread.port, name=first_allowed_host())


@pytest.mark.parametrize("value", ["", None])
def test_without_names_of_its_own_it_is_asked_under_its_address(monkeypatch, value):
    monkeypatch.delenv("ARCHIVE_ALLOWED_HOSTS", raising=False)
    if value is not None:
        monkeypatch.setenv("ARCHIVE_ALLOWED_HOSTS", value)

    assert first_allowed_host() == "127.0.0.1"
