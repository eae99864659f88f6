"""Fields shared by all serializers: page URL, span in the source, nulls."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


@extend_schema_field({"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2})
class SpanField(serializers.Field):
    """The span [start, end) of the source text that a record was read from."""

    def __init__(self) -> None:
        super().__init__(source="*", read_only=True, help_text="在来源文本中的位置：[起始字符, 结束字符)。")

    def to_representation(self, record: Any) -> list[int]:
        return [record.start, record.end]


@extend_schema_field({"type": "string", "format": "uri"})
class PageField(serializers.Field):
    """URL of the page of a record, or of the item that contains it."""

    def __init__(self, source: str = "*") -> None:
        super().__init__(source=source, read_only=True, help_text="网页地址。")

    def to_representation(self, record: Any) -> str:
        return self.context["request"].build_absolute_uri(record.get_absolute_url())


@extend_schema_field({"type": "string", "format": "uri"})
class PageOfPartField(serializers.Field):
    """URL of the item that contains a part of a meeting, or of the meeting."""

    def __init__(self) -> None:
        super().__init__(source="*", read_only=True, help_text="网页地址。")

    def to_representation(self, part: Any) -> str:
        return self.context["request"].build_absolute_uri((part.item or part.meeting).get_absolute_url())


@extend_schema_field({"type": "string", "format": "uri"})
class ParagraphPageField(serializers.Field):
    """URL of a paragraph on the page of its item."""

    def __init__(self) -> None:
        super().__init__(source="*", read_only=True, help_text="网页地址。")

    def to_representation(self, paragraph: Any) -> str:
        address = f"{paragraph.item.get_absolute_url()}#p{paragraph.position}"
        return self.context["request"].build_absolute_uri(address)


@extend_schema_field({"type": "string", "format": "uri"})
class AddressField(serializers.Field):
    """API URL of a record: its id below the list of its kind, as the router has it."""

    def __init__(self, kind: str) -> None:
        super().__init__(source="*", read_only=True, help_text="接口地址。")
        self.kind = kind

    @cached_property
    def address_of_list(self) -> str:
        return self.context["request"].build_absolute_uri(reverse(f"{self.kind}-list"))

    def to_representation(self, record: models.Model) -> str:
        return f"{self.address_of_list}{record.pk}/"


# Fields whose value is the attribute of the record as it is.
PLAIN = (serializers.CharField, serializers.IntegerField, serializers.ChoiceField)


class RecordSerializer(serializers.ModelSerializer):
    """A record as plain data; null where the minutes do not say."""

    # `chosen` limits the output to some fields. The docstring above is also the description in OpenAPI.
    def __init__(self, *args: Any, chosen: frozenset[str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.chosen = chosen

    def get_fields(self) -> dict[str, serializers.Field]:
        """Return the fields by name, limited to the chosen ones."""
        fields = super().get_fields()
        for field in fields.values():
            field.read_only = True
        if self.chosen is None:
            return fields
        return {name: field for name, field in fields.items() if name in self.chosen}

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
    def readers(self) -> list[tuple[str, Callable[[Any], Any], Callable[[Any], Any] | None]]:
        """Return for each field its name, the getter of its value, and its converter, or None."""
        readers: list[tuple[str, Callable[[Any], Any], Callable[[Any], Any] | None]] = []
        for name, field in self.fields.items():
            if type(field) in PLAIN:
                readers.append((name, attrgetter(field.source), None))
            else:
                readers.append((name, field.get_attribute, field.to_representation))
        return readers

    def to_representation(self, instance: models.Model) -> dict[str, Any]:
        """Return the record as plain data; empty texts become null.

        The framework's own loop asks its fields for every value, which doubles the time.
        """
        data = {}
        for name, read, convert in self.readers:
            value = read(instance)
            data[name] = None if value is None or value == "" else convert(value) if convert else value
        return data
