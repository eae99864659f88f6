"""Test sign-in: lockout, no disclosure of user names, short sessions."""

import datetime
import re

import pytest
from axes.models import AccessAttempt
from django.conf import settings as archive_settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from minutes.models import AuditAction, AuditEntry
from tests.desk.staff import PASSWORD, somebody
from tests.pages.factory import keep_meeting

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]

LOGIN = "/admin/login/"


@pytest.fixture
def editor():
    return somebody("闵若水", "编辑")


def sign_in(client, name="闵若水", password=PASSWORD, **options):
    return client.post(LOGIN, {"username": name, "password": password, "next": "/admin/"}, **options)


def guess(times, name="闵若水", **options):
    """Enter wrong passwords from new browsers; return the last response."""
    return [sign_in(Client(), name, f"wrong-password-{number}", **options) for number in range(times)][-1]


def test_five_wrong_passwords_lock_and_are_noted(client, editor):
    assert guess(4).status_code == 200

    page = guess(1)

    assert page.status_code == 429
    assert page["Retry-After"] == "900"
    assert "no-store" in page["Cache-Control"]
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert "请过 15 分钟再" in page.content.decode()
    assert sign_in(client).status_code == 429
    assert sorted(AuditEntry.objects.values_list("action", flat=True)) == [
        AuditAction.LOCKED_OUT,
        *[AuditAction.LOGIN_FAILED] * 5,
    ]
    assert set(AuditEntry.objects.values_list("by_name", "detail")) == {("闵若水", "来自 127.0.0.1")}


def test_whoever_is_locked_out_cannot_fill_the_audit_log(editor):
    guess(5)
    noted = AuditEntry.objects.count()

    assert guess(20).status_code == 429
    assert AuditEntry.objects.count() == noted


def test_the_lock_ends_by_itself_even_when_somebody_goes_on_guessing(client, editor):
    guess(5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=14))
    assert guess(3).status_code == 429

    AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=16))

    assert sign_in(client).status_code == 302


def test_a_lock_hits_neither_the_colleague_beside_nor_the_victim_elsewhere(editor):
    somebody("卓韬", "发布员")
    guess(6)

    assert sign_in(Client(), "卓韬").status_code == 302
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302


def test_one_address_that_tries_many_names_is_locked_out_for_all_of_them(editor):
    for number in range(50):
        page = guess(1, name=f"name-{number}")

    assert page.status_code == 429
    assert sign_in(Client()).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302


def test_a_right_password_forgives_the_wrong_ones_before(client, editor):
    guess(4)
    sign_in(client)

    assert guess(4).status_code == 200


def test_a_forged_address_does_not_help(editor):
    for number in range(5):
        page = guess(1, headers={"x-forwarded-for": f"198.51.100.{number}", "x-real-ip": f"198.51.100.{number}"})

    assert page.status_code == 429


def test_behind_a_proxy_only_the_address_that_the_proxy_adds_counts(editor, settings):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": 1}

    for number in range(5):
        page = guess(1, headers={"x-forwarded-for": f"198.51.100.{number}, 203.0.113.9"})

    assert page.status_code == 429
    assert sign_in(Client(), headers={"x-forwarded-for": "203.0.113.9, 203.0.113.10"}).status_code == 302


@pytest.mark.parametrize("address", ["", "unknown", "203.0.113.9:1234", "::::"])
def test_an_address_that_is_none_locks_the_name(editor, address):
    assert guess(5, REMOTE_ADDR=address).status_code == 429


def without_what_differs(page):
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.content.decode())
    return re.sub(r"nobody-of-this-name|闵若水|离开者|读者", "", html)


def test_nobody_learns_which_names_exist(editor):
    somebody("离开者", "编辑", is_active=False)
    somebody("读者")
    unknown = guess(1, name="nobody-of-this-name")

    for name, password in [("闵若水", "wrong"), ("离开者", PASSWORD), ("离开者", "wrong"), ("读者", PASSWORD)]:
        page = sign_in(Client(), name, password)
        assert page.status_code == unknown.status_code == 200
        assert without_what_differs(page) == without_what_differs(unknown)


def test_an_unknown_name_is_locked_like_a_known_one(editor):
    known, unknown = guess(5), guess(5, name="nobody-of-this-name")

    assert (known.status_code, without_what_differs(known)) == (unknown.status_code, without_what_differs(unknown))


def test_coming_and_going_are_noted(client, editor):
    sign_in(client)
    client.post("/admin/logout/")

    assert list(AuditEntry.objects.order_by("id").values_list("action", "by__username", "detail")) == [
        ("logged_in", "闵若水", "来自 127.0.0.1"),
        ("logged_out", "闵若水", "来自 127.0.0.1"),
    ]


def test_the_session_belongs_to_the_admin_alone_and_ends_with_the_browser(client, editor):
    client.get(LOGIN)
    sign_in(client)

    cookie = client.cookies[archive_settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/admin/"
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    left = Session.objects.get().expire_date - timezone.now()
    assert datetime.timedelta(hours=11) < left <= datetime.timedelta(hours=12)


def test_a_session_that_was_slipped_to_somebody_is_not_the_one_after_signing_in(client, editor):
    client.session.save()
    slipped = client.session.session_key
    client.cookies[archive_settings.SESSION_COOKIE_NAME] = slipped

    sign_in(client)

    assert client.cookies[archive_settings.SESSION_COOKIE_NAME].value != slipped
    assert not Session.objects.filter(session_key=slipped).exists()


@pytest.mark.parametrize("path", [LOGIN, "/admin/", "/admin/password_change/", "/admin/no/such/page/"])
def test_no_page_of_the_admin_is_kept_by_a_browser(client, editor, path):
    assert "no-store" in client.get(path)["Cache-Control"]
    client.force_login(editor)
    assert "no-store" in client.get(path)["Cache-Control"]


def test_public_pages_know_nothing_of_sessions(client, editor, django_assert_max_num_queries):
    meeting = keep_meeting()
    before = client.get(meeting.get_absolute_url())
    client.force_login(editor)

    for path in ("/", "/meetings/", meeting.get_absolute_url(), "/help/"):
        page = client.get(path)
        assert "Cookie" not in page.get("Vary", "")
        assert not page.cookies
    assert client.get(meeting.get_absolute_url()).content == before.content


def test_a_weak_password_is_refused(client):
    client.force_login(User.objects.create_superuser("掌印"))

    page = client.post("/admin/auth/user/add/", {"username": "新来者", "password1": "short", "password2": "short"})

    assert "密码太短：至少要 12 个字符。" in page.content.decode()
    assert not User.objects.filter(username="新来者").exists()
