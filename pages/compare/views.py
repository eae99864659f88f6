from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from minutes.filters import refusal, refuse_unknown
from minutes.models import Body
from open_data.spreadsheets import csv_response
from pages.compare.bodies import BodiesField, slots_of_bodies
from pages.compare.overview import lines_of, overview_of


class CompareForm(forms.Form):
    """The bodies to compare; unknown parameters are errors."""

    body = BodiesField(label="政府", required=False)

    def clean(self) -> dict[str, Any]:
        """Return the values; raise ValidationError for unknown parameters."""
        refuse_unknown(self)
        return super().clean() or {}


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show the figures of two to four bodies; 400 for invalid parameters."""
    form = CompareForm(request.GET)
    chosen = form.cleaned_data.get("body", []) if form.is_valid() else []
    page = {
        "form": form,
        "chosen": chosen,
        "bodies": Body.objects.published(),
        "slots": slots_of_bodies(chosen),
        "tables": overview_of(chosen) if chosen else [],
        "query": urlencode({"body": [body.pk for body in chosen]}, doseq=True),
        "content_parameters": form.fields,
    }
    return render(request, "pages/compare/compare.html", page, status=200 if form.is_valid() else 400)


@require_safe
def compare_csv(request: HttpRequest) -> HttpResponse:
    """Export the same figures as a table with a column per body."""
    form = CompareForm(request.GET)
    if not form.is_valid():
        return refusal(form)
    bodies = form.cleaned_data["body"]
    return csv_response("政府比较.csv", lines_of(overview_of(bodies), bodies))
