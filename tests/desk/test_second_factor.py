"""Test the second factor: setup, sign-in, recovery codes, no bypass."""

import re
import time
from base64 import b32decode
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk.accounts import second_factor
from minutes.models import AuditEntry
from tests.desk.staff import somebody

pytestmark = pytest.mark.django_db

SECOND_FACTOR = "/admin/second-factor/"
CODE = f"{SECOND_FACTOR}code/"


@pytest.fixture
def editor():
    return somebody("闵若水", "编辑")


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def code_of(key, steps=0):
    """Return the code of a key now, or some steps of 30 seconds later."""
    app = TOTP(key)
    app.time = time.time() + 30 * steps
    return f"{app.token():06d}"


def wrong_code(key):
    right = {code_of(key, steps) for steps in range(-3, 4)}
    return next(code for code in map("{:06d}".format, range(8)) if code not in right)


def set_up(client):
    """Return the key and the recovery codes shown by the pages."""
    html = client.get(SECOND_FACTOR).content.decode()
    key = b32decode(re.search(r'class="second-factor-key">([A-Z2-7 ]+)<', html)[1].replace(" ", ""))
    html = client.post(SECOND_FACTOR, {"code": code_of(key)}).content.decode()
    return key, re.findall(r"<li><code>([a-z2-7]{8})</code></li>", html)


def test_without_it_nobody_is_asked(editor):
    assert signed_in(editor).get("/admin/").status_code == 200


def test_it_is_set_up_with_the_key_and_the_first_code(editor):
    client = signed_in(editor)

    key, codes = set_up(client)

    assert len(key) == 20
    assert len(set(codes)) == 10
    assert client.get("/admin/").status_code == 200
    assert "还剩 10 个恢复码" in client.get(SECOND_FACTOR).content.decode()
    assert AuditEntry.objects.filter(action="rights_changed", by=editor, detail="启用第二因素").exists()


def test_a_wrong_first_code_sets_nothing_up(editor):
    client = signed_in(editor)
    client.get(SECOND_FACTOR)

    page = client.post(SECOND_FACTOR, {"code": wrong_code(TOTPDevice.objects.get().bin_key)})

    assert page.status_code == 400
    assert "验证码不对" in page.content.decode()
    assert not second_factor.is_set_up(editor)


def test_the_picture_says_the_key_until_it_is_in_use(editor):
    client = signed_in(editor)
    client.get(SECOND_FACTOR)

    picture = client.get(f"{SECOND_FACTOR}picture.svg")

    assert picture["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture["Cache-Control"]
    assert ElementTree.fromstring(picture.content).tag == "{http://www.w3.org/2000/svg}svg"
    assert b"style" not in picture.content
    set_up(client)
    assert client.get(f"{SECOND_FACTOR}picture.svg").status_code == 404


@pytest.mark.parametrize("path", ["/admin/", "/admin/minutes/meeting/?q=1", "/admin/password_change/", SECOND_FACTOR])
def test_the_password_alone_opens_nothing(editor, path):
    set_up(signed_in(editor))

    page = signed_in(editor).get(path)

    assert page.status_code == 302
    assert page["Location"].startswith(f"{CODE}?next=%2Fadmin%2F")


def test_the_password_alone_changes_nothing(editor):
    _, codes = set_up(signed_in(editor))
    thief = signed_in(editor)

    for path in ("recovery-codes/", "give-up/"):
        assert thief.post(SECOND_FACTOR + path, {"code": codes[0]})["Location"].startswith(CODE)
    assert second_factor.is_set_up(editor)
    assert second_factor.recovery_codes_left(editor) == 10


def test_a_code_of_the_app_opens_the_page_that_was_asked_for(editor):
    key, _ = set_up(signed_in(editor))
    client = signed_in(editor)
    before = client.session.session_key

    with_a_space = f"{code_of(key, 1)[:3]} {code_of(key, 1)[3:]}"
    page = client.post(f"{CODE}?next=/admin/minutes/meeting/%3Fq=1", {"code": with_a_space})

    assert (page.status_code, page["Location"]) == (302, "/admin/minutes/meeting/?q=1")
    assert client.get("/admin/").status_code == 200
    assert client.session.session_key != before
    assert AuditEntry.objects.filter(action="logged_in", by=editor, detail="第二因素：验证器").exists()


def test_a_code_that_was_used_is_refused(editor):
    key, _ = set_up(signed_in(editor))
    app = TOTP(key)
    # The code may have changed since, with the half minute.
    app.time = TOTPDevice.objects.get(user=editor).last_t * app.step

    page = signed_in(editor).post(CODE, {"code": f"{app.token():06d}"})

    assert page.status_code == 400


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_the_code_leads_to_no_other_site(editor, address):
    _, codes = set_up(signed_in(editor))

    assert signed_in(editor).post(f"{CODE}?next={address}", {"code": codes[0]})["Location"] == "/admin/"


def test_a_recovery_code_opens_once(editor):
    _, codes = set_up(signed_in(editor))

    assert signed_in(editor).post(CODE, {"code": codes[0].upper()}).status_code == 302
    page = signed_in(editor).post(CODE, {"code": codes[0]})
    assert page.status_code == 400
    assert AuditEntry.objects.filter(action="login_failed", by=editor, detail="第二因素").count() == 1


def test_after_wrong_codes_a_right_one_has_to_wait(editor):
    key, _ = set_up(signed_in(editor))
    client = signed_in(editor)
    for _ in range(4):
        client.post(CODE, {"code": wrong_code(key)})

    assert client.post(CODE, {"code": code_of(key, 1)}).status_code == 400
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert client.post(CODE, {"code": code_of(key, 1)}).status_code == 302


def test_new_recovery_codes_void_the_old_ones(editor):
    client = signed_in(editor)
    _, old = set_up(client)

    html = client.post(f"{SECOND_FACTOR}recovery-codes/").content.decode()

    new = re.findall(r"<code>([a-z2-7]{8})</code>", html)
    assert len(set(new) - set(old)) == 10
    assert signed_in(editor).post(CODE, {"code": old[0]}).status_code == 400


def test_it_is_given_up_with_a_code_and_not_without(editor):
    client = signed_in(editor)
    _, codes = set_up(client)

    client.post(f"{SECOND_FACTOR}give-up/", {"code": "zzzzzzzz"})
    assert second_factor.is_set_up(editor)
    # One wrong code costs a second; here it is over.
    second_factor.StaticDevice.objects.update(throttling_failure_count=0)
    client.post(f"{SECOND_FACTOR}give-up/", {"code": codes[0]})
    assert not second_factor.is_set_up(editor)
    assert signed_in(editor).get("/admin/").status_code == 200


def test_where_it_is_required_nothing_else_opens_before(editor, settings):
    settings.SECOND_FACTOR = "required"
    client = signed_in(editor)

    page = client.get("/admin/minutes/meeting/")
    assert (page.status_code, page["Location"]) == (302, f"{SECOND_FACTOR}?next=%2Fadmin%2Fminutes%2Fmeeting%2F")
    assert client.get(f"{SECOND_FACTOR}picture.svg").status_code == 200
    set_up(client)
    assert client.get("/admin/minutes/meeting/").status_code == 200


def test_whoever_cannot_go_on_can_leave(editor, settings):
    settings.SECOND_FACTOR = "required"
    client = signed_in(editor)

    client.post("/admin/logout/")

    assert client.get("/admin/")["Location"].startswith("/admin/login/")


def choose(client, action, user):
    return client.post("/admin/auth/user/", {"action": action, "_selected_action": [user.pk]}, follow=True)


def test_an_administrator_resets_it_for_whoever_lost_everything(editor):
    set_up(signed_in(editor))
    administrator = somebody("卓韬", "管理员")

    choose(signed_in(administrator), "take_second_factor_away", editor)

    assert signed_in(editor).get("/admin/").status_code == 200
    noted = AuditEntry.objects.get(action="rights_changed", by=administrator)
    assert (noted.about, noted.detail) == ("闵若水", "重置第二因素；角色：编辑")


def test_an_administrator_does_not_reset_it_for_a_superuser():
    superuser = User.objects.create_superuser("掌印")
    set_up(signed_in(superuser))

    page = choose(signed_in(somebody("卓韬", "管理员")), "take_second_factor_away", superuser)

    assert "跳过 1 位" in page.content.decode()
    assert second_factor.is_set_up(superuser)
