"""The fields of a meeting, defined once; all other lists are derived from it.

`ParsedMinutes` in types.py has an attribute for each. They are read in head/ and in imprint.py; kind, number and
place in head/opening.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

# Types of fields: name of the body, kind of meeting, other text, number, date, list of texts, passage with tasks, or
# person with title.
FieldType = Literal["body", "kind", "text", "number", "date", "texts", "passage", "person"]


@dataclass(frozen=True, slots=True)
class MeetingField:
    """A field under its name in `ParsedMinutes`, JSON and corrections.

    `label` is its Chinese name, `columns` those of the model, the API and the exports.
    """

    name: str
    label: str
    type: FieldType = "text"
    columns: tuple[str, ...] = ()
    at_end: bool = False

    def __post_init__(self) -> None:
        if not self.columns:
            object.__setattr__(self, "columns", (self.name,))


# In text order: head and opening, then the parts after the items.
MEETING_FIELDS = (
    MeetingField("body", "会议主体", "body"),
    MeetingField("kind", "会议类型", "kind", columns=("kind", "kind_text")),
    MeetingField("term", "届次", "number"),
    MeetingField("number", "次数", "number"),
    MeetingField("serial", "期号", "number"),
    MeetingField("doc_number", "文号"),
    MeetingField("date", "日期", "date"),
    MeetingField("part_of_day", "时段"),
    MeetingField("place", "地点"),
    MeetingField("chair", "主持", "person", columns=("chair_name", "chair_title")),
    MeetingField("opening", "开头", "passage"),
    MeetingField("closing", "其他事项", "passage", at_end=True),
    MeetingField("recorder", "记录", at_end=True),
    MeetingField("compiled_by", "整理单位", at_end=True),
    MeetingField("compiled_on", "整理日期", "date", at_end=True),
    MeetingField("issued_by", "印发单位", at_end=True),
    MeetingField("issued_on", "印发日期", "date", at_end=True),
    MeetingField("web_published_on", "网页发布日期", "date", at_end=True),
    MeetingField("disclosure", "公开属性", at_end=True),
    MeetingField("distribution", "分送", "texts", at_end=True),
)


def names_of(*types: FieldType) -> tuple[str, ...]:
    """Return the names of the fields of these types, in order."""
    return tuple(field.name for field in MEETING_FIELDS if field.type in types)


def columns_of(fields: Iterable[MeetingField] = MEETING_FIELDS) -> tuple[str, ...]:
    """Return the columns of the fields, in order."""
    return tuple(column for field in fields for column in field.columns)
