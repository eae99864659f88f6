"""A result as programs read it: the same in the interface for programs and in exports."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise

from search.results.highlight import Snippet
from search.results.hits import Hit

AbsoluteAddress = Callable[[str], str]


def hit_to_dict(found: Hit, absolute: AbsoluteAddress) -> dict[str, Any]:
    """A result with the meeting and item it stands for, and the passage that answers; absent things are null."""
    meeting = found.meeting
    return {
        "type": "item" if found.item else "meeting",
        "title": "".join(part.text for part in found.title),
        "url": absolute(found.url),
        "meeting": {
            "id": meeting.pk,
            "url": absolute(meeting.get_absolute_url()),
            "name": str(meeting),
            "body": meeting.body.name,
            "kind": meeting.kind,
            "number": meeting.number,
            "doc_number": meeting.doc_number or None,
            "date": meeting.date.isoformat() if meeting.date else None,
        },
        "item": _item_as_data(found),
        "passage": _passage_as_data(found, found.snippet, absolute) if found.snippet else None,
    }


def to_json(data: Any) -> str:
    """The data as JSON in one line, in which nothing can be taken for markup, wherever it ends up."""
    text = json.dumps(data, ensure_ascii=False, default=_as_text)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def snippet_text(snippet: Snippet | None) -> str:
    """A passage as plain text, with dots where the text goes on."""
    if snippet is None:
        return ""
    text = "".join(part.text for part in snippet.parts)
    return f"{'……' if snippet.goes_on_before else ''}{text}{'……' if snippet.goes_on_after else ''}"


def _item_as_data(found: Hit) -> dict[str, Any] | None:
    if found.item is None:
        return None
    return {
        "id": found.item.pk,
        "position": found.item.position,
        "outcome": "；".join(found.item.outcomes) or None,
        "next_step": "；".join(found.item.next_steps) or None,
        "lead": found.item.lead,
    }


def _passage_as_data(found: Hit, snippet: Snippet, absolute: AbsoluteAddress) -> dict[str, Any]:
    """The passage, and the places `[start, end)` of the matches in its text."""
    matches = []
    place = 0
    for part in snippet.parts:
        if part.marked:
            matches.append([place, place + len(part.text)])
        place += len(part.text)
    return {
        "text": "".join(part.text for part in snippet.parts),
        "matches": matches,
        "url": absolute(found.snippet_url),
    }


def _as_text(value: object) -> str:
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
