"""Prepare the OpenAPI document for the HTML page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from api.description.schema import description

EXAMPLE = {"lead": "市住建局", "year": "2019"}
KINDS_OF_VALUE = {
    "string": "文字",
    "integer": "整数",
    "boolean": "是否",
    "array": "列表",
    "object": "对象",
}
FORMATS_OF_VALUE = {"date": "日期", "date-time": "时间", "uri": "网址"}


@dataclass(frozen=True, slots=True)
class Described:
    """A parameter or a field: name, type, meaning and choices."""

    name: str
    kind: str
    meaning: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DescribedRecords:
    """A kind of record: its URL, the parameters of its list, and its fields."""

    name: str
    path: str
    what: str
    about: str
    parameters: list[Described]
    fields: list[Described]
    are_read_one_by_one: bool


def records_described() -> list[DescribedRecords]:
    """Return every kind of record with a list, in the order of the OpenAPI document."""
    document = description()
    lists = [(path, methods["get"]) for path, methods in document["paths"].items() if "{id}" not in path]
    return [
        DescribedRecords(
            name=path.strip("/").rpartition("/")[2],
            path=path,
            what=operation["tags"][0],
            about=operation["description"],
            parameters=[
                described(each["name"], each["schema"], each["description"]) for each in operation["parameters"]
            ],
            fields=fields_of(operation, document["components"]["schemas"]),
            are_read_one_by_one=f"{path}{{id}}/" in document["paths"],
        )
        for path, operation in lists
    ]


def fields_of(operation: dict[str, Any], schemas: dict[str, Any]) -> list[Described]:
    """Return the fields of a record in the response of a list."""
    page = operation["responses"]["200"]["content"]["application/json"]["schema"]
    record = resolved(resolved(page, schemas)["properties"]["results"]["items"], schemas)
    return [
        described(name, resolved(field, schemas), field.get("description", ""))
        for name, field in record["properties"].items()
    ]


def resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """Return a schema, following a reference to another one."""
    if reference := schema.get("$ref"):
        return resolved(schemas[reference.rpartition("/")[2]], schemas)
    if parts := schema.get("allOf") or schema.get("oneOf"):
        return resolved(parts[0], schemas)
    return schema


def described(name: str, schema: dict[str, Any], meaning: str) -> Described:
    kind = FORMATS_OF_VALUE.get(schema.get("format", "")) or KINDS_OF_VALUE[schema["type"]]
    choices = schema.get("items", schema).get("enum", ())
    # The generator repeats the choices in the description; they are shown separately.
    return Described(name, kind, meaning.partition("\n\n")[0], tuple(str(each) for each in choices if each))
