"""Test that a command starts without the libraries that only some pages and the reading of files need."""

import subprocess
import sys

import pytest

from tests.launched import ROOT, inherited

SLOW_TO_IMPORT = ("minutes.parser.pipeline", "openpyxl", "docx", "lxml.etree", "jieba", "rjieba", "opencc", "mcp")
IMPORTED = f"""
import sys
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "help", "index"])
print(*(name for name in {SLOW_TO_IMPORT} if name in sys.modules), file=sys.stderr)
"""


@pytest.mark.slow
def test_a_command_imports_nothing_slow(tmp_path):
    environment = inherited() | {"DJANGO_SETTINGS_MODULE": "config.settings", "ARCHIVE_VAR_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", IMPORTED], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr.strip()) == (0, "")
