"""Offices, roles and ordinals in terms, and names beside them."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils import timezone

from minutes.extraction.readers.word.numerals import chinese
from minutes.parser.vocabulary.names import name_cost
from minutes.parser.vocabulary.numerals import as_number
from search.query.names import AND_BETWEEN, unit_prefixes
from search.query.periods import without_periods
from search.query.synonyms import Synonyms, is_negated

# 市长陆砚青 · 陆砚青局长 · 常务副市长陆砚青 · 市财政局局长戎桦
_OFFICE = r"(?:(?:常务|代理?)?副?(?:省|市|县|区|州|镇|局|厅|处|科)长|副?主任|副?书记|副?秘书长)"
_OFFICE_BESIDE = re.compile(rf"^(?:.{{2,12}}[局委办部厅院处会])?{_OFFICE}|{_OFFICE}$")
# 陆市长 · 欧阳副县长
_SURNAME_AND_OFFICE = re.compile(rf"(?P<surname>.{{1,2}}?)(?P<office>{_OFFICE})")
_WRITTEN = "〇零o一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟"
# 三号线 · 第12次会议 · 叁年行动 · 十月底前 · 一百一十七种 · 八千万元 · 一千八百万
_COUNTED = re.compile(
    rf"(?<![\d.{_WRITTEN}])"
    rf"(?:(?:\d{{1,3}}|[{_WRITTEN}]{{1,8}})(?=[号次期届批轮级类年月日天种处家个户栋座台项条辆名人米亩层岁]|公里)"
    rf"|(?:\d{{1,4}}|[{_WRITTEN}]{{1,7}})(?=[万亿]?元|[万亿]))"
)
# 2026年第2号 · 2026年2号
_DOCUMENT_NUMBER = re.compile(r"(?P<year>(?:19|20)\d\d)年第?(?P<number>\d{1,4})号")
# 报市委常委会审议（的文件） · 送市人大审查
_SUBMITTED = re.compile(r"^(?:报请?|报送|送|上报|提交|递交)(?P<to>.{2,10}?)(?P<done>审[议定查批]|研究|批准)$")
# 市长陆砚青主持的会议（讨论了停车） · 陆市长主持了哪些会议 · 副市长姜以南主持召开的会议上研究过（夜市）
_CHAIRED = re.compile(
    r"^(?P<chair>.{2,10}?)(?:同志)?主持(?:召开)?[的了过].{0,4}?会议?上?(?:(?:讨论|研究)[了过]?)?(?P<rest>.{2,}|)$"
)
# 百分之七十五
_PERCENT = re.compile(rf"百分之(?P<number>\d{{1,3}}\.\d{{1,2}}|[{_WRITTEN}\d]{{1,5}})")
# 十一点八万户 · 五十八点四公里
_DECIMAL = re.compile(rf"(?P<whole>[{_WRITTEN}]{{1,8}})点(?P<part>[〇零一二三四五六七八九]{{1,4}})(?![十百千])")
# 5月31日以前 · 年底之前
_BEFORE = re.compile(r"(?<=[日号月旬底初末])[以之]前")
# 停车或公交 · 停车或者公交
_OR = re.compile(r"或者?|还是")
# 0.8亿元 · 12000万
_AMOUNT = re.compile(r"(?<![\d.])(?P<number>\d{1,6}(?:\.\d{1,4})?)(?P<unit>[万亿])")
_TEN_THOUSANDS = Decimal(10_000)

# Roles of a unit in an item, as people type them beside its name: 市发改委 牵头
ROLES = {
    "牵头": frozenset({"lead"}),
    "主办": frozenset({"lead"}),
    "负责": frozenset({"lead", "responsible", "tasked"}),
    **dict.fromkeys(("责任", "承办", "办理", "办"), frozenset({"lead", "responsible", "tasked"})),
    "配合": frozenset({"supporting"}),
    "协办": frozenset({"supporting"}),
}
# 牵头 · 牵头单位 · 责任部门
_ROLE = re.compile(rf"(?P<role>{'|'.join(ROLES)})(?:单位|部门)?")
# 县水利局牵头 · 由市住建局负责 · 市城管局牵头的事项有哪些 · 市财政局负责资金保障 (not 市民政局办公用房)
_ROLE_BEHIND = re.compile(rf"(?:{'|'.join(ROLES)})(?<!办)(?!人(?:$|[的是汇同]))|(?:主|承|协)?办(?=$|[的哪什])")
_SHORTEST_UNIT = 3
# 第96次 · 3月底前 · 三号线 · 百分之十五 (a part of it would mean another)
_COUNTS = re.compile(r"\d|百分之|^第?[〇零一二三四五六七八九十]+(?:[号次期届批轮级类月年日]|$)")


def possible_names(term: str, synonyms: Synonyms) -> set[str]:
    """Return parts of a term that may start with a name.

    云川市停车 of 请问2023年云川市停车.
    """
    statement = synonyms.without_leading_question(term)
    undated = without_periods(statement, timezone.localdate())
    names = {term, statement, undated, without_office(term)}
    if chaired := chair_and_rest(term):
        names.add(without_office(chaired[0]))
    names |= {unit for text in (term, undated) for unit, _, _ in units_and_roles(text)}
    return (names | set(unit_prefixes(undated)) | set(AND_BETWEEN.split(term))) - {""}


def units_and_roles(term: str) -> list[tuple[str, str, str]]:
    """Return what may be a unit, its role and the rest: 县水利局, 负责 and 清淤 of 由县水利局负责清淤."""
    term = term.removeprefix("由")
    roles = [role for role in _ROLE_BEHIND.finditer(term) if role.start() >= _SHORTEST_UNIT]
    return [(term[: role.start()], role[0], term[role.end() :].removeprefix("的")) for role in roles]


def chair_and_rest(term: str) -> tuple[str, str] | None:
    """Return who chaired a meeting, and the matter: of 市长陆砚青主持的会议讨论了停车."""
    found = _CHAIRED.fullmatch(term)
    return (found["chair"], found["rest"]) if found else None


def submitted_to(term: str) -> tuple[str, str] | None:
    """Return the words of minutes for a matter submitted: 提请市委常委会 and 审议, of 报市委常委会审议."""
    found = _SUBMITTED.fullmatch(term)
    return (f"提请{found['to']}", found["done"]) if found else None


def choices_in(term: str) -> list[str]:
    """Return the alternatives of a term, 停车 and 公交 of 停车或公交, or nothing."""
    parts = _OR.split(term)
    return parts if len(parts) > 1 and all(len(part) > 1 for part in parts) else []


def role_called(text: str) -> str:
    """Return the role that a text names, in its short form: 牵头 of 牵头单位, or ""."""
    found = _ROLE.fullmatch(text)
    return found["role"] if found else ""


def may_be_cut(token: str) -> bool:
    """Return whether a part of the token would still be about the same: not of 第96次, 3月底前, 未通过 or 王国庆."""
    cost = name_cost(token) if len(token) == 3 else None
    return not (_COUNTS.search(token) or is_negated(token)) and (cost is None or cost > 0)


def with_other_numerals(text: str) -> list[str]:
    """Return the text with its numbers written otherwise: 3号线 for 三号线, 第三次 for 第3次, 75% for 百分之七十五."""
    written = _DECIMAL.sub(_in_digits, _BEFORE.sub("前", text))
    written = _PERCENT.sub(lambda match: f"{as_number(match['number']) or match['number']}%", written)
    renumbered = (written, _COUNTED.sub(lambda match: _other_numeral(match[0]), written))
    return [each for each in dict.fromkeys(renumbered) if each != text]


def with_other_unit(text: str) -> str:
    """Return the text with its amounts in the other unit: 8000万元 of 0.8亿元; "" without any."""
    converted = _AMOUNT.sub(_other_unit, text)
    return converted if converted != text else ""


def document_number(text: str) -> str:
    """Return the number of a document as minutes write it, folded: [2026]2号 of 纪要2026年第2号, or ""."""
    found = _DOCUMENT_NUMBER.search(text)
    return f"[{found['year']}]{found['number']}号" if found else ""


def _in_digits(decimal: re.Match[str]) -> str:
    """Return a decimal in digits: 11.8 of 十一点八."""
    part = "".join(str(as_number(digit) or 0) for digit in decimal["part"])
    whole = as_number(decimal["whole"])
    return decimal[0] if whole is None else f"{whole}.{part}"


def _other_numeral(numeral: str) -> str:
    if numeral.isdigit():
        return chinese(int(numeral))
    number = as_number(numeral)
    return numeral if number is None else str(number)


def _other_unit(amount: re.Match[str]) -> str:
    number = Decimal(amount["number"])
    converted = number * _TEN_THOUSANDS if amount["unit"] == "亿" else number / _TEN_THOUSANDS
    return f"{converted.normalize():f}{'万' if amount['unit'] == '亿' else '亿'}"


def surname_and_office(text: str) -> tuple[str, str] | None:
    """Return the surname and the office of 陆市长, or None."""
    called = _SURNAME_AND_OFFICE.fullmatch(text)
    return (called["surname"], called["office"]) if called else None


def without_office(text: str) -> str:
    """Return a name without office: 陆砚青 for 市长陆砚青 and for 陆砚青市长.

    A result of a single character is not a name, so the text is unchanged.
    """
    name = _OFFICE_BESIDE.sub("", text)
    return name if len(name) > 1 else text
