"""Commands speak Chinese; English where the environment asks for it. Every message is in the catalog."""

import ast
import gettext
import os
import string
import subprocess
import sys
from pathlib import Path

import django
import pytest

from minutes.messages import translations, wants_english

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("config", "minutes", "search", "desk", "open_data", "api", "servers")


def messages():
    """Return every translated message with its file."""
    for path in sorted(path for place in PLACES for path in (ROOT / place).rglob("*.py")):
        text = path.read_text()
        if "import translate as _\n" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                yield pytest.param(node.args[0].value, id=f"{path.name}-{node.lineno}")


def fields_in(message):
    return sorted(f"{name}:{form}" for _, name, form, _ in string.Formatter().parse(message) if name)


@pytest.mark.parametrize("message", list(messages()))
def test_every_message_is_in_the_catalog_with_the_same_values(message):
    said = translations(english=False).gettext(message)

    assert said != message, "write it into the catalog: make messages"
    assert fields_in(said) == fields_in(message)


@pytest.mark.parametrize(
    ("environment", "english"),
    [
        ({}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "zh_CN.UTF-8"}, False),
        ({"LANG": "en_US.UTF-8"}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, False),
    ],
)
def test_the_environment_names_the_language(environment, english, monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert wants_english() is english


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "said"), [("C.UTF-8", "1份文件中有1份读不出来。"), ("en_US.UTF-8", "1 of 1 files could not be read.")]
)
def test_a_command_speaks_the_language_of_who_runs_it(lang, said):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "DJANGO_"))}
    command = [sys.executable, "manage.py", "parse", "missing.txt"]

    done = subprocess.run(command, cwd=ROOT, env=environment | {"LANG": lang}, capture_output=True, text=True)

    assert said in done.stderr


def test_every_sentence_that_replaces_one_of_django_has_its_original():
    ours = catalog_of(ROOT / "minutes/locale/zh_Hans/LC_MESSAGES/django.mo")
    djangos = catalog_of(Path(django.__file__).parent / "conf/locale/zh_Hans/LC_MESSAGES/django.mo")

    assert len(ours) > 15
    assert ours.keys() <= djangos.keys()
    assert [sentence for sentence in ours if ours[sentence] == djangos[sentence]] == []


def catalog_of(path):
    with path.open("rb") as file:
        return {said: meant for said, meant in gettext.GNUTranslations(file)._catalog.items() if said}
