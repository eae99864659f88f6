"""Test `bin/install` on incomplete machines, with fake Pythons."""

import os
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


INSTALL = Path(__file__).resolve().parents[2] / "bin/install"


def install_with(python):
    """Return the output of the script if it finds this Python."""
    return subprocess.run(
        [str(INSTALL)], env=os.environ | {"PYTHON": str(python)}, capture_output=True, text=True, check=False
    )


def python_where(case, path):
    """Create a fake Python that fails only if its code contains these words."""
    path.write_text(f'#!/bin/sh\ncase "$*" in\n  --version) echo "Python 3.9.2" ;;\n  *"{case}"*) exit 1 ;;\nesac\n')
    path.chmod(0o755)
    return path


def test_a_missing_python_is_named_with_its_command(tmp_path):
    result = install_with(tmp_path / "no-python")

    assert result.returncode == 1
    assert "sudo apt install python3 python3-venv" in result.stderr


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        ("version_info", "Python 3.11 or newer is needed, this is Python 3.9.2"),
        ("ensurepip", "sudo apt install python3-venv"),
    ],
)
def test_an_unfit_python_is_named_with_what_to_do(tmp_path, case, sentence):
    result = install_with(python_where(case, tmp_path / "python"))

    assert result.returncode == 1
    assert sentence in result.stderr


def install_browser_as(user, programs):
    """Run the script as this user without Chromium; return its output.

    A fake apt-get prints its arguments.
    """
    programs.mkdir()
    for name, body in {"id": f"echo {user}", "apt-get": 'echo "apt-get $*" >&2'}.items():
        (programs / name).write_text(f"#!/bin/sh\n{body}\n")
        (programs / name).chmod(0o755)
    return subprocess.run(
        [str(INSTALL.parent / "install-browser")],
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_root_gets_the_browser_installed(tmp_path):
    result = install_browser_as(user=0, programs=tmp_path / "bin")

    assert result.returncode == 0
    assert "chromium-headless-shell fonts-noto-cjk" in result.stderr


def test_others_are_told_how_to_install_the_browser(tmp_path):
    result = install_browser_as(user=1000, programs=tmp_path / "bin")

    assert result.returncode == 0
    assert result.stderr == ""
    assert "skipped without Chromium" in result.stdout
    assert "sudo apt install chromium-headless-shell fonts-noto-cjk" in result.stdout
