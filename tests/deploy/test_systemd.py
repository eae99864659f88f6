"""The units for systemd: it reads them, and finds them confined."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import need

UNITS = Path(__file__).resolve().parents[2] / "deploy/systemd"
SERVICES = sorted(unit.name for unit in UNITS.glob("*.service"))
# Of 100, as --threshold counts; below 30 is systemd's "OK".
MOST_EXPOSED = 30


@pytest.fixture(autouse=True)
def systemd():
    need(shutil.which("systemd-analyze"), "systemd-analyze is not installed: sudo apt install systemd")


def analyze(*words):
    return subprocess.run(["systemd-analyze", *map(str, words)], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_as_few_rights_as_it_needs(name):
    done = analyze("security", "--offline=true", f"--threshold={MOST_EXPOSED}", UNITS / name)

    assert done.returncode == 0, done.stdout


def test_what_grants_rights_is_found_too(tmp_path):
    loose = tmp_path / "minutes-web.service"
    loose.write_text(
        re.sub(r"^(Protect|Private|Restrict|System|Capab).*\n", "", (UNITS / loose.name).read_text(), flags=re.M)
    )

    assert analyze("security", "--offline=true", f"--threshold={MOST_EXPOSED}", loose).returncode != 0


def test_systemd_understands_every_line(tmp_path):
    for unit in UNITS.iterdir():
        # The program lies elsewhere on this machine.
        text = re.sub(r"^(ExecStart(?:Post)?)=.*", r"\1=/bin/true", unit.read_text(), flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(text)

    done = analyze("verify", "--recursive-errors=no", *sorted(tmp_path.iterdir()))

    assert (done.returncode, done.stderr) == (0, "")


def test_backups_are_made_every_night():
    calendar = re.search(r"^OnCalendar=(.+)$", (UNITS / "minutes-backup.timer").read_text(), re.MULTILINE)[1]

    assert "Next elapse" in analyze("calendar", calendar).stdout
