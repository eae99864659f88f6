"""Documents of an invented city for tests that speak to an engine directly."""

import datetime
from typing import Any

from search.documents import IndexDocument, Key

SUBJECTS = [
    "关于推进老旧小区改造的实施意见",
    "云川市安全生产专项整治方案",
    "城市更新三年行动计划",
    "二〇二〇年度污染防治工作情况的汇报",
]


def document(pk: int, text: str, **known: Any) -> IndexDocument:
    """An agenda item with this text, other facts as given or plain."""
    facts: dict[str, Any] = {
        "key": Key(pk),
        "meeting": pk,
        "position": 1,
        "date": datetime.date(2019, 5, 6),
        "kind": "executive",
        "departments": (),
        "title": "",
        "decision": "",
        "texts": (text,),
    }
    return IndexDocument(**(facts | known))


def meeting_document(pk: int, text: str, **known: Any) -> IndexDocument:
    """The document of a meeting around its items."""
    return document(pk, text, key=Key(pk, is_meeting=True), position=0, **known)
