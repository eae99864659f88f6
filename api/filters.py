"""The filters of the records, as the interface applies and describes them."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.views import APIView

from api.errors import BadParameters
from minutes.filters.conditions import YearField

# The parameters that a list reads besides its conditions.
BESIDE_CONDITIONS = ("cursor", "page_size", "fields")


class Conditions(BaseFilterBackend):
    """Lists are narrowed by the `filterset_class` of their view; what it refuses is answered with 400."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: APIView) -> QuerySet:
        """Return the records that meet every condition of the address."""
        conditions = view.filterset_class(request.query_params, queryset, BESIDE_CONDITIONS)
        if conditions.is_valid():
            return conditions.qs
        said = {name: [str(sentence) for sentence in errors] for name, errors in conditions.errors.items()}
        # What concerns no single parameter stands under the empty name.
        raise BadParameters({"" if name == forms.forms.NON_FIELD_ERRORS else name: each for name, each in said.items()})

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """Describe the conditions for OpenAPI."""
        return [described(name, each) for name, each in view.filterset_class.base_filters.items()]


def described(name: str, condition: django_filters.Filter) -> dict[str, Any]:
    help_text = condition.extra.get("help_text", "")
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": f"{condition.label}。{help_text}",
        "schema": schema_of(condition.field),
    }


def schema_of(field: forms.Field) -> dict[str, Any]:
    """Describe what a form field takes, as JSON Schema."""
    match field:
        case YearField():
            return {"type": "string", "pattern": f"^({field.pattern})$"}
        case forms.IntegerField():
            return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
        case forms.DateField():
            return {"type": "string", "format": "date"}
        case forms.ChoiceField():
            return {"type": "string", "enum": [value for value, _ in field.choices if value]}
    return {"type": "string", "maxLength": field.max_length}
