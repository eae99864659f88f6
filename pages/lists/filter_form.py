"""Filter a list by the filters of the API, shown as a form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from minutes.filters import RecordFilter
from minutes.filters.conditions import ALL, NO_SUCH_NAME, NamedField
from minutes.models import Body

# Choices with labels; None for text input, or for a filter with its own choices.
Choices = Iterable[tuple[object, str]] | None


class Select(forms.Select):
    """A select written in Python: with a template for each option, years and bodies took longer than the list."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = self.format_value(value)
        attributes = "".join(f' {key}="{escape(each)}"' for key, each in self.build_attrs(self.attrs, attrs).items())
        options = "\n".join(
            f'  <option value="{escape(each)}"{" selected" if str(each) in chosen else ""}>{escape(label)}</option>'
            for each, label in self.choices
        )
        return mark_safe(f'<select name="{escape(name)}"{attributes}>\n{options}\n</select>')  # noqa: S308


class ListFilters:
    """The filters of a list; invalid ones are reported and not applied.

    Part of a name is enough if a single name contains it (住建局 for 市住建局), and the page says so.
    """

    def __init__(
        self, filters: type[RecordFilter], params: QueryDict, records: QuerySet, shown: Mapping[str, Choices]
    ) -> None:
        """Create the form; `shown` are the filters it always has, with their choices.

        Other filters are added if they are in use.
        """
        # The URL may have other parameters, such as a page or tracking parameters.
        conditions = in_words(filters, params, shown)
        self.filters = filters(conditions, records, beside=params)
        similar = self.similar_names()
        self.meant = {name: names[0] for name, names in similar.items() if len(names) == 1}
        if self.meant:
            for name, meant in self.meant.items():
                conditions[name] = meant
            self.filters = filters(conditions, records, beside=params)
        self.form = self.filters.form
        for name in similar:
            self.explain(name, params[name], similar[name])
        self.form.auto_id = "by-%s"
        self.names = [*shown, *(name for name in self.form.fields if params.get(name) and name not in shown)]
        for name, choices in shown.items():
            if choices is not None:
                self.offer(name, choices)
        for field in self.form.fields.values():
            # Its help text is not rendered, so nothing must refer to it.
            field.help_text = ""
            if type(field.widget) is forms.Select:
                field.widget = Select(field.widget.attrs, field.widget.choices)
            field.widget.attrs["autocomplete"] = "off"

    def offer(self, name: str, choices: Iterable[tuple[object, str]]) -> None:
        """Turn a filter into a select; input in other words stays as written."""
        offered = [("", ALL), *((str(value), label) for value, label in choices)]
        written = self.form.data.get(name, "")
        if written not in dict(offered) and name in self.in_force:
            offered.append((written, written))
        self.form.fields[name].widget = forms.Select(choices=offered)

    def similar_names(self) -> dict[str, list[str]]:
        """Return names that contain the input, by filter, if none equals it."""
        errors = self.filters.form.errors.as_data()
        found = {name: error.params["names"] for name, (error, *_) in errors.items() if error.code == NO_SUCH_NAME}
        return {name: names for name, names in found.items() if names}

    def explain(self, name: str, written: str, similar: list[str]) -> None:
        """Tell which name was used instead of the input, or link to the possible ones."""
        field = self.form.fields[name]
        field.written = written
        field.meant = self.meant.get(name)
        field.offered = [] if field.meant else [(each, self.query_with(**{name: each})) for each in similar]

    def __iter__(self) -> Iterator[BoundField]:
        return (self.form[name] for name in self.names)

    @property
    def records(self) -> QuerySet:
        """Return the records that match all valid filters."""
        return self.filters.qs

    @property
    def in_force(self) -> dict[str, str]:
        """Return the filters in use, as written."""
        self.form.is_valid()
        understood = self.form.cleaned_data.items()
        return {name: self.form.data[name] for name, value in understood if value not in (None, "", [])}

    @property
    def query(self) -> str:
        """Return the filters in use as a query string, for other formats of the list."""
        return self.query_with()

    def query_with(self, **more: str) -> str:
        """Return the query string with further filters."""
        conditions = self.in_force | more
        return f"?{urlencode(conditions)}" if conditions else ""


def in_words(filters: type[RecordFilter], params: QueryDict, shown: Mapping[str, Choices]) -> QueryDict:
    """Return the parameters with names instead of ids: 市住建局, not 36."""
    named = params.copy()
    for name, condition in filters.base_filters.items():
        if isinstance(condition.field, NamedField) and len(named.getlist(name)) == 1 and shown.get(name) is None:
            named[name] = condition.field.in_words(named[name])
    return named


def bodies_to_choose() -> list[tuple[int, str]]:
    return list(Body.objects.published().values_list("pk", "name"))
