"""Load the topic classes and their words from classes.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CLASSES_FILE = Path(__file__).with_name("classes.txt")
# 13.1 卫生 | 医疗 医院 公共卫生
CLASS_LINE = re.compile(r"(?P<code>\d\d(?:\.\d)?) (?P<name>[^|]+?) \|(?P<words>.*)")


@dataclass(frozen=True, slots=True)
class TopicClass:
    """A class (two digits: 13) or a sub-class (13.1) with its words."""

    code: str
    name: str
    words: tuple[str, ...]

    @property
    def main_code(self) -> str:
        return self.code[:2]


@cache
def topic_classes() -> Mapping[str, TopicClass]:
    """Return all classes by code, in the order of the library."""
    return {each.code: each for each in read_classes()}


def read_classes() -> Iterator[TopicClass]:
    for line in CLASSES_FILE.read_text(encoding="utf-8").splitlines():
        if match := CLASS_LINE.fullmatch(line):
            yield TopicClass(match["code"], match["name"], tuple(match["words"].split()))


@cache
def codes_by_word() -> Mapping[str, str]:
    """Return the code of each word; words are unique to a class."""
    return {word: each.code for each in topic_classes().values() for word in each.words}


@cache
def any_word() -> re.Pattern[str]:
    """Return a pattern matching any word, longer ones first: 食品安全 before 安全."""
    return re.compile("|".join(sorted(map(re.escape, codes_by_word()), key=len, reverse=True)))
