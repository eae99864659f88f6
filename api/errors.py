"""API errors as problem JSON (RFC 9457) with a Chinese sentence."""

from __future__ import annotations

import math
from typing import Any

from django.http import Http404
from django.urls import reverse
from rest_framework import exceptions, serializers, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

PROBLEM_JSON = "application/problem+json"

TITLES = {
    status.HTTP_400_BAD_REQUEST: "请求有误",
    status.HTTP_404_NOT_FOUND: "没有找到",
    status.HTTP_405_METHOD_NOT_ALLOWED: "只能读取",
    status.HTTP_410_GONE: "已撤回",
    status.HTTP_429_TOO_MANY_REQUESTS: "请求太频繁",
    status.HTTP_503_SERVICE_UNAVAILABLE: "暂不可用",
}


class ProblemSerializer(serializers.Serializer):
    """A problem as in RFC 9457; used in the OpenAPI document only."""

    title = serializers.CharField(help_text="一句话的概括。")
    status = serializers.IntegerField(help_text="HTTP 状态码。")
    detail = serializers.CharField(help_text="出了什么问题，怎么办。")
    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), required=False, help_text="逐个参数的问题。"
    )


class BadParameters(exceptions.APIException):
    """Invalid parameters (400); `errors` maps each parameter to its messages."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__("")
        self.errors = errors


class Unavailable(exceptions.APIException):
    """The search index is unavailable (503); `retry_after` is in seconds."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    retry_after = 60


class Withdrawn(exceptions.APIException):
    """A meeting that was public and is withdrawn (410), with its tombstone."""

    status_code = status.HTTP_410_GONE

    def __init__(self, tombstone: dict[str, Any]) -> None:
        super().__init__("")
        self.tombstone = tombstone


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Return the problem response for an exception; None for server errors (500)."""
    response = exception_handler(error, context)
    if response is None:
        return None
    response.data = {"title": TITLES[response.status_code], "status": response.status_code, **problem_members(error)}
    response.content_type = PROBLEM_JSON
    if isinstance(error, exceptions.Throttled):
        response["Retry-After"] = str(seconds_to_wait(error))
    if isinstance(error, Unavailable):
        response["Retry-After"] = str(error.retry_after)
    return response


def problem_members(error: Exception) -> dict[str, Any]:
    """Return the members of a problem besides title and status."""
    match error:
        case BadParameters():
            parts = [f"{name}：{' '.join(texts)}" if name else " ".join(texts) for name, texts in error.errors.items()]
            return {"detail": " ".join(parts), "errors": error.errors}
        case Unavailable():
            return {"detail": "检索暂不可用，请过几分钟再试。"}
        case Withdrawn():
            return {"detail": "这次会议的纪要已撤回，不再提供。", "meeting": error.tombstone}
        case exceptions.Throttled():
            sentence = f"请在 {seconds_to_wait(error)} 秒后再试；要大量数据，请下载全部数据：{reverse('data')}"
            return {"detail": sentence}
        case exceptions.MethodNotAllowed():
            return {"detail": "这个接口只能读取：请用 GET。"}
        case Http404() | exceptions.NotFound():
            return {"detail": "没有这个地址，或没有公开的这条记录。"}
    raise error


def seconds_to_wait(error: exceptions.Throttled) -> int:
    """Return the seconds to wait, rounded up so that a retry then succeeds."""
    return max(1, math.ceil(error.wait or 0))
