"""The shipped configurations of nginx and Caddy, in front of the archive as gunicorn serves it."""

import contextlib
import http.client
import json
import re
import socket
import threading

import pytest

from tests.deploy.proxies import COMMANDS, NAME, prepare_site, run_proxy

pytestmark = pytest.mark.slow

STALLED = 50
WITH_PASSWORD_ALONE = """
from django.contrib.auth.models import User
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
user = User.objects.create_superuser("掌印")
TOTPDevice.objects.create(user=user, confirmed=True)
client = Client()
client.force_login(user)
print(client.cookies["sessionid"].value)
"""
WITHDRAW = """
from minutes.models import Meeting
from minutes.workflow import withdraw
withdraw(Meeting.objects.get(pk=1), "涉及个人信息", None)
"""


@pytest.fixture(scope="module")
def site(new_archive, tmp_path_factory):
    """Serve an archive with two meetings for any proxy; tests withdraw the first."""
    site = prepare_site(tmp_path_factory.mktemp("site"), new_archive)
    site.session = site.manage("shell", "-v0", "-c", WITH_PASSWORD_ALONE).strip()
    yield site
    site.close()


@pytest.fixture(params=COMMANDS)
def proxy(request, site, tmp_path):
    """Yield the port of a proxy in front of the site."""
    with run_proxy(request.param, tmp_path, site.port) as port:
        yield port


def get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with contextlib.closing(connection):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers={"Host": NAME, **named})
        answer = connection.getresponse()
        headers_sent = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, headers_sent, answer.read().decode("utf-8", "replace")


def test_the_archive_is_read_through_it_compressed(proxy):
    status, headers, _ = get(proxy, "/", Accept_Encoding="gzip")

    assert status == 200
    assert headers["content-encoding"] == "gzip"
    assert headers["x-request-id"]


def test_no_header_skips_the_second_factor(proxy, site):
    cookie = f"sessionid={site.session}"
    code = "/admin/second-factor/code/"
    for name in ("SCRIPT_NAME", "Script-Name", "X-Script-Name", "X-Forwarded-Prefix"):
        for path in ("/x/admin/auth/user/", "/admin/auth/user/", "//admin/auth/user/", "/meetings/../admin/auth/user/"):
            connection = http.client.HTTPConnection("127.0.0.1", proxy, timeout=30)
            with contextlib.closing(connection):
                connection.request("GET", path, headers={"Host": NAME, "Cookie": cookie, name: "/x"})
                answer = connection.getresponse()
                assert answer.status in (301, 302, 308, 400, 404), (name, path)
                if path == "/admin/auth/user/" and answer.status != 400:
                    assert code in answer.headers["Location"]
                assert (
                    answer.status not in (301, 302) or code in answer.headers["Location"] or path != "/admin/auth/user/"
                )


def test_what_a_client_says_of_itself_is_overwritten(proxy):
    _, _, feed = get(proxy, "/feeds/meetings/", X_Forwarded_Proto="https", X_Forwarded_Host="elsewhere.example")

    assert f"http://{NAME}" in feed
    assert "https://" + NAME not in feed
    assert "elsewhere.example" not in feed


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "text/markdown"},
        {"HX-Request": "true"},
        {"HX-Request": "true", "HX-Target": "results"},
        {"Range": "bytes=0-9"},
        {"X-Forwarded-Host": "elsewhere.example", "X-Forwarded-Proto": "https", "X-Forwarded-Port": "81"},
        {"X-Original-URL": "/admin/", "X-Rewrite-URL": "/admin/", "X-HTTP-Method-Override": "POST"},
        {"Cookie": "sessionid=forged; csrftoken=forged"},
        {"Accept-Encoding": "identity"},
        {"Accept-Language": "en"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_what_one_reader_asks_for_oddly_no_other_gets_from_a_cache(proxy, headers):
    path = f"/meetings/2/?n={len(str(headers))}"
    usual = shown(get(proxy, "/meetings/2/?n=0"))
    get(proxy, path, **{name.replace("-", "_"): value for name, value in headers.items()})

    assert shown(get(proxy, path)) == usual


def shown(answer):
    status, headers, page = answer
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    # The page contains its own address.
    return re.sub(r"n(=|%3D)\d+", "", page)


def test_large_bodies_end_at_the_proxy(proxy):
    connection = http.client.HTTPConnection("127.0.0.1", proxy, timeout=30)
    with contextlib.closing(connection):
        connection.putrequest("POST", "/report/", skip_host=True)
        connection.putheader("Host", NAME)
        connection.putheader("Content-Length", "5000000")
        connection.endheaders(b"x" * 100)
        with contextlib.suppress(OSError):
            connection.send(b"x" * 4_999_900)
        # Caddy finds the limit while it reads, and says that the request could not be passed on.
        assert connection.getresponse().status in (413, 502)


def test_a_long_address_is_refused_in_chinese(proxy):
    status, headers, page = get(proxy, "/search/?q=" + "%E4%BA%91" * 1_000)

    assert status == 414
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert "网址太长" in page


@pytest.mark.parametrize(
    "begun",
    [
        f"POST /report/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 1000\r\nContent-Type: text/plain\r\n\r\nhalf",
        f"GET / HTTP/1.1\r\nHost: {NAME}\r\nX-Slow: ",
    ],
    ids=["stalled bodies", "slow heads"],
)
def test_others_read_on_while_requests_stall(proxy, begun):
    stalled = [socket.create_connection(("127.0.0.1", proxy)) for _ in range(STALLED)]
    try:
        for each in stalled:
            each.sendall(begun.encode())
        assert [get(proxy, path)[0] for path in ("/", "/meetings/", "/meetings/2/", "/health/") * 3] == [200] * 12
    finally:
        for each in stalled:
            each.close()


def test_readiness_is_for_the_machine_itself(proxy):
    status, _, body = get(proxy, "/ready/")

    assert status in (200, 503)
    assert set(json.loads(body)["checks"]) == {"database", "index", "worker", "disk"}


def test_a_withdrawn_page_is_gone_a_second_later(proxy, site):
    if not site.rows("SELECT 1 FROM minutes_meeting WHERE id = 1 AND status = 'published'"):
        site.manage("shell", "-v0", "-c", WITHDRAW.replace("withdraw", "restore").replace(', "涉及个人信息"', ""))
    assert [get(proxy, "/meetings/1/")[0] for _ in range(3)] == [200] * 3

    site.manage("shell", "-v0", "-c", WITHDRAW)
    threading.Event().wait(1.1)

    assert get(proxy, "/meetings/1/")[0] == 410
