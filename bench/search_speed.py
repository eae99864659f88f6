"""How fast an index of generated minutes is built, updated and searched: `python bench/search_speed.py [meetings]`.

Prints figures of this machine and this moment; nothing is kept.
"""

import datetime
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from search.documents import IndexDocument, Key  # noqa: E402
from search.engines.base import Filters, Request, Sort  # noqa: E402
from search.engines.whoosh.engine import WhooshEngine  # noqa: E402
from search.query import parse_query  # noqa: E402

ITEMS_A_MEETING = 8
SUBJECTS = [
    "老旧小区改造",
    "安全生产",
    "营商环境",
    "污水处理",
    "学前教育",
    "道路养护",
    "森林防火",
    "医疗保障",
    "防汛抗旱",
]
VERBS = ["推进", "加强", "完善", "研究", "落实", "统筹", "规范", "督促", "检查", "保障", "协调", "部署", "明确", "细化"]
OBJECTS = ["工作机制", "专项资金", "实施方案", "责任分工", "考核办法", "基础设施", "项目建设", "监督管理", "服务水平"]
UNITS = [
    "市住建局",
    "市财政局",
    "市教育局",
    "市应急局",
    "市交通局",
    "市水务局",
    "市民政局",
    "市司法局",
    "市审计局",
    "市医保局",
]
QUERIES = {
    "common word": ["工作机制", "专项资金", "落实"],
    "two words": ["老旧小区 资金", "安全生产 检查"],
    "rare phrase": ['"会同市水务局细化"', '"市医保局督促项目建设"'],
    "one of two": ["森林防火 OR 防汛抗旱"],
    "exclusion": ["污水处理 -资金"],
    "unknown text": ["查无此事"],
}


def generated(meetings: range, chance: random.Random) -> Iterator[IndexDocument]:
    """Items of about 800 characters in the manner of minutes."""
    for meeting in meetings:
        date = datetime.date(1999, 1, 1) + datetime.timedelta(days=chance.randrange(9000))
        for position in range(1, ITEMS_A_MEETING + 1):
            subject, unit, other = chance.choice(SUBJECTS), *chance.sample(range(len(UNITS)), 2)
            clauses = [
                f"{chance.choice(VERBS)}{chance.choice(SUBJECTS)}{chance.choice(OBJECTS)}，由{UNITS[unit]}会同"
                f"{UNITS[other]}{chance.choice(VERBS)}{chance.choice(OBJECTS)}，{chance.randrange(1, 99)}项"
                for _ in range(20)
            ]
            title = f"关于{chance.choice(VERBS)}{subject}{chance.choice(OBJECTS)}的汇报"
            yield IndexDocument(
                Key(meeting * 100 + position), meeting, position, date, "executive",
                ((unit, "lead"), (other, "supporting")), title, "原则同意", (f"{title}\n{'。'.join(clauses)}",),
            )  # fmt: skip


def milliseconds(engine: WhooshEngine, request: Request) -> float:
    began = time.perf_counter()
    engine.search(request)
    return (time.perf_counter() - began) * 1000


def main(meetings: int) -> None:
    """Build, search each query cold and then warm, update one meeting and find it."""
    chance = random.Random(7)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder))
        began = time.perf_counter()
        documents = engine.replace_all(generated(range(1, meetings + 1), chance))
        took = time.perf_counter() - began
        print(f"built {documents} documents in {took:.1f} s, {documents / took:.0f} a second")
        began = time.perf_counter()
        engine.state()
        print(f"opened in {(time.perf_counter() - began) * 1000:.0f} ms")
        filters = Filters(date_from=datetime.date(2005, 1, 1), departments=frozenset({3, 4}))
        for kind, queries in QUERIES.items():
            for label, changed in (("", {}), (" by date", {"sort": Sort.NEWEST}), (" filtered", {"filters": filters})):
                requests = [Request(parse_query(query), **changed) for query in queries]
                first = [milliseconds(engine, request) for request in requests]
                warm = [milliseconds(engine, request) for request in requests for _ in range(20)]
                print(f"{kind + label:24} first {max(first):7.2f} ms   warm p50 {statistics.median(warm):6.2f} ms")
        began = time.perf_counter()
        engine.update([1], generated(range(1, 2), chance))
        written = time.perf_counter()
        engine.search(Request(parse_query("工作机制")))
        found = time.perf_counter() - written
        print(f"one meeting updated in {(written - began) * 1000:.0f} ms, found {found * 1000:.0f} ms later")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, the build included")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
