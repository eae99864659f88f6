"""Test that concurrent processes record the same meeting once."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.desk.served import DATABASE
from tests.minutes_text import minutes_text

pytestmark = pytest.mark.slow


ROOT = Path(__file__).resolve().parents[2]
MEETINGS = 12


@pytest.fixture
def manage(new_archive, tmp_path):
    """Start manage.py in a process of its own, on a shared database."""
    environment = os.environ | {
        "ARCHIVE_VAR_DIR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ARCHIVE_ENV": "local",
    }
    (tmp_path / "var").mkdir()
    shutil.copy(new_archive / DATABASE, tmp_path / "var")

    def start(*words: object) -> subprocess.Popen:
        command = [sys.executable, "manage.py", *map(str, words)]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)

    return start


def statuses(process: subprocess.Popen) -> dict[str, str]:
    out, _ = process.communicate()
    results = [json.loads(line) for line in out.splitlines()]
    return {result["file"]: result["status"] for result in results if "file" in result}


def test_processes_at_once_record_each_meeting_once(manage, tmp_path):
    for run in ("one", "two"):
        folder = tmp_path / run
        folder.mkdir()
        for number in range(1, MEETINGS + 1):
            text = minutes_text(number, number, doc_number=f"〔2021〕{number}号", extra_paragraph=f"（{run}）")
            (folder / f"{number:02}-{run}.txt").write_text(text, encoding="utf-8")

    both = [manage("ingest", tmp_path / run, "--publish", "--json") for run in ("one", "two")]
    same = manage("ingest", tmp_path / "one", "--publish", "--json")
    one, two = (statuses(process) for process in both)
    again = statuses(same)

    for number in range(1, MEETINGS + 1):
        ends = Counter([one[f"{number:02}-one.txt"], two[f"{number:02}-two.txt"], again[f"{number:02}-one.txt"]])
        assert ends["added"] == 1, (number, ends)
        assert ends["failed"] == 0, (number, ends)
        assert ends["conflict"] >= 1, (number, ends)
    count = (
        "from minutes.models import *; print(Meeting.objects.count(), SourceFile.objects.count(), Body.objects.count())"
    )
    out, _ = manage("shell", "-v0", "-c", count).communicate()
    assert out.split() == [str(MEETINGS), str(MEETINGS), "1"]
