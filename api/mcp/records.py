"""Read records through the API's own views in this process.

So rights, filters, limits and messages are the same.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, get_script_prefix, resolve, reverse
from mcp.server.mcpserver.exceptions import ToolError

from api.mcp.quotes import LOCAL_SITE


def read(name: str, /, *args: object, **parameters: object) -> dict[str, Any]:
    """Return the JSON of the API view with this URL name; raise ToolError on errors."""
    site = urlsplit(settings.SITE_URL or LOCAL_SITE)
    try:
        path = reverse(name, args=args)
    except NoReverseMatch as error:
        raise ToolError(f"档案里没有这样的编号：{'、'.join(map(str, args))}。") from error
    request = HttpRequest()
    request.method, request.path = "GET", path
    # With a path prefix, reverse() includes it, and the URL resolver expects none.
    request.path_info = f"/{path.removeprefix(get_script_prefix())}"
    given = {key: value for key, value in parameters.items() if value not in (None, "")}
    # JSON strings can contain lone surrogates, which cannot be encoded in a query string.
    request.GET = QueryDict(urlencode(given, errors="replace"))
    request.META = {
        "REQUEST_METHOD": "GET",
        "SERVER_NAME": site.hostname or "127.0.0.1",
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": site.netloc,
        "wsgi.url_scheme": site.scheme,
        "QUERY_STRING": request.GET.urlencode(),
    }
    match = resolve(request.path_info)
    request.resolver_match = match
    response = match.func(request, *match.args, **match.kwargs)
    if hasattr(response, "render"):
        response.render()
    data = json.loads(response.content)
    if response.status_code != 200:
        raise ToolError(data.get("detail") or data.get("title") or f"HTTP {response.status_code}")
    return data
