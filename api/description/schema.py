"""OpenAPI schema generation with Chinese descriptions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse

from api.errors import PROBLEM_JSON, TITLES, ProblemSerializer

PROBLEMS_OF_LISTS = (400, 429)
PROBLEMS_OF_RECORDS = (400, 404, 429)


class RecordSchema(AutoSchema):
    """Describe the two endpoints of a kind of record: the list and the detail."""

    def get_tags(self) -> list[str]:
        return [self.view.what]

    def get_summary(self) -> str:
        return f"{self.view.what}：列表" if self.is_list else f"{self.view.what}：按编号"

    def get_description(self) -> str:
        return self.view.about

    def get_response_serializers(self) -> dict[Any, Any]:
        """Return the serializers of the response and of every possible problem."""
        of_record = (*PROBLEMS_OF_RECORDS, 410) if self.view.in_meeting else PROBLEMS_OF_RECORDS
        problems = PROBLEMS_OF_LISTS if self.is_list else of_record
        found = OpenApiResponse(super().get_response_serializers(), description="找到的记录。")
        return {200: found, **problem_responses(problems)}

    @property
    def is_list(self) -> bool:
        return self.view.action == "list"


def problem_responses(statuses: Iterable[int]) -> dict[Any, OpenApiResponse]:
    """Return the descriptions of the problems with which an endpoint may answer."""
    return {
        (status, PROBLEM_JSON): OpenApiResponse(ProblemSerializer, description=f"{TITLES[status]}。")
        for status in statuses
    }


@cache
def description() -> dict[str, Any]:
    """Return the OpenAPI document, built once per process."""
    return SchemaGenerator().get_schema(public=True)
