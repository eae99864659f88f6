"""The URL parameters of a search, with their validation and messages."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase

from minutes.filters.base import ConditionsForm, refuse_unknown
from minutes.filters.conditions import DATE_FORMATS
from minutes.models import Body, Organization, Person, find_kept
from search.index.engines.base import ITEM, MEETING, Filters, Sort
from search.index.facet_fields import CATEGORIES, FACETS, ORGANIZATION, ROLE, Category

ONLY_LABELS = {ITEM: "议题", MEETING: "会议的开头和名单"}
SORT_LABELS = {Sort.RELEVANCE: "最相关", Sort.NEWEST: "最新", Sort.OLDEST: "最早"}

# The public records whose ids are values of these categories.
_RECORDS: dict[str, QuerySet[Any]] = {
    "organization": Organization.objects.published(),
    "person": Person.objects.published(),
    "body": Body.objects.published(),
}

# Former names of parameters, used by existing links and programs.
_FORMER_NAMES = {"department": "organization"}

# 2019
_YEAR = re.compile(r"[1-9][0-9]{3}")
# 120
_RECORD_NUMBER = re.compile(r"[0-9]{1,18}")

_NO_PAGE = "页码要写成从 1 开始的数字。"
_NO_TEXT = {"null_characters_not_allowed": "检索词里有不可见的空字符，请删去后再查。"}


class YearsField(forms.TypedMultipleChoiceField):
    """Any number of years, whether or not there are results in them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, **options)
        self.error_messages["invalid_choice"] = "“%(value)s”不是年份：请写四位数字，如 2019。"

    def valid_value(self, value: str) -> bool:
        """Return whether the value is a four-digit year."""
        return bool(_YEAR.fullmatch(value))


class RecordsField(forms.ModelMultipleChoiceField):
    """Records by id; ids out of the database's range are invalid like any other."""

    def clean(self, value: Any) -> Any:
        """Return the records with these ids, following merges."""
        if not value and not self.required:
            return ()
        for number in value or ():
            if not _RECORD_NUMBER.fullmatch(str(number)):
                raise ValidationError(self.error_messages["invalid_pk_value"], params={"pk": number})
        try:
            return super().clean(value)
        except ValidationError:
            return super().clean([self._kept(number) for number in value])

    def _kept(self, number: Any) -> Any:
        """Return the id of the record that replaced the one with this id."""
        kept = find_kept(self.queryset, number) if self.queryset is not None else None
        return kept.pk if kept else number


class PageField(forms.IntegerField):
    """A page number; the last page is not known before the results are."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, **options)
        self.error_messages |= {"invalid": _NO_PAGE, "min_value": _NO_PAGE}


def field_of(category: Category) -> forms.Field:
    """Return the form field for the values of a category."""
    if category.name == "year":
        return YearsField(label=category.label, required=False)
    if category.choices:
        # A function, because each form copies the choices of its fields.
        return forms.MultipleChoiceField(label=category.label, choices=lambda: category.choices, required=False)
    return RecordsField(_RECORDS[category.name], label=category.label, required=False)


def current_parameter_names(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Decorate a view so that former parameter names are replaced by current ones."""

    @wraps(view)
    def renamed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if _FORMER_NAMES.keys() & request.GET.keys():
            request.GET = with_current_names(request.GET)  # type: ignore[assignment]
        return view(request, *args, **kwargs)

    return renamed


def with_current_names(params: QueryDict) -> QueryDict:
    """Return the parameters under their current names."""
    renamed = QueryDict(mutable=True)
    for name, values in params.lists():
        for value in values:
            renamed.appendlist(_FORMER_NAMES.get(name, name), value)
    return renamed


# Shows the tasks of the items found instead of the items.
TASKS = "tasks"


class SearchForm(ConditionsForm):
    """The parameters of a search.

    Unknown ones are errors; categories accept several values.
    """

    error_css_class = "in-error"

    q = forms.CharField(label="检索词", required=False, error_messages=_NO_TEXT)
    # Turns off expansions: other names, synonyms, recognized places, years and people.
    exact = forms.ChoiceField(label="只按所写的查", choices=[("1", "是")], required=False)
    date_after = forms.DateField(label="起始日期", required=False, input_formats=DATE_FORMATS)
    date_before = forms.DateField(label="结束日期", required=False, input_formats=DATE_FORMATS)
    year, action, outcome, next_step, stage, person, body, kind, topic = (field_of(category) for category in CATEGORIES)
    organization = field_of(ORGANIZATION)
    role = field_of(ROLE)
    # Limits results to items, or to openings and attendance of meetings.
    only = forms.ChoiceField(label="只看", choices=list(ONLY_LABELS.items()), required=False)
    sort = forms.ChoiceField(label="排序", choices=[(sort.value, SORT_LABELS[sort]) for sort in Sort], required=False)
    view = forms.ChoiceField(label="显示", choices=[(TASKS, "任务")], required=False)
    page = PageField(label="页", required=False)

    def refuse_unknown_and_repeated(self, params: QueryDict) -> None:
        """Raise for unknown parameters, and add an error to repeated ones that take one value."""
        refuse_unknown(self)
        for name, values in params.lists():
            if len(values) > 1 and not isinstance(
                self.fields[name], forms.MultipleChoiceField | forms.ModelChoiceField
            ):
                self.add_error(name, "这个条件只能写一次。")

    def filters(self) -> Filters:
        """Return the filters for an engine; the form must be valid."""
        values = self.cleaned_data
        chosen = {each.name: frozenset(getattr(value, "pk", value) for value in values[each.name]) for each in FACETS}
        return Filters(
            date_from=values["date_after"],
            date_to=values["date_before"],
            chosen={name: wanted for name, wanted in chosen.items() if wanted},
        )
