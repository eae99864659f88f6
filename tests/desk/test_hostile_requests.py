"""Test requests with forged headers: rejected or ignored, and limits apply."""

import subprocess
import sys

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from minutes.models import ErrorReport
from tests.desk.staff import PASSWORD, somebody
from tests.launched import inherited
from tests.pages.factory import keep_meeting

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def nobody_counted_yet():
    cache.clear()


@pytest.mark.parametrize("path", ["/", "/admin/login/", "/feeds/meetings/", "/api/v1/meetings/", "/no/such/page/"])
@pytest.mark.parametrize(
    "host", ["elsewhere.example", "testserver.elsewhere.example", "testserver:80@elsewhere.example"]
)
def test_a_wrong_host_is_refused(client, path, host):
    page = client.get(path, headers={"host": host})

    assert page.status_code == 400
    assert host not in page.content.decode()


@pytest.mark.parametrize("header", ["x-forwarded-host", "x-host", "forwarded", "x-original-url", "x-rewrite-url"])
def test_a_forged_host_is_not_believed(client, header):
    keep_meeting()

    for path in ("/", "/feeds/meetings/", "/sitemap.xml", "/api/v1/meetings/"):
        page = client.get(path, headers={header: "host=elsewhere.example"})
        assert page.status_code == 200
        assert "elsewhere.example" not in page.content.decode()


def test_a_forged_protocol_is_not_believed(client):
    page = client.get("/feeds/meetings/", headers={"x-forwarded-proto": "https", "x-forwarded-ssl": "on"})

    assert "http://testserver/feeds/meetings/" in page.content.decode()


def report(number, **headers):
    return Client().post("/report/", {"text": f"第{number}处有错。", "place": "/"}, headers=headers)


def test_the_limit_of_reports_holds_against_forged_addresses():
    statuses = [report(number, **{"x-forwarded-for": f"198.51.100.{number}"}).status_code for number in range(6)]

    assert statuses == [302] * 5 + [429]
    assert ErrorReport.objects.count() == 5


def test_the_limit_of_the_interface_for_programs_holds_against_forged_addresses(client):
    statuses = {
        client.get("/api/v1/bodies/", headers={"x-forwarded-for": f"198.51.{number % 7}.{number}"}).status_code
        for number in range(121)
    }

    assert statuses == {200, 429}


def test_in_production_nobody_talks_himself_past_https(tmp_path):
    ask = (
        "from django.test import Client; print(Client().get('/admin/login/', headers={"
        "'host': 'minutes.example.org', 'x-forwarded-proto': 'https', 'forwarded': 'proto=https'})['Location'])"
    )
    environment = inherited() | {
        "ARCHIVE_ENV": "production",
        "ARCHIVE_SECRET_KEY": "a-key-for-this-test-alone-0123456789-0123456789-0123456789",
        "ARCHIVE_ALLOWED_HOSTS": "minutes.example.org",
        "ARCHIVE_VAR_DIR": str(tmp_path),
    }
    said = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", ask],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout == "https://minutes.example.org/admin/login/\n"


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example/", "javascript:alert(1)"]
)
def test_signing_in_leads_to_no_other_site(client, address):
    somebody("闵若水", "编辑")

    page = client.post("/admin/login/", {"username": "闵若水", "password": PASSWORD, "next": address})

    assert (page.status_code, page["Location"]) == (302, "/admin/")


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://testserver.elsewhere.example"])
def test_a_form_from_another_site_is_refused_even_with_a_token(origin):
    client = Client(enforce_csrf_checks=True)
    client.get("/admin/login/")
    fields = {"username": "闵若水", "password": PASSWORD, "csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    somebody("闵若水", "编辑")

    assert client.post("/admin/login/", fields, headers={"origin": origin}).status_code == 403
    assert client.post("/admin/login/", fields, headers={"origin": "http://testserver"}).status_code == 302


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "PATCH", "FROBNICATE"])
def test_other_methods_change_nothing(method):
    client = Client()
    client.force_login(somebody("闵若水", "管理员"))
    meeting = keep_meeting()

    for path in ("/", meeting.get_absolute_url(), "/admin/uploads/", f"/admin/minutes/meeting/{meeting.pk}/change/"):
        assert client.generic(method, path).status_code in (200, 403, 405), path
    meeting.refresh_from_db()
    assert meeting.revision == 0


@pytest.mark.parametrize(
    "path",
    [
        "/admin/minutes/meeting/?date__year=never",
        "/admin/minutes/meeting/?no_such_field=1",
        "/admin/minutes/meeting/?body__meetings__source__content__startswith=a",
        "/admin/minutes/meeting/table/?no_such_field=1",
        "/admin/minutes/meeting/?id__in=9223372036854775808",
        "/admin/minutes/meeting/table/?id__in=9223372036854775808",
        "/admin/minutes/person/?id__in=1,-9223372036854775809",
        "/admin/minutes/organization/?body__id__in=9223372036854775808",
        "/admin/minutes/meeting/?number__in=9223372036854775808",
        "/admin/desk/upload/?id__range=1,9223372036854775808",
        "/admin/minutes/meeting/%00/change/",
        "/admin/minutes/body/name/history/",
        "/admin/minutes/body/1/history/latest/",
        "/admin/minutes/auditentry/?by__password__startswith=a",
        "/admin/auth/user/?password__startswith=a",
        "/admin/uploads/99999999999999999999/",
    ],
)
def test_senseless_questions_of_staff_are_refused_in_order(client, path):
    client.force_login(somebody("闵若水", "管理员"))

    # PostgreSQL compares with numbers of any size.
    is_answered = connection.vendor == "postgresql" and "922337203685477580" in path
    assert client.get(path).status_code in ((200, 302) if is_answered else (302, 400, 404))
    assert client.get("/admin/minutes/meeting/?id__in=1,2").status_code == 200


@pytest.mark.parametrize("path", ["source/", "original/", "items/1/"])
def test_a_number_that_no_record_can_have_is_not_found(client, path):
    keep_meeting()

    assert client.get(f"/meetings/{10**30}/{path}").status_code == 404


def test_a_refusal_says_in_chinese_what_to_do(client):
    client.force_login(somebody("闵若水", "上传员"))

    denied = client.get("/admin/auth/user/")
    without_token = Client(enforce_csrf_checks=True).post("/report/", {"text": "有错。"})

    assert (denied.status_code, without_token.status_code) == (403, 403)
    assert "请管理员给您相应的角色" in denied.content.decode()
    assert "刷新之后再提交一次" in without_token.content.decode()
