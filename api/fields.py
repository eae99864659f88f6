"""Fields shared by all serializers: page URL, span in the source, nulls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import models
from django.db.models import Manager
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from minutes.addresses import address


@extend_schema_field({"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2})
class SpanField(serializers.Field):
    """The span [start, end) of the source text that a record was read from."""

    def __init__(self) -> None:
        super().__init__(source="*", read_only=True, help_text="在来源文本中的位置：[起始字符, 结束字符)。")

    def to_representation(self, record: Any) -> list[int]:
        return [record.start, record.end]


class OnSite(serializers.Field):
    """A URL of a record; `site` is the address of the archive: https://minutes.example.org."""

    def __init__(self, help_text: str = "网页地址。", source: str = "*") -> None:
        super().__init__(source=source, read_only=True, help_text=help_text)

    def on_site(self, record: Any, site: str) -> str:
        raise NotImplementedError


@extend_schema_field({"type": "string", "format": "uri"})
class PageField(OnSite):
    """URL of the page of a record, or of the item that contains it."""

    def __init__(self, source: str = "*") -> None:
        super().__init__(source=source)

    def on_site(self, record: Any, site: str) -> str:
        return f"{site}{record.get_absolute_url()}"


@extend_schema_field({"type": "string", "format": "uri"})
class PageOfPartField(OnSite):
    """URL of the item that contains a part of a meeting, or of the meeting."""

    def on_site(self, part: Any, site: str) -> str:
        return f"{site}{(part.item or part.meeting).get_absolute_url()}"


@extend_schema_field({"type": "string", "format": "uri"})
class ParagraphPageField(OnSite):
    """URL of a paragraph on the page of its item."""

    def on_site(self, paragraph: Any, site: str) -> str:
        return f"{site}{paragraph.item.get_absolute_url()}#p{paragraph.position}"


@extend_schema_field({"type": "string", "format": "uri"})
class AddressField(OnSite):
    """API URL of a record: its id below the list of its kind, as the router has it."""

    def __init__(self, kind: str) -> None:
        super().__init__("接口地址。")
        self.kind = kind

    def on_site(self, record: models.Model, site: str) -> str:
        return f"{site}{address(f'{self.kind}-list')}{record.pk}/"


# Fields whose value is the attribute of the record as it is.
PLAIN = (serializers.CharField, serializers.IntegerField, serializers.ChoiceField)
# Returns the value of a field for a record and a site.
Reader = Callable[[Any, str], Any]


class RecordSerializer(serializers.ModelSerializer):
    """A record as plain data; null where the minutes do not say."""

    # `chosen` limits the output to some fields. The docstring above is also the description in OpenAPI.
    def __init__(self, *args: Any, chosen: frozenset[str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.chosen = chosen

    def get_fields(self) -> dict[str, serializers.Field]:
        """Return the fields by name."""
        fields = super().get_fields()
        for field in fields.values():
            field.read_only = True
        return fields

    def build_standard_field(self, field_name: str, model_field: models.Field) -> tuple[type, dict[str, Any]]:
        """Return the field with its options; text that may be missing is nullable."""
        field_class, options = super().build_standard_field(field_name, model_field)
        if isinstance(model_field, models.CharField | models.TextField) and model_field.blank:
            options.pop("allow_blank", None)
            options["allow_null"] = True
        # The maximum depends on the database engine, and the API is read-only.
        options.pop("max_value", None)
        options.setdefault("help_text", "编号。" if model_field.primary_key else f"{model_field.verbose_name}。")
        return field_class, options

    @cached_property
    def site(self) -> str:
        return self.context["request"].build_absolute_uri("/").removesuffix("/")

    @cached_property
    def readers(self) -> dict[str, Reader]:
        readers = readers_of(type(self))
        return readers if self.chosen is None else {name: readers[name] for name in readers if name in self.chosen}

    def to_representation(self, instance: models.Model) -> dict[str, Any]:
        """Return the record as plain data."""
        return represented(instance, self.readers, self.site)


def represented(record: Any, readers: Mapping[str, Reader], site: str) -> dict[str, Any]:
    """Return the fields of a record; empty texts become null."""
    return {name: None if (value := read(record, site)) == "" else value for name, read in readers.items()}


@cache
def readers_of(kind: type[RecordSerializer]) -> dict[str, Reader]:
    """Return a reader for each field.

    The framework copies all fields of all serializers for each request, and asks them for every value.
    """
    return {name: reader_of(field) for name, field in kind().fields.items()}


def reader_of(field: serializers.Field) -> Reader:
    if isinstance(field, OnSite):
        get = (lambda record: record) if field.source == "*" else attrgetter(field.source)
        return lambda record, site: field.on_site(get(record), site)
    if isinstance(field, serializers.ListSerializer):
        return reader_of_many(field)
    if isinstance(field, RecordSerializer):
        get, readers = attrgetter(field.source), readers_of(type(field))
        return lambda record, site: represented(part, readers, site) if (part := get(record)) else None
    if type(field) in PLAIN:
        get = attrgetter(field.source)
        return lambda record, _site: get(record)
    return lambda record, _site: (
        None if (value := field.get_attribute(record)) is None or value == "" else field.to_representation(value)
    )


def reader_of_many(field: serializers.ListSerializer) -> Reader:
    source, readers = field.source, readers_of(type(field.child))
    get = attrgetter(source)

    def read(record: Any, site: str) -> list[dict[str, Any]]:
        # Most are loaded in advance; the framework would make a manager for each record to return them.
        parts = record.__dict__.get("_prefetched_objects_cache", {}).get(source)
        if parts is None:
            try:
                parts = get(record)
            except AttributeError:
                # The record has no item, whose parts they would be.
                return field.get_default()
            if isinstance(parts, Manager):
                parts = parts.all()
        return [represented(part, readers, site) for part in parts]

    return read
