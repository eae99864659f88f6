"""Test the access of every role to every URL."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from minutes.models import Meeting
from tests.desk.addresses import (
    ADDRESSES,
    DESK,
    EVERYBODY,
    PUBLIC,
    SENT_WITHOUT_TOKEN,
    STAFF,
    STRANGERS,
    SUPERUSER,
    UPLOADER,
    path_of,
)
from tests.desk.staff import ROLES, somebody

pytestmark = pytest.mark.slow


def test_every_address_is_told_of_and_no_other():
    assert {address.name for address in ADDRESSES} == {*PUBLIC, *DESK}


@pytest.fixture
def everybody(archive):
    """Return a client for every role, anonymous, without role, and superuser."""
    users = {
        "user without a role": somebody("读者"),
        **{role: somebody(f"{role}甲", role) for role in ROLES},
        SUPERUSER: User.objects.create_superuser("掌印"),
    }
    clients = {"nobody signed in": Client(REMOTE_ADDR="192.0.2.1")}
    for number, (who, user) in enumerate(users.items(), start=2):
        clients[who] = Client(REMOTE_ADDR=f"192.0.2.{number}")
        clients[who].force_login(user)
    return clients


def asked(clients, path):
    return {who: status_of(client.get(path)) for who, client in clients.items()}


def status_of(response):
    response.close()
    return response.status_code


def test_public_addresses_answer_everybody_alike(everybody, archive):
    expected, answered = {}, {}
    for address in ADDRESSES:
        if address.name in PUBLIC and address.name != "admin:login":
            expected[address.name] = dict.fromkeys(EVERYBODY, PUBLIC[address.name])
            answered[address.name] = asked(everybody, path_of(address))

    assert answered == expected


def test_the_login_leads_on_whoever_is_signed_in(everybody):
    assert asked(everybody, "/admin/login/") == {
        **dict.fromkeys(STRANGERS, 200),
        **dict.fromkeys(STAFF, 302),
    }


def test_addresses_of_the_desk_open_for_those_alone_who_may(everybody, archive):
    expected, answered = {}, {}
    for address in ADDRESSES:
        if address.name in DESK:
            allowed, status = DESK[address.name]
            expected[address.name] = {
                **dict.fromkeys(STRANGERS, 302),
                **{who: status if who in allowed else 403 for who in STAFF},
            }
            answered[address.name] = asked(everybody, path_of(address))

    assert answered == expected


def test_strangers_are_sent_to_the_login_and_nowhere_else(everybody, archive):
    for who in STRANGERS:
        for address in ADDRESSES:
            if address.name in DESK and address.name != "admin:logout":
                page = everybody[who].get(path_of(address))
                assert page["Location"].startswith("/admin/login/?next="), (who, address)


@pytest.mark.parametrize("who", [STRANGERS[0], SUPERUSER])
def test_no_browser_keeps_a_page_of_the_desk(everybody, who):
    kept = []
    for address in ADDRESSES:
        if address.name in DESK:
            page = everybody[who].get(path_of(address))
            page.close()
            kept += [] if "no-store" in page["Cache-Control"] else [address.name]

    assert kept == []


def test_every_form_is_refused_without_its_token(archive):
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("掌印"))

    taken = {}
    for address in ADDRESSES:
        status = status_of(client.post(path_of(address)))
        # 405: nothing can be sent there at all.
        if status not in (403, 405):
            taken[address.name] = status

    assert taken.keys() == SENT_WITHOUT_TOKEN.keys()


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_the_key_to_the_admin_and_its_loss_the_end(db, client, role):
    user = somebody("闵若水", role)
    client.force_login(user)
    assert client.get("/admin/").status_code == 200

    user.groups.clear()

    assert client.get("/admin/").status_code == 302


def test_a_role_given_from_the_side_of_the_group_opens_too(db, client):
    user = somebody("闵若水")
    somebody("卓韬", "编辑").groups.get().user_set.add(user)
    client.force_login(user)

    assert client.get("/admin/").status_code == 200


def test_everyone_in_a_role_reads_what_is_not_public(archive, client):
    Meeting.objects.update(status="draft")
    client.force_login(somebody("闵若水", UPLOADER))

    page = client.get(reverse("admin:minutes_meeting_change", args=[archive.pk]))

    assert "审议《云川市城镇老旧小区改造三年行动方案》" in page.content.decode()
