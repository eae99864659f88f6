"""Test that the format documentation matches the parser: example and keys."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from minutes.parser.json_format import as_json, summary_of
from minutes.parser.pipeline import parse

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "parse-format.md").read_text(encoding="utf-8")
TEXT = re.search(r"```text\n(.*?)```", PAGE, re.DOTALL)[1]
JSON = json.loads(re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)[1])


def test_the_example_is_what_the_parser_gives():
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    source = {"name": JSON["source"]["name"], "sha256": digest, "characters": len(TEXT)}

    assert as_json(parse(TEXT), source) == JSON


# What minutes printed as these are do not have.
OF_OTHER_FORMS = ["term", "serial", "web_published_on", "noise"]


def test_the_example_leaves_no_key_empty():
    assert [key for key, value in JSON.items() if not value] == OF_OTHER_FORMS
    item = JSON["items"][0]
    assert [key for key, value in item.items() if not value] == ["title_derived"]
    assert all(item["decision"].values())


def test_format_1_has_the_keys_of_release_0_1():
    old = as_json(parse(TEXT), None, 1)

    assert old["format"] == 1
    assert set(JSON) - set(old) == {"term", "serial", "web_published_on", "noise"}
    assert set(old["opening"]) == set(old["closing"]) == {"text", "span"}
    assert set(JSON["items"][0]) - set(old["items"][0]) == {"title_derived", "decisions", "tasks", "topics"}
    assert old["items"][0]["decision"] == JSON["items"][0]["decisions"][0]
    assert set(old["attendance"][0]) == {"role", "name", "organization", "title", "span"}
    assert set(old["problems"][0]) == {"code", "message", "span"}


def test_several_decisions_are_summed_up_as_one():
    def decision(outcome, lead, supporting, next_step, span):
        return {
            **{"outcome": outcome, "lead": lead, "supporting": supporting, "next_step": next_step},
            **{"deadlines": [], "span": span},
        }

    first = decision(None, ["市住建局"], ["市财政局"], None, [10, 20])
    second = decision("原则同意", ["市财政局", "市住建局"], ["市审计局"], "按程序印发", [30, 44])

    assert summary_of([]) is None
    assert summary_of([second]) == second
    assert summary_of([first, second]) == decision(
        "原则同意", ["市住建局", "市财政局"], ["市审计局"], "按程序印发", [10, 44]
    )


def test_every_key_is_explained():
    explained = set(re.findall(r"`([a-z_0-9]+)`", PAGE.split("## Keys")[1]))

    assert set(keys_of(JSON)) <= explained


def keys_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys_of(inner)
