"""Offices, roles and ordinals in terms, and names beside them."""

from __future__ import annotations

import re

from django.utils import timezone

from minutes.extraction.readers.word.numerals import chinese
from minutes.parser.vocabulary.names import name_cost
from minutes.parser.vocabulary.numerals import as_number
from search.query.names import unit_prefixes
from search.query.periods import without_periods
from search.query.synonyms import Synonyms, is_negated

# 市长陆砚青 · 陆砚青局长
_OFFICE = r"(?:副?(?:省|市|县|区|州|镇|局|厅|处|科)长|副?主任|副?书记|副?秘书长)"
_OFFICE_BESIDE = re.compile(rf"^{_OFFICE}|{_OFFICE}$")
# 三号线 · 第12次会议 · 二期工程 · 三年行动 · 十月底前 · 八千万元
_COUNTED = re.compile(
    r"(?<![\d.〇零一二三四五六七八九十百千两])"
    r"(?:(?:\d{1,3}|[一二三四五六七八九十百]{1,5})(?=[号次期届批轮级类年月日])"
    r"|(?:\d{1,4}|[一二三四五六七八九十百千两]{1,7})(?=[万亿]?元))"
)

# What a unit has to do with a matter, as people type it beside its name: 市发改委 牵头
ROLES = {
    "牵头": frozenset({"lead"}),
    "主办": frozenset({"lead"}),
    "负责": frozenset({"lead", "responsible", "tasked"}),
    "责任": frozenset({"lead", "responsible", "tasked"}),
    "配合": frozenset({"supporting"}),
    "协办": frozenset({"supporting"}),
}
# 牵头 · 牵头单位 · 责任部门
_ROLE = re.compile(rf"(?P<role>{'|'.join(ROLES)})(?:单位|部门)?")
# 县水利局牵头 · 由市住建局负责 · 市城管局牵头的事项 · 市财政局负责哪些工作
_ROLE_BEHIND = re.compile(
    rf"^由?(?P<unit>.{{3,}}?)(?P<role>{'|'.join(ROLES)})的?(?:哪些|什么)?(?:事项|事情|工作|项目|议题|任务|事)?$"
)
# 第96次 · 3月底前 · 三号线 (a part of it would mean another)
_COUNTS = re.compile(r"\d|^第?[〇零一二三四五六七八九十]+(?:[号次期届批轮级类月年日]|$)")


def possible_names(term: str, synonyms: Synonyms) -> set[str]:
    """Return parts of a term that may start with a name.

    云川市停车 of 请问2023年云川市停车.
    """
    asked = synonyms.without_leading_question(term)
    undated = without_periods(asked, timezone.localdate())
    names = {term, asked, undated, without_office(term)}
    names |= {of_role[0] for of_role in map(unit_and_role, (term, undated)) if of_role}
    return (names | set(unit_prefixes(undated)) | set(term.split("、"))) - {""}


def unit_and_role(term: str) -> tuple[str, str] | None:
    """Return the unit and its role, of 县水利局牵头, 由市住建局负责 or 市城管局牵头的事项."""
    found = _ROLE_BEHIND.fullmatch(term)
    return (found["unit"], found["role"]) if found else None


def role_called(text: str) -> str:
    """Return the role that a text names, in its short form: 牵头 of 牵头单位, or ""."""
    found = _ROLE.fullmatch(text)
    return found["role"] if found else ""


def may_be_cut(token: str) -> bool:
    """Return whether a part of the token would still be about the same: not of 第96次, 3月底前, 未通过 or 王国庆."""
    cost = name_cost(token) if len(token) == 3 else None
    return not (_COUNTS.search(token) or is_negated(token)) and (cost is None or cost > 0)


def with_other_numerals(text: str) -> str:
    """Convert numerals of ordinals: 3号线 for 三号线, and 第三次 for 第3次."""
    return _COUNTED.sub(lambda match: _other_numeral(match[0]), text)


def _other_numeral(numeral: str) -> str:
    if numeral.isdigit():
        return chinese(int(numeral))
    number = as_number(numeral)
    return numeral if number is None else str(number)


def without_office(text: str) -> str:
    """Return a name without office: 陆砚青 for 市长陆砚青 and for 陆砚青市长.

    A result of a single character is not a name, so the text is unchanged.
    """
    name = _OFFICE_BESIDE.sub("", text)
    return name if len(name) > 1 else text
