"""Serializers of hits, for the API, exports and OpenAPI."""

from __future__ import annotations

import json
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.utils.encoders import JSONEncoder

from minutes.models import Meeting
from search.results.highlight import Snippet
from search.results.hits import Hit, HitItem

SPANS = {
    "type": "array",
    "items": {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
}
ADDRESS = {"type": "string", "format": "uri"}


class HitMeetingSerializer(serializers.Serializer[Meeting]):
    """The meeting that a hit belongs to."""

    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField(help_text="网页地址。")
    name = serializers.CharField(source="__str__")
    body = serializers.CharField(source="body.name")
    kind = serializers.CharField()
    number = serializers.IntegerField(allow_null=True)
    doc_number = serializers.SerializerMethodField()
    date = serializers.DateField(allow_null=True)

    @extend_schema_field(ADDRESS)
    def get_url(self, meeting: Meeting) -> str:
        """Return the URL of the meeting's page."""
        return self.context["absolute"](meeting.get_absolute_url())

    def get_doc_number(self, meeting: Meeting) -> str | None:
        """Return the document number, or None."""
        return meeting.doc_number or None


class HitItemSerializer(serializers.Serializer[HitItem]):
    """The agenda item of a hit."""

    id = serializers.IntegerField(source="pk")
    position = serializers.IntegerField()
    outcome = serializers.SerializerMethodField()
    next_step = serializers.SerializerMethodField()
    lead = serializers.ListField(child=serializers.CharField())

    def get_outcome(self, item: HitItem) -> str | None:
        """Return the outcomes as written."""
        return "；".join(item.outcomes) or None

    def get_next_step(self, item: HitItem) -> str | None:
        """Return the next steps as written."""
        return "；".join(item.next_steps) or None


class PassageSerializer(serializers.Serializer[Hit]):
    """The matching passage, with the spans [start, end) of matches in its text."""

    text = serializers.SerializerMethodField()
    matches = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    def get_text(self, hit: Hit) -> str:
        """Return the passage as plain text."""
        return "".join(part.text for part in hit.snippet.parts) if hit.snippet else ""

    @extend_schema_field(SPANS)
    def get_matches(self, hit: Hit) -> list[list[int]]:
        """Return the spans of the matches."""
        matches, place = [], 0
        for part in hit.snippet.parts if hit.snippet else ():
            if part.marked:
                matches.append([place, place + len(part.text)])
            place += len(part.text)
        return matches

    @extend_schema_field(ADDRESS)
    def get_url(self, hit: Hit) -> str:
        """Return the URL of the passage."""
        return self.context["absolute"](hit.snippet_url)


class HitSerializer(serializers.Serializer[Hit]):
    """A result; the serializer context has `absolute` to make URLs absolute."""

    type = serializers.SerializerMethodField(help_text="议题，或会议中议题以外的部分。")
    title = serializers.SerializerMethodField(help_text="议题的标题，或会议的名称。")
    url = serializers.SerializerMethodField(help_text="网页地址。")
    meeting = HitMeetingSerializer(help_text="所属会议。")
    item = HitItemSerializer(allow_null=True, help_text="议题；结果是会议时为 null。")
    passage = serializers.SerializerMethodField(help_text="最能回答检索词的一段。")

    @extend_schema_field({"type": "string", "enum": ["item", "meeting"]})
    def get_type(self, hit: Hit) -> str:
        """Return the kind of record of the hit."""
        return "item" if hit.item else "meeting"

    def get_title(self, hit: Hit) -> str:
        """Return the title as plain text."""
        return "".join(part.text for part in hit.title)

    @extend_schema_field(ADDRESS)
    def get_url(self, hit: Hit) -> str:
        """Return the URL of the item or meeting."""
        return self.context["absolute"](hit.url)

    @extend_schema_field(PassageSerializer(allow_null=True))
    def get_passage(self, hit: Hit) -> dict[str, Any] | None:
        """Return the passage, or None if the text does not match."""
        return PassageSerializer(hit, context=self.context).data if hit.snippet else None


def encode_json(data: Any) -> str:
    """Return the data as one line of JSON, safe to embed in markup."""
    text = json.dumps(data, ensure_ascii=False, cls=JSONEncoder)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def snippet_text(snippet: Snippet | None) -> str:
    """Return a snippet as plain text, with dots where it was truncated."""
    if snippet is None:
        return ""
    text = "".join(part.text for part in snippet.parts)
    return f"{'……' if snippet.goes_on_before else ''}{text}{'……' if snippet.goes_on_after else ''}"
