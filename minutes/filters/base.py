"""Base classes of the filters: no condition is ignored silently."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict


class ConditionsForm(forms.Form):
    """Form of conditions; unknown and repeated ones are errors.

    Ignoring them would silently give wrong results.
    """

    beside: frozenset[str] = frozenset()

    def clean(self) -> dict[str, Any]:
        """Return the conditions; raise for reversed date ranges and unknown parameters."""
        values = super().clean() or {}
        if isinstance(self.data, QueryDict):
            self.refuse_unknown_and_repeated(self.data)
        after, before = values.get("date_after"), values.get("date_before")
        if after and before and after > before:
            self.add_error("date_before", "结束日期早于起始日期：请对调，或删去一个。")
        return values

    def refuse_unknown_and_repeated(self, params: QueryDict) -> None:
        """Raise for unknown parameters, and add an error to repeated ones; forms of other pages override this."""
        known = self.fields.keys() | self.beside
        unknown = [name for name in params if name not in known]
        if unknown:
            raise ValidationError(
                f"不认识的条件：{'、'.join(unknown)}。可用的条件：{'、'.join(sorted(known))}。", code="unknown"
            )
        for name, values in params.lists():
            if name in self.fields and len(values) > 1:
                self.add_error(name, ValidationError("这个条件只能写一次。", code="repeated"))


def refuse_unknown(form: forms.Form) -> None:
    """Raise ValidationError for parameters of the URL that a form does not have."""
    if unknown := [name for name in form.data if name not in form.fields]:
        raise ValidationError(f"地址中有不认识的条件：{'、'.join(unknown)}。请从地址中删去。")


class RecordFilter(django_filters.FilterSet):
    """A filter of records.

    `beside` are query parameters that other code reads, such as the page number.
    """

    def __init__(self, data: QueryDict, queryset: QuerySet, beside: Iterable[str] = ()) -> None:
        super().__init__(data, queryset=queryset)
        self.beside = frozenset(beside)

    @property
    def form(self) -> ConditionsForm:
        """Return the conditions as a form, for display on pages."""
        form = super().form
        form.beside = self.beside
        return form

    class Meta:
        form = ConditionsForm


def refusal(conditions: RecordFilter | forms.Form) -> HttpResponse:
    """Return the errors of a filter or form, one a line, where no page can show them."""
    return plain_text("\n".join(sentence for sentences in conditions.errors.values() for sentence in sentences), 400)


def plain_text(sentence: str, status: int) -> HttpResponse:
    """Return a sentence in place of a file or feed."""
    return HttpResponse(f"{sentence}\n", content_type="text/plain; charset=utf-8", status=status)
