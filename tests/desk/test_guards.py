"""Test that access control depends on the resolved view, not on path or headers."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import clear_script_prefix, set_script_prefix
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk.accounts import second_factor
from minutes.extraction.limits import MEGABYTE
from tests.desk.addresses import ADDRESSES, DESK, path_of
from tests.desk.staff import somebody

pytestmark = pytest.mark.slow


CODE = "/admin/second-factor/code/"
OPEN = second_factor.VIEWS_OPEN_DURING_STEP["desk-second-factor-code"]
# What a client or a proxy that passes everything on can put into the environment of a request.
FORGED = [
    {},
    {"SCRIPT_NAME": "/x"},
    {"SCRIPT_NAME": "/admin"},
    {"HTTP_SCRIPT_NAME": "/x", "HTTP_X_SCRIPT_NAME": "/x", "HTTP_X_FORWARDED_PREFIX": "/x"},
    {"HTTP_X_ORIGINAL_URL": "/", "HTTP_X_REWRITE_URL": "/", "HTTP_X_FORWARDED_PATH": "/", "HTTP_PATH_INFO": "/"},
]

EVERYTHING = {name: value for forged in FORGED for name, value in forged.items()}


def spellings(path):
    """Other ways to write an address; a server that normalizes or decodes turns some into the address itself."""
    first, rest = path[1:].split("/", 1)
    yield f"/{path}"
    yield f"/{first}//{rest}"
    yield f"/meetings/../{first}/{rest}"
    yield f"/{first}/./{rest}"
    yield f"/{first}%2f{rest}"
    yield f"/{first}%252f{rest}"
    yield f"/%61{first[1:]}/{rest}"
    yield f"/{first};x/{rest}"
    yield f"/{first.upper()}/{rest}"


@pytest.fixture
def password_only(archive):
    """Return a client of a superuser who has not entered the second factor yet."""
    user = User.objects.create_superuser("掌印")
    TOTPDevice.objects.create(user=user, confirmed=True)
    client = Client()
    client.force_login(user)
    return client


def test_the_password_alone_opens_no_address_however_it_is_asked_for(password_only):
    opened, asked = [], 0
    for address in ADDRESSES:
        if address.name not in DESK or address.name in OPEN:
            continue
        path = path_of(address)
        ways = [(path, forged) for forged in FORGED] + [(spelling, EVERYTHING) for spelling in spellings(path)]
        for spelling, forged in ways:
            # Not as the first argument: the test client would take //admin/ for the name of a host.
            page = password_only.get("/", **forged, PATH_INFO=spelling)
            asked += 1
            if page.status_code != 404 and not page.get("Location", "").startswith(CODE):
                opened.append((spelling, forged, page.status_code))

    assert opened == []
    assert asked > 1500


def test_the_address_itself_leads_to_the_code_whatever_the_headers(password_only):
    for forged in FORGED:
        page = password_only.get("/admin/auth/user/add/", **forged)
        assert page["Location"].startswith(CODE), forged


def test_where_it_is_required_no_header_makes_a_new_administrator(settings, db):
    settings.SECOND_FACTOR = "required"
    client = Client()
    client.force_login(User.objects.create_superuser("掌印"))

    client.post(
        "/admin/auth/user/add/",
        {"username": "贼", "password1": "云川的河水向西流-2019", "password2": "云川的河水向西流-2019"},
        SCRIPT_NAME="/x",
    )

    assert not User.objects.filter(username="贼").exists()


def test_pages_of_staff_are_not_kept_by_browsers_whatever_the_headers(client, db):
    client.force_login(somebody("闵若水", "编辑"))

    for forged in FORGED:
        assert "no-store" in client.get("/admin/", **forged)["Cache-Control"], forged


@pytest.mark.parametrize("path", ["/report/", "/admin/login/", "/admin/review/1/correct/", "//admin/uploads/"])
@pytest.mark.parametrize("forged", FORGED)
def test_large_bodies_go_to_the_upload_view_alone(db, path, forged):
    client = Client(raise_request_exception=False)
    client.force_login(somebody("闵若水", "上传员"))

    page = client.generic("POST", path, b"x" * (3 * MEGABYTE), content_type="application/octet-stream", **forged)

    assert page.status_code in (404, 413)


@pytest.fixture
def path_prefix(settings):
    settings.FORCE_SCRIPT_NAME = "/minutes"
    # The test client leaves to its caller what a WSGI server's handler does with each request.
    set_script_prefix("/minutes")
    yield
    clear_script_prefix()


def test_below_a_path_prefix_everything_is_guarded_and_works(archive, password_only, path_prefix):
    editor = Client()
    editor.force_login(somebody("闵若水", "编辑"))

    home = editor.get("/").content.decode()
    assert 'href="/minutes/meetings/' in home, home[:3000]
    assert editor.get("/admin/").status_code == 200
    assert password_only.get("/admin/")["Location"].startswith("/minutes/admin/second-factor/code/?next=%2Fminutes")
    assert Client().get("/admin/")["Location"] == "/minutes/admin/login/?next=/minutes/admin/"
    big = b"x" * (3 * MEGABYTE)
    upload = editor.generic("POST", "/admin/uploads/", big, content_type="application/octet-stream")
    assert upload.status_code == 400  # read, and found to contain no file
    report = editor.post("/report/", {"text": "有错。", "place": f"/minutes{archive.get_absolute_url()}"})
    assert report["Location"] == "/minutes/report/thanks/"
