"""Text to words: jieba decides, and its edition in Rust makes the same Chinese words of the same text."""

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import words

CUTTER = words._cutter.__wrapped__
SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def by_jieba(function, text):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(words, "_cutter", jieba_alone)
        return getattr(function, "__wrapped__", function)(text)


@cache
def jieba_alone():
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(words, "_jieba_in_rust", lambda: None)
        return CUTTER()


@cache
def lines():
    return tuple(line for path in sorted(SAMPLES.glob("*.txt")) for line in path.read_text("utf-8").splitlines())


@pytest.mark.parametrize("function", [words.words, words.tokens])
def test_both_editions_cut_the_samples_alike(function):
    assert {line: list(function(line)) for line in lines()} == {
        line: list(by_jieba(function, line)) for line in lines()
    }


@settings(deadline=None)
@given(st.integers(0), st.integers(1, 30))
def test_both_editions_cut_any_part_of_them_alike(start, length):
    text = "\n".join(lines())
    start = random.Random(start).randrange(len(text))
    part = text[start : start + length]
    assert words.words(part) == by_jieba(words.words, part)


def test_names_of_offices_are_whole_words_and_their_parts_words_too():
    assert {"生态环境局", "生态", "环境"} <= set(words.words("请生态环境局牵头。"))


def test_what_a_hyphen_joins_is_found_apart():
    assert {"2019", "2021"} <= set(words.words("（2019—2021年）2019-2021年"))


def test_another_edition_or_dictionary_has_another_mark(monkeypatch, tmp_path):
    fingerprint = words.dictionary_fingerprint.__wrapped__  # as another process works it out
    ours = fingerprint()
    monkeypatch.setattr(words, "find_spec", lambda name: None)
    assert fingerprint() != ours
    monkeypatch.undo()
    more = tmp_path / "words.txt"
    more.write_text(words.OUR_WORDS.read_text("utf-8") + "云川湿地\n", "utf-8")
    monkeypatch.setattr(words, "OUR_WORDS", more)
    assert fingerprint() != ours


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("近视率68%", ("近视率", "68%")),
        ("提高到75%", ("提高到", "75%")),
        ("第47次", ("第47次",)),
        ("前8个月", ("前8个月",)),
        ("3月22日", ("3月22日",)),
    ],
)
def test_a_character_before_a_number_belongs_to_the_word_before_it_but_for_ordinals(text, tokens):
    assert words.tokens(text) == tokens
