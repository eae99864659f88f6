"""The shipped configurations of nginx and Caddy, in front of the archive as gunicorn serves it."""

import contextlib
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from tests.desk.served import Site, free_port, kill
from tests.minutes_text import minutes_text

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
NAME = "minutes.example.org"
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


def nginx_command(folder: Path, upstream: int, port: int) -> list[str]:
    config = (ROOT / "deploy/nginx.conf").read_text()
    config = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", config, flags=re.DOTALL)
    config = re.sub(r"    ssl_\w+ .*\n", "", config).replace("listen 443 ssl http2", f"listen 127.0.0.1:{port}")
    config = config.replace("listen 443 ssl", f"listen 127.0.0.1:{port}").replace(
        "127.0.0.1:8000", f"127.0.0.1:{upstream}"
    )
    config = config.replace("/var/cache/nginx/minutes", str(folder / "cache"))
    paths = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # Without it, workers of a root's nginx are somebody else, who may not write into the test's folder.
    user = "user root; " if os.geteuid() == 0 else ""
    main = f"{user}daemon off; pid {folder}/pid; error_log stderr; events {{}} http {{ {paths} {config} }}"
    (folder / "nginx.conf").write_text(main)
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy_command(folder: Path, upstream: int, port: int) -> list[str]:
    config = (ROOT / "deploy/Caddyfile").read_text()
    config = config.replace("{\n\tservers", "{\n\tadmin off\n\tauto_https off\n\tservers", 1)
    config = config.replace(f"{NAME} {{", f"http://{NAME}:{port} {{").replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
    (folder / "Caddyfile").write_text(config)
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


COMMANDS = {"nginx": nginx_command, "caddy": caddy_command}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A served archive with two meetings, behind whatever proxy; tests withdraw the first."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "files").mkdir()
    (folder / "files" / "a.txt").write_text(minutes_text(), encoding="utf-8")
    (folder / "files" / "b.txt").write_text(minutes_text(number=13, day=12, doc_number="〔2021〕8号"), encoding="utf-8")
    site = Site(folder / "var")
    site.environment |= {"ARCHIVE_ALLOWED_HOSTS": f"{NAME},127.0.0.1", "ARCHIVE_BEHIND_PROXY": "true"}
    site.prepare()
    site.manage("ingest", str(folder / "files"), "--publish")
    site.session = site.manage("shell", "-v0", "-c", WITH_PASSWORD_ALONE).strip()
    site.start_web()
    site.wait_until_open()
    yield site
    site.close()


@pytest.fixture(params=COMMANDS)
def proxy(request, site, tmp_path):
    """The port of a proxy in front of the site."""
    if shutil.which(request.param) is None:
        missing = f"{request.param} is not installed: bin/install-servers"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    port = free_port()
    with (tmp_path / "log").open("wb") as log:
        command = COMMANDS[request.param](tmp_path, site.port, port)
        environment = os.environ | {"XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
    pause = threading.Event()
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            break
        pause.wait(0.05)
    else:
        kill(process)
        raise AssertionError((tmp_path / "log").read_text())
    yield port
    kill(process)


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
