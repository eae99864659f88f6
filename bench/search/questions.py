"""Some sixty realistic queries by kind."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

Day = datetime.date


@dataclass(frozen=True, slots=True)
class Question:
    """A query in the archive's syntax, filters, and the counts requested."""

    kind: str
    words: str
    dates: tuple[Day, Day] | None = None  # inclusive
    department: int | None = None
    newest_first: bool = False
    counts: bool = False  # by year and by department
    snippets: bool = False


COMMON = ["资金", "项目", "群众", "安全生产", "企业", "市财政局", "整改", "验收"]
RARE = ["金里小区", "桐谷路", "银谷镇", "苇闸医院", "莲铺大桥", "竹驿村", "人口普查", "白蚁防治"]
ALL_OF = [
    "老旧小区 资金",
    "安全生产 市应急局",
    "污水处理 征收 验收",
    "市住建局 市财政局 补助",
    "城市更新 群众 意见",
    "防汛抗旱 值班值守",
    "轨道交通 净地交付",
    "营商环境 企业 台账",
]
ONE_OF = [
    "森林防火 OR 防汛抗旱",
    "加装电梯 OR 自建房",
    "燃气 OR 供水",
    "学前教育 OR 义务教育 OR 职业教育",
    "(湿地 OR 绿化) 资金",
    "犬只 OR 烟花爆竹",
]
PHRASES = [
    '"不得迟报漏报"',
    '"主汛期到来之前"',
    '"逐条销号"',
    '"原则同意市教育局"',
    '"重建轻管"',
    '"市水务局要会同"',
    '"不得搞形象工程"',
    '"首期规模二十亿元"',
]
WITHOUT = ["污水处理 -资金", "老旧小区 -市财政局", "企业 -补助", "食品安全 -学校"]
FIVE_YEARS = (Day(2015, 1, 1), Day(2019, 12, 31))
ONE_MONTH = (Day(2019, 5, 1), Day(2019, 5, 31))
DEPARTMENT = 3

QUESTIONS = [
    *(Question("common word", words) for words in COMMON),
    *(Question("rare word", words) for words in RARE),
    *(Question("all of several", words) for words in ALL_OF),
    *(Question("one of several", words) for words in ONE_OF),
    *(Question("phrase", words) for words in PHRASES),
    *(Question("without a word", words) for words in WITHOUT),
    *(Question("date range", words, FIVE_YEARS) for words in ("资金", "老旧小区 资金", "验收")),
    *(Question("date range", words, ONE_MONTH) for words in ("项目", "群众", "安全生产")),
    *(Question("department", words, department=DEPARTMENT) for words in ("资金", "整改", "老旧小区", "城市更新 群众")),
    *(Question("newest first", words, newest_first=True) for words in ("资金", "安全生产", "老旧小区 资金", "桐谷路")),
    *(Question("counts", words, counts=True) for words in ("资金", "企业", "安全生产", "污水处理 验收")),
    *(Question("snippets", words, snippets=True) for words in ("资金", "老旧小区 资金", "白蚁防治", "群众 意见")),
]
KINDS = list(dict.fromkeys(question.kind for question in QUESTIONS))
