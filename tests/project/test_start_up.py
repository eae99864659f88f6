"""Test that a command starts without the pages, and without the libraries that only the reading of files needs."""

import subprocess
import sys

import pytest
from django.core.management import get_commands, load_command_class

from tests.launched import ROOT, inherited

SLOW_TO_IMPORT = (
    "config.urls",
    "minutes.parser.pipeline",
    "openpyxl",
    "docx",
    "lxml.etree",
    "jieba",
    "rjieba",
    "opencc",
    "mcp",
)
IMPORTED = f"""
import sys
from django.core.management import execute_from_command_line
try:
    execute_from_command_line(["manage.py", "backup", "{{folder}}"])
finally:
    print(*(name for name in {SLOW_TO_IMPORT} if name in sys.modules))
"""
OUR_APPS = ("minutes", "search", "open_data", "api", "pages", "desk")


def our_commands() -> list[str]:
    return sorted(name for name, app in get_commands().items() if app in OUR_APPS)


@pytest.mark.parametrize("name", our_commands())
def test_a_command_does_not_check_the_pages_first(name):
    """Django's checks import every page, and double the time in which a command starts."""
    assert load_command_class(get_commands()[name], name).requires_system_checks == ()


@pytest.mark.slow
def test_a_command_imports_nothing_slow(tmp_path):
    environment = inherited() | {"DJANGO_SETTINGS_MODULE": "config.settings", "ARCHIVE_VAR_DIR": str(tmp_path / "var")}
    script = IMPORTED.format(folder=tmp_path / "backup")
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert "There is no archive" in done.stderr
    assert done.stdout.strip() == ""
