"""The facts of a meeting as a whole, declared once; whatever lists them elsewhere is made from this table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

# What a fact is: the name of the body that met, the kind of meeting, another text, a number, a day, a list of texts,
# a passage with tasks, or a person with a title.
FieldType = Literal["body", "kind", "text", "number", "date", "texts", "passage", "person"]


@dataclass(frozen=True, slots=True)
class MeetingField:
    """A fact under its name in `ParsedMinutes`, in the public JSON and in corrections.

    `label` is what people call it, `columns` what the records, the API and the exports keep it in.
    """

    name: str
    label: str
    type: FieldType = "text"
    columns: tuple[str, ...] = ()
    at_end: bool = False

    def __post_init__(self) -> None:
        if not self.columns:
            object.__setattr__(self, "columns", (self.name,))


# In the order of the minutes: head and opening, then what stands behind the items.
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
    """Return the columns that keep the fields, in order."""
    return tuple(column for field in fields for column in field.columns)
