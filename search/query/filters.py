"""What can be asked for in an address, defined once: names, values, and what is said when they are impossible."""

from __future__ import annotations

import re
from typing import Any

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from minutes.filters.base import ConditionsForm
from minutes.models import AgendaItem, Body, Organization, Person, find_kept
from search.index.engines.base import Filters, Sort
from search.index.facet_fields import CATEGORIES, DEPARTMENT, FACETS, ROLE, Category

SORT_LABELS = {Sort.RELEVANCE: "最相关", Sort.NEWEST: "最新", Sort.OLDEST: "最早"}

# The records whose numbers are the values of these categories, as far as the public may know of them.
_RECORDS: dict[str, QuerySet[Any]] = {
    "department": Organization.objects.published(),
    "person": Person.objects.published(),
    "body": Body.objects.published(),
}

# 2019
_YEAR = re.compile(r"[1-9][0-9]{3}")
# 120
_RECORD_NUMBER = re.compile(r"[0-9]{1,18}")

_NO_PAGE = "页码要写成从 1 开始的数字。"
_NO_DATE = {"invalid": "这不是日期：请写成 2019-05-06 的样子。"}
_NO_TEXT = {"null_characters_not_allowed": "检索词里有不可见的空字符，请删去后再查。"}


class YearsField(forms.TypedMultipleChoiceField):
    """Years, any number of them; which ones have results is not for a form to know."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, **options)
        self.error_messages["invalid_choice"] = "“%(value)s”不是年份：请写四位数字，如 2019。"

    def valid_value(self, value: str) -> bool:
        """Whether this is written like a year."""
        return bool(_YEAR.fullmatch(value))


class YearsFilter(django_filters.Filter):
    field_class = YearsField


class RecordsField(django_filters.fields.ModelMultipleChoiceField):
    """Records by their numbers; one too long for the database is refused like any other that stands for nothing."""

    def clean(self, value: Any) -> Any:
        """The records with these numbers, or that those were joined into."""
        for number in value or ():
            if not _RECORD_NUMBER.fullmatch(str(number)):
                raise ValidationError(self.error_messages["invalid_pk_value"], params={"pk": number})
        try:
            return super().clean(value)
        except ValidationError:
            return super().clean([self._kept(number) for number in value])

    def _kept(self, number: Any) -> Any:
        """The number of the record that is kept instead of the one with this number."""
        kept = find_kept(self.queryset, number)
        return kept.pk if kept else number


class RecordsFilter(django_filters.ModelMultipleChoiceFilter):
    field_class = RecordsField


class PageField(forms.IntegerField):
    """The number of a page; how many pages there are is known only once the results are."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, **options)
        self.error_messages |= {"invalid": _NO_PAGE, "min_value": _NO_PAGE}


class PageFilter(django_filters.Filter):
    field_class = PageField


class SearchForm(ConditionsForm):
    """Refuses what it does not know, as the forms of the records do; a category may be asked for several values."""

    error_css_class = "in-error"

    def _refuse_unknown_and_repeated(self, params: QueryDict) -> None:
        unknown = [name for name in params if name not in self.fields]
        if unknown:
            raise ValidationError(f"地址中有不认识的条件：{'、'.join(unknown)}。请从地址中删去。")
        for name, values in params.lists():
            if len(values) > 1 and not isinstance(
                self.fields[name], forms.MultipleChoiceField | forms.ModelChoiceField
            ):
                self.add_error(name, "这个条件只能写一次。")


def filter_of(category: Category) -> django_filters.Filter:
    """The filter for the values of a category."""
    if category.name == "year":
        return YearsFilter(label=category.label)
    if category.choices:
        return django_filters.MultipleChoiceFilter(label=category.label, choices=category.choices)
    return RecordsFilter(label=category.label, queryset=_RECORDS[category.name])


class SearchFilters(django_filters.FilterSet):
    """The conditions of a search. Engines apply them, so no filter here touches a queryset."""

    q = django_filters.CharFilter(label="检索词", error_messages=_NO_TEXT)
    # Switches off what is added to the words: other names of units, titles of documents.
    exact = django_filters.ChoiceFilter(label="只按所写的查", choices=[("1", "是")])
    date_after = django_filters.DateFilter(label="起始日期", error_messages=_NO_DATE)
    date_before = django_filters.DateFilter(label="结束日期", error_messages=_NO_DATE)
    year, action, outcome, next_step, stage, person, body, kind = (filter_of(category) for category in CATEGORIES)
    department = filter_of(DEPARTMENT)
    role = filter_of(ROLE)
    sort = django_filters.ChoiceFilter(label="排序", choices=[(sort.value, SORT_LABELS[sort]) for sort in Sort])
    page = PageFilter(label="页")

    class Meta:
        model = AgendaItem
        fields: tuple[str, ...] = ()
        form = SearchForm

    def to_filters(self) -> Filters:
        """The filters, for an engine; only once the form is valid."""
        values = self.form.cleaned_data
        chosen = {each.name: frozenset(getattr(value, "pk", value) for value in values[each.name]) for each in FACETS}
        return Filters(
            date_from=values["date_after"],
            date_to=values["date_before"],
            chosen={name: to_filters for name, to_filters in chosen.items() if to_filters},
        )

    def is_exact(self) -> bool:
        """Whether nothing may be added to the words that were typed."""
        return bool(self.form.cleaned_data["exact"])

    def sort_order(self) -> Sort:
        """The order asked for; the most relevant first when none is."""
        return Sort(self.form.cleaned_data["sort"] or Sort.RELEVANCE)
