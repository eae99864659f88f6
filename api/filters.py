"""List filters of the records, applied and described for OpenAPI."""

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

# Parameters of a list other than conditions.
BESIDE_CONDITIONS = ("cursor", "page_size", "fields")


class Conditions(BaseFilterBackend):
    """Filter lists by the view's `filterset_class`; answer 400 to invalid values."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: APIView) -> QuerySet:
        """Return the records that satisfy every condition; raise BadParameters."""
        conditions = view.filterset_class(request.query_params, queryset, BESIDE_CONDITIONS)
        if conditions.is_valid():
            return conditions.qs
        messages = {name: [str(sentence) for sentence in errors] for name, errors in conditions.errors.items()}
        # Errors of no single parameter are listed under the empty name.
        raise BadParameters(
            {"" if name == forms.forms.NON_FIELD_ERRORS else name: each for name, each in messages.items()}
        )

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """Return the OpenAPI parameters for the conditions."""
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
    """Return the JSON Schema of what a form field accepts."""
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
