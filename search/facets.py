"""The choices beside the results: what the counts of an answer are called, and where each choice leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from minutes.models import InvolvementRole, MeetingKind, Organization
from search.engines.base import Answer, Filters
from search.links import Choice, with_value, without, without_value

SHOWN_AT_FIRST = 12


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of choices; long ones show the rest on demand."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    rest: tuple[Choice, ...] = ()


def facets_of(answer: Answer, filters: Filters, asked: QueryDict) -> list[Facet]:
    """The facets that offer a choice here: year, department, the role of a chosen department, kind of meeting."""
    facets = [
        _facet("year", "年份", _years(answer, filters), asked),
        _facet("department", "单位", _departments(answer, filters), asked),
        _facet("role", "单位的角色", _roles(filters), asked),
        _facet("kind", "会议类型", _kinds(answer, filters), asked),
    ]
    return [facet for facet in facets if len(facet.choices) > 1 or any(choice.selected for choice in facet.choices)]


def conditions_in_force(filters: Filters, asked: QueryDict) -> list[Choice]:
    """The filters of a search in words, each with the address without it."""
    conditions = []
    if filters.date_from:
        label = f"{filters.date_from.isoformat()} 起"
        conditions.append(Choice(label, without(asked, "date_after")))
    if filters.date_to:
        label = f"{filters.date_to.isoformat()} 止"
        conditions.append(Choice(label, without(asked, "date_before")))
    for name, values in (
        ("year", [(year, f"{year}年") for year in sorted(filters.years)]),
        ("department", sorted(_names(filters.departments).items())),
        ("role", [(role, InvolvementRole(role).label) for role in sorted(filters.roles)]),
        ("kind", [(kind, MeetingKind(kind).label) for kind in sorted(filters.kinds)]),
    ):
        conditions += [Choice(str(label), without_value(asked, name, value)) for value, label in values]
    return conditions


# What a facet is made of: value, label, count if known, whether it is chosen.
Row = tuple[object, str, int | None, bool]


def _facet(name: str, label: str, rows: Iterable[Row], asked: QueryDict) -> Facet:
    choices = [
        Choice(text, without_value(asked, name, value) if chosen else with_value(asked, name, value), count, chosen)
        for value, text, count, chosen in rows
    ]
    # What is chosen is always in sight.
    choices.sort(key=lambda choice: not choice.selected)
    if name == "year":
        return Facet(name, label, tuple(sorted(choices, key=lambda choice: choice.label, reverse=True)))
    return Facet(name, label, tuple(choices[:SHOWN_AT_FIRST]), tuple(choices[SHOWN_AT_FIRST:]))


def _years(answer: Answer, filters: Filters) -> list[Row]:
    years = answer.years.keys() | filters.years
    return [(year, f"{year}年", answer.years.get(year, 0), year in filters.years) for year in years]


def _departments(answer: Answer, filters: Filters) -> list[Row]:
    names = _names(answer.departments.keys() | filters.departments)
    rows: list[Row] = [
        (pk, name, answer.departments.get(pk, 0), pk in filters.departments) for pk, name in names.items()
    ]
    return sorted(rows, key=lambda row: (-(row[2] or 0), row[1]))


def _roles(filters: Filters) -> list[Row]:
    if not filters.departments and not filters.roles:
        return []
    return [(role, label, None, role in filters.roles) for role, label in InvolvementRole.choices]


def _kinds(answer: Answer, filters: Filters) -> list[Row]:
    kinds = answer.kinds.keys() | filters.kinds
    return [
        (kind, label, answer.kinds.get(kind, 0), kind in filters.kinds)
        for kind, label in MeetingKind.choices
        if kind in kinds
    ]


def _names(pks: Iterable[int]) -> dict[int, str]:
    """The names of organizations; one that is gone has none."""
    return dict(Organization.objects.filter(pk__in=list(pks)).values_list("pk", "name"))
