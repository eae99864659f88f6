"""Test settings, paths and commands in the documentation."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
MADE_ON_THE_MACHINE = ("var/", ".venv/")


def settings_read():
    """Return the environment variables that the program reads."""
    # env("ARCHIVE_ENV", ...), os.environ.get("WEB_CONCURRENCY")
    asked = re.compile(r'env(?:iron)?\.?[_a-z]*\(\s*"((?:ARCHIVE|WEB)_[A-Z_]+)"')
    return {name for path in (ROOT / "config").glob("*.py") for name in asked.findall(path.read_text())}


def test_every_setting_is_documented_and_no_other():
    # | `ARCHIVE_ENV` | `local` | ... |
    documented = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/operate/configuration.md").read_text(), re.MULTILINE)

    assert set(documented) == settings_read() - {"DJANGO_SETTINGS_MODULE"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(page):
    # [the libraries, and why each](docs/develop/dependencies.md), ![首页](docs/screenshots/home.png)
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text())

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "docs/develop/architecture.md"])
def test_every_place_that_is_named_exists(name):
    # | `minutes/parser/` | reads a text of minutes into facts |, `config/launch.py`
    places = re.findall(r"`([a-z.]+/[a-z_/.]*)`", (ROOT / name).read_text())

    assert places
    assert [
        place for place in places if not place.startswith(MADE_ON_THE_MACHINE) and not (ROOT / place).exists()
    ] == []


def test_the_make_commands_that_are_named_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    # `make run`, make run PORT=8001
    named = {name for page in PAGES for name in re.findall(r"(?:`|    )make ([a-z-]+)", page.read_text())}

    assert {"run", "test", "check"} <= named <= targets
