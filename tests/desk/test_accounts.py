"""Users: an administrator makes them in the browser, gives them roles, helps them in again; each step is noted."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from minutes.models import AuditEntry
from tests.desk.addresses import ADMINISTRATOR, EDITOR, PUBLISHER, UPLOADER
from tests.desk.staff import somebody


@pytest.fixture
def ruler(db, client):
    """Return a client signed in as an administrator without superuser rights."""
    client.force_login(somebody("卓韬", ADMINISTRATOR))
    return client


PASSWORDS = {"password1": "西岭的山-2019-东浦的水", "password2": "西岭的山-2019-东浦的水"}


def group_ids(*roles):
    return [Group.objects.get(name=role).pk for role in roles]


def test_an_administrator_makes_a_user_in_the_browser_who_can_begin_at_once(ruler):
    page = ruler.post(
        "/admin/auth/user/add/",
        {"username": "闵若水", "first_name": "若水", "groups": group_ids(EDITOR), **PASSWORDS},
    )

    assert page.status_code == 302, page.context["errors"]
    newcomer = Client()
    signed_in = newcomer.post("/admin/login/", {"username": "闵若水", "password": PASSWORDS["password1"]})
    assert signed_in.status_code == 302
    assert newcomer.get("/admin/").status_code == 200
    assert newcomer.get("/admin/uploads/").status_code == 200
    noted = AuditEntry.objects.get(action="rights_changed")
    assert (noted.by_name, noted.about, noted.detail) == ("卓韬", "闵若水", "新建用户；角色：编辑")


def change(client, user, **fields):
    return client.post(f"/admin/auth/user/{user.pk}/change/", {"username": user.username, **fields})


def test_a_changed_role_is_noted(ruler):
    user = somebody("闵若水", UPLOADER)

    change(ruler, user, is_active="on", groups=group_ids(EDITOR, PUBLISHER))

    noted = AuditEntry.objects.get(action="rights_changed").detail
    assert noted == "更改：角色；角色：编辑、发布员"


def test_whoever_leaves_is_shut_out_and_not_forgotten(ruler):
    user = somebody("闵若水", EDITOR)
    at_work = Client()
    at_work.force_login(user)

    change(ruler, user, groups=group_ids(EDITOR))

    assert at_work.get("/admin/").status_code == 302
    assert AuditEntry.objects.get(action="rights_changed").detail.endswith("；已停用")
    assert ruler.post(f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"}).status_code == 403


def test_nobody_makes_a_superuser_in_the_browser(ruler):
    user = somebody("闵若水", EDITOR)

    change(ruler, user, is_active="on", groups=group_ids(EDITOR), is_superuser="on", user_permissions=["1"])

    user.refresh_from_db()
    assert not user.is_superuser
    assert not user.user_permissions.exists()


def test_an_administrator_does_not_take_over_a_superuser(ruler):
    superuser = User.objects.create_superuser("掌印", password="旧的口令-云川-2019")

    assert change(ruler, superuser, is_active="on", username="夺印").status_code == 403
    assert ruler.post(f"/admin/auth/user/{superuser.pk}/password/", PASSWORDS).status_code == 403
    superuser.refresh_from_db()
    assert superuser.check_password("旧的口令-云川-2019")


def test_an_administrator_unlocks_whoever_mistyped(ruler):
    user = somebody("闵若水", EDITOR)
    wrong = {"username": "闵若水", "password": "wrong-password"}
    assert [Client().post("/admin/login/", wrong).status_code for _ in range(5)][-1] == 429

    ruler.post("/admin/auth/user/", {"action": "unlock", "_selected_action": [user.pk]})

    assert Client().post("/admin/login/", wrong).status_code == 200
    assert AuditEntry.objects.filter(by_name="卓韬", about="闵若水", detail__startswith="解除登录锁定").exists()


@pytest.mark.parametrize("role", [UPLOADER, EDITOR, PUBLISHER])
def test_no_other_role_gives_roles(db, client, role):
    user = somebody("闵若水", role)
    client.force_login(user)

    assert change(client, user, is_active="on", groups=group_ids(ADMINISTRATOR)).status_code == 403
    assert list(user.groups.values_list("name", flat=True)) == [role]


def test_the_list_of_users_costs_no_more_for_more_users(ruler, django_assert_max_num_queries):
    for number in range(40):
        somebody(f"工作人员{number}", EDITOR)

    with django_assert_max_num_queries(14):
        html = ruler.get("/admin/auth/user/").content.decode()

    assert "角色" in html
    assert "第二因素" in html


def test_an_administrator_gives_another_password_and_the_old_one_is_void(ruler):
    user = somebody("闵若水", EDITOR)
    address = f"/admin/auth/user/{user.pk}/password/"

    form = ruler.get(address).content.decode()
    ruler.post(address, PASSWORDS)

    assert "Password-based" not in form
    user.refresh_from_db()
    assert user.check_password(PASSWORDS["password1"])
    assert AuditEntry.objects.filter(action="rights_changed", by_name="卓韬", about="闵若水").exists()


@pytest.mark.parametrize("path", ["add/", "1/change/", "1/password/"])
def test_every_page_of_users_speaks_chinese(ruler, path):
    path = path.replace("1", str(somebody("闵若水", EDITOR).pk))

    page = re.sub(
        r"<script.*?</script>|<style.*?</style>|<[^>]*>",
        " ",
        ruler.get(f"/admin/auth/user/{path}").content.decode(),
        flags=re.S,
    )

    assert re.findall(r"[A-Za-z]{2,}(?:[\s,’]+[A-Za-z]+){2,}", page) == []
