"""Translate messages of commands: Chinese, or English with LANG=en_US.UTF-8."""

from __future__ import annotations

import gettext
import os
from functools import cache
from pathlib import Path

LOCALE_DIR = Path(__file__).parent / "locale"
DOMAIN = "commands"


def translate(message: str, **values: object) -> str:
    """Return the message with its values, in the language of the environment."""
    said = translations(wants_english()).gettext(message)
    return said.format(**values) if values else said


def wants_english() -> bool:
    """Return whether the environment asks for English; unset, C and POSIX do not."""
    wanted = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return wanted.lower().startswith("en")


@cache
def translations(english: bool) -> gettext.NullTranslations:
    if english:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE_DIR, languages=["zh_Hans"])
