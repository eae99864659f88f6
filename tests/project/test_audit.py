"""Test `make audit`: failed look-ups never count as safe."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIP_AUDIT = """#!/bin/sh
while [ "$1" != --output ]; do shift; done
{answer}
"""
OFFLINE = PIP_AUDIT.format(answer="exit 1")


@pytest.fixture
def audit(tmp_path):
    """Run bin/audit over two pins, with a pip-audit that answers so."""
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "bin/audit", tmp_path / "bin")
    (tmp_path / "requirements.txt").write_text(
        "django==5.2.19 \\\n    --hash=sha256:0\nlxml==6.0 \\\n    --hash=sha256:0\n"
    )
    (tmp_path / "python").symlink_to(sys.executable)

    def run(answer, *options):
        (tmp_path / "pip-audit").write_text(answer)
        (tmp_path / "pip-audit").chmod(0o755)
        command = [tmp_path / "python", tmp_path / "bin/audit", *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    return run


def saying(**weaknesses):
    libraries = [
        {"name": name, "version": version, "vulns": [{"id": each} for each in weaknesses.get(name, ())]}
        for name, version in (("django", "5.2.19"), ("lxml", "6.0"))
    ]
    return PIP_AUDIT.format(answer=f"echo '{json.dumps({'dependencies': libraries})}' > $2")


def test_where_pypi_answers_it_counts(audit):
    assert audit(saying()) == (0, "2 libraries, 0 with known weaknesses, 0 not looked at, after PyPI.\n")
    code, said = audit(saying(lxml=["PYSEC-1"]))
    assert (code, "lxml==6.0: PYSEC-1" in said) == (1, True)


def test_without_network_and_snapshot_nothing_is_called_safe(audit):
    code, said = audit(OFFLINE)

    assert code == 1
    assert "make audit-snapshot" in said


def test_without_network_the_snapshot_answers_with_its_date(audit, tmp_path):
    audit(saying(django=["PYSEC-2"]), "--snapshot")
    code, said = audit(OFFLINE)

    assert code == 1
    assert "django==5.2.19: PYSEC-2" in said
    assert "after the snapshot of 20" in said


def test_a_version_newer_than_the_snapshot_was_not_looked_at(audit, tmp_path):
    audit(saying(), "--snapshot")
    requirements = tmp_path / "requirements.txt"
    requirements.write_text(requirements.read_text().replace("6.0", "6.1"))

    code, said = audit(OFFLINE)

    assert code == 1
    assert "Not looked at: lxml==6.1" in said


def test_a_library_that_pypi_does_not_know_is_no_answer(audit):
    skipped = PIP_AUDIT.format(answer="""echo '{"dependencies": [{"name": "lxml", "skip_reason": "gone"}]}' > $2""")

    assert audit(skipped)[0] == 1
