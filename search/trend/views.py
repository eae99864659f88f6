"""The page with the frequency of words over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from minutes.filters import plain_text, refuse_unknown
from minutes.fold import fold
from minutes.models import Body
from open_data.spreadsheets import csv_response
from pages.compare.bodies import BodiesField, slots_of_bodies
from search.index.engines.base import SearchUnavailable
from search.index.public_index import open_index
from search.pages.querystring import Choice, with_all, with_only, without, without_value
from search.service import UNAVAILABLE
from search.trend.chart import chart_of
from search.trend.occurrences import By, Point, Series, periods_of, series_of

# The chart has this many colours, one per term and body.
MOST_LINES = 5
MOST_TERMS = MOST_LINES
LONGEST_TERM = 40
_MEASURES = {"characters": "每万字", "meeting": "每次会议", "times": "次数"}
_BY = {By.YEAR: "按年", By.MONTH: "按月"}
_COLUMNS = ("时间", "会议主体", "词", "次数", "会议", "字数", "每次会议", "每万字", "检索")


class TermsField(forms.Field):
    """Up to five words or phrases to count literally."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> list[str]:
        """Return the terms without duplicates."""
        return list(dict.fromkeys(term for each in value or [] if (term := each.strip().strip('"“”＂'))))

    def validate(self, value: list[str]) -> None:
        """Reject terms that cannot be counted."""
        if len(value) > MOST_TERMS:
            raise ValidationError(f"一次最多比较 {MOST_TERMS} 个词，这里有 {len(value)} 个。请删去一些。")
        for term in value:
            if len(term) > LONGEST_TERM:
                raise ValidationError(f"每个词最长 {LONGEST_TERM} 个字：“{term[:10]}……”太长，请只保留最有特点的一段。")
            if not fold(term):
                raise ValidationError("有一个词里没有可以查找的文字。请改写。")


class TrendForm(forms.Form):
    """The parameters of the page; unknown ones are errors."""

    term = TermsField(label="词", required=False)
    body = BodiesField(label="政府", required=False)
    by = forms.ChoiceField(label="时间", choices=list(_BY.items()), required=False)
    measure = forms.ChoiceField(label="尺度", choices=list(_MEASURES.items()), required=False)

    def clean(self) -> dict[str, Any]:
        """Return the values; raise for unknown parameters, or more lines than colours."""
        refuse_unknown(self)
        values = super().clean() or {}
        terms, bodies = len(values.get("term", ())), len(values.get("body", ()))
        if terms * max(bodies, 1) > MOST_LINES:
            raise ValidationError(
                f"{terms} 个词、{bodies} 个政府，一共 {terms * bodies} 条线，图上最多 {MOST_LINES} 条。"
                "请删去一些词或政府。"
            )
        return values

    @property
    def terms(self) -> list[str]:
        """Return the terms of a valid form."""
        return self.cleaned_data["term"]

    @property
    def counted_by(self) -> By:
        """Return the period to count by, of a valid form."""
        return By(self.cleaned_data["by"] or By.YEAR)

    def series(self) -> list[Series]:
        """Return a series for each term and body, grouped by term."""
        index = open_index()
        of_bodies = periods_of(index.characters(), self.counted_by, self.cleaned_data["body"])
        times = {term: index.occurrences(fold(term)) for term in self.terms}
        return [
            series_of(term, times[term], periods, body) for term in self.terms for body, periods in of_bodies.items()
        ]


@require_safe
def trend(request: HttpRequest) -> HttpResponse:
    """Show the form, and the chart if there are terms.

    400 for invalid parameters, 503 if the index is unavailable.
    """
    form = TrendForm(request.GET)
    page: dict[str, Any] = {
        "form": form,
        "content_parameters": form.fields,
        "slots_of_terms": _slots_of_terms([]),
        "bodies": Body.objects.published(),
        "slots": slots_of_bodies([]),
    }
    if not form.is_valid():
        return render(request, "search/trend.html", page, status=400)
    measure = form.cleaned_data["measure"] or "characters"
    page |= {
        "by": form.counted_by.value,
        "measure": measure,
        "slots_of_terms": _slots_of_terms(form.terms),
        "slots": slots_of_bodies(form.cleaned_data["body"]),
    }
    if not form.terms:
        return render(request, "search/trend.html", page)
    try:
        page |= _shown(form, measure, request.GET)
    except SearchUnavailable:
        return render(request, "search/unavailable.html", page, status=503)
    return render(request, "search/trend.html", page)


@require_safe
def trend_csv(request: HttpRequest) -> HttpResponse:
    """Export the counts as CSV: one line per period, body and term."""
    form = TrendForm(request.GET)
    if not form.is_valid():
        reasons = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return plain_text(f"不能导出。{reasons}", 400)
    try:
        series = form.series()
    except SearchUnavailable:
        return plain_text(UNAVAILABLE, 503)
    lines = [_cells(each, point, request) for each in series for point in each.points]
    return csv_response("词语走势.csv", [_COLUMNS, *lines])


def _cells(series: Series, point: Point, request: HttpRequest) -> tuple[object, ...]:
    period = point.period
    return (
        *(period.label, str(series.body) if series.body else "全部", series.term, point.times),
        *(period.meetings, period.characters, round(point.per_meeting, 4), round(point.per_characters, 4)),
        request.build_absolute_uri(point.url),
    )


def _shown(form: TrendForm, measure: str, params: QueryDict) -> dict[str, Any]:
    """Return template context for the terms and bodies of a valid form."""
    series = form.series()
    bodies = form.cleaned_data["body"]
    has_periods = any(each.points for each in series)
    return {
        "series": series,
        "chosen_bodies": bodies,
        "rows": _rows(series),
        "chart": chart_of(series, [point.period for point in series[0].points], _VALUES[measure])
        if has_periods
        else None,
        "measure_label": _MEASURES[measure],
        "small": any(point.period.meetings and point.period.is_small for each in series for point in each.points),
        "by_choices": [
            Choice(label, with_only(params, "by", name), selected=name == form.counted_by)
            for name, label in _BY.items()
        ],
        "measure_choices": [
            Choice(label, with_only(params, "measure", name), selected=name == measure)
            for name, label in _MEASURES.items()
        ],
        "lines": [Choice(each.label, _without(params, each), each.times) for each in series],
        "csv": reverse("search-trend-csv") + without(params, "measure"),
        "side_by_side": f"{reverse('compare')}{with_all(QueryDict(), 'body', [body.pk for body in bodies])}",
    }


def _without(params: QueryDict, series: Series) -> str:
    """Return the URL without a line: without its body if several, else its term."""
    bodies = [value for value in params.getlist("body") if value]
    if series.body and len(set(bodies)) > 1:
        return with_all(
            params, "body", [each for each in bodies if each not in (str(series.body.pk), series.body.name)]
        )
    return without_value(params, "term", series.term)


_VALUES = {
    "characters": lambda point: point.per_characters,
    "meeting": lambda point: point.per_meeting,
    "times": lambda point: float(point.times),
}


def _rows(series: Sequence[Series]) -> list[tuple[Point, ...]]:
    """Return the points of all series by period, the latest first."""
    return list(zip(*(each.points for each in series), strict=True))[::-1]


def _slots_of_terms(terms: list[str]) -> list[str]:
    """Return the values of the form's inputs: the terms, and empty ones."""
    return (terms + [""] * MOST_TERMS)[:MOST_TERMS]
