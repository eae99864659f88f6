"""How the search for programs describes itself in OpenAPI: what may be asked, and what is answered."""

from __future__ import annotations

from typing import Any

from django import forms
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from api.errors import PROBLEM_JSON, TITLES, ProblemSerializer
from search.query import MAX_CHARACTERS
from search.query.filters import PageField, RecordsField, SearchFilters, YearsField

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
ADDRESS: Schema = {"type": "string", "format": "uri"}
SPAN: Schema = {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2}
MEANINGS = {
    "q": "检索词；写法同检索页：空格并列，引号连写，-词 排除。不写时列出全部。",
    "exact": "写 1 时不添加单位的别名、文件的全称。",
    "sort": "结果的次序，不写时最相关的在前。",
    "page": "第几页，从 1 开始。",
}


def nullable(schema: Schema) -> Schema:
    return schema | {"nullable": True}


def told(schema: Schema, meaning: str) -> Schema:
    return schema | {"description": meaning}


def record(**properties: Schema) -> Schema:
    """An object that always has all of these."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def listed(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


MEETING = record(
    id=COUNT,
    url=ADDRESS,
    name=TEXT,
    body=TEXT,
    kind=TEXT,
    number=nullable(COUNT),
    doc_number=nullable(TEXT),
    date=nullable({"type": "string", "format": "date"}),
)
ITEM = record(
    id=COUNT,
    position=COUNT,
    outcome=nullable(TEXT),
    next_step=nullable(TEXT),
    lead=listed(TEXT),
)
PASSAGE = record(text=TEXT, matches=listed(SPAN), url=ADDRESS)
RESULT = record(
    type=told({"type": "string", "enum": ["item", "meeting"]}, "议题，或会议中议题以外的部分。"),
    title=told(TEXT, "议题的标题，或会议的名称。"),
    url=told(ADDRESS, "网页地址。"),
    meeting=told(MEETING, "所属会议。"),
    item=told(nullable(ITEM), "议题；结果是会议时为 null。"),
    passage=told(nullable(PASSAGE), "最能回答检索词的一段，matches 是其中各处匹配的 [起始字符, 结束字符)。"),
)
CHOICE = record(label=TEXT, count=nullable(COUNT), selected={"type": "boolean"}, url=ADDRESS)
HELD = record(
    version=TEXT,
    updated_at={"type": "string", "format": "date-time"},
    items=COUNT,
    meetings=COUNT,
    first_year=nullable(COUNT),
    last_year=nullable(COUNT),
    meetings_behind=COUNT,
)
ANSWER = record(
    query=told(TEXT, "检索词。"),
    understood=told(listed(record(text=TEXT, cut=listed(TEXT))), "检索词怎样理解、怎样分词。"),
    added=told(listed(record(kind=TEXT, to=TEXT, texts=listed(TEXT))), "为检索词添加的别名和全称。"),
    total=told(COUNT, "共有多少结果。"),
    page=COUNT,
    pages=COUNT,
    next=nullable(ADDRESS),
    previous=nullable(ADDRESS),
    index=told(HELD, "回答所据的索引。"),
    facets=told({"type": "object", "additionalProperties": listed(CHOICE)}, "各类结果的条数，和只看这一类的地址。"),
    results=listed(RESULT),
)
REFUSAL = record(error=record(status=COUNT, message=TEXT))


def one_of(choices: Any) -> Schema:
    return {"type": "string", "enum": [value for value, _ in choices if value]}


def schema_of(field: forms.Field) -> Schema:
    """What a condition takes; of records the numbers, since their names are not for a description to know."""
    match field:
        case YearsField():
            return listed({"type": "string", "pattern": "^[1-9][0-9]{3}$"})
        case RecordsField():
            return listed({"type": "string", "pattern": "^[0-9]{1,18}$"})
        case forms.MultipleChoiceField():
            return listed(one_of(field.choices))
        case PageField():
            return {"type": "integer", "minimum": 1}
        case forms.DateField():
            return {"type": "string", "format": "date"}
        case forms.ChoiceField():
            return one_of(field.choices)
    return {"type": "string", "maxLength": MAX_CHARACTERS}


def parameters() -> list[OpenApiParameter]:
    """Every condition of a search; those that are lists may stand several times."""
    return [
        OpenApiParameter(name, schema_of(condition.field), description=MEANINGS.get(name, f"{condition.label}。"))
        for name, condition in SearchFilters.base_filters.items()
    ]


describes_search = extend_schema(
    operation_id="search",
    tags=["检索"],
    summary="检索：一页结果",
    description="检索的条件和结果，同检索页。",
    parameters=parameters(),
    responses={
        200: OpenApiResponse(ANSWER, description="找到的结果。"),
        400: OpenApiResponse(REFUSAL, description="不能这样问，message 说明原因。"),
        503: OpenApiResponse(REFUSAL, description="检索暂不可用，Retry-After 是要等的秒数。"),
        (429, PROBLEM_JSON): OpenApiResponse(ProblemSerializer, description=f"{TITLES[429]}。"),
    },
)
