"""Test that compiled requirements match their sources, without a network."""

import re
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
# django-csp==4.0 \
# pywin32==311 ; platform_system == "Windows" \
PIN = re.compile(r"^([a-z0-9.\-]+)==(\S+)(?: ;.*)? \\$", re.MULTILINE)

FILES = [f"requirements{part}" for part in ("", "-dev", "-bench", "-ocr", "-mcp", "-audit")]
each_file = pytest.mark.parametrize("name", FILES)


def asked_for(name):
    """Return the requirements of a .in file by canonical name."""
    lines = (ROOT / f"{name}.in").read_text().splitlines()
    requirements = [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def blocks(name):
    """Split the compiled file by pin: the pin, its hashes and its origin."""
    text = (ROOT / f"{name}.txt").read_text()
    starts = [match.start() for match in PIN.finditer(text)]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def pins(name):
    return dict(PIN.match(block).groups() for block in blocks(name))


def asked_for_when_compiled(name):
    return {PIN.match(block)[1] for block in blocks(name) if f"-r {name}.in\n" in block}


@each_file
def test_everything_asked_for_is_pinned_and_nothing_else_is_said_to_be_asked_for(name):
    assert asked_for_when_compiled(name) == set(asked_for(name)), "run `make requirements` and commit the result"


@each_file
def test_every_pin_is_a_version_that_was_asked_for(name):
    pinned = pins(name)
    outside = [str(wanted) for key, wanted in asked_for(name).items() if pinned[key] not in wanted.specifier]

    assert outside == [], "run `make requirements` and commit the result"


@each_file
def test_every_pin_has_its_hashes(name):
    assert [block for block in blocks(name) if "--hash=sha256:" not in block] == []


def test_all_files_pin_the_same_versions():
    pinned = [pins(name) for name in FILES]
    versions = {(key, each[key]) for each in pinned for key in each}

    assert len(versions) == len({key for key, _ in versions})


@each_file
def test_no_address_of_an_index_is_kept(name):
    text = (ROOT / f"{name}.txt").read_text()

    assert "://" not in text
    assert not re.search(r"^--?(i|f|index-url|extra-index-url|find-links|trusted-host)\b", text, re.MULTILINE)


def test_the_reason_for_every_library_is_written_down():
    # | `django-filter` | filters of lists and search, ... |
    explained = re.findall(r"^\| `([^`]+)` \| \S", (ROOT / "docs/develop/dependencies.md").read_text(), re.MULTILINE)
    named = [canonicalize_name(name) for name in explained]

    assert sorted(named) == sorted(key for name in FILES for key in asked_for(name))


@pytest.mark.parametrize("name", ["requirements", "requirements-dev", "requirements-mcp"])
def test_every_pin_runs_on_the_python_of_debian_12(name):
    wanted = {pin: distribution(pin).metadata.get("Requires-Python", "") for pin in pins(name) if is_installed(pin)}
    refusing = [pin for pin, python in wanted.items() if "3.11.2" not in SpecifierSet(python)]

    assert refusing == []


def is_installed(pin):
    """Return whether the pin is installed; some are for other systems."""
    with suppress(PackageNotFoundError):
        return distribution(pin) is not None
    return False
