"""Marks of tests that need more than requirements.txt: skipped where it is not installed, but never in CI."""

import os

import pytest

from minutes.extraction.formats import Need
from minutes.extraction.needs import is_installed

IN_CI = bool(os.environ.get("CI"))
needs_libreoffice = pytest.mark.skipif(
    not (is_installed(Need.LIBREOFFICE) or IN_CI),
    reason="LibreOffice is not installed: bin/install-formats",
)
needs_recognition = pytest.mark.skipif(
    not (is_installed(Need.RECOGNITION) or IN_CI),
    reason="Recognition is not installed: bin/install-formats",
)
