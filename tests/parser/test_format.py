"""The page of the format tells the truth: its example is what the parser gives, and every key is explained."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from minutes.parser import parse
from minutes.parser.json_format import as_json

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "parse-format.md").read_text(encoding="utf-8")
TEXT = re.search(r"```text\n(.*?)```", PAGE, re.DOTALL)[1]
JSON = json.loads(re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)[1])


def test_the_example_is_what_the_parser_gives():
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    source = {"name": JSON["source"]["name"], "sha256": digest, "characters": len(TEXT)}

    assert as_json(parse(TEXT), source) == JSON


def test_the_example_leaves_no_key_empty():
    assert [key for key, value in JSON.items() if not value] == []
    assert all(JSON["items"][0].values())
    assert all(JSON["items"][0]["decision"].values())


def test_every_key_is_explained():
    explained = set(re.findall(r"`([a-z_0-9]+)`", PAGE.split("## The keys")[1]))

    assert set(keys_of(JSON)) <= explained


def keys_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys_of(inner)
