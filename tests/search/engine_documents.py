"""Documents of an invented city for tests that speak to an engine directly."""

import datetime
from typing import Any

from search.index.documents import DocId, IndexDocument
from search.index.facet_fields import CATEGORIES

SUBJECTS = [
    "关于推进老旧小区改造的实施意见",
    "云川市安全生产专项整治方案",
    "城市更新三年行动计划",
    "二〇二〇年度污染防治工作情况的汇报",
]


def document(pk: int, text: str, **known: Any) -> IndexDocument:
    """Return an agenda item with this text, and defaults for all else.

    Keywords name categories and fields.
    """
    plain: dict[str, Any] = {
        "key": DocId(pk),
        "meeting": pk,
        "position": 1,
        "date": datetime.date(2019, 5, 6),
        "title": "",
        "decision": "",
        "texts": (text,),
    }
    facts = {category.name: known.pop(category.name) for category in CATEGORIES if category.name in known}
    plain |= known
    day = plain["date"]
    facts = {"year": (day.year,) if day else (), "kind": ("executive",)} | facts
    return IndexDocument(**plain, facts=facts)


def meeting_document(pk: int, text: str, **known: Any) -> IndexDocument:
    """Return the document of a meeting around its items."""
    return document(pk, text, key=DocId(pk, is_meeting=True), position=0, **known)
