"""Test the archive below a path prefix, configured as in deploy/README.md."""

import contextlib
import http.client
import re
from html import unescape
from urllib.parse import quote, urlencode, urljoin, urlsplit

import pytest
from django_otp.oath import totp

from tests.deploy.proxies import COMMANDS, NAME, prepare_site, run_proxy

pytestmark = pytest.mark.slow

PREFIX = "/archive"
# The lines to add according to deploy/README.md.
ADDED = {
    "nginx": (
        "    location / {",
        f"location = {PREFIX} {{ return 301 {PREFIX}/; }} "
        f"location {PREFIX}/ {{ rewrite ^{PREFIX}(/.*)$ $1 last; }} location / {{",
    ),
    "caddy": ("\tencode gzip", f"\tredir {PREFIX} {PREFIX}/\n\turi strip_prefix {PREFIX}\n\tencode gzip"),
}
KEY = "3132333435363738393031323334353637383930"
PASSWORD = "云川的河水向西流-2019"
STAFF = f"""
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice
user = User.objects.create_superuser("掌印", password="{PASSWORD}")
TOTPDevice.objects.create(user=user, confirmed=True, key="{KEY}")
"""
# <a href="/archive/meetings/">, <form action="/archive/search/">, <script src="/archive/static/…">
LINK = re.compile(r'\s(?:href|src|action|hx-get)="([^"#][^"]*)"')
# url("../fonts/…")
IN_STYLE = re.compile(r'url\("?([^")]+)"?\)')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture(scope="module")
def site(new_archive, tmp_path_factory):
    settings = {"ARCHIVE_PATH_PREFIX": PREFIX, "ARCHIVE_SECOND_FACTOR": "required"}
    site = prepare_site(tmp_path_factory.mktemp("site"), new_archive, **settings)
    site.manage("shell", "-v0", "-c", STAFF)
    yield site
    site.close()


@pytest.fixture(params=COMMANDS)
def browser(request, site, tmp_path):
    with run_proxy(request.param, tmp_path, site.port, *ADDED[request.param]) as port:
        yield Browser(port)


class Browser:
    """A client behind the proxy, with cookies limited to their paths."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}

    def ask(self, path, fields=None):
        sent = "; ".join(f"{name}={value}" for name, (value, below) in self.cookies.items() if path.startswith(below))
        headers = {"Host": NAME, "Cookie": sent} | (
            {"Content-Type": "application/x-www-form-urlencoded"} if fields is not None else {}
        )
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            method = "GET" if fields is None else "POST"
            connection.request(method, quote(path, safe="/?=&%+:,;@"), urlencode(fields or {}) or None, headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", ()):
                name, value = cookie.partition(";")[0].split("=", 1)
                self.cookies[name] = (value, re.search(r"Path=([^;]+)", cookie)[1])
            return answer.status, answer.headers, answer.read().decode("utf-8", "replace")

    def fill_in(self, path, **fields):
        """Send a form as its page has it; return where it leads."""
        _, _, page = self.ask(path)
        status, headers, page = self.ask(path, {"csrfmiddlewaretoken": TOKEN.search(page)[1], **fields})
        assert status == 302, page
        return headers["Location"]


def here(address, page):
    """Return path and query of a link within this site, or ""."""
    parts = urlsplit(urljoin(f"http://{NAME}{page}", unescape(address)))
    is_here = parts.scheme in ("http", "https") and parts.hostname == NAME
    return f"{parts.path}?{parts.query}" if is_here else None


def walk(browser, first):
    """Follow all links from a page; read one page of each kind, yield URL and status."""
    answers, waiting, kinds = {}, [first], set()
    while waiting:
        address = waiting.pop()
        path = address.partition("?")[0]
        if path in answers:
            continue
        status, headers, page = browser.ask(address)
        answers[path] = status
        kind = re.sub(r"\d+", "N", path)
        if kind in kinds or not headers.get("Content-Type", "").startswith(("text/html", "text/css")):
            continue
        kinds.add(kind)
        links = (LINK if "html" in headers["Content-Type"] else IN_STYLE).findall(page)
        waiting += [found for link in links if (found := here(link, path)) and "logout" not in found]
    return answers


def test_every_link_of_every_page_stays_below_the_path_and_answers(browser):
    answers = walk(browser, f"{PREFIX}/")

    assert len(answers) > 60
    assert [path for path in answers if not path.startswith(f"{PREFIX}/")] == []
    assert {path: status for path, status in answers.items() if status not in (200, 302, 405)} == {}
    assert any("/static/" in path for path in answers)


def test_the_path_without_its_last_slash_leads_in(browser):
    status, headers, _ = browser.ask(PREFIX)

    assert status in (301, 302)
    assert urlsplit(headers["Location"]).path == f"{PREFIX}/"


@pytest.mark.parametrize("path", ["/feeds/meetings/", "/sitemap.xml", "/api/v1/meetings/", "/llms.txt", "/meetings.md"])
def test_addresses_in_data_are_below_the_path(browser, path):
    status, _, text = browser.ask(PREFIX + path)

    addresses = re.findall(rf"https?://{NAME}(/[^\s<>\")]*)", text)
    assert status == 200
    assert addresses
    assert [address for address in addresses if not address.startswith(PREFIX)] == []


def test_the_second_factor_is_asked_for_and_staff_get_in_below_the_path(browser, site):
    site.manage(
        "shell",
        "-v0",
        "-c",
        "from django_otp.plugins.otp_totp.models import TOTPDevice as T; T.objects.update(last_t=-1)",
    )
    users, code = f"{PREFIX}/admin/auth/user/", f"{PREFIX}/admin/second-factor/code/"
    _, headers, _ = browser.ask(users)
    assert headers["Location"] == f"{PREFIX}/admin/login/?next={users}"

    browser.fill_in(f"{PREFIX}/admin/login/", username="掌印", password=PASSWORD)
    _, headers, _ = browser.ask(users)
    assert headers["Location"].startswith(code)
    browser.fill_in(code, code=f"{totp(bytes.fromhex(KEY)):06d}")

    assert browser.cookies["sessionid"][1] == f"{PREFIX}/admin/"
    assert browser.ask(users)[0] == 200
    answers = walk(browser, f"{PREFIX}/admin/")
    assert [path for path in answers if not path.startswith(f"{PREFIX}/")] == []
    assert {path: status for path, status in answers.items() if status not in (200, 302, 405)} == {}
