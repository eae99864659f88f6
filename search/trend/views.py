"""The page that shows how often words stand in the minutes as time goes by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minutes.fold import fold
from search.index.engines.base import SearchUnavailable
from search.index.public_index import open_index
from search.pages.querystring import Choice, with_all, with_only, without_value
from search.trend.chart import chart_of
from search.trend.occurrences import By, Point, Series, periods_of, series_of

MOST_TERMS = 5
LONGEST_TERM = 40
_MEASURES = {"characters": "每万字", "meeting": "每次会议", "times": "次数"}
_BY = {By.YEAR: "按年", By.MONTH: "按月"}


class TermsField(forms.Field):
    """Up to five words or phrases, each as it is to stand in the text."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> list[str]:
        """Return the terms, each once."""
        return list(dict.fromkeys(term for each in value or [] if (term := each.strip().strip('"“”＂'))))

    def validate(self, value: list[str]) -> None:
        """Refuse what cannot be counted."""
        if len(value) > MOST_TERMS:
            raise ValidationError(f"一次最多比较 {MOST_TERMS} 个词，这里有 {len(value)} 个。请删去一些。")
        for term in value:
            if len(term) > LONGEST_TERM:
                raise ValidationError(f"每个词最长 {LONGEST_TERM} 个字：“{term[:10]}……”太长，请只保留最有特点的一段。")
            if not fold(term):
                raise ValidationError("有一个词里没有可以查找的文字。请改写。")


class TrendForm(forms.Form):
    """What the page can be asked; what it does not know is refused."""

    term = TermsField(label="词", required=False)
    by = forms.ChoiceField(label="时间", choices=list(_BY.items()), required=False)
    measure = forms.ChoiceField(label="尺度", choices=list(_MEASURES.items()), required=False)

    def clean(self) -> dict[str, Any]:
        """Return the values, nothing unknown among them."""
        unknown = [name for name in self.data if name not in self.fields]
        if unknown:
            raise ValidationError(f"地址中有不认识的条件：{'、'.join(unknown)}。请从地址中删去。")
        return super().clean() or {}


@require_safe
def trend(request: HttpRequest) -> HttpResponse:
    """Return the page, with a picture once it is told words.

    400 for what cannot be asked, 503 while there is no answer.
    """
    form = TrendForm(request.GET)
    page: dict[str, Any] = {"form": form, "content_parameters": form.fields}
    if not form.is_valid():
        return render(request, "search/trend.html", page | {"slots": _slots([])}, status=400)
    by = By(form.cleaned_data["by"] or By.YEAR)
    measure = form.cleaned_data["measure"] or "characters"
    terms = form.cleaned_data["term"]
    page |= {"by": by.value, "measure": measure, "slots": _slots(terms)}
    if not terms:
        return render(request, "search/trend.html", page)
    try:
        page |= _counted(terms, by, measure, request.GET)
    except SearchUnavailable:
        return render(request, "search/unavailable.html", page, status=503)
    return render(request, "search/trend.html", page)


def _counted(terms: list[str], by: By, measure: str, params: QueryDict) -> dict[str, Any]:
    """Return what the page shows of these terms."""
    index = open_index()
    periods = periods_of(index.characters(), by)
    series = [series_of(term, index.occurrences(fold(term)), periods) for term in terms]
    return {
        "series": series,
        "rows": _rows(series),
        "chart": chart_of(series, list(periods), _VALUES[measure]) if periods else None,
        "measure_label": _MEASURES[measure],
        "small": any(period.is_small for period in periods),
        "by_choices": [
            Choice(label, with_only(params, "by", name), selected=name == by) for name, label in _BY.items()
        ],
        "measure_choices": [
            Choice(label, with_only(params, "measure", name), selected=name == measure)
            for name, label in _MEASURES.items()
        ],
        "terms": [Choice(each.term, without_value(params, "term", each.term), each.times) for each in series],
        "without_terms": with_all(params, "term", ()),
    }


_VALUES = {
    "characters": lambda point: point.per_characters,
    "meeting": lambda point: point.per_meeting,
    "times": lambda point: float(point.times),
}


def _rows(series: list[Series]) -> list[tuple[Point, ...]]:
    """Return the points of all series, period by period, the latest first."""
    return list(zip(*(each.points for each in series), strict=True))[::-1]


def _slots(terms: list[str]) -> list[str]:
    """Return what stands in the boxes of the form: the terms, and room for more."""
    return (terms + [""] * MOST_TERMS)[:MOST_TERMS]
