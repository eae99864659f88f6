"""Settings decide before anything starts, so each case starts a process of its own, as an operator does."""

import subprocess
import sys

import pytest

from tests.launched import inherited

pytestmark = pytest.mark.slow


SAFE = {
    "ARCHIVE_ENV": "production",
    "ARCHIVE_SECRET_KEY": "a-key-for-this-test-alone-0123456789-0123456789-0123456789",
    "ARCHIVE_ALLOWED_HOSTS": "minutes.example.org",
}


def run_in(directory, environment, *command):
    return subprocess.run(
        [sys.executable, *command],
        env=inherited() | {"ARCHIVE_VAR_DIR": str(directory)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def check(directory, environment):
    return run_in(directory, environment, "manage.py", "check", "--deploy", "--fail-level", "WARNING")


def test_safe_production_settings_pass_the_deployment_check(tmp_path):
    result = check(tmp_path, SAFE)

    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout + result.stderr


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"ARCHIVE_SECRET_KEY": ""}, "ARCHIVE_SECRET_KEY is not set: set it to a secret of your own"),
        ({"ARCHIVE_SECRET_KEY": "short"}, "ARCHIVE_SECRET_KEY is too easy to guess (5 characters)"),
        ({"ARCHIVE_SECRET_KEY": "ab" * 40}, "ARCHIVE_SECRET_KEY is too easy to guess (80 characters)"),
        ({"ARCHIVE_DEBUG": "true"}, "unset ARCHIVE_DEBUG"),
        ({"ARCHIVE_ALLOWED_HOSTS": ""}, "ARCHIVE_ALLOWED_HOSTS is not set"),
        ({"ARCHIVE_ALLOWED_HOSTS": "minutes.example.org,*"}, "ARCHIVE_ALLOWED_HOSTS is *"),
        ({"ARCHIVE_BEHIND_PROXY": "maybe"}, "ARCHIVE_BEHIND_PROXY is maybe: set it to true or false, such as true."),
        ({"ARCHIVE_EXTRACT_FILE_MB": "abc"}, "ARCHIVE_EXTRACT_FILE_MB is abc: set it to a whole number from 1 to 1000"),
        ({"ARCHIVE_EXTRACT_SECONDS": "0"}, "ARCHIVE_EXTRACT_SECONDS is 0: set it to a whole number from 1"),
        ({"ARCHIVE_EMAIL_URL": "nonsense"}, "ARCHIVE_EMAIL_URL has a value that cannot be read: set it to the address"),
        ({"ARCHIVE_EMAIL_URL": "smtp://"}, "such as smtp+tls://user:password@mail.example.org:587."),
        ({"ARCHIVE_SEARCH_URL": "http://search:9200"}, "ARCHIVE_SEARCH_URL has a value that cannot be read: set it to"),
        ({"ARCHIVE_SEARCH_URL": "opensearch://search:ninety"}, "the address of an OpenSearch server, such as opensea"),
        ({"ARCHIVE_SEARCH_URL": "opensearch://search/UPPER"}, "ARCHIVE_SEARCH_URL has a value that cannot be read"),
        ({"ARCHIVE_SEARCH_URL": "opensearchs://search?tls=no"}, "ARCHIVE_SEARCH_URL has a value that cannot be read"),
        ({"ARCHIVE_PATH_PREFIX": "minutes/"}, "ARCHIVE_PATH_PREFIX is minutes/: set it to empty, or a path"),
        ({"ARCHIVE_PATH_PREFIX": "/a/../b"}, "ARCHIVE_PATH_PREFIX is /a/../b"),
        ({"ARCHIVE_SITE_URL": "minutes.example.org"}, "such as https://minutes.example.org."),
        ({"ARCHIVE_ALLOWED_HOSTS": "https://minutes.example.org"}, "host names divided by commas"),
        ({"ARCHIVE_SECOND_FACTOR": "yes"}, "ARCHIVE_SECOND_FACTOR is yes: set it to optional or required"),
        ({"ARCHIVE_ENV": "prod"}, "ARCHIVE_ENV is prod: set it to local or production, such as production."),
    ],
)
def test_an_unsafe_setting_stops_the_start_with_one_sentence(tmp_path, environment, sentence):
    result = check(tmp_path, SAFE | environment)

    assert result.returncode == 1
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_every_missing_setting_is_named_at_once(tmp_path):
    result = check(tmp_path, {"ARCHIVE_ENV": "production"})

    assert [line.split()[0] for line in result.stderr.splitlines()] == ["ARCHIVE_SECRET_KEY", "ARCHIVE_ALLOWED_HOSTS"]


def test_the_web_server_refuses_unsafe_settings_with_the_same_sentence(tmp_path):
    result = run_in(
        tmp_path,
        SAFE | {"ARCHIVE_SECRET_KEY": ""},
        *("-m", "gunicorn", "--config", "config/gunicorn.py", "--bind", "127.0.0.1:0", "config.wsgi"),
    )

    assert result.returncode == 1
    assert "ARCHIVE_SECRET_KEY is not set" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_first_look_makes_a_private_key_and_keeps_it(tmp_path):
    show_key = (
        "manage.py",
        "shell",
        "--no-imports",
        "-c",
        "from django.conf import settings; print(settings.SECRET_KEY)",
    )
    first = run_in(tmp_path, {}, *show_key)
    second = run_in(tmp_path, {}, *show_key)

    kept = tmp_path / "secret_key"
    assert len(kept.read_text()) >= 50
    assert kept.stat().st_mode & 0o777 == 0o600
    assert first.stdout == second.stdout == kept.read_text() + "\n"
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_two_archives_have_different_keys(tmp_path):
    for name in ("one", "other"):
        assert run_in(tmp_path / name, {}, "manage.py", "check").returncode == 0

    assert (tmp_path / "one" / "secret_key").read_text() != (tmp_path / "other" / "secret_key").read_text()


def test_a_data_directory_that_cannot_be_made_is_named_with_its_setting(tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    result = check(in_the_way / "var", SAFE)

    assert result.returncode == 1
    assert str(in_the_way / "var") in result.stderr
    assert "set ARCHIVE_VAR_DIR" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("environment", "header", "status"),
    [
        ({}, "https", 301),
        ({"ARCHIVE_BEHIND_PROXY": "true"}, "https", 404),
        ({"ARCHIVE_BEHIND_PROXY": "true"}, "http", 301),
    ],
)
def test_a_proxy_is_believed_only_when_asked_for(tmp_path, environment, header, status):
    ask = (
        "from django.test import Client; "
        "response = Client().get('/no/such/page/', headers={'host': 'minutes.example.org', "
        f"'x-forwarded-proto': '{header}'}}); print(response.status_code)"
    )
    prepared = run_in(tmp_path, SAFE, "manage.py", "collectstatic", "--no-input")
    result = run_in(tmp_path, SAFE | environment, "manage.py", "shell", "--no-imports", "-c", ask)

    assert prepared.returncode == 0, prepared.stderr
    assert result.stdout == f"{status}\n", result.stderr


def test_production_tells_browsers_to_come_back_encrypted(tmp_path):
    ask = (
        "from django.test import Client; response = Client().get('/health/', secure=True, "
        "headers={'host': 'minutes.example.org'}); print(response['Strict-Transport-Security'])"
    )
    result = run_in(tmp_path, SAFE, "manage.py", "shell", "--no-imports", "-c", ask)

    assert result.stdout == "max-age=2592000; includeSubDomains\n", result.stderr
